//! Administrative remarks of staff.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Change, ConsultationId, Context, Facts, Halt, Refusal, Rule, valid};

/// Adds a remark; never medical.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct AddConsultationNote {
    #[garde(skip)]
    pub consultation_id: ConsultationId,
    #[garde(length(chars, max = 500), custom(valid::line))]
    pub text: String,
}

impl Rule for AddConsultationNote {
    const NAME: &'static str = "consultations.add_note";

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
