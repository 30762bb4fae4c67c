//! The scheduling engine: which times are on offer, and why another one is not.
//!
//! Slots are computed, never stored. The open hours of the rules become stretches of UTC (`hours`); on each
//! stretch starts lie a step apart; a start is on offer when nothing that occupies time overlaps what its visit
//! would occupy (`occupied`). [`slots`], [`why_not`], [`next_free`] and [`week_bitmap`] all ask that one
//! question, so what one of them offers no other denies. The server asks it inside the transaction that books,
//! a doctor's device for the calendar; patients' devices read the answers for a week from a [`week_bitmap`].
//!
//! Spans are half-open, in UTC, and compared by overlap. A visit occupies its own time and its own buffers. The
//! seats of a group session share one session id, which follows from role, kind of visit and start, so that
//! devices and servers that never spoke agree on it.

mod hours;
mod occupied;
mod seconds;
mod series;
#[cfg(test)]
mod tests;
mod week;

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::rules::{Offering, Rules};
use crate::{RoleId, Span, VisitTypeId, id};
use hours::{Clock, Open};
use occupied::{Cursor, Occupied, Room, length_of};
use seconds::{DAY, MINUTE, ceil, clamped, date_of, day_number, floor};

pub use series::{Cadence, Recurrence, occurrences};
pub use week::{starts_in, week_bitmap, week_of};

/// Everything a role's free time follows from at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Agenda<'a> {
    pub role: RoleId,
    pub rules: &'a Rules,
    /// When the doctor is away; may overlap, in any order.
    pub leaves: &'a [Span],
    /// What occupies the doctor's time, in any order: at least all that overlaps [`reach`] of the time asked
    /// for.
    pub busy: &'a [Busy],
    pub now: Timestamp,
    /// The seat of the visit that is being moved: it does not stand in its own way.
    pub moving: Option<Seat>,
}

/// One thing that occupies the doctor's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Busy {
    pub session: Uuid,
    pub seat: u16,
    /// With its own buffers.
    pub span: Span,
    /// `None` for time that is no visit, such as an entry of another calendar.
    pub visit: Option<BusyVisit>,
}

/// The visit within a [`Busy`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BusyVisit {
    pub role: RoleId,
    /// Without buffers.
    pub span: Span,
}

/// A place in a session. No two active visits have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    pub session: Uuid,
    pub number: u16,
}

impl Busy {
    pub fn seat(&self) -> Seat {
        Seat { session: self.session, number: self.seat }
    }
}

/// A time on offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Slot {
    pub start: Timestamp,
    /// When the visit ends, without buffers.
    pub end: Timestamp,
    pub seats_left: u16,
}

/// How a visit at a free time is to be entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Free {
    pub visit: Span,
    /// The visit with its own buffers: what it will occupy.
    pub occupied: Span,
    /// The group session it joins; `None` where the visit is a session of its own.
    pub shared_session: Option<Uuid>,
    pub seat: u16,
    pub capacity: u16,
}

impl Free {
    /// The session of a visit entered here. `visit` is its id, for one that is a session of its own.
    pub fn session(&self, visit: impl Into<Uuid>) -> Uuid {
        self.shared_session.unwrap_or_else(|| visit.into())
    }
}

/// Why a visit cannot start at a time. The first that applies, in this order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum WhyNot {
    /// The role does not offer this kind of visit, or not at this time of the week.
    VisitTypeNotOffered,
    Past,
    /// Within the minimum notice.
    TooSoon {
        earliest: Timestamp,
    },
    /// `latest` is the last date that can be booked, in the zone of the rules.
    BeyondHorizon {
        latest: Date,
    },
    /// The whole date is closed, unlike its weekday.
    ClosedThatDay,
    /// Outside the hours, or too near their end for the visit to fit.
    Closed,
    /// Within the hours, but visits do not start at this time.
    NotOnGrid {
        nearest: Timestamp,
    },
    OnLeave,
    /// Something else takes place then.
    Taken,
    /// Nothing takes place then, but a neighbour or this visit needs its buffer.
    Buffer,
    /// All seats of the group are taken.
    Full,
    /// No more visits on this date.
    DailyCap,
    /// Local clocks skip this time. Only a series meets it: an instant always exists.
    NoSuchTime {
        local: DateTime,
    },
}

impl WhyNot {
    /// The stable code, also the key of the words.
    pub fn code(&self) -> &'static str {
        match self {
            Self::VisitTypeNotOffered => "visit_type_not_offered",
            Self::Past => "past",
            Self::TooSoon { .. } => "too_soon",
            Self::BeyondHorizon { .. } => "beyond_horizon",
            Self::ClosedThatDay => "closed_that_day",
            Self::Closed => "closed",
            Self::NotOnGrid { .. } => "not_on_grid",
            Self::OnLeave => "on_leave",
            Self::Taken => "taken",
            Self::Buffer => "buffer",
            Self::Full => "full",
            Self::DailyCap => "daily_cap",
            Self::NoSuchTime { .. } => "no_such_time",
        }
    }

    /// One of each, for tests that go through all of them.
    pub fn examples() -> Vec<Self> {
        let instant = Timestamp::UNIX_EPOCH;
        let local = DateTime::constant(2026, 3, 29, 2, 30, 0, 0);
        vec![
            Self::VisitTypeNotOffered,
            Self::Past,
            Self::TooSoon { earliest: instant },
            Self::BeyondHorizon { latest: local.date() },
            Self::ClosedThatDay,
            Self::Closed,
            Self::NotOnGrid { nearest: instant },
            Self::OnLeave,
            Self::Taken,
            Self::Buffer,
            Self::Full,
            Self::DailyCap,
            Self::NoSuchTime { local },
        ]
    }
}

/// All times on offer that start within `range`, in order. There is no limit to their number but the range and
/// the horizon.
pub fn slots(agenda: &Agenda, visit_type: VisitTypeId, range: Span) -> Vec<Slot> {
    let bounds = Bounds::of(agenda).within(range);
    match Plan::new(agenda, visit_type, &bounds) {
        Some(plan) => plan.free(&bounds).map(|(start, room)| plan.slot(start, room)).collect(),
        None => Vec::new(),
    }
}

/// The first `count` times on offer from `from` on.
pub fn next_free(agenda: &Agenda, visit_type: VisitTypeId, from: Timestamp, count: usize) -> Vec<Slot> {
    let bounds = Bounds::of(agenda).within(Span::new(from, Timestamp::MAX));
    match Plan::new(agenda, visit_type, &bounds) {
        Some(plan) => plan.free(&bounds).take(count).map(|(start, room)| plan.slot(start, room)).collect(),
        None => Vec::new(),
    }
}

/// How to enter a visit that starts at `start`, or why it cannot be.
pub fn why_not(agenda: &Agenda, visit_type: VisitTypeId, start: Timestamp) -> Result<Free, WhyNot> {
    let Some(offering) = agenda.rules.offering(visit_type) else { return Err(WhyNot::VisitTypeNotOffered) };
    in_time(agenda, start)?;
    let at = floor(start);
    let bounds = Bounds { lo: at, hi: at + 1, last_day: i64::MAX };
    let plan = Plan::of(agenda, offering, &bounds);
    let open = plan.open_at(agenda, start)?;
    let room = plan.occupied.room(at, open.day, &mut Cursor::default())?;
    Ok(plan.entry(agenda.role, at, room))
}

/// What must be known of the doctor's busy time to answer for `range`: a visit and its buffers around it; where a day's
/// visits are capped, the whole local days.
pub fn reach(rules: &Rules, range: Span) -> Span {
    let length = |offering: &Offering| {
        i64::from(offering.length_min) + i64::from(offering.buffer_before_min.max(offering.buffer_after_min))
    };
    let visit = rules.offerings.iter().map(length).max().unwrap_or(0) * MINUTE;
    // A local day has up to 25 hours.
    let day = if rules.daily_cap.is_some() { DAY + 60 * MINUTE } else { 0 };
    let margin = visit + day;
    Span::new(
        clamped(floor(range.start).saturating_sub(margin)),
        clamped(ceil(range.end).saturating_add(margin)),
    )
}

/// The id of a group session; equal wherever it is computed.
fn session_of(role: RoleId, visit_type: VisitTypeId, start: i64) -> Uuid {
    id::derive(&[b"session", role.0.as_bytes(), visit_type.0.as_bytes(), &start.to_le_bytes()])
}

/// Which starts may be on offer at all, in seconds: `lo <= start < hi`, no later than the local date
/// `last_day`.
struct Bounds {
    lo: i64,
    hi: i64,
    last_day: i64,
}

impl Bounds {
    fn of(agenda: &Agenda) -> Self {
        let last_day = last_day(agenda);
        // Two days more than the last date, since local dates begin and end up to a day beside those of UTC.
        Self { lo: ceil(earliest(agenda)), hi: (last_day + 2) * DAY, last_day }
    }

    fn within(self, range: Span) -> Self {
        Self { lo: self.lo.max(ceil(range.start)), hi: self.hi.min(ceil(range.end)), ..self }
    }
}

/// The first instant the minimum notice allows: a stretch of real time from now, whatever the clocks do
/// meanwhile.
fn earliest(agenda: &Agenda) -> Timestamp {
    let notice = SignedDuration::from_mins(agenda.rules.minimum_notice_min.into());
    agenda.now.checked_add(notice).unwrap_or(Timestamp::MAX)
}

/// The last local date that can be booked: the horizon counts days of the calendar.
fn last_day(agenda: &Agenda) -> i64 {
    let today = agenda.rules.zone.rules().to_datetime(agenda.now).date();
    day_number(today) + i64::from(agenda.rules.horizon_days)
}

/// Whether `start` is neither too early nor too late to be booked now.
fn in_time(agenda: &Agenda, start: Timestamp) -> Result<(), WhyNot> {
    if start < agenda.now {
        return Err(WhyNot::Past);
    }
    let earliest = earliest(agenda);
    if start < earliest {
        return Err(WhyNot::TooSoon { earliest });
    }
    let last_day = last_day(agenda);
    let day = day_number(agenda.rules.zone.rules().to_datetime(start).date());
    if day > last_day { Err(WhyNot::BeyondHorizon { latest: date_of(last_day) }) } else { Ok(()) }
}

/// The open hours and the occupied time for one kind of visit, within some bounds.
struct Plan<'a> {
    offering: &'a Offering,
    step: i64,
    length: i64,
    clock: Clock,
    open: Vec<Open>,
    occupied: Occupied<'a>,
}

impl<'a> Plan<'a> {
    /// `None` where there can be nothing on offer.
    fn new(agenda: &Agenda<'a>, visit_type: VisitTypeId, bounds: &Bounds) -> Option<Self> {
        let offering = agenda.rules.offering(visit_type)?;
        (bounds.lo < bounds.hi).then(|| Self::of(agenda, offering, bounds))
    }

    fn of(agenda: &Agenda<'a>, offering: &'a Offering, bounds: &Bounds) -> Self {
        let clock = Clock::around(&agenda.rules.zone.rules(), bounds.lo, bounds.hi);
        Self {
            step: i64::from(agenda.rules.step_min.max(1)) * MINUTE,
            length: length_of(offering),
            open: clock.open(agenda.rules, |hours| hours.serve(offering.visit_type_id)),
            occupied: Occupied::new(agenda, offering, &clock),
            offering,
            clock,
        }
    }

    fn free(&self, bounds: &Bounds) -> impl Iterator<Item = (i64, Room)> {
        let &Bounds { lo, hi, last_day } = bounds;
        let mut cursor = Cursor::default();
        self.open
            .iter()
            .filter(move |open| open.day <= last_day)
            .flat_map(move |open| open.starts(lo, hi, self.step, self.length).map(|start| (start, open.day)))
            .filter_map(move |(start, day)| Some((start, self.occupied.room(start, day, &mut cursor).ok()?)))
    }

    /// The stretch on whose grid `start` is.
    fn open_at(&self, agenda: &Agenda, start: Timestamp) -> Result<&Open, WhyNot> {
        let at = floor(start);
        let open =
            self.open.iter().find(|open| open.contains(at)).ok_or_else(|| self.why_closed(agenda, at))?;
        let nearest = open.nearest(at, self.step, self.length).filter(|_| at + self.length <= open.until);
        match nearest {
            Some(nearest) if clamped(nearest) == start => Ok(open),
            Some(nearest) => Err(WhyNot::NotOnGrid { nearest: clamped(nearest) }),
            None => Err(WhyNot::Closed),
        }
    }

    fn why_closed(&self, agenda: &Agenda, at: i64) -> WhyNot {
        let date = date_of(self.clock.day(at));
        let shut = |date| agenda.rules.overrides.iter().any(|day| day.date == date && day.blocks.is_empty());
        let for_others = || self.clock.open(agenda.rules, |_| true).iter().any(|open| open.contains(at));
        if shut(date) {
            WhyNot::ClosedThatDay
        } else if for_others() {
            WhyNot::VisitTypeNotOffered
        } else {
            WhyNot::Closed
        }
    }

    fn slot(&self, start: i64, room: Room) -> Slot {
        Slot { start: clamped(start), end: clamped(start + self.length), seats_left: room.seats_left }
    }

    fn entry(&self, role: RoleId, start: i64, room: Room) -> Free {
        let Offering { visit_type_id, buffer_before_min, buffer_after_min, capacity, .. } = *self.offering;
        let visit = Span::new(clamped(start), clamped(start + self.length));
        Free {
            visit,
            occupied: visit.widened(buffer_before_min, buffer_after_min),
            shared_session: (capacity > 1).then(|| session_of(role, visit_type_id, start)),
            seat: room.seat,
            capacity,
        }
    }
}
