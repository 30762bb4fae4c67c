//! Which doctor works at which clinic.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Change, ClinicId, Context, DoctorId, Facts, Halt, Refusal, RoleId, Rule};

/// Gives a doctor a role at a clinic, with an empty schedule in the clinic's zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct AddRole {
    #[garde(skip)]
    pub role_id: RoleId,
    #[garde(skip)]
    pub doctor_id: DoctorId,
    #[garde(skip)]
    pub clinic_id: ClinicId,
}

impl Rule for AddRole {
    const NAME: &'static str = "directory.add_role";

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

/// Ends a role: no new bookings there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct EndRole {
    #[garde(skip)]
    pub role_id: RoleId,
}

impl Rule for EndRole {
    const NAME: &'static str = "directory.end_role";

    fn lane(&self) -> String {
        format!("role:{}", self.role_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.role_id.0]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}
