//! The last look before a booking is sent, and what became of it.

use jiff::Timestamp;
use mediconnect_domain::{
    AppointmentId, DoctorId, Kind, Money, PatientId, Refusal, RoleId, Span, VisitTypeId, Zone,
    appointments::{Appointment, State},
    directory::{LocalText, Policy, PractitionerRole},
    profiles::Address,
    scheduling::rules::Mode,
};

use super::{
    directory::{Directory, role_of},
    people::{Person, people},
};
use crate::{Records, StoreError};

/// What will be booked.
#[derive(Clone, Debug, PartialEq)]
pub struct Confirm {
    pub doctor_id: DoctorId,
    pub doctor: String,
    pub clinic: String,
    pub address: Address,
    pub zone: Zone,
    pub visit_type: LocalText,
    pub mode: Mode,
    pub span: Span,
    pub price: Money,
    /// The doctor need not answer.
    pub auto_confirm: bool,
    /// Cancel or move without being late until this long before the start.
    pub notice_min: u32,
    pub late_cancel_allowed: bool,
    /// For whom the account may book, oneself first.
    pub people: Vec<Person>,
}

/// `None` where it cannot be booked (any more).
pub fn confirm(
    records: &Records,
    role: RoleId,
    visit_type: VisitTypeId,
    start: Timestamp,
    now: Timestamp,
) -> Result<Option<Confirm>, StoreError> {
    let directory = Directory::read(records)?;
    let people: Vec<Person> = people(records, now)?.into_iter().filter(|person| person.may_book).collect();
    Ok(role_of(&directory, role).and_then(|role| shown(&directory, role, visit_type, start, people)))
}

fn shown(
    directory: &Directory,
    role: &PractitionerRole,
    visit_type: VisitTypeId,
    start: Timestamp,
    people: Vec<Person>,
) -> Option<Confirm> {
    let offering = role.offering(visit_type)?;
    let clinic = &directory.clinics[&role.clinic_id].details;
    let Policy { cancel_notice_min, late_cancel_allowed, .. } = clinic.policy;
    Some(Confirm {
        doctor_id: role.doctor_id,
        doctor: directory.doctors[&role.doctor_id].details.name.clone(),
        clinic: clinic.name.clone(),
        address: clinic.address.clone(),
        zone: role.zone.clone(),
        visit_type: directory.visit_types.get(&visit_type)?.details.name.clone(),
        mode: offering.mode,
        span: Span::of(start, offering.length_min),
        price: offering.price,
        auto_confirm: role.auto_confirm,
        notice_min: cancel_notice_min.max(role.cancel_notice_min),
        late_cancel_allowed,
        people,
    })
}

/// What became of a booking. 'Booked' only once the server has said so.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// This device has not heard from the server yet.
    Waiting,
    /// The server has it; the doctor confirms.
    Requested {
        answer_by: Timestamp,
    },
    Booked,
    /// It is not coming about: declined, expired or cancelled since.
    Over(State),
    /// The server refused it.
    Refused(Refusal),
}

/// Where a booking stands. `refusal` is what the outbox holds against it.
pub fn outcome(
    records: &Records,
    id: AppointmentId,
    refusal: Option<Refusal>,
) -> Result<Option<Outcome>, StoreError> {
    if let Some(refusal) = refusal {
        return Ok(Some(Outcome::Refused(refusal)));
    }
    let Some(visit) = records.get::<Appointment>(id)? else { return Ok(None) };
    let pending = records.is_pending(Kind::Appointment, id)?;
    Ok(Some(match visit.state {
        _ if pending => Outcome::Waiting,
        State::Requested | State::Held => Outcome::Requested { answer_by: visit.answer_by },
        State::Booked | State::Arrived | State::InProgress | State::Fulfilled => Outcome::Booked,
        over => Outcome::Over(over),
    }))
}

/// For whom to book unless the person chooses: oneself, or the only one there is.
pub fn whom_first(people: &[Person]) -> Option<PatientId> {
    people.first().map(|person| person.patient_id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::patient::examples::*;

    #[test]
    fn it_names_the_stricter_notice_and_all_for_whom_one_may_book() {
        let start = at("2026-03-02T08:00:00Z");
        let shown = read(&family(), |records| confirm(records, role_id(0), visit_type_id(), start, now()));
        let shown = shown.expect("bookable");
        assert_eq!(shown.notice_min, 24 * 60, "the clinic's, not the role's two hours");
        let names: Vec<&str> = shown.people.iter().map(|person| person.name.as_str()).collect();
        assert_eq!(names, ["Mina Shah", "Arun Shah"]);
        assert_eq!(whom_first(&shown.people), Some(patient_id()));
        assert_eq!(shown.span.end, at("2026-03-02T08:20:00Z"));
    }

    #[test]
    fn an_outcome_follows_the_state_and_a_refusal_comes_first() {
        let visit = visit(1, patient_id(), "2026-03-05T09:00:00Z", State::Booked);
        let id = visit.id;
        let mut rows = family();
        rows.push(visit.into());
        assert_eq!(read(&rows, |records| outcome(records, id, None)), Some(Outcome::Booked));
        let refused = Some(Refusal::SlotTaken { next_free: vec![now()] });
        let shown = read(&rows, |records| outcome(records, id, refused.clone()));
        assert_eq!(shown, refused.map(Outcome::Refused));
        assert_eq!(read(&family(), |records| outcome(records, id, None)), None);
    }
}
