//! Asking a clinic without choosing a time, and what comes back.

use jiff::{Timestamp, ToSpan, civil::Date};
use mediconnect_domain::{
    AppointmentId, ClinicId, ConsultationId, Kind, SpecialtyId,
    appointments::Appointment,
    consultations::{Consultation, ConsultationMoment, ConsultationState, ConsultationWish, DeclineReason},
    directory::LocalText,
    profiles::Patient,
    record::Index,
};

use super::{
    directory::Directory,
    emergency,
    people::{Person, people},
    waitlist::Offer,
};
use crate::{Records, StoreError};

/// A request as a list and its page show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub id: ConsultationId,
    pub for_whom: Option<String>,
    pub clinic: String,
    pub phone: Option<String>,
    pub doctor: Option<String>,
    pub specialty: Option<LocalText>,
    pub wish: ConsultationWish,
    pub state: ConsultationState,
    pub opened_at: Timestamp,
    pub decline_reason: Option<DeclineReason>,
    pub history: Vec<ConsultationMoment>,
    pub offer: Option<Offer>,
    /// The visit that came of it.
    pub visit: Option<AppointmentId>,
    pub pending: bool,
    pub may_answer: bool,
}

/// All requests of those the account acts for: open ones first, then the latest.
pub fn requests(records: &Records, now: Timestamp) -> Result<Vec<Request>, StoreError> {
    let directory = Directory::read(records)?;
    let mut requests = Vec::new();
    for person in people(records, now)? {
        let all: Vec<Consultation> = records.all_of(Index::RequestsOfPatient, person.patient_id)?;
        for one in all {
            requests.push(request(records, &directory, one, &person, now)?);
        }
    }
    requests.sort_by_key(|one| (!one.state.is_open(), std::cmp::Reverse(one.opened_at)));
    Ok(requests)
}

/// One request; `None` where the account has no such one.
pub fn find(records: &Records, id: ConsultationId, now: Timestamp) -> Result<Option<Request>, StoreError> {
    Ok(requests(records, now)?.into_iter().find(|request| request.id == id))
}

fn request(
    records: &Records,
    directory: &Directory,
    one: Consultation,
    person: &Person,
    now: Timestamp,
) -> Result<Request, StoreError> {
    let clinic = directory.clinics.get(&one.clinic_id).map(|clinic| &clinic.details);
    let doctor = one.assigned.and_then(|id| directory.doctors.get(&id));
    let specialty = one.wish.specialty_id.and_then(|id| directory.specialties.get(&id));
    Ok(Request {
        id: one.id,
        for_whom: (!person.is_me()).then(|| person.name.clone()),
        clinic: clinic.map(|clinic| clinic.name.clone()).unwrap_or_default(),
        phone: clinic.map(|clinic| clinic.phone.clone()),
        doctor: doctor.map(|doctor| doctor.details.name.clone()),
        specialty: specialty.map(|specialty| specialty.name.clone()),
        offer: offer(records, &one, now)?,
        visit: one.appointment_id.filter(|_| one.state == ConsultationState::Accepted),
        state: one.state,
        opened_at: one.opened_at,
        decline_reason: one.decline_reason,
        pending: records.is_pending(Kind::Consultation, one.id)?,
        may_answer: person.may_book && one.state.is_open(),
        wish: one.wish,
        history: one.history,
    })
}

fn offer(records: &Records, one: &Consultation, now: Timestamp) -> Result<Option<Offer>, StoreError> {
    let (ConsultationState::Offered, Some(id), Some(expires_at)) =
        (one.state, one.appointment_id, one.offer_expires_at)
    else {
        return Ok(None);
    };
    let held: Option<Appointment> = records.get(id)?;
    Ok(held.filter(|_| now < expires_at).map(|held| Offer {
        appointment_id: id,
        start: held.start,
        end: held.end,
        zone: held.zone,
        expires_at,
    }))
}

/// What the form offers to choose from.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    pub people: Vec<Person>,
    /// Those the person was at before come first.
    pub clinics: Vec<AskedClinic>,
    pub specialties: Vec<(SpecialtyId, LocalText)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct AskedClinic {
    pub id: ClinicId,
    pub name: String,
    pub city: String,
    /// Brings an ambulance where the clinic is.
    pub ambulance: &'static str,
    pub today: Date,
}

pub fn asking(records: &Records, now: Timestamp) -> Result<Asking, StoreError> {
    let directory = Directory::read(records)?;
    let people: Vec<Person> = people(records, now)?.into_iter().filter(|person| person.may_book).collect();
    let mut known = Vec::new();
    for person in &people {
        known.extend(
            records.get::<Patient>(person.patient_id)?.into_iter().flat_map(|patient| patient.clinics),
        );
    }
    let mut clinics: Vec<AskedClinic> = directory
        .clinics
        .values()
        .filter(|clinic| clinic.active)
        .map(|clinic| AskedClinic {
            id: clinic.id,
            name: clinic.details.name.clone(),
            city: clinic.details.address.city.clone(),
            ambulance: emergency::ambulance(&clinic.details.address.country),
            today: now.to_zoned(clinic.details.zone.rules()).date(),
        })
        .collect();
    clinics.sort_by(|a, b| (!known.contains(&a.id), &a.name).cmp(&(!known.contains(&b.id), &b.name)));
    let specialties =
        directory.specialties_on_offer().into_iter().map(|one| (one.id, one.name.clone())).collect();
    Ok(Asking { people, clinics, specialties })
}

/// The days a request may prefer: two weeks from today.
pub fn days_to_prefer(today: Date) -> Vec<Date> {
    (0..14).filter_map(|days: i64| today.checked_add(days.days()).ok()).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use mediconnect_domain::{
        consultations::{About, Urgency},
        id::derive,
        scheduling::rules::Mode,
    };

    use super::*;
    use crate::views::patient::examples::*;

    fn consultation(n: u8, state: ConsultationState) -> Consultation {
        Consultation {
            id: ConsultationId(derive(&[b"request", &[n]])),
            patient_id: patient_id(),
            clinic_id: clinic_id(1),
            wish: ConsultationWish {
                about: About::FollowUp,
                urgency: Urgency::Soon,
                mode: Mode::InPerson,
                specialty_id: None,
                doctor_id: None,
                days: Vec::new(),
            },
            state,
            assigned: None,
            appointment_id: None,
            offer_expires_at: None,
            opened_at: at(&format!("2026-02-{:02}T09:00:00Z", 10 + n)),
            expires_at: at("2026-03-20T09:00:00Z"),
            decline_reason: None,
            history: Vec::new(),
            staff_notes: Vec::new(),
        }
    }

    #[test]
    fn open_requests_come_before_settled_ones_and_new_before_old() {
        let mut rows = family();
        let states = [ConsultationState::Declined, ConsultationState::New, ConsultationState::Triaged];
        rows.extend(states.into_iter().enumerate().map(|(n, state)| consultation(n as u8, state).into()));
        let shown = read(&rows, |records| requests(records, now()));
        let states: Vec<_> = shown.iter().map(|request| request.state).collect();
        assert_eq!(states, [ConsultationState::Triaged, ConsultationState::New, ConsultationState::Declined]);
        assert!(shown[0].may_answer && !shown[2].may_answer);
        assert_eq!(shown[0].clinic, "Linden Practice");
    }

    #[test]
    fn the_form_knows_the_local_number_and_the_clinics_day() {
        let shown = read(&family(), |records| asking(records, at("2026-03-01T20:00:00Z")));
        let mumbai = shown.clinics.iter().find(|clinic| clinic.city == "Mumbai").expect("a clinic");
        assert_eq!((mumbai.ambulance, mumbai.today), ("112", date(2026, 3, 2)));
        assert_eq!(days_to_prefer(mumbai.today).len(), 14);
    }
}
