//! The engine counts whole seconds since 1970: every start is one, and rounding what occupies time outwards
//! loses nothing.

use jiff::{Timestamp, civil::Date, tz::Offset};

pub(super) const MINUTE: i64 = 60;
pub(super) const DAY: i64 = 24 * 60 * MINUTE;

/// The last whole second that is not after `instant`.
pub(super) fn floor(instant: Timestamp) -> i64 {
    instant.as_second() - i64::from(instant.subsec_nanosecond() < 0)
}

/// The first whole second that is not before `instant`.
pub(super) fn ceil(instant: Timestamp) -> i64 {
    instant.as_second() + i64::from(instant.subsec_nanosecond() > 0)
}

/// The instant, or the end of time where there is none.
pub(super) fn clamped(second: i64) -> Timestamp {
    let bound = if second < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_second(second).unwrap_or(bound)
}

/// Days since 1970-01-01.
pub(super) fn day_number(date: Date) -> i64 {
    let midnight = Offset::UTC.to_timestamp(date.at(0, 0, 0, 0));
    midnight.map_or(0, Timestamp::as_second).div_euclid(DAY)
}

pub(super) fn date_of(day_number: i64) -> Date {
    Offset::UTC.to_datetime(clamped(day_number.saturating_mul(DAY))).date()
}
