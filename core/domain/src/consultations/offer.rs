//! Offering a time in answer to a request.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AppointmentId, Change, ConsultationId, Context, Facts, Halt, Refusal, RoleId, Rule, VisitTypeId,
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

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}
