//! Closing and reopening a patient's file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Change, Context, Facts, Halt, PatientId, Refusal, Rule, valid};

/// Deactivates a file (no new bookings) or reactivates it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct SetPatientActive {
    #[garde(skip)]
    pub patient_id: PatientId,
    #[garde(skip)]
    pub active: bool,
    #[garde(length(chars, max = 300), custom(valid::line))]
    pub reason: String,
}

impl Rule for SetPatientActive {
    const NAME: &'static str = "profiles.set_active";

    fn lane(&self) -> String {
        format!("patient:{}", self.patient_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.patient_id.0]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}
