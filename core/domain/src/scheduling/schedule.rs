//! Changing when a role can be booked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Change, Context, Facts, Halt, Refusal, RoleId, Rule, scheduling::rules::Rules};

/// The rules of a role, as edited. Visits already booked stay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct SaveSchedule {
    #[garde(skip)]
    pub role_id: RoleId,
    #[garde(dive)]
    pub rules: Rules,
}

impl Rule for SaveSchedule {
    const NAME: &'static str = "scheduling.save";

    fn lane(&self) -> String {
        format!("role:{}", self.role_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.role_id.0]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}
