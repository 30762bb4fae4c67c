//! Requests and offers that ran out (server only).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Change, ConsultationId, Context, Facts, Halt, Refusal, Rule};

/// An unanswered offer gives the time back and goes to triaged; a request past its time ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct ExpireConsultation {
    #[garde(skip)]
    pub consultation_id: ConsultationId,
}

impl Rule for ExpireConsultation {
    const NAME: &'static str = "consultations.expire";

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
