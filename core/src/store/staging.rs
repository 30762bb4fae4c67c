//! Pages of a pull that has not come to its end. They survive a crash only to be dropped: a new pull begins anew, from the
//! buckets that were applied.

use mediconnect_domain::{access::Scope, wire::EntryRow};
use rusqlite::{Connection, params};

use super::{Store, StoreError};

pub(super) fn clear(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM staging", [])?;
    Ok(())
}

pub(super) fn clear_bucket(connection: &Connection, bucket: Scope) -> Result<(), StoreError> {
    connection.execute("DELETE FROM staging WHERE bucket = ?1", [bucket.to_string()])?;
    Ok(())
}

pub(super) fn add(connection: &Connection, bucket: Scope, rows: &[EntryRow]) -> Result<(), StoreError> {
    let text = serde_json::to_string(rows).expect("rows are JSON");
    let sql = "INSERT INTO staging (bucket, rows) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute(params![bucket.to_string(), text])?;
    Ok(())
}

/// The staged rows of a bucket, in the order they came.
pub(super) fn rows_of(connection: &Connection, bucket: Scope) -> Result<Vec<EntryRow>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT rows FROM staging WHERE bucket = ?1 ORDER BY position")?;
    let mut rows = Vec::new();
    for page in statement.query_map([bucket.to_string()], |row| row.get::<_, String>(0))? {
        let page: Vec<EntryRow> = serde_json::from_str(&page?).map_err(|_| StoreError::Corrupt)?;
        rows.extend(page);
    }
    Ok(rows)
}

impl Store {
    /// Keeps a page until its pull has ended.
    pub(crate) fn stage(&self, bucket: Scope, rows: &[EntryRow]) -> Result<(), StoreError> {
        self.write(|connection, _| add(connection, bucket, rows))
    }
}
