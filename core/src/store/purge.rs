//! Taking revoked rows off the device, a slice at a time, so that no transaction is long.
//!
//! They are unreadable from the moment their bucket is hidden; see [`super::Records`].

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{Changed, Store, StoreError, apply, buckets, rebase};

impl Store {
    /// Purges up to `rows` rows of revoked buckets. `true` where there is more to do.
    pub fn purge_slice(&self, rows: u32) -> Result<bool, StoreError> {
        let hidden = self.read_raw(buckets::hidden)?;
        let Some(bucket) = hidden.first() else { return Ok(false) };
        let name = bucket.to_string();
        self.write(|connection, changed| {
            rebase::without_overlay(connection, self.account(), changed, |connection, changed| {
                purge(connection, &name, rows, changed)
            })
        })?;
        self.read_raw(buckets::any_hidden)
    }
}

fn purge(connection: &Connection, bucket: &str, rows: u32, changed: &mut Changed) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT kind, id FROM member WHERE bucket = ?1 LIMIT ?2")?;
    let slice: Vec<(String, Uuid)> = statement
        .query_map(params![bucket, rows], |row| Ok((row.get(0)?, Uuid::from_bytes(row.get(1)?))))?
        .collect::<Result<_, _>>()?;
    for (kind, id) in &slice {
        let sql = "DELETE FROM member WHERE bucket = ?1 AND kind = ?2 AND id = ?3";
        connection.prepare_cached(sql)?.execute(params![bucket, kind, id.as_bytes()])?;
        apply::drop_if_orphaned(connection, kind, *id, changed)?;
    }
    if slice.len() < rows as usize {
        connection.execute("DELETE FROM bucket WHERE name = ?1 AND hidden = 1", [bucket])?;
    }
    Ok(())
}
