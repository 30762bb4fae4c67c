//! The store on SQLite.
//!
//! [`Threaded`] is the one of a server. Writes go to one thread. It takes all work that is waiting, runs it in one
//! transaction, commits once and only then sends the answers: the busier it is, the more work shares one sync of the disk.
//! Reads go to a few connections of their own, each read on one snapshot. [`Inline`] does everything on
//! the caller's thread on one connection: the simulator and small tools use it.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use async_trait::async_trait;
use futures::FutureExt;
use mediconnect_domain::{Answer, Change, Need};
use mediconnect_records::{self as records, Cache, Key, OpenError, Options, Written};
use rusqlite::{Connection, ErrorCode, ToSql, types::ToSqlOutput, types::ValueRef};
use tokio::sync::{Semaphore, mpsc, oneshot};
use uuid::Uuid;

use super::{Commit, Dialect, Fields, Publish, StartError, StoreError, Tx, Value, Work, migrations};

/// The most pieces of work in one group.
const GROUP: usize = 256;
/// The longest that a piece of work waits for others to be committed with.
const LONGEST_GATHERING: Duration = Duration::from_millis(2);
const GATHERING_STEP: Duration = Duration::from_micros(50);
/// Pieces of work that may wait for the writer; more wait outside.
const QUEUE: usize = 1024;
/// Snapshots that may be open at once.
const READERS: usize = 12;
/// How many of them may be long: the others are always there for short questions.
const LONG: usize = 8;
const READER_CACHE_KIB: u32 = 8 * 1024;
/// Records that the writer keeps at hand, of some KiB each.
const CACHED: usize = 4096;

/// A piece of work on the writer's thread. It may be run again before the commit.
trait Piece: Send {
    /// Does the work and keeps what it returns.
    fn run(&mut self, tx: &mut SqliteTx) -> Result<(), StoreError>;
    /// Answers whoever asked.
    fn settle(self: Box<Self>, outcome: Result<(), StoreError>);
}

struct Asked<T, W> {
    work: W,
    done: Option<T>,
    answer: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, W> Piece for Asked<T, W>
where
    T: Send,
    W: for<'t> FnMut(&'t mut dyn Tx) -> Work<'t, T> + Send,
{
    fn run(&mut self, tx: &mut SqliteTx) -> Result<(), StoreError> {
        self.done = Some(caught(|| ready((self.work)(tx)))?);
        Ok(())
    }

    fn settle(self: Box<Self>, outcome: Result<(), StoreError>) {
        let Self { done, answer, .. } = *self;
        // Whoever asked may have gone; the work is done all the same.
        let _ = answer.send(outcome.and_then(|()| done.ok_or(StoreError::Waited)));
    }
}

/// A store on a file, with a thread that writes.
#[derive(Clone)]
pub struct Threaded {
    writer: Arc<Writer>,
    readers: Arc<Readers>,
}

/// The way to the writer's thread. Whoever lets the last handle go waits until that thread has closed the database: a process
/// that ends meanwhile would take the cryptographic library from under it.
struct Writer {
    /// Gone only while this is dropped.
    jobs: Option<mpsc::Sender<Box<dyn Piece>>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.jobs.take());
        let is_here = |thread: &JoinHandle<()>| thread.thread().id() == std::thread::current().id();
        if let Some(thread) = self.thread.take().filter(|thread| !is_here(thread)) {
            let _ = thread.join();
        }
    }
}

/// Connections are opened when they are first wanted and kept.
struct Readers {
    idle: Mutex<Vec<SqliteTx>>,
    open: Box<dyn Fn() -> Result<SqliteTx, OpenError> + Send + Sync>,
    free: Semaphore,
    long: Semaphore,
}

impl Threaded {
    /// Opens the database, making it if there is none; `incarnation` becomes that of a new one.
    pub fn open(
        path: &Path,
        key: Option<&Key>,
        incarnation: Uuid,
        publish: Publish,
    ) -> Result<Self, StartError> {
        let connection = prepared(path, key, incarnation)?;
        let (path, key) = (path.to_owned(), key.cloned());
        let open = move || {
            let key = key.as_ref();
            let options = Options { key, read_only: true, cache_kib: READER_CACHE_KIB, ..Options::default() };
            records::open(&path, &options).map(SqliteTx::reading)
        };
        let idle = Mutex::new(vec![open()?]);
        let (jobs, waiting) = mpsc::channel(QUEUE);
        let thread = std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || write_in_groups(SqliteTx::writing(connection), waiting, publish))
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let (free, long) = (Semaphore::new(READERS), Semaphore::new(LONG));
        let writer = Arc::new(Writer { jobs: Some(jobs), thread: Some(thread) });
        Ok(Self { writer, readers: Arc::new(Readers { idle, open: Box::new(open), free, long }) })
    }

    pub async fn write<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'t> FnMut(&'t mut dyn Tx) -> Work<'t, T> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let piece = Box::new(Asked { work, done: None, answer });
        let gone = || StoreError::Unavailable("the writer has stopped".into());
        self.writer.jobs.as_ref().ok_or_else(gone)?.send(piece).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }

    /// For reads that wait for whoever takes what was read.
    pub async fn read_long<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'t> FnMut(&'t mut dyn Tx) -> Work<'t, T> + Send + 'static,
    {
        let _long = self.readers.long.acquire().await;
        self.read(work).await
    }

    pub async fn read<T, W>(&self, mut work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'t> FnMut(&'t mut dyn Tx) -> Work<'t, T> + Send + 'static,
    {
        let readers = self.readers.clone();
        let gone = || StoreError::Unavailable("the reader has stopped".into());
        let free = readers.free.acquire().await.map_err(|_| gone())?;
        let mut lent = Lent { tx: Some(readers.take()?), to: readers.clone() };
        let read = tokio::task::spawn_blocking(move || {
            let tx = lent.tx.as_mut().ok_or(StoreError::Waited)?;
            let runtime = tokio::runtime::Handle::current();
            // A page may wait until the reader of an answer has room for it: so this waits, and not on the writer's thread.
            tx.snapshot(|tx| runtime.block_on(work(tx)))
        });
        let read = read.await;
        drop(free);
        read.map_err(|_| gone())?
    }
}

impl Readers {
    fn take(&self) -> Result<SqliteTx, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(tx) => Ok(tx),
            None => (self.open)().map_err(|error| StoreError::Unavailable(error.to_string())),
        }
    }
}

/// A reader that comes back whatever happens.
struct Lent {
    tx: Option<SqliteTx>,
    to: Arc<Readers>,
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(tx) = self.tx.take() {
            self.to.idle.lock().unwrap_or_else(PoisonError::into_inner).push(tx);
        }
    }
}

/// The writer: ends when the last [`Threaded`] is gone and nothing waits any more.
fn write_in_groups(mut tx: SqliteTx, mut waiting: mpsc::Receiver<Box<dyn Piece>>, publish: Publish) {
    let mut group = Vec::with_capacity(GROUP);
    let mut pace = Pace::default();
    while let Some(first) = waiting.blocking_recv() {
        group.push(first);
        pace.gather(&mut group, &mut waiting);
        let begun = Instant::now();
        let outcomes = write_group(&mut tx, &mut group).unwrap_or_else(|error| {
            tracing::error!(%error, "a group of writes was not stored");
            tx.announced.clear();
            vec![Err(error); group.len()]
        });
        tx.announced.drain(..).for_each(|commit| publish(commit));
        pace = Pace { group: group.len(), took: begun.elapsed() };
        group.drain(..).zip(outcomes).for_each(|(piece, outcome)| piece.settle(outcome));
    }
}

/// The last group: those who were answered with it often come again at once, and one commit for all of them costs less than
/// one for the first few and another for the rest.
#[derive(Default)]
struct Pace {
    group: usize,
    took: Duration,
}

impl Pace {
    /// Takes all that waits. While there is less than the last time it waits a little, never long beside what a commit
    /// takes; a caller who is alone is not kept waiting.
    fn gather(&self, group: &mut Vec<Box<dyn Piece>>, waiting: &mut mpsc::Receiver<Box<dyn Piece>>) {
        let begun = Instant::now();
        let patience = (self.took / 4).min(LONGEST_GATHERING);
        while group.len() < GROUP {
            match waiting.try_recv() {
                Ok(next) => group.push(next),
                Err(_) if group.len() < self.group && begun.elapsed() < patience => {
                    std::thread::sleep(GATHERING_STEP);
                }
                Err(_) => break,
            }
        }
    }
}

type Outcomes = Vec<Result<(), StoreError>>;

/// Runs the pieces of a group and commits. Nearly always all of them go well. Where one does not after it has written, the
/// group is begun again with a savepoint around each piece, so that only that one is undone. Savepoints for all would cost a
/// copy of every page that a piece touches.
fn write_group(tx: &mut SqliteTx, group: &mut [Box<dyn Piece>]) -> Result<Outcomes, StoreError> {
    tx.begin()?;
    let outcomes = match run_bare(tx, group) {
        Some(outcomes) => outcomes,
        None => {
            tx.roll_back();
            tx.begin()?;
            group.iter_mut().map(|piece| in_savepoint(tx, |tx| piece.run(tx))).collect()
        }
    };
    tx.commit()?;
    Ok(outcomes)
}

/// `None` where something has to be undone.
fn run_bare(tx: &mut SqliteTx, group: &mut [Box<dyn Piece>]) -> Option<Outcomes> {
    let mut outcomes = Vec::with_capacity(group.len());
    for piece in group {
        let changes = tx.connection.total_changes();
        let outcome = piece.run(tx);
        let untouched = changes == tx.connection.total_changes() && !tx.connection.is_autocommit();
        if outcome.is_err() && !untouched {
            return None;
        }
        outcomes.push(outcome);
    }
    Some(outcomes)
}

/// Runs one piece of work so that its failure undoes nothing else of the transaction.
fn in_savepoint<T>(
    tx: &mut SqliteTx,
    work: impl FnOnce(&mut SqliteTx) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    if tx.connection.is_autocommit() {
        // An error of the disk ended it: a savepoint would now be a transaction of its own.
        return Err(StoreError::Unavailable("the transaction was ended by the database".into()));
    }
    let announced = tx.announced.len();
    tx.run("SAVEPOINT work")?;
    let done = work(tx);
    if done.is_err() {
        tx.announced.truncate(announced);
        tx.forget();
        tx.run("ROLLBACK TO work")?;
    }
    tx.run("RELEASE work")?;
    done
}

/// A panic of a rule or a statement is an error of the work.
fn caught<T>(work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(StoreError::Refused("a rule or a statement panicked".into())))
}

/// The result of a future that has nothing to wait for.
fn ready<T>(work: Work<'_, T>) -> Result<T, StoreError> {
    work.now_or_never().unwrap_or(Err(StoreError::Waited))
}

/// A store on the caller's thread.
#[derive(Clone)]
pub struct Inline {
    tx: Arc<Mutex<SqliteTx>>,
    publish: Publish,
}

impl Inline {
    /// A new store in memory, gone with its last handle.
    pub fn in_memory(incarnation: Uuid, publish: Publish) -> Result<Self, StartError> {
        Self::on(records::in_memory()?, incarnation, publish)
    }

    /// A store on a file.
    pub fn open(
        path: &Path,
        key: Option<&Key>,
        incarnation: Uuid,
        publish: Publish,
    ) -> Result<Self, StartError> {
        let connection = prepared(path, key, incarnation)?;
        Ok(Self { tx: Arc::new(Mutex::new(SqliteTx::writing(connection))), publish })
    }

    fn on(mut connection: Connection, incarnation: Uuid, publish: Publish) -> Result<Self, StartError> {
        prepare(&mut connection, incarnation)?;
        Ok(Self { tx: Arc::new(Mutex::new(SqliteTx::writing(connection))), publish })
    }

    /// A copy of all that is stored now, in memory, as another incarnation: what a restored backup is.
    pub fn restored(&self, incarnation: Uuid, publish: Publish) -> Result<Self, StartError> {
        let mut copy = records::in_memory()?;
        let tx = self.tx.lock().unwrap_or_else(PoisonError::into_inner);
        let backup = rusqlite::backup::Backup::new(&tx.connection, &mut copy).map_err(store_error)?;
        backup.run_to_completion(1024, std::time::Duration::ZERO, None).map_err(store_error)?;
        drop(backup);
        begin_anew(&copy, incarnation)?;
        Self::on(copy, incarnation, publish)
    }

    pub fn write<T, W>(&self, mut work: W) -> Result<T, StoreError>
    where
        W: for<'t> FnMut(&'t mut dyn Tx) -> Work<'t, T>,
    {
        let mut tx = self.tx.lock().unwrap_or_else(PoisonError::into_inner);
        tx.begin()?;
        let done = in_savepoint(&mut tx, |tx| caught(|| ready(work(tx))));
        tx.commit()?;
        let announced = std::mem::take(&mut tx.announced);
        drop(tx);
        announced.into_iter().for_each(|commit| (self.publish)(commit));
        done
    }

    pub fn read<T, W>(&self, mut work: W) -> Result<T, StoreError>
    where
        W: for<'t> FnMut(&'t mut dyn Tx) -> Work<'t, T>,
    {
        let mut tx = self.tx.lock().unwrap_or_else(PoisonError::into_inner);
        tx.snapshot(|tx| ready(work(tx)))
    }
}

/// After a restore devices have sent more than this store remembers: their lanes may go on anywhere.
const RESTORED: &str = "DELETE FROM lane; INSERT OR REPLACE INTO meta (name, value) VALUES ('restored', '1')";

/// Makes of the copy of a database that lies there another incarnation of the store.
pub fn as_restored(path: &Path, key: &Key, incarnation: Uuid) -> Result<(), StartError> {
    let copy = prepared(path, Some(key), incarnation)?;
    begin_anew(&copy, incarnation)?;
    // Nothing beside the one file, which may be moved now.
    copy.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(store_error)?;
    Ok(())
}

fn begin_anew(copy: &Connection, incarnation: Uuid) -> Result<(), StoreError> {
    copy.execute_batch(RESTORED).map_err(store_error)?;
    copy.execute("UPDATE meta SET value = ?1 WHERE name = 'incarnation'", [incarnation.to_string()])
        .map(drop)
        .map_err(store_error)
}

fn prepared(path: &Path, key: Option<&Key>, incarnation: Uuid) -> Result<Connection, StartError> {
    let mut connection = records::open(path, &Options { key, ..Options::default() })?;
    prepare(&mut connection, incarnation)?;
    Ok(connection)
}

fn prepare(connection: &mut Connection, incarnation: Uuid) -> Result<(), StartError> {
    records::migrate_records(connection, migrations::SQLITE)?;
    let sql = "INSERT INTO meta (name, value) VALUES ('incarnation', ?1) ON CONFLICT (name) DO NOTHING";
    connection.execute(sql, [incarnation.to_string()]).map_err(store_error)?;
    Ok(())
}

/// A connection as a transaction sees it.
pub struct SqliteTx {
    connection: Connection,
    announced: Vec<Commit>,
    /// Of the connection that writes; readers come too seldom to one record.
    cache: Option<Cache>,
}

impl SqliteTx {
    fn reading(connection: Connection) -> Self {
        Self { connection, announced: Vec::new(), cache: None }
    }

    fn writing(connection: Connection) -> Self {
        Self { cache: Some(Cache::new(CACHED)), ..Self::reading(connection) }
    }

    fn run(&self, sql: &str) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute([]))
            .map_err(store_error)?;
        Ok(())
    }

    fn begin(&mut self) -> Result<(), StoreError> {
        self.begin_by("BEGIN IMMEDIATE")
    }

    fn begin_by(&mut self, sql: &str) -> Result<(), StoreError> {
        self.run(sql)?;
        self.cache.iter_mut().try_for_each(|cache| cache.begin(&self.connection)).map_err(store_error)
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        let committed = self.run("COMMIT");
        if committed.is_err() {
            self.roll_back();
        }
        committed
    }

    /// What could not be committed must not stay open.
    fn roll_back(&mut self) {
        if !self.connection.is_autocommit() {
            let _ = self.run("ROLLBACK");
        }
        self.announced.clear();
        self.forget();
    }

    /// What the cache knows may have been undone.
    fn forget(&mut self) {
        self.cache.iter_mut().for_each(Cache::clear);
    }

    /// Reads on one snapshot and leaves nothing open.
    fn snapshot<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.begin_by("BEGIN")?;
        let done = caught(|| read(self));
        self.announced.clear();
        self.run("ROLLBACK")?;
        done
    }
}

#[async_trait]
impl Tx for SqliteTx {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    async fn fetch(&mut self, needs: &[Need]) -> Result<Vec<Answer>, StoreError> {
        let answers = match &mut self.cache {
            Some(cache) => cache.fetch(&self.connection, needs),
            None => records::fetch(&self.connection, needs),
        };
        answers.map_err(store_error)
    }

    async fn write(&mut self, changes: Vec<Change>) -> Result<Vec<Written>, StoreError> {
        let reads_only = || StoreError::Refused("this transaction only reads".into());
        self.cache.as_mut().ok_or_else(reads_only)?.write(&self.connection, changes).map_err(store_error)
    }

    async fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Fields>, StoreError> {
        let found = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            let columns = statement.column_count();
            let mut rows = statement.query(rusqlite::params_from_iter(values))?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let fields = (0..columns).map(|column| Ok(value(row.get_ref(column)?)));
                found.push(Fields(fields.collect::<rusqlite::Result<_>>()?));
            }
            Ok(found)
        };
        found().map_err(store_error)
    }

    async fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        let values = rusqlite::params_from_iter(values);
        let changed = self.connection.prepare_cached(sql).and_then(|mut statement| statement.execute(values));
        changed.map(|rows| rows as u64).map_err(store_error)
    }

    async fn execute_all(&mut self, statements: Vec<(&'static str, Vec<Value>)>) -> Result<(), StoreError> {
        for (sql, values) in &statements {
            self.execute(sql, values).await?;
        }
        Ok(())
    }

    fn announce(&mut self, commit: Commit) {
        self.announced.push(commit);
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(value) => ValueRef::Integer(*value),
            Value::Text(value) => ValueRef::Text(value.as_bytes()),
            Value::Uuid(value) => ValueRef::Blob(value.as_bytes()),
            Value::Bytes(value) => ValueRef::Blob(value),
        }))
    }
}

fn value(found: ValueRef<'_>) -> Value {
    match found {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(value) => Value::Int(value),
        // Only figures have fractions, and they are asked for as integers.
        ValueRef::Real(value) => Value::Int(value as i64),
        ValueRef::Text(value) => Value::Text(String::from_utf8_lossy(value).into_owned()),
        ValueRef::Blob(value) => Value::Bytes(value.to_vec()),
    }
}

fn store_error(error: rusqlite::Error) -> StoreError {
    let text = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation | ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            StoreError::Conflict(text)
        }
        Some(
            ErrorCode::DiskFull | ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::ReadOnly,
        ) => StoreError::Unavailable(text),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::Corrupt(text),
        _ => StoreError::Refused(text),
    }
}
