//! On the day: check-in, start, completion.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Appointment, State};
use crate::{AppointmentId, Change, Context, Facts, Halt, Refusal, Rule, access::Party};

/// booked → arrived.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct CheckIn {
    #[garde(skip)]
    pub appointment_id: AppointmentId,
}

impl Rule for CheckIn {
    const NAME: &'static str = "appointments.check_in";

    fn lane(&self) -> String {
        format!("visit:{}", self.appointment_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.appointment_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        step(facts, cx, self.appointment_id, &[State::Booked], State::Arrived)
    }
}

/// booked or arrived → in_progress.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct Start {
    #[garde(skip)]
    pub appointment_id: AppointmentId,
}

impl Rule for Start {
    const NAME: &'static str = "appointments.start";

    fn lane(&self) -> String {
        format!("visit:{}", self.appointment_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.appointment_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        step(facts, cx, self.appointment_id, &[State::Booked, State::Arrived], State::InProgress)
    }
}

/// in_progress or arrived → fulfilled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct Complete {
    #[garde(skip)]
    pub appointment_id: AppointmentId,
}

impl Rule for Complete {
    const NAME: &'static str = "appointments.complete";

    fn lane(&self) -> String {
        format!("visit:{}", self.appointment_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.appointment_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        step(facts, cx, self.appointment_id, &[State::Arrived, State::InProgress], State::Fulfilled)
    }
}

/// Early arrivals are checked in from the day before the visit on.
const EARLY_MIN: i64 = 24 * 60;

fn step(
    facts: &Facts,
    cx: &Context,
    id: AppointmentId,
    from: &[State],
    to: State,
) -> Result<Vec<Change>, Halt> {
    let visit: Appointment = facts.get(id)?;
    let by: Party = visit.staff_party(facts, cx)?;
    if !from.contains(&visit.state) {
        return Err(visit.wrong_state());
    }
    let opens = crate::time::plus_min(visit.start, -EARLY_MIN);
    if cx.now < opens {
        return Err(Refusal::field("appointment_id", "the visit is not today").into());
    }
    Ok(vec![Change::put(visit.into_state(to, by, cx.now))])
}
