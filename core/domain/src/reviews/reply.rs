//! A doctor's public answer to a review.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Reply, Review};
use crate::{Change, Context, Facts, Halt, Refusal, ReviewId, Rule, access, valid};

/// Says something in answer, or something else than before; an empty text takes the answer back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct ReplyToReview {
    #[garde(skip)]
    pub review_id: ReviewId,
    #[garde(length(chars, max = 1_000), custom(valid::printable))]
    pub text: String,
}

impl Rule for ReplyToReview {
    const NAME: &'static str = "reviews.reply";

    fn lane(&self) -> String {
        format!("review:{}", self.review_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.review_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let review: Review = facts.get(self.review_id)?;
        if !access::is_doctor(facts, cx, review.doctor_id)? {
            return Err(Refusal::NotAllowed.into());
        }
        let text = self.text.trim();
        let reply = (!text.is_empty()).then(|| Reply { text: text.to_owned() });
        Ok(vec![Change::put(Review { reply, ..review })])
    }
}
