//! A patient's medical history: conditions, allergies, medication, and what else belongs there. All of it sealed; the server
//! sees that there is an entry, who wrote it when, and its size.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AccountId, HistoryId, Kind, Stored, VaultId,
    access::Scope,
    blob::Blob,
    record::{Index, IndexKey, sort_key},
};

/// One entry. Its content is a sealed field (`history`, `content`) at this id, by `author`, as `revision`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HistoryEntry {
    pub id: HistoryId,
    pub vault_id: VaultId,
    pub author: AccountId,
    pub revision: u64,
    pub content: Blob,
    pub created_at: Timestamp,
    pub written_at: Timestamp,
}

/// What the sealed field of an entry is called in its place.
pub const FIELD: &str = "content";

impl Stored for HistoryEntry {
    const KIND: Kind = Kind::HistoryEntry;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Vault(self.vault_id)]
    }

    fn index_keys(&self) -> Vec<IndexKey> {
        vec![IndexKey::new(Index::HistoryOfVault, self.vault_id, sort_key(self.created_at))]
    }
}

pub mod content;
pub mod remove;
pub mod write;
