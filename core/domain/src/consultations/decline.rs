//! The clinic cannot help.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Change, ConsultationId, Context, Facts, Halt, Refusal, Rule, consultations::DeclineReason};

/// Ends a request with a reason the patient reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct DeclineConsultation {
    #[garde(skip)]
    pub consultation_id: ConsultationId,
    #[garde(skip)]
    pub reason: DeclineReason,
}

impl Rule for DeclineConsultation {
    const NAME: &'static str = "consultations.decline";

    fn lane(&self) -> String {
        format!("consultation:{}", self.consultation_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.consultation_id.0]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}
