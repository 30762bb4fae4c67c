//! Asking a clinic.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Change, ClinicId, ConsultationId, Context, Facts, Halt, PatientId, Refusal, Rule,
    consultations::ConsultationWish,
};

/// A new request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct OpenConsultation {
    #[garde(skip)]
    pub consultation_id: ConsultationId,
    #[garde(skip)]
    pub patient_id: PatientId,
    #[garde(skip)]
    pub clinic_id: ClinicId,
    #[garde(dive)]
    pub wish: ConsultationWish,
}

impl Rule for OpenConsultation {
    const NAME: &'static str = "consultations.open";

    fn lane(&self) -> String {
        format!("booking:{}", self.patient_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.patient_id.0]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}
