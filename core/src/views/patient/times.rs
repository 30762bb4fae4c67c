//! Choosing a time: what is free on which day, in the reader's zone.

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use mediconnect_domain::{
    RoleId, VisitTypeId, Zone,
    directory::{LocalText, PractitionerRole},
    scheduling::rules::Offering,
};

use super::directory::{Directory, HeldTimes, held_times, role_of};
use crate::{Records, StoreError};

/// What the times are of, from the local store.
#[derive(Clone, Debug, PartialEq)]
pub struct TimesHead {
    pub role: PractitionerRole,
    pub doctor: String,
    pub clinic: String,
    pub visit_types: Vec<(Offering, LocalText)>,
    pub chosen: VisitTypeId,
    /// What this device knows itself.
    pub held: Option<HeldTimes>,
}

/// `None` where the role cannot be booked (any more) or does not offer this.
pub fn head(
    records: &Records,
    role: RoleId,
    visit_type: VisitTypeId,
    now: Timestamp,
) -> Result<Option<TimesHead>, StoreError> {
    let directory = Directory::read(records)?;
    let Some(role) = role_of(&directory, role).filter(|role| role.offering(visit_type).is_some()) else {
        return Ok(None);
    };
    let named = |offering: &Offering| {
        let name = directory.visit_types.get(&offering.visit_type_id)?.details.name.clone();
        Some((offering.clone(), name))
    };
    Ok(Some(TimesHead {
        doctor: directory.doctors[&role.doctor_id].details.name.clone(),
        clinic: directory.clinics[&role.clinic_id].details.name.clone(),
        visit_types: role.offerings.iter().filter_map(named).collect(),
        chosen: visit_type,
        held: held_times(records, role, visit_type, now)?,
        role: role.clone(),
    }))
}

/// The zone of the clinic, where its clocks differ from the reader's now.
pub fn other_zone(clinic: &Zone, reader: &TimeZone, now: Timestamp) -> Option<String> {
    let differs = clinic.rules().to_offset(now) != reader.to_offset(now);
    differs.then(|| clinic.name().to_owned())
}

/// A time of the day shown; one that is not free answers why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DayTime {
    pub start: Timestamp,
    pub free: bool,
}

/// Seven days.
#[derive(Clone, Debug, PartialEq)]
pub struct Week {
    pub days: Vec<(Date, u32)>,
    /// The first free time after these days, if none is free in them.
    pub next: Option<Timestamp>,
}

/// How many times each day of the week from `first` on has. `starts` reach at least to its end.
pub fn week(starts: &[Timestamp], first: Date, zone: &TimeZone, next_free: Option<Timestamp>) -> Week {
    let date_of = |start: &Timestamp| start.to_zoned(zone.clone()).date();
    let days: Vec<(Date, u32)> = days_from(first)
        .map(|day| (day, starts.iter().filter(|start| date_of(start) == day).count() as u32))
        .collect();
    let end = days.last().map_or(first, |(day, _)| *day);
    let next = match days.iter().all(|(_, free)| *free == 0) {
        true => starts.iter().copied().find(|start| date_of(start) > end).or(next_free),
        false => None,
    };
    Week { days, next }
}

fn days_from(first: Date) -> impl Iterator<Item = Date> {
    (0..7).filter_map(move |days: i64| first.checked_add(days.days()).ok())
}

/// The times of one day: the free ones and, between the first and the last of them, those that fit the same grid and
/// are not free.
pub fn day(starts: &[Timestamp], day: Date, zone: &TimeZone) -> Vec<DayTime> {
    let free: Vec<Timestamp> =
        starts.iter().copied().filter(|start| start.to_zoned(zone.clone()).date() == day).collect();
    let (Some(first), Some(last)) = (free.first(), free.last()) else { return Vec::new() };
    let step = free.windows(2).map(|pair| pair[1].as_second() - pair[0].as_second()).fold(0, gcd);
    if step < SHORTEST_STEP_S {
        return free.into_iter().map(|start| DayTime { start, free: true }).collect();
    }
    (first.as_second()..=last.as_second())
        .step_by(step as usize)
        .filter_map(|second| Timestamp::from_second(second).ok())
        .map(|start| DayTime { start, free: free.contains(&start) })
        .collect()
}

/// Visits start at least five minutes apart; anything closer is no grid.
const SHORTEST_STEP_S: i64 = 5 * 60;

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The stretch to ask the server for: a week from `first` in the reader's zone.
pub fn stretch(first: Date, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
    let from = first.to_zoned(zone.clone()).ok()?.timestamp();
    let until = first.checked_add(7.days()).ok()?.to_zoned(zone.clone()).ok()?.timestamp();
    Some((from, until))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::views::patient::examples::*;

    fn berlin() -> TimeZone {
        TimeZone::get("Europe/Berlin").expect("a zone")
    }

    #[test]
    fn a_start_late_in_the_evening_belongs_to_the_readers_day() {
        let starts = [at("2026-03-02T23:30:00Z")];
        assert_eq!(week(&starts, date(2026, 3, 2), &TimeZone::UTC, None).days[0], (date(2026, 3, 2), 1));
        assert_eq!(week(&starts, date(2026, 3, 2), &berlin(), None).days[1], (date(2026, 3, 3), 1));
    }

    #[test]
    fn an_empty_week_names_the_next_free_time() {
        let later = at("2026-03-20T09:00:00Z");
        assert_eq!(week(&[later], date(2026, 3, 2), &berlin(), None).next, Some(later));
        assert_eq!(week(&[], date(2026, 3, 2), &berlin(), Some(later)).next, Some(later));
        assert_eq!(week(&[at("2026-03-03T09:00:00Z")], date(2026, 3, 2), &berlin(), Some(later)).next, None);
    }

    #[test]
    fn between_free_times_the_taken_ones_of_the_grid_show() {
        let starts = ["08:00", "08:20", "09:20"].map(|time| at(&format!("2026-03-02T{time}:00Z")));
        let times = day(&starts, date(2026, 3, 2), &berlin());
        let free: Vec<bool> = times.iter().map(|time| time.free).collect();
        assert_eq!(free, [true, true, false, false, true]);
    }

    #[test]
    fn the_week_is_as_long_as_the_clocks_make_it() {
        let (from, until) = stretch(date(2026, 3, 23), &berlin()).expect("a stretch");
        assert_eq!(until.as_second() - from.as_second(), 7 * 86_400 - 3_600);
    }

    #[test]
    fn the_clinics_zone_is_named_only_when_clocks_differ() {
        let zone = Zone::new("Europe/Paris").expect("a zone");
        assert_eq!(other_zone(&zone, &berlin(), now()), None);
        assert_eq!(other_zone(&zone, &TimeZone::UTC, now()), Some("Europe/Paris".into()));
    }

    #[test]
    fn the_head_knows_the_role_and_its_offerings() {
        let rows = directory();
        let shown =
            read(&rows, |records| head(records, role_id(0), visit_type_id(), now())).expect("bookable");
        assert_eq!(shown.doctor, "Dr. Asha Rao");
        assert_eq!(shown.visit_types.len(), 2);
        let unknown = mediconnect_domain::VisitTypeId(mediconnect_domain::id::derive(&[b"other"]));
        assert_eq!(read(&rows, |records| head(records, role_id(0), unknown, now())), None);
    }
}
