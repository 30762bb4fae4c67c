//! The starts on offer in one week as a short text, for devices that are to offer times without network.
//!
//! `<step>:<bits>` — the step of the grid in minutes, then the starts as bits in hexadecimal: bit `i` of the
//! bytes, the lowest of a byte first, is the start `i` steps after the week's Monday 00:00 UTC. Trailing zero
//! bytes are left out. The step is the widest that all starts lie on. The text says nothing of who or why: what
//! is taken and what was never open look alike.

use jiff::Timestamp;

use super::{
    Agenda, Bounds, Plan,
    seconds::{DAY, MINUTE, clamped, floor},
};
use crate::{Span, VisitTypeId};

const WEEK: i64 = 7 * DAY;
const WEEK_MIN: i64 = WEEK / MINUTE;

/// The Monday 00:00 UTC on or before `instant`.
pub fn week_of(instant: Timestamp) -> Timestamp {
    // 1970-01-05 was a Monday.
    let since = (floor(instant) - 4 * DAY).rem_euclid(WEEK);
    clamped(floor(instant) - since)
}

/// The starts on offer in the week from `week_start` on. What depends on the clock alone (the past and the
/// minimum notice) is left to the reader, so the text changes when the practice does and when the horizon moves
/// on, not each minute.
pub fn week_bitmap(agenda: &Agenda, visit_type: VisitTypeId, week_start: Timestamp) -> String {
    let base = floor(week_start);
    let bounds =
        Bounds { lo: base, ..Bounds::of(agenda) }.within(Span::new(week_start, clamped(base + WEEK)));
    let Some(plan) = Plan::new(agenda, visit_type, &bounds) else { return encode(&[]) };
    let minutes = plan.free(&bounds).map(|(start, _)| (start - base) / MINUTE);
    encode(&minutes.collect::<Vec<_>>())
}

/// The starts that a text of [`week_bitmap`] holds, in order. `None` where it is no such text.
pub fn starts_in(week_start: Timestamp, bitmap: &str) -> Option<Vec<Timestamp>> {
    let base = floor(week_start);
    let (step, hex) = bitmap.split_once(':')?;
    let step: i64 = step.parse().ok().filter(|step| (1..=WEEK_MIN).contains(step))?;
    let bytes = from_hex(hex).filter(|bytes| bytes.len() as i64 <= WEEK_MIN / step / 8 + 1)?;
    let bits = (0..bytes.len() * 8).filter(|bit| bytes[bit / 8] >> (bit % 8) & 1 == 1);
    Some(bits.map(|bit| clamped(base + bit as i64 * step * MINUTE)).collect())
}

/// `minutes` since the start of the week.
fn encode(minutes: &[i64]) -> String {
    let step = minutes.iter().fold(WEEK_MIN, |step, minute| gcd(step, *minute));
    let mut bytes = vec![0u8; minutes.last().map_or(0, |last| (last / step / 8 + 1) as usize)];
    for minute in minutes {
        let bit = minute / step;
        bytes[(bit / 8) as usize] |= 1 << (bit % 8);
    }
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{step}:{hex}")
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn from_hex(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = hex.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}
