//! Work that time brings: what records asked for (`Stored::due`) and what must be computed anew (`Stored::stirs`).
//!
//! Due work is a row, written in the transaction of the record that asks for it and taken in the transaction that does it:
//! a crash loses none and repeats none. Several nodes may run this side by side.

use std::{collections::HashMap, time::Duration};

use futures::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use tokio::time::MissedTickBehavior;

use crate::{
    execute::{self, DueRow, Executor},
    storage::{StoreError, Tx},
    sync::compact::{REMOVALS, compact},
    values,
};

/// How often the server looks for due work.
const EVERY: Duration = Duration::from_millis(250);
/// Due work that is run at the same time: it shares commits.
const AT_ONCE: usize = 16;
const BATCH: u64 = 200;
/// Results of commands are kept this long.
const RESULTS_KEPT: SignedDuration = SignedDuration::from_hours(180 * 24);
const FORGET_EVERY: SignedDuration = SignedDuration::from_mins(10);

/// The loop over due work.
pub struct Jobs {
    executor: Executor,
    /// Work that failed for a reason of the server, and when it is tried again.
    failed: HashMap<String, (u32, Timestamp)>,
    forgot_at: Option<Timestamp>,
}

impl Jobs {
    pub fn new(executor: Executor) -> Self {
        Self { executor, failed: HashMap::new(), forgot_at: None }
    }

    /// Runs until `stopped` is ready.
    pub async fn run(mut self, stopped: impl Future<Output = ()>) {
        let mut tick = tokio::time::interval(EVERY);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        tokio::pin!(stopped);
        loop {
            tokio::select! {
                () = &mut stopped => return,
                _ = tick.tick() => {
                    if let Err(error) = self.step().await {
                        tracing::error!(%error, "due work could not be read");
                    }
                }
            }
        }
    }

    /// Does all that is due now; how much was done.
    pub async fn step(&mut self) -> Result<usize, StoreError> {
        let now = self.executor.clock.now();
        self.forget(now).await?;
        self.failed.retain(|_, (_, again)| *again > now - SignedDuration::from_hours(1));
        let mut done = 0;
        loop {
            let rows = due(&self.executor, now).await?;
            let rows: Vec<DueRow> = rows.into_iter().filter(|row| self.may_run(row, now)).collect();
            if rows.is_empty() {
                return Ok(done);
            }
            done += rows.len();
            let executor = &self.executor;
            let run = |row: DueRow| async move { (row.key.clone(), executor.run_due(row).await) };
            let results: Vec<_> = stream::iter(rows).map(run).buffer_unordered(AT_ONCE).collect().await;
            results.into_iter().for_each(|(key, result)| self.note(key, result, now));
        }
    }

    fn may_run(&self, row: &DueRow, now: Timestamp) -> bool {
        self.failed.get(&row.key).is_none_or(|(_, again)| *again <= now)
    }

    /// What failed waits longer each time, so that one bad row does not keep the others.
    fn note(&mut self, key: String, result: Result<(), StoreError>, now: Timestamp) {
        let Err(error) = result else {
            self.failed.remove(&key);
            return;
        };
        let (failures, again) = self.failed.entry(key.clone()).or_insert((0, now));
        *failures += 1;
        *again = now + SignedDuration::from_secs(1 << (*failures).min(9));
        tracing::error!(key, failures, %error, "due work failed");
    }

    async fn forget(&mut self, now: Timestamp) -> Result<(), StoreError> {
        if self.forgot_at.is_some_and(|at| now < at + FORGET_EVERY) {
            return Ok(());
        }
        self.forgot_at = Some(now);
        let until = now - RESULTS_KEPT;
        let store = &self.executor.store;
        while store.write(&[], move |tx| Box::pin(execute::forget(tx, until))).await? > 0 {}
        while store.write(&[], |tx| Box::pin(compact(tx, REMOVALS))).await? > 0 {}
        Ok(())
    }
}

/// What is due, the longest due first.
async fn due(executor: &Executor, now: Timestamp) -> Result<Vec<DueRow>, StoreError> {
    executor.store.read(move |tx| Box::pin(due_rows(tx, now))).await
}

async fn due_rows(tx: &mut dyn Tx, now: Timestamp) -> Result<Vec<DueRow>, StoreError> {
    let sql = "SELECT key, at, command FROM due WHERE at <= ?1 ORDER BY at, key LIMIT ?2";
    let rows = tx.query(sql, &values![now, BATCH]).await?;
    rows.iter().filter_map(|row| due_row(row).transpose()).collect()
}

/// `None` for work whose command this build does not know: a newer one put it there and will do it.
fn due_row(row: &crate::storage::Fields) -> Result<Option<DueRow>, StoreError> {
    let key = row.text(0)?.to_owned();
    match serde_json::from_str(row.text(2)?) {
        Ok(command) => Ok(Some(DueRow { key, at: row.time(1)?, command })),
        Err(_) => {
            tracing::warn!(key, "due work is not known to this version");
            Ok(None)
        }
    }
}
