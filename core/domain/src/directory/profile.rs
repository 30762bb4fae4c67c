//! A doctor's public page.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Change, Context, DoctorId, Facts, Halt, Refusal, Rule, directory::DoctorDetails};

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

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}
