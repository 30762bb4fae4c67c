//! Giving a device the rows it may hold and has not.
//!
//! All of it is read on one snapshot: rights, heads and rows belong together. A device that is up to date says so with one
//! hash and gets one line back. Otherwise it sends its cursors and gets, bucket by bucket, what is newer; a bucket comes
//! whole when its cursor cannot be continued: another incarnation or generation, before the floor, beyond the head, or at
//! the head with another hash.

use std::{collections::BTreeMap, time::Duration};

use async_trait::async_trait;
use jiff::Timestamp;
use mediconnect_domain::{
    AccountId,
    access::Scope,
    wire::{BucketCursor, BucketState, EntryRow, Pull, PullLine, RowHash, checkpoint},
};
use serde_json::value::RawValue;
use tokio::{
    sync::mpsc,
    time::{Instant, timeout_at},
};

use crate::{
    rights::rights,
    storage::{Fields, Store, StoreError, Tx, incarnation},
    values,
};

/// Most rows of a page.
const PAGE_ROWS: usize = 500;
/// A page is closed once its bodies are this long.
const PAGE_BYTES: usize = 256 * 1024;
/// How long a device may take for one line, and for all.
const LINE_WITHIN: Duration = Duration::from_secs(20);
const ALL_WITHIN: Duration = Duration::from_secs(120);

/// Where the lines of an answer go.
#[async_trait]
pub trait Sink: Send {
    /// An error where nobody listens any more.
    async fn send(&mut self, line: PullLine) -> Result<(), StoreError>;
}

#[async_trait]
impl Sink for Vec<PullLine> {
    async fn send(&mut self, line: PullLine) -> Result<(), StoreError> {
        self.push(line);
        Ok(())
    }
}

/// Lines to a device that must take them in time: a snapshot stays open as long. One that is too slow pulls again from
/// where it got to.
struct InTime {
    lines: mpsc::Sender<PullLine>,
    until: Instant,
}

#[async_trait]
impl Sink for InTime {
    async fn send(&mut self, line: PullLine) -> Result<(), StoreError> {
        let until = self.until.min(Instant::now() + LINE_WITHIN);
        let sent = timeout_at(until, self.lines.send(line)).await;
        sent.ok()
            .and_then(Result::ok)
            .ok_or_else(|| StoreError::Unavailable("the device stopped reading".into()))
    }
}

/// The answer to a pull, line by line. One that breaks off has no [`PullLine::End`].
pub fn stream(store: &Store, account: AccountId, pull: Pull, now: Timestamp) -> mpsc::Receiver<PullLine> {
    let (lines, answer) = mpsc::channel(4);
    let (store, pull) = (store.clone(), std::sync::Arc::new(pull));
    tokio::spawn(async move {
        let read = store.read_long(move |tx| {
            let pull = pull.clone();
            let mut lines = InTime { lines: lines.clone(), until: Instant::now() + ALL_WITHIN };
            Box::pin(async move { answer_to(tx, account, &pull, now, &mut lines).await })
        });
        if let Err(error) = read.await {
            tracing::warn!(%error, "a pull broke off");
        }
    });
    answer
}

/// The whole answer at once: for the simulator and tests.
pub async fn collect(
    store: &Store,
    account: AccountId,
    pull: Pull,
    now: Timestamp,
) -> Result<Vec<PullLine>, StoreError> {
    let pull = std::sync::Arc::new(pull);
    let read = store.read(move |tx| {
        let pull = pull.clone();
        Box::pin(async move {
            let mut lines = Vec::new();
            answer_to(tx, account, &pull, now, &mut lines).await.map(|()| lines)
        })
    });
    read.await
}

/// Answers a pull inside a snapshot.
pub async fn answer_to(
    tx: &mut dyn Tx,
    account: AccountId,
    pull: &Pull,
    now: Timestamp,
    to: &mut dyn Sink,
) -> Result<(), StoreError> {
    let incarnation = incarnation(tx).await?;
    let granted = granted(tx, account, now).await?;
    let same_life = pull.incarnation == Some(incarnation);
    let here = checkpoint(granted.iter().map(|(bucket, held)| (bucket, held.generation, held.head)));
    if same_life && here == pull.checkpoint {
        return to.send(PullLine::Same { at: now }).await;
    }
    let Some(cursors) = &pull.cursors else { return to.send(PullLine::SendCursors).await };
    let cursors: BTreeMap<Scope, &BucketCursor> = match same_life {
        true => cursors.iter().map(|cursor| (cursor.bucket, cursor)).collect(),
        false => BTreeMap::new(),
    };
    let mut plan: Vec<(Scope, &Granted, Option<u64>)> = granted
        .iter()
        .map(|(bucket, held)| {
            (*bucket, held, cursors.get(bucket).and_then(|cursor| held.goes_on_from(cursor)))
        })
        .collect();
    plan.sort_by_key(|(bucket, ..)| priority(bucket));
    let state = |(bucket, held, from): &(Scope, &Granted, Option<u64>)| BucketState {
        bucket: *bucket,
        generation: held.generation,
        head: held.head,
        afresh: from.is_none(),
        hash: held.hash.hex(),
    };
    to.send(PullLine::Begin { at: now, incarnation, buckets: plan.iter().map(state).collect() }).await?;
    for (bucket, held, from) in &plan {
        pages(tx, *bucket, *from, held.head, to).await?;
    }
    to.send(PullLine::End).await
}

/// What a person looks at first comes first.
fn priority(bucket: &Scope) -> u8 {
    match bucket {
        Scope::Account(_) => 0,
        Scope::Patient(_) | Scope::Practice(_) => 1,
        Scope::Directory => 2,
        _ => 3,
    }
}

/// A bucket that the account may hold, as it is in the snapshot.
struct Granted {
    generation: u64,
    head: u64,
    floor: u64,
    hash: RowHash,
}

impl Granted {
    /// The number after which the device goes on; `None` where the bucket must come whole.
    fn goes_on_from(&self, cursor: &BucketCursor) -> Option<u64> {
        let differs = cursor.seq == self.head && cursor.hash != self.hash.hex();
        let known = cursor.generation == self.generation && (self.floor..=self.head).contains(&cursor.seq);
        (known && !differs).then_some(cursor.seq)
    }
}

/// Rights as granted, cut to what the account's records give at this instant.
async fn granted(
    tx: &mut dyn Tx,
    account: AccountId,
    now: Timestamp,
) -> Result<BTreeMap<Scope, Granted>, StoreError> {
    let rights = rights(tx, account, now).await?;
    let sql = "SELECT g.bucket, g.generation, b.head, b.floor, b.hash FROM granted g LEFT JOIN bucket b ON b.id = g.bucket
         WHERE g.account = ?1 AND g.live = 1";
    let mut granted = BTreeMap::new();
    for row in tx.query(sql, &values![account.0]).await? {
        let damaged = || StoreError::Corrupt("a granted bucket".into());
        let bucket: Scope = row.text(0)?.parse().map_err(|_| damaged())?;
        if !rights.scopes.contains(&bucket) {
            continue;
        }
        let hash = row
            .maybe(4, Fields::text)?
            .map_or(Some(RowHash::default()), RowHash::from_hex)
            .ok_or_else(damaged)?;
        let head = row.maybe(2, Fields::count)?.unwrap_or(0);
        let floor = row.maybe(3, Fields::count)?.unwrap_or(0);
        granted.insert(bucket, Granted { generation: row.count(1)?, head, floor, hash });
    }
    Ok(granted)
}

const NEWER: &str = "SELECT e.seq, e.kind, e.id, e.rev, e.deleted, r.body
     FROM entry e LEFT JOIN record r ON r.kind = e.kind AND r.id = e.id
     WHERE e.bucket = ?1 AND e.seq > ?2 AND e.deleted <= ?3 ORDER BY e.seq LIMIT ?4";

/// Sends the rows of a bucket after `from`; all live ones where that is `None`.
async fn pages(
    tx: &mut dyn Tx,
    bucket: Scope,
    from: Option<u64>,
    head: u64,
    to: &mut dyn Sink,
) -> Result<(), StoreError> {
    // A device that starts anew has nothing that could be gone.
    let deleted_too = from.is_some();
    let mut after = from.unwrap_or(0);
    while after < head {
        let found =
            tx.query(NEWER, &values![bucket.to_string(), after, deleted_too, PAGE_ROWS as u64]).await?;
        let whole = found.len() < PAGE_ROWS;
        let mut rows = Vec::with_capacity(found.len());
        let mut bytes = 0;
        for fields in &found {
            let row = entry(fields)?;
            bytes += row.body.as_ref().map_or(0, |body| body.get().len());
            after = row.seq;
            rows.push(row);
            if bytes >= PAGE_BYTES {
                break;
            }
        }
        let cut = rows.len() < found.len();
        if !rows.is_empty() {
            to.send(PullLine::Page { bucket, rows }).await?;
        }
        if whole && !cut {
            break;
        }
    }
    Ok(())
}

fn entry(fields: &Fields) -> Result<EntryRow, StoreError> {
    let body = match fields.flag(4)? {
        true => None,
        false => Some(fields.text(5)?.to_owned()),
    };
    let body =
        body.map(RawValue::from_string).transpose().map_err(|_| StoreError::Corrupt("a body".into()))?;
    let kind = fields.text(1)?.to_owned();
    Ok(EntryRow { seq: fields.count(0)?, kind, id: fields.uuid(2)?, rev: fields.count(3)?, body })
}
