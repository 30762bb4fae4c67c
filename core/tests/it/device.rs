//! A device of one account, and the network between it and the server: whole, absent, or cut at a chosen place.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU32, Ordering},
};

use async_trait::async_trait;
use mediconnect_core::{
    PendingCommand,
    store::{Durability, Signals, Store},
    sync::{Live, PullLines, Step, SyncBoard, SyncEngine, SyncError, Transport, TransportError},
};
use mediconnect_domain::{
    AccountId, AppointmentId, Command, CommandId, DeviceId, Refusal,
    access::Scope,
    appointments::{Appointment, book::Book},
    wire::{EntryRow, Pull, PullLine, Push, PushAnswer, RowHash},
};
use mediconnect_records::Key;
use mediconnect_server::{
    execute::Executor,
    sync::{pull, push},
};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::clinic::{Clinic, HandClock, Person, named};

/// What the network does to the next messages.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Network {
    #[default]
    Whole,
    /// There is none.
    Absent,
    /// Requests are lost on the way, and nobody knows.
    LosesRequests,
    /// Requests arrive, answers are lost.
    LosesAnswers,
    /// A pull's answer breaks off after so many lines.
    BreaksAfter(usize),
    /// One row of a pull is lost without a trace.
    LosesARow,
    /// Receipts come with another signature.
    ForgesReceipts,
    /// The server is newer: a row of a kind and a field that nobody here has heard of.
    SpeaksNewer,
}

pub struct Wire {
    pub account: AccountId,
    pub executor: Mutex<Executor>,
    network: Mutex<Network>,
    /// Everything that was pushed and arrived.
    pub pushed: Mutex<Vec<Push>>,
    pub pulls: Mutex<Vec<Pull>>,
}

impl Wire {
    fn network(&self) -> Network {
        *self.network.lock().unwrap()
    }

    fn executor(&self) -> Executor {
        self.executor.lock().unwrap().clone()
    }
}

fn cut() -> TransportError {
    TransportError::Cut("by the test".into())
}

/// As it would be after the way over the wire.
fn sent<T: serde::Serialize + serde::de::DeserializeOwned>(message: &T) -> T {
    serde_json::from_str(&serde_json::to_string(message).unwrap()).unwrap()
}

#[async_trait]
impl Transport for Wire {
    async fn push(&self, message: &Push) -> Result<PushAnswer, TransportError> {
        match self.network() {
            Network::Absent => return Err(TransportError::Offline("by the test".into())),
            Network::LosesRequests => return Err(cut()),
            _ => {}
        }
        self.pushed.lock().unwrap().push(message.clone());
        let mut answer = push::push(&self.executor(), self.account, &sent(message), true).await.unwrap();
        match self.network() {
            Network::LosesAnswers => return Err(cut()),
            Network::ForgesReceipts => answer.receipts.iter_mut().for_each(|r| r.signature = "00".repeat(64)),
            _ => {}
        }
        Ok(sent(&answer))
    }

    async fn pull(&self, message: &Pull) -> Result<Box<dyn PullLines>, TransportError> {
        match self.network() {
            Network::Absent => return Err(TransportError::Offline("by the test".into())),
            Network::LosesRequests | Network::LosesAnswers => return Err(cut()),
            _ => {}
        }
        self.pulls.lock().unwrap().push(message.clone());
        let executor = self.executor();
        let now = executor.clock.now();
        let mut lines = pull::collect(&executor.store, self.account, sent(message), now).await.unwrap();
        match self.network() {
            Network::BreaksAfter(kept) => lines.truncate(kept),
            Network::LosesARow => {
                let pages = lines.iter_mut().filter_map(|line| match line {
                    PullLine::Page { rows, .. } => Some(rows),
                    _ => None,
                });
                pages.take(1).for_each(|rows| drop(rows.pop()));
                self.set(Network::Whole);
            }
            Network::SpeaksNewer => speak_newer(&mut lines, self.account),
            _ => {}
        }
        let lines: Vec<PullLine> = lines.iter().map(sent).collect();
        Ok(Box::new(lines.into_iter()))
    }

    async fn live(&self) -> Result<Box<dyn Live>, TransportError> {
        Err(TransportError::Offline("these tests have no live stream".into()))
    }
}

fn speak_newer(lines: &mut [PullLine], account: AccountId) {
    let own = Scope::Account(account);
    let id = named("from the future");
    for line in lines {
        match line {
            PullLine::Begin { buckets, .. } => {
                for state in buckets.iter_mut().filter(|state| state.bucket == own) {
                    let hash = RowHash::from_hex(&state.hash).unwrap();
                    state.hash = hash.add(RowHash::of("prescription", id, 1)).hex();
                }
            }
            PullLine::Page { bucket, rows } if *bucket == own => {
                for row in rows.iter_mut().filter(|row| row.kind == "account") {
                    let body = row.body.take().unwrap();
                    let newer = body.get().replacen('{', r#"{"invented_later":true,"#, 1);
                    row.body = Some(RawValue::from_string(newer).unwrap());
                }
                let body = RawValue::from_string(r#"{"id":"x"}"#.into()).ok();
                rows.push(EntryRow { seq: 1, kind: "prescription".into(), id, rev: 1, body });
            }
            _ => {}
        }
    }
}

impl Wire {
    pub fn set(&self, network: Network) {
        *self.network.lock().unwrap() = network;
    }
}

pub struct Device {
    pub store: Arc<Store>,
    pub engine: SyncEngine,
    pub wire: Arc<Wire>,
    pub board: Arc<SyncBoard>,
    pub clock: HandClock,
    pub folder: tempfile::TempDir,
    receipt_key: String,
    /// Tells devices of one account apart.
    number: u32,
    ids: std::cell::Cell<u32>,
}

impl Device {
    /// A new device of this account.
    pub fn new(clinic: &Clinic, account: AccountId) -> Self {
        let wire = Arc::new(Wire {
            account,
            executor: Mutex::new(clinic.executor.clone()),
            network: Mutex::default(),
            pushed: Mutex::default(),
            pulls: Mutex::default(),
        });
        let folder = tempfile::tempdir().unwrap();
        let receipt_key = clinic.executor.key.public();
        let clock = clinic.clock.clone();
        static DEVICES: AtomicU32 = AtomicU32::new(0);
        let number = DEVICES.fetch_add(1, Ordering::SeqCst);
        Self::on(folder, wire, clock, receipt_key, (number, 0))
    }

    pub async fn synced(clinic: &Clinic, account: AccountId) -> Self {
        let device = Self::new(clinic, account);
        device.sync().await;
        device
    }

    fn on(
        folder: tempfile::TempDir,
        wire: Arc<Wire>,
        clock: HandClock,
        receipt_key: String,
        (number, ids): (u32, u32),
    ) -> Self {
        let path = folder.path().join("account.db");
        let key = Key::new([3; 32]);
        let store =
            Store::open(&path, key, wire.account, Signals::default(), Durability::ProcessEnd).unwrap();
        let (store, board) = (Arc::new(store), Arc::new(SyncBoard::default()));
        let device = DeviceId(named(&format!("device {number}")));
        let engine = SyncEngine::new(
            store.clone(),
            wire.clone(),
            Arc::new(clock.clone()),
            device,
            receipt_key.clone(),
            board.clone(),
        );
        Self { store, engine, wire, board, clock, folder, receipt_key, number, ids: ids.into() }
    }

    /// The process ends, at whatever point it was, and the app is started again.
    pub fn restarted(self) -> Self {
        let Self { folder, wire, clock, receipt_key, number, ids, store, engine, .. } = self;
        drop((store, engine));
        Self::on(folder, wire, clock, receipt_key, (number, ids.get()))
    }

    /// The same device with another clock.
    pub fn with_clock(self, clock: HandClock) -> Self {
        let Self { folder, wire, receipt_key, number, ids, store, engine, .. } = self;
        drop((store, engine));
        Self::on(folder, wire, clock, receipt_key, (number, ids.get()))
    }

    /// Syncs until there is nothing more to do.
    pub async fn sync(&self) {
        while self.try_sync().await.unwrap().more {}
    }

    pub async fn try_sync(&self) -> Result<Step, SyncError> {
        self.engine.step().await
    }

    pub fn new_id(&self) -> Uuid {
        self.ids.set(self.ids.get() + 1);
        named(&format!("{} {}", self.number, self.ids.get()))
    }

    pub fn submit(&self, command: impl Into<Command>) -> Result<CommandId, Refusal> {
        let id = CommandId(self.new_id());
        let now = self.board.corrected(self.clock.time());
        self.store.submit(id, &command.into(), now).unwrap().map(|()| id)
    }

    pub fn replace(&self, old: CommandId, command: impl Into<Command>) -> Result<CommandId, Refusal> {
        let ids = (CommandId(self.new_id()), CommandId(self.new_id()));
        self.store.replace(old, ids, &command.into(), self.clock.time()).unwrap().map(|()| ids.0)
    }

    pub fn discard(&self, id: CommandId) {
        self.store.discard(id, self.clock.time(), || CommandId(self.new_id())).unwrap();
    }

    pub fn pending(&self) -> Vec<PendingCommand> {
        self.store.pending().unwrap()
    }

    pub fn visit(&self, id: AppointmentId) -> Option<Appointment> {
        self.store.read(|records| records.get(id)).unwrap()
    }

    pub fn visits(&self) -> Vec<Appointment> {
        self.store.read(|records| records.all()).unwrap()
    }

    pub fn book(&self, clinic: &Clinic, person: Person, start: jiff::Timestamp) -> Book {
        Book {
            appointment_id: AppointmentId(self.new_id()),
            patient_id: person.patient,
            role_id: clinic.role,
            visit_type_id: clinic.visit_type,
            start,
            hold_token: None,
        }
    }
}
