//! Requests and offers that ran out (server only).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Consultation, ConsultationState};
use crate::{Actor, Change, ConsultationId, Context, Facts, Halt, Refusal, Rule, access::Party};

/// An unanswered offer gives the time back and goes to triaged; a request past its time ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct ExpireConsultation {
    #[garde(skip)]
    pub consultation_id: ConsultationId,
}

impl Rule for ExpireConsultation {
    const NAME: &'static str = "consultations.expire";

    fn lane(&self) -> String {
        format!("consultation:{}", self.consultation_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.consultation_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        if cx.actor != Actor::System {
            return Err(Refusal::NotAllowed.into());
        }
        let request: Consultation = facts.get(self.consultation_id)?;
        let offer_over = request.offer_expires_at.is_some_and(|end| end <= cx.now);
        let changes = match request.state {
            ConsultationState::Offered if offer_over => {
                let mut changes = request.give_back(facts, cx, Party::System)?;
                changes.push(Change::put(request.back_to_clinic(Party::System, cx.now)));
                changes
            }
            ConsultationState::New | ConsultationState::Triaged if request.expires_at <= cx.now => {
                vec![Change::put(request.into_state(ConsultationState::Expired, Party::System, cx.now))]
            }
            _ => return Err(request.wrong_state()),
        };
        Ok(changes)
    }
}
