//! Taking an entry out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::HistoryEntry;
use crate::{Change, Context, Facts, Halt, HistoryId, Kind, Refusal, Rule, VaultId, vaults::as_member};

/// Removes an entry: the vault's owners any, others their own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct RemoveHistory {
    #[garde(skip)]
    pub entry_id: HistoryId,
    #[garde(skip)]
    pub vault_id: VaultId,
}

impl Rule for RemoveHistory {
    const NAME: &'static str = "history.remove";

    fn lane(&self) -> String {
        format!("vault:{}", self.vault_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.vault_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let (vault, account) = as_member(facts, cx, self.vault_id, Kind::HistoryEntry)?;
        let entry: HistoryEntry = facts.get(self.entry_id)?;
        if entry.vault_id != vault.id {
            return Err(Refusal::NotFound { kind: Kind::HistoryEntry }.into());
        }
        let owner = vault.member(account, cx.now).is_some_and(|member| member.owner);
        if !owner && entry.author != account {
            return Err(Refusal::NotAllowed.into());
        }
        Ok(vec![Change::Remove { kind: Kind::HistoryEntry, id: entry.id.0 }])
    }
}
