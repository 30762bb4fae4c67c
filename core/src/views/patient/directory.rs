//! The directory as this device holds it: who can be booked, where, for what, and at which times.
//!
//! Everyone's devices hold the whole directory, so finding a doctor needs no network. Times are held only of doctors the
//! account follows; they are as old as the last sync and the server decides anyway.

use std::collections::HashMap;

use jiff::Timestamp;
use mediconnect_domain::{
    ClinicId, DoctorId, RoleId, SpecialtyId, VisitTypeId, Zone,
    directory::{Clinic, DoctorProfile, LocalText, Place, PractitionerRole, Specialty, VisitType},
    record::Index,
    reviews::Rating,
    scheduling::{AvailabilityWeek, engine},
    settings::Settings,
    time::plus_min,
};

use crate::{Records, StoreError};

/// All that is public, read at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Directory {
    pub clinics: HashMap<ClinicId, Clinic>,
    pub specialties: HashMap<SpecialtyId, Specialty>,
    pub visit_types: HashMap<VisitTypeId, VisitType>,
    pub doctors: HashMap<DoctorId, DoctorProfile>,
    /// Those that can be booked: listed, active, at a clinic that is active.
    pub roles: Vec<PractitionerRole>,
    pub ratings: HashMap<DoctorId, Rating>,
    /// Where the person lives, as their settings have it.
    home: Option<Zone>,
}

impl Directory {
    pub fn read(records: &Records) -> Result<Self, StoreError> {
        let clinics: HashMap<_, _> = records.all::<Clinic>()?.into_iter().map(|one| (one.id, one)).collect();
        let doctors: HashMap<_, _> = records
            .all::<DoctorProfile>()?
            .into_iter()
            .filter(|one| one.listed)
            .map(|one| (one.id, one))
            .collect();
        let bookable = |role: &PractitionerRole| {
            role.active
                && role.listed
                && doctors.contains_key(&role.doctor_id)
                && clinics.get(&role.clinic_id).is_some_and(|clinic| clinic.active)
        };
        Ok(Self {
            roles: records.all::<PractitionerRole>()?.into_iter().filter(bookable).collect(),
            specialties: records.all::<Specialty>()?.into_iter().map(|one| (one.id, one)).collect(),
            visit_types: records.all::<VisitType>()?.into_iter().map(|one| (one.id, one)).collect(),
            ratings: records.all::<Rating>()?.into_iter().map(|one| (one.doctor_id, one)).collect(),
            home: records.get::<Settings>(records.account_id().0)?.map(|settings| settings.zone),
            clinics,
            doctors,
        })
    }

    /// Whether the role keeps the time of the zone the person lives in: without a place to search around, the best guess
    /// at near.
    pub fn is_at_home(&self, role: &PractitionerRole) -> bool {
        self.home.as_ref() == Some(&role.zone)
    }

    /// The names of a doctor's specialties.
    pub fn specialties_of(&self, doctor: &DoctorProfile) -> Vec<LocalText> {
        let named = |id| self.specialties.get(id).map(|specialty: &Specialty| specialty.name.clone());
        doctor.details.specialties.iter().filter_map(named).collect()
    }

    /// The specialties that at least one doctor who can be booked has, in the order of their English names.
    pub fn specialties_on_offer(&self) -> Vec<&Specialty> {
        let offered = |id: &SpecialtyId| {
            self.roles.iter().any(|role| self.doctors[&role.doctor_id].details.specialties.contains(id))
        };
        let mut found: Vec<_> =
            self.specialties.values().filter(|one| one.active && offered(&one.id)).collect();
        found.sort_by(|a, b| a.name.en.cmp(&b.name.en));
        found
    }

    /// The languages doctors who can be booked speak (ISO 639-1), sorted.
    pub fn languages_on_offer(&self) -> Vec<String> {
        let spoken = self.roles.iter().flat_map(|role| &self.doctors[&role.doctor_id].details.languages);
        let mut spoken: Vec<String> = spoken.cloned().collect();
        spoken.sort();
        spoken.dedup();
        spoken
    }
}

/// The starts of a role on offer from what this device holds, soonest first; `None` where it holds nothing of it.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldTimes {
    pub starts: Vec<Timestamp>,
    /// Of the oldest week read.
    pub as_of: Timestamp,
}

/// What lies within the minimum notice is left out.
pub fn held_times(
    records: &Records,
    role: &PractitionerRole,
    visit_type: VisitTypeId,
    now: Timestamp,
) -> Result<Option<HeldTimes>, StoreError> {
    let weeks: Vec<AvailabilityWeek> = records.all_of(Index::AvailabilityOfRole, role.id)?;
    Ok(times_of_weeks(&weeks, visit_type, plus_min(now, role.minimum_notice_min.into())))
}

fn times_of_weeks(
    weeks: &[AvailabilityWeek],
    visit_type: VisitTypeId,
    earliest: Timestamp,
) -> Option<HeldTimes> {
    let as_of = weeks.iter().map(|week| week.as_of).min()?;
    let mut starts: Vec<Timestamp> = weeks
        .iter()
        .flat_map(|week| {
            let of_type = week.types.iter().filter(|one| one.visit_type_id == visit_type);
            of_type.filter_map(|one| engine::starts_in(week.week_start, &one.bitmap)).flatten()
        })
        .filter(|start| *start >= earliest)
        .collect();
    starts.sort();
    starts.dedup();
    Some(HeldTimes { starts, as_of })
}

/// Metres between two points along the great circle (haversine, mean radius of the earth).
pub fn metres_between(a: Place, b: Place) -> u32 {
    const RADIUS_M: f64 = 6_371_008.8;
    let (lat_a, lat_b) = (a.latitude.to_radians(), b.latitude.to_radians());
    let half_lat = ((b.latitude - a.latitude).to_radians() / 2.0).sin();
    let half_lon = ((b.longitude - a.longitude).to_radians() / 2.0).sin();
    let chord = half_lat.powi(2) + lat_a.cos() * lat_b.cos() * half_lon.powi(2);
    (2.0 * RADIUS_M * chord.sqrt().min(1.0).asin()).round() as u32
}

/// A role by id among those that can be booked.
pub fn role_of(directory: &Directory, id: RoleId) -> Option<&PractitionerRole> {
    directory.roles.iter().find(|role| role.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::patient::examples::{at, availability, visit_type_id};

    #[test]
    fn the_distance_between_two_cities_is_right_within_a_percent() {
        let berlin = Place { latitude: 52.52, longitude: 13.405 };
        let mumbai = Place { latitude: 19.076, longitude: 72.8777 };
        let metres = f64::from(metres_between(berlin, mumbai));
        assert!((metres / 6_286_000.0 - 1.0).abs() < 0.01, "{metres}");
        assert_eq!(metres_between(berlin, berlin), 0);
    }

    #[test]
    fn held_times_leave_out_what_is_too_soon_and_know_their_age() {
        // Two starts an hour apart from Monday 09:00 UTC on.
        let week = availability("2026-03-02T00:00:00Z", "60:0006", "2026-03-01T12:00:00Z");
        let held =
            times_of_weeks(&[week], visit_type_id(), at("2026-03-02T09:30:00Z")).expect("weeks are held");
        assert_eq!(held.starts, vec![at("2026-03-02T10:00:00Z")]);
        assert_eq!(held.as_of, at("2026-03-01T12:00:00Z"));
    }

    #[test]
    fn nothing_held_is_told_from_nothing_free() {
        assert_eq!(times_of_weeks(&[], visit_type_id(), at("2026-03-02T09:30:00Z")), None);
    }
}
