//! Submitting commands, and what becomes of them.

use mediconnect_domain::{Command, CommandId, Refusal};

use super::Client;
use crate::{PendingCommand, StoreError, SyncError, store::Acknowledged, sync::TransportError};

/// Why a command was not taken.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// What this device knows is enough to say no. Nothing was queued.
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a command that was to run at once did not.
#[derive(Debug, thiserror::Error)]
pub enum ExecuteError {
    /// The rules say no, here or on the server. Nothing stays queued.
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    /// It was not sent, and nothing stays queued.
    #[error("the server cannot be reached")]
    Offline,
    /// It was sent and no answer came. It stays in the outbox; the background loop finds out.
    #[error("the server has not answered yet")]
    Unanswered { command: CommandId },
    #[error("the session has ended")]
    SessionEnded,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<SubmitError> for ExecuteError {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Refused(refusal) => Self::Refused(refusal),
            SubmitError::Store(error) => Self::Store(error),
        }
    }
}

impl Client {
    /// Takes a command: applies it to the local records and queues it for the server. It is durable when this returns.
    pub fn submit(&self, command: impl Into<Command>) -> Result<CommandId, SubmitError> {
        let (id, command) = (CommandId(self.new_id()), command.into());
        let open = self.account_open()?;
        let taken = open.store.submit(id, &command, self.now())?;
        self.queued(taken)?;
        Ok(id)
    }

    /// The commands that the server has not accepted, in the order submitted; refused ones stay until decided about.
    pub fn pending(&self) -> Result<Vec<PendingCommand>, StoreError> {
        self.account_open()?.store.pending()
    }

    /// Sends a refused command once more, as it is. Answers its new id.
    pub fn retry(&self, id: CommandId) -> Result<CommandId, SubmitError> {
        let new = CommandId(self.new_id());
        let taken = self.account_open()?.store.retry(id, (new, CommandId(self.new_id())), self.now())?;
        self.queued(taken)?;
        Ok(new)
    }

    /// Puts another form of a command in its place: an edit. If the old one took effect after all, its result counts.
    /// What builds on the old one waits for the new one. Answers its id.
    pub fn replace(&self, id: CommandId, command: impl Into<Command>) -> Result<CommandId, SubmitError> {
        let new = CommandId(self.new_id());
        let ids = (new, CommandId(self.new_id()));
        let taken = self.account_open()?.store.replace(id, ids, &command.into(), self.now())?;
        self.queued(taken)?;
        Ok(new)
    }

    /// Lets a command go, and what builds on it. One that was sent and not answered may still take effect.
    pub fn discard(&self, id: CommandId) -> Result<(), StoreError> {
        let open = self.account_open()?;
        open.store.discard(id, self.now(), || CommandId(self.new_id()))?;
        self.inner.wake.notify_one();
        self.inner.board.count(&open.store)
    }

    /// Runs a command now and waits for the server's word: for apps that work online.
    pub async fn execute_now(&self, command: impl Into<Command>) -> Result<CommandId, ExecuteError> {
        let open = self.account_open()?;
        let engine = open.engine.clone().ok_or(ExecuteError::Offline)?;
        let id = self.submit(command)?;
        loop {
            let sent = engine.send().await;
            match open.store.acknowledged(id)? {
                Acknowledged::Accepted => return Ok(id),
                Acknowledged::Refused(refusal) => {
                    self.discard(id)?;
                    return Err(ExecuteError::Refused(refusal));
                }
                Acknowledged::NotYet => {}
            }
            match sent {
                // Earlier commands went first.
                Ok(step) if step.more => {}
                outcome => return Err(self.gave_up(id, outcome.err())?),
            }
        }
    }

    /// What to say of a command that got no answer: one that never left is taken back.
    fn gave_up(&self, id: CommandId, error: Option<SyncError>) -> Result<ExecuteError, StoreError> {
        let open = self.account_open()?;
        if open.store.was_sent(id)?
            && !matches!(error, Some(SyncError::Transport(TransportError::SessionEnded)))
        {
            return Ok(ExecuteError::Unanswered { command: id });
        }
        self.discard(id)?;
        Ok(match error {
            Some(SyncError::Transport(TransportError::SessionEnded)) => ExecuteError::SessionEnded,
            Some(SyncError::Store(error)) => ExecuteError::Store(error),
            _ => ExecuteError::Offline,
        })
    }

    fn queued(&self, taken: Result<(), Refusal>) -> Result<(), SubmitError> {
        taken.map_err(SubmitError::Refused)?;
        self.inner.board.count(&self.account_open()?.store)?;
        self.inner.wake.notify_one();
        Ok(())
    }
}
