//! Triage by staff.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Consultation, ConsultationState};
use crate::{
    Change, ConsultationId, Context, DoctorId, Facts, Halt, Kind, Need, Refusal, Rule, access::Party,
    directory::PractitionerRole, record::Index,
};

/// Gives a request to a doctor of the clinic: new, triaged → triaged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct AssignConsultation {
    #[garde(skip)]
    pub consultation_id: ConsultationId,
    #[garde(skip)]
    pub doctor_id: DoctorId,
}

impl Rule for AssignConsultation {
    const NAME: &'static str = "consultations.assign";

    fn lane(&self) -> String {
        format!("consultation:{}", self.consultation_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.consultation_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let mut request: Consultation = facts.get(self.consultation_id)?;
        let by: Party = request.staff_party(facts, cx)?;
        if !matches!(request.state, ConsultationState::New | ConsultationState::Triaged) {
            return Err(request.wrong_state());
        }
        let roles = facts.list::<PractitionerRole>(Need::all(Index::RolesOfDoctor, self.doctor_id))?;
        if !roles.iter().any(|role| role.clinic_id == request.clinic_id && role.active && role.listed) {
            return Err(Refusal::NotFound { kind: Kind::Doctor }.into());
        }
        request.assigned = Some(self.doctor_id);
        Ok(vec![Change::put(request.into_state(ConsultationState::Triaged, by, cx.now))])
    }
}
