//! Offering a time in answer to a request.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Consultation, ConsultationState};
use crate::{
    AppointmentId, Change, ConsultationId, Context, Facts, Halt, Kind, Refusal, RoleId, Rule, VisitTypeId,
    access::Party,
    appointments::{
        Appointment, Hold, Origin, State,
        placing::{self, Wanted},
    },
    directory::PractitionerRole,
    waitlist::offer::offer_ends,
};

/// Holds a time with the role and offers it to the patient.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct OfferConsultation {
    #[garde(skip)]
    pub consultation_id: ConsultationId,
    #[garde(skip)]
    pub appointment_id: AppointmentId,
    #[garde(skip)]
    pub role_id: RoleId,
    #[garde(skip)]
    pub visit_type_id: VisitTypeId,
    #[garde(skip)]
    pub start: Timestamp,
}

impl Rule for OfferConsultation {
    const NAME: &'static str = "consultations.offer";

    fn lane(&self) -> String {
        format!("consultation:{}", self.consultation_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.consultation_id.0, self.role_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let request: Consultation = facts.get(self.consultation_id)?;
        let by: Party = request.staff_party(facts, cx)?;
        if !matches!(request.state, ConsultationState::New | ConsultationState::Triaged) {
            return Err(request.wrong_state());
        }
        let role: PractitionerRole = facts.get(self.role_id)?;
        let own = by != Party::Doctor || request.assigned == Some(role.doctor_id);
        if role.clinic_id != request.clinic_id || !own {
            return Err(Refusal::NotFound { kind: Kind::PractitionerRole }.into());
        }
        if facts.is_taken::<Appointment>(cx, self.appointment_id)? {
            return Err(Refusal::AlreadyExists { kind: Kind::Appointment }.into());
        }
        let wanted = Wanted {
            appointment_id: self.appointment_id,
            patient_id: request.patient_id,
            role_id: self.role_id,
            visit_type_id: self.visit_type_id,
            start: self.start,
            by,
            moving: None,
        };
        let placed = placing::place(facts, cx, &wanted)?;
        let origin = Origin::Consultation { consultation_id: request.id };
        let mut visit = placed.appointment(cx, &wanted, State::Held, origin);
        let expires_at = offer_ends(cx.now, self.start, &placed.clinic);
        visit.hold = Some(Hold { expires_at, token_hash: None });
        let mut request = request.into_state(ConsultationState::Offered, by, cx.now);
        request.assigned = Some(placed.role.doctor_id);
        request.appointment_id = Some(visit.id);
        request.offer_expires_at = Some(expires_at);
        Ok(placed.cleared.into_iter().chain([Change::put(visit), Change::put(request)]).collect())
    }
}
