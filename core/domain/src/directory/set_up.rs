//! What the installation offers: clinics, specialties, visit types.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Clinic, Specialty, VisitType};
use crate::{
    Change, ClinicId, Context, Facts, Halt, Refusal, Rule, SpecialtyId, VisitTypeId, access,
    directory::ClinicDetails, directory::LocalText, directory::VisitTypeDetails,
};

/// Creates a clinic or replaces its details.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct SaveClinic {
    #[garde(skip)]
    pub clinic_id: ClinicId,
    #[garde(dive)]
    pub details: ClinicDetails,
    #[garde(skip)]
    pub active: bool,
}

impl Rule for SaveClinic {
    const NAME: &'static str = "directory.save_clinic";

    fn lane(&self) -> String {
        format!("clinic:{}", self.clinic_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.clinic_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let before = facts.find::<Clinic>(self.clinic_id)?;
        match &before {
            Some(_) => access::runs_clinic(facts, cx, self.clinic_id)?,
            None => access::runs_installation(facts, cx)?,
        }
        // Visits and schedules are kept in the clinic's zone.
        if before.is_some_and(|clinic| clinic.details.zone != self.details.zone) {
            return Err(Refusal::field("details.zone", "cannot change once the clinic exists").into());
        }
        Ok(vec![Change::put(Clinic {
            id: self.clinic_id,
            details: self.details.clone(),
            active: self.active,
        })])
    }
}

/// Creates a specialty or replaces it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct SaveSpecialty {
    #[garde(skip)]
    pub specialty_id: SpecialtyId,
    #[garde(dive)]
    pub name: LocalText,
    #[garde(skip)]
    pub active: bool,
}

impl Rule for SaveSpecialty {
    const NAME: &'static str = "directory.save_specialty";

    fn lane(&self) -> String {
        format!("specialty:{}", self.specialty_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.specialty_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        access::runs_installation(facts, cx)?;
        Ok(vec![Change::put(Specialty {
            id: self.specialty_id,
            name: self.name.clone(),
            active: self.active,
        })])
    }
}

/// Creates a visit type or replaces it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct SaveVisitType {
    #[garde(skip)]
    pub visit_type_id: VisitTypeId,
    #[garde(dive)]
    pub details: VisitTypeDetails,
    #[garde(skip)]
    pub active: bool,
}

impl Rule for SaveVisitType {
    const NAME: &'static str = "directory.save_visit_type";

    fn lane(&self) -> String {
        format!("visit_type:{}", self.visit_type_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.visit_type_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        access::runs_installation(facts, cx)?;
        let (id, details) = (self.visit_type_id, self.details.clone());
        Ok(vec![Change::put(VisitType { id, details, active: self.active })])
    }
}
