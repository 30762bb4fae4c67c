//! Spans of time and named time zones.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de::Error};

/// A half-open stretch of time in UTC: `start` belongs to it, `end` does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    pub start: Timestamp,
    pub end: Timestamp,
}

impl Span {
    pub fn new(start: Timestamp, end: Timestamp) -> Self {
        Self { start, end }
    }

    /// The span that starts at `start` and lasts `minutes`.
    pub fn of(start: Timestamp, minutes: u16) -> Self {
        Self { start, end: plus_min(start, minutes.into()) }
    }

    pub fn overlaps(&self, other: &Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    pub fn contains(&self, instant: Timestamp) -> bool {
        self.start <= instant && instant < self.end
    }

    /// This span with `before` and `after` minutes added.
    pub fn widened(&self, before_min: u16, after_min: u16) -> Self {
        Self {
            start: plus_min(self.start, -i64::from(before_min)),
            end: plus_min(self.end, after_min.into()),
        }
    }
}

/// `instant` plus `minutes`, which may be negative. At the ends of time it stays there: instants come from whoever sends them.
pub fn plus_min(instant: Timestamp, minutes: i64) -> Timestamp {
    instant.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(instant)
}

/// The name of a zone in the IANA time zone database, such as `Asia/Kolkata`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Zone(String);

impl Zone {
    pub fn new(name: &str) -> Option<Self> {
        let known = name.contains('/') || name == "UTC";
        (known && TimeZone::get(name).is_ok()).then(|| Self(name.to_owned()))
    }

    pub fn utc() -> Self {
        Self("UTC".into())
    }

    pub fn name(&self) -> &str {
        &self.0
    }

    pub fn rules(&self) -> TimeZone {
        // The name was found when the value was made; a smaller database on an old device falls back to UTC.
        TimeZone::get(&self.0).unwrap_or(TimeZone::UTC)
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Zone::new(&name).ok_or_else(|| D::Error::custom("unknown time zone"))
    }
}
