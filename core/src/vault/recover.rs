//! The recovery key: 24 words on paper that let a new device in.
//!
//! It is made with the account's keys. Until the person says that the words are written down it lies in this device's keychain;
//! from then on it is nowhere but on paper. Whoever lost the paper makes a new one.

use std::sync::atomic::Ordering;

use mediconnect_crypto::{
    public::{DeviceList, MemberKind},
    secret::{RecoveryError, RecoveryKey},
};
use mediconnect_domain::keys::change::ChangeKeys;
use zeroize::Zeroizing;

use super::{
    VaultError, Vaults,
    own::{member_keys, unwrapped, wrapped},
};
use crate::{Records, store::lock};

/// Where the recovery words are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WordsState {
    /// On this device, and nobody has said that they are written down.
    Unsaved,
    /// Not on this device: on paper, or with the device that made them.
    #[default]
    NotHere,
}

/// Why recovery words do not let this device in.
#[derive(Debug, thiserror::Error)]
pub enum RecoverError {
    #[error(transparent)]
    Words(#[from] RecoveryError),
    /// They are a recovery key, but not this account's, or one that was replaced.
    #[error("these are not the words of this account")]
    AnotherAccount,
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl Vaults {
    /// Whether the words wait to be written down.
    pub fn words_state(&self) -> WordsState {
        *lock(&self.words)
    }

    /// The words, as long as they wait to be written down.
    pub(crate) fn words(&self) -> Result<Option<Zeroizing<String>>, VaultError> {
        Ok(self.unsaved_key()?.map(|key| key.to_words()))
    }

    /// Forgets words that open nothing: another device was faster in making the account's keys, and this one's recovery key was
    /// never admitted. Asks the keychain once.
    pub(super) fn forget_empty_words(&self, list: &DeviceList) -> Result<(), VaultError> {
        if self.words_state() == WordsState::NotHere || self.words_hold.load(Ordering::SeqCst) {
            return Ok(());
        }
        let Some(key) = self.unsaved_key()? else { return Ok(()) };
        let member = member_keys(self.installation()?, self.account, MemberKind::RecoveryKey, &key.secret());
        match list.member(member.public().id) {
            Some(_) => self.words_hold.store(true, Ordering::SeqCst),
            None => self.forget_words()?,
        }
        Ok(())
    }

    /// The command by which the recovery key lets this device in. Until the server takes it, this device reads and seals by
    /// it already.
    pub(crate) fn recover(&self, records: &Records, words: &str) -> Result<ChangeKeys, RecoverError> {
        let key = RecoveryKey::from_words(words)?;
        let (ring, list) = self.own_list(records)?;
        let recovery =
            member_keys(self.installation()?, self.account, MemberKind::RecoveryKey, &key.secret());
        let secrets = match list.member(recovery.public().id) {
            Some(_) => unwrapped(&ring, &list, &recovery)?,
            None => return Err(RecoverError::AnotherAccount),
        };
        let device = self.device_keys()?;
        let entry = secrets.admit(&list, &recovery, device.keys.public().clone());
        let list = list.append(&entry).map_err(VaultError::from)?;
        let (wraps, sealed) = wrapped(&secrets, &list, &mut self.rng())?;
        Ok(ChangeKeys { entry: entry.into(), wraps, secrets: sealed.into() })
    }
}
