//! Time away.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Change, Context, DoctorId, Facts, Halt, LeaveId, Refusal, RoleId, Rule, Zone, scheduling::LeaveReason,
    scheduling::rules::LeaveTime,
};

/// Takes time out of the schedule. Visits already booked stay until somebody decides about each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct AddLeave {
    #[garde(skip)]
    pub leave_id: LeaveId,
    #[garde(skip)]
    pub doctor_id: DoctorId,
    #[garde(skip)]
    pub role_id: Option<RoleId>,
    #[garde(dive)]
    pub time: LeaveTime,
    #[garde(skip)]
    pub zone: Zone,
    #[garde(skip)]
    pub reason: LeaveReason,
}

impl Rule for AddLeave {
    const NAME: &'static str = "scheduling.add_leave";

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

/// Gives the time back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct RemoveLeave {
    #[garde(skip)]
    pub leave_id: LeaveId,
}

impl Rule for RemoveLeave {
    const NAME: &'static str = "scheduling.remove_leave";

    fn lane(&self) -> String {
        format!("leave:{}", self.leave_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.leave_id.0]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}
