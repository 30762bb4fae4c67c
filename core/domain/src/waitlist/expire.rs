//! Offers and wishes that ran out (server only).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Change, Context, Facts, Halt, Refusal, Rule, WaitlistId};

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

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}

/// The instant after which no time of this wish can come: the end of its last day anywhere on Earth.
pub fn end_of(wish: &crate::waitlist::Wish) -> jiff::Timestamp {
    let midnight = wish.until.tomorrow().unwrap_or(wish.until).to_zoned(jiff::tz::TimeZone::UTC);
    midnight.map_or(jiff::Timestamp::MAX, |day| crate::time::plus_min(day.timestamp(), 12 * 60))
}
