//! Reading notices.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Change, Context, Facts, Halt, NoticeId, Refusal, Rule};

/// These notices were seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct MarkNoticesRead {
    #[garde(length(min = 1, max = 200))]
    pub notice_ids: Vec<NoticeId>,
}

impl Rule for MarkNoticesRead {
    const NAME: &'static str = "notices.mark_read";

    fn lane(&self) -> String {
        "account".into()
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}
