//! Times on offer, from the engine: the same that decides a booking.

use std::sync::Arc;

use axum::{Json, extract::State};
use jiff::{SignedDuration, Timestamp};
use mediconnect_domain::{
    Actor, Authority, CommandId, Context, Facts, Halt, Need, RoleId, Span, VisitTypeId,
    appointments::placing::Time,
    directory::PractitionerRole,
    fetch::{
        Fetch,
        times::{NextFree, NextFreeAnswer, RoleTimes, Slots, SlotsAnswer, WhyNotFree, WhyNotFreeAnswer},
    },
    scheduling::{
        Schedule,
        engine::{self, Agenda, Slot},
        rules::Rules,
    },
};

use super::{
    extract::Asked,
    gate::Identity,
    problem::{Answer, Problem},
    read::{self, Moment},
    route::{Policy, Route, get},
};
use crate::app::App;

/// The longest stretch asked for at once.
const STRETCH_DAYS: i64 = 62;

/// The most roles asked for at once, and the most starts of each.
const MOST_ROLES: usize = 50;
const MOST_STARTS: u8 = 10;

/// How many other times are named beside a reason.
const OTHER_TIMES: usize = 3;

pub fn routes() -> Vec<Route> {
    vec![
        get(Slots::PATH, Policy::SignedIn, "Lists the times on offer in a stretch.", slots),
        get(NextFree::PATH, Policy::SignedIn, "Lists the next free times of several roles.", next_free),
        get(WhyNotFree::PATH, Policy::SignedIn, "Says why a time is not on offer.", why_not),
    ]
}

/// A role's time as far as it matters for a stretch.
struct Known {
    role: RoleId,
    rules: Rules,
    time: Time,
    now: Timestamp,
}

impl Known {
    /// Nothing where the role is not one that the asker may see.
    fn of(facts: &Facts, moment: &Moment, who: &Identity, role: RoleId, within: Span) -> Result<Self, Halt> {
        let scopes = read::scopes(facts, moment, Some(who))?;
        facts.want([Need::record::<PractitionerRole>(role), Need::record::<Schedule>(role)])?;
        let seen: PractitionerRole = read::visible(facts, &scopes, role)?;
        let schedule: Schedule = facts.get(role)?;
        let context = Context {
            actor: Actor::Account(who.account),
            now: moment.now,
            authority: Authority::Final,
            command: CommandId::derive(&[b"a question"]),
        };
        let time = Time::of(facts, &context, seen.doctor_id, engine::reach(&schedule.rules, within))?;
        Ok(Self { role, rules: schedule.rules, time, now: moment.now })
    }

    fn agenda(&self) -> Agenda<'_> {
        Agenda {
            role: self.role,
            rules: &self.rules,
            leaves: &self.time.leaves,
            busy: &self.time.busy,
            now: self.now,
            moving: None,
        }
    }

    /// The end of what can be booked at all.
    fn horizon(facts: &Facts, moment: &Moment, role: RoleId) -> Result<Timestamp, Halt> {
        let schedule: Schedule = facts.get(role)?;
        Ok(moment.now + SignedDuration::from_hours(24 * (i64::from(schedule.rules.horizon_days) + 1)))
    }
}

async fn slots(
    State(app): State<Arc<App>>,
    who: Identity,
    Asked(asked): Asked<Slots>,
) -> Answer<Json<SlotsAnswer>> {
    let Slots { role_id, visit_type_id, from, until } = asked;
    let length = until.duration_since(from);
    if !length.is_positive() || length > SignedDuration::from_hours(24 * STRETCH_DAYS) {
        return Err(Problem::field("until", "must be after `from` and at most 62 days later"));
    }
    let moment = app.moment();
    let found = app.ask(move |facts| {
        let stretch = Span::new(from, until);
        let slots = engine::slots(
            &Known::of(facts, &moment, &who, role_id, stretch)?.agenda(),
            visit_type_id,
            stretch,
        );
        let next_free = match slots.is_empty() {
            true => first_after(facts, &moment, &who, (role_id, visit_type_id), until)?,
            false => None,
        };
        Ok(SlotsAnswer { slots, next_free, as_of: moment.now })
    });
    found.await.map(Json)
}

fn first_after(
    facts: &Facts,
    moment: &Moment,
    who: &Identity,
    of: (RoleId, VisitTypeId),
    from: Timestamp,
) -> Result<Option<Timestamp>, Halt> {
    Ok(starts_after(facts, moment, who, of, from, 1)?.first().map(|slot| slot.start))
}

/// The first free times from `from` on.
fn starts_after(
    facts: &Facts,
    moment: &Moment,
    who: &Identity,
    (role, visit_type): (RoleId, VisitTypeId),
    from: Timestamp,
    count: usize,
) -> Result<Vec<Slot>, Halt> {
    let until = Known::horizon(facts, moment, role)?;
    if until <= from {
        return Ok(Vec::new());
    }
    let known = Known::of(facts, moment, who, role, Span::new(from, until))?;
    Ok(engine::next_free(&known.agenda(), visit_type, from, count))
}

async fn next_free(
    State(app): State<Arc<App>>,
    who: Identity,
    Asked(asked): Asked<NextFree>,
) -> Answer<Json<NextFreeAnswer>> {
    let parsed = asked.role_ids.split(',').map(|id| id.trim().parse::<RoleId>());
    let roles = parsed
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| Problem::field("role_ids", error.to_string()))?;
    if roles.len() > MOST_ROLES {
        return Err(Problem::field("role_ids", "must be at most 50"));
    }
    if !(1..=MOST_STARTS).contains(&asked.count) {
        return Err(Problem::field("count", "must be between 1 and 10"));
    }
    let moment = app.moment();
    let found =
        app.ask(move |facts| {
            facts.want(roles.iter().flat_map(|role| {
                [Need::record::<PractitionerRole>(*role), Need::record::<Schedule>(*role)]
            }))?;
            let times = roles.iter().map(|role| times_of(facts, &moment, &who, *role, &asked));
            let times = times.collect::<Result<Vec<_>, _>>()?;
            Ok(NextFreeAnswer { roles: times.into_iter().flatten().collect(), as_of: moment.now })
        });
    found.await.map(Json)
}

/// `None` for a role that the asker may not see or that offers nothing.
fn times_of(
    facts: &Facts,
    moment: &Moment,
    who: &Identity,
    role_id: RoleId,
    asked: &NextFree,
) -> Result<Option<RoleTimes>, Halt> {
    let Some(role) = facts.find::<PractitionerRole>(role_id)? else { return Ok(None) };
    let offered =
        asked.visit_type_id.or_else(|| role.offerings.first().map(|offering| offering.visit_type_id));
    let Some(visit_type_id) = offered else { return Ok(None) };
    match starts_after(facts, moment, who, (role_id, visit_type_id), moment.now, asked.count.into()) {
        Ok(slots) => {
            let starts = slots.into_iter().map(|slot| slot.start).collect();
            Ok(Some(RoleTimes { role_id, visit_type_id, starts }))
        }
        Err(Halt::Refused(_)) => Ok(None),
        Err(halt) => Err(halt),
    }
}

async fn why_not(
    State(app): State<Arc<App>>,
    who: Identity,
    Asked(asked): Asked<WhyNotFree>,
) -> Answer<Json<WhyNotFreeAnswer>> {
    let WhyNotFree { role_id, visit_type_id, start } = asked;
    let moment = app.moment();
    let found = app.ask(move |facts| {
        let until = start.checked_add(SignedDuration::from_mins(1)).unwrap_or(start);
        let known = Known::of(facts, &moment, &who, role_id, Span::new(start, until))?;
        let why = engine::why_not(&known.agenda(), visit_type_id, start).err();
        let next_free = match why {
            None => Vec::new(),
            Some(_) => starts_after(
                facts,
                &moment,
                &who,
                (role_id, visit_type_id),
                start.max(moment.now),
                OTHER_TIMES,
            )?,
        };
        Ok(WhyNotFreeAnswer { why, next_free: next_free.into_iter().map(|slot| slot.start).collect() })
    });
    found.await.map(Json)
}
