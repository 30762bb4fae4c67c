//! What all requests of a server share.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use anyhow::Context as _;
use jiff::Timestamp;
use mediconnect_crypto::receipt::ReceiptKey;
use mediconnect_domain::{AccountId, Actor, Command, CommandId, wire::Receipt};
use mediconnect_records::Key;
use metrics_exporter_prometheus::PrometheusHandle;
use secrecy::ExposeSecret;
use tokio::sync::watch;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    auth::{keys::Keys, password::Hasher},
    clock::{Clock, Random, SystemClock, SystemRandom},
    config::{Config, refuse_readable_by_others},
    execute::{Executor, Submission},
    http::{gate::Identity, limits::Limiters, read::Moment, watch::Look},
    live::Live,
    mail::Post,
    storage::{Publish, Store, StoreError, postgres::Postgres, sqlite::Threaded},
};

/// The file of the embedded database, in the data folder.
pub const DATABASE: &str = "mediconnect.db";

/// How long a session is believed without asking the store. An ended session is refused after this at the latest, on every
/// node; on the node that ended it, at once.
const BELIEVED_FOR: Duration = Duration::from_secs(20);

/// Looking at the same thing again within this time is one look to the audit.
const SAME_LOOK: Duration = Duration::from_secs(60);

/// A server's parts.
pub struct App {
    pub config: Config,
    pub executor: Executor,
    pub live: Live,
    pub keys: Arc<Keys>,
    pub hasher: Hasher,
    pub limiters: Limiters,
    pub post: Post,
    /// Sessions looked up lately.
    pub seen: moka::sync::Cache<Uuid, Identity>,
    /// Held while the audit is checked.
    pub checking: tokio::sync::Mutex<()>,
    /// What was looked at in the last minute.
    pub looks: moka::sync::Cache<Look, ()>,
    /// Writes with an idempotency key that are running.
    pub in_flight: Mutex<HashSet<(AccountId, CommandId)>>,
    pub metrics: PrometheusHandle,
    random: SystemRandom,
    stopping: watch::Sender<bool>,
}

impl App {
    /// Opens the store and the keys of the data folder, making what is not there.
    pub async fn open(config: Config, metrics: PrometheusHandle) -> anyhow::Result<Arc<Self>> {
        make_private(&config.data)?;
        let (clock, random) = (Arc::new(SystemClock), SystemRandom);
        let live = Live::new(clock.clone());
        let store = open_store(&config, random.id(clock.now()), live.publisher()).await?;
        let key = ReceiptKey::open(&config.data.join("receipt.key"), rand::random)?;
        let app = Self {
            executor: Executor { store, clock, key },
            live,
            keys: Arc::new(Keys::open(&config.data)?),
            hasher: Hasher::new(config.password_hashes_at_once),
            limiters: Limiters::new(config.limits),
            post: Post::open(&config)?,
            seen: moka::sync::Cache::builder().max_capacity(100_000).time_to_live(BELIEVED_FOR).build(),
            checking: tokio::sync::Mutex::default(),
            looks: moka::sync::Cache::builder().max_capacity(10_000).time_to_live(SAME_LOOK).build(),
            in_flight: Mutex::default(),
            metrics,
            random,
            stopping: watch::Sender::new(false),
            config,
        };
        Ok(Arc::new(app))
    }

    pub fn store(&self) -> &Store {
        &self.executor.store
    }

    pub fn now(&self) -> Timestamp {
        self.executor.clock.now()
    }

    pub fn moment(&self) -> Moment {
        Moment { now: self.now() }
    }

    /// A new UUIDv7.
    pub fn new_id(&self) -> Uuid {
        self.random.id(self.now())
    }

    /// Runs a command that came over the API.
    pub async fn execute(
        &self,
        account: AccountId,
        id: CommandId,
        command: Command,
    ) -> Result<Receipt, StoreError> {
        let text = format!("{} {}", command.name(), command.args());
        let digest = blake3::hash(text.as_bytes()).to_hex().to_string();
        let submission = Submission::new(Actor::Account(account), id, digest, command);
        let receipt = self.executor.receipt(account, submission).await?;
        receipt.ok_or_else(|| StoreError::Refused("only commands of devices can be blocked".into()))
    }

    /// Sessions that ended: their access tokens stop working and their sockets close.
    pub fn forget_sessions(&self, ended: impl IntoIterator<Item = Uuid>) {
        for session in ended {
            self.seen.invalidate(&session);
            self.live.end_session(session, "signed_out");
        }
    }

    /// What is known of this account's sessions is looked up anew.
    pub fn forget_account(&self, account: AccountId) {
        let sessions = self.seen.iter().filter(|(_, identity)| identity.account == account);
        sessions.for_each(|(session, _)| self.seen.invalidate(&*session));
    }

    /// Tells everyone who waits that the server is going.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
        self.live.end_all("server_stops");
    }

    pub fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }

    /// Resolves once the server is going.
    pub fn stopped(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut stopping = self.stopping.subscribe();
        async move {
            // An error means that the app itself is gone.
            let _ = stopping.wait_for(|stopping| *stopping).await;
        }
    }
}

async fn open_store(config: &Config, incarnation: Uuid, publish: Publish) -> anyhow::Result<Store> {
    if let Some(address) = &config.database {
        let ca = config.database_ca_file.as_deref();
        return Ok(Store::Postgres(Postgres::open(address.expose_secret(), ca, incarnation, publish).await?));
    }
    let key = database_key(config)?;
    let path = config.data.join(DATABASE);
    Ok(Store::Sqlite(Threaded::open(&path, Some(&key), incarnation, publish)?))
}

/// The key of the embedded database, from its file. Made where neither it nor the database exists.
pub fn database_key(config: &Config) -> anyhow::Result<Key> {
    let path = &config.database_key_file;
    if !path.exists() && !config.data.join(DATABASE).exists() {
        let key = Zeroizing::new(rand::random::<[u8; 32]>());
        let text = Zeroizing::new(key.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
        write_private(path, text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))?;
    }
    key_in(path)
}

/// The database key in this file.
pub fn key_in(path: &std::path::Path) -> anyhow::Result<Key> {
    refuse_readable_by_others(path).with_context(|| format!("the database key {}", path.display()))?;
    let text = Zeroizing::new(std::fs::read_to_string(path)?);
    let hash = blake3::Hash::from_hex(text.trim())
        .map_err(|_| anyhow::anyhow!("{} must hold 64 hex digits", path.display()))?;
    Ok(Key::new(*hash.as_bytes()))
}

/// Writes a new file that only its owner may read.
pub fn write_private(path: &std::path::Path, content: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(content)?;
    file.sync_all()
}

/// A folder for the owner alone.
pub fn make_private(folder: &std::path::Path) -> anyhow::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).with_context(|| format!("cannot make {}", folder.display()))
}
