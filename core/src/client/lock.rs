//! The app's own lock: a PIN that opens what this device holds of an account.
//!
//! While an account is locked its store is closed and its key is not in memory; nothing of it can be read, and nothing is
//! synced. The store's key lies sealed (see [`mediconnect_crypto::sealed_file`]: Argon2id) under the PIN *and* a secret from the
//! keychain, and in the keychain itself no more: whoever copies the app's folder has nothing to try PINs on. The
//! account is locked at every start.
//!
//! Wrong PINs are counted on the device before they are compared, so that ending the app gives no further try. After the
//! third each makes the next wait longer, and the last takes the account off the device; see [`wait_after`] and [`TRIES`].
//! A device whose PIN is forgotten is wiped ([`Client::wipe_locked`]) and signed in anew.

use std::sync::PoisonError;

use jiff::{SignedDuration, Timestamp};
use mediconnect_crypto::sealed_file;
use mediconnect_domain::AccountId;
use mediconnect_records::Key;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::{Client, OpenError, Session};
use crate::{
    StoreError, SyncState,
    keychain::{KeyBytes, KeychainError},
    store::LockRow,
};

/// Wrong PINs in a row after which the account is taken off the device.
pub const TRIES: u32 = 10;

/// How long the next try has to wait after so many wrong ones.
pub fn wait_after(wrong: u32) -> SignedDuration {
    match wrong {
        0..=2 => SignedDuration::ZERO,
        3 => SignedDuration::from_secs(30),
        4 => SignedDuration::from_mins(1),
        5 => SignedDuration::from_mins(5),
        6 => SignedDuration::from_mins(15),
        _ => SignedDuration::from_mins(30),
    }
}

/// Four to eight digits that are not the first ones anybody tries.
#[derive(Clone, Debug)]
pub struct Pin(SecretString);

/// Why something cannot be a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAPin {
    #[error("a PIN has four to eight digits")]
    Form,
    #[error("all digits are the same, or they count up or down")]
    TooEasy,
}

impl Pin {
    pub fn new(text: &str) -> Result<Self, NotAPin> {
        let digits = text.as_bytes();
        if !(4..=8).contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
            return Err(NotAPin::Form);
        }
        let steps = |by: i16| digits.windows(2).all(|two| i16::from(two[1]) - i16::from(two[0]) == by);
        match steps(0) || steps(1) || steps(-1) {
            true => Err(NotAPin::TooEasy),
            false => Ok(Self(text.into())),
        }
    }
}

/// How the lock of an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockState {
    /// After so many seconds without a touch the app is to lock itself.
    pub idle_s: u32,
    /// Wrong PINs that are still taken before the account is wiped.
    pub tries_left: u32,
    /// Seconds until the next try.
    pub wait_s: u64,
}

/// Why a PIN did not open.
#[derive(Debug, thiserror::Error)]
pub enum UnlockError {
    /// It is wrong, or came too soon after a wrong one and was not looked at.
    #[error("not opened")]
    NotOpened(LockState),
    /// It was the last try: nothing of the account is on this device any more.
    #[error("the account was taken off this device")]
    Wiped,
    #[error("there is no lock")]
    NotLocked,
    #[error(transparent)]
    Open(#[from] OpenError),
}

impl From<StoreError> for UnlockError {
    fn from(error: StoreError) -> Self {
        Self::Open(error.into())
    }
}

impl From<KeychainError> for UnlockError {
    fn from(error: KeychainError) -> Self {
        Self::Open(error.into())
    }
}

impl Client {
    /// Whether the account in use waits for its PIN.
    pub fn is_locked(&self) -> bool {
        self.locked_account().is_some()
    }

    /// How the lock of the account in use stands, open or not; `None` where it has no PIN.
    pub fn lock_state(&self) -> Result<Option<LockState>, StoreError> {
        let Some(account) = self.inner.registry.current()? else { return Ok(None) };
        Ok(self.inner.registry.lock_of(account)?.map(|row| self.state_of(&row)))
    }

    /// Gives the open account a PIN, in place of the one before. Slow on purpose: not while a screen is drawn.
    pub fn set_pin(&self, pin: &Pin, idle_s: u32) -> Result<(), OpenError> {
        let _turn = self.turn();
        let account = self.account_open()?.account;
        let key = self.key_in_use(account)?;
        let config = &self.inner.config;
        let mut pepper: KeyBytes = Zeroizing::new([0; 32]);
        let (mut salt, mut nonce) = ([0; 16], [0; 24]);
        config.random.fill(pepper.as_mut_slice());
        config.random.fill(&mut salt);
        config.random.fill(&mut nonce);
        let sealed = sealed_file::seal(&passphrase(&pin.0, &pepper), salt, nonce, key.as_slice());
        // Under a name of its own, so that there is no moment in which one lies there and the other does not.
        let name = self.new_id();
        config.keychain.store(&pepper_name(account, &name.to_string()), &pepper)?;
        let before = self.inner.registry.lock_of(account)?;
        let row =
            LockRow { sealed, pepper: name.to_string(), idle_s, wrong: 0, tried_at: Timestamp::UNIX_EPOCH };
        self.inner.registry.set_lock(account, &row)?;
        config.keychain.forget(&account.to_string())?;
        if let Some(before) = before {
            config.keychain.forget(&pepper_name(account, &before.pepper))?;
        }
        *self.inner.key_of_open.lock().unwrap_or_else(PoisonError::into_inner) = Some((account, key));
        Ok(())
    }

    /// After how long without a touch the app is to lock itself.
    pub fn set_idle(&self, idle_s: u32) -> Result<(), StoreError> {
        let _turn = self.turn();
        let account = self.account_open()?.account;
        match self.inner.registry.lock_of(account)? {
            Some(row) => self.inner.registry.set_lock(account, &LockRow { idle_s, ..row }),
            None => Ok(()),
        }
    }

    /// Looks whether this is the PIN of the open account: before it is changed or given up.
    pub fn check_pin(&self, pin: &str) -> Result<(), UnlockError> {
        let _turn = self.turn();
        let account = self.account_open()?.account;
        self.key_behind(account, pin).map(drop)
    }

    /// The account opens without a PIN from now on.
    pub fn remove_pin(&self, pin: &str) -> Result<(), UnlockError> {
        let _turn = self.turn();
        let account = self.account_open()?.account;
        let key = self.key_behind(account, pin)?;
        let config = &self.inner.config;
        config.keychain.store(&account.to_string(), &key)?;
        if let Some(row) = self.inner.registry.lock_of(account)? {
            self.inner.registry.remove_lock(account)?;
            config.keychain.forget(&pepper_name(account, &row.pepper))?;
        }
        Ok(())
    }

    /// Closes the account in use until its PIN is given. Without a PIN nothing happens.
    pub fn lock(&self) -> Result<(), StoreError> {
        let inner = &self.inner;
        let account = self.account_open()?.account;
        if inner.registry.lock_of(account)?.is_none() {
            return Ok(());
        }
        let was = inner.open.write().unwrap_or_else(PoisonError::into_inner).take();
        was.into_iter().for_each(|was| was.vaults.close());
        *inner.key_of_open.lock().unwrap_or_else(PoisonError::into_inner) = None;
        inner.board.reset(SyncState::default());
        inner.signals.fire_all();
        inner.wake.notify_one();
        Ok(())
    }

    /// Opens the account that waits for its PIN. Slow on purpose.
    pub fn unlock(&self, pin: &str) -> Result<Session, UnlockError> {
        let _turn = self.turn();
        let account = self.locked_account().ok_or(UnlockError::NotLocked)?;
        let key = self.key_behind(account, pin)?;
        // Where setting the PIN was cut short, the key still lies there.
        self.inner.config.keychain.forget(&account.to_string())?;
        *self.inner.key_of_open.lock().unwrap_or_else(PoisonError::into_inner) = Some((account, key));
        if let Err(error) = self.open_account(account) {
            *self.inner.key_of_open.lock().unwrap_or_else(PoisonError::into_inner) = None;
            return Err(error.into());
        }
        self.session().ok_or(UnlockError::NotLocked)
    }

    /// Takes the locked account off this device: its PIN is forgotten. What was not sent is lost, and the server does not learn
    /// of it; the session is ended from another device, or by itself after its time.
    pub fn wipe_locked(&self) -> Result<(), UnlockError> {
        let _turn = self.turn();
        let account = self.locked_account().ok_or(UnlockError::NotLocked)?;
        Ok(self.wipe(account)?)
    }

    pub(super) fn locked_account(&self) -> Option<AccountId> {
        if self.account_open().is_ok() {
            return None;
        }
        let account = self.inner.registry.current().ok()??;
        self.inner.registry.lock_of(account).ok()?.map(|_| account)
    }

    /// The key that opens the store of a locked account, as long as it is unlocked.
    pub(super) fn unlocked_key(&self, account: AccountId) -> Option<Key> {
        let held = self.inner.key_of_open.lock().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().filter(|(of, _)| *of == account).map(|(_, key)| Key::new(**key))
    }

    /// What is left in the keychain of an account that goes.
    pub(super) fn forget_lock(&self, account: AccountId) -> Result<(), OpenError> {
        *self.inner.key_of_open.lock().unwrap_or_else(PoisonError::into_inner) = None;
        if let Some(row) = self.inner.registry.lock_of(account)? {
            self.inner.config.keychain.forget(&pepper_name(account, &row.pepper))?;
            self.inner.registry.remove_lock(account)?;
        }
        Ok(())
    }

    fn turn(&self) -> std::sync::MutexGuard<'_, ()> {
        self.inner.pin_turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn key_in_use(&self, account: AccountId) -> Result<KeyBytes, OpenError> {
        let held = self.inner.key_of_open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, key)) = held.as_ref().filter(|(of, _)| *of == account) {
            return Ok(key.clone());
        }
        self.inner.config.keychain.load(&account.to_string())?.ok_or(OpenError::KeyMissing)
    }

    /// The store's key, if this is the PIN. Counts the try before it looks.
    fn key_behind(&self, account: AccountId, pin: &str) -> Result<KeyBytes, UnlockError> {
        let inner = &self.inner;
        let row = inner.registry.lock_of(account)?.ok_or(UnlockError::NotLocked)?;
        let state = self.state_of(&row);
        if state.wait_s > 0 {
            return Err(UnlockError::NotOpened(state));
        }
        let tried = LockRow { wrong: row.wrong + 1, tried_at: inner.config.clock.now(), ..row };
        inner.registry.set_lock(account, &tried)?;
        let pepper = inner.config.keychain.load(&pepper_name(account, &tried.pepper))?;
        let pepper = pepper.ok_or(OpenError::KeyMissing)?;
        let opened = sealed_file::open(&passphrase(&pin.into(), &pepper), &tried.sealed).ok();
        let key = opened.and_then(|key| <[u8; 32]>::try_from(key.as_slice()).ok()).map(Zeroizing::new);
        match key {
            Some(key) => {
                inner.registry.set_lock(account, &LockRow { wrong: 0, ..tried })?;
                Ok(key)
            }
            None if tried.wrong >= TRIES => {
                self.wipe(account)?;
                Err(UnlockError::Wiped)
            }
            None => Err(UnlockError::NotOpened(self.state_of(&tried))),
        }
    }

    fn state_of(&self, row: &LockRow) -> LockState {
        let waited = self.inner.config.clock.now().duration_since(row.tried_at);
        // A clock that was put back makes nobody wait longer than the whole time.
        let left = (wait_after(row.wrong) - waited.max(SignedDuration::ZERO)).max(SignedDuration::ZERO);
        LockState {
            idle_s: row.idle_s,
            tries_left: TRIES.saturating_sub(row.wrong),
            wait_s: u64::try_from(left.as_millis()).unwrap_or_default().div_ceil(1_000),
        }
    }
}

fn pepper_name(account: AccountId, pepper: &str) -> String {
    format!("{account}.pin.{pepper}")
}

/// The PIN and the keychain's secret, which a copy of the folder lacks.
fn passphrase(pin: &SecretString, pepper: &KeyBytes) -> SecretString {
    let pepper: String = pepper.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}:{pepper}", pin.expose_secret()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_has_four_to_eight_digits_that_do_not_just_count() {
        for good in ["2580", "19283746", "00001"] {
            assert!(Pin::new(good).is_ok(), "{good}");
        }
        for form in ["", "123", "123456789", "12a4", "१२३५", " 2580"] {
            assert_eq!(Pin::new(form).err(), Some(NotAPin::Form), "{form}");
        }
        for easy in ["0000", "1234", "9876", "23456789"] {
            assert_eq!(Pin::new(easy).err(), Some(NotAPin::TooEasy), "{easy}");
        }
    }

    #[test]
    fn every_wrong_pin_makes_the_next_wait_as_long_or_longer() {
        let waits: Vec<_> = (0..TRIES).map(wait_after).collect();
        assert!(waits.is_sorted());
        assert_eq!((waits[2], waits[3]), (SignedDuration::ZERO, SignedDuration::from_secs(30)));
    }
}
