//! Opening a database: encrypted, with the settings both sides want, never one from the future.

use std::{fmt, path::Path, time::Duration};

use rusqlite::{Connection, ErrorCode, OpenFlags};
use zeroize::Zeroize;

use crate::{derived::DERIVATION, tables::rederive};

/// Versions before this one can corrupt a database in WAL mode (fixed in SQLite 3.51.3).
pub const OLDEST_SQLITE: i32 = 3_051_003;

/// A raw SQLCipher key: used as it is, with no derivation, so that opening takes no time.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// When a commit counts as done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Synchronous {
    /// When it survives a loss of power.
    Full,
    /// When it survives the end of the process.
    Normal,
}

#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// `None` is an unencrypted database: tests and benchmarks.
    pub key: Option<&'a Key>,
    pub synchronous: Synchronous,
    /// Page cache in KiB. Random ids through a small cache are ten times slower.
    pub cache_kib: u32,
    pub read_only: bool,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { key: None, synchronous: Synchronous::Full, cache_kib: 64 * 1024, read_only: false }
    }
}

/// Why a database was not opened. Nothing in it was changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("SQLite {0} is older than 3.51.3, which may corrupt databases")]
    SqliteTooOld(&'static str),
    #[error(
        "the database was written by a newer version (step {found}, this one knows {known}); update this program"
    )]
    FromTheFuture { found: u32, known: u32 },
    #[error("the key does not fit this database, or it is not a database")]
    WrongKey,
    #[error("the database cannot be opened: {0}")]
    Sqlite(#[from] rusqlite::Error),
}

/// Opens the database at `path`, making it if there is none.
pub fn open(path: &Path, options: &Options<'_>) -> Result<Connection, OpenError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(OpenError::SqliteTooOld(rusqlite::version()));
    }
    let access = match options.read_only {
        true => OpenFlags::SQLITE_OPEN_READ_ONLY,
        false => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    };
    let connection = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    set_up(&connection, options).map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => OpenError::WrongKey,
        _ => error.into(),
    })?;
    Ok(connection)
}

/// A database in memory, gone with its connection.
pub fn in_memory() -> Result<Connection, OpenError> {
    let connection = Connection::open_in_memory()?;
    set_up(&connection, &Options::default())?;
    Ok(connection)
}

fn set_up(connection: &Connection, options: &Options<'_>) -> rusqlite::Result<()> {
    if let Some(Key(bytes)) = options.key {
        let mut hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut pragma = format!("PRAGMA key = \"x'{hex}'\"");
        let set = connection.execute_batch(&pragma);
        hex.zeroize();
        pragma.zeroize();
        set?;
    }
    // The first read: a wrong key shows here.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    connection.busy_timeout(Duration::from_secs(10))?;
    if !options.read_only {
        connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    }
    connection.pragma_update(
        None,
        "synchronous",
        match options.synchronous {
            Synchronous::Full => "FULL",
            Synchronous::Normal => "NORMAL",
        },
    )?;
    connection.pragma_update(None, "cache_size", -i64::from(options.cache_kib))?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    // A longer log between two checkpoints means fewer of them; it stays under 16 MiB.
    connection.query_row("PRAGMA wal_autocheckpoint = 4000", [], |_| Ok(()))?;
    connection.set_prepared_statement_cache_capacity(256);
    Ok(())
}

/// Brings a database to the newest form: runs the steps it has not seen, all or none.
/// Its `user_version` counts the steps.
pub fn migrate(connection: &mut Connection, steps: &[&str]) -> Result<(), OpenError> {
    let known = u32::try_from(steps.len()).unwrap_or(u32::MAX);
    let tx = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let found: u32 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > known {
        return Err(OpenError::FromTheFuture { found, known });
    }
    if found < known {
        for step in &steps[found as usize..] {
            tx.execute_batch(step)?;
        }
        tx.pragma_update(None, "user_version", known)?;
    }
    Ok(tx.commit()?)
}

/// The same for a database that holds records. What they are found by is derived anew where another [`DERIVATION`] wrote it.
pub fn migrate_records(connection: &mut Connection, steps: &[&str]) -> Result<(), OpenError> {
    migrate(connection, steps)?;
    let tx = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    tx.execute_batch("CREATE TABLE IF NOT EXISTS derivation (version INTEGER NOT NULL)")?;
    let found: Option<u32> = tx.query_row("SELECT max(version) FROM derivation", [], |row| row.get(0))?;
    if found != Some(DERIVATION) {
        rederive(&tx)?;
        tx.execute("DELETE FROM derivation", [])?;
        tx.execute("INSERT INTO derivation VALUES (?1)", [DERIVATION])?;
    }
    Ok(tx.commit()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: &[&str] = &["CREATE TABLE one (a)", "CREATE TABLE two (a)"];

    fn file() -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records.db");
        (folder, path)
    }

    #[test]
    fn a_database_from_the_future_is_refused_and_keeps_its_content() {
        let (_folder, path) = file();
        let mut newer = open(&path, &Options::default()).unwrap();
        migrate(&mut newer, STEPS).unwrap();
        newer.execute("INSERT INTO two VALUES (1)", []).unwrap();
        drop(newer);
        let mut older = open(&path, &Options::default()).unwrap();
        let refused = migrate(&mut older, &STEPS[..1]);
        assert!(matches!(refused, Err(OpenError::FromTheFuture { found: 2, known: 1 })));
        let rows: i64 = older.query_row("SELECT count(*) FROM two", [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 1);
    }

    #[test]
    fn steps_run_once_and_a_failing_one_leaves_nothing() {
        let (_folder, path) = file();
        let mut database = open(&path, &Options::default()).unwrap();
        migrate(&mut database, &STEPS[..1]).unwrap();
        assert!(migrate(&mut database, &[STEPS[0], STEPS[1], "nonsense"]).is_err());
        let two = database.prepare("SELECT * FROM two").is_ok();
        assert!(!two, "the step before the failing one was undone");
        migrate(&mut database, STEPS).unwrap();
        migrate(&mut database, STEPS).unwrap();
    }

    #[test]
    fn the_wrong_key_opens_nothing_and_the_file_shows_nothing() {
        let (_folder, path) = file();
        let (right, wrong) = (Key::new([7; 32]), Key::new([8; 32]));
        let with = |key| Options { key, ..Options::default() };
        let mut database = open(&path, &with(Some(&right))).unwrap();
        migrate(&mut database, &["CREATE TABLE one (a); INSERT INTO one VALUES ('canary')"]).unwrap();
        drop(database);
        assert!(matches!(open(&path, &with(Some(&wrong))), Err(OpenError::WrongKey)));
        assert!(matches!(open(&path, &with(None)), Err(OpenError::WrongKey)));
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.starts_with(b"SQLite format 3") && !bytes.windows(6).any(|part| part == b"canary"));
        open(&path, &with(Some(&right))).unwrap();
    }

    #[test]
    fn the_bundled_sqlite_is_new_enough_and_encrypts() {
        assert!(rusqlite::version_number() >= OLDEST_SQLITE, "{}", rusqlite::version());
        let cipher: String =
            in_memory().unwrap().query_row("PRAGMA cipher_version", [], |row| row.get(0)).unwrap();
        assert!(!cipher.is_empty());
    }
}
