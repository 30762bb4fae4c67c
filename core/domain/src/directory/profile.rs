//! A doctor's public page.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Doctor, DoctorProfile, Specialty, Standing};
use crate::{Change, Context, DoctorId, Facts, Halt, Need, Refusal, Rule, directory::DoctorDetails};

/// The whole page, as edited by the doctor or an admin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct UpdateDoctorDetails {
    #[garde(skip)]
    pub doctor_id: DoctorId,
    #[garde(dive)]
    pub details: DoctorDetails,
}

impl Rule for UpdateDoctorDetails {
    const NAME: &'static str = "directory.update_doctor";

    fn lane(&self) -> String {
        format!("doctor:{}", self.doctor_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.doctor_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        facts
            .want([Need::record::<Doctor>(self.doctor_id), Need::record::<DoctorProfile>(self.doctor_id)])?;
        let doctor: Doctor = facts.get(self.doctor_id)?;
        crate::scheduling::manages(facts, cx, self.doctor_id, &doctor.clinics)?;
        if doctor.standing == Standing::Removed {
            return Err(doctor.wrong_standing());
        }
        facts.want(self.details.specialties.iter().map(|id| Need::record::<Specialty>(*id)))?;
        for (n, id) in self.details.specialties.iter().enumerate() {
            if facts.find::<Specialty>(*id)?.is_none_or(|specialty| !specialty.active) {
                let path = format!("details.specialties[{n}]");
                return Err(Refusal::field(&path, "must be a specialty in use").into());
            }
        }
        let profile: DoctorProfile = facts.get(self.doctor_id)?;
        Ok(vec![
            Change::put(Doctor { name: self.details.name.clone(), ..doctor }),
            Change::put(DoctorProfile { details: self.details.clone(), ..profile }),
        ])
    }
}
