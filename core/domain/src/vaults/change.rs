//! Letting someone into a vault, and out of it again.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::as_member;
use crate::{
    Change, Context, Facts, Halt, Kind, Refusal, Rule, VaultId,
    blob::Blob,
    keys::{KeyRing, refused},
};

/// Adds an entry to a vault's member log, with the grants that it announces: one unit, taken or refused whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct ChangeVault {
    #[garde(skip)]
    pub vault_id: VaultId,
    #[garde(dive)]
    pub entry: Blob,
    #[garde(length(max = 200), dive)]
    pub grants: Vec<Blob>,
}

impl Rule for ChangeVault {
    const NAME: &'static str = "vaults.change";

    fn lane(&self) -> String {
        format!("vault:{}", self.vault_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.vault_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let (mut vault, account) = as_member(facts, cx, self.vault_id, Kind::Vault)?;
        if !vault.member(account, cx.now).is_some_and(|member| member.owner) {
            return Err(Refusal::NotAllowed.into());
        }
        if vault.entries.len() >= MAX_ENTRIES {
            return Err(Refusal::TooMany { limit: MAX_ENTRIES as u32 }.into());
        }
        let log = vault.log(facts)?;
        let list = facts.get::<KeyRing>(account)?.list().map_err(refused)?;
        // Most often somebody was faster; the app makes its entry anew on what is there now.
        let log = log.append(&list, &self.entry.0, &self.grants).map_err(|_| Refusal::KeysMoved)?;
        vault.follow(account, &log, &self.entry, &self.grants)?;
        Ok(vec![Change::put(vault)])
    }
}

const MAX_ENTRIES: usize = 1_000;
