//! Where the keys of this device's databases lie.
//!
//! The platform's key store where there is one; else a file that is encrypted with a passphrase; else, where nobody can be
//! asked for one, a file that only its owner can read. [`Keychain::describe`] says which, for the settings screen.

mod file;
mod memory;
mod platform;

use std::{path::Path, sync::Arc};

use secrecy::SecretString;
use zeroize::Zeroizing;

pub use file::{KeyFile, SealedFile};
pub use memory::MemoryKeychain;
pub use platform::PlatformKeychain;

/// A database's key.
pub type KeyBytes = Zeroizing<[u8; 32]>;

#[derive(Debug, thiserror::Error)]
pub enum KeychainError {
    #[error("the key store is locked or refuses access")]
    NoAccess,
    #[error("there is no key store on this device")]
    None,
    #[error("the passphrase is wrong, or the key file is damaged")]
    WrongPassphrase,
    #[error("the key file cannot be read or written: {0}")]
    File(#[from] std::io::Error),
    #[error("the key store failed: {0}")]
    Failed(String),
}

/// Keeps keys by name. Calls may take a moment: none is made while a screen is drawn.
pub trait Keychain: Send + Sync + 'static {
    /// `None` where there is no key of this name.
    fn load(&self, name: &str) -> Result<Option<KeyBytes>, KeychainError>;

    fn store(&self, name: &str, key: &KeyBytes) -> Result<(), KeychainError>;

    /// Forgetting what is not there is no error.
    fn forget(&self, name: &str) -> Result<(), KeychainError>;

    /// Which store this is, as a stable code: `platform`, `sealed_file`, `key_file` or `memory`.
    fn kind(&self) -> &'static str;
}

/// The platform's key store; where none answers, a file in `dir` that only its owner can read. Where there is such a file
/// already, the keys of what lies in `dir` are in it: it stays in use.
pub fn platform_or_file(dir: &Path) -> Arc<dyn Keychain> {
    let file = dir.join("keys");
    if file.exists() {
        return Arc::new(KeyFile::new(file));
    }
    match PlatformKeychain::open() {
        Ok(platform) => Arc::new(platform),
        Err(error) => {
            tracing::warn!(%error, "no platform key store: keys lie in a file that only its owner can read");
            Arc::new(KeyFile::new(file))
        }
    }
}

/// The same with a file sealed with the passphrase.
pub fn platform_or_sealed(dir: &Path, passphrase: SecretString) -> Arc<dyn Keychain> {
    let file = dir.join("keys.sealed");
    if file.exists() {
        return Arc::new(SealedFile::new(file, passphrase));
    }
    match PlatformKeychain::open() {
        Ok(platform) => Arc::new(platform),
        Err(error) => {
            tracing::warn!(%error, "no platform key store: keys lie in a sealed file");
            Arc::new(SealedFile::new(file, passphrase))
        }
    }
}
