//! The one object an app holds.
//!
//! [`Client`] opens with no network, reads the local store synchronously and in well under a frame, and takes commands
//! at any time. Signing in, lists that only the server can answer and [`Client::execute_now`] need the network and are
//! async. [`Client::run`] is the background loop: an app spawns it once.

mod accounts;
mod commands;
mod fetch;
mod lock;
mod open;
mod run;
mod security;
mod staff;
mod tend;
mod vault;
mod watch;
mod witness;

use std::sync::{Arc, Mutex, RwLock};

use jiff::Timestamp;
use mediconnect_domain::{AccountId, Stored, record::Index};
use tokio::sync::Notify;
use uuid::Uuid;

pub use accounts::{NewDoctor, NewPatient, Session, SignInError};
pub use commands::{ExecuteError, SubmitError};
pub use fetch::{FetchError, Fetched};
pub use lock::{LockState, NotAPin, Pin, TRIES, UnlockError, wait_after};
pub use open::OpenError;
pub use staff::{FirstPassword, NewStaff};
pub use watch::Watch;

use open::OpenAccount;

use crate::{
    Config, Records, StoreError, SyncState,
    config::new_id,
    keychain::KeyBytes,
    store::{Registry, Signals},
    sync::SyncBoard,
};

/// A handle on this device's accounts and the open one's store. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    config: Config,
    registry: Registry,
    open: RwLock<Option<Arc<OpenAccount>>>,
    signals: Signals,
    board: Arc<SyncBoard>,
    /// Of the account in use, where it has a PIN: the keychain does not have it.
    key_of_open: Mutex<Option<(AccountId, KeyBytes)>>,
    /// One PIN is looked at at a time.
    pin_turn: Mutex<()>,
    /// Wakes the background loop: something is to be sent, or another account was opened.
    wake: Notify,
}

impl Client {
    /// The record of this id, with pending commands applied; `None` where this device holds none.
    pub fn get<T: Stored>(&self, id: impl Into<Uuid>) -> Result<Option<T>, StoreError> {
        let id = id.into();
        self.read(|records| records.get(id))
    }

    /// All records of a kind. For small kinds; see [`Client::range`] for the others.
    pub fn all<T: Stored>(&self) -> Result<Vec<T>, StoreError> {
        self.read(|records| records.all())
    }

    /// The records of one owner in an index with `from <= sort < to`, in that order.
    pub fn range<T: Stored>(
        &self,
        index: Index,
        owner: impl Into<Uuid>,
        from: &str,
        to: &str,
    ) -> Result<Vec<T>, StoreError> {
        let owner = owner.into();
        self.read(|records| records.range(index, owner, from, to))
    }

    /// Several reads of one moment. [`StoreError::NotSignedIn`] where no account is open.
    pub fn read<R>(&self, view: impl FnOnce(&Records) -> Result<R, StoreError>) -> Result<R, StoreError> {
        self.account_open()?.store.read(view)
    }

    /// The device's time, corrected by what the server's clock was at the last contact.
    pub fn now(&self) -> Timestamp {
        self.inner.board.corrected(self.inner.config.clock.now())
    }

    /// A new UUIDv7, for the records that a command creates: `AppointmentId(client.new_id())`.
    pub fn new_id(&self) -> Uuid {
        new_id(&*self.inner.config.clock, &*self.inner.config.random)
    }

    /// Where sync stands.
    pub fn sync_state(&self) -> SyncState {
        self.inner.board.state()
    }

    /// Where the keys of this device lie, to be shown in settings; see [`crate::keychain::Keychain::kind`].
    pub fn key_store(&self) -> &'static str {
        self.inner.config.keychain.kind()
    }

    /// How much of this device's storage the account in use takes.
    pub fn bytes_held(&self) -> Result<u64, StoreError> {
        let path = self.inner.store_path(self.account_open()?.account);
        let size = |beside: &str| {
            let mut name = path.clone().into_os_string();
            name.push(beside);
            std::fs::metadata(name).map_or(0, |file| file.len())
        };
        Ok(["", "-wal", "-shm"].into_iter().map(size).sum())
    }

    /// A number of one's own for anything that is no record, such as a hold's token: 128 random bits, hex.
    pub fn new_secret(&self) -> String {
        let mut bytes = [0; 16];
        self.inner.config.random.fill(&mut bytes);
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn account_open(&self) -> Result<Arc<OpenAccount>, StoreError> {
        let open = self.inner.open.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        open.clone().ok_or(StoreError::NotSignedIn)
    }
}
