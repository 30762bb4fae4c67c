//! What a device pays to hear that nothing is new.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use async_trait::async_trait;
use futures::executor::block_on;
use jiff::Timestamp;
use mediconnect_core::{
    SystemClock,
    store::{Durability, Signals, Store},
    sync::{Live, PullLines, SyncBoard, SyncEngine, Transport, TransportError},
};
use mediconnect_crypto::receipt::ReceiptKey;
use mediconnect_domain::{
    AccountId, DeviceId,
    wire::{Pull, PullLine, Push, PushAnswer},
};
use mediconnect_records::Key;
use mediconnect_server::{
    execute::{Executor, Submission},
    storage::{self, sqlite::Inline},
    sync,
};

use super::Measurement;
use crate::clinic;

/// Counts what goes over it.
struct Counting {
    executor: Executor,
    account: AccountId,
    bytes: AtomicUsize,
    trips: AtomicUsize,
}

#[async_trait]
impl Transport for Counting {
    async fn push(&self, push: &Push) -> Result<PushAnswer, TransportError> {
        self.trips.fetch_add(1, Ordering::Relaxed);
        let answer = sync::push::push(&self.executor, self.account, push, true).await;
        answer.map_err(|error| TransportError::Cut(error.to_string()))
    }

    async fn pull(&self, pull: &Pull) -> Result<Box<dyn PullLines>, TransportError> {
        let lines =
            sync::pull::collect(&self.executor.store, self.account, pull.clone(), Timestamp::now()).await;
        let lines: Vec<PullLine> = lines.map_err(|error| TransportError::Cut(error.to_string()))?;
        let size = |value: Result<String, serde_json::Error>| value.map_or(0, |text| text.len() + 1);
        let bytes = size(serde_json::to_string(pull))
            + lines.iter().map(|line| size(serde_json::to_string(line))).sum::<usize>();
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.trips.fetch_add(1, Ordering::Relaxed);
        Ok(Box::new(lines.into_iter()))
    }

    async fn live(&self) -> Result<Box<dyn Live>, TransportError> {
        Err(TransportError::Offline("not measured here".into()))
    }
}

pub fn nothing_new() -> anyhow::Result<Measurement> {
    let store = Inline::in_memory(clinic::named("bench"), Arc::new(|_| {}))?;
    let clock = Arc::new(mediconnect_server::clock::SystemClock);
    let executor = Executor { store: storage::Store::Inline(store), clock, key: ReceiptKey::new(&[7; 32]) };
    for (n, (actor, command)) in clinic::commands(&["dora"], &["ann"]).into_iter().enumerate() {
        block_on(executor.submit(Submission::new(actor, clinic::command_id(n), "set-up", command)))?;
    }
    let account = clinic::person("ann").account;
    let line =
        Arc::new(Counting { executor, account, bytes: AtomicUsize::new(0), trips: AtomicUsize::new(0) });
    let home = tempfile::tempdir()?;
    let (key, path) = (Key::new([1; 32]), home.path().join("device.db"));
    let device = Store::open(&path, key, account, Signals::default(), Durability::PowerLoss)?;
    let engine = SyncEngine::new(
        Arc::new(device),
        line.clone(),
        Arc::new(SystemClock),
        DeviceId(clinic::named("device")),
        ReceiptKey::new(&[7; 32]).public(),
        Arc::new(SyncBoard::default()),
    );
    let step = || block_on(engine.step()).map_err(|error| anyhow::anyhow!("{error}"));
    step()?;
    step()?;
    let mut runs = Vec::new();
    let mut trips = 0;
    for _ in 0..3 {
        line.bytes.store(0, Ordering::Relaxed);
        line.trips.store(0, Ordering::Relaxed);
        step()?;
        runs.push(line.bytes.load(Ordering::Relaxed) as f64);
        trips = trips.max(line.trips.load(Ordering::Relaxed));
    }
    let value = super::median(&runs);
    Ok(Measurement {
        id: "reconnect",
        what: "payload of a pull with nothing new, there and back, in one round trip",
        value,
        unit: "B",
        against: None,
        ratio: None,
        target: "≤ 200 B, 1 trip",
        pass: value <= 200.0 && trips == 1,
        runs,
    })
}
