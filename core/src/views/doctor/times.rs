//! Times for a visit that is moved or offered: the free ones, and for each other one why it is not.
//!
//! The engine asks the doctor's own schedule, leave and visits, all of which this device holds. Minimum notice and horizon
//! bind patients only.

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use mediconnect_domain::{
    AppointmentId, ConsultationId, RoleId, Span, VisitTypeId,
    appointments::Appointment,
    directory::{LocalText, VisitType},
    scheduling::{
        engine::{self, Seat, WhyNot},
        rules::Rules,
    },
    time::plus_min,
};

use super::{
    practice::{
        Occupied, Workplace, for_the_doctor, open_hours, own_doctor, whole_day, whole_days, workplaces,
    },
    requests, visits,
};
use crate::{Records, StoreError};

/// What a time is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Move(AppointmentId),
    Offer(ConsultationId),
}

/// What is known before a day is chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    pub patient: Option<String>,
    pub role_id: RoleId,
    pub clinic: String,
    /// The visit's own start, where one is moved.
    pub from: Option<Timestamp>,
    /// More than one only where a time is offered.
    pub kinds: Vec<(VisitTypeId, LocalText)>,
    seat: Option<Seat>,
    rules: Rules,
}

impl Subject {
    pub fn zone(&self) -> TimeZone {
        self.rules.zone.rules()
    }
}

/// `None` where there is no such visit or request, or no schedule for it.
pub fn subject(records: &Records, purpose: Purpose, now: Timestamp) -> Result<Option<Subject>, StoreError> {
    let places = workplaces(records)?;
    let place = |role: RoleId| places.iter().find(|place| place.role_id == role);
    match purpose {
        Purpose::Move(id) => {
            let (Some(visit), Some(shown)) =
                (records.get::<Appointment>(id)?, visits::details(records, id, now)?)
            else {
                return Ok(None);
            };
            let kinds = vec![(visit.visit_type_id, visit.names.visit_type.clone())];
            let seat = Seat { session: visit.place.session, number: visit.place.seat };
            let found = place(visit.role_id).and_then(|place| of_place(place, kinds, Some(seat)));
            Ok(found.map(|found| Subject { patient: shown.line.patient, from: Some(visit.start), ..found }))
        }
        Purpose::Offer(id) => {
            let Some(asked) = requests::one(records, id)? else { return Ok(None) };
            let Some(workplace) = asked.role_id.and_then(place) else { return Ok(None) };
            let mut kinds = Vec::new();
            for offering in workplace.rules().map(|rules| rules.offerings.as_slice()).unwrap_or_default() {
                let visit_type: Option<VisitType> = records.get(offering.visit_type_id)?;
                kinds.extend(
                    visit_type.map(|kind| (offering.mode != asked.mode, (kind.id, kind.details.name))),
                );
            }
            // The kinds that are held in the way the patient asked for come first.
            kinds.sort_by_key(|(other_mode, _)| *other_mode);
            let kinds = kinds.into_iter().map(|(_, kind)| kind).collect();
            Ok(of_place(workplace, kinds, None).map(|found| Subject { patient: asked.patient, ..found }))
        }
    }
}

fn of_place(place: &Workplace, kinds: Vec<(VisitTypeId, LocalText)>, seat: Option<Seat>) -> Option<Subject> {
    Some(Subject {
        patient: None,
        role_id: place.role_id,
        clinic: place.clinic.clone(),
        from: None,
        kinds,
        seat,
        rules: for_the_doctor(place.rules()?.clone()),
    })
}

/// How many times each of the seven days from `first` has.
pub fn week(
    records: &Records,
    subject: &Subject,
    visit_type: VisitTypeId,
    first: Date,
    now: Timestamp,
) -> Result<Vec<(Date, u32)>, StoreError> {
    let Some(doctor) = own_doctor(records)? else { return Ok(Vec::new()) };
    let zone = subject.zone();
    let range = whole_days(first, 7, &zone);
    let occupied = Occupied::around(records, doctor, &subject.rules, range, now)?;
    let agenda = occupied.agenda(subject.role_id, &subject.rules, now, subject.seat);
    let starts: Vec<Date> = engine::slots(&agenda, visit_type, range)
        .iter()
        .filter(|slot| Some(slot.start) != subject.from)
        .map(|slot| slot.start.to_zoned(zone.clone()).date())
        .collect();
    let dates = (0..7).filter_map(|day| first.checked_add(day.days()).ok());
    Ok(dates.map(|date| (date, starts.iter().filter(|start| **start == date).count() as u32)).collect())
}

/// A time of the day's grid; without `why_not` it is free.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    pub start: Timestamp,
    pub why_not: Option<WhyNot>,
}

/// All times of the grid on a date.
pub fn day(
    records: &Records,
    subject: &Subject,
    visit_type: VisitTypeId,
    date: Date,
    now: Timestamp,
) -> Result<Vec<Time>, StoreError> {
    let Some(doctor) = own_doctor(records)? else { return Ok(Vec::new()) };
    let range = whole_day(date, &subject.zone());
    let occupied = Occupied::around(records, doctor, &subject.rules, range, now)?;
    let agenda = occupied.agenda(subject.role_id, &subject.rules, now, subject.seat);
    let grid =
        open_hours(&subject.rules, date).into_iter().flat_map(|open| grid(open, subject.rules.step_min));
    let times = grid.filter(|start| Some(*start) != subject.from);
    Ok(times
        .map(|start| Time { start, why_not: engine::why_not(&agenda, visit_type, start).err() })
        .collect())
}

fn grid(open: Span, step_min: u16) -> impl Iterator<Item = Timestamp> {
    let step = i64::from(step_min.max(5));
    (0..).map(move |n| plus_min(open.start, n * step)).take_while(move |start| *start < open.end)
}

/// The next time that is free, to be shown where a week has none.
pub fn next_free(
    records: &Records,
    subject: &Subject,
    visit_type: VisitTypeId,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let Some(doctor) = own_doctor(records)? else { return Ok(None) };
    let ahead = Span::new(now, plus_min(now, 60 * 24 * 60));
    let occupied = Occupied::around(records, doctor, &subject.rules, ahead, now)?;
    let agenda = occupied.agenda(subject.role_id, &subject.rules, now, subject.seat);
    Ok(engine::next_free(&agenda, visit_type, now, 1).first().map(|slot| slot.start))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use mediconnect_domain::{
        appointments::State,
        consultations::{ConsultationState, Urgency},
    };

    use super::*;
    use crate::views::doctor::examples::*;

    fn monday(rows: &[mediconnect_domain::Record], purpose: Purpose) -> Vec<Time> {
        read(rows, |records| {
            let subject = subject(records, purpose, now())?.expect("it is there");
            day(records, &subject, visit_type_id(), date(2026, 3, 2), now())
        })
    }

    #[test]
    fn a_taken_time_says_so_and_the_moved_visit_is_not_in_its_own_way() {
        let own = visit(1, patient_id(), "2026-03-02T04:00:00Z", State::Booked);
        let other = visit(2, child_id(), "2026-03-02T05:00:00Z", State::Booked);
        let mut rows = practice();
        rows.extend([own.clone().into(), other.into()]);
        let times = monday(&rows, Purpose::Move(own.id));
        let why =
            |start: &str| times.iter().find(|time| time.start == at(start)).map(|time| time.why_not.clone());
        assert_eq!(why("2026-03-02T04:00:00Z"), None, "its own start is no choice");
        assert_eq!(why("2026-03-02T04:15:00Z"), Some(None), "its own time is free for it");
        assert_eq!(why("2026-03-02T05:00:00Z"), Some(Some(WhyNot::Taken)));
        assert_eq!(why("2026-03-02T06:15:00Z"), Some(Some(WhyNot::Closed)), "it would not end in time");
    }

    #[test]
    fn the_week_counts_what_the_day_shows_as_free() {
        let request = consultation(1, Urgency::Soon, ConsultationState::Triaged);
        let mut rows = practice();
        rows.extend([
            request.clone().into(),
            leave(1, "2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z").into(),
        ]);
        let purpose = Purpose::Offer(request.id);
        let free = monday(&rows, purpose).iter().filter(|time| time.why_not.is_none()).count() as u32;
        let counts = read(&rows, |records| {
            let subject = subject(records, purpose, now())?.expect("it is there");
            week(records, &subject, visit_type_id(), date(2026, 3, 2), now())
        });
        assert_eq!(counts[0], (date(2026, 3, 2), free));
        assert_eq!(counts[1].1, 0, "on leave");
        assert_eq!(counts[5].1, 0, "closed on Saturdays");
    }

    #[test]
    fn the_minimum_notice_does_not_bind_the_doctor() {
        let own = visit(1, patient_id(), "2026-03-02T04:00:00Z", State::Booked);
        let mut rows = practice();
        rows.push(own.clone().into());
        let soon = at("2026-03-02T03:29:00Z");
        let times = read(&rows, |records| {
            let subject = subject(records, Purpose::Move(own.id), soon)?.expect("it is there");
            day(records, &subject, visit_type_id(), date(2026, 3, 2), soon)
        });
        assert_eq!(times[0], Time { start: at("2026-03-02T03:30:00Z"), why_not: None });
    }
}
