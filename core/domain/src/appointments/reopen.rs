//! Undoing the end of a visit.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Appointment, Happening, Moment, State,
    placing::{self, Wanted},
};
use crate::{AppointmentId, Change, Context, Facts, Halt, Rule, valid};

/// A terminal state is left: back to booked (if the time is still free) or arrived. With a reason, audited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct Reopen {
    #[garde(skip)]
    pub appointment_id: AppointmentId,
    #[garde(length(chars, max = 300), custom(valid::line))]
    pub reason: String,
}

impl Rule for Reopen {
    const NAME: &'static str = "appointments.reopen";

    fn lane(&self) -> String {
        format!("visit:{}", self.appointment_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.appointment_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let visit: Appointment = facts.get(self.appointment_id)?;
        let by = visit.staff_party(facts, cx)?;
        let from = visit.state;
        let mut reopened = match from {
            State::Fulfilled => Appointment { state: State::InProgress, ..visit.clone() },
            State::Noshow => Appointment { state: State::Arrived, ..visit.clone() },
            State::Cancelled | State::Declined | State::Expired => {
                let wanted = Wanted {
                    appointment_id: visit.id,
                    patient_id: visit.patient_id,
                    role_id: visit.role_id,
                    visit_type_id: visit.visit_type_id,
                    start: visit.start,
                    by,
                    moving: None,
                };
                let placed = placing::place(facts, cx, &wanted)?;
                Appointment { state: State::Booked, place: placed.place, ..visit.clone() }
            }
            _ => return Err(visit.wrong_state()),
        };
        if matches!(from, State::Fulfilled | State::Noshow) {
            placing::still_free(facts, cx, &reopened)?;
        }
        reopened.cancellation = None;
        reopened.history.push(Moment {
            at: cx.now,
            by,
            what: Happening::Reopened { from, reason: self.reason.clone() },
        });
        Ok(vec![Change::put(reopened)])
    }
}
