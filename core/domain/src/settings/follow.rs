//! Keeping a doctor at hand.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Change, Context, DoctorId, Facts, Halt, Refusal, Rule};

/// Keeps the doctor's times on this account's devices. Of those only viewed, the twelve latest stay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct FollowDoctor {
    #[garde(skip)]
    pub doctor_id: DoctorId,
    #[garde(skip)]
    pub favourite: bool,
}

impl Rule for FollowDoctor {
    const NAME: &'static str = "settings.follow";

    fn lane(&self) -> String {
        "settings".into()
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}

/// No longer kept at hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct UnfollowDoctor {
    #[garde(skip)]
    pub doctor_id: DoctorId,
}

impl Rule for UnfollowDoctor {
    const NAME: &'static str = "settings.unfollow";

    fn lane(&self) -> String {
        "settings".into()
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}
