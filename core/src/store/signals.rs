//! Tells screens that something changed: a counter per kind of record, one for the outbox.

use std::{collections::BTreeSet, sync::Arc};

use mediconnect_domain::Kind;
use tokio::sync::watch;

/// What a transaction changed.
#[derive(Debug, Default)]
pub struct Changed {
    kinds: BTreeSet<Kind>,
    outbox: bool,
}

impl Changed {
    pub fn record(&mut self, kind: Kind) {
        self.kinds.insert(kind);
    }

    pub fn all_records(&mut self) {
        self.kinds.extend(Kind::ALL);
    }

    pub fn outbox(&mut self) {
        self.outbox = true;
    }
}

/// Counts of changes; the last place is the outbox's.
pub(crate) type Counts = Arc<[u64]>;

pub(crate) const OUTBOX: usize = Kind::ALL.len();

/// The sending side. Clones are one.
#[derive(Clone)]
pub struct Signals {
    counts: Arc<watch::Sender<Counts>>,
}

impl Default for Signals {
    fn default() -> Self {
        Self { counts: Arc::new(watch::Sender::new(vec![0; OUTBOX + 1].into())) }
    }
}

impl Signals {
    pub(crate) fn fire(&self, changed: &Changed) {
        if changed.kinds.is_empty() && !changed.outbox {
            return;
        }
        self.counts.send_modify(|counts| {
            let mut next = counts.to_vec();
            changed.kinds.iter().for_each(|kind| next[*kind as usize] += 1);
            next[OUTBOX] += u64::from(changed.outbox);
            *counts = next.into();
        });
    }

    /// Another account's store was opened: everything may be different.
    pub(crate) fn fire_all(&self) {
        let mut changed = Changed::default();
        changed.all_records();
        changed.outbox();
        self.fire(&changed);
    }

    /// How this device stands to the account's keys has changed, and no record has.
    pub(crate) fn fire_keys(&self) {
        let mut changed = Changed::default();
        changed.record(Kind::KeyRing);
        self.fire(&changed);
    }

    pub(crate) fn receiver(&self) -> watch::Receiver<Counts> {
        self.counts.subscribe()
    }
}
