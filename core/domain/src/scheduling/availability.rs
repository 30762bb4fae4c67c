//! Refreshing what is on offer (server only).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    AvailabilityWeek, Schedule, TypeAvailability,
    engine::{self, Agenda},
};
use crate::{
    Actor, Change, Context, DoctorId, Facts, Halt, Need, Refusal, RoleId, Rule, Span,
    appointments::placing::Time, directory::PractitionerRole, record::Index, time::plus_min, waitlist,
};

/// Computes the weeks on offer of all roles of a doctor, and offers free times to those who wait.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct RefreshAvailability {
    #[garde(skip)]
    pub doctor_id: DoctorId,
}

impl Rule for RefreshAvailability {
    const NAME: &'static str = "scheduling.refresh_availability";

    fn lane(&self) -> String {
        format!("doctor:{}", self.doctor_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.doctor_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        if cx.actor != Actor::System {
            return Err(Refusal::NotAllowed.into());
        }
        let roles = facts.list::<PractitionerRole>(Need::all(Index::RolesOfDoctor, self.doctor_id))?;
        facts.want(roles.iter().flat_map(|role| {
            [Need::record::<Schedule>(role.id), Need::all(Index::AvailabilityOfRole, role.id)]
        }))?;
        let first = engine::week_of(cx.now);
        let ahead = Span::new(first, plus_min(first, WEEKS * WEEK_MIN));
        let mut changes = Vec::new();
        let mut open = Vec::new();
        for role in &roles {
            let schedule = facts.find::<Schedule>(role.id)?;
            open.extend(schedule.filter(|_| role.active && role.listed).map(|schedule| (role, schedule)));
        }
        let known = open.iter().fold(ahead, |known, (_, schedule)| {
            let reach = engine::reach(&schedule.rules, ahead);
            Span::new(known.start.min(reach.start), known.end.max(reach.end))
        });
        let mut time = Time::of(facts, cx, self.doctor_id, known)?;
        changes.extend(waitlist::offer::offers(facts, cx, self.doctor_id, &open, &mut time)?);
        for role in &roles {
            let held = facts.list::<AvailabilityWeek>(Need::all(Index::AvailabilityOfRole, role.id))?;
            let rules =
                open.iter().find(|(on_offer, _)| on_offer.id == role.id).map(|(_, schedule)| schedule);
            changes.extend(weeks(cx, role.id, self.doctor_id, rules, &time, &held));
        }
        Ok(changes)
    }
}

impl RefreshAvailability {
    /// As soon as the server has a moment; several within a second are one.
    pub fn due(doctor_id: DoctorId) -> crate::record::Due {
        let key = format!("availability:{doctor_id}");
        crate::record::Due { key, at: jiff::Timestamp::UNIX_EPOCH, command: Self { doctor_id }.into() }
    }
}

/// How many weeks of times lie on the devices that follow a doctor.
const WEEKS: i64 = 9;
const WEEK_MIN: i64 = 7 * 24 * 60;

/// The changes that bring a role's weeks up to date. A week that stays as it was is not written.
fn weeks(
    cx: &Context,
    role: RoleId,
    doctor_id: DoctorId,
    schedule: Option<&Schedule>,
    time: &Time,
    held: &[AvailabilityWeek],
) -> Vec<Change> {
    let current: Vec<AvailabilityWeek> = schedule.map_or_else(Vec::new, |schedule| {
        let first = engine::week_of(cx.now);
        (0..WEEKS).map(|n| week(cx, role, doctor_id, schedule, time, plus_min(first, n * WEEK_MIN))).collect()
    });
    let gone = held.iter().filter(|week| current.iter().all(|now| now.id != week.id));
    let gone = gone
        .map(|week| Change::Remove { kind: crate::Kind::AvailabilityWeek, id: week.id.0 })
        .collect::<Vec<_>>();
    let same = |week: &AvailabilityWeek| held.iter().any(|old| old.id == week.id && old.types == week.types);
    let changed = current.into_iter().filter(|week| !same(week)).map(Change::put);
    changed.chain(gone).collect()
}

fn week(
    cx: &Context,
    role_id: RoleId,
    doctor_id: DoctorId,
    schedule: &Schedule,
    time: &Time,
    week_start: jiff::Timestamp,
) -> AvailabilityWeek {
    let agenda = Agenda {
        role: role_id,
        rules: &schedule.rules,
        leaves: &time.leaves,
        busy: &time.busy,
        now: cx.now,
        moving: None,
    };
    let types = schedule.rules.offerings.iter().map(|offering| TypeAvailability {
        visit_type_id: offering.visit_type_id,
        bitmap: engine::week_bitmap(&agenda, offering.visit_type_id, week_start),
    });
    let types = types.collect();
    AvailabilityWeek {
        id: AvailabilityWeek::id_of(role_id, week_start),
        role_id,
        doctor_id,
        week_start,
        types,
        as_of: cx.now,
    }
}
