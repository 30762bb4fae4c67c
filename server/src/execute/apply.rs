//! What a decision does to the store.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::{SignedDuration, Timestamp};
use mediconnect_domain::{
    AccountId, Actor, Change, CommandId, Kind, Record, Refusal,
    access::Scope,
    record::Due,
    wire::{self, RowHash},
};
use mediconnect_records::{Written, diff};

use crate::{
    audit,
    rights::rights,
    storage::{BucketChange, Commit, Dialect, EntryChange, StoreError, Tx, Value},
    values,
};

/// What is computed anew because records changed runs at most this often.
const STIR_EVERY: SignedDuration = SignedDuration::from_secs(1);

type Statements = Vec<(&'static str, Vec<Value>)>;

/// Who did what when: for the audit.
pub struct Line<'a> {
    pub actor: Actor,
    pub id: CommandId,
    pub name: &'a str,
    pub at: Timestamp,
}

/// Writes the changes and everything that follows from them. The entries that the actor may see are the answer.
pub async fn apply(
    tx: &mut dyn Tx,
    changes: Vec<Change>,
    line: &Line<'_>,
) -> Result<Vec<wire::Written>, StoreError> {
    let written = tx.write(changes).await?;
    let mut statements = Statements::new();
    for record in &written {
        scopes(record, &mut statements);
        dues(record, line.at, &mut statements)?;
    }
    statements.push(audit(line, audit::ACCEPTED, &written));
    tx.execute_all(statements).await?;
    let regranted = regrant(tx, &written, line.at).await?;
    let buckets = enter(tx, &written).await?;
    let entries = visible(tx, line.actor, &buckets).await?;
    if !buckets.is_empty() || !regranted.is_empty() {
        tx.announce(Commit { buckets, regranted });
    }
    Ok(entries)
}

/// A refusal leaves a line as well.
pub async fn audit_refusal(tx: &mut dyn Tx, refusal: &Refusal, line: &Line<'_>) -> Result<(), StoreError> {
    let (sql, values) = audit(line, refusal.code(), &[]);
    tx.execute(sql, &values).await.map(drop)
}

fn audit(line: &Line<'_>, outcome: &str, written: &[Written]) -> (&'static str, Vec<Value>) {
    let actor = match line.actor {
        Actor::Account(id) => Some(id.0),
        Actor::System => None,
    };
    let subject = audit::subject_of(written.iter().map(|record| (record.kind, record.id)));
    let records = written.iter().flat_map(|record| record.after().into_iter().chain(record.before()));
    let (at, command, command_id, scopes) = (line.at, line.name, line.id.0, audit::scopes_of(records));
    audit::Line { at, actor, command, command_id, subject, outcome, scopes }.statement()
}

fn of<T>(record: Option<&Record>, read: impl FnOnce(&Record) -> Vec<T>) -> Vec<T> {
    record.map(read).unwrap_or_default()
}

fn scopes(record: &Written, statements: &mut Statements) {
    let (was, now) = (of(record.before(), Record::scopes), of(record.after(), Record::scopes));
    let changed = diff(&was, &now);
    let values = |scope: &Scope| values![scope.to_string(), record.kind.name(), record.id].into();
    for scope in changed.gone {
        statements.push(("DELETE FROM scope WHERE scope = ?1 AND kind = ?2 AND id = ?3", values(scope)));
    }
    for scope in changed.new {
        let sql = "INSERT INTO scope (scope, kind, id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        statements.push((sql, values(scope)));
    }
}

fn dues(record: &Written, now: Timestamp, statements: &mut Statements) -> Result<(), StoreError> {
    let due = |record: Option<&Record>| record.and_then(Record::due);
    let (was, is) = (due(record.before()), due(record.after()));
    // What was due before and still is has been run or will be: it is not asked for a second time.
    if was != is {
        if let Some(gone) = was.filter(|was| is.as_ref().is_none_or(|is| is.key != was.key)) {
            statements.push(("DELETE FROM due WHERE key = ?1", values![gone.key].into()));
        }
        if let Some(due) = is {
            let sql = "INSERT INTO due (key, at, command) VALUES (?1, ?2, ?3)
                 ON CONFLICT (key) DO UPDATE SET at = excluded.at, command = excluded.command";
            statements.push((sql, due_values(&due, due.at)?));
        }
    }
    for stir in record.after().into_iter().chain(record.before()).flat_map(Record::stirs) {
        let sql = "INSERT INTO due (key, at, command) VALUES (?1, ?2, ?3) ON CONFLICT (key) DO NOTHING";
        let statement = (sql, due_values(&stir, now + STIR_EVERY)?);
        if !statements.contains(&statement) {
            statements.push(statement);
        }
    }
    Ok(())
}

fn due_values(due: &Due, at: Timestamp) -> Result<Vec<Value>, StoreError> {
    let command =
        serde_json::to_string(&due.command).map_err(|error| StoreError::Refused(error.to_string()))?;
    Ok(values![&due.key, at, command].into())
}

/// Derives anew the rights of accounts whose records changed; those accounts whose rights are others now.
async fn regrant(tx: &mut dyn Tx, written: &[Written], now: Timestamp) -> Result<Vec<AccountId>, StoreError> {
    let concerned: BTreeSet<AccountId> = written
        .iter()
        .flat_map(|record| record.before().into_iter().chain(record.after()))
        .flat_map(|record| match record {
            Record::Account(account) => vec![account.id],
            Record::Link(link) => vec![link.account_id],
            Record::Follow(follow) => vec![follow.account_id],
            Record::Vault(vault) => vault.members.iter().map(|member| member.account_id).collect(),
            _ => Vec::new(),
        })
        .collect();
    let mut regranted = Vec::new();
    for account in concerned {
        if refresh_rights(tx, account, now).await? {
            regranted.push(account);
        }
    }
    Ok(regranted)
}

/// Derives an account's rights to buckets from its records; whether they changed.
pub async fn refresh_rights(tx: &mut dyn Tx, account: AccountId, now: Timestamp) -> Result<bool, StoreError> {
    let buckets: BTreeSet<Scope> = rights(tx, account, now).await?.buckets().collect();
    let sql = "SELECT bucket, generation, live FROM granted WHERE account = ?1";
    let mut statements = Statements::new();
    let mut known = BTreeSet::new();
    for row in tx.query(sql, &values![account.0]).await? {
        let bucket = row.text(0)?.parse().map_err(|_| StoreError::Corrupt("a bucket".into()))?;
        let (generation, live) = (row.count(1)?, row.flag(2)?);
        let granted = buckets.contains(&bucket);
        known.insert(bucket);
        if granted != live {
            let generation = if granted { generation + 1 } else { generation };
            let sql = "UPDATE granted SET live = ?3, generation = ?4 WHERE account = ?1 AND bucket = ?2";
            statements.push((sql, values![account.0, bucket.to_string(), granted, generation].into()));
        }
    }
    for bucket in buckets.difference(&known) {
        let sql = "INSERT INTO granted (account, bucket, generation, live) VALUES (?1, ?2, 1, 1)";
        statements.push((sql, values![account.0, bucket.to_string()].into()));
    }
    let changed = !statements.is_empty();
    tx.execute_all(statements).await?;
    Ok(changed)
}

/// What happens to one bucket.
#[derive(Default)]
struct Turnover {
    gone: Vec<RowHash>,
    new: Vec<RowHash>,
    /// Entries, in the order written; the flag is 'no longer here'.
    entries: Vec<(Kind, uuid::Uuid, u64, Option<Arc<str>>)>,
}

/// Enters the records in their buckets. The row of each bucket is locked until the commit, in one order for everyone: so
/// the numbers of a bucket are committed in their order, and nobody who has seen one can miss an earlier one.
async fn enter(tx: &mut dyn Tx, written: &[Written]) -> Result<Vec<BucketChange>, StoreError> {
    let turnovers = turnovers(written);
    if turnovers.is_empty() {
        return Ok(Vec::new());
    }
    let mut heads = heads(tx, turnovers.keys()).await?;
    let mut statements = Statements::new();
    let mut changes = Vec::with_capacity(turnovers.len());
    for (bucket, turnover) in turnovers {
        let (from, hash) = heads.remove(&bucket).unwrap_or_default();
        let hash = turnover.gone.iter().fold(hash, |hash, row| hash.remove(*row));
        let hash = turnover.new.iter().fold(hash, |hash, row| hash.add(*row));
        let name = bucket.to_string();
        let mut to = from;
        let mut rows = Vec::with_capacity(turnover.entries.len());
        for (kind, id, rev, body) in turnover.entries {
            to += 1;
            let sql = "INSERT INTO entry (bucket, kind, id, seq, rev, deleted) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (bucket, kind, id) DO UPDATE SET seq = excluded.seq, rev = excluded.rev, deleted = excluded.deleted";
            statements.push((sql, values![&name, kind.name(), id, to, rev, body.is_none()].into()));
            rows.push(EntryChange { seq: to, kind, id, rev, body });
        }
        let sql = "INSERT INTO bucket (id, head, floor, hash) VALUES (?1, ?2, 0, ?3)
             ON CONFLICT (id) DO UPDATE SET head = excluded.head, hash = excluded.hash";
        statements.push((sql, values![&name, to, hash.hex()].into()));
        changes.push(BucketChange { bucket, from, to, hash, rows });
    }
    tx.execute_all(statements).await?;
    Ok(changes)
}

fn turnovers(written: &[Written]) -> BTreeMap<Scope, Turnover> {
    let mut turnovers: BTreeMap<Scope, Turnover> = BTreeMap::new();
    for record in written {
        let (was, now) = (of(record.before(), Record::buckets), of(record.after(), Record::buckets));
        let body = record.now.as_ref().map(|row| row.body.clone());
        for bucket in &was {
            let turnover = turnovers.entry(*bucket).or_default();
            turnover.gone.push(RowHash::of(record.kind.name(), record.id, record.rev_before));
            if !now.contains(bucket) {
                turnover.entries.push((record.kind, record.id, record.rev, None));
            }
        }
        for bucket in &now {
            let turnover = turnovers.entry(*bucket).or_default();
            turnover.new.push(RowHash::of(record.kind.name(), record.id, record.rev));
            turnover.entries.push((record.kind, record.id, record.rev, body.clone()));
        }
    }
    turnovers
}

/// Heads and hashes of these buckets, locked.
async fn heads(
    tx: &mut dyn Tx,
    buckets: impl ExactSizeIterator<Item = &Scope>,
) -> Result<BTreeMap<Scope, (u64, RowHash)>, StoreError> {
    let places = (1..=buckets.len()).map(|at| format!("?{at}")).collect::<Vec<_>>().join(", ");
    let lock = match tx.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => " FOR UPDATE",
    };
    let sql = format!("SELECT id, head, hash FROM bucket WHERE id IN ({places}) ORDER BY id{lock}");
    let names: Vec<Value> = buckets.map(|bucket| bucket.to_string().into()).collect();
    let mut heads = BTreeMap::new();
    for row in tx.query(&sql, &names).await? {
        let damaged = || StoreError::Corrupt("a bucket's head".into());
        let bucket = row.text(0)?.parse().map_err(|_| damaged())?;
        heads.insert(bucket, (row.count(1)?, RowHash::from_hex(row.text(2)?).ok_or_else(damaged)?));
    }
    Ok(heads)
}

/// The entries in buckets that the actor may hold: a receipt tells nothing about others.
async fn visible(
    tx: &mut dyn Tx,
    actor: Actor,
    buckets: &[BucketChange],
) -> Result<Vec<wire::Written>, StoreError> {
    let Actor::Account(account) = actor else { return Ok(Vec::new()) };
    let sql = "SELECT bucket FROM granted WHERE account = ?1 AND live = 1";
    let granted = tx.query(sql, &values![account.0]).await?;
    let granted: BTreeSet<&str> = granted.iter().map(|row| row.text(0)).collect::<Result<_, _>>()?;
    let held = buckets.iter().filter(|change| granted.contains(change.bucket.to_string().as_str()));
    Ok(held
        .flat_map(|change| {
            change.rows.iter().map(|row| wire::Written { bucket: change.bucket, seq: row.seq })
        })
        .collect())
}
