//! The results of commands, kept so that a second sending gets the same answer, and the order of devices' outboxes.

use jiff::Timestamp;
use mediconnect_domain::{Actor, CommandId, Refusal, wire::Outcome};
use uuid::Uuid;

use super::{Answered, Decided, Sent, Submission};
use crate::{
    storage::{StoreError, Tx},
    values,
};

/// Under whose name a result is kept.
fn account(actor: Actor) -> Uuid {
    match actor {
        Actor::Account(id) => id.0,
        Actor::System => Uuid::nil(),
    }
}

/// What was decided about this id before, if anything was.
pub async fn known(
    tx: &mut dyn Tx,
    submission: &Submission,
    now: Timestamp,
) -> Result<Option<Answered>, StoreError> {
    let Some((digest, decided)) = find(tx, submission.actor, submission.id).await? else { return Ok(None) };
    // A command that was given up before it arrived has no digest.
    if digest == submission.digest || digest.is_empty() {
        return Ok(Some(Answered::Decided(decided)));
    }
    let outcome = Outcome::Refused { refusal: Refusal::IdReused };
    Ok(Some(Answered::Decided(Decided { at: now, outcome })))
}

async fn find(tx: &mut dyn Tx, actor: Actor, id: CommandId) -> Result<Option<(String, Decided)>, StoreError> {
    let sql = "SELECT digest, at, outcome FROM command WHERE account = ?1 AND id = ?2";
    let Some(found) = tx.one(sql, &values![account(actor), id.0]).await? else { return Ok(None) };
    let outcome = serde_json::from_str(found.text(2)?).map_err(|_| StoreError::Corrupt("a result".into()))?;
    Ok(Some((found.text(0)?.to_owned(), Decided { at: found.time(1)?, outcome })))
}

/// Whether a command's turn has come.
pub enum Turn {
    Now,
    /// An earlier one has not arrived.
    Wait,
    /// It will never come.
    Never(Refusal),
}

/// Looks at the command's place in its lane and at what it builds on.
pub async fn turn(tx: &mut dyn Tx, actor: Actor, sent: &Sent) -> Result<Turn, StoreError> {
    let sql = "SELECT seq FROM lane WHERE account = ?1 AND device = ?2 AND lane = ?3";
    let last = tx.one(sql, &values![account(actor), sent.device.0, &sent.lane]).await?;
    let next = match last {
        Some(found) => found.count(0)? + 1,
        None if was_restored(tx).await? => sent.seq,
        None => 1,
    };
    match sent.seq.cmp(&next) {
        std::cmp::Ordering::Greater => return Ok(Turn::Wait),
        // Its place was taken by a command this one is not: the result was forgotten, or two devices share one id.
        std::cmp::Ordering::Less => return Ok(Turn::Never(Refusal::TooOld)),
        std::cmp::Ordering::Equal => {}
    }
    for earlier in &sent.depends_on {
        match find(tx, actor, *earlier).await? {
            None => return Ok(Turn::Wait),
            Some((_, Decided { outcome: Outcome::Refused { .. }, .. })) => {
                return Ok(Turn::Never(Refusal::DependsOnRefused { command: *earlier }));
            }
            Some(_) => {}
        }
    }
    Ok(Turn::Now)
}

/// A restored store has forgotten how far lanes had come: they go on where the devices are.
async fn was_restored(tx: &mut dyn Tx) -> Result<bool, StoreError> {
    Ok(tx.one("SELECT value FROM meta WHERE name = 'restored'", &[]).await?.is_some())
}

/// The result of the command that this one is a changed form of, should that one have taken effect. If it has not
/// arrived, it never will take effect from now on.
pub async fn replaced(
    tx: &mut dyn Tx,
    submission: &Submission,
    now: Timestamp,
) -> Result<Option<Outcome>, StoreError> {
    let Some(old) = submission.sent.as_ref().and_then(|sent| sent.replaces) else { return Ok(None) };
    match find(tx, submission.actor, old).await? {
        Some((_, Decided { outcome: accepted @ Outcome::Accepted { .. }, .. })) => Ok(Some(accepted)),
        Some(_) => Ok(None),
        None => {
            let outcome = Outcome::Refused { refusal: Refusal::TooOld };
            store(tx, submission.actor, old, "", &Decided { at: now, outcome }).await?;
            Ok(None)
        }
    }
}

/// Keeps a result, and with it the place in the lane.
pub async fn keep(tx: &mut dyn Tx, submission: &Submission, decided: Decided) -> Result<Decided, StoreError> {
    store(tx, submission.actor, submission.id, &submission.digest, &decided).await?;
    if let Some(sent) = &submission.sent {
        // A command that came too late has no place.
        let sql = "INSERT INTO lane (account, device, lane, seq) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (account, device, lane) DO UPDATE SET seq = excluded.seq WHERE lane.seq < excluded.seq";
        tx.execute(sql, &values![account(submission.actor), sent.device.0, &sent.lane, sent.seq]).await?;
    }
    Ok(decided)
}

async fn store(
    tx: &mut dyn Tx,
    actor: Actor,
    id: CommandId,
    digest: &str,
    decided: &Decided,
) -> Result<(), StoreError> {
    let outcome = serde_json::to_string(&decided.outcome).map_err(|e| StoreError::Refused(e.to_string()))?;
    let sql = "INSERT INTO command (account, id, digest, at, outcome) VALUES (?1, ?2, ?3, ?4, ?5)";
    tx.execute(sql, &values![account(actor), id.0, digest, decided.at, outcome]).await?;
    Ok(())
}

/// Forgets results from before `until`, some at a time; the number forgotten.
pub async fn forget(tx: &mut dyn Tx, until: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM command WHERE (account, id) IN (SELECT account, id FROM command WHERE at < ?1 ORDER BY at LIMIT 500)";
    tx.execute(sql, &values![until]).await
}
