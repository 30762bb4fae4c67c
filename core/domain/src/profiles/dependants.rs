//! People one cares for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Change, Context, Facts, Halt, LinkId, PatientId, Refusal, Rule, profiles::Profile};

/// A new patient for whom the account is guardian.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct AddDependant {
    #[garde(skip)]
    pub patient_id: PatientId,
    #[garde(skip)]
    pub link_id: LinkId,
    #[garde(dive)]
    pub profile: Profile,
}

impl Rule for AddDependant {
    const NAME: &'static str = "profiles.add_dependant";

    fn lane(&self) -> String {
        "account".into()
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.patient_id.0]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}
