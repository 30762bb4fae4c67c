//! Writing a review.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Rating, Review};
use crate::{
    AppointmentId, Change, Context, Facts, Halt, Kind, Need, Refusal, Rule,
    access::Party,
    appointments::{Appointment, State},
    valid,
};

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

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let visit: Appointment = facts.get(self.appointment_id)?;
        if visit.party(facts, cx)? != Party::Patient {
            return Err(Refusal::NotAllowed.into());
        }
        if visit.state != State::Fulfilled {
            return Err(visit.wrong_state());
        }
        let id = Review::id_of(visit.id);
        facts.want([Need::record::<Review>(id), Need::record::<Rating>(visit.doctor_id)])?;
        if facts.is_taken::<Review>(cx, id)? {
            return Err(Refusal::AlreadyExists { kind: Kind::Review }.into());
        }
        let mut rating = facts
            .find::<Rating>(visit.doctor_id)?
            .unwrap_or(Rating { doctor_id: visit.doctor_id, by_stars: [0; 5] });
        rating.by_stars[usize::from(self.stars) - 1] += 1;
        let review = Review {
            id,
            doctor_id: visit.doctor_id,
            stars: self.stars,
            text: self.text.trim().to_owned(),
            month: visit.zone.rules().to_datetime(cx.now).date().first_of_month(),
            number: rating.count(),
            reply: None,
        };
        Ok(vec![Change::put(review), Change::put(rating)])
    }
}
