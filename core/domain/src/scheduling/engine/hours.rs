//! Opening hours as stretches of UTC.
//!
//! A block of the rules is open at every instant at which the clock on the practice's wall shows a time within
//! it. So the time line is cut into pieces of one UTC offset each, and each block of each local day is
//! intersected with each piece. What daylight saving does follows from that: 13:00–18:00 is the same on every
//! day; a block that starts in a gap starts at the gap's end, and one that lies within a gap is not there; of a
//! repeated hour both passes are open. Within a block starts lie steps of real time apart, so none falls on an
//! hour that does not exist.

use std::collections::HashMap;

use jiff::tz::TimeZone;

use super::seconds::{DAY, MINUTE, clamped, day_number};
use crate::scheduling::rules::{DayOverride, Hours, Rules};

/// One stretch in which visits may start. Instants are seconds since 1970.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub start: i64,
    pub end: i64,
    /// Where the open time ends that this stretch is part of: a visit may go on into a block that touches this
    /// one.
    pub until: i64,
    /// The local date, in days since 1970-01-01.
    pub day: i64,
    block: usize,
}

impl Open {
    /// The starts of visits of `length` on the grid, `lo <= start < hi`.
    pub fn starts(&self, lo: i64, hi: i64, step: i64, length: i64) -> impl Iterator<Item = i64> + use<> {
        let steps = ((lo - self.start).max(0) + step - 1) / step;
        let end = hi.min(self.end).min(self.until - length + 1);
        (self.start + steps * step..end).step_by(step as usize)
    }

    /// The start on the grid that is closest to `instant`, the earlier of two.
    pub fn nearest(&self, instant: i64, step: i64, length: i64) -> Option<i64> {
        let around = self.starts(instant - step + 1, instant + step, step, length);
        around.min_by_key(|start| (start - instant).abs())
    }

    pub fn contains(&self, instant: i64) -> bool {
        self.start <= instant && instant < self.end
    }
}

/// A stretch of time in which local clocks keep one distance to UTC.
struct Piece {
    start: i64,
    end: i64,
    offset: i64,
}

/// A zone's clock around a stretch of time.
pub(super) struct Clock {
    pieces: Vec<Piece>,
}

impl Clock {
    /// Right from two days before `lo` to three days after `hi`.
    pub fn around(zone: &TimeZone, lo: i64, hi: i64) -> Self {
        let (lo, hi) = (lo - 2 * DAY, hi + 3 * DAY);
        let first = Piece { start: lo, end: hi, offset: zone.to_offset(clamped(lo)).seconds().into() };
        let mut pieces = vec![first];
        for change in zone.following(clamped(lo)) {
            let at = change.timestamp().as_second();
            if at >= hi {
                break;
            }
            if let Some(last) = pieces.last_mut() {
                last.end = at;
            }
            pieces.push(Piece { start: at, end: hi, offset: change.offset().seconds().into() });
        }
        Self { pieces }
    }

    /// The local date at `instant`, in days since 1970-01-01.
    pub fn day(&self, instant: i64) -> i64 {
        let piece = self.pieces.iter().rev().find(|piece| piece.start <= instant).unwrap_or(&self.pieces[0]);
        (instant + piece.offset).div_euclid(DAY)
    }

    /// The stretches open for visits that `serves` lets through, in order, none on another.
    pub fn open(&self, rules: &Rules, serves: impl Fn(&Hours) -> bool) -> Vec<Open> {
        let hours = Week::new(rules, serves);
        let mut open: Vec<Open> = Vec::new();
        for piece in &self.pieces {
            let days =
                (piece.start + piece.offset).div_euclid(DAY)..=(piece.end - 1 + piece.offset).div_euclid(DAY);
            for day in days {
                for (block, &(from, to)) in hours.of(day).iter().enumerate() {
                    let midnight = day * DAY - piece.offset;
                    let start = (midnight + from).max(piece.start);
                    let end = (midnight + to).min(piece.end);
                    append(&mut open, Open { start, end, until: end, day, block });
                }
            }
        }
        join_touching(&mut open);
        open
    }
}

/// Appends what is left of `next` after the last stretch. Both sides of a clock change within a block are one
/// stretch.
fn append(open: &mut Vec<Open>, mut next: Open) {
    if let Some(last) = open.last_mut() {
        next.start = next.start.max(last.end);
        if next.start < next.end && next.start == last.end && (next.day, next.block) == (last.day, last.block)
        {
            last.end = next.end;
            return;
        }
    }
    if next.start < next.end {
        open.push(next);
    }
}

fn join_touching(open: &mut [Open]) {
    let mut after: Option<Open> = None;
    for stretch in open.iter_mut().rev() {
        stretch.until = after.filter(|next| next.start == stretch.end).map_or(stretch.end, |next| next.until);
        after = Some(*stretch);
    }
}

/// The blocks of each day as seconds of the local day, in order.
struct Week {
    days: [Vec<(i64, i64)>; 7],
    overrides: HashMap<i64, Vec<(i64, i64)>>,
}

impl Week {
    fn new(rules: &Rules, serves: impl Fn(&Hours) -> bool) -> Self {
        let mut days: [Vec<_>; 7] = Default::default();
        for block in &rules.weekly {
            if let Some(day) = days.get_mut(usize::from(block.weekday.wrapping_sub(1))) {
                day.extend(seconds_of(&serves, block.into()));
            }
        }
        days.iter_mut().for_each(|day| day.sort_unstable());
        let of_date = |day: &DayOverride| {
            let mut blocks: Vec<_> =
                day.blocks.iter().filter_map(|block| seconds_of(&serves, block.into())).collect();
            blocks.sort_unstable();
            (day_number(day.date), blocks)
        };
        Self { days, overrides: rules.overrides.iter().map(of_date).collect() }
    }

    fn of(&self, day: i64) -> &[(i64, i64)] {
        // 1970-01-01 was a Thursday.
        self.overrides.get(&day).unwrap_or(&self.days[(day + 3).rem_euclid(7) as usize])
    }
}

fn seconds_of(serves: impl Fn(&Hours) -> bool, hours: Hours) -> Option<(i64, i64)> {
    serves(&hours).then(|| (i64::from(hours.start_min) * MINUTE, i64::from(hours.end_min) * MINUTE))
}
