//! Letting an account act for a patient, and ending that.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Change, Context, Facts, Halt, LinkId, PatientId, Refusal, Rule, profiles::Permission};

/// Lets the account with this e-mail address act for the patient.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct GrantCaregiver {
    #[garde(skip)]
    pub link_id: LinkId,
    #[garde(skip)]
    pub patient_id: PatientId,
    #[garde(email, length(max = 254))]
    pub email: String,
    #[garde(length(min = 1, max = 3))]
    pub permissions: Vec<Permission>,
    #[garde(skip)]
    pub expires_at: Option<Timestamp>,
}

impl Rule for GrantCaregiver {
    const NAME: &'static str = "profiles.grant_caregiver";

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

/// Ends a link at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct RevokeLink {
    #[garde(skip)]
    pub link_id: LinkId,
}

impl Rule for RevokeLink {
    const NAME: &'static str = "profiles.revoke_link";

    fn lane(&self) -> String {
        format!("link:{}", self.link_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.link_id.0]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}

/// A link that ran out (server only).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct ExpireLink {
    #[garde(skip)]
    pub link_id: LinkId,
}

impl Rule for ExpireLink {
    const NAME: &'static str = "profiles.expire_link";

    fn lane(&self) -> String {
        format!("link:{}", self.link_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.link_id.0]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}
