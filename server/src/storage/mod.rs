//! Where records lie: one interface over SQLite and PostgreSQL.
//!
//! [`Store::write`] runs a piece of work as one transaction, [`Store::read`] as one snapshot. The work sees a [`Tx`] and is
//! the same code for both databases: on PostgreSQL it waits for the network, on SQLite everything it awaits is ready at
//! once. The answer of a write leaves after its commit; what the work announced ([`Tx::announce`]) is published in the
//! order of commits.
//!
//! - [`sqlite`]: one writer thread that commits whatever is waiting as one group, and a few readers. In-line, for the
//!   simulator and small tools: no thread, everything on the caller's.
//! - [`postgres`]: guards are taken as advisory locks before BEGIN, transactions are SERIALIZABLE and run again when another
//!   was first. Work must therefore bear being run several times.
//!
//! Both pass the suite in `tests/storage`.

use std::sync::Arc;

use async_trait::async_trait;
use futures::future::BoxFuture;
use mediconnect_domain::{AccountId, Answer, Change, Need, Row, access::Scope, wire::RowHash};
use mediconnect_records::{OpenError, Written};
use uuid::Uuid;

pub mod migrations;
pub mod postgres;
mod rederive;
pub mod sqlite;
mod value;

pub use value::{Fields, Value};

/// Why a transaction did not happen. Nothing of it was stored.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// Another transaction was first, or a constraint that rules should have kept was hit. Running it again may succeed.
    #[error("another write was first: {0}")]
    Conflict(String),
    /// No room to write, or the database does not answer.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The database holds something it should not.
    #[error("the database is damaged: {0}")]
    Corrupt(String),
    /// The work waited for something else than the database, where it must not.
    #[error("a transaction waited for something outside the database")]
    Waited,
    /// Any other error of the database: a mistake in this program.
    #[error("the database refused: {0}")]
    Refused(String),
}

/// Why a store was not opened.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the address of the database is not valid: {0}")]
    Address(String),
    #[error("the authorities for the database's certificate cannot be used: {0}")]
    Authorities(String),
    #[error(
        "the database was written by a newer version (step {found}, this one knows {known}); update this program"
    )]
    FromTheFuture { found: u32, known: u32 },
}

/// A piece of work inside a transaction.
pub type Work<'t, T> = BoxFuture<'t, Result<T, StoreError>>;

/// Which SQL is spoken, for the few places where it differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// A transaction.
#[async_trait]
pub trait Tx: Send {
    fn dialect(&self) -> Dialect;

    /// Answers what rules ask, in the order of the needs.
    async fn fetch(&mut self, needs: &[Need]) -> Result<Vec<Answer>, StoreError>;

    /// Writes records, what they are found by, and who may read them. Only [`crate::execute`] calls it.
    async fn write(&mut self, changes: Vec<Change>) -> Result<Vec<Written>, StoreError>;

    /// Rows of a query; see [`Value`] for how SQL is written.
    async fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Fields>, StoreError>;

    /// Runs a statement; the number of rows it changed.
    async fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError>;

    /// Runs statements in order, in one round trip.
    async fn execute_all(&mut self, statements: Vec<(&'static str, Vec<Value>)>) -> Result<(), StoreError>;

    /// Published once this transaction is committed.
    fn announce(&mut self, commit: Commit);
}

impl dyn Tx + '_ {
    /// The only row of a query, if there is one.
    pub async fn one(&mut self, sql: &str, values: &[Value]) -> Result<Option<Fields>, StoreError> {
        Ok(self.query(sql, values).await?.into_iter().next())
    }

    /// One record.
    pub async fn get(&mut self, kind: mediconnect_domain::Kind, id: Uuid) -> Result<Option<Row>, StoreError> {
        match self.fetch(&[Need::Record { kind, id }]).await?.pop() {
            Some(Answer::Rows(rows)) => Ok(rows.into_iter().next()),
            _ => Ok(None),
        }
    }
}

/// What a transaction changed, for the live stream.
#[derive(Clone, Debug, Default)]
pub struct Commit {
    pub buckets: Vec<BucketChange>,
    /// Accounts whose rights to buckets changed.
    pub regranted: Vec<AccountId>,
}

/// New entries of one bucket.
#[derive(Clone, Debug)]
pub struct BucketChange {
    pub bucket: Scope,
    pub from: u64,
    pub to: u64,
    /// Over the live rows at `to`.
    pub hash: RowHash,
    pub rows: Vec<EntryChange>,
}

#[derive(Clone, Debug)]
pub struct EntryChange {
    pub seq: u64,
    pub kind: mediconnect_domain::Kind,
    pub id: Uuid,
    pub rev: u64,
    /// `None`: no longer in this bucket.
    pub body: Option<Arc<str>>,
}

/// Called after each commit that announced something, in the order of commits.
pub type Publish = Arc<dyn Fn(Commit) + Send + Sync>;

/// The records of one installation. Cheap to clone.
#[derive(Clone)]
pub enum Store {
    Sqlite(sqlite::Threaded),
    Inline(sqlite::Inline),
    Postgres(postgres::Postgres),
}

impl Store {
    /// Runs `work` as one transaction that nothing else changes what `guards` name. It may be run several times and is
    /// stored at most once.
    pub async fn write<T, W>(&self, guards: &[Uuid], work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'t> FnMut(&'t mut dyn Tx) -> Work<'t, T> + Send + 'static,
    {
        match self {
            Self::Sqlite(store) => store.write(work).await,
            Self::Inline(store) => store.write(work),
            Self::Postgres(store) => store.write(guards, work).await,
        }
    }

    /// Runs `work` on one snapshot.
    pub async fn read<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'t> FnMut(&'t mut dyn Tx) -> Work<'t, T> + Send + 'static,
    {
        match self {
            Self::Sqlite(store) => store.read(work).await,
            Self::Inline(store) => store.read(work),
            Self::Postgres(store) => store.read(work).await,
        }
    }

    /// Like [`Store::read`], for work that waits for whoever takes what was read. Few of these run at once, so that short
    /// reads never wait for them.
    pub async fn read_long<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'t> FnMut(&'t mut dyn Tx) -> Work<'t, T> + Send + 'static,
    {
        match self {
            Self::Sqlite(store) => store.read_long(work).await,
            Self::Inline(store) => store.read(work),
            Self::Postgres(store) => store.read_long(work).await,
        }
    }

    /// Answers whether a question reaches the database: for readiness checks.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.read(|tx| Box::pin(async move { tx.query("SELECT 1", &[]).await.map(|_| ()) })).await
    }

    /// Tells one life of the store from another; changes when it is restored.
    pub async fn incarnation(&self) -> Result<Uuid, StoreError> {
        self.read(|tx| Box::pin(incarnation(tx))).await
    }
}

/// The incarnation, inside a transaction.
pub async fn incarnation(tx: &mut dyn Tx) -> Result<Uuid, StoreError> {
    let found = tx.one("SELECT value FROM meta WHERE name = 'incarnation'", &[]).await?;
    let found = found.ok_or_else(|| StoreError::Corrupt("no incarnation".into()))?;
    Uuid::parse_str(found.text(0)?).map_err(|_| StoreError::Corrupt("incarnation".into()))
}
