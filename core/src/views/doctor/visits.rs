//! A visit as the doctor sees it, and what can be done about it now.

use jiff::{Timestamp, civil::Date};
use mediconnect_domain::{
    AppointmentId, DoctorId, Kind, Money, PatientId, RoleId, VisitTypeId, Zone,
    appointments::{Appointment, Cancellation, Moment, Origin, State},
    directory::LocalText,
    profiles::{PatientSummary, Sex},
    record::Index,
    scheduling::rules::Mode,
    time::plus_min,
};

use super::practice::own_doctor;
use crate::{Records, StoreError};

/// A visit as lists and the calendar show it.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitLine {
    pub id: AppointmentId,
    pub patient_id: PatientId,
    /// `None` where the patient has not been introduced to the doctor yet.
    pub patient: Option<String>,
    pub clinic: String,
    pub visit_type: LocalText,
    pub start: Timestamp,
    pub end: Timestamp,
    pub zone: Zone,
    pub mode: Mode,
    pub state: State,
    /// Something about it was not answered by the server yet: its state is a guess.
    pub pending: bool,
    pub actions: Vec<Action>,
}

/// What the doctor can do with a visit, the most likely first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Accept,
    Decline,
    CheckIn,
    Start,
    Complete,
    NoShow,
    Reschedule,
    Cancel,
}

/// Arrivals are entered from the day before on.
const EARLY_MIN: i64 = 24 * 60;

/// What the rules would let the doctor do at `now`.
pub fn actions(visit: &Appointment, now: Timestamp) -> Vec<Action> {
    let near = now >= plus_min(visit.start, -EARLY_MIN);
    let begun = now >= visit.start;
    match visit.state {
        State::Requested => vec![Action::Accept, Action::Decline, Action::Reschedule],
        State::Booked if begun => {
            vec![Action::CheckIn, Action::NoShow, Action::Start, Action::Reschedule, Action::Cancel]
        }
        State::Booked if near => vec![Action::CheckIn, Action::Start, Action::Reschedule, Action::Cancel],
        State::Booked => vec![Action::Reschedule, Action::Cancel],
        State::Arrived => vec![Action::Start, Action::Complete],
        State::InProgress => vec![Action::Complete],
        State::Held
        | State::Fulfilled
        | State::Declined
        | State::Expired
        | State::Cancelled
        | State::Noshow => Vec::new(),
    }
}

pub fn line(records: &Records, visit: &Appointment, now: Timestamp) -> Result<VisitLine, StoreError> {
    Ok(VisitLine {
        id: visit.id,
        patient_id: visit.patient_id,
        patient: summary(records, visit.doctor_id, visit.patient_id)?.map(|summary| summary.name),
        clinic: visit.names.clinic.clone(),
        visit_type: visit.names.visit_type.clone(),
        start: visit.start,
        end: visit.end,
        zone: visit.zone.clone(),
        mode: visit.mode,
        state: visit.state,
        pending: records.is_pending(Kind::Appointment, visit.id)?,
        actions: actions(visit, now),
    })
}

pub fn lines(
    records: &Records,
    visits: &[Appointment],
    now: Timestamp,
) -> Result<Vec<VisitLine>, StoreError> {
    visits.iter().map(|visit| line(records, visit, now)).collect()
}

pub fn summary(
    records: &Records,
    doctor: DoctorId,
    patient: PatientId,
) -> Result<Option<PatientSummary>, StoreError> {
    records.get(PatientSummary::id_of(doctor, patient))
}

/// One visit with everything about it.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitDetails {
    pub line: VisitLine,
    pub role_id: RoleId,
    pub visit_type_id: VisitTypeId,
    pub patient: Option<PatientFacts>,
    pub price: Money,
    pub origin: Origin,
    /// Oldest first.
    pub history: Vec<Moment>,
    pub cancellation: Option<Cancellation>,
    pub answer_by: Timestamp,
}

/// What a doctor knows of a patient without medical content.
#[derive(Clone, Debug, PartialEq)]
pub struct PatientFacts {
    pub name: String,
    pub birth_date: Option<Date>,
    /// In whole years at the time of the visit.
    pub age: Option<i16>,
    pub sex: Option<Sex>,
    pub phone: Option<String>,
    pub since: Timestamp,
    /// Completed visits with this doctor.
    pub seen: u32,
    /// Missed visits with this doctor.
    pub missed: u32,
    pub last_seen: Option<Timestamp>,
}

/// `None` where the doctor has no such visit.
pub fn details(
    records: &Records,
    id: AppointmentId,
    now: Timestamp,
) -> Result<Option<VisitDetails>, StoreError> {
    let Some(visit) = records.get::<Appointment>(id)? else { return Ok(None) };
    if own_doctor(records)? != Some(visit.doctor_id) {
        return Ok(None);
    }
    let summary = summary(records, visit.doctor_id, visit.patient_id)?;
    let patient = summary.map(|summary| facts(records, summary, &visit)).transpose()?;
    Ok(Some(VisitDetails {
        line: line(records, &visit, now)?,
        role_id: visit.role_id,
        visit_type_id: visit.visit_type_id,
        patient,
        price: visit.price,
        origin: visit.origin,
        history: visit.history,
        cancellation: visit.cancellation,
        answer_by: visit.answer_by,
    }))
}

fn facts(
    records: &Records,
    summary: PatientSummary,
    visit: &Appointment,
) -> Result<PatientFacts, StoreError> {
    let visits: Vec<Appointment> = records.all_of(Index::PatientTime, summary.patient_id)?;
    let own = || visits.iter().filter(|other| other.doctor_id == visit.doctor_id && other.id != visit.id);
    let of_state = |state| own().filter(move |other| other.state == state);
    let on = visit.start.to_zoned(visit.zone.rules()).date();
    Ok(PatientFacts {
        name: summary.name,
        birth_date: summary.birth_date,
        age: summary.birth_date.map(|born| years_between(born, on)),
        sex: summary.sex,
        phone: summary.phone,
        since: summary.since,
        seen: of_state(State::Fulfilled).count() as u32,
        missed: of_state(State::Noshow).count() as u32,
        last_seen: of_state(State::Fulfilled)
            .map(|other| other.start)
            .filter(|start| *start < visit.start)
            .max(),
    })
}

fn years_between(born: Date, on: Date) -> i16 {
    let had_birthday = (on.month(), on.day()) >= (born.month(), born.day());
    on.year() - born.year() - i16::from(!had_birthday)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::views::doctor::examples::*;

    #[test]
    fn every_state_offers_what_the_rules_allow_and_no_more() {
        let visit = |state| visit(1, patient_id(), "2026-03-03T09:00:00Z", state);
        let at_start = at("2026-03-03T09:00:00Z");
        let long_before = at("2026-02-01T09:00:00Z");
        assert_eq!(actions(&visit(State::Booked), long_before), [Action::Reschedule, Action::Cancel]);
        assert!(actions(&visit(State::Booked), at_start).contains(&Action::NoShow));
        let before = at("2026-03-03T08:30:00Z");
        assert!(
            !actions(&visit(State::Booked), before).contains(&Action::NoShow),
            "nobody is missed before the start"
        );
        assert_eq!(actions(&visit(State::InProgress), at_start), [Action::Complete]);
        for state in State::ALL.into_iter().filter(|state| state.is_terminal()) {
            assert_eq!(actions(&visit(state), at_start), [], "{state:?}");
        }
    }

    #[test]
    fn the_details_know_the_patient_and_earlier_visits_with_this_doctor() {
        let mut rows = practice();
        let own = visit(1, patient_id(), "2026-03-03T09:00:00Z", State::Booked);
        rows.extend([
            own.clone().into(),
            visit(2, patient_id(), "2026-01-03T09:00:00Z", State::Fulfilled).into(),
            visit(3, patient_id(), "2026-01-10T09:00:00Z", State::Noshow).into(),
        ]);
        let shown = read(&rows, |records| details(records, own.id, now())).expect("the doctor's own visit");
        let patient = shown.patient.expect("the patient is known");
        assert_eq!((patient.seen, patient.missed, patient.age), (1, 1, Some(35)));
        assert_eq!(patient.last_seen, Some(at("2026-01-03T09:00:00Z")));
        assert_eq!(shown.line.patient.as_deref(), Some("Mina Shah"));
    }

    #[test]
    fn another_doctors_visit_is_not_shown() {
        let other = Appointment {
            doctor_id: doctor_id(1),
            ..visit(1, patient_id(), "2026-03-03T09:00:00Z", State::Booked)
        };
        let mut rows = practice();
        rows.push(other.clone().into());
        assert_eq!(read(&rows, |records| details(records, other.id, now())), None);
    }

    #[test]
    fn a_year_is_full_on_the_birthday() {
        assert_eq!(years_between(date(1990, 6, 1), date(2026, 5, 31)), 35);
        assert_eq!(years_between(date(1990, 6, 1), date(2026, 6, 1)), 36);
    }
}
