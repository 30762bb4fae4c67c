//! Entries of a history as they are shown: opened once, kept in memory, wiped when they go.

use std::{collections::HashSet, sync::Arc};

use jiff::Timestamp;
use mediconnect_crypto::{
    DecodeError,
    public::{RecordPlace, SealedRecord},
    secret::RecordError,
    suite::FormatError,
};
use mediconnect_domain::{
    AccountId, HistoryId, Kind, Need, Row, VaultId,
    history::{self, HistoryEntry, content::Content},
    record::Index,
};
use uuid::Uuid;
use zeroize::{Zeroize, Zeroizing};

use super::{VaultError, Vaults, open::OpenVault};
use crate::{Records, StoreError, store::lock};

/// An entry of a vault.
#[derive(Clone, Debug)]
pub struct Entry {
    pub id: HistoryId,
    pub author: AccountId,
    pub revision: u64,
    pub written_at: Timestamp,
    pub opened: Arc<Opened>,
}

/// What came of opening an entry.
#[derive(Debug)]
pub enum Opened {
    Content {
        content: Content,
        /// All that somebody typed, in small letters.
        words: String,
    },
    Unreadable(Unreadable),
}

/// Why an entry cannot be read here. It is shown as such; others are not affected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is from a time that was not shared with this account.
    NotShared,
    /// It is not what its author sealed: damaged, or meddled with.
    Altered,
    /// An older form than one that was here before.
    Older,
    /// A newer version of the app wrote it.
    Newer,
}

impl Drop for Opened {
    fn drop(&mut self) {
        let Self::Content { content, words } = self else { return };
        words.zeroize();
        content.wipe();
    }
}

/// An opened entry, and the text of the record it was opened from.
pub(super) struct Kept {
    vault: VaultId,
    body: Arc<str>,
    entry: Entry,
}

impl Kept {
    fn is_readable(&self) -> bool {
        matches!(*self.entry.opened, Opened::Content { .. })
    }
}

impl Vaults {
    /// All entries of a vault, the first written first. Only those that have changed since the last call are opened.
    pub fn entries(
        &self,
        records: &Records,
        vault: VaultId,
        now: Timestamp,
    ) -> Result<Vec<Entry>, VaultError> {
        let open = self.vault(records, vault, now)?;
        let rows = records.rows(&Need::all(Index::HistoryOfVault, vault))?;
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows.iter().filter(|row| row.kind == Kind::HistoryEntry) {
            entries.extend(self.entry(records, &open, row)?);
        }
        Ok(entries)
    }

    fn entry(&self, records: &Records, vault: &OpenVault, row: &Row) -> Result<Option<Entry>, StoreError> {
        let id = HistoryId(row.id);
        if let Some(kept) = lock(&self.entries).get(&id)
            && kept.body == row.body
        {
            return Ok(Some(kept.entry.clone()));
        }
        let Some(record) = row.read::<HistoryEntry>() else { return Ok(None) };
        let opened = match record.revision < records.seen_revision(id)? {
            true => Opened::Unreadable(Unreadable::Older),
            false => self.open(vault, &record),
        };
        let HistoryEntry { author, revision, written_at, .. } = record;
        let entry = Entry { id, author, revision, written_at, opened: Arc::new(opened) };
        lock(&self.entries)
            .insert(id, Kept { vault: vault.id(), body: row.body.clone(), entry: entry.clone() });
        Ok(Some(entry))
    }

    /// The vault opens anew: what could not be read before may be readable now.
    pub(super) fn look_again(&self, vault: VaultId) {
        lock(&self.entries).retain(|_, kept| kept.vault != vault || kept.is_readable());
    }

    /// Forgets what was opened of vaults that are open no longer, and of entries that are gone.
    pub(super) fn forget_closed(&self, records: &Records, now: Timestamp) -> Result<(), StoreError> {
        let vaults: Vec<VaultId> = lock(&self.open).keys().copied().collect();
        for id in vaults {
            let rows = match self.vault(records, id, now) {
                Ok(_) => records.rows(&Need::all(Index::HistoryOfVault, id))?,
                Err(_) => Vec::new(),
            };
            let there: HashSet<Uuid> = rows.iter().map(|row| row.id).collect();
            lock(&self.entries).retain(|entry, kept| kept.vault != id || there.contains(&entry.0));
        }
        Ok(())
    }

    /// Opens one form of an entry.
    pub(super) fn open(&self, vault: &OpenVault, record: &HistoryEntry) -> Opened {
        match self.open_content(vault, record) {
            Ok(content) => {
                let words = content.texts().map(str::to_lowercase).collect::<Vec<_>>().join("\n");
                Opened::Content { content, words }
            }
            Err(why) => Opened::Unreadable(why),
        }
    }

    fn open_content(&self, vault: &OpenVault, record: &HistoryEntry) -> Result<Content, Unreadable> {
        let bytes = self.open_bytes(vault, record)?;
        Content::read(&bytes).map_err(|_| Unreadable::Newer)
    }

    pub(super) fn open_bytes(
        &self,
        vault: &OpenVault,
        record: &HistoryEntry,
    ) -> Result<Zeroizing<Vec<u8>>, Unreadable> {
        let sealed = SealedRecord::parse(&record.content.0).map_err(why)?;
        let key = vault.epoch_key(sealed.epoch).ok_or(Unreadable::NotShared)?;
        let place = place(vault, record.id, record.revision, record.author);
        key.open(&place, &record.content.0).map_err(|error| match error {
            RecordError::Decode(error) => why(error),
            _ => Unreadable::Altered,
        })
    }
}

fn why(error: DecodeError) -> Unreadable {
    use FormatError::{SuiteFromTheFuture, VersionFromTheFuture};
    match error {
        DecodeError::Format(VersionFromTheFuture { .. } | SuiteFromTheFuture { .. }) => Unreadable::Newer,
        _ => Unreadable::Altered,
    }
}

/// Where an entry's content belongs.
pub(super) fn place(vault: &OpenVault, id: HistoryId, revision: u64, author: AccountId) -> RecordPlace {
    RecordPlace {
        installation: vault.log.installation(),
        vault: vault.log.vault(),
        kind: Kind::HistoryEntry.name().into(),
        field: history::FIELD.into(),
        id: id.0.into(),
        revision,
        author: author.0.into(),
    }
}
