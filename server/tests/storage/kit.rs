//! A small clinic on a store: an admin, two doctors, two patients, and a clock that stands until it is moved.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use jiff::{SignedDuration, Timestamp};
use mediconnect_crypto::receipt::ReceiptKey;
use mediconnect_domain::{
    appointments::book::Book,
    testing,
    wire::{Outcome, Written},
    *,
};
use mediconnect_server::{
    clock::Clock,
    execute::{Answered, Executor, Submission},
    live::Live,
    storage::{Dialect, Publish, Store, StoreError, Tx, postgres::Postgres, sqlite},
    testing::cluster,
};
use uuid::Uuid;

pub use mediconnect_domain::testing::{Doctor, Person, START, doctor, id, person};

/// A clock that is moved by hand.
pub struct TestClock(Mutex<Timestamp>);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

pub struct Kit {
    pub store: Store,
    pub executor: Executor,
    pub live: Live,
    pub clock: Arc<TestClock>,
    pub folder: Option<tempfile::TempDir>,
    commands: AtomicU64,
    /// Records were written past `execute`, which alone enters them in scopes and buckets.
    past_rules: AtomicBool,
    pub admin: AccountId,
    /// 30 minutes, one patient.
    pub visit: VisitTypeId,
    pub ann: Person,
    pub bob: Person,
    pub dora: Doctor,
    pub emil: Doctor,
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

impl Kit {
    pub async fn on_file() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records.db");
        let mut kit = Self::bare(|publish| {
            let key = mediconnect_records::Key::new([7; 32]);
            Store::Sqlite(sqlite::Threaded::open(&path, Some(&key), id("first life"), publish).unwrap())
        });
        kit.folder = Some(folder);
        kit.open().await
    }

    pub async fn in_memory() -> Self {
        let open = |publish| Store::Inline(sqlite::Inline::in_memory(id("first life"), publish).unwrap());
        Self::bare(open).open().await
    }

    pub async fn on_postgres() -> Self {
        let url = cluster::database().await;
        let clock = Arc::new(TestClock(Mutex::new(at(START))));
        let live = Live::new(clock.clone());
        let store =
            Store::Postgres(Postgres::open(&url, None, id("first life"), live.publisher()).await.unwrap());
        Self::of(store, clock, live).open().await
    }

    /// A kit around a store that is opened with the publisher given.
    pub fn bare(open: impl FnOnce(Publish) -> Store) -> Self {
        let clock = Arc::new(TestClock(Mutex::new(at(START))));
        let live = Live::new(clock.clone());
        Self::of(open(live.publisher()), clock, live)
    }

    fn of(store: Store, clock: Arc<TestClock>, live: Live) -> Self {
        let executor =
            Executor { store: store.clone(), clock: clock.clone(), key: ReceiptKey::new(&[3; 32]) };
        Self {
            store,
            executor,
            live,
            clock,
            folder: None,
            commands: AtomicU64::new(0),
            past_rules: AtomicBool::new(false),
            admin: testing::admin(),
            visit: testing::visit(),
            ann: person("ann"),
            bob: person("bob"),
            dora: doctor("dora"),
            emil: doctor("emil"),
        }
    }

    /// Runs a test and then checks that all that is stored agrees.
    pub async fn prove(self, test: impl AsyncFnOnce(&Kit)) {
        test(&self).await;
        self.check().await;
    }

    async fn open(self) -> Self {
        let set_up = testing::set_up(&["dora", "emil"], &["ann", "bob"], &testing::rules());
        for (actor, command) in set_up {
            self.submit(actor, command).await.unwrap();
        }
        self
    }

    pub async fn open_patient(&self, name: &str) -> Person {
        self.system(testing::open_patient(name)).await;
        person(name)
    }

    /// A command id that was not used yet.
    pub fn next_id(&self) -> CommandId {
        let number = self.commands.fetch_add(1, Ordering::Relaxed);
        CommandId(id(&format!("command {number}")))
    }

    pub async fn act(
        &self,
        account: AccountId,
        command: impl Into<Command>,
    ) -> Result<Vec<Written>, Refusal> {
        self.submit(Actor::Account(account), command).await
    }

    async fn submit(&self, actor: Actor, command: impl Into<Command>) -> Result<Vec<Written>, Refusal> {
        let submission = Submission::new(actor, self.next_id(), "digest", command);
        match self.executor.submit(submission).await.unwrap() {
            Answered::Decided(decided) => match decided.outcome {
                Outcome::Accepted { entries } => Ok(entries),
                Outcome::Refused { refusal } => Err(refusal),
            },
            Answered::Blocked => panic!("nothing blocks a command over the API"),
        }
    }

    #[track_caller]
    pub fn system(&self, command: impl Into<Command>) -> impl Future<Output = ()> {
        let (command, executor, id) = (command.into(), self.executor.clone(), self.next_id());
        async move {
            let outcome = executor.as_system(id, command).await.unwrap();
            assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
        }
    }

    pub fn booking(&self, who: Person, doctor: Doctor, name: &str, start: &str) -> Book {
        Book {
            appointment_id: AppointmentId(id(name)),
            patient_id: who.patient,
            role_id: doctor.role,
            visit_type_id: self.visit,
            start: at(start),
            hold_token: None,
        }
    }

    pub async fn book(
        &self,
        who: Person,
        doctor: Doctor,
        name: &str,
        start: &str,
    ) -> Result<Vec<Written>, Refusal> {
        self.act(who.account, self.booking(who, doctor, name, start)).await
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn pass(&self, time: SignedDuration) {
        let mut now = self.clock.0.lock().unwrap();
        *now += time;
    }

    pub async fn fetch(&self, needs: Vec<Need>) -> Vec<Answer> {
        let fetched = self.store.read(move |tx| {
            let needs = needs.clone();
            Box::pin(async move { tx.fetch(&needs).await })
        });
        fetched.await.unwrap()
    }

    pub async fn get<T: Stored>(&self, id: impl Into<Uuid>) -> Option<T> {
        match self.fetch(vec![Need::record::<T>(id)]).await.remove(0) {
            Answer::Rows(rows) => rows.first().map(|row| row.read().expect("a body this build wrote")),
            Answer::NotHeld => panic!("a server holds everything"),
        }
    }

    /// Writes records past the rules.
    pub async fn write(&self, changes: Vec<Change>) -> Result<(), StoreError> {
        self.past_rules.store(true, Ordering::Relaxed);
        let written = self.store.write(&[], move |tx| {
            let changes = changes.clone();
            Box::pin(async move { tx.write(changes.clone()).await.map(drop) })
        });
        written.await
    }

    pub async fn dialect(&self) -> Dialect {
        self.store.read(|tx| Box::pin(async move { Ok(tx.dialect()) })).await.unwrap()
    }

    /// One number from the database.
    pub async fn number(&self, sql: &'static str) -> i64 {
        self.store.read(move |tx| Box::pin(number(tx, sql))).await.unwrap()
    }
}

async fn number(tx: &mut dyn Tx, sql: &str) -> Result<i64, StoreError> {
    tx.one(sql, &[]).await?.expect("a row").int(0)
}

mod check {
    //! What must hold of any store at any time.

    use std::{
        collections::{BTreeMap, BTreeSet},
        sync::atomic::Ordering,
    };

    use mediconnect_domain::{Kind, Record, access::Scope, wire::RowHash};
    use mediconnect_server::storage::{Fields, StoreError, Tx};
    use uuid::Uuid;

    use super::Kit;

    impl Kit {
        /// Checks that everything beside the records follows from them, and that buckets count and sum up.
        pub async fn check(&self) {
            let entered = !self.past_rules.load(Ordering::Relaxed);
            self.store.read(move |tx| Box::pin(check(tx, entered))).await.unwrap();
        }
    }

    async fn rows<T: Ord>(
        tx: &mut dyn Tx,
        sql: &str,
        read: impl Fn(&Fields) -> Result<T, StoreError> + Send,
    ) -> Result<BTreeSet<T>, StoreError> {
        tx.query(sql, &[]).await?.iter().map(read).collect()
    }

    async fn check(tx: &mut dyn Tx, entered: bool) -> Result<(), StoreError> {
        let records = tx.query("SELECT kind, id, rev, body FROM record WHERE body IS NOT NULL", &[]).await?;
        let mut scopes = BTreeSet::new();
        let mut keys = BTreeSet::new();
        let mut index = BTreeSet::new();
        let mut spans = BTreeSet::new();
        let mut hashes: BTreeMap<String, RowHash> = BTreeMap::new();
        for row in &records {
            let (kind, id, rev) = (row.text(0)?.to_owned(), row.uuid(1)?, row.count(2)?);
            let record = Record::read(Kind::from_name(&kind).unwrap(), row.text(3)?).unwrap();
            scopes.extend(record.scopes().iter().map(|scope: &Scope| (scope.to_string(), id)));
            keys.extend(record.unique_keys().into_iter().map(|key| (key, id)));
            index.extend(
                record
                    .index_keys()
                    .into_iter()
                    .map(|key| (key.index.name().to_owned(), key.owner, key.sort, id)),
            );
            spans.extend(
                record.busy().iter().map(|busy| (busy.resource, busy.span.start.as_microsecond(), id)),
            );
            for bucket in record.buckets() {
                let hash = hashes.entry(bucket.to_string()).or_default();
                *hash = hash.add(RowHash::of(&kind, id, rev));
            }
        }
        let text = |row: &Fields, at| row.text(at).map(str::to_owned);
        let stored = rows(tx, "SELECT key, id FROM uniq", |row| Ok((text(row, 0)?, row.uuid(1)?))).await?;
        assert_eq!(stored, keys);
        let read = |row: &Fields| Ok((text(row, 0)?, row.uuid(1)?, text(row, 2)?, row.uuid(3)?));
        assert_eq!(rows(tx, "SELECT name, owner, sort, id FROM idx", read).await?, index);
        let read = |row: &Fields| Ok((row.uuid(0)?, row.int(1)?, row.uuid(2)?));
        assert_eq!(rows(tx, "SELECT resource, start, id FROM span", read).await?, spans);
        if !entered {
            return Ok(());
        }
        let stored = rows(tx, "SELECT scope, id FROM scope", |row| Ok((text(row, 0)?, row.uuid(1)?))).await?;
        assert_eq!(stored, scopes);
        for bucket in tx.query("SELECT id, head, hash FROM bucket", &[]).await? {
            check_bucket(tx, &bucket, hashes.remove(bucket.text(0)?).unwrap_or_default()).await?;
        }
        assert!(hashes.is_empty(), "buckets without a head: {hashes:?}");
        Ok(())
    }

    async fn check_bucket(tx: &mut dyn Tx, bucket: &Fields, expected: RowHash) -> Result<(), StoreError> {
        let (name, head) = (bucket.text(0)?, bucket.count(1)?);
        assert_eq!(bucket.text(2)?, expected.hex(), "the hash of {name}");
        let sql = "SELECT kind, id, seq, rev, deleted FROM entry WHERE bucket = ?1 ORDER BY seq";
        let entries = tx.query(sql, &mediconnect_server::values![name]).await?;
        let seqs: BTreeSet<u64> = entries.iter().map(|row| row.count(2)).collect::<Result<_, _>>()?;
        assert_eq!(seqs.len(), entries.len(), "numbers of {name} are given once");
        assert_eq!(seqs.last().copied().unwrap_or(0), head, "the head of {name} is its last number");
        let mut sum = RowHash::default();
        for row in &entries {
            let id: Uuid = row.uuid(1)?;
            if !row.flag(4)? {
                sum = sum.add(RowHash::of(row.text(0)?, id, row.count(3)?));
            }
        }
        assert_eq!(sum, expected, "the live entries of {name}");
        Ok(())
    }
}
