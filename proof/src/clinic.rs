//! A small clinic on a real server's store: what simulations, races and benchmarks start from.

use jiff::Timestamp;
use mediconnect_domain::{
    Actor, Command, CommandId,
    scheduling::rules::Rules,
    testing::{self, weekly},
};

pub use mediconnect_domain::testing::{
    Doctor, Person, admin, doctor, id as named, open_patient, person, visit as visit_type, zone,
};

/// The commands that set up the clinic with these doctors and patients, each with who submits it.
pub fn commands(doctors: &[&str], patients: &[&str]) -> Vec<(Actor, Command)> {
    testing::set_up(doctors, patients, &rules())
}

/// Every day from 8 to 18, on the half hour.
pub fn rules() -> Rules {
    Rules {
        weekly: weekly(1..=7, 8..18),
        step_min: 30,
        minimum_notice_min: 0,
        horizon_days: 365,
        ..testing::rules()
    }
}

/// The id of the `n`th command of a setting up.
pub fn command_id(n: usize) -> CommandId {
    CommandId(named(&format!("set-up {n}")))
}

/// The `n`th half hour of doctors' time from tomorrow on: twenty a day.
pub fn nth_start(now: Timestamp, n: i64) -> Timestamp {
    let zone = zone().rules();
    let days = jiff::Span::new().days(1 + n / 20);
    let date = zone.to_datetime(now).date().saturating_add(days);
    let (hour, minute) = ((8 + (n % 20) / 2) as i8, ((n % 2) * 30) as i8);
    date.at(hour, minute, 0, 0).to_zoned(zone).map_or(now, |at| at.timestamp())
}
