//! The clinic cannot help.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Consultation, ConsultationState};
use crate::{Change, ConsultationId, Context, Facts, Halt, Rule, consultations::DeclineReason};

/// Ends a request with a reason the patient reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct DeclineConsultation {
    #[garde(skip)]
    pub consultation_id: ConsultationId,
    #[garde(skip)]
    pub reason: DeclineReason,
}

impl Rule for DeclineConsultation {
    const NAME: &'static str = "consultations.decline";

    fn lane(&self) -> String {
        format!("consultation:{}", self.consultation_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.consultation_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let mut request: Consultation = facts.get(self.consultation_id)?;
        let by = request.staff_party(facts, cx)?;
        if !request.state.is_open() {
            return Err(request.wrong_state());
        }
        let changes = request.give_back(facts, cx, by)?;
        request.decline_reason = Some(self.reason);
        let declined = request.into_state(ConsultationState::Declined, by, cx.now);
        Ok(changes.into_iter().chain([Change::put(declined)]).collect())
    }
}
