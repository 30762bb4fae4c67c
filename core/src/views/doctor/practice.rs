//! The doctor's own practice: who it is, where they work, and by whose clock.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use mediconnect_domain::{
    DoctorId, Need, RoleId, Span, Zone,
    accounts::Role,
    appointments::{Appointment, placing},
    directory::{Clinic, PractitionerRole},
    record::{Index, sort_key},
    scheduling::{
        Leave, Schedule,
        engine::{Agenda, Busy, Seat, reach},
        rules::{Block, Rules, WeeklyBlock},
    },
};

use crate::{Records, StoreError};

/// A place where the doctor works.
#[derive(Clone, Debug, PartialEq)]
pub struct Workplace {
    pub role_id: RoleId,
    pub clinic: String,
    pub zone: Zone,
    /// `None` until it has come to this device.
    pub schedule: Option<Schedule>,
}

impl Workplace {
    pub fn rules(&self) -> Option<&Rules> {
        self.schedule.as_ref().map(|schedule| &schedule.rules)
    }
}

/// The doctor that the open account is; `None` for accounts of others.
pub fn own_doctor(records: &Records) -> Result<Option<DoctorId>, StoreError> {
    Ok(match records.account()?.map(|account| account.role) {
        Some(Role::Doctor { doctor_id }) => Some(doctor_id),
        _ => None,
    })
}

/// Where the doctor works, in the order in which the roles were given.
pub fn workplaces(records: &Records) -> Result<Vec<Workplace>, StoreError> {
    let Some(doctor) = own_doctor(records)? else { return Ok(Vec::new()) };
    let mut roles: Vec<PractitionerRole> = records.all_of(Index::RolesOfDoctor, doctor)?;
    roles.retain(|role| role.active);
    roles.sort_by_key(|role| role.id);
    let mut found = Vec::with_capacity(roles.len());
    for role in roles {
        let clinic: Option<Clinic> = records.get(role.clinic_id)?;
        found.push(Workplace {
            role_id: role.id,
            clinic: clinic.map(|clinic| clinic.details.name).unwrap_or_default(),
            zone: role.zone,
            schedule: records.get(role.id)?,
        });
    }
    Ok(found)
}

/// The clock the practice lives by: that of its clinics where they share one. A doctor who works in several zones is in one
/// of them at a time, so then the device's clock counts.
pub fn practice_zone(places: &[Workplace]) -> Option<Zone> {
    let (first, rest) = places.split_first()?;
    rest.iter().all(|place| place.zone == first.zone).then(|| first.zone.clone())
}

/// Midnight at the beginning of a date, to midnight at its end.
pub fn whole_day(date: Date, zone: &TimeZone) -> Span {
    whole_days(date, 1, zone)
}

/// The stretch of `days` dates.
pub fn whole_days(first: Date, days: i32, zone: &TimeZone) -> Span {
    let midnight = |date: Date| {
        let noon = date.at(12, 0, 0, 0).to_zoned(zone.clone());
        noon.and_then(|noon| noon.start_of_day()).map(|start| start.timestamp())
    };
    let after = first.checked_add(jiff::Span::new().days(days)).unwrap_or(Date::MAX);
    Span::new(midnight(first).unwrap_or(Timestamp::MIN), midnight(after).unwrap_or(Timestamp::MAX))
}

/// The hours in which the rules are open on a date, in order. Overlapping and touching ones are one.
pub fn open_hours(rules: &Rules, date: Date) -> Vec<Span> {
    let zone = rules.zone.rules();
    let midnight = whole_day(date, &zone);
    let at = |minutes: u16| {
        let (hour, minute) = ((minutes / 60) as i8, (minutes % 60) as i8);
        match minutes {
            1440.. => midnight.end,
            _ => {
                date.at(hour, minute, 0, 0).to_zoned(zone.clone()).map_or(midnight.start, |at| at.timestamp())
            }
        }
    };
    let minutes: Vec<(u16, u16)> = match rules.overrides.iter().find(|day| day.date == date) {
        Some(day) => day.blocks.iter().map(|block: &Block| (block.start_min, block.end_min)).collect(),
        None => {
            let weekday = date.weekday().to_monday_one_offset() as u8;
            let own = rules.weekly.iter().filter(|block: &&WeeklyBlock| block.weekday == weekday);
            own.map(|block| (block.start_min, block.end_min)).collect()
        }
    };
    joined(minutes.into_iter().map(|(from, to)| Span::new(at(from), at(to))).collect())
}

/// Spans in order, those that overlap or touch made one.
pub(super) fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| span.start < span.end);
    spans.sort();
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

/// What `taken` leaves of `open`, in order.
pub(super) fn left_free(open: &[Span], taken: &[Span]) -> Vec<Span> {
    let taken = joined(taken.to_vec());
    let mut free = Vec::new();
    for span in open {
        let mut at = span.start;
        for busy in taken.iter().filter(|busy| busy.overlaps(span)) {
            free.push(Span::new(at, busy.start));
            at = at.max(busy.end);
        }
        free.push(Span::new(at, span.end));
    }
    free.retain(|span| span.start < span.end);
    free
}

/// The doctor's leave that has not ended at `from`.
pub fn leaves_from(records: &Records, doctor: DoctorId, from: Timestamp) -> Result<Vec<Leave>, StoreError> {
    records.range(Index::LeaveOfDoctor, doctor, &sort_key(from), "~")
}

/// The doctor's visits that start within a stretch, in order.
pub fn visits_within(
    records: &Records,
    doctor: DoctorId,
    span: Span,
) -> Result<Vec<Appointment>, StoreError> {
    records.range(Index::DoctorTime, doctor, &sort_key(span.start), &sort_key(span.end))
}

/// What occupies the doctor's time within a stretch, as the engine asks for it.
#[derive(Clone, Debug, Default)]
pub struct Occupied {
    pub leaves: Vec<Span>,
    pub busy: Vec<Busy>,
}

impl Occupied {
    /// Everything that counts for starts within `range` by these rules.
    pub fn around(
        records: &Records,
        doctor: DoctorId,
        rules: &Rules,
        range: Span,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let within = reach(rules, range);
        let leaves = leaves_from(records, doctor, within.start)?;
        let visits: Vec<Appointment> = records.list(&Need::overlap(doctor, within))?;
        Ok(Self {
            leaves: leaves.iter().map(|leave| leave.time.span(&leave.zone)).collect(),
            busy: visits.iter().filter(|visit| visit.occupies_at(now)).map(placing::busy).collect(),
        })
    }

    pub fn agenda<'a>(
        &'a self,
        role: RoleId,
        rules: &'a Rules,
        now: Timestamp,
        moving: Option<Seat>,
    ) -> Agenda<'a> {
        Agenda { role, rules, leaves: &self.leaves, busy: &self.busy, now, moving }
    }
}

/// The rules as they bind the doctor: minimum notice and horizon are for patients.
pub fn for_the_doctor(mut rules: Rules) -> Rules {
    rules.minimum_notice_min = 0;
    rules.horizon_days = 400;
    rules
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use mediconnect_domain::scheduling::rules::DayOverride;

    use super::*;
    use crate::views::doctor::examples::*;

    fn span(from: &str, to: &str) -> Span {
        Span::new(at(&format!("2026-03-02T{from}:00Z")), at(&format!("2026-03-02T{to}:00Z")))
    }

    #[test]
    fn an_override_replaces_the_hours_of_its_day() {
        let mut rules = rules();
        assert_eq!(
            open_hours(&rules, date(2026, 3, 2)),
            [span("03:30", "06:30")],
            "09:00 to 12:00 in Kolkata"
        );
        rules.overrides.push(DayOverride { date: date(2026, 3, 2), blocks: vec![] });
        assert_eq!(open_hours(&rules, date(2026, 3, 2)), []);
    }

    #[test]
    fn a_day_of_the_clock_change_has_the_hours_the_wall_shows() {
        let zone = Zone::new("Europe/Berlin").expect("a zone");
        let day = whole_day(date(2026, 3, 29), &zone.rules());
        assert_eq!(day.end.as_second() - day.start.as_second(), 23 * 3600);
    }

    #[test]
    fn what_is_left_of_the_hours_is_free() {
        let open = [span("03:30", "06:30")];
        let taken = [span("04:00", "04:20"), span("04:20", "04:45"), span("06:00", "07:00")];
        assert_eq!(left_free(&open, &taken), [span("03:30", "04:00"), span("04:45", "06:00")]);
        assert_eq!(left_free(&open, &[span("00:00", "09:00")]), []);
    }

    #[test]
    fn the_practice_has_a_clock_of_its_own_where_its_clinics_share_one() {
        let mut places = read(&practice(), workplaces);
        assert_eq!(places[0].clinic, "Lotus Clinic");
        assert_eq!(practice_zone(&places).expect("one zone").name(), "Asia/Kolkata");
        places.push(Workplace { zone: Zone::new("Europe/Berlin").expect("a zone"), ..places[0].clone() });
        assert_eq!(practice_zone(&places), None);
        assert_eq!(practice_zone(&[]), None);
    }
}
