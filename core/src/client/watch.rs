//! Being told that something changed.

use mediconnect_domain::Kind;
use tokio::sync::watch;

use super::Client;
use crate::{
    SyncState,
    store::{Counts, OUTBOX},
};

/// Tells when records of some kinds have changed. What changed between two calls of [`Watch::changed`] is told once.
pub struct Watch {
    counts: watch::Receiver<Counts>,
    places: Vec<usize>,
    seen: Vec<u64>,
}

impl Watch {
    fn new(counts: watch::Receiver<Counts>, places: Vec<usize>) -> Self {
        let seen = places.iter().map(|place| counts.borrow()[*place]).collect();
        Self { counts, places, seen }
    }

    /// Waits for the next change. `false`: the client is gone and none will come.
    pub async fn changed(&mut self) -> bool {
        loop {
            let now: Vec<u64> = {
                let counts = self.counts.borrow_and_update();
                self.places.iter().map(|place| counts[*place]).collect()
            };
            if now != self.seen {
                self.seen = now;
                return true;
            }
            if self.counts.changed().await.is_err() {
                return false;
            }
        }
    }
}

impl Client {
    /// Tells after each commit that changed records of these kinds. Changes of the account in use count as changes of all.
    pub fn watch(&self, kinds: &[Kind]) -> Watch {
        Watch::new(self.inner.signals.receiver(), kinds.iter().map(|kind| *kind as usize).collect())
    }

    /// Tells when the outbox has changed; see [`Client::pending`].
    pub fn watch_pending(&self) -> Watch {
        Watch::new(self.inner.signals.receiver(), vec![OUTBOX])
    }

    /// The state of sync, now and at each change.
    pub fn watch_sync(&self) -> watch::Receiver<SyncState> {
        self.inner.board.watch()
    }
}
