//! A visit nobody came to.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Appointment, State};
use crate::{AppointmentId, Change, Context, Facts, Halt, Rule, access::Party};

/// booked → noshow; by the doctor or staff after the start, by the server some time after the end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct MarkNoShow {
    #[garde(skip)]
    pub appointment_id: AppointmentId,
}

impl Rule for MarkNoShow {
    const NAME: &'static str = "appointments.no_show";

    fn lane(&self) -> String {
        format!("visit:{}", self.appointment_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.appointment_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let visit: Appointment = facts.get(self.appointment_id)?;
        let by = visit.staff_party(facts, cx)?;
        let from = if by == Party::System { visit.no_show_at } else { visit.start };
        // Whoever was checked in has come.
        if visit.state != State::Booked || cx.now < from {
            return Err(visit.wrong_state());
        }
        Ok(vec![Change::put(visit.into_state(State::Noshow, by, cx.now))])
    }
}
