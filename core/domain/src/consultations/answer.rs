//! The patient's answer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Consultation, ConsultationState};
use crate::{
    Change, ConsultationId, Context, Facts, Halt, Refusal, Rule,
    access::Party,
    appointments::{Appointment, State, placing},
    directory::PractitionerRole,
};

/// Takes the offered time; it becomes a booked visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct AcceptConsultation {
    #[garde(skip)]
    pub consultation_id: ConsultationId,
}

impl Rule for AcceptConsultation {
    const NAME: &'static str = "consultations.accept";

    fn lane(&self) -> String {
        format!("consultation:{}", self.consultation_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.consultation_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let (mut request, by) = on_offer(facts, cx, self.consultation_id)?;
        let Some(offered) = request.appointment_id else { return Err(request.wrong_state()) };
        let visit: Appointment = facts.get(offered)?;
        if visit.state != State::Held || !visit.occupies_at(cx.now) {
            return Err(Refusal::OfferExpired.into());
        }
        let patient = placing::active_patient(facts, visit.patient_id)?;
        let role: PractitionerRole = facts.get(visit.role_id)?;
        let mut changes = placing::introduce(facts, cx, &patient, &role)?;
        request.offer_expires_at = None;
        changes.push(Change::put(visit.into_state(State::Booked, by, cx.now)));
        changes.push(Change::put(request.into_state(ConsultationState::Accepted, by, cx.now)));
        Ok(changes)
    }
}

/// Another time please: back to triaged, the time is free again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct RefuseConsultationOffer {
    #[garde(skip)]
    pub consultation_id: ConsultationId,
}

impl Rule for RefuseConsultationOffer {
    const NAME: &'static str = "consultations.refuse_offer";

    fn lane(&self) -> String {
        format!("consultation:{}", self.consultation_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.consultation_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let (request, by) = on_offer(facts, cx, self.consultation_id)?;
        let changes = request.give_back(facts, cx, by)?;
        Ok(changes.into_iter().chain([Change::put(request.back_to_clinic(by, cx.now))]).collect())
    }
}

/// Needs no answer any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct WithdrawConsultation {
    #[garde(skip)]
    pub consultation_id: ConsultationId,
}

impl Rule for WithdrawConsultation {
    const NAME: &'static str = "consultations.withdraw";

    fn lane(&self) -> String {
        format!("consultation:{}", self.consultation_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.consultation_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let request: Consultation = facts.get(self.consultation_id)?;
        let by = request.party(facts, cx)?;
        if !request.state.is_open() {
            return Err(request.wrong_state());
        }
        let changes = request.give_back(facts, cx, by)?;
        let withdrawn = request.into_state(ConsultationState::Withdrawn, by, cx.now);
        Ok(changes.into_iter().chain([Change::put(withdrawn)]).collect())
    }
}

/// The request while a time is on offer. Answering is the patient's side's; the front desk does it for a caller.
fn on_offer(facts: &Facts, cx: &Context, id: ConsultationId) -> Result<(Consultation, Party), Halt> {
    let request: Consultation = facts.get(id)?;
    let by = request.party(facts, cx)?;
    match (request.state, by) {
        (ConsultationState::Offered, Party::Patient | Party::Clinic) => Ok((request, by)),
        (ConsultationState::Offered, _) => Err(Refusal::NotAllowed.into()),
        _ => Err(request.wrong_state()),
    }
}
