//! How far this device is in each bucket.

use std::collections::BTreeSet;

use jiff::Timestamp;
use mediconnect_domain::{
    access::Scope,
    wire::{BucketCursor, BucketState, RowHash, checkpoint},
};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{Store, StoreError, meta::Meta};

/// The incarnation of the server's store that the cursors are from.
pub(super) const INCARNATION: Meta<Uuid> = Meta::new("incarnation");
/// Set once a first pull was applied to its end.
pub(super) const WHOLE: Meta<bool> = Meta::new("whole");
/// The server's time at the last sync that came to its end.
const LAST_SYNCED: Meta<Timestamp> = Meta::new("last_synced");

/// A bucket as this device holds it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bucket {
    pub seq: u64,
    pub hash: RowHash,
    pub hidden: bool,
}

pub(super) fn find(connection: &Connection, name: Scope) -> Result<Option<Bucket>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT seq, hash, hidden FROM bucket WHERE name = ?1")?;
    let found = statement.query_row([name.to_string()], |row| {
        let hash: String = row.get(1)?;
        Ok(Bucket {
            seq: row.get(0)?,
            hash: RowHash::from_hex(&hash).unwrap_or_default(),
            hidden: row.get(2)?,
        })
    });
    Ok(found.optional()?)
}

/// The buckets that are whole and not revoked.
pub(super) fn held(connection: &Connection) -> Result<BTreeSet<Scope>, StoreError> {
    names(connection, "SELECT name FROM bucket WHERE hidden = 0")
}

pub(super) fn hidden(connection: &Connection) -> Result<BTreeSet<Scope>, StoreError> {
    names(connection, "SELECT name FROM bucket WHERE hidden = 1")
}

fn names(connection: &Connection, sql: &str) -> Result<BTreeSet<Scope>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let names: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(names.iter().filter_map(|name| name.parse().ok()).collect())
}

pub(super) fn any_hidden(connection: &Connection) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM bucket WHERE hidden = 1)")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// Where this device is. A bucket whose hash was found to differ is left out: the server then sends it anew.
pub(super) fn cursors(connection: &Connection) -> Result<Vec<BucketCursor>, StoreError> {
    let sql = "SELECT name, generation, seq, hash FROM bucket WHERE suspect = 0 AND hidden = 0 ORDER BY name";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        let name: String = row.get(0)?;
        Ok((name, row.get(1)?, row.get(2)?, row.get(3)?))
    })?;
    let mut cursors = Vec::new();
    for row in rows {
        let (name, generation, seq, hash) = row?;
        cursors.extend(name.parse().ok().map(|bucket| BucketCursor { bucket, generation, seq, hash }));
    }
    Ok(cursors)
}

pub(super) fn checkpoint_of(cursors: &[BucketCursor]) -> String {
    checkpoint(cursors.iter().map(|cursor| (&cursor.bucket, cursor.generation, cursor.seq)))
}

pub(super) fn any_suspect(connection: &Connection) -> Result<bool, StoreError> {
    Ok(connection
        .query_row("SELECT EXISTS (SELECT 1 FROM bucket WHERE suspect = 1)", [], |row| row.get(0))?)
}

/// Notes that a bucket is now at `state`, with the hash found here.
pub(super) fn reached(
    connection: &Connection,
    state: &BucketState,
    hash: RowHash,
    suspect: bool,
) -> Result<(), StoreError> {
    let sql =
        "INSERT INTO bucket (name, generation, seq, hash, suspect, hidden) VALUES (?1, ?2, ?3, ?4, ?5, 0)
               ON CONFLICT (name) DO UPDATE SET generation = excluded.generation, seq = excluded.seq,
                   hash = excluded.hash, suspect = excluded.suspect, hidden = 0";
    let values = params![state.bucket.to_string(), state.generation, state.head, hash.hex(), suspect];
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

/// Hides the buckets that the server did not name. Answers whether there were any.
pub(super) fn hide_all_but(connection: &Connection, named: &BTreeSet<Scope>) -> Result<bool, StoreError> {
    let revoked: Vec<Scope> = held(connection)?.difference(named).copied().collect();
    for bucket in &revoked {
        connection.execute("UPDATE bucket SET hidden = 1 WHERE name = ?1", [bucket.to_string()])?;
    }
    Ok(!revoked.is_empty())
}

/// Where this device is, as a pull says it.
pub(crate) struct Position {
    pub incarnation: Option<Uuid>,
    pub checkpoint: String,
    pub cursors: Vec<BucketCursor>,
    /// It makes no sense to hope that nothing is new.
    pub must_be_told: bool,
}

impl Store {
    pub(crate) fn position(&self) -> Result<Position, StoreError> {
        self.read_raw(|connection| {
            let cursors = cursors(connection)?;
            let whole = WHOLE.get(connection)?.unwrap_or_default();
            Ok(Position {
                incarnation: INCARNATION.get(connection)?,
                checkpoint: checkpoint_of(&cursors),
                must_be_told: !whole || any_suspect(connection)?,
                cursors,
            })
        })
    }

    /// Whether nothing was ever brought here whole. Another incarnation is no first sync: what is held stays visible until
    /// all of the new is here.
    pub(crate) fn is_first_sync(&self) -> Result<bool, StoreError> {
        self.read_raw(|connection| Ok(!WHOLE.get(connection)?.unwrap_or_default()))
    }

    pub(crate) fn set_last_synced(&self, at: Timestamp) -> Result<(), StoreError> {
        self.write(|connection, _| LAST_SYNCED.set(connection, &at))
    }

    pub(crate) fn last_synced(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read_raw(|connection| LAST_SYNCED.get(connection))
    }
}
