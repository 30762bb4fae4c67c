//! Verification of doctors.
//!
//! registered → submitted → verified | rejected (may resubmit); verified ⇄ suspended; removed keeps the past.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Change, ClinicId, Context, DoctorId, Facts, Halt, Refusal, Rule, directory::License, valid};

/// The doctor hands in the license and names the clinics they want to work at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct SubmitForVerification {
    #[garde(skip)]
    pub doctor_id: DoctorId,
    #[garde(dive)]
    pub license: License,
    #[garde(length(min = 1, max = 20))]
    pub clinics: Vec<ClinicId>,
}

impl Rule for SubmitForVerification {
    const NAME: &'static str = "directory.submit";

    fn lane(&self) -> String {
        format!("doctor:{}", self.doctor_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.doctor_id.0]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}

/// An admin has checked the license. The doctor is listed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct VerifyDoctor {
    #[garde(skip)]
    pub doctor_id: DoctorId,
}

impl Rule for VerifyDoctor {
    const NAME: &'static str = "directory.verify";

    fn lane(&self) -> String {
        format!("doctor:{}", self.doctor_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.doctor_id.0]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}

/// An admin turns the submission down; the doctor reads why and may resubmit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct RejectDoctor {
    #[garde(skip)]
    pub doctor_id: DoctorId,
    #[garde(length(chars, max = 500), custom(valid::line))]
    pub reason: String,
}

impl Rule for RejectDoctor {
    const NAME: &'static str = "directory.reject";

    fn lane(&self) -> String {
        format!("doctor:{}", self.doctor_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.doctor_id.0]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}

/// Takes a verified doctor out of the directory; no new bookings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct SuspendDoctor {
    #[garde(skip)]
    pub doctor_id: DoctorId,
    #[garde(length(chars, max = 500), custom(valid::line))]
    pub reason: String,
}

impl Rule for SuspendDoctor {
    const NAME: &'static str = "directory.suspend";

    fn lane(&self) -> String {
        format!("doctor:{}", self.doctor_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.doctor_id.0]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}

/// Lists a suspended doctor again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct ReinstateDoctor {
    #[garde(skip)]
    pub doctor_id: DoctorId,
}

impl Rule for ReinstateDoctor {
    const NAME: &'static str = "directory.reinstate";

    fn lane(&self) -> String {
        format!("doctor:{}", self.doctor_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.doctor_id.0]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}

/// Ends all roles; past visits keep the name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct RemoveDoctor {
    #[garde(skip)]
    pub doctor_id: DoctorId,
    #[garde(length(chars, max = 500), custom(valid::line))]
    pub reason: String,
}

impl Rule for RemoveDoctor {
    const NAME: &'static str = "directory.remove";

    fn lane(&self) -> String {
        format!("doctor:{}", self.doctor_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.doctor_id.0]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}
