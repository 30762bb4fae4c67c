//! Reading notices.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Notice;
use crate::{Actor, Change, Context, Facts, Halt, Kind, Need, NoticeId, Refusal, Rule};

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

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let Actor::Account(account) = cx.actor else { return Err(Refusal::NotAllowed.into()) };
        facts.want(self.notice_ids.iter().map(|id| Need::record::<Notice>(*id)))?;
        let mut changes = Vec::new();
        for id in &self.notice_ids {
            let notice: Notice = facts.get(*id)?;
            if notice.account_id != account {
                return Err(Refusal::NotFound { kind: Kind::Notice }.into());
            }
            if notice.read_at.is_none() {
                changes.push(Change::put(Notice { read_at: Some(cx.now), ..notice }));
            }
        }
        Ok(changes)
    }
}
