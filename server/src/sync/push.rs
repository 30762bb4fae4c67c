//! Taking commands from an outbox.

use std::collections::HashSet;

use mediconnect_domain::{
    AccountId,
    wire::{Envelope, Push, PushAnswer},
};

use crate::{
    execute::{Executor, Submission},
    storage::StoreError,
};

/// The most commands in one push.
pub const MOST: usize = 100;
/// The longest name of a lane.
const LANE_LENGTH: usize = 200;
/// The most commands that one may build on: each is looked up while others wait to write.
const DEPENDS_ON: usize = 1_000;

/// Why a push was not taken at all.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    #[error("this version of the protocol is not spoken")]
    Protocol,
    #[error(
        "a push holds at most 100 commands, in lanes with short names, each building on at most 1000 others"
    )]
    Form,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Runs the commands in order. One that cannot be answered now blocks its lane; the other lanes go on. What is grave is refused
/// unless the session is `proven`.
pub async fn push(
    executor: &Executor,
    account: AccountId,
    push: &Push,
    proven: bool,
) -> Result<PushAnswer, PushError> {
    if !super::speaks(push.protocol) {
        return Err(PushError::Protocol);
    }
    let is_too_long =
        |command: &Envelope| command.lane.len() > LANE_LENGTH || command.depends_on.len() > DEPENDS_ON;
    if push.commands.len() > MOST || push.commands.iter().any(is_too_long) {
        return Err(PushError::Form);
    }
    let mut receipts = Vec::with_capacity(push.commands.len());
    let mut blocked = HashSet::new();
    for envelope in &push.commands {
        if blocked.contains(envelope.lane.as_str()) {
            continue;
        }
        match executor.receipt(account, Submission::pushed(account, push.device, envelope, proven)).await {
            Ok(Some(receipt)) => receipts.push(receipt),
            Ok(None) => drop(blocked.insert(envelope.lane.as_str())),
            Err(error @ StoreError::Unavailable(_)) if receipts.is_empty() => return Err(error.into()),
            Err(error) => {
                tracing::error!(%error, command = %envelope.id, name = envelope.name, "a command could not be decided");
                blocked.insert(envelope.lane.as_str());
            }
        }
    }
    Ok(PushAnswer { receipts })
}
