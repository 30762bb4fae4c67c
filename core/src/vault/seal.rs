//! Sealing: what somebody wrote becomes a command that shows nothing of it.

use jiff::Timestamp;
use mediconnect_domain::{
    HistoryId, PatientId, VaultId,
    history::{HistoryEntry, content::Content, write::WriteHistory},
    vaults::VaultOf,
};
use zeroize::Zeroizing;

use super::{Opened, VaultError, Vaults, content::place, open::OpenVault};
use crate::Records;

impl Vaults {
    /// The command that stores content as the next form of an entry of the patient's history.
    pub(crate) fn write(
        &self,
        records: &Records,
        patient: PatientId,
        entry: HistoryId,
        content: &Content,
        now: Timestamp,
    ) -> Result<WriteHistory, VaultError> {
        let bytes = Zeroizing::new(content.to_bytes()?);
        let vault = self.vault(records, history_of(patient), now)?;
        let before: Option<HistoryEntry> = records.get(entry)?;
        let revision = before.map_or(0, |before| before.revision) + 1;
        self.seal(&vault, (entry, revision), &bytes)
    }

    /// Seals in the vault's present epoch.
    pub(super) fn seal(
        &self,
        vault: &OpenVault,
        (entry, revision): (HistoryId, u64),
        bytes: &[u8],
    ) -> Result<WriteHistory, VaultError> {
        let key = vault.epoch_key(vault.log.epoch()).ok_or(VaultError::NoVault)?;
        let place = place(vault, entry, revision, self.account);
        let content = key.seal(&place, bytes, &mut self.rng());
        let content = content.map_err(|error| VaultError::Vault(error.to_string()))?;
        Ok(WriteHistory { entry_id: entry, vault_id: vault.id(), content: content.into() })
    }

    /// What a command of this device would write, to be shown where the server refused it.
    pub fn written(
        &self,
        records: &Records,
        command: &WriteHistory,
        now: Timestamp,
    ) -> Result<Opened, VaultError> {
        let vault = self.vault(records, command.vault_id, now)?;
        Ok(self.open(&vault, &self.as_entry(command, now)))
    }

    /// The entry that a command of this account would make.
    pub(super) fn as_entry(&self, command: &WriteHistory, now: Timestamp) -> HistoryEntry {
        let sealed = mediconnect_crypto::public::SealedRecord::parse(&command.content.0);
        HistoryEntry {
            id: command.entry_id,
            vault_id: command.vault_id,
            author: self.account,
            revision: sealed.map_or(0, |sealed| sealed.revision),
            content: command.content.clone(),
            created_at: now,
            written_at: now,
        }
    }
}

pub(crate) fn history_of(patient: PatientId) -> VaultId {
    VaultOf::History { patient_id: patient }.vault()
}
