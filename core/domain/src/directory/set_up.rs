//! What the installation offers: clinics, specialties, visit types.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Change, ClinicId, Context, Facts, Halt, Refusal, Rule, SpecialtyId, VisitTypeId,
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

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
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

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
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

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}
