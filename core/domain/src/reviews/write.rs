//! Writing a review.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{AppointmentId, Change, Context, Facts, Halt, Refusal, Rule, valid};

/// One per fulfilled visit, by the patient's side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct WriteReview {
    #[garde(skip)]
    pub appointment_id: AppointmentId,
    #[garde(range(min = 1, max = 5))]
    pub stars: u8,
    #[garde(length(chars, max = 1_000), custom(valid::printable))]
    pub text: String,
}

impl Rule for WriteReview {
    const NAME: &'static str = "reviews.write";

    fn lane(&self) -> String {
        format!("visit:{}", self.appointment_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.appointment_id.0]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}
