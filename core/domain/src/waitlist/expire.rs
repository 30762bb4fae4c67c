//! Offers and wishes that ran out (server only).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{WaitlistEntry, WaitlistState, offer};
use crate::{
    Actor, Change, Context, Facts, Halt, Refusal, Rule, WaitlistId, access::Party, appointments::Appointment,
};

/// An unanswered offer goes back to waiting with the time given free; a wish whose days are over ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct ExpireEntry {
    #[garde(skip)]
    pub waitlist_id: WaitlistId,
}

impl Rule for ExpireEntry {
    const NAME: &'static str = "waitlist.expire";

    fn lane(&self) -> String {
        format!("waitlist:{}", self.waitlist_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.waitlist_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        if cx.actor != Actor::System {
            return Err(Refusal::NotAllowed.into());
        }
        let mut entry: WaitlistEntry = facts.get(self.waitlist_id)?;
        let over = end_of(&entry.wish) <= cx.now;
        match entry.state {
            WaitlistState::Waiting if over => entry.state = WaitlistState::Expired,
            WaitlistState::Offered if entry.offer_expires_at.is_some_and(|end| end <= cx.now) => {
                let changes = offer::give_back(facts, cx, &entry, Party::System)?;
                let let_go = entry.offered.map(|id| facts.find::<Appointment>(id)).transpose()?.flatten();
                entry.back_to_waiting(let_go.map_or(cx.now, |visit| visit.start));
                return Ok(changes.into_iter().chain([Change::put(entry)]).collect());
            }
            _ => return Err(entry.wrong_state()),
        }
        Ok(vec![Change::put(entry)])
    }
}

/// The instant after which no time of this wish can come: the end of its last day anywhere on Earth.
pub fn end_of(wish: &crate::waitlist::Wish) -> jiff::Timestamp {
    let midnight = wish.until.tomorrow().unwrap_or(wish.until).to_zoned(jiff::tz::TimeZone::UTC);
    midnight.map_or(jiff::Timestamp::MAX, |day| crate::time::plus_min(day.timestamp(), 12 * 60))
}
