//! What stands in the way of a visit, ordered so that a run over growing starts looks at each entry about once.
//!
//! Two visits conflict when the times they occupy overlap, each with its own buffers and no others. The seats
//! of one group session do not conflict with one another. Leave closes the visit itself, not its buffers.

use std::collections::HashMap;

use uuid::Uuid;

use super::{
    Agenda, Busy, WhyNot,
    hours::Clock,
    seconds::{MINUTE, ceil, floor},
    session_of,
};
use crate::{RoleId, scheduling::rules::Offering};

struct Taken {
    start: i64,
    end: i64,
    visit_start: i64,
    visit_end: i64,
    session: Uuid,
    seat: u16,
}

impl Taken {
    fn new(busy: &Busy) -> Self {
        let visit = busy.visit.map_or(busy.span, |visit| visit.span);
        Self {
            start: floor(busy.span.start),
            end: ceil(busy.span.end),
            visit_start: floor(visit.start),
            visit_end: ceil(visit.end),
            session: busy.session,
            seat: busy.seat,
        }
    }
}

/// The answers for one kind of visit of one role.
pub(super) struct Occupied<'a> {
    role: RoleId,
    before: i64,
    length: i64,
    after: i64,
    offering: &'a Offering,
    /// Ordered by start.
    taken: Vec<Taken>,
    /// Disjoint, in order.
    away: Vec<(i64, i64)>,
    daily_cap: Option<u16>,
    visits: HashMap<i64, u16>,
}

/// Where a run over growing starts has come to.
#[derive(Default)]
pub(super) struct Cursor {
    taken: usize,
    away: usize,
}

/// The room there is for one more.
#[derive(Clone, Copy)]
pub(super) struct Room {
    /// The lowest free seat.
    pub seat: u16,
    pub seats_left: u16,
}

impl<'a> Occupied<'a> {
    pub fn new(agenda: &Agenda, offering: &'a Offering, clock: &Clock) -> Self {
        let others = || agenda.busy.iter().filter(|busy| agenda.moving != Some(busy.seat()));
        let mut visits = HashMap::new();
        if agenda.rules.daily_cap.is_some() {
            let own = others().filter_map(|busy| busy.visit).filter(|visit| visit.role == agenda.role);
            own.for_each(|visit| *visits.entry(clock.day(floor(visit.span.start))).or_default() += 1);
        }
        Self {
            role: agenda.role,
            before: i64::from(offering.buffer_before_min) * MINUTE,
            length: length_of(offering),
            after: i64::from(offering.buffer_after_min) * MINUTE,
            offering,
            taken: in_order(others().map(Taken::new).collect()),
            away: union(agenda.leaves.iter().map(|leave| (floor(leave.start), ceil(leave.end))).collect()),
            daily_cap: agenda.rules.daily_cap,
            visits,
        }
    }

    /// Whether one more visit may start at `start`, on the local `day`. Starts asked with one cursor must not
    /// go back.
    pub fn room(&self, start: i64, day: i64, cursor: &mut Cursor) -> Result<Room, WhyNot> {
        self.clear_of_leave(start, cursor)?;
        let seats = self.clear_of_others(start, cursor)?;
        let seats_left = self.offering.capacity.saturating_sub(seats.len() as u16);
        let seat = (0..self.offering.capacity).find(|seat| !seats.contains(seat));
        let (Some(seat), 1..) = (seat, seats_left) else { return Err(WhyNot::Full) };
        match self.daily_cap {
            Some(cap) if self.visits.get(&day).is_some_and(|visits| *visits >= cap) => Err(WhyNot::DailyCap),
            _ => Ok(Room { seat, seats_left }),
        }
    }

    fn clear_of_leave(&self, start: i64, cursor: &mut Cursor) -> Result<(), WhyNot> {
        while self.away.get(cursor.away).is_some_and(|(_, end)| *end <= start) {
            cursor.away += 1;
        }
        match self.away.get(cursor.away) {
            Some((from, _)) if *from < start + self.length => Err(WhyNot::OnLeave),
            _ => Ok(()),
        }
    }

    /// The seats taken in the same session, if nothing else is in the way.
    fn clear_of_others(&self, start: i64, cursor: &mut Cursor) -> Result<Vec<u16>, WhyNot> {
        let (from, to) = (start - self.before, start + self.length + self.after);
        while self.taken.get(cursor.taken).is_some_and(|taken| taken.end <= from) {
            cursor.taken += 1;
        }
        let mut seats = Vec::new();
        let mut session = None;
        let mut buffer = false;
        for other in self.taken[cursor.taken..].iter().take_while(|other| other.start < to) {
            if other.end <= from {
                // It began after one that lasts longer.
                continue;
            }
            if self.offering.capacity > 1 && other.visit_start == start {
                let own =
                    *session.get_or_insert_with(|| session_of(self.role, self.offering.visit_type_id, start));
                if other.session == own {
                    seats.push(other.seat);
                    continue;
                }
            }
            if other.visit_start < start + self.length && start < other.visit_end {
                return Err(WhyNot::Taken);
            }
            buffer = true;
        }
        if buffer { Err(WhyNot::Buffer) } else { Ok(seats) }
    }
}

/// In seconds. Validated rules have no visit without length; the engine must end even on others.
pub(super) fn length_of(offering: &Offering) -> i64 {
    i64::from(offering.length_min.max(1)) * MINUTE
}

fn in_order(mut taken: Vec<Taken>) -> Vec<Taken> {
    taken.retain(|taken| taken.start < taken.end);
    taken.sort_unstable_by_key(|taken| taken.start);
    taken
}

fn union(mut spans: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    spans.retain(|(start, end)| start < end);
    spans.sort_unstable();
    spans.dedup_by(|next, last| {
        let joins = next.0 <= last.1;
        if joins {
            last.1 = last.1.max(next.1);
        }
        joins
    });
    spans
}
