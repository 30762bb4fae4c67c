//! Carries commands to the server and rows back.
//!
//! [`SyncEngine`] is deterministic: transport, clock and storage are parameters, and it moves only when it is called. One
//! [`SyncEngine::step`] is a round: send what waits, pull what is new, purge a slice of what was revoked. Frames of the
//! live stream go to [`SyncEngine::receive`]. A cut at any point leaves the store as it was before the message or after it;
//! the next step goes on from there. The loop with its waiting and reconnecting is [`crate::Client::run`]'s.

mod board;
mod pull;
mod push;
mod transport;

use std::sync::Arc;

use mediconnect_domain::{DeviceId, wire::Frame};

pub use board::{FirstSync, SyncBoard, SyncState};
pub use transport::{Live, PullLines, Transport, TransportError};

use crate::{Clock, StoreError, store::Store};

/// Rows purged in one step.
const PURGE_ROWS: u32 = 1_000;
/// A pull after which a bucket's hash differs is repeated at once, this often.
const REPAIRS: u32 = 2;

/// Why a step came to nothing. What was committed before stays; the next step goes on.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    #[error(transparent)]
    Transport(#[from] TransportError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the server's receipt is not signed by the installation's key")]
    BadReceipt,
}

/// What a step did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Commands that the server answered.
    pub answered: u32,
    /// Rows that came.
    pub rows: u32,
    /// There is more to do at once: more commands wait, or revoked rows are still on the device.
    pub more: bool,
}

/// What a live frame asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// It was applied, or nothing was to do.
    Done,
    /// It does not follow what is held here, or only says that something is new.
    Pull,
    /// The server ended the session.
    Ended,
}

/// Sync of one account's store.
pub struct SyncEngine {
    store: Arc<Store>,
    transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
    /// The id under which a new store counts its lanes.
    device: DeviceId,
    receipt_key: String,
    board: Arc<SyncBoard>,
    /// One round at a time.
    round: tokio::sync::Mutex<()>,
}

impl SyncEngine {
    /// `receipt_key` is the installation's, hex; see [`mediconnect_domain::sign_in::Installation`].
    pub fn new(
        store: Arc<Store>,
        transport: Arc<dyn Transport>,
        clock: Arc<dyn Clock>,
        device: DeviceId,
        receipt_key: String,
        board: Arc<SyncBoard>,
    ) -> Self {
        Self { store, transport, clock, device, receipt_key, board, round: tokio::sync::Mutex::default() }
    }

    /// One round: push, pull, purge a slice.
    pub async fn step(&self) -> Result<Step, SyncError> {
        let _one = self.round.lock().await;
        let result = self.round().await;
        self.board.note(&result, self.clock.now());
        self.board.count(&self.store)?;
        result
    }

    async fn round(&self) -> Result<Step, SyncError> {
        let (answered, more) = self.push().await?;
        let mut rows = 0;
        for _ in 0..=REPAIRS {
            let applied = self.pull().await?;
            rows += applied.rows;
            if applied.mismatches == 0 {
                break;
            }
        }
        let purging = self.store.purge_slice(PURGE_ROWS)?;
        Ok(Step { answered, rows, more: more || purging })
    }

    /// Sends what waits, without pulling.
    pub async fn send(&self) -> Result<Step, SyncError> {
        let _one = self.round.lock().await;
        let result = self.push().await.map(|(answered, more)| Step { answered, rows: 0, more });
        self.board.note(&result, self.clock.now());
        self.board.count(&self.store)?;
        result
    }

    /// Takes a frame of the live stream.
    pub async fn receive(&self, frame: Frame) -> Result<Received, SyncError> {
        let _one = self.round.lock().await;
        match frame {
            Frame::Hello { at, .. } => {
                self.board.saw_server_time(at, self.clock.now());
                Ok(Received::Pull)
            }
            Frame::Poke => Ok(Received::Pull),
            Frame::Bye { .. } => Ok(Received::Ended),
            Frame::Commit { buckets } => {
                let applied = self.store.apply_commit(&buckets, self.now())?;
                self.board.count(&self.store)?;
                Ok(match applied {
                    Some(applied) if applied.mismatches == 0 => Received::Done,
                    _ => Received::Pull,
                })
            }
        }
    }

    fn now(&self) -> jiff::Timestamp {
        self.board.corrected(self.clock.now())
    }
}
