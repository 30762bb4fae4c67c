//! Administrative remarks of staff.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Appointment, StaffNote};
use crate::{Actor, AppointmentId, Change, Context, Facts, Halt, Refusal, Rule, access::Party, valid};

/// Adds a remark; never medical.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct AddVisitNote {
    #[garde(skip)]
    pub appointment_id: AppointmentId,
    #[garde(length(chars, max = 500), custom(valid::line))]
    pub text: String,
}

impl Rule for AddVisitNote {
    const NAME: &'static str = "appointments.add_note";

    fn lane(&self) -> String {
        format!("visit:{}", self.appointment_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.appointment_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let mut visit: Appointment = facts.get(self.appointment_id)?;
        let (Party::Clinic, Actor::Account(by)) = (visit.staff_party(facts, cx)?, cx.actor) else {
            return Err(Refusal::NotAllowed.into());
        };
        if visit.staff_notes.len() >= MAX_NOTES {
            return Err(Refusal::TooMany { limit: MAX_NOTES as u32 }.into());
        }
        visit.staff_notes.push(StaffNote { at: cx.now, by, text: self.text.clone() });
        Ok(vec![Change::put(visit)])
    }
}

const MAX_NOTES: usize = 50;
