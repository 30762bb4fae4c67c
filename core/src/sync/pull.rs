//! Fetching what is new.
//!
//! The first request says only 'I am here' in one hash. Pages go to durable staging and are applied in one transaction
//! across buckets when all are here. During the first sync a bucket becomes visible as soon as it is whole.

use jiff::Timestamp;
use mediconnect_domain::{
    access::Scope,
    wire::{BucketState, EntryRow, PROTOCOL, Pull, PullLine},
};
use uuid::Uuid;

use super::{FirstSync, PullLines, SyncEngine, SyncError, TransportError};
use crate::store::{Applied, Beginning, Position};

/// A pull under way.
struct Incoming {
    number: u64,
    at: Timestamp,
    incarnation: Uuid,
    buckets: Vec<BucketState>,
    /// Buckets come one by one and are shown one by one.
    first: bool,
    current: Option<Scope>,
    shown: Vec<BucketState>,
}

impl SyncEngine {
    pub(super) async fn pull(&self) -> Result<Applied, SyncError> {
        let number = self.store.begin_pull()?;
        let position = self.store.position()?;
        if !position.must_be_told {
            let mut lines = self.transport.pull(&self.request(&position, false)).await?;
            match lines.next().await? {
                Some(PullLine::SendCursors) => {}
                Some(line) => return self.take(number, line, lines).await,
                None => return Err(cut()),
            }
        }
        let mut lines = self.transport.pull(&self.request(&position, true)).await?;
        match lines.next().await? {
            Some(PullLine::SendCursors) => Err(malformed("asked for cursors that it was given")),
            Some(line) => self.take(number, line, lines).await,
            None => Err(cut()),
        }
    }

    fn request(&self, position: &Position, with_cursors: bool) -> Pull {
        Pull {
            protocol: PROTOCOL,
            incarnation: position.incarnation,
            checkpoint: position.checkpoint.clone(),
            cursors: with_cursors.then(|| position.cursors.clone()),
        }
    }

    async fn take(
        &self,
        number: u64,
        first_line: PullLine,
        mut lines: Box<dyn PullLines>,
    ) -> Result<Applied, SyncError> {
        match first_line {
            PullLine::Same { at } => {
                self.board.saw_server_time(at, self.clock.now());
                self.store.nothing_new(number, self.now())?;
                self.synced(at)?;
                Ok(Applied::default())
            }
            PullLine::Begin { at, incarnation, buckets } => {
                self.board.saw_server_time(at, self.clock.now());
                let first = self.store.is_first_sync()?;
                let (current, shown) = (None, Vec::new());
                let incoming = Incoming { number, at, incarnation, buckets, first, current, shown };
                self.take_pages(incoming, &mut *lines).await
            }
            _ => Err(malformed("a pull does not begin like this")),
        }
    }

    async fn take_pages(
        &self,
        mut incoming: Incoming,
        lines: &mut dyn PullLines,
    ) -> Result<Applied, SyncError> {
        self.store.apply_beginning(&incoming.beginning())?;
        self.show_progress(&incoming);
        loop {
            match lines.next().await? {
                Some(PullLine::Page { bucket, rows }) => self.take_page(&mut incoming, bucket, &rows)?,
                Some(PullLine::End) => break,
                Some(_) => return Err(malformed("an unexpected line within a pull")),
                None => return Err(cut()),
            }
        }
        let applied =
            self.store.apply_pull(incoming.number, &incoming.beginning(), &incoming.shown, self.now())?;
        if applied.mismatches == 0 {
            self.synced(incoming.at)?;
        }
        Ok(applied)
    }

    fn take_page(&self, incoming: &mut Incoming, bucket: Scope, rows: &[EntryRow]) -> Result<(), SyncError> {
        if !incoming.buckets.iter().any(|state| state.bucket == bucket) {
            return Err(malformed("a page of a bucket that was not named"));
        }
        if incoming.shown.iter().any(|state| state.bucket == bucket) {
            return Err(malformed("a bucket comes twice"));
        }
        if incoming.first && incoming.current != Some(bucket) {
            self.show_current(incoming)?;
        }
        incoming.current = Some(bucket);
        Ok(self.store.stage(bucket, rows)?)
    }

    /// During the first sync: the next bucket has begun, so the one before is whole.
    fn show_current(&self, incoming: &mut Incoming) -> Result<(), SyncError> {
        let whole = incoming.buckets.iter().find(|state| Some(state.bucket) == incoming.current);
        let Some(state) = whole.filter(|state| !incoming.shown.contains(state)).cloned() else {
            return Ok(());
        };
        self.store.apply_bucket(incoming.incarnation, &state, self.now())?;
        incoming.shown.push(state);
        self.show_progress(incoming);
        Ok(())
    }

    fn show_progress(&self, incoming: &Incoming) {
        if incoming.first {
            let count = |buckets: &[BucketState]| u32::try_from(buckets.len()).unwrap_or(u32::MAX);
            self.board.first_sync(FirstSync { done: count(&incoming.shown), of: count(&incoming.buckets) });
        }
    }

    fn synced(&self, at: Timestamp) -> Result<(), SyncError> {
        self.store.set_last_synced(at)?;
        self.board.synced(at);
        Ok(())
    }
}

impl Incoming {
    fn beginning(&self) -> Beginning<'_> {
        Beginning { incarnation: self.incarnation, buckets: &self.buckets }
    }
}

fn malformed(what: &str) -> SyncError {
    TransportError::Malformed(what.to_owned()).into()
}

fn cut() -> SyncError {
    TransportError::Cut("the answer ended before its last line".to_owned()).into()
}
