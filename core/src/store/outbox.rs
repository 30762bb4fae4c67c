//! The commands of this device that are not yet part of the server's rows.
//!
//! ```text
//! pending ──send──→ sent ──receipt──→ accepted ──its rows arrive──→ (gone)
//!                     └────────────→ refused ──retry, edit, discard──→ (gone)
//! ```
//! A command is durable before [`Store::submit`] returns. Its bytes freeze when it is first sent: a second sending is the
//! same, byte for byte. A changed form is a new command that names the one it replaces.
//!
//! A lane has no gaps: the server waits for each number. So a command that may have reached the server is not simply
//! dropped when a person lets it go, but withdrawn: its place is taken by an envelope that no rule knows and that replaces
//! it. Should the command have taken effect, it has; should it not have arrived, it never will.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use mediconnect_domain::{
    Command, CommandId, Refusal,
    wire::{Envelope, Outcome, Receipt, SCHEMA},
};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use uuid::Uuid;

use super::{Changed, Store, StoreError, rebase};

/// A command that the server has not accepted, as a screen shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PendingCommand {
    pub id: CommandId,
    pub name: String,
    /// What was entered; `None` where this build no longer knows the command's form.
    pub command: Option<Command>,
    pub state: PendingState,
    pub submitted_at: Timestamp,
    /// The refused command that this one builds on: it waits until that one is resolved.
    pub blocked_by: Option<CommandId>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum PendingState {
    /// Waits to be sent.
    Pending,
    /// Sent at least once; the server's answer has not arrived.
    Sent,
    /// The server said no. What was entered is kept until the person decides.
    Refused { refusal: Refusal },
}

/// What the server said of a command.
#[derive(Clone, Debug, PartialEq)]
pub enum Acknowledged {
    /// Nothing so far.
    NotYet,
    Accepted,
    Refused(Refusal),
}

/// A command in the outbox.
pub(super) struct Queued {
    pub position: i64,
    pub seq: Option<u64>,
    pub id: CommandId,
    pub lane: String,
    pub name: String,
    pub args: String,
    pub schema: u32,
    pub depends_on: BTreeSet<CommandId>,
    pub replaces: Option<CommandId>,
    pub submitted_at: Timestamp,
    pub state: String,
    pub bytes: Option<String>,
    pub refusal: Option<Refusal>,
}

/// No command has this name: the server answers that it does not know it, and has noted what it replaces.
const WITHDRAWN: &str = "withdrawn";

const COLUMNS: &str =
    "id, lane, name, args, schema, depends_on, replaces, submitted_at, state, bytes, refusal, position, seq";

fn queued(row: &Row) -> rusqlite::Result<Queued> {
    let id = |bytes: [u8; 16]| CommandId(Uuid::from_bytes(bytes));
    let depends_on: String = row.get(5)?;
    let refusal: Option<String> = row.get(10)?;
    Ok(Queued {
        position: row.get(11)?,
        seq: row.get(12)?,
        id: id(row.get(0)?),
        lane: row.get(1)?,
        name: row.get(2)?,
        args: row.get(3)?,
        schema: row.get(4)?,
        depends_on: serde_json::from_str(&depends_on).unwrap_or_default(),
        replaces: row.get::<_, Option<[u8; 16]>>(6)?.map(id),
        submitted_at: Timestamp::from_microsecond(row.get(7)?).unwrap_or_default(),
        state: row.get(8)?,
        bytes: row.get(9)?,
        // A refusal that this build cannot read still is one.
        refusal: refusal.map(|text| serde_json::from_str(&text).unwrap_or(Refusal::UnknownCommand)),
    })
}

impl Queued {
    /// The command; `None` where this build does not know its form.
    pub fn command(&self) -> Option<Command> {
        Command::read(&self.name, &self.args)?.ok()
    }

    /// What takes the place of a command that was let go after it was sent.
    fn withdrawal(&self, id: CommandId, seq: u64) -> Envelope {
        Envelope {
            id,
            name: WITHDRAWN.to_owned(),
            args: serde_json::Value::Null,
            depends_on: Vec::new(),
            replaces: Some(self.id),
            ..self.envelope(seq)
        }
    }

    fn envelope(&self, seq: u64) -> Envelope {
        Envelope {
            id: self.id,
            lane: self.lane.clone(),
            seq,
            name: self.name.clone(),
            args: serde_json::from_str(&self.args).expect("arguments were stored as JSON"),
            depends_on: self.depends_on.iter().copied().collect(),
            schema: self.schema,
            replaces: self.replaces,
        }
    }
}

/// Where a new command goes.
pub(super) struct Entry {
    pub id: CommandId,
    /// The command it is a changed form of.
    pub replaces: Option<CommandId>,
    /// `None` is at the end.
    pub position: Option<i64>,
}

pub(super) fn append(
    connection: &Connection,
    entry: &Entry,
    command: &Command,
    depends_on: &BTreeSet<CommandId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO outbox (position, id, lane, name, args, schema, depends_on, replaces, submitted_at, state)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'pending')";
    connection.prepare_cached(sql)?.execute(params![
        entry.position,
        entry.id.0.as_bytes(),
        command.lane(),
        command.name(),
        command.args().to_string(),
        SCHEMA,
        serde_json::to_string(depends_on).expect("ids are JSON"),
        entry.replaces.map(|id| *id.0.as_bytes()),
        now.as_microsecond(),
    ])?;
    Ok(())
}

/// All commands in one of these states, in the order submitted. `states` is SQL of this crate.
pub(super) fn in_states(connection: &Connection, states: &str) -> Result<Vec<Queued>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM outbox WHERE state IN ({states}) ORDER BY position");
    let mut statement = connection.prepare_cached(&sql)?;
    let found = statement.query_map([], queued)?;
    Ok(found.collect::<Result<_, _>>()?)
}

pub(super) fn find(connection: &Connection, id: CommandId) -> Result<Option<Queued>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM outbox WHERE id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([id.0.as_bytes()], queued).optional()?)
}

pub(super) fn remove(
    connection: &Connection,
    id: CommandId,
    changed: &mut Changed,
) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM outbox WHERE id = ?1")?.execute([id.0.as_bytes()])?;
    connection.prepare_cached("DELETE FROM touched WHERE command = ?1")?.execute([id.0.as_bytes()])?;
    changed.outbox();
    Ok(())
}

/// For each command that builds on a refused one, directly or not: that refused one.
pub(super) fn blocked(all: &[Queued]) -> BTreeMap<CommandId, CommandId> {
    let mut blocked: BTreeMap<CommandId, CommandId> = BTreeMap::new();
    let refused: BTreeSet<CommandId> = all.iter().filter(|c| c.state == "refused").map(|c| c.id).collect();
    // Commands depend on earlier ones only, so one pass in their order is enough.
    for command in all.iter().filter(|c| c.state != "refused") {
        let by = command.depends_on.iter().find_map(|on| match refused.contains(on) {
            true => Some(*on),
            false => blocked.get(on).copied(),
        });
        blocked.extend(by.map(|by| (command.id, by)));
    }
    blocked
}

const UNRESOLVED: &str = "'pending', 'sent', 'refused'";

impl Store {
    /// The commands that the server has not accepted, in the order submitted.
    pub fn pending(&self) -> Result<Vec<PendingCommand>, StoreError> {
        let all = self.read_raw(|connection| in_states(connection, UNRESOLVED))?;
        let blocked = blocked(&all);
        Ok(all
            .into_iter()
            .map(|queued| PendingCommand {
                id: queued.id,
                command: queued.command(),
                submitted_at: queued.submitted_at,
                blocked_by: blocked.get(&queued.id).copied(),
                state: match (queued.state.as_str(), queued.refusal) {
                    ("sent", _) => PendingState::Sent,
                    ("refused", refusal) => {
                        PendingState::Refused { refusal: refusal.unwrap_or(Refusal::UnknownCommand) }
                    }
                    _ => PendingState::Pending,
                },
                name: queued.name,
            })
            .collect())
    }

    /// How many wait for the server, and how many it refused.
    pub fn outbox_counts(&self) -> Result<(u32, u32), StoreError> {
        self.read_raw(|connection| {
            let sql = "SELECT count(*) FILTER (WHERE state IN ('pending', 'sent')),
                              count(*) FILTER (WHERE state = 'refused') FROM outbox";
            Ok(connection.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
        })
    }

    /// What the server said of a command that this device submitted.
    pub fn acknowledged(&self, id: CommandId) -> Result<Acknowledged, StoreError> {
        self.read_raw(|connection| {
            let sql = "SELECT body FROM receipt WHERE command = ?1";
            let body: Option<String> =
                connection.prepare_cached(sql)?.query_row([id.0.as_bytes()], |row| row.get(0)).optional()?;
            let receipt = body.and_then(|body| serde_json::from_str::<Receipt>(&body).ok());
            Ok(match receipt.map(|receipt| receipt.outcome) {
                None => Acknowledged::NotYet,
                Some(Outcome::Accepted { .. }) => Acknowledged::Accepted,
                Some(Outcome::Refused { refusal }) => Acknowledged::Refused(refusal),
            })
        })
    }

    /// Whether a command may have reached the server.
    pub(crate) fn was_sent(&self, id: CommandId) -> Result<bool, StoreError> {
        self.read_raw(|connection| Ok(find(connection, id)?.is_some_and(|queued| queued.bytes.is_some())))
    }

    /// The next commands to send, with their bytes frozen. What builds on a refused command waits.
    pub(crate) fn freeze_next(&self, most: usize) -> Result<Batch, StoreError> {
        self.write(|connection, changed| {
            let all = in_states(connection, "'pending', 'sent', 'refused', 'withdrawn'")?;
            let blocked = blocked(&all);
            // What was sent is sent again even if it is blocked: its number is taken, and the next in the lane waits for it.
            let sendable =
                |c: &&Queued| c.state != "refused" && (c.bytes.is_some() || !blocked.contains_key(&c.id));
            let mut batch = Batch::default();
            for command in all.iter().filter(sendable).take(most) {
                if command.bytes.is_none() {
                    batch.first_time.push(command.id);
                }
                batch.envelopes.push(freeze(connection, command, changed)?);
            }
            Ok(batch)
        })
    }

    /// Takes the freezing back of commands that certainly did not leave this device.
    pub(crate) fn thaw(&self, ids: &[CommandId]) -> Result<(), StoreError> {
        self.write(|connection, changed| {
            let frozen: Vec<Queued> = in_states(connection, "'sent', 'withdrawn'")?;
            let thawed = |c: &Queued| ids.contains(&c.id) && c.state == "sent";
            for command in frozen.iter().filter(|c| thawed(c)) {
                // A later number that stays taken keeps the earlier ones.
                let stays = |c: &Queued| c.lane == command.lane && c.seq > command.seq && !thawed(c);
                if !frozen.iter().any(stays) {
                    thaw(connection, command, changed)?;
                }
            }
            Ok(())
        })
    }

    /// Lets a command go that the server has not accepted, and all that builds on it. One that was sent may have taken
    /// effect. `new_id` gives ids for withdrawals.
    pub fn discard(
        &self,
        id: CommandId,
        now: Timestamp,
        mut new_id: impl FnMut() -> CommandId,
    ) -> Result<(), StoreError> {
        self.write(|connection, changed| {
            rebase::without_overlay_at(connection, self.account(), now, changed, |connection, changed| {
                let mut gone = BTreeSet::from([id]);
                for command in in_states(connection, UNRESOLVED)? {
                    if command.id == id || command.depends_on.iter().any(|on| gone.contains(on)) {
                        gone.insert(command.id);
                        let_go(connection, &command, new_id(), changed)?;
                    }
                }
                Ok(())
            })
        })
    }
}

/// Commands to send.
#[derive(Default)]
pub(crate) struct Batch {
    pub envelopes: Vec<Envelope>,
    /// Those that were never sent before.
    pub first_time: Vec<CommandId>,
}

/// Drops a command that is not accepted, or withdraws it where it may have reached the server.
pub(super) fn let_go(
    connection: &Connection,
    command: &Queued,
    withdrawal: CommandId,
    changed: &mut Changed,
) -> Result<(), StoreError> {
    let Some(seq) = command.seq.filter(|_| command.state == "sent") else {
        return remove(connection, command.id, changed);
    };
    let bytes = serde_json::to_string(&command.withdrawal(withdrawal, seq)).expect("an envelope is JSON");
    let sql = "UPDATE outbox SET id = ?2, state = 'withdrawn', bytes = ?3 WHERE id = ?1";
    connection.prepare_cached(sql)?.execute(params![
        command.id.0.as_bytes(),
        withdrawal.0.as_bytes(),
        bytes
    ])?;
    connection
        .prepare_cached("DELETE FROM touched WHERE command = ?1")?
        .execute([command.id.0.as_bytes()])?;
    changed.outbox();
    Ok(())
}

fn freeze(connection: &Connection, command: &Queued, changed: &mut Changed) -> Result<Envelope, StoreError> {
    if let Some(bytes) = &command.bytes {
        return serde_json::from_str(bytes).map_err(|_| StoreError::Corrupt);
    }
    let sql = "INSERT INTO lane (name, next) VALUES (?1, 2) ON CONFLICT (name) DO UPDATE SET next = next + 1
               RETURNING next - 1";
    let seq = connection.prepare_cached(sql)?.query_row([&command.lane], |row| row.get(0))?;
    let envelope = command.envelope(seq);
    let bytes = serde_json::to_string(&envelope).expect("an envelope is JSON");
    let sql = "UPDATE outbox SET state = 'sent', bytes = ?2, seq = ?3 WHERE id = ?1";
    connection.prepare_cached(sql)?.execute(params![command.id.0.as_bytes(), bytes, seq])?;
    changed.outbox();
    Ok(envelope)
}

fn thaw(connection: &Connection, command: &Queued, changed: &mut Changed) -> Result<(), StoreError> {
    let sql = "UPDATE lane SET next = min(next, ?2) WHERE name = ?1";
    connection.prepare_cached(sql)?.execute(params![command.lane, command.seq])?;
    let sql = "UPDATE outbox SET state = 'pending', bytes = NULL, seq = NULL WHERE id = ?1";
    connection.prepare_cached(sql)?.execute([command.id.0.as_bytes()])?;
    changed.outbox();
    Ok(())
}

/// What was sent goes back to waiting, under new ids that replace the old ones. A withdrawal has nothing left to withdraw:
/// what it was for either comes back in rows or is never sent again.
pub(super) fn begin_anew(connection: &Connection, incarnation: Uuid) -> Result<(), StoreError> {
    connection.execute("DELETE FROM outbox WHERE state = 'withdrawn'", [])?;
    let sent = in_states(connection, "'sent', 'accepted'")?;
    for command in &sent {
        let sql = "UPDATE outbox SET id = ?2, replaces = ?1, state = 'pending', bytes = NULL, seq = NULL, awaits = NULL,
                   acked_at_pull = NULL WHERE id = ?1";
        let id = CommandId::derive(&[command.id.0.as_bytes(), incarnation.as_bytes()]);
        connection.prepare_cached(sql)?.execute(params![command.id.0.as_bytes(), id.0.as_bytes()])?;
    }
    for command in &sent {
        redirect(
            connection,
            command.id,
            CommandId::derive(&[command.id.0.as_bytes(), incarnation.as_bytes()]),
        )?;
    }
    Ok(())
}

/// Commands that wait for `old` wait for `new` instead, as far as their bytes are not frozen.
pub(super) fn redirect(connection: &Connection, old: CommandId, new: CommandId) -> Result<(), StoreError> {
    for command in in_states(connection, "'pending'")? {
        if !command.depends_on.contains(&old) || command.bytes.is_some() {
            continue;
        }
        let depends_on: BTreeSet<CommandId> =
            command.depends_on.iter().map(|on| if *on == old { new } else { *on }).collect();
        let text = serde_json::to_string(&depends_on).expect("ids are JSON");
        let sql = "UPDATE outbox SET depends_on = ?2 WHERE id = ?1";
        connection.prepare_cached(sql)?.execute(params![command.id.0.as_bytes(), text])?;
    }
    Ok(())
}
