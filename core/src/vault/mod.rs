//! What this device opens and seals: the account's own keys, the vaults it is a member of, the entries in them.
//!
//! ```text
//! keychain: 32 bytes ─→ this device's keys ─opens→ key ring (a record) ─→ the account's secrets      [`own`]
//!                                                     pinned lists of others ─checks→ member log      [`pins`], [`open`]
//!                        the account's secrets + log + grants (a record) ─opens→ keys of epochs       [`open`]
//!                                          keys of epochs + entry (a record) ─opens→ content          [`content`]
//! ```
//!
//! All that is needed lies in the local store and the keychain, so reading and writing work offline. What was opened is kept
//! in memory only, once for each form of a record, and wiped with [`Vaults`]: at sign-out and when another account is
//! opened. Nothing opened is ever written down, the outbox included: it holds what was sealed.
//!
//! What has to be done about keys without anybody asking (making them, founding a patient's vault, fetching others' lists,
//! sealing anew what came too late for an epoch) is [`tend`]'s.

mod content;
mod open;
mod own;
mod pins;
mod recover;
mod seal;
mod share;
mod tend;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, atomic::AtomicBool},
};

use mediconnect_crypto::{
    id::InstallationId,
    public::{DeviceListError, GrantError, MemberLogError},
    random::{CryptoRng, Source},
    secret::AccountError,
};
use mediconnect_domain::{AccountId, HistoryId, Refusal, VaultId};

use crate::{
    Random, StoreError,
    keychain::{Keychain, KeychainError},
    store::{Store, lock},
};

pub use content::{Entry, Opened, Unreadable};
pub use mediconnect_crypto::secret::RecoveryError;
pub use own::KeysState;
pub use recover::{RecoverError, WordsState};
pub use share::Reader;

use own::{DeviceKeys, Own};
pub(crate) use seal::history_of;
pub(crate) use tend::Duty;
use tend::Stirred;

/// The account's vaults as this device can open them.
pub struct Vaults {
    account: AccountId,
    /// `None` before the first contact with the server.
    installation: Option<InstallationId>,
    store: Arc<Store>,
    keychain: Arc<dyn Keychain>,
    random: Arc<dyn Random>,
    /// From the keychain; `None` where this device has made none.
    device: Mutex<Option<Arc<DeviceKeys>>>,
    words: Mutex<WordsState>,
    /// The words are known to be those of a member of the list.
    words_hold: AtomicBool,
    own: Mutex<Option<Arc<Own>>>,
    open: Mutex<HashMap<VaultId, Arc<open::OpenVault>>>,
    entries: Mutex<HashMap<HistoryId, content::Kept>>,
    /// One at a time makes keys and vaults.
    tending: Mutex<()>,
    /// What had changed when they were tended last.
    settled: Mutex<Option<Stirred>>,
}

/// Why something cannot be opened or sealed here.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The account's data has not come to this device yet.
    #[error("the account's data is not here yet")]
    NotYet,
    /// This account has no keys: nobody on its side seals anything.
    #[error("the account has no keys")]
    NoKeys,
    /// This device is not among those that open the account; see [`crate::Client::recover`].
    #[error("this device does not open the account")]
    Locked,
    /// The account's own keys are not those that this device knows.
    #[error("the account's keys do not hold: {0}")]
    OwnKeys(String),
    /// Somebody's keys are others than those seen before. Until the person says that this is right nothing is sealed to them.
    #[error("the keys of {account} have changed")]
    KeyChanged { account: AccountId },
    /// Somebody's device list is not at hand: it comes with the network.
    #[error("the keys of {account} are not here yet")]
    NotFetched { account: AccountId },
    /// The doctor has never opened the app: there is nothing to seal to.
    #[error("there are no keys to seal to yet")]
    NoRecipient,
    #[error("the server cannot be reached")]
    Offline,
    /// There is no vault, or this account is no member of it.
    #[error("there is no vault here that this account is a member of")]
    NoVault,
    /// What the server shows as the vault does not hold.
    #[error("the vault does not hold: {0}")]
    Vault(String),
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Keychain(#[from] KeychainError),
}

impl From<MemberLogError> for VaultError {
    fn from(error: MemberLogError) -> Self {
        Self::Vault(error.to_string())
    }
}

impl From<GrantError> for VaultError {
    fn from(error: GrantError) -> Self {
        Self::Vault(error.to_string())
    }
}

impl From<DeviceListError> for VaultError {
    fn from(error: DeviceListError) -> Self {
        Self::OwnKeys(error.to_string())
    }
}

impl From<AccountError> for VaultError {
    fn from(error: AccountError) -> Self {
        Self::OwnKeys(error.to_string())
    }
}

impl From<mediconnect_crypto::secret::VaultError> for VaultError {
    fn from(error: mediconnect_crypto::secret::VaultError) -> Self {
        Self::Vault(error.to_string())
    }
}

impl From<Refusal> for VaultError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Vaults {
    /// Looks into the keychain for what this device opens the account with.
    pub(crate) fn new(
        account: AccountId,
        installation: Option<InstallationId>,
        store: Arc<Store>,
        keychain: Arc<dyn Keychain>,
        random: Arc<dyn Random>,
    ) -> Result<Self, KeychainError> {
        let vaults = Self {
            account,
            installation,
            store,
            keychain,
            random,
            device: Mutex::default(),
            words: Mutex::default(),
            words_hold: AtomicBool::default(),
            own: Mutex::default(),
            open: Mutex::default(),
            entries: Mutex::default(),
            tending: Mutex::default(),
            settled: Mutex::default(),
        };
        vaults.load()?;
        Ok(vaults)
    }

    fn installation(&self) -> Result<InstallationId, VaultError> {
        self.installation.ok_or(VaultError::NotYet)
    }

    fn rng(&self) -> impl CryptoRng + use<> {
        let random = self.random.clone();
        Source(move |bytes: &mut [u8]| random.fill(bytes))
    }

    /// Forgets what was opened, on the way to being signed out.
    pub(crate) fn close(&self) {
        lock(&self.entries).clear();
        lock(&self.open).clear();
        *lock(&self.own) = None;
        *lock(&self.device) = None;
    }
}
