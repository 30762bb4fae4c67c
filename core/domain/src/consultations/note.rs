//! Administrative remarks of staff.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Consultation;
use crate::{
    Actor, Change, ConsultationId, Context, Facts, Halt, Refusal, Rule, access::Party,
    appointments::StaffNote, valid,
};

/// Adds a remark; never medical.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct AddConsultationNote {
    #[garde(skip)]
    pub consultation_id: ConsultationId,
    #[garde(length(chars, max = 500), custom(valid::line))]
    pub text: String,
}

impl Rule for AddConsultationNote {
    const NAME: &'static str = "consultations.add_note";

    fn lane(&self) -> String {
        format!("consultation:{}", self.consultation_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.consultation_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let mut request: Consultation = facts.get(self.consultation_id)?;
        let (Party::Clinic, Actor::Account(by)) = (request.staff_party(facts, cx)?, cx.actor) else {
            return Err(Refusal::NotAllowed.into());
        };
        if request.staff_notes.len() >= MAX_NOTES {
            return Err(Refusal::TooMany { limit: MAX_NOTES as u32 }.into());
        }
        request.staff_notes.push(StaffNote { at: cx.now, by, text: self.text.clone() });
        Ok(vec![Change::put(request)])
    }
}

const MAX_NOTES: usize = 50;
