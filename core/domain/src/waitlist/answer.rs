//! Answering an offer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Change, Context, Facts, Halt, Refusal, Rule, WaitlistId};

/// Takes the time on offer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct AcceptPlace {
    #[garde(skip)]
    pub waitlist_id: WaitlistId,
}

impl Rule for AcceptPlace {
    const NAME: &'static str = "waitlist.accept";

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

/// Lets the time go to the next and keeps waiting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct PassPlace {
    #[garde(skip)]
    pub waitlist_id: WaitlistId,
}

impl Rule for PassPlace {
    const NAME: &'static str = "waitlist.pass";

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
