//! The patient's answer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Change, ConsultationId, Context, Facts, Halt, Refusal, Rule};

/// Takes the offered time; it becomes a booked visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct AcceptConsultation {
    #[garde(skip)]
    pub consultation_id: ConsultationId,
}

impl Rule for AcceptConsultation {
    const NAME: &'static str = "consultations.accept";

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

/// Another time please: back to triaged, the time is free again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct RefuseConsultationOffer {
    #[garde(skip)]
    pub consultation_id: ConsultationId,
}

impl Rule for RefuseConsultationOffer {
    const NAME: &'static str = "consultations.refuse_offer";

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

/// Needs no answer any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct WithdrawConsultation {
    #[garde(skip)]
    pub consultation_id: ConsultationId,
}

impl Rule for WithdrawConsultation {
    const NAME: &'static str = "consultations.withdraw";

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
