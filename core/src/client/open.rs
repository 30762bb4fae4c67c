//! Opening: the device's registry, then the store of the account that was in use.

use std::{fs, io, path::PathBuf, sync::Arc};

use mediconnect_domain::{AccountId, keys::installation_of};
use mediconnect_records::Key;
use zeroize::Zeroizing;

use super::{Client, Inner};
use crate::{
    Config, StoreError, SyncState,
    config::new_id,
    keychain::{KeyBytes, KeychainError},
    remote::Line,
    store::{Durability, Registry, Signals, Store},
    sync::{SyncBoard, SyncEngine},
    vault::Vaults,
};

/// Why the app cannot start. Nothing on the device was changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    /// There is data on this device, but the key that opens it is gone from the key store.
    #[error("the key of this device's data is missing")]
    KeyMissing,
    /// The account has a PIN: see [`Client::unlock`].
    #[error("the account is locked")]
    Locked,
    #[error("the app's folder cannot be used: {0}")]
    Folder(#[from] io::Error),
}

/// The account in use: its store, its line to the server, its engine.
pub(super) struct OpenAccount {
    pub account: AccountId,
    pub store: Arc<Store>,
    pub line: Arc<Line>,
    /// `None` as long as the installation's receipt key is not known: before the first contact.
    pub engine: Option<Arc<SyncEngine>>,
    pub vaults: Vaults,
}

impl Client {
    /// Opens what is on this device. Works without network; makes the folder if there is none.
    pub fn open(config: Config) -> Result<Self, OpenError> {
        fs::create_dir_all(&config.dir)?;
        only_for_its_owner(&config.dir)?;
        let path = config.dir.join("device.db");
        let key = key_for(&config, "device", path.exists())?;
        let registry = Registry::open(&path, &key)?;
        let client = Self {
            inner: Arc::new(Inner {
                config,
                registry,
                open: Default::default(),
                signals: Signals::default(),
                board: Arc::new(SyncBoard::default()),
                key_of_open: Default::default(),
                pin_turn: Default::default(),
                wake: Default::default(),
            }),
        };
        // An account with a PIN stays closed until it is given.
        if let Some(account) = client.inner.registry.current()?.filter(|_| !client.is_locked()) {
            client.open_account(account)?;
        }
        Ok(client)
    }

    /// Makes an account the one in use.
    pub(super) fn open_account(&self, account: AccountId) -> Result<Arc<OpenAccount>, OpenError> {
        let inner = &self.inner;
        let store = match self.account_open().ok().filter(|open| open.account == account) {
            Some(open) => open.store.clone(),
            None => {
                let path = inner.store_path(account);
                let key = match (self.unlocked_key(account), inner.registry.lock_of(account)?) {
                    (Some(key), _) => key,
                    (None, Some(_)) => return Err(OpenError::Locked),
                    (None, None) => key_for(&inner.config, &account.to_string(), path.exists())?,
                };
                let signals = inner.signals.clone();
                Arc::new(Store::open(&path, key, account, signals, Durability::PowerLoss)?)
            }
        };
        let line = Arc::new(Line::new(inner.config.remote.clone(), store.clone()));
        let engine = self.engine(&store, &line)?;
        let installation = inner.registry.receipt_key()?.map(|key| installation_of(&key).into());
        let (keychain, random) = (inner.config.keychain.clone(), inner.config.random.clone());
        let vaults = Vaults::new(account, installation, store.clone(), keychain, random)?;
        let open = Arc::new(OpenAccount { account, store, line, engine, vaults });
        let ended = inner.registry.accounts()?.iter().any(|known| known.account_id == account && known.ended);
        let last_synced_at = open.store.last_synced()?;
        let audit_alarm = inner.registry.audit_alarm()?.is_some();
        inner.board.reset(SyncState {
            last_synced_at,
            session_ended: ended,
            audit_alarm,
            ..SyncState::default()
        });
        inner.board.count(&open.store)?;
        inner.registry.make_current(account)?;
        *inner.open.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(open.clone());
        inner.signals.fire_all();
        inner.wake.notify_one();
        Ok(open)
    }

    fn engine(&self, store: &Arc<Store>, line: &Arc<Line>) -> Result<Option<Arc<SyncEngine>>, StoreError> {
        let inner = &self.inner;
        let Some(receipt_key) = inner.registry.receipt_key()? else { return Ok(None) };
        let device = inner.registry.device(|| new_id(&*inner.config.clock, &*inner.config.random))?;
        let (clock, board) = (inner.config.clock.clone(), inner.board.clone());
        let engine = SyncEngine::new(store.clone(), line.clone(), clock, device, receipt_key, board);
        Ok(Some(Arc::new(engine)))
    }
}

impl Inner {
    pub(super) fn store_path(&self, account: AccountId) -> PathBuf {
        self.config.dir.join(format!("{account}.db"))
    }
}

/// The key of this name; a new one where there is no data yet that it would open.
fn key_for(config: &Config, name: &str, exists: bool) -> Result<Key, OpenError> {
    if let Some(key) = config.keychain.load(name)? {
        return Ok(Key::new(*key));
    }
    if exists {
        return Err(OpenError::KeyMissing);
    }
    let mut key: KeyBytes = Zeroizing::new([0; 32]);
    config.random.fill(key.as_mut_slice());
    config.keychain.store(name, &key)?;
    Ok(Key::new(*key))
}

#[cfg(unix)]
fn only_for_its_owner(folder: &std::path::Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn only_for_its_owner(_: &std::path::Path) -> io::Result<()> {
    Ok(())
}
