//! Bringing the server's rows into the store.
//!
//! Runs on the server's truth: [`super::rebase`] has taken the overlay away before and puts it back after. Within an
//! incarnation the highest revision of a record wins, whichever bucket brought it. A record goes when the last bucket that
//! named it lets go of it.

use std::collections::BTreeMap;

use mediconnect_domain::{
    Kind, Row,
    access::Scope,
    wire::{BucketState, EntryRow, RowHash},
};
use mediconnect_records as records;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{Changed, StoreError, buckets};

/// What came of bringing rows in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Buckets whose hash differs from the server's: they are fetched anew at the next pull.
    pub mismatches: u32,
    pub rows: u32,
}

/// Brings one bucket to `state`.
pub(super) fn bucket(
    connection: &Connection,
    state: &BucketState,
    rows: &[EntryRow],
    changed: &mut Changed,
) -> Result<Applied, StoreError> {
    let name = state.bucket.to_string();
    let mut hash = match buckets::find(connection, state.bucket)? {
        Some(held) if !state.afresh => held.hash,
        _ => RowHash::default(),
    };
    if state.afresh {
        connection.execute("UPDATE member SET stale = 1 WHERE bucket = ?1", [&name])?;
    }
    for row in last_of_each(rows) {
        hash = entry(connection, state.bucket, row, hash, changed)?;
    }
    if state.afresh {
        drop_stale(connection, &name, changed)?;
    }
    let differs = hash.hex() != state.hash;
    if differs {
        // A bucket that differs although it has just come whole would come whole for ever: it is kept as it is.
        tracing::error!(bucket = %name, afresh = state.afresh, "a bucket's hash differs from the server's");
    }
    let suspect = differs && !state.afresh;
    buckets::reached(connection, state, hash, suspect)?;
    Ok(Applied { mismatches: u32::from(suspect), rows: u32::try_from(rows.len()).unwrap_or(u32::MAX) })
}

/// A page that was sent twice, or a row that changed while pages were made, counts once.
fn last_of_each(rows: &[EntryRow]) -> impl Iterator<Item = &EntryRow> {
    let mut last: BTreeMap<(&str, Uuid), &EntryRow> = BTreeMap::new();
    for row in rows {
        let kept = last.entry((&row.kind, row.id)).or_insert(row);
        if kept.seq <= row.seq {
            *kept = row;
        }
    }
    last.into_values()
}

fn entry(
    connection: &Connection,
    bucket: Scope,
    row: &EntryRow,
    hash: RowHash,
    changed: &mut Changed,
) -> Result<RowHash, StoreError> {
    let name = bucket.to_string();
    let mut statement = connection
        .prepare_cached("SELECT rev, stale FROM member WHERE bucket = ?1 AND kind = ?2 AND id = ?3")?;
    let held: Option<(u64, bool)> = statement
        .query_row(params![name, row.kind, row.id.as_bytes()], |found| Ok((found.get(0)?, found.get(1)?)))
        .optional()?;
    let hash = match held {
        Some((rev, false)) => hash.remove(RowHash::of(&row.kind, row.id, rev)),
        _ => hash,
    };
    let Some(body) = &row.body else {
        let sql = "DELETE FROM member WHERE bucket = ?1 AND kind = ?2 AND id = ?3";
        connection.prepare_cached(sql)?.execute(params![name, row.kind, row.id.as_bytes()])?;
        drop_if_orphaned(connection, &row.kind, row.id, changed)?;
        return Ok(hash);
    };
    let sql = "INSERT INTO member (bucket, kind, id, rev, stale) VALUES (?1, ?2, ?3, ?4, 0)
               ON CONFLICT (bucket, kind, id) DO UPDATE SET rev = excluded.rev, stale = 0";
    connection.prepare_cached(sql)?.execute(params![name, row.kind, row.id.as_bytes(), row.rev])?;
    put(connection, row, body.get(), changed)?;
    Ok(hash.add(RowHash::of(&row.kind, row.id, row.rev)))
}

fn put(connection: &Connection, row: &EntryRow, body: &str, changed: &mut Changed) -> Result<(), StoreError> {
    let Some(kind) = row.known_kind() else {
        let sql = "INSERT INTO aside (kind, id, rev, body) VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT (kind, id) DO UPDATE SET rev = excluded.rev, body = excluded.body
                   WHERE excluded.rev >= aside.rev";
        connection.prepare_cached(sql)?.execute(params![row.kind, row.id.as_bytes(), row.rev, body])?;
        return Ok(());
    };
    let mut statement =
        connection.prepare_cached("SELECT rev, body = ?3 FROM record WHERE kind = ?1 AND id = ?2")?;
    let held: Option<(u64, bool)> = statement
        .query_row(params![kind.name(), row.id.as_bytes(), body], |found| Ok((found.get(0)?, found.get(1)?)))
        .optional()?;
    if held.is_some_and(|(rev, same)| rev > row.rev || (rev == row.rev && same)) {
        return Ok(());
    }
    records::put(connection, &Row::new(kind, row.id, row.rev, body))?;
    changed.record(kind);
    Ok(())
}

fn drop_stale(connection: &Connection, bucket: &str, changed: &mut Changed) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT kind, id FROM member WHERE bucket = ?1 AND stale = 1")?;
    let stale: Vec<(String, Uuid)> = statement
        .query_map([bucket], |row| Ok((row.get(0)?, Uuid::from_bytes(row.get(1)?))))?
        .collect::<Result<_, _>>()?;
    connection.execute("DELETE FROM member WHERE bucket = ?1 AND stale = 1", [bucket])?;
    stale.iter().try_for_each(|(kind, id)| drop_if_orphaned(connection, kind, *id, changed))
}

/// Forgets a row that no bucket names any more.
pub(super) fn drop_if_orphaned(
    connection: &Connection,
    kind: &str,
    id: Uuid,
    changed: &mut Changed,
) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM member WHERE kind = ?1 AND id = ?2)")?;
    if statement.query_row(params![kind, id.as_bytes()], |row| row.get(0))? {
        return Ok(());
    }
    match Kind::from_name(kind) {
        Some(known) => {
            records::forget(connection, known, id)?;
            changed.record(known);
        }
        None => {
            let sql = "DELETE FROM aside WHERE kind = ?1 AND id = ?2";
            connection.prepare_cached(sql)?.execute(params![kind, id.as_bytes()])?;
        }
    }
    Ok(())
}

/// After an update of the app: rows of kinds that it now knows become records.
pub(super) fn adopt_known_kinds(connection: &Connection, changed: &mut Changed) -> Result<(), StoreError> {
    let kinds: Vec<String> = {
        let mut statement = connection.prepare("SELECT DISTINCT kind FROM aside")?;
        statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?
    };
    for kind in kinds.iter().filter_map(|kind| Kind::from_name(kind)) {
        let mut statement = connection.prepare("SELECT id, rev, body FROM aside WHERE kind = ?1")?;
        let rows: Vec<Row> = statement
            .query_map([kind.name()], |row| {
                Ok(Row::new(kind, Uuid::from_bytes(row.get(0)?), row.get(1)?, row.get::<_, String>(2)?))
            })?
            .collect::<Result<_, _>>()?;
        rows.iter().try_for_each(|row| records::put(connection, row))?;
        connection.execute("DELETE FROM aside WHERE kind = ?1", [kind.name()])?;
        changed.record(kind);
    }
    Ok(())
}
