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

use jiff::{Timestamp, ToSpan, tz::TimeZone};
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
        Self { doctors: 40, patients: 2_000, visits: 6_100, requests: 60 }
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
    let hour = now.to_zoned(TimeZone::UTC).round(jiff::Unit::Hour).map_or(now, |hour| hour.timestamp());
    let begin = hour.to_zoned(TimeZone::UTC).checked_sub(170.days()).map_or(hour, |begin| begin.timestamp());
    let mut world = World::new(begin, seed);
    let installation = setup::build(&mut world);
    let doctors = doctors::open(&mut world, &installation, size.doctors);
    let patients = people::open(&mut world, &installation, size.patients);
    visits::plan(&mut world, &doctors, &patients, size.visits, hour);
    visits::plan_today(&mut world, &doctors, &patients, hour);
    visits::plan_asked(&mut world, &doctors, &patients, hour);
    people::plan_requests(&mut world, &installation, &doctors, &patients, size.requests, hour);
    world.live_until(hour);
    world.finish(&installation, &doctors, &patients)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn the_same_seed_and_hour_give_the_same_demo() {
        let now = "2026-11-21T12:10:00Z".parse().expect("an instant");
        let size = Size { doctors: 24, patients: 60, visits: 150, requests: 12 };
        let bodies = |demo: Demo| demo.records.iter().map(Record::body).collect::<Vec<_>>();
        assert_eq!(bodies(generate(now, 1, size)), bodies(generate(now, 1, size)));
        assert_ne!(bodies(generate(now, 1, size)), bodies(generate(now, 2, size)));
    }

    #[test]
    fn the_demo_clinic_has_every_state_of_a_visit_and_someone_for_every_role() {
        let now = "2026-11-21T12:10:00Z".parse().expect("an instant");
        let demo = generate(now, 1, Size::default());
        let mut states = BTreeMap::new();
        let mut visits = 0;
        for record in &demo.records {
            if let Record::Appointment(visit) = record {
                visits += 1;
                *states.entry(visit.state.name()).or_insert(0) += 1;
            }
        }
        assert!(visits >= 5_500, "{visits}");
        for state in ["requested", "booked", "fulfilled", "declined", "expired", "cancelled", "noshow"] {
            assert!(states.contains_key(state), "{state} of {states:?}");
        }
        assert_eq!(demo.sign_ins.len(), 13);
    }
}
