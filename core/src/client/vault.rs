//! Sealed content for apps: reading and writing a history, and the words that let a new device in.

use jiff::Timestamp;
use mediconnect_domain::{
    AccountId, CommandId, DoctorId, HistoryId, PatientId,
    fetch::keys::{KeysOfDoctor, KeysOfVault},
    history::{content::Content, remove::RemoveHistory},
};
use zeroize::Zeroizing;

use super::{Client, FetchError, SubmitError};
use crate::{
    Records, StoreError,
    vault::{RecoverError, VaultError, Vaults, WordsState, history_of},
};

impl From<SubmitError> for VaultError {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Refused(refusal) => Self::Refused(refusal),
            SubmitError::Store(error) => Self::Store(error),
        }
    }
}

impl From<FetchError> for VaultError {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::Store(error) => Self::Store(error),
            FetchError::Problem(problem) => match problem.refusal.clone() {
                Some(refusal) => Self::Refused(refusal),
                None => Self::Offline,
            },
            FetchError::Offline | FetchError::SessionEnded | FetchError::Malformed(_) => Self::Offline,
        }
    }
}

impl Client {
    /// Several reads of one moment, with what this device can open. What was opened is kept in memory for the next time.
    pub fn read_sealed<R>(
        &self,
        view: impl FnOnce(&Records, &Vaults) -> Result<R, StoreError>,
    ) -> Result<R, StoreError> {
        let open = self.account_open()?;
        open.store.read(|records| view(records, &open.vaults))
    }

    /// Seals content as a new entry of a patient's history, or as the next form of the entry of this id, and queues it.
    pub fn write_history(
        &self,
        patient: PatientId,
        entry: Option<HistoryId>,
        content: &Content,
    ) -> Result<HistoryId, VaultError> {
        let (open, now) = (self.account_open()?, self.now());
        let entry = entry.unwrap_or_else(|| HistoryId(self.new_id()));
        let command =
            open.store.read(|records| Ok(open.vaults.write(records, patient, entry, content, now)))??;
        self.submit(command)?;
        Ok(entry)
    }

    /// Seals content in the place of a command that the server refused.
    pub fn rewrite_history(
        &self,
        old: CommandId,
        (patient, entry): (PatientId, HistoryId),
        content: &Content,
    ) -> Result<(), VaultError> {
        let (open, now) = (self.account_open()?, self.now());
        let command =
            open.store.read(|records| Ok(open.vaults.write(records, patient, entry, content, now)))??;
        self.replace(old, command)?;
        Ok(())
    }

    /// Takes an entry out of a patient's history.
    pub fn remove_history(&self, patient: PatientId, entry_id: HistoryId) -> Result<(), SubmitError> {
        self.submit(RemoveHistory { entry_id, vault_id: history_of(patient) }).map(drop)
    }

    /// Lets a doctor read all of a patient's history until then. Once the doctor's keys were fetched it works offline too.
    /// Answers the doctor's account.
    pub async fn share_history(
        &self,
        patient: PatientId,
        doctor_id: DoctorId,
        until: Option<Timestamp>,
    ) -> Result<AccountId, VaultError> {
        let found = self.fetch(KeysOfDoctor { doctor_id }).await?;
        let open = self.account_open()?;
        let keys = found.answer.items.first().ok_or(VaultError::NoRecipient)?;
        open.vaults.learn(keys)?;
        let (to, now) = (keys.account_id, self.now());
        let command =
            open.store.read(|records| Ok(open.vaults.share(records, patient, (to, until), now)))??;
        self.submit(command)?;
        Ok(to)
    }

    /// Ends that somebody reads a patient's history. What they read before they may remember.
    pub async fn withdraw_history(&self, patient: PatientId, from: AccountId) -> Result<(), VaultError> {
        let (open, now) = (self.account_open()?, self.now());
        let withdraw = || open.store.read(|records| Ok(open.vaults.withdraw(records, patient, from, now)));
        let command = match withdraw()? {
            // Those who stay get new keys, so theirs must be here.
            Err(VaultError::NotFetched { .. }) => {
                let found = self.fetch(KeysOfVault { vault_id: history_of(patient) }).await?;
                found.answer.items.iter().try_for_each(|keys| match open.vaults.learn(keys) {
                    // Put out as well.
                    Err(VaultError::KeyChanged { .. }) => Ok(()),
                    learnt => learnt,
                })?;
                withdraw()?
            }
            command => command,
        };
        self.submit(command?)?;
        Ok(())
    }

    /// Where the recovery words are.
    pub fn words_state(&self) -> Result<WordsState, StoreError> {
        Ok(self.account_open()?.vaults.words_state())
    }

    /// The recovery words, 24 with a blank between them, as long as they wait to be written down.
    pub fn recovery_words(&self) -> Result<Option<Zeroizing<String>>, VaultError> {
        self.account_open()?.vaults.words()
    }

    /// The person has written the words down: from now on they are not on this device.
    pub fn words_are_saved(&self) -> Result<(), VaultError> {
        self.account_open()?.vaults.forget_words()?;
        self.inner.signals.fire_keys();
        Ok(())
    }

    /// Lets this device in with the recovery words. Reading works at once; the server is told with the next push.
    pub fn recover(&self, words: &str) -> Result<(), RecoverError> {
        let open = self.account_open().map_err(VaultError::from)?;
        let command = open.store.read(|records| Ok(open.vaults.recover(records, words)));
        let command = command.map_err(VaultError::from)??;
        self.submit(command).map_err(VaultError::from)?;
        Ok(())
    }

    /// The person has made sure that somebody's changed keys are right.
    pub fn acknowledge_keys(&self, account: AccountId) -> Result<(), VaultError> {
        self.account_open()?.vaults.acknowledge(account)
    }
}
