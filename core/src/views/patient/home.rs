//! The first screen: what comes next and, above all, what waits for an answer.

use jiff::{Timestamp, tz::TimeZone};
use mediconnect_domain::{
    appointments::Appointment,
    directory::{Clinic, Place},
    profiles::Address,
};

use super::{
    refusals::{RefusalCard, refusals},
    requests::{Request, requests},
    visits::{VisitLine, visits},
    waitlist::{self, places},
};
use crate::{PendingCommand, Records, StoreError, views::notices};

#[derive(Clone, Debug, PartialEq)]
pub struct Home {
    /// As the person wants to be called; the first word of it.
    pub first_name: String,
    pub greeting: Greeting,
    pub waits: Waits,
    pub next: Option<NextVisit>,
    /// Upcoming visits after the next.
    pub more_visits: u32,
    pub unread: u32,
}

/// By the reader's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Greeting {
    Morning,
    Afternoon,
    Evening,
}

/// What waits for the person, the most urgent first within each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waits {
    pub refused: Vec<RefusalCard>,
    pub places_offered: Vec<waitlist::Place>,
    pub requests_offered: Vec<Request>,
}

impl Waits {
    pub fn count(&self) -> usize {
        self.refused.len() + self.places_offered.len() + self.requests_offered.len()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct NextVisit {
    pub line: VisitLine,
    pub address: Option<Address>,
    pub place: Option<Place>,
    /// On the day itself: how long it takes until it starts.
    pub countdown: bool,
}

pub fn home(
    records: &Records,
    pending: &[PendingCommand],
    zone: &TimeZone,
    now: Timestamp,
) -> Result<Home, StoreError> {
    let mut upcoming = visits(records, now)?.upcoming.into_iter();
    let name = records.account()?.map(|account| account.name).unwrap_or_default();
    let next = upcoming.next().map(|line| next(records, line, zone, now)).transpose()?;
    Ok(Home {
        first_name: name.split_whitespace().next().unwrap_or_default().to_owned(),
        greeting: greeting(zone, now),
        waits: waits(records, pending, now)?,
        next,
        more_visits: upcoming.count() as u32,
        unread: notices::unread(records)?,
    })
}

pub fn waits(records: &Records, pending: &[PendingCommand], now: Timestamp) -> Result<Waits, StoreError> {
    Ok(Waits {
        refused: refusals(records, pending, now)?,
        places_offered: places(records, now)?.into_iter().filter(|place| place.offer.is_some()).collect(),
        requests_offered: requests(records, now)?
            .into_iter()
            .filter(|request| request.offer.is_some())
            .collect(),
    })
}

fn next(
    records: &Records,
    line: VisitLine,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<NextVisit, StoreError> {
    let visit: Option<Appointment> = records.get(line.id)?;
    let clinic: Option<Clinic> = visit.map(|visit| records.get(visit.clinic_id)).transpose()?.flatten();
    let today = |at: Timestamp| at.to_zoned(zone.clone()).date();
    Ok(NextVisit {
        countdown: today(line.start) == today(now) && line.start > now,
        address: clinic.as_ref().map(|clinic| clinic.details.address.clone()),
        place: clinic.map(|clinic| clinic.details.place),
        line,
    })
}

fn greeting(zone: &TimeZone, now: Timestamp) -> Greeting {
    match now.to_zoned(zone.clone()).hour() {
        4..=11 => Greeting::Morning,
        12..=16 => Greeting::Afternoon,
        _ => Greeting::Evening,
    }
}

#[cfg(test)]
mod tests {
    use mediconnect_domain::appointments::State;

    use super::*;
    use crate::views::patient::examples::*;

    #[test]
    fn the_next_visit_counts_down_on_its_own_day() {
        let mut rows = family();
        rows.push(visit(1, patient_id(), "2026-03-02T09:00:00Z", State::Booked).into());
        rows.push(visit(2, patient_id(), "2026-03-09T09:00:00Z", State::Booked).into());
        let at_time = |now: &str| read(&rows, |records| home(records, &[], &TimeZone::UTC, at(now)));
        let shown = at_time("2026-03-01T18:00:00Z");
        assert_eq!(
            (shown.first_name.as_str(), shown.greeting, shown.more_visits),
            ("Mina", Greeting::Evening, 1)
        );
        assert!(!shown.next.expect("a visit").countdown);
        assert!(at_time("2026-03-02T07:00:00Z").next.expect("a visit").countdown);
        let clinic = at_time("2026-03-02T07:00:00Z").next.expect("a visit").address;
        assert_eq!(clinic.map(|address| address.city).as_deref(), Some("Mumbai"));
    }

    #[test]
    fn a_new_account_has_nothing_that_waits() {
        let shown = read(&family(), |records| home(records, &[], &TimeZone::UTC, now()));
        assert_eq!((shown.next, shown.waits.count(), shown.unread), (None, 0, 0));
    }
}
