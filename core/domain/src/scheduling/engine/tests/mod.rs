//! A practice on paper, in words a receptionist would use: local dates and times go in and come out.

mod booking;
mod clocks;
mod offline;
mod properties;
mod repeating;

use jiff::{Timestamp, ToSpan, civil::DateTime};

use super::*;
use crate::{
    Money, Zone,
    money::Currency,
    scheduling::rules::{Block, DayOverride, LeaveTime, Mode, WeeklyBlock},
};

pub(super) const WEEK: std::ops::RangeInclusive<u8> = 1..=7;

/// One role with its visits. Starts out closed, with 30-minute visits every 15 minutes, on Monday 2026-01-05 in
/// UTC.
#[derive(Debug)]
pub(super) struct Practice {
    pub rules: Rules,
    pub leaves: Vec<Span>,
    pub busy: Vec<Busy>,
    pub now: Timestamp,
}

pub(super) fn role() -> RoleId {
    RoleId::derive(&[b"role"])
}

pub(super) fn visit() -> VisitTypeId {
    VisitTypeId::derive(&[b"visit"])
}

pub(super) fn vaccination() -> VisitTypeId {
    VisitTypeId::derive(&[b"vaccination"])
}

pub(super) fn offering(visit_type_id: VisitTypeId, length_min: u16, capacity: u16) -> Offering {
    Offering {
        visit_type_id,
        length_min,
        buffer_before_min: 0,
        buffer_after_min: 0,
        capacity,
        price: Money { amount_minor: 4_000, currency: Currency::Eur },
        mode: Mode::InPerson,
    }
}

/// Minutes of the day of `13:30`; `24:00` is its end.
pub(super) fn minutes(time: &str) -> u16 {
    let (hours, minutes) = time.split_once(':').expect("hh:mm");
    hours.parse::<u16>().expect("hours") * 60 + minutes.parse::<u16>().expect("minutes")
}

pub(super) fn block(from: &str, to: &str) -> Block {
    Block { start_min: minutes(from), end_min: minutes(to), visit_types: None }
}

impl Practice {
    pub fn new(zone: &str) -> Self {
        let rules = Rules {
            zone: Zone::new(zone).expect("a known zone"),
            weekly: Vec::new(),
            overrides: Vec::new(),
            offerings: vec![offering(visit(), 30, 1)],
            step_min: 15,
            minimum_notice_min: 0,
            horizon_days: 400,
            daily_cap: None,
            auto_confirm: true,
            cancel_notice_min: 0,
        };
        let now = "2026-01-05T00:00Z".parse().expect("an instant");
        Self { rules, leaves: Vec::new(), busy: Vec::new(), now }
    }

    pub fn open(mut self, weekdays: std::ops::RangeInclusive<u8>, from: &str, to: &str) -> Self {
        let (start_min, end_min) = (minutes(from), minutes(to));
        self.rules.weekly.extend(weekdays.map(|weekday| WeeklyBlock {
            weekday,
            start_min,
            end_min,
            visit_types: None,
        }));
        self
    }

    pub fn on(mut self, date: &str, blocks: Vec<Block>) -> Self {
        self.rules.overrides.push(DayOverride { date: date.parse().expect("a date"), blocks });
        self
    }

    pub fn step(mut self, step_min: u16) -> Self {
        self.rules.step_min = step_min;
        self
    }

    pub fn lasting(mut self, length_min: u16) -> Self {
        self.rules.offerings[0].length_min = length_min;
        self
    }

    pub fn buffers(mut self, before_min: u16, after_min: u16) -> Self {
        self.rules.offerings[0].buffer_before_min = before_min;
        self.rules.offerings[0].buffer_after_min = after_min;
        self
    }

    pub fn seats(mut self, capacity: u16) -> Self {
        self.rules.offerings[0].capacity = capacity;
        self
    }

    pub fn now(mut self, local: &str) -> Self {
        self.now = self.at(local);
        self
    }

    pub fn away(mut self, time: LeaveTime) -> Self {
        self.leaves.push(time.span(&self.rules.zone));
        self
    }

    /// The instant of a local time; the first of two.
    pub fn at(&self, local: &str) -> Timestamp {
        let local: DateTime = local.parse().expect("a local time");
        self.rules.zone.rules().to_timestamp(local).expect("in range")
    }

    pub fn agenda(&self) -> Agenda<'_> {
        Agenda {
            role: role(),
            rules: &self.rules,
            leaves: &self.leaves,
            busy: &self.busy,
            now: self.now,
            moving: None,
        }
    }

    /// The local day as a span.
    pub fn day(&self, date: &str) -> Span {
        let date: Date = date.parse().expect("a date");
        LeaveTime::Days { first: date, last: date }.span(&self.rules.zone)
    }

    pub fn slots_on(&self, date: &str) -> Vec<Slot> {
        slots(&self.agenda(), visit(), self.day(date))
    }

    /// What is on offer on a local date, as local times. `02:30+02:00` where the time alone would be ambiguous.
    pub fn times(&self, date: &str) -> Vec<String> {
        self.slots_on(date).iter().map(|slot| self.local(slot.start)).collect()
    }

    pub fn local(&self, instant: Timestamp) -> String {
        let zoned = instant.to_zoned(self.rules.zone.rules());
        let twice = self.rules.zone.rules().to_ambiguous_timestamp(zoned.datetime()).is_ambiguous();
        zoned.strftime(if twice { "%H:%M%:z" } else { "%H:%M" }).to_string()
    }

    pub fn why(&self, local: &str) -> Option<WhyNot> {
        why_not(&self.agenda(), visit(), self.at(local)).err()
    }

    pub fn book(&mut self, local: &str) -> Result<Free, WhyNot> {
        self.book_at(visit(), self.at(local))
    }

    pub fn book_at(&mut self, visit_type: VisitTypeId, start: Timestamp) -> Result<Free, WhyNot> {
        let free = why_not(&self.agenda(), visit_type, start)?;
        self.enter(free);
        Ok(free)
    }

    /// Enters a visit as a booking does.
    pub fn enter(&mut self, free: Free) -> Seat {
        let own = id::derive(&[b"visit", &self.busy.len().to_le_bytes()]);
        let visit = BusyVisit { role: role(), span: free.visit };
        self.busy.push(Busy {
            session: free.session(own),
            seat: free.seat,
            span: free.occupied,
            visit: Some(visit),
        });
        self.busy[self.busy.len() - 1].seat()
    }
}

/// `09:00 09:15` as a list, to read expectations at a glance.
pub(super) fn list(times: &str) -> Vec<String> {
    times.split_whitespace().map(str::to_owned).collect()
}

/// Every `step` minutes from `from` to `to`, both included.
pub(super) fn every(step: u16, from: &str, to: &str) -> Vec<String> {
    let minutes = (minutes(from)..=minutes(to)).step_by(step.into());
    minutes.map(|minute| format!("{:02}:{:02}", minute / 60, minute % 60)).collect()
}

pub(super) fn plus(instant: Timestamp, minutes: i64) -> Timestamp {
    instant + minutes.minutes()
}
