//! Closing and reopening a patient's file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Patient, PatientStatus, knows};
use crate::{Change, Context, Facts, Halt, Kind, PatientId, Refusal, Rule, access, accounts::Role, valid};

/// Deactivates a file (no new bookings) or reactivates it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct SetPatientActive {
    #[garde(skip)]
    pub patient_id: PatientId,
    #[garde(skip)]
    pub active: bool,
    #[garde(length(chars, max = 300), custom(valid::line))]
    pub reason: String,
}

impl Rule for SetPatientActive {
    const NAME: &'static str = "profiles.set_active";

    fn lane(&self) -> String {
        format!("patient:{}", self.patient_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.patient_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let patient: Patient = facts.get(self.patient_id)?;
        let support = matches!(access::account(facts, cx)?.role, Role::SupportAdmin);
        if !support {
            knows(facts, cx, &patient)?;
        }
        let status = match (patient.status, self.active) {
            (PatientStatus::Active, false) => PatientStatus::Deactivated,
            (PatientStatus::Deactivated, true) => PatientStatus::Active,
            (PatientStatus::Active, true) => return Err(wrong_state("active")),
            (PatientStatus::Deactivated, false) => return Err(wrong_state("deactivated")),
            (PatientStatus::Merged, _) => return Err(wrong_state("merged")),
        };
        Ok(vec![Change::put(Patient { status, ..patient })])
    }
}

fn wrong_state(state: &str) -> Halt {
    Refusal::WrongState { kind: Kind::Patient, state: state.into() }.into()
}
