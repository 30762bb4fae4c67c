//! A device of a world: the real store and sync engine of an app.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use futures::{FutureExt, executor::block_on};
use mediconnect_core::{
    store::{Durability, Signals, Store},
    sync::{SyncBoard, SyncEngine, SyncError},
};
use mediconnect_crypto::receipt::ReceiptKey;
use mediconnect_domain::{
    AccountId, Command, CommandId, DeviceId, Kind, Refusal, id,
    wire::{Pull, PullLine, Push, PushAnswer},
};
use mediconnect_records::Key;
use mediconnect_server::execute::Executor;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use super::{
    Trace, WorldClock,
    network::{Line, Peer, Weather},
    server::Server,
};
use crate::clinic;

/// Whose device it is.
#[derive(Clone, Copy, Debug)]
pub enum Owner {
    Patient(clinic::Person),
    Doctor(clinic::Doctor),
}

impl Owner {
    pub fn account(self) -> AccountId {
        match self {
            Self::Patient(person) => person.account,
            Self::Doctor(doctor) => doctor.account,
        }
    }
}

pub struct Device {
    pub number: usize,
    pub owner: Owner,
    pub store: Arc<Store>,
    pub clock: WorldClock,
    /// Every command accepted into the outbox here.
    pub submitted: Vec<CommandId>,
    engine: SyncEngine,
    line: Arc<Line>,
    path: PathBuf,
    board: Arc<SyncBoard>,
    device: DeviceId,
    ids: ChaCha8Rng,
    /// The highest revision of each record seen here.
    seen: BTreeMap<(Kind, Uuid), u64>,
}

impl Device {
    /// Two to six devices: Ann's (sometimes two), Bob's, Cid's, and the doctors'.
    pub fn all(dice: &mut ChaCha8Rng, clock: &WorldClock, server: &Server, home: &Path) -> Vec<Self> {
        let ann = Owner::Patient(clinic::person("ann"));
        let others = [
            Owner::Doctor(clinic::doctor("dora")),
            Owner::Patient(clinic::person("bob")),
            ann,
            Owner::Doctor(clinic::doctor("emil")),
            Owner::Patient(clinic::person("cid")),
        ];
        let count = dice.random_range(1..=others.len());
        let owners = std::iter::once(ann).chain(others.into_iter().take(count));
        owners
            .enumerate()
            .map(|(number, owner)| Self::new(number, owner, dice, clock, server, home))
            .collect()
    }

    fn new(
        number: usize,
        owner: Owner,
        dice: &mut ChaCha8Rng,
        clock: &WorldClock,
        server: &Server,
        home: &Path,
    ) -> Self {
        // Most clocks are a little off, some by hours.
        let off_ms = match dice.random_range(0..10) {
            0 => dice.random_range(-20_000_000..20_000_000),
            _ => dice.random_range(-30_000..30_000),
        };
        let clock = clock.off_by(off_ms);
        let line = Arc::new(Line::new(owner.account(), ChaCha8Rng::seed_from_u64(dice.next_u64())));
        let path = home.join(format!("device-{number}.db"));
        let device = DeviceId(clinic::named(&format!("device {number}")));
        let board = Arc::new(SyncBoard::default());
        let store = open(&path, owner);
        let engine = engine(&store, &line, &clock, device, &board);
        let _ = server;
        Self {
            number,
            owner,
            store,
            clock,
            submitted: Vec::new(),
            engine,
            line,
            path,
            board,
            device,
            ids: ChaCha8Rng::seed_from_u64(dice.next_u64()),
            seen: BTreeMap::new(),
        }
    }

    /// A fresh id made here.
    pub fn id(&mut self) -> Uuid {
        let mut random = [0; 10];
        self.ids.fill_bytes(&mut random);
        id::v7(self.clock.read().as_millisecond().unsigned_abs(), random)
    }

    /// Submits offline: the network has no part in it.
    pub fn submit(&mut self, command: impl Into<Command>) -> Result<Result<CommandId, Refusal>, String> {
        let (command, command_id) = (command.into(), CommandId(self.id()));
        let now = self.board.corrected(self.clock.read());
        let decided = self.store.submit(command_id, &command, now).map_err(|error| error.to_string())?;
        if decided.is_ok() {
            self.submitted.push(command_id);
        }
        Ok(decided.map(|()| command_id))
    }

    /// One round over this weather. That the network fails is no violation; that the store does is.
    pub fn sync(
        &mut self,
        dice: &mut ChaCha8Rng,
        server: &Server,
        weather: Weather,
        trace: &mut Trace,
    ) -> Result<(), String> {
        let _ = dice;
        self.line.connect(weather, Box::new(Wire { executor: server.executor.clone(), now: server.now() }));
        let step = block_on(self.engine.step());
        for fault in self.line.take_faults() {
            trace.fault(format!("device {}: {fault}", self.number));
        }
        trace.note(match &step {
            Ok(step) => format!("device {} syncs in {}: {step:?}", self.number, weather.name),
            Err(error) => format!("device {} cannot sync in {}: {error}", self.number, weather.name),
        });
        match step {
            Ok(_) => self.never_goes_back(),
            Err(SyncError::Transport(_)) => Ok(()),
            Err(error) => Err(format!("device {}: {error}", self.number)),
        }
    }

    /// The process ends and starts again; only the file is left.
    pub fn restart(&mut self) -> Result<(), String> {
        let store = open(&self.path, self.owner);
        self.board = Arc::new(SyncBoard::default());
        self.engine = engine(&store, &self.line, &self.clock, self.device, &self.board);
        self.store = store;
        Ok(())
    }

    pub fn forget_revisions(&mut self) {
        self.seen.clear();
    }

    /// What was read once is never read in an older form again.
    fn never_goes_back(&mut self) -> Result<(), String> {
        let (waiting, refused) = self.store.outbox_counts().map_err(|error| error.to_string())?;
        if waiting + refused > 0 {
            return Ok(());
        }
        for row in self.rows()? {
            let seen = self.seen.entry((row.kind, row.id)).or_insert(row.rev);
            if row.rev < *seen {
                return Err(format!(
                    "device {}: {:?} {} went back from {seen} to {}",
                    self.number, row.kind, row.id, row.rev
                ));
            }
            *seen = row.rev;
        }
        Ok(())
    }

    /// Every record held here.
    pub fn rows(&self) -> Result<Vec<mediconnect_domain::Row>, String> {
        let all = self.store.read(|records| {
            let mut rows = Vec::new();
            for kind in Kind::ALL {
                rows.extend(records.rows_of_kind(*kind)?);
            }
            Ok(rows)
        });
        all.map_err(|error| error.to_string())
    }
}

fn open(path: &Path, owner: Owner) -> Arc<Store> {
    let key = Key::new([3; 32]);
    let opened = Store::open(path, key, owner.account(), Signals::default(), Durability::ProcessEnd);
    Arc::new(opened.expect("the store of a device opens"))
}

fn engine(
    store: &Arc<Store>,
    line: &Arc<Line>,
    clock: &WorldClock,
    device: DeviceId,
    board: &Arc<SyncBoard>,
) -> SyncEngine {
    let key = ReceiptKey::new(&[7; 32]).public();
    SyncEngine::new(store.clone(), line.clone(), Arc::new(clock.clone()), device, key, board.clone())
}

/// The server at the moment of a message.
struct Wire {
    executor: Executor,
    now: jiff::Timestamp,
}

impl Peer for Wire {
    fn push(&self, account: AccountId, push: &Push) -> Result<PushAnswer, String> {
        let answer = mediconnect_server::sync::push::push(&self.executor, account, push, true);
        at_once(answer)?.map_err(|error| error.to_string())
    }

    fn pull(&self, account: AccountId, pull: Pull) -> Result<Vec<PullLine>, String> {
        let answer = mediconnect_server::sync::pull::collect(&self.executor.store, account, pull, self.now);
        at_once(answer)?.map_err(|error| error.to_string())
    }
}

/// The server's store is in memory: nothing it awaits makes it wait.
fn at_once<T>(answer: impl Future<Output = T>) -> Result<T, String> {
    answer.now_or_never().ok_or_else(|| "the server waited for something".to_owned())
}
