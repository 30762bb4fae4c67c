//! Where sync stands, for everyone who shows it.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use tokio::sync::watch;

use super::{SyncError, TransportError};
use crate::{StoreError, store::Store};

/// What a screen says of sync.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SyncState {
    /// The last contact succeeded.
    pub online: bool,
    /// When everything was last known to be the same here and there.
    pub last_synced_at: Option<Timestamp>,
    /// Commands that the server has not answered.
    pub waiting: u32,
    /// Commands that the server refused and that wait for the person.
    pub refused: u32,
    /// Set while this account's data comes for the first time.
    pub first_sync: Option<FirstSync>,
    /// The server no longer speaks this app's protocol.
    pub upgrade_needed: bool,
    /// The server ended the session: sign in again. Nothing here is lost.
    pub session_ended: bool,
    /// This device's clock is off by more than a minute: milliseconds to add to it.
    pub clock_off_ms: Option<i64>,
    /// The local store cannot be written: what to tell the person.
    pub store_problem: Option<String>,
    /// The server's audit no longer goes through what this device saw of it: [`crate::Client::audit_alarm`] says more.
    pub audit_alarm: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FirstSync {
    /// Buckets that are here.
    pub done: u32,
    pub of: u32,
}

/// A clock that is off by less than this is left alone.
const SKEW_TOLERATED: SignedDuration = SignedDuration::from_mins(1);

/// Keeps the state and tells those who watch.
#[derive(Debug, Default)]
pub struct SyncBoard {
    state: watch::Sender<SyncState>,
}

impl SyncBoard {
    pub fn state(&self) -> SyncState {
        self.state.borrow().clone()
    }

    pub fn watch(&self) -> watch::Receiver<SyncState> {
        self.state.subscribe()
    }

    /// The device's time with what is known of its error.
    pub fn corrected(&self, now: Timestamp) -> Timestamp {
        let off = self.state.borrow().clock_off_ms.unwrap_or_default();
        now.checked_add(SignedDuration::from_millis(off)).unwrap_or(now)
    }

    pub(crate) fn saw_server_time(&self, server: Timestamp, here: Timestamp) {
        let off = server.duration_since(here);
        let off = (off.abs() > SKEW_TOLERATED).then(|| i64::try_from(off.as_millis()).unwrap_or_default());
        self.update(|state| state.clock_off_ms = off);
    }

    pub(crate) fn note<T>(&self, result: &Result<T, SyncError>, _now: Timestamp) {
        self.update(|state| {
            state.store_problem = None;
            match result {
                Ok(_) => {
                    state.online = true;
                    state.upgrade_needed = false;
                    state.session_ended = false;
                }
                Err(SyncError::Transport(TransportError::UpgradeNeeded)) => state.upgrade_needed = true,
                Err(SyncError::Transport(TransportError::SessionEnded)) => state.session_ended = true,
                Err(SyncError::Store(error)) => state.store_problem = Some(error.to_string()),
                Err(_) => state.online = false,
            }
        });
    }

    pub(crate) fn synced(&self, at: Timestamp) {
        self.update(|state| {
            state.last_synced_at = Some(at);
            state.first_sync = None;
        });
    }

    pub(crate) fn first_sync(&self, progress: FirstSync) {
        self.update(|state| state.first_sync = Some(progress));
    }

    pub(crate) fn offline(&self) {
        self.update(|state| state.online = false);
    }

    pub(crate) fn session_ended(&self, ended: bool) {
        self.update(|state| state.session_ended = ended);
    }

    pub(crate) fn audit_alarm(&self, alarm: bool) {
        self.update(|state| state.audit_alarm = alarm);
    }

    /// Counts the outbox anew.
    pub(crate) fn count(&self, store: &Store) -> Result<(), StoreError> {
        let (waiting, refused) = store.outbox_counts()?;
        self.update(|state| (state.waiting, state.refused) = (waiting, refused));
        Ok(())
    }

    /// Another account's store was opened.
    pub(crate) fn reset(&self, state: SyncState) {
        self.state.send_replace(state);
    }

    fn update(&self, change: impl FnOnce(&mut SyncState)) {
        self.state.send_if_modified(|state| {
            let before = state.clone();
            change(state);
            *state != before
        });
    }
}
