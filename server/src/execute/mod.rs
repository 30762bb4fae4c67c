//! The only way records change on the server.
//!
//! One transaction per command: was it answered before → decide with what the store knows → write the records, their
//! scopes, bucket entries, rights and due work → keep the result and a line of the audit → commit. What is told to the live
//! stream and the answer itself leave after the commit. A refusal is a result like any other and is kept as well.
//!
//! Guards (see [`mediconnect_domain::Rule::guards`]) keep two commands about one doctor or patient apart; everything else
//! that clashes is found by the database and run again. Only `decide` refuses.

pub mod apply;
mod results;

use std::sync::Arc;

use jiff::Timestamp;
use mediconnect_crypto::receipt::ReceiptKey;
use mediconnect_domain::{
    AccountId, Actor, Authority, Change, Command, CommandId, Context, DeviceId, Facts, Halt, Refusal, decide,
    wire::{Envelope, Outcome, Receipt},
};
use uuid::Uuid;

use crate::{
    clock::Clock,
    storage::{Store, StoreError, Tx},
};

pub use apply::refresh_rights;
pub use results::forget;

/// Runs commands against a store.
#[derive(Clone)]
pub struct Executor {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub key: ReceiptKey,
}

/// A command and who sends it.
#[derive(Clone, Debug)]
pub struct Submission {
    pub actor: Actor,
    pub id: CommandId,
    /// Of everything that was sent: the same id with another digest is another command.
    pub digest: String,
    /// Why it cannot be read, where it cannot: kept as its result.
    pub command: Result<Command, Refusal>,
    /// Whether who sends it may do what is grave: see [`Command::is_grave`].
    pub proven: bool,
    /// Set when it comes from a device's outbox.
    pub sent: Option<Sent>,
}

/// Where a command stands in a device's outbox.
#[derive(Clone, Debug)]
pub struct Sent {
    pub device: DeviceId,
    pub lane: String,
    pub seq: u64,
    pub depends_on: Vec<CommandId>,
    pub replaces: Option<CommandId>,
}

/// What was decided and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    pub at: Timestamp,
    pub outcome: Outcome,
}

/// What became of a command.
#[derive(Clone, Debug, PartialEq)]
pub enum Answered {
    Decided(Decided),
    /// It must wait for an earlier one of its lane, or for one that it depends on. Nothing was stored.
    Blocked,
}

impl Submission {
    /// A command over the API, which has looked whether it is grave. `digest` is that of the request.
    pub fn new(actor: Actor, id: CommandId, digest: impl Into<String>, command: impl Into<Command>) -> Self {
        Self { actor, id, digest: digest.into(), command: Ok(command.into()), proven: true, sent: None }
    }

    /// A command from a device's outbox.
    pub fn pushed(account: AccountId, device: DeviceId, envelope: &Envelope, proven: bool) -> Self {
        let Envelope { id, lane, seq, depends_on, replaces, .. } = envelope.clone();
        Self {
            actor: Actor::Account(account),
            id,
            digest: envelope.digest(),
            command: envelope.command(),
            proven,
            sent: Some(Sent { device, lane, seq, depends_on, replaces }),
        }
    }

    fn guards(&self) -> Vec<Uuid> {
        self.command.as_ref().map(Command::guards).unwrap_or_default()
    }
}

impl Executor {
    /// Decides a command, or repeats what was decided.
    pub async fn submit(&self, submission: Submission) -> Result<Answered, StoreError> {
        let now = self.clock.now();
        let guards = submission.guards();
        let submission = Arc::new(submission);
        let work = self.store.write(&guards, move |tx| {
            let submission = submission.clone();
            Box::pin(async move { in_tx(tx, &submission, now).await })
        });
        work.await
    }

    /// The same, as the signed receipt; `None` where it is blocked.
    pub async fn receipt(
        &self,
        account: AccountId,
        submission: Submission,
    ) -> Result<Option<Receipt>, StoreError> {
        let command = submission.id;
        Ok(match self.submit(submission).await? {
            Answered::Decided(decided) => Some(self.sign(account, command, decided)),
            Answered::Blocked => None,
        })
    }

    /// Signs a result. Signing is deterministic, so that a replay gets the same bytes.
    pub fn sign(&self, account: AccountId, command: CommandId, Decided { at, outcome }: Decided) -> Receipt {
        let mut receipt = Receipt { command, account, at, outcome, signature: String::new() };
        receipt.signature = self.key.sign(&receipt.signed_bytes());
        receipt
    }

    /// Runs a command as the server itself, once per `id`.
    pub async fn as_system(&self, id: CommandId, command: impl Into<Command>) -> Result<Outcome, StoreError> {
        let command = command.into();
        let digest = blake3::hash(command.args().to_string().as_bytes()).to_hex().to_string();
        match self.submit(Submission::new(Actor::System, id, digest, command)).await? {
            Answered::Decided(decided) => Ok(decided.outcome),
            Answered::Blocked => Err(StoreError::Refused("only commands of devices can be blocked".into())),
        }
    }
}

/// Decides a command inside a transaction, for what must be stored together with it (a sign-up and its password). The
/// transaction must hold the command's guards.
pub async fn in_tx(tx: &mut dyn Tx, submission: &Submission, now: Timestamp) -> Result<Answered, StoreError> {
    if let Some(answered) = results::known(tx, submission, now).await? {
        return Ok(answered);
    }
    let refused = match &submission.sent {
        Some(sent) => match results::turn(tx, submission.actor, sent).await? {
            results::Turn::Now => None,
            results::Turn::Wait => return Ok(Answered::Blocked),
            results::Turn::Never(refusal) => Some(refusal),
        },
        None => None,
    };
    if let Some(outcome) = results::replaced(tx, submission, now).await? {
        return results::keep(tx, submission, Decided { at: now, outcome }).await.map(Answered::Decided);
    }
    let readable = match refused {
        Some(refusal) => Err(refusal),
        None => match &submission.command {
            Ok(command) if command.is_grave() && !submission.proven => Err(Refusal::StepUpNeeded),
            command => command.clone(),
        },
    };
    let decided = match &readable {
        Ok(command) => decide(tx, command, &context(submission, now)).await?,
        Err(refusal) => Err(refusal.clone()),
    };
    let name = submission.command.as_ref().map_or("unreadable", Command::name);
    let line = apply::Line { actor: submission.actor, id: submission.id, name, at: now };
    let outcome = match decided {
        Ok(changes) => Outcome::Accepted { entries: apply::apply(tx, changes, &line).await? },
        Err(refusal) => {
            apply::audit_refusal(tx, &refusal, &line).await?;
            Outcome::Refused { refusal }
        }
    };
    results::keep(tx, submission, Decided { at: now, outcome }).await.map(Answered::Decided)
}

fn context(submission: &Submission, now: Timestamp) -> Context {
    Context { actor: submission.actor, now, authority: Authority::Final, command: submission.id }
}

/// Asks the rule, fetching what it wants to know in batches.
async fn decide(
    tx: &mut dyn Tx,
    command: &Command,
    cx: &Context,
) -> Result<Result<Vec<Change>, Refusal>, StoreError> {
    let mut facts = Facts::default();
    loop {
        match decide::step(command, &facts, cx) {
            Ok(effects) => return Ok(Ok(effects.changes)),
            Err(Halt::Refused(refusal)) => return Ok(Err(refusal)),
            Err(Halt::NotHeld) => return Err(StoreError::Refused("a server holds everything".into())),
            Err(Halt::Missing) => {
                let needs = decide::missing(&facts);
                if needs.is_empty() {
                    return Err(StoreError::Refused(format!("{} waits for nothing", command.name())));
                }
                let answers = tx.fetch(&needs).await?;
                needs.into_iter().zip(answers).for_each(|(need, answer)| facts.learn(need, answer));
            }
        }
    }
}

/// Work that a record asked the server to do at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct DueRow {
    pub key: String,
    pub at: Timestamp,
    pub command: Command,
}

impl Executor {
    /// Does what is due, unless it is no longer: another node did it, or its record changed. What is due is taken and done in
    /// one transaction, so it happens once, crash or not.
    pub async fn run_due(&self, due: DueRow) -> Result<(), StoreError> {
        let now = self.clock.now();
        let guards = due.command.guards();
        let due = Arc::new(due);
        self.store.write(&guards, move |tx| Box::pin(due_in_tx(tx, due.clone(), now))).await
    }
}

async fn due_in_tx(tx: &mut dyn Tx, due: Arc<DueRow>, now: Timestamp) -> Result<(), StoreError> {
    let taken =
        tx.execute("DELETE FROM due WHERE key = ?1 AND at = ?2", &crate::values![&due.key, due.at]).await?;
    if taken == 0 {
        return Ok(());
    }
    let at = due.at.as_microsecond().to_le_bytes();
    let id = CommandId::derive(&[b"due", due.key.as_bytes(), &at]);
    let cx = Context { actor: Actor::System, now, authority: Authority::Final, command: id };
    let line = apply::Line { actor: Actor::System, id, name: due.command.name(), at: now };
    match decide(tx, &due.command, &cx).await? {
        // What is only computed anew leaves no line when nothing came of it.
        Ok(changes) if changes.is_empty() => {}
        Ok(changes) => drop(apply::apply(tx, changes, &line).await?),
        Err(refusal) => {
            tracing::debug!(key = due.key, code = refusal.code(), "what was due was refused");
            apply::audit_refusal(tx, &refusal, &line).await?;
        }
    }
    Ok(())
}
