//! Cancelling a visit.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Appointment, Cancellation, State};
use crate::{
    AppointmentId, Change, Context, Facts, Halt, Refusal, Rule, access::Party, appointments::CancelReason,
    directory::Clinic,
};

/// held, requested, booked → cancelled. Marked late after the clinic's notice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct Cancel {
    #[garde(skip)]
    pub appointment_id: AppointmentId,
    #[garde(skip)]
    pub reason: CancelReason,
}

impl Rule for Cancel {
    const NAME: &'static str = "appointments.cancel";

    fn lane(&self) -> String {
        format!("visit:{}", self.appointment_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.appointment_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let mut visit: Appointment = facts.get(self.appointment_id)?;
        let by = visit.party(facts, cx)?;
        if !matches!(visit.state, State::Held | State::Requested | State::Booked) {
            return Err(visit.wrong_state());
        }
        let late = visit.state == State::Booked && by == Party::Patient && visit.is_late(cx.now);
        if late {
            let clinic: Clinic = facts.get(visit.clinic_id)?;
            if !clinic.details.policy.late_cancel_allowed || visit.start <= cx.now {
                return Err(Refusal::TooLate { notice_min: visit.cancel_notice_min }.into());
            }
        }
        visit.cancellation = Some(Cancellation { by, reason: self.reason, late, at: cx.now });
        Ok(vec![Change::put(visit.into_state(State::Cancelled, by, cx.now))])
    }
}
