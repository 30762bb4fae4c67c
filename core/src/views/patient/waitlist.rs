//! Waiting for an earlier time, and the offers that come of it.

use jiff::Timestamp;
use mediconnect_domain::{
    AppointmentId, Kind, RoleId, VisitTypeId, WaitlistId, Zone,
    appointments::Appointment,
    directory::LocalText,
    record::Index,
    waitlist::{WaitlistEntry, WaitlistState, Wish},
};

use super::{
    directory::{Directory, role_of},
    people::people,
};
use crate::{Records, StoreError};

/// A place on a waitlist.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub id: WaitlistId,
    pub role_id: RoleId,
    pub visit_type_id: VisitTypeId,
    /// Whose it is, where it is not one's own.
    pub for_whom: Option<String>,
    pub doctor: String,
    pub clinic: String,
    pub visit_type: Option<LocalText>,
    pub wish: Wish,
    pub state: WaitlistState,
    pub joined_at: Timestamp,
    pub offer: Option<Offer>,
    pub pending: bool,
}

/// A time held for whoever has the place.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    pub appointment_id: AppointmentId,
    pub start: Timestamp,
    pub end: Timestamp,
    pub zone: Zone,
    pub expires_at: Timestamp,
}

/// All open places: those with an offer first, then the oldest.
pub fn places(records: &Records, now: Timestamp) -> Result<Vec<Place>, StoreError> {
    let directory = Directory::read(records)?;
    let mut places = Vec::new();
    for person in people(records, now)? {
        let entries: Vec<WaitlistEntry> = records.all_of(Index::WaitlistOfPatient, person.patient_id)?;
        for entry in entries.into_iter().filter(|entry| entry.state.is_open()) {
            let for_whom = (!person.is_me()).then(|| person.name.clone());
            places.push(place(records, &directory, entry, for_whom, now)?);
        }
    }
    places.sort_by_key(|place| (place.offer.is_none(), place.joined_at));
    Ok(places)
}

fn place(
    records: &Records,
    directory: &Directory,
    entry: WaitlistEntry,
    for_whom: Option<String>,
    now: Timestamp,
) -> Result<Place, StoreError> {
    let doctor = directory.doctors.get(&entry.doctor_id).map(|doctor| doctor.details.name.clone());
    let clinic = directory.clinics.get(&entry.clinic_id).map(|clinic| clinic.details.name.clone());
    let visit_type = directory.visit_types.get(&entry.visit_type_id).map(|one| one.details.name.clone());
    Ok(Place {
        id: entry.id,
        role_id: entry.role_id,
        visit_type_id: entry.visit_type_id,
        for_whom,
        doctor: doctor.unwrap_or_default(),
        clinic: clinic.unwrap_or_default(),
        visit_type,
        offer: offer(records, &entry, now)?,
        wish: entry.wish,
        state: entry.state,
        joined_at: entry.joined_at,
        pending: records.is_pending(Kind::WaitlistEntry, entry.id)?,
    })
}

/// The time on offer, while it is held.
fn offer(records: &Records, entry: &WaitlistEntry, now: Timestamp) -> Result<Option<Offer>, StoreError> {
    let (WaitlistState::Offered, Some(id), Some(expires_at)) =
        (entry.state, entry.offered, entry.offer_expires_at)
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

/// What one can wait for: the doctor and the kind of visit.
#[derive(Clone, Debug, PartialEq)]
pub struct Joining {
    pub doctor: String,
    pub clinic: String,
    pub visit_type: LocalText,
    pub zone: Zone,
    pub people: Vec<super::people::Person>,
}

pub fn joining(
    records: &Records,
    role: RoleId,
    visit_type: VisitTypeId,
    now: Timestamp,
) -> Result<Option<Joining>, StoreError> {
    let directory = Directory::read(records)?;
    let (Some(role), Some(kind)) = (role_of(&directory, role), directory.visit_types.get(&visit_type)) else {
        return Ok(None);
    };
    Ok(Some(Joining {
        doctor: directory.doctors[&role.doctor_id].details.name.clone(),
        clinic: directory.clinics[&role.clinic_id].details.name.clone(),
        visit_type: kind.details.name.clone(),
        zone: role.zone.clone(),
        people: people(records, now)?.into_iter().filter(|person| person.may_book).collect(),
    }))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use mediconnect_domain::{appointments::State, id::derive};

    use super::*;
    use crate::views::patient::examples::*;

    fn entry(state: WaitlistState, offered: Option<AppointmentId>) -> WaitlistEntry {
        WaitlistEntry {
            id: WaitlistId(derive(&[b"entry", &[state as u8]])),
            patient_id: patient_id(),
            doctor_id: doctor_id(0),
            role_id: role_id(0),
            clinic_id: clinic_id(0),
            visit_type_id: visit_type_id(),
            wish: Wish { from: date(2026, 3, 2), until: date(2026, 3, 9), parts: Vec::new() },
            state,
            joined_at: now(),
            offered,
            offer_expires_at: offered.map(|_| at("2026-03-01T14:00:00Z")),
            passed: Vec::new(),
        }
    }

    #[test]
    fn offers_come_first_and_run_out() {
        let held = visit(1, patient_id(), "2026-03-02T09:00:00Z", State::Held);
        let mut rows = family();
        rows.push(entry(WaitlistState::Waiting, None).into());
        rows.push(entry(WaitlistState::Offered, Some(held.id)).into());
        rows.push(entry(WaitlistState::Withdrawn, None).into());
        rows.push(held.into());
        let shown = read(&rows, |records| places(records, now()));
        let states: Vec<WaitlistState> = shown.iter().map(|place| place.state).collect();
        assert_eq!(states, [WaitlistState::Offered, WaitlistState::Waiting]);
        assert_eq!(shown[0].offer.as_ref().map(|offer| offer.start), Some(at("2026-03-02T09:00:00Z")));
        let later = read(&rows, |records| places(records, at("2026-03-01T15:00:00Z")));
        assert!(later.iter().all(|place| place.offer.is_none()));
    }
}
