//! Changing a patient's file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Change, Context, Facts, Halt, PatientId, Refusal, Rule, profiles::Profile};

/// The whole profile, as edited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct UpdateProfile {
    #[garde(skip)]
    pub patient_id: PatientId,
    #[garde(dive)]
    pub profile: Profile,
}

impl Rule for UpdateProfile {
    const NAME: &'static str = "profiles.update";

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
