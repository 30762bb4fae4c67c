//! A command whose answer was lost on the way. It stays in the outbox and is sent again, under the same id, until the server
//! answers: so nothing may be said of it before, and it must not be entered a second time.

use std::time::Duration;

use mediconnect_core::{Client, PendingState, StoreError};
use mediconnect_domain::{CommandId, Refusal};
use tauri::{AppHandle, Emitter};
use tokio::time::{sleep, timeout};

use crate::failure::{Failure, Trouble};

/// How long the person waits before they are told that there is no answer.
const PATIENCE: Duration = Duration::from_secs(8);
const LOOK_EVERY: Duration = Duration::from_millis(300);

/// The answer, if it comes soon. Where it comes later the front end hears `settled`, with the refusal if there is one.
pub async fn wait(app: AppHandle, client: Client, command: CommandId) -> Result<(), Failure> {
    match timeout(PATIENCE, answer(&client, command)).await {
        Ok(answer) => answer?.map_or(Ok(()), |refusal| Err(refusal.into())),
        Err(_) => {
            tauri::async_runtime::spawn(async move {
                if let Ok(refusal) = answer(&client, command).await
                    && let Err(error) = app.emit("settled", refusal)
                {
                    tracing::warn!(%error, "the window does not hear of a late answer");
                }
            });
            Err(Failure::trouble(Trouble::Unanswered, "no answer yet"))
        }
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
