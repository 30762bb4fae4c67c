//! Refreshing what is on offer (server only).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Change, Context, DoctorId, Facts, Halt, Refusal, Rule};

/// Computes the weeks on offer of all roles of a doctor, and offers free times to those who wait.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct RefreshAvailability {
    #[garde(skip)]
    pub doctor_id: DoctorId,
}

impl Rule for RefreshAvailability {
    const NAME: &'static str = "scheduling.refresh_availability";

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

impl RefreshAvailability {
    /// As soon as the server has a moment; several within a second are one.
    pub fn due(doctor_id: DoctorId) -> crate::record::Due {
        let key = format!("availability:{doctor_id}");
        crate::record::Due { key, at: jiff::Timestamp::UNIX_EPOCH, command: Self { doctor_id }.into() }
    }
}
