//! The starts of visits that repeat. They keep the hour of the clock, not the distance in hours: every Monday
//! at 15:00 stays 15:00 when clocks change. A time that clocks skip is named as such, not silently moved.

use garde::Validate;
use jiff::{Span as Distance, Timestamp, ToSpan, civil::DateTime, tz::AmbiguousOffset};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::WhyNot;
use crate::Zone;

/// How a series goes on from its first visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
pub struct Recurrence {
    #[garde(skip)]
    pub cadence: Cadence,
    /// 2 with a weekly cadence is every second week.
    #[garde(range(min = 1, max = 52))]
    pub interval: u8,
    /// How many visits in all.
    #[garde(range(min = 1, max = 52))]
    pub count: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cadence {
    Daily,
    Weekly,
}

/// The start of each visit of a series, the first among them, or [`WhyNot::NoSuchTime`] where the clocks of
/// `zone` skip it. Of a repeated hour the first pass is taken. Whether the times are free is
/// [`super::why_not`]'s answer.
pub fn occurrences(zone: &Zone, first: Timestamp, recurrence: Recurrence) -> Vec<Result<Timestamp, WhyNot>> {
    let rules = zone.rules();
    let local = rules.to_datetime(first);
    let later = |n: i32| -> Result<Timestamp, WhyNot> {
        let distance = distance(recurrence, n);
        let local = local.checked_add(distance).unwrap_or(DateTime::MAX);
        let found = rules.to_ambiguous_timestamp(local);
        match found.offset() {
            AmbiguousOffset::Gap { .. } => Err(WhyNot::NoSuchTime { local }),
            _ => found.compatible().map_err(|_| WhyNot::NoSuchTime { local }),
        }
    };
    std::iter::once(Ok(first)).chain((1..i32::from(recurrence.count)).map(later)).collect()
}

fn distance(recurrence: Recurrence, n: i32) -> Distance {
    let times = n * i32::from(recurrence.interval);
    match recurrence.cadence {
        Cadence::Daily => times.days(),
        Cadence::Weekly => times.weeks(),
    }
}
