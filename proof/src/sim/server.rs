//! The server's side of a world: the real executor, sync and jobs on a store in memory.

use std::sync::Arc;

use futures::executor::block_on;
use jiff::Timestamp;
use mediconnect_crypto::receipt::ReceiptKey;
use mediconnect_domain::{
    AccountId, id,
    wire::{PROTOCOL, Pull, PullLine, checkpoint},
};
use mediconnect_server::{
    execute::{Executor, Submission},
    jobs::Jobs,
    storage::{Store, sqlite::Inline},
    sync,
};
use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::WorldClock;
use crate::clinic;

pub struct Server {
    pub executor: Executor,
    clock: WorldClock,
    jobs: Jobs,
}

impl Server {
    /// With the clinic set up: two doctors, three patients.
    pub fn new(clock: WorldClock, seed: u64) -> Self {
        let incarnation = id::derive(&[b"incarnation", &seed.to_le_bytes()]);
        let store = Inline::in_memory(incarnation, Arc::new(|_| {})).expect("a store in memory");
        let executor = executor(Store::Inline(store), &clock);
        let set_up = clinic::commands(&["dora", "emil"], &["ann", "bob", "cid"]);
        for (n, (actor, command)) in set_up.into_iter().enumerate() {
            let submission = Submission::new(actor, clinic::command_id(n), "set-up", command);
            block_on(executor.submit(submission)).expect("the clinic is set up");
        }
        Self { jobs: Jobs::new(executor.clone()), executor, clock }
    }

    pub fn pull(&self, account: AccountId, pull: Pull) -> Result<Vec<PullLine>, String> {
        let now = self.now();
        block_on(sync::pull::collect(&self.executor.store, account, pull, now))
            .map_err(|error| error.to_string())
    }

    /// All that this account may hold, as a new device would get it.
    pub fn everything_for(&self, account: AccountId) -> Result<Vec<PullLine>, String> {
        let nothing = checkpoint([]);
        self.pull(
            account,
            Pull { protocol: PROTOCOL, incarnation: None, checkpoint: nothing, cursors: Some(vec![]) },
        )
    }

    /// Does what is due.
    pub fn work(&mut self) -> Result<(), String> {
        for _ in 0..20 {
            if block_on(self.jobs.step()).map_err(|error| error.to_string())? == 0 {
                break;
            }
        }
        Ok(())
    }

    pub fn now(&self) -> Timestamp {
        self.clock.read()
    }

    /// Another process on the same store: all that was in memory is gone.
    pub fn restart(&mut self) {
        self.executor = executor(self.executor.store.clone(), &self.clock);
        self.jobs = Jobs::new(self.executor.clone());
    }

    /// The whole store as of now under a new incarnation, as after a move or a restore that lost nothing.
    pub fn reincarnate(&mut self, dice: &mut ChaCha8Rng) -> Result<(), String> {
        let Store::Inline(store) = &self.executor.store else {
            return Err("the simulator's store is in-line".into());
        };
        let mut random = [0; 10];
        dice.fill_bytes(&mut random);
        let incarnation = id::v7(self.now().as_millisecond().unsigned_abs(), random);
        let restored = store.restored(incarnation, Arc::new(|_| {})).map_err(|error| error.to_string())?;
        self.executor = executor(Store::Inline(restored), &self.clock);
        self.jobs = Jobs::new(self.executor.clone());
        Ok(())
    }

    /// The rows of a query, each as text.
    pub fn rows(&self, sql: &'static str, columns: usize) -> Result<Vec<Vec<String>>, String> {
        let read = self.executor.store.read(move |tx| {
            Box::pin(async move {
                let rows = tx.query(sql, &[]).await?;
                rows.iter()
                    .map(|row| (0..columns).map(|n| row.text(n).map(str::to_owned)).collect())
                    .collect()
            })
        });
        block_on(read).map_err(|error| error.to_string())
    }

    /// A hash over all records.
    pub fn digest(&self) -> String {
        let rows = self.rows("SELECT kind, body FROM record WHERE body IS NOT NULL ORDER BY kind, id", 2);
        let mut hasher = blake3::Hasher::new();
        for row in rows.unwrap_or_default() {
            hasher.update(row.join(" ").as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }
}

fn executor(store: Store, clock: &WorldClock) -> Executor {
    Executor { store, clock: Arc::new(clock.clone()), key: ReceiptKey::new(&[7; 32]) }
}
