//! Opening an account: a patient for themself, a doctor who registers. Sign-up on the server submits these.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AccountId, Change, Context, DoctorId, Facts, Halt, LinkId, PatientId, Refusal, Rule, Zone,
    settings::Language, valid,
};

/// A person signs up and becomes their own patient.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct OpenPatientAccount {
    #[garde(skip)]
    pub account_id: AccountId,
    #[garde(skip)]
    pub patient_id: PatientId,
    #[garde(skip)]
    pub link_id: LinkId,
    #[garde(length(chars, max = 120), custom(valid::line))]
    pub name: String,
    #[garde(email, length(max = 254))]
    pub email: String,
    #[garde(skip)]
    pub language: Language,
    #[garde(skip)]
    pub zone: Zone,
}

impl Rule for OpenPatientAccount {
    const NAME: &'static str = "accounts.open_patient";

    fn lane(&self) -> String {
        format!("account:{}", self.account_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.account_id.0, self.patient_id.0]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}

/// A doctor registers; nothing is public until an admin has verified them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct OpenDoctorAccount {
    #[garde(skip)]
    pub account_id: AccountId,
    #[garde(skip)]
    pub doctor_id: DoctorId,
    #[garde(length(chars, max = 120), custom(valid::line))]
    pub name: String,
    #[garde(email, length(max = 254))]
    pub email: String,
    #[garde(skip)]
    pub language: Language,
    #[garde(skip)]
    pub zone: Zone,
}

impl Rule for OpenDoctorAccount {
    const NAME: &'static str = "accounts.open_doctor";

    fn lane(&self) -> String {
        format!("account:{}", self.account_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.account_id.0, self.doctor_id.0]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}
