//! Time that ran out (server only).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Appointment, State};
use crate::{Actor, AppointmentId, Change, Context, Facts, Halt, Refusal, Rule, access::Party};

/// A hold, an offer or an unanswered request → expired.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct Expire {
    #[garde(skip)]
    pub appointment_id: AppointmentId,
}

impl Rule for Expire {
    const NAME: &'static str = "appointments.expire";

    fn lane(&self) -> String {
        format!("visit:{}", self.appointment_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.appointment_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        if cx.actor != Actor::System {
            return Err(Refusal::NotAllowed.into());
        }
        let visit: Appointment = facts.get(self.appointment_id)?;
        let ran_out = match (visit.state, &visit.hold) {
            (State::Held, Some(hold)) => hold.expires_at <= cx.now,
            (State::Requested, _) => visit.answer_by <= cx.now,
            _ => false,
        };
        match ran_out {
            true => Ok(vec![Change::put(visit.into_state(State::Expired, Party::System, cx.now))]),
            false => Err(visit.wrong_state()),
        }
    }
}
