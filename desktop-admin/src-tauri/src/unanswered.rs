//! A command whose answer was lost on the way. It stays in the outbox and is sent again, under the same id, until the server
//! answers: so nothing may be said of it before, and it must not be entered a second time.
//!
//! A refusal that comes while the person waits is told as one. One that comes later, perhaps after the app was closed and
//! opened again, stays in the outbox as well, is shown by the front end, and goes when the person dismisses it.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use mediconnect_core::{Client, PendingCommand, PendingState, StoreError};
use mediconnect_domain::{CommandId, Refusal};
use serde::Serialize;
use tauri::{AppHandle, Emitter};
use tokio::time::{sleep, timeout};

use crate::failure::{Failure, Trouble};

/// How long the person waits before they are told that there is no answer.
const PATIENCE: Duration = Duration::from_secs(8);
const LOOK_EVERY: Duration = Duration::from_millis(300);

/// A command that was refused when nobody waited for it any more.
#[derive(Debug, PartialEq, Serialize)]
pub struct RefusedLater {
    id: CommandId,
    name: String,
    submitted_at: Timestamp,
    refusal: Refusal,
}

/// The commands that nobody waits for: those that were in the outbox when the app was opened, and those given up on since.
#[derive(Clone, Default)]
pub struct Late(Arc<Mutex<BTreeSet<CommandId>>>);

impl Late {
    pub fn of(client: &Client) -> Self {
        // Where nobody is signed in nothing waits.
        let pending = client.pending().unwrap_or_default();
        Self(Arc::new(Mutex::new(pending.into_iter().map(|command| command.id).collect())))
    }

    /// The answer to a command, if it comes soon.
    pub async fn wait(&self, client: &Client, command: CommandId) -> Result<(), Failure> {
        match timeout(PATIENCE, answer(client, command)).await {
            Ok(answer) => answer?.map_or(Ok(()), |refusal| Err(refusal.into())),
            Err(_) => {
                self.ids().insert(command);
                Err(Failure::trouble(Trouble::Unanswered, "no answer yet"))
            }
        }
    }

    /// Those that were refused, for the person to see.
    pub fn refused(&self, client: &Client) -> Result<Vec<RefusedLater>, StoreError> {
        let pending = client.pending()?;
        let late = self.ids();
        Ok(pending.into_iter().filter(|command| late.contains(&command.id)).filter_map(refused).collect())
    }

    /// Tells the front end `settled` each time the server has answered one of them.
    pub async fn tell(self, app: AppHandle, client: Client) {
        let mut watch = client.watch_pending();
        let mut told = BTreeSet::new();
        while watch.changed().await {
            let waiting: BTreeSet<CommandId> = client
                .pending()
                .unwrap_or_default()
                .into_iter()
                .filter(|command| !matches!(command.state, PendingState::Refused { .. }))
                .map(|command| command.id)
                .collect();
            let answered: Vec<CommandId> = self.ids().difference(&waiting).copied().collect();
            let news = answered.into_iter().filter(|id| told.insert(*id)).count() > 0;
            if news && app.emit("settled", ()).is_err() {
                return;
            }
        }
    }

    fn ids(&self) -> MutexGuard<'_, BTreeSet<CommandId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn refused(PendingCommand { id, name, submitted_at, state, .. }: PendingCommand) -> Option<RefusedLater> {
    match state {
        PendingState::Refused { refusal } => Some(RefusedLater { id, name, submitted_at, refusal }),
        PendingState::Pending | PendingState::Sent => None,
    }
}

/// What the server says of it, whenever that is.
async fn answer(client: &Client, command: CommandId) -> Result<Option<Refusal>, StoreError> {
    loop {
        match client.pending()?.into_iter().find(|pending| pending.id == command).map(|pending| pending.state)
        {
            None => return Ok(None),
            Some(PendingState::Refused { refusal }) => {
                client.discard(command)?;
                return Ok(Some(refusal));
            }
            Some(PendingState::Pending | PendingState::Sent) => sleep(LOOK_EVERY).await,
        }
    }
}
