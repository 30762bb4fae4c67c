//! The demo clinic: half a year in three clinics, made by code.
//!
//! [`generate`] drives the real rules with its own clock and a fixed seed on records in memory: people sign up, doctors are
//! verified, visits are booked, moved, missed and reviewed by the same commands the apps send. What cannot happen in the
//! product cannot be in the demo. The result is loaded into an empty store in one go. All people are invented.

mod doctors;
mod events;
mod load;
mod names;
mod people;
mod setup;
mod visits;
mod world;

use jiff::{RoundMode, SignedDuration, Timestamp, ToSpan, Unit, ZonedRound, tz::TimeZone};
use mediconnect_domain::{AccountId, Record};

pub use load::{LoadError, load};
pub use world::LoggedCommand;
use world::World;

/// How large a demo is made. [`Size::default`] is the demo clinic; tests make smaller ones. Of the doctors six are not listed,
/// and every clinic needs some who are.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub doctors: usize,
    pub patients: usize,
    pub visits: usize,
    pub requests: usize,
}

impl Default for Size {
    fn default() -> Self {
        Self { doctors: 40, patients: 2_000, visits: 6_600, requests: 70 }
    }
}

/// An account of the demo that can sign in. All others have no password.
#[derive(Clone, Debug)]
pub struct SignIn {
    pub account_id: AccountId,
    pub email: String,
    pub password: &'static str,
    /// What to try it for.
    pub who: String,
}

/// The demo clinic is the same everywhere.
pub const SEED: u64 = 2026;

/// The password of all demo sign-ins. The demo listens on loopback.
pub const PASSWORD: &str = "sunrise-harbour-42";

/// What is to be loaded.
#[derive(Debug)]
pub struct Demo {
    pub records: Vec<Record>,
    pub sign_ins: Vec<SignIn>,
    /// The latest commands, oldest first, for the list of recent activity.
    pub log: Vec<LoggedCommand>,
}

/// Makes the demo as of `now`: the same seed, size and hour give the same demo.
pub fn generate(now: Timestamp, seed: u64, size: Size) -> Demo {
    // Down, never up: nothing in the demo happened in the future.
    let down = ZonedRound::new().smallest(Unit::Hour).mode(RoundMode::Trunc);
    let hour = now.to_zoned(TimeZone::UTC).round(down).map_or(now, |hour| hour.timestamp());
    let begin = hour.to_zoned(TimeZone::UTC).checked_sub(170.days()).map_or(hour, |begin| begin.timestamp());
    let mut world = World::new(begin, seed);
    let installation = setup::build(&mut world);
    let doctors = doctors::open(&mut world, &installation, size.doctors);
    let patients = people::open(&mut world, &installation, size.patients);
    visits::plan(&mut world, &doctors, &patients, size.visits, hour);
    visits::plan_today(&mut world, &doctors, &patients, hour);
    visits::plan_asked(&mut world, &doctors, &patients, hour);
    visits::plan_now(&mut world, &doctors, &patients, hour);
    people::plan_requests(&mut world, &installation, &doctors, &patients, size.requests, hour);
    let sign_ins = world::sign_ins(&installation, &doctors, &patients);
    world.live_until(hour - UNREAD);
    world.read_notices(&sign_ins);
    world.live_until(hour);
    world.finish(sign_ins, &doctors)
}

/// Whoever signs in has read what came before this.
const UNREAD: SignedDuration = SignedDuration::from_hours(20);

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use mediconnect_domain::{
        Change,
        appointments::{Appointment, State},
        consultations::Consultation,
        directory::{Clinic, Doctor, Specialty, Standing},
        memory::Memory,
        profiles::Patient,
        reviews::Review,
    };

    use super::*;

    #[test]
    fn the_same_seed_and_hour_give_the_same_demo() {
        let now = "2026-11-21T12:10:00Z".parse().expect("an instant");
        let size = Size { doctors: 24, patients: 60, visits: 150, requests: 12 };
        let bodies = |demo: Demo| demo.records.iter().map(Record::body).collect::<Vec<_>>();
        assert_eq!(bodies(generate(now, 1, size)), bodies(generate(now, 1, size)));
        assert_ne!(bodies(generate(now, 1, size)), bodies(generate(now, 2, size)));
    }

    /// How many of these have each state.
    fn count<'a>(states: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
        states.fold(BTreeMap::new(), |mut counts, state| {
            *counts.entry(state).or_insert(0) += 1;
            counts
        })
    }

    #[test]
    fn the_demo_clinic_is_as_large_as_promised_and_shows_every_state_at_any_hour() {
        // A Saturday noon, and the middle of a night in the week.
        for now in ["2026-11-21T12:10:00Z", "2027-02-10T01:50:00Z"] {
            let demo = generate(now.parse().expect("an instant"), SEED, Size::default());
            let memory = demo.records.iter().fold(Memory::default(), |mut memory, record| {
                memory.apply(&Change::put(record.clone()));
                memory
            });
            let (visits, requests) = (memory.all::<Appointment>(), memory.all::<Consultation>());
            let states = count(visits.iter().map(|visit| visit.state.name()));
            assert!(visits.len() >= 6_000, "{states:?}");
            assert!(State::ALL.iter().all(|state| states.contains_key(state.name())), "{now}: {states:?}");
            let of_requests = count(requests.iter().map(|request| request.state.name()));
            assert_eq!(of_requests.len(), 7, "{now}: {of_requests:?}");
            let (doctors, clinics) = (memory.all::<Doctor>().len(), memory.all::<Clinic>());
            let zones: BTreeSet<_> = clinics.iter().map(|clinic| clinic.details.zone.name()).collect();
            assert_eq!((doctors, zones.len(), memory.all::<Specialty>().len()), (40, 3, 12));
            assert!(memory.all::<Patient>().len() >= 2_000 && memory.all::<Review>().len() >= 200);
            assert_eq!(demo.sign_ins.len(), 13);
            waits_for_the_doctors(&memory, &demo.sign_ins);
        }
    }

    /// Open requests to book are with many doctors, and with each doctor who signs in and is listed.
    fn waits_for_the_doctors(memory: &Memory, sign_ins: &[SignIn]) {
        let open = memory.all::<Appointment>().into_iter().filter(|visit| visit.state == State::Requested);
        let open = open.fold(BTreeMap::<_, usize>::new(), |mut open, visit| {
            *open.entry(visit.doctor_id).or_default() += 1;
            open
        });
        assert!(open.values().sum::<usize>() >= 40 && open.len() >= 20, "{open:?}");
        let shown: BTreeSet<_> = sign_ins.iter().map(|sign_in| sign_in.account_id).collect();
        let mut shown_doctors = 0;
        for doctor in memory.all::<Doctor>() {
            if shown.contains(&doctor.account_id) && doctor.standing == Standing::Verified {
                shown_doctors += 1;
                assert!(open.get(&doctor.id).is_some_and(|count| *count >= 3), "{}: {open:?}", doctor.name);
            }
        }
        assert_eq!(shown_doctors, 3);
    }
}
