//! Whom a history can be shared with: the doctors that the patient has to do with.

use std::collections::BTreeMap;

use jiff::Timestamp;
use mediconnect_domain::{
    DoctorId, PatientId, appointments::Appointment, directory::DoctorProfile, record::Index, settings::Follow,
};

use crate::{Records, StoreError, Vaults, vault::history_of};

/// A doctor by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub id: DoctorId,
    pub name: String,
}

/// Listed doctors with whom the patient has or had a visit, those of visits to come first; then those kept at hand.
pub fn doctors_of(records: &Records, patient: PatientId, now: Timestamp) -> Result<Vec<Known>, StoreError> {
    let mut ranks: BTreeMap<DoctorId, u8> = BTreeMap::new();
    let follows: Vec<Follow> = records.all_of(Index::FollowsOfAccount, records.account_id())?;
    ranks.extend(follows.into_iter().map(|follow| (follow.doctor_id, 2)));
    let visits: Vec<Appointment> = records.all_of(Index::PatientTime, patient)?;
    for visit in visits {
        let rank = if visit.end > now { 0 } else { 1 };
        ranks.entry(visit.doctor_id).and_modify(|known| *known = rank.min(*known)).or_insert(rank);
    }
    let mut known = Vec::new();
    for (id, rank) in ranks {
        let profile: Option<DoctorProfile> = records.get(id)?;
        known
            .extend(profile.filter(|profile| profile.listed).map(|profile| (rank, profile.details.name, id)));
    }
    known.sort();
    Ok(known.into_iter().map(|(_, name, id)| Known { id, name }).collect())
}

/// Whether there is something to share with a doctor who does not read it yet: asked while booking.
pub fn may_share(
    records: &Records,
    vaults: &Vaults,
    (patient, doctor): (PatientId, DoctorId),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let vault = history_of(patient);
    let written = vaults.entries(records, vault, now).is_ok_and(|entries| !entries.is_empty());
    let readers = vaults.readers(records, vault, now)?;
    Ok(written && readers.iter().all(|reader| reader.doctor != Some(doctor)))
}

#[cfg(test)]
mod tests {
    use mediconnect_domain::appointments::State;

    use super::*;
    use crate::views::patient::examples::*;

    #[test]
    fn doctors_of_visits_are_offered_and_strangers_are_not() {
        let mut rows = family();
        assert_eq!(read(&rows, |records| doctors_of(records, patient_id(), now())), []);
        rows.push(visit(1, patient_id(), "2026-03-02T08:00:00Z", State::Booked).into());
        let found = read(&rows, |records| doctors_of(records, patient_id(), now()));
        assert_eq!(found, [Known { id: doctor_id(0), name: "Dr. Asha Rao".into() }]);
        assert_eq!(read(&rows, |records| doctors_of(records, child_id(), now())), []);
    }
}
