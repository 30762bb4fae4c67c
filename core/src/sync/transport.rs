//! What the engine needs of a network.

use async_trait::async_trait;
use mediconnect_domain::wire::{Frame, Pull, PullLine, Push, PushAnswer};

/// Why a message did not get through, or not its answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// There was no connection: nothing was sent.
    #[error("the server cannot be reached: {0}")]
    Offline(String),
    /// The connection broke, or no answer came in time. What was sent may or may not have arrived.
    #[error("the connection broke: {0}")]
    Cut(String),
    /// The server's session for this device has ended.
    #[error("the session has ended")]
    SessionEnded,
    /// The server no longer speaks this app's protocol.
    #[error("the app must be updated")]
    UpgradeNeeded,
    /// The server asks to wait.
    #[error("the server is busy")]
    Busy { retry_after_s: Option<u64> },
    /// What came is not what the protocol says.
    #[error("the server's answer cannot be read: {0}")]
    Malformed(String),
}

/// A signed-in line to the server. Real ones speak HTTP; the simulator has its own.
#[async_trait]
pub trait Transport: Send + Sync + 'static {
    async fn push(&self, push: &Push) -> Result<PushAnswer, TransportError>;

    /// The answer comes line by line; see [`PullLine`].
    async fn pull(&self, pull: &Pull) -> Result<Box<dyn PullLines>, TransportError>;

    async fn live(&self) -> Result<Box<dyn Live>, TransportError>;
}

#[async_trait]
pub trait PullLines: Send {
    /// `None` where the answer is over, be it whole or cut.
    async fn next(&mut self) -> Result<Option<PullLine>, TransportError>;
}

#[async_trait]
pub trait Live: Send {
    /// `None` where the stream is over. Asks the other side for a sign of life when it has been quiet, and fails when
    /// none comes: a half-open connection ends here.
    async fn next(&mut self) -> Result<Option<Frame>, TransportError>;
}

/// All lines at once, for transports that have them in memory.
#[async_trait]
impl PullLines for std::vec::IntoIter<PullLine> {
    async fn next(&mut self) -> Result<Option<PullLine>, TransportError> {
        Ok(Iterator::next(self))
    }
}
