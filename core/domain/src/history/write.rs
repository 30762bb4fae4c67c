//! Writing an entry, or a new form of one.

use mediconnect_crypto::public::SealedRecord;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::HistoryEntry;
use crate::{
    Change, Context, Facts, Halt, HistoryId, Kind, Refusal, Rule, VaultId, blob::Blob, keys::refused,
    vaults::as_member,
};

/// Stores sealed content at its place. It must be sealed by who sends it, in the vault's present epoch, as the next revision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct WriteHistory {
    #[garde(skip)]
    pub entry_id: HistoryId,
    #[garde(skip)]
    pub vault_id: VaultId,
    #[garde(dive)]
    pub content: Blob,
}

impl Rule for WriteHistory {
    const NAME: &'static str = "history.write";

    fn lane(&self) -> String {
        format!("vault:{}", self.vault_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.vault_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let (vault, account) = as_member(facts, cx, self.vault_id, Kind::Vault)?;
        let before = facts.find::<HistoryEntry>(self.entry_id)?;
        if before.as_ref().is_some_and(|before| before.vault_id != self.vault_id) {
            return Err(Refusal::AlreadyExists { kind: Kind::HistoryEntry }.into());
        }
        let sealed = SealedRecord::parse(&self.content.0).map_err(refused)?;
        if sealed.author != account.0.into() {
            return Err(Refusal::KeysRefused.into());
        }
        if sealed.epoch != vault.epoch {
            return Err(Refusal::KeysMoved.into());
        }
        let revision = before.as_ref().map_or(0, |before| before.revision) + 1;
        if sealed.revision != revision {
            return Err(Refusal::EditedMeanwhile.into());
        }
        Ok(vec![Change::put(HistoryEntry {
            id: self.entry_id,
            vault_id: self.vault_id,
            author: account,
            revision,
            content: self.content.clone(),
            created_at: before.map_or(cx.now, |before| before.created_at),
            written_at: cx.now,
        })])
    }
}
