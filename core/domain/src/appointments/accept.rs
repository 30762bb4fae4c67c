//! The doctor's answer to a request to book.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Appointment, Cancellation, State};
use crate::{AppointmentId, Change, Context, Facts, Halt, Rule, access::Party, appointments::CancelReason};

/// requested → booked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    #[garde(skip)]
    pub appointment_id: AppointmentId,
}

impl Rule for Accept {
    const NAME: &'static str = "appointments.accept";

    fn lane(&self) -> String {
        format!("visit:{}", self.appointment_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.appointment_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let (visit, by) = requested(facts, cx, self.appointment_id)?;
        Ok(vec![Change::put(visit.into_state(State::Booked, by, cx.now))])
    }
}

/// requested → declined. The time is free again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct Decline {
    #[garde(skip)]
    pub appointment_id: AppointmentId,
    #[garde(skip)]
    pub reason: CancelReason,
}

impl Rule for Decline {
    const NAME: &'static str = "appointments.decline";

    fn lane(&self) -> String {
        format!("visit:{}", self.appointment_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.appointment_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let (mut visit, by) = requested(facts, cx, self.appointment_id)?;
        visit.cancellation = Some(Cancellation { by, reason: self.reason, late: false, at: cx.now });
        Ok(vec![Change::put(visit.into_state(State::Declined, by, cx.now))])
    }
}

/// The request, and that the actor is its doctor or the clinic.
fn requested(facts: &Facts, cx: &Context, id: AppointmentId) -> Result<(Appointment, Party), Halt> {
    let visit: Appointment = facts.get(id)?;
    let by = visit.staff_party(facts, cx)?;
    if visit.state == State::Requested { Ok((visit, by)) } else { Err(visit.wrong_state()) }
}
