//! The platform's own key store: Keychain, Credential Manager, Secret Service.

use keyring::{Entry, Error};
use zeroize::Zeroizing;

use super::{KeyBytes, Keychain, KeychainError};

const SERVICE: &str = "org.mediconnect";

/// Entries are named by what they are the key of, under one service name.
pub struct PlatformKeychain {
    service: String,
}

impl PlatformKeychain {
    /// Looks whether a key store answers and can be read.
    pub fn open() -> Result<Self, KeychainError> {
        Self::under(SERVICE)
    }

    /// The same with another service name.
    pub fn under(service: &str) -> Result<Self, KeychainError> {
        let keychain = Self { service: service.to_owned() };
        keychain.load("probe")?;
        Ok(keychain)
    }

    /// Key stores block, and some run an event loop of their own, which must not meet the app's: hence the thread.
    fn ask<R: Send>(
        &self,
        name: &str,
        question: impl FnOnce(&Entry) -> keyring::Result<R> + Send,
    ) -> Result<R, KeychainError> {
        let answer = std::thread::scope(|scope| {
            scope.spawn(|| Entry::new(&self.service, name).and_then(|entry| question(&entry))).join()
        });
        match answer {
            Ok(answer) => answer.map_err(KeychainError::from),
            Err(_) => Err(KeychainError::Failed("the key store's library stopped".into())),
        }
    }
}

impl From<Error> for KeychainError {
    fn from(error: Error) -> Self {
        match error {
            Error::NoDefaultStore => Self::None,
            Error::NoStorageAccess(_) => Self::NoAccess,
            other => Self::Failed(other.to_string()),
        }
    }
}

impl Keychain for PlatformKeychain {
    fn load(&self, name: &str) -> Result<Option<KeyBytes>, KeychainError> {
        let secret = self.ask(name, |entry| match entry.get_secret() {
            Err(Error::NoEntry) => Ok(None),
            found => found.map(Some),
        })?;
        let Some(secret) = secret.map(Zeroizing::new) else { return Ok(None) };
        match <[u8; 32]>::try_from(secret.as_slice()) {
            Ok(key) => Ok(Some(Zeroizing::new(key))),
            Err(_) => Err(KeychainError::Failed(format!("the entry {name} is not a key"))),
        }
    }

    fn store(&self, name: &str, key: &KeyBytes) -> Result<(), KeychainError> {
        self.ask(name, |entry| entry.set_secret(key.as_slice()))
    }

    fn forget(&self, name: &str) -> Result<(), KeychainError> {
        self.ask(name, |entry| match entry.delete_credential() {
            Err(Error::NoEntry) => Ok(()),
            done => done,
        })
    }

    fn kind(&self) -> &'static str {
        "platform"
    }
}
