//! One account's encrypted database.
//!
//! The record tables show the *optimistic* truth: what the server said, with pending commands applied. `shadow` keeps the
//! server's form of every row that a pending command has changed, so that [`rebase`] can go back to the server's truth,
//! apply what is new and replay what is pending, all in one transaction.
//!
//! One connection writes, a few read; a reader sees the state of one moment. Every write says which kinds it changed and
//! [`Signals`] tells the watchers after the commit.

mod answers;
mod apply;
mod buckets;
mod held;
mod meta;
mod outbox;
mod overlay;
mod pins;
mod purge;
mod read;
mod rebase;
mod registry;
mod signals;
mod staging;
mod tokens;

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use mediconnect_domain::AccountId;
use mediconnect_records::{self as records, Key, Options, Synchronous};
use rusqlite::{Connection, ErrorCode, TransactionBehavior};

pub use apply::Applied;
pub(crate) use buckets::Position;
pub(crate) use outbox::Acknowledged;
pub use outbox::{PendingCommand, PendingState};
pub(crate) use pins::{Pin, Seen};
pub use read::Records;
pub(crate) use rebase::Beginning;
pub use registry::{AccountOnDevice, AuditAlarm, LockRow, Registry};
pub use signals::Signals;
pub(crate) use signals::{Changed, Counts, OUTBOX};

/// Reading connections that are kept for the next reader.
const READERS: usize = 4;
const WRITER_CACHE_KIB: u32 = 16 * 1024;
const READER_CACHE_KIB: u32 = 8 * 1024;

/// One SQL text per step; a step that has been released never changes.
const STEPS: &[&str] = &[records::TABLES, include_str!("tables.sql"), include_str!("pins.sql")];

/// What the local store cannot do. Nothing that was acknowledged is lost by any of these.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("no account is open")]
    NotSignedIn,
    #[error("the device's storage is full")]
    DiskFull,
    #[error("another process uses the store")]
    Busy,
    #[error("the store is damaged")]
    Corrupt,
    #[error("the key does not fit the store")]
    WrongKey,
    #[error("the store was written by a newer version of this app: update it")]
    FromTheFuture,
    #[error("the store failed: {0}")]
    Failed(rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DatabaseCorrupt) => Self::Corrupt,
            Some(ErrorCode::NotADatabase) => Self::WrongKey,
            _ => Self::Failed(error),
        }
    }
}

impl From<records::OpenError> for StoreError {
    fn from(error: records::OpenError) -> Self {
        match error {
            records::OpenError::FromTheFuture { .. } => Self::FromTheFuture,
            records::OpenError::WrongKey => Self::WrongKey,
            records::OpenError::Sqlite(error) => error.into(),
            records::OpenError::SqliteTooOld(_) => Self::Failed(rusqlite::Error::InvalidQuery),
        }
    }
}

/// When a commit counts as done; see [`Synchronous`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// When it survives a loss of power.
    PowerLoss,
    /// When it survives the end of the process: simulations.
    ProcessEnd,
}

/// The store of one account on this device.
pub struct Store {
    path: PathBuf,
    key: Key,
    account: AccountId,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    signals: Signals,
}

impl Store {
    /// Opens the store at `path`, making it if there is none.
    pub fn open(
        path: &Path,
        key: Key,
        account: AccountId,
        signals: Signals,
        durability: Durability,
    ) -> Result<Self, StoreError> {
        let synchronous = match durability {
            Durability::PowerLoss => Synchronous::Full,
            Durability::ProcessEnd => Synchronous::Normal,
        };
        let options = Options { key: Some(&key), synchronous, cache_kib: WRITER_CACHE_KIB, read_only: false };
        let mut connection = records::open(path, &options)?;
        records::migrate_records(&mut connection, STEPS)?;
        let store = Self {
            path: path.to_owned(),
            key,
            account,
            writer: Mutex::new(connection),
            readers: Mutex::default(),
            signals,
        };
        store.write(apply::adopt_known_kinds)?;
        Ok(store)
    }

    /// Whose store it is.
    pub fn account(&self) -> AccountId {
        self.account
    }

    /// Reads at one moment.
    pub fn read<R>(&self, view: impl FnOnce(&Records) -> Result<R, StoreError>) -> Result<R, StoreError> {
        self.read_raw(|connection| view(&Records::new(connection, self.account)?))
    }

    /// Writes all or nothing, and tells the watchers once it is committed.
    pub(crate) fn write<R>(
        &self,
        work: impl FnOnce(&Connection, &mut Changed) -> Result<R, StoreError>,
    ) -> Result<R, StoreError> {
        let never: Result<R, std::convert::Infallible> =
            self.write_unless(|tx, changed| work(tx, changed).map(Ok))?;
        let Ok(result) = never;
        Ok(result)
    }

    /// The same, where an inner error undoes everything.
    fn write_unless<R, E>(
        &self,
        work: impl FnOnce(&Connection, &mut Changed) -> Result<Result<R, E>, StoreError>,
    ) -> Result<Result<R, E>, StoreError> {
        let mut changed = Changed::default();
        let mut connection = lock(&self.writer);
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = work(&tx, &mut changed)?;
        if result.is_ok() {
            tx.commit()?;
            drop(connection);
            self.signals.fire(&changed);
        }
        Ok(result)
    }

    /// Reads tables of this crate at one moment.
    fn read_raw<R>(&self, read: impl FnOnce(&Connection) -> Result<R, StoreError>) -> Result<R, StoreError> {
        let mut connection = self.reader()?;
        let result = {
            let tx = connection.transaction()?;
            read(&tx)
        };
        self.keep_reader(connection);
        result
    }

    fn keep_reader(&self, connection: Connection) {
        let mut idle = lock(&self.readers);
        if idle.len() < READERS {
            idle.push(connection);
        }
    }

    fn reader(&self) -> Result<Connection, StoreError> {
        if let Some(connection) = lock(&self.readers).pop() {
            return Ok(connection);
        }
        let options = Options {
            key: Some(&self.key),
            synchronous: Synchronous::Normal,
            cache_kib: READER_CACHE_KIB,
            read_only: true,
        };
        Ok(records::open(&self.path, &options)?)
    }
}

/// A thread that panicked while it held the lock has rolled its transaction back: what is behind the lock is whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::{meta::Meta, *};

    const NOTE: Meta<String> = Meta::new("note");

    fn store(folder: &Path) -> Store {
        let account = AccountId::derive(&[b"account"]);
        let (key, path) = (Key::new([1; 32]), folder.join("account.db"));
        Store::open(&path, key, account, Signals::default(), Durability::ProcessEnd).unwrap()
    }

    #[test]
    fn a_full_disk_is_named_and_what_was_stored_stays() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path());
        store.write(|connection, _| NOTE.set(connection, &"kept".into())).unwrap();
        let limit = |pages: &str| {
            let sql = format!("PRAGMA max_page_count = {pages}");
            lock(&store.writer).query_row(&sql, [], |row| row.get::<_, i64>(0)).unwrap()
        };
        limit("1");
        let full = store.write(|connection, _| NOTE.set(connection, &"x".repeat(1_000_000)));
        assert!(matches!(full, Err(StoreError::DiskFull)), "{full:?}");
        limit("1000000");
        assert_eq!(store.read_raw(|connection| NOTE.get(connection)).unwrap().unwrap(), "kept");
        store.write(|connection, _| NOTE.set(connection, &"x".repeat(1_000_000))).unwrap();
    }

    #[test]
    fn no_plain_text_lies_in_the_files() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path());
        store.write(|connection, _| NOTE.set(connection, &"canary in the coal mine".into())).unwrap();
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            assert!(!bytes.windows(6).any(|part| part == b"canary"));
        }
    }

    #[test]
    fn what_is_held_by_another_process_is_busy_and_not_lost() {
        let folder = tempfile::tempdir().unwrap();
        let (store, other) = (store(folder.path()), store(folder.path()));
        lock(&store.writer).busy_timeout(std::time::Duration::ZERO).unwrap();
        let blocked =
            other.write(|_, _| Ok(store.write(|connection, _| NOTE.set(connection, &"late".into()))));
        assert!(matches!(blocked, Ok(Err(StoreError::Busy))));
        store.write(|connection, _| NOTE.set(connection, &"late".into())).unwrap();
    }
}
