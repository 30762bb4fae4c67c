//! From one server's truth to the next, with pending commands kept on top.
//!
//! One transaction: lift the overlay, apply what is new, let go of accepted commands whose rows are here, replay the
//! rest. A command leaves the overlay only once every entry it wrote, as far as this device holds its bucket, has been
//! applied: a booking never blinks, whether its acknowledgement comes before its rows or after.

use jiff::Timestamp;
use mediconnect_domain::{
    AccountId, CommandId,
    wire::{BucketState, Delta, Outcome, Receipt, Written},
};
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{
    Applied, Changed, Store, StoreError, apply, buckets,
    meta::Meta,
    outbox::{self, Queued},
    overlay::{self, Guess},
    staging,
};

/// How many pulls were begun.
const PULLS: Meta<u64> = Meta::new("pulls");
/// The number of the last pull that was applied to its end.
const PULLED: Meta<u64> = Meta::new("pulled");
/// When the rules were last asked, for replays that no new time comes with.
const LAST_NOW: Meta<Timestamp> = Meta::new("last_now");

/// Runs `work` on the server's truth and puts the overlay back.
pub(super) fn without_overlay_at<R>(
    connection: &Connection,
    account: AccountId,
    now: Timestamp,
    changed: &mut Changed,
    work: impl FnOnce(&Connection, &mut Changed) -> Result<R, StoreError>,
) -> Result<R, StoreError> {
    LAST_NOW.set(connection, &now)?;
    overlay::lift(connection, changed)?;
    let result = work(connection, changed)?;
    settle(connection, changed)?;
    replay(connection, account, now, changed)?;
    Ok(result)
}

/// The same at the time of the last rebase.
pub(super) fn without_overlay<R>(
    connection: &Connection,
    account: AccountId,
    changed: &mut Changed,
    work: impl FnOnce(&Connection, &mut Changed) -> Result<R, StoreError>,
) -> Result<R, StoreError> {
    let now = LAST_NOW.get(connection)?.unwrap_or_default();
    without_overlay_at(connection, account, now, changed, work)
}

/// Lets go of accepted commands whose effects are in the server's rows held here.
fn settle(connection: &Connection, changed: &mut Changed) -> Result<(), StoreError> {
    let pulled = PULLED.get(connection)?.unwrap_or_default();
    let accepted: Vec<(CommandId, String, u64)> = {
        let sql = "SELECT id, awaits, acked_at_pull FROM outbox WHERE state = 'accepted'";
        let mut statement = connection.prepare_cached(sql)?;
        let found = statement
            .query_map([], |row| Ok((CommandId(Uuid::from_bytes(row.get(0)?)), row.get(1)?, row.get(2)?)))?;
        found.collect::<Result<_, _>>()?
    };
    for (id, awaits, acked_at_pull) in accepted {
        let awaits: Vec<Written> = serde_json::from_str(&awaits).map_err(|_| StoreError::Corrupt)?;
        let mut arrived = true;
        for entry in &awaits {
            arrived &= match buckets::find(connection, entry.bucket)?.filter(|bucket| !bucket.hidden) {
                Some(bucket) => bucket.seq >= entry.seq,
                // Not held: it may be a bucket this very command gave us. A pull begun since then would have brought it.
                None => pulled > acked_at_pull,
            };
        }
        if arrived {
            outbox::remove(connection, id, changed)?;
        }
    }
    Ok(())
}

/// Applies what the server has not answered, or not sent back, in the order submitted. A command that the rules now
/// refuse shows nothing; the server still decides it.
fn replay(
    connection: &Connection,
    account: AccountId,
    now: Timestamp,
    changed: &mut Changed,
) -> Result<(), StoreError> {
    for queued in outbox::in_states(connection, "'pending', 'sent', 'accepted'")? {
        let Queued { id, .. } = queued;
        let Some(command) = queued.command() else { continue };
        if let Guess::Effects(effects, _) = overlay::guess(connection, account, id, &command, now)? {
            overlay::apply(connection, id, &effects, changed)?;
        }
    }
    Ok(())
}

/// What a pull begins with.
pub(crate) struct Beginning<'a> {
    pub incarnation: Uuid,
    pub buckets: &'a [BucketState],
}

impl Store {
    /// Numbers a pull that is about to be asked for.
    pub(crate) fn begin_pull(&self) -> Result<u64, StoreError> {
        self.write(|connection, _| {
            let number = PULLS.get(connection)?.unwrap_or_default() + 1;
            PULLS.set(connection, &number)?;
            staging::clear(connection)?;
            Ok(number)
        })
    }

    /// The server has nothing new.
    pub(crate) fn nothing_new(&self, pull: u64, now: Timestamp) -> Result<(), StoreError> {
        self.write(|connection, changed| {
            PULLED.set(connection, &pull)?;
            if !outbox::in_states(connection, "'accepted'")?.is_empty() {
                without_overlay_at(connection, self.account(), now, changed, |_, _| Ok(()))?;
            }
            Ok(())
        })
    }

    /// Hides what was revoked. If the server's store is another one, all buckets are to come anew.
    pub(crate) fn apply_beginning(&self, beginning: &Beginning) -> Result<(), StoreError> {
        self.write(|connection, changed| {
            staging::clear(connection)?;
            let named = beginning.buckets.iter().map(|state| state.bucket).collect();
            if buckets::hide_all_but(connection, &named)? {
                changed.all_records();
            }
            Ok(())
        })
    }

    /// The first sync only: makes a bucket visible as soon as it is whole.
    pub(crate) fn apply_bucket(
        &self,
        incarnation: Uuid,
        state: &BucketState,
        now: Timestamp,
    ) -> Result<Applied, StoreError> {
        self.write(|connection, changed| {
            without_overlay_at(connection, self.account(), now, changed, |connection, changed| {
                note_incarnation(connection, incarnation)?;
                let rows = staging::rows_of(connection, state.bucket)?;
                staging::clear_bucket(connection, state.bucket)?;
                apply::bucket(connection, state, &rows, changed)
            })
        })
    }

    /// Applies all that was staged, across buckets, in one transaction.
    pub(crate) fn apply_pull(
        &self,
        pull: u64,
        beginning: &Beginning,
        applied_before: &[BucketState],
        now: Timestamp,
    ) -> Result<Applied, StoreError> {
        self.write(|connection, changed| {
            without_overlay_at(connection, self.account(), now, changed, |connection, changed| {
                note_incarnation(connection, beginning.incarnation)?;
                let mut all = Applied::default();
                for state in beginning.buckets.iter().filter(|state| !applied_before.contains(state)) {
                    let rows = staging::rows_of(connection, state.bucket)?;
                    let applied = apply::bucket(connection, state, &rows, changed)?;
                    all.mismatches += applied.mismatches;
                    all.rows += applied.rows;
                }
                staging::clear(connection)?;
                buckets::WHOLE.set(connection, &true)?;
                PULLED.set(connection, &pull)?;
                Ok(all)
            })
        })
    }

    /// Applies one commit of the live stream. `None` where it does not follow what is held here: pull.
    pub(crate) fn apply_commit(
        &self,
        deltas: &[Delta],
        now: Timestamp,
    ) -> Result<Option<Applied>, StoreError> {
        self.write(|connection, changed| {
            let mut new = Vec::new();
            for delta in deltas {
                match buckets::find(connection, delta.bucket)?.filter(|held| !held.hidden) {
                    // Had by a pull already.
                    Some(held) if held.seq >= delta.to => {}
                    Some(held) if held.seq == delta.from => new.push(delta),
                    _ => return Ok(None),
                }
            }
            if new.is_empty() {
                return Ok(Some(Applied::default()));
            }
            without_overlay_at(connection, self.account(), now, changed, |connection, changed| {
                apply_deltas(connection, &new, changed)
            })
            .map(Some)
        })
    }

    /// Takes in what the server decided.
    pub(crate) fn acknowledge(&self, receipts: &[Receipt], now: Timestamp) -> Result<(), StoreError> {
        if receipts.is_empty() {
            return Ok(());
        }
        self.write(|connection, changed| {
            without_overlay_at(connection, self.account(), now, changed, |connection, changed| {
                receipts.iter().try_for_each(|receipt| acknowledge(connection, receipt, changed))
            })
        })
    }
}

fn apply_deltas(
    connection: &Connection,
    deltas: &[&Delta],
    changed: &mut Changed,
) -> Result<Applied, StoreError> {
    let mut all = Applied::default();
    for delta in deltas {
        let generation = "SELECT generation FROM bucket WHERE name = ?1";
        let generation =
            connection.prepare_cached(generation)?.query_row([delta.bucket.to_string()], |row| row.get(0))?;
        let Delta { bucket, to, ref hash, ref rows, .. } = **delta;
        let state = BucketState { bucket, generation, head: to, afresh: false, hash: hash.clone() };
        let applied = apply::bucket(connection, &state, rows, changed)?;
        all.mismatches += applied.mismatches;
        all.rows += applied.rows;
    }
    Ok(all)
}

/// Another incarnation counts revisions and lanes anew, and may have lost what it once accepted. What this device has not
/// seen come back in rows is sent once more, as a changed form of itself: if it took effect after all, that counts.
fn note_incarnation(connection: &Connection, incarnation: Uuid) -> Result<(), StoreError> {
    let known = buckets::INCARNATION.get(connection)?;
    buckets::INCARNATION.set(connection, &incarnation)?;
    if known.is_some_and(|known| known != incarnation) {
        connection.execute_batch("UPDATE record SET rev = 0; UPDATE aside SET rev = 0")?;
        Store::renew_device(connection, incarnation)?;
        outbox::begin_anew(connection, incarnation)?;
    }
    Ok(())
}

fn acknowledge(connection: &Connection, receipt: &Receipt, changed: &mut Changed) -> Result<(), StoreError> {
    let id = receipt.command.0.as_bytes();
    let body = serde_json::to_string(receipt).expect("a receipt is JSON");
    let sql = "INSERT OR REPLACE INTO receipt (command, at, body) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(sql)?.execute(params![id, receipt.at.as_microsecond(), body])?;
    // A withdrawal has done its work whatever the answer: what it replaced has taken effect or never will.
    connection.prepare_cached("DELETE FROM outbox WHERE id = ?1 AND state = 'withdrawn'")?.execute([id])?;
    match &receipt.outcome {
        Outcome::Accepted { entries } => {
            let awaits = serde_json::to_string(entries).expect("entries are JSON");
            let pull = PULLS.get(connection)?.unwrap_or_default();
            let sql = "UPDATE outbox SET state = 'accepted', refusal = NULL, awaits = ?2, acked_at_pull = ?3
                       WHERE id = ?1 AND state = 'sent'";
            connection.prepare_cached(sql)?.execute(params![id, awaits, pull])?;
        }
        Outcome::Refused { refusal } => {
            let refusal = serde_json::to_string(refusal).expect("a refusal is JSON");
            let sql = "UPDATE outbox SET state = 'refused', refusal = ?2 WHERE id = ?1 AND state = 'sent'";
            connection.prepare_cached(sql)?.execute(params![id, refusal])?;
        }
    }
    changed.outbox();
    Ok(())
}
