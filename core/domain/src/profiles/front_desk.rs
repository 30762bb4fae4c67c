//! The front desk: patients who call or walk in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Change, ClinicId, Context, Facts, Halt, PatientId, Refusal, Rule, profiles::Profile};

/// A patient without an account, known to the clinic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct RegisterPatient {
    #[garde(skip)]
    pub patient_id: PatientId,
    #[garde(skip)]
    pub clinic_id: ClinicId,
    #[garde(dive)]
    pub profile: Profile,
}

impl Rule for RegisterPatient {
    const NAME: &'static str = "profiles.register";

    fn lane(&self) -> String {
        format!("patient:{}", self.patient_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.patient_id.0]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}

/// Two files of one person become one: visits, requests and links move to the kept file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct MergePatients {
    #[garde(skip)]
    pub kept: PatientId,
    #[garde(skip)]
    pub merged: PatientId,
}

impl Rule for MergePatients {
    const NAME: &'static str = "profiles.merge";

    fn lane(&self) -> String {
        format!("patient:{}", self.kept)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.kept.0, self.merged.0]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}
