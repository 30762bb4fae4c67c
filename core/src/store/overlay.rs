//! Pending commands, applied to the local records.

use std::collections::BTreeSet;

use jiff::Timestamp;
use mediconnect_domain::{
    AccountId, Actor, Authority, Change, Command, CommandId, Context, Effects, Halt, Kind, Refusal, Row,
    decide,
};
use mediconnect_records as records;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{
    Changed, Store, StoreError,
    held::Held,
    outbox::{self, Entry},
    rebase,
};

/// What the rules say on this device.
pub(super) enum Guess {
    /// What the command would do, and the commands it builds on.
    Effects(Effects, BTreeSet<CommandId>),
    /// This device cannot know; the server will.
    Unknown(BTreeSet<CommandId>),
    Refused(Refusal),
}

/// Runs the rules on what this device holds.
pub(super) fn guess(
    connection: &Connection,
    account: AccountId,
    id: CommandId,
    command: &Command,
    now: Timestamp,
) -> Result<Guess, StoreError> {
    let mut held = Held::new(connection, account)?;
    let cx = Context { actor: Actor::Account(account), now, authority: Authority::Optimistic, command: id };
    let decided = decide::run(command, &cx, |needs| held.answer(needs))?;
    let mut built_on = BTreeSet::new();
    for (kind, id) in &held.read {
        built_on.extend(writers_of(connection, *kind, *id)?);
    }
    built_on.remove(&id);
    Ok(match decided {
        Ok(effects) => Guess::Effects(effects, built_on),
        Err(Halt::Refused(refusal)) => Guess::Refused(refusal),
        Err(Halt::NotHeld | Halt::Missing) => Guess::Unknown(built_on),
    })
}

/// The pending commands that wrote this row.
fn writers_of(connection: &Connection, kind: Kind, id: Uuid) -> Result<Vec<CommandId>, StoreError> {
    let sql = "SELECT t.command FROM touched t JOIN outbox o ON o.id = t.command
               WHERE t.kind = ?1 AND t.id = ?2 AND o.state != 'accepted'";
    let mut statement = connection.prepare_cached(sql)?;
    let ids = statement
        .query_map(params![kind.name(), id.as_bytes()], |row| Ok(CommandId(Uuid::from_bytes(row.get(0)?))))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Writes what a command would do, keeping the server's form of each row aside.
pub(super) fn apply(
    connection: &Connection,
    id: CommandId,
    effects: &Effects,
    changed: &mut Changed,
) -> Result<(), StoreError> {
    for change in &effects.changes {
        let (kind, row_id) = change.key();
        let rev = keep_server_form(connection, kind, row_id)?;
        match change {
            Change::Put(record) => {
                records::put(connection, &Row::new(kind, row_id, rev, record.body()))?;
            }
            Change::Remove { .. } => records::forget(connection, kind, row_id)?,
        }
        let sql = "INSERT OR IGNORE INTO touched (command, kind, id) VALUES (?1, ?2, ?3)";
        connection.prepare_cached(sql)?.execute(params![id.0.as_bytes(), kind.name(), row_id.as_bytes()])?;
        changed.record(kind);
    }
    Ok(())
}

/// Answers the revision of the server's form; 0 where the server has none.
fn keep_server_form(connection: &Connection, kind: Kind, id: Uuid) -> Result<u64, StoreError> {
    let kept = "SELECT rev FROM shadow WHERE kind = ?1 AND id = ?2";
    let key = params![kind.name(), id.as_bytes()];
    if let Some(rev) = connection.prepare_cached(kept)?.query_row(key, |row| row.get(0)).optional()? {
        return Ok(rev);
    }
    let row = records::get(connection, kind, id)?;
    let (rev, body) = row.map_or((0, None), |row| (row.rev, Some(row.body)));
    let sql = "INSERT INTO shadow (kind, id, rev, body) VALUES (?1, ?2, ?3, ?4)";
    connection.prepare_cached(sql)?.execute(params![kind.name(), id.as_bytes(), rev, body])?;
    Ok(rev)
}

/// Back to the server's truth.
pub(super) fn lift(connection: &Connection, changed: &mut Changed) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached("SELECT kind, id, rev, body FROM shadow")?;
    let mut shadows = statement.query([])?;
    while let Some(shadow) = shadows.next()? {
        let Some(kind) = Kind::from_name(&shadow.get::<_, String>(0)?) else { continue };
        let id = Uuid::from_bytes(shadow.get(1)?);
        match shadow.get::<_, Option<String>>(3)? {
            Some(body) => records::put(connection, &Row::new(kind, id, shadow.get(2)?, body))?,
            None => records::forget(connection, kind, id)?,
        }
        changed.record(kind);
    }
    connection.execute_batch("DELETE FROM shadow; DELETE FROM touched")?;
    Ok(())
}

impl Store {
    /// Decides a command with what is held here, shows what it would do and queues it; durable when this returns.
    /// A refusal that the facts held here justify comes back at once, and nothing is queued.
    pub fn submit(
        &self,
        id: CommandId,
        command: &Command,
        now: Timestamp,
    ) -> Result<Result<(), Refusal>, StoreError> {
        self.write_unless(|connection, changed| {
            let entry = Entry { id, replaces: None, position: None };
            enter(connection, self.account(), &entry, command, now, changed)
        })
    }

    /// Puts another form of a command in its place. If the old one took effect after all, its result counts. `withdrawal` is
    /// a new id, for an old one that was sent.
    pub fn replace(
        &self,
        old: CommandId,
        (id, withdrawal): (CommandId, CommandId),
        command: &Command,
        now: Timestamp,
    ) -> Result<Result<(), Refusal>, StoreError> {
        self.write_unless(|connection, changed| {
            let account = self.account();
            let Some(queued) = outbox::find(connection, old)? else {
                return Ok(Err(Refusal::UnknownCommand));
            };
            let replaces = queued.bytes.is_some().then_some(old).or(queued.replaces);
            rebase::without_overlay_at(connection, account, now, changed, |connection, changed| {
                outbox::let_go(connection, &queued, withdrawal, changed)?;
                outbox::redirect(connection, old, id)
            })?;
            // A withdrawal keeps the old place; the new one comes right after it.
            let position = if queued.state == "sent" { None } else { Some(queued.position) };
            let entry = Entry { id, replaces, position };
            let entered = enter(connection, account, &entry, command, now, changed)?;
            // It stands where the old one stood: what was submitted later builds on it again.
            rebase::without_overlay_at(connection, account, now, changed, |_, _| Ok(()))?;
            Ok(entered)
        })
    }

    /// Sends a refused command once more, as it is.
    pub fn retry(
        &self,
        old: CommandId,
        ids: (CommandId, CommandId),
        now: Timestamp,
    ) -> Result<Result<(), Refusal>, StoreError> {
        let command =
            self.read_raw(|connection| Ok(outbox::find(connection, old)?.and_then(|q| q.command())))?;
        match command {
            Some(command) => self.replace(old, ids, &command, now),
            None => Ok(Err(Refusal::UnknownCommand)),
        }
    }
}

fn enter(
    connection: &Connection,
    account: AccountId,
    entry: &Entry,
    command: &Command,
    now: Timestamp,
    changed: &mut Changed,
) -> Result<Result<(), Refusal>, StoreError> {
    let (effects, built_on) = match guess(connection, account, entry.id, command, now)? {
        Guess::Refused(refusal) => return Ok(Err(refusal)),
        Guess::Effects(effects, built_on) => (effects, built_on),
        Guess::Unknown(built_on) => (Effects::default(), built_on),
    };
    outbox::append(connection, entry, command, &built_on, now)?;
    apply(connection, entry.id, &effects, changed)?;
    changed.outbox();
    Ok(Ok(()))
}
