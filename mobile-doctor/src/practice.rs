//! The doctor's clinics and their clock, for the screens that show days.

use jiff::tz::TimeZone;
use mediconnect_app::{Device, use_device};
use mediconnect_core::views::doctor::practice::{Workplace, practice_zone, workplaces};
use mediconnect_domain::{DoctorId, Zone, accounts::Role};
use mediconnect_ui::use_reader;

/// The doctor that the open account is.
pub fn own_id(device: Device) -> Option<DoctorId> {
    match device.client().session()?.role {
        Role::Doctor { doctor_id } => Some(doctor_id),
        _ => None,
    }
}

#[derive(Clone, PartialEq)]
pub struct Practice {
    pub places: Vec<Workplace>,
    /// What the days and times of the practice are shown in.
    pub zone: TimeZone,
    pub zone_name: Zone,
    /// The zone is not the reader's: name it.
    pub elsewhere: bool,
}

pub fn use_practice() -> Practice {
    let reader = use_reader();
    let places = use_device().read(workplaces).unwrap_or_default();
    let own = reader.zone();
    let here = || own.iana_name().and_then(Zone::new).unwrap_or_else(Zone::utc);
    let zone_name = practice_zone(&places).unwrap_or_else(here);
    let zone = zone_name.rules();
    let now = (reader.now)();
    let elsewhere = zone.to_offset(now) != own.to_offset(now);
    Practice { zone, zone_name, elsewhere, places }
}
