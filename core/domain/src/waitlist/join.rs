//! Joining and leaving a waitlist.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Change, Context, Facts, Halt, PatientId, Refusal, RoleId, Rule, VisitTypeId, WaitlistId, waitlist::Wish,
};

/// Waits for a time with this role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct JoinWaitlist {
    #[garde(skip)]
    pub waitlist_id: WaitlistId,
    #[garde(skip)]
    pub patient_id: PatientId,
    #[garde(skip)]
    pub role_id: RoleId,
    #[garde(skip)]
    pub visit_type_id: VisitTypeId,
    #[garde(dive)]
    pub wish: Wish,
}

impl Rule for JoinWaitlist {
    const NAME: &'static str = "waitlist.join";

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

/// Waits no more; a time on offer is given back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct LeaveWaitlist {
    #[garde(skip)]
    pub waitlist_id: WaitlistId,
}

impl Rule for LeaveWaitlist {
    const NAME: &'static str = "waitlist.leave";

    fn lane(&self) -> String {
        format!("waitlist:{}", self.waitlist_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.waitlist_id.0]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}
