//! The background loop: push, pull, listen, and come back after a loss.
//!
//! Losing every frame of the live stream loses nothing but time: the loop also asks every now and then.

use std::{sync::Arc, time::Duration};

use tokio::{
    select,
    time::{Instant, sleep, timeout},
};

use super::{Client, open::OpenAccount};
use crate::{
    StoreError, SyncError, SyncState,
    sync::{Live, Received, SyncEngine, Transport, TransportError},
};

/// Waits before the next attempt, after one failed: doubling from the first to the last, each with jitter, so that ten
/// thousand devices do not come back at once.
const FIRST_WAIT: Duration = Duration::from_millis(500);
const LAST_WAIT: Duration = Duration::from_secs(60);
/// Without a live stream: how often to ask.
const ASK_EVERY: Duration = Duration::from_secs(30);
/// With one: how often to ask all the same.
const ASK_ALSO: Duration = Duration::from_secs(300);

/// What the loop waits for after a round.
enum Next {
    /// At once.
    Again,
    /// For a change of the account in use, or something to send.
    Woken,
    /// The same, or this long.
    After(Duration),
}

impl Client {
    /// One round now: push, pull. For 'pull to refresh', and for apps that run no loop.
    pub async fn sync_now(&self) -> Result<SyncState, SyncError> {
        let open = self.account_open()?;
        let engine = open.engine.clone().ok_or_else(not_yet)?;
        let mut synced = self.rounds(&engine).await;
        while synced.is_ok() && self.tend(&open).await {
            synced = self.rounds(&engine).await;
        }
        self.note_end(&open, &synced)?;
        synced?;
        self.witness(&open).await;
        Ok(self.sync_state())
    }

    /// Keeps this device in step for as long as the future lives. An app spawns it once.
    pub async fn run(self) {
        let mut failures = 0;
        loop {
            let next = match self.account_open() {
                Ok(open) => self.attend(&open, &mut failures).await,
                Err(_) => Next::Woken,
            };
            match next {
                Next::Again => {}
                Next::Woken => self.inner.wake.notified().await,
                Next::After(wait) => {
                    select! {
                        () = self.inner.wake.notified() => {}
                        () = sleep(wait) => {}
                    }
                }
            }
        }
    }

    /// Syncs, then listens until something goes wrong or another account is opened.
    async fn attend(&self, open: &Arc<OpenAccount>, failures: &mut u32) -> Next {
        let Some(engine) = open.engine.clone() else { return Next::Woken };
        let synced = self.rounds(&engine).await;
        if self.note_end(open, &synced).is_err() {
            return Next::After(LAST_WAIT);
        }
        if let Err(error) = synced {
            tracing::info!(%error, "sync did not come to its end");
            *failures += 1;
            return self.after_failure(&error, *failures);
        }
        *failures = 0;
        if self.tend(open).await {
            return Next::Again;
        }
        self.witness(open).await;
        match open.line.live().await {
            Ok(live) => self.listen(open, &engine, live).await,
            Err(error) => {
                tracing::info!(%error, "no live stream");
                Next::After(self.jittered(ASK_EVERY))
            }
        }
    }

    async fn listen(&self, open: &Arc<OpenAccount>, engine: &SyncEngine, mut live: Box<dyn Live>) -> Next {
        let mut asked = Instant::now();
        while self.is_open(open) {
            let frame = select! {
                () = self.inner.wake.notified() => None,
                frame = timeout(ASK_ALSO, live.next()) => frame.ok(),
            };
            let must_ask = match frame {
                None => true,
                Some(Ok(Some(frame))) => match engine.receive(frame).await {
                    Ok(Received::Done) => asked.elapsed() > ASK_ALSO,
                    Ok(Received::Pull) => true,
                    Ok(Received::Ended) | Err(_) => return Next::Again,
                },
                Some(Ok(None) | Err(_)) => {
                    self.inner.board.offline();
                    return Next::After(self.jittered(FIRST_WAIT));
                }
            };
            if must_ask {
                asked = Instant::now();
                if self.rounds(engine).await.is_err() {
                    return Next::Again;
                }
            }
            // What this submits wakes the loop.
            self.tend(open).await;
        }
        Next::Again
    }

    /// Steps until there is nothing more to do.
    async fn rounds(&self, engine: &SyncEngine) -> Result<(), SyncError> {
        while engine.step().await?.more {}
        Ok(())
    }

    /// An ended session is remembered, so that it shows after a restart without network too. One that works is not ended,
    /// whatever was noted before: while signing in, a round may begin before the tokens are there.
    fn note_end(&self, open: &OpenAccount, synced: &Result<(), SyncError>) -> Result<(), StoreError> {
        match synced {
            Err(SyncError::Transport(TransportError::SessionEnded)) => {
                self.inner.registry.set_ended(open.account, true)
            }
            Ok(()) => self.inner.registry.set_ended(open.account, false),
            Err(_) => Ok(()),
        }
    }

    fn after_failure(&self, error: &SyncError, failures: u32) -> Next {
        match error {
            // Nothing helps but signing in, or an update.
            SyncError::Transport(TransportError::SessionEnded | TransportError::UpgradeNeeded) => Next::Woken,
            SyncError::Transport(TransportError::Busy { retry_after_s: Some(seconds) }) => {
                Next::After(self.jittered(Duration::from_secs((*seconds).min(600))))
            }
            _ => Next::After(
                self.jittered(LAST_WAIT.min(FIRST_WAIT * 2_u32.saturating_pow(failures.min(16) - 1))),
            ),
        }
    }

    /// Between one and two times `wait`.
    fn jittered(&self, wait: Duration) -> Duration {
        let mut byte = [0];
        self.inner.config.random.fill(&mut byte);
        wait + wait.mul_f64(f64::from(byte[0]) / 256.0)
    }

    pub(super) fn is_open(&self, open: &Arc<OpenAccount>) -> bool {
        self.account_open().is_ok_and(|now| Arc::ptr_eq(&now, open))
    }
}

/// The installation was never reached: nobody can have signed in.
fn not_yet() -> SyncError {
    SyncError::Store(StoreError::NotSignedIn)
}
