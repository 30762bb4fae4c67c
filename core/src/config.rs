//! What a client is given from outside: where to keep things, whom to talk to, time and randomness.

use std::{path::PathBuf, sync::Arc};

use jiff::Timestamp;
use mediconnect_domain::id;
use url::Url;
use uuid::Uuid;

use crate::{
    keychain::{self, Keychain},
    remote::{HttpOptions, HttpRemote, Remote, RemoteError},
};

/// The time, as this device believes it to be.
pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> Timestamp;
}

/// Where ids and keys come from.
pub trait Random: Send + Sync + 'static {
    fn fill(&self, bytes: &mut [u8]);
}

/// The system's clock, to the millisecond: nobody needs more, and bodies stay short.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }
}

/// The system's random numbers.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsRandom;

impl Random for OsRandom {
    fn fill(&self, bytes: &mut [u8]) {
        // Without random numbers there are neither keys nor ids: nothing sensible can go on.
        getrandom::fill(bytes).expect("the system gives random numbers");
    }
}

/// A new UUIDv7.
pub(crate) fn new_id(clock: &dyn Clock, random: &dyn Random) -> Uuid {
    let mut bytes = [0; 10];
    random.fill(&mut bytes);
    id::v7(clock.now().as_millisecond().max(0).unsigned_abs(), bytes)
}

/// All a [`crate::Client`] needs. [`Config::new`] fills in the platform's own.
#[derive(Clone)]
pub struct Config {
    /// The app's own folder; made if it is not there.
    pub dir: PathBuf,
    /// The server's root, such as `https://clinic.example`, as `remote` reaches it.
    pub server: Url,
    /// As the owner recognises this device in the list of sessions.
    pub device_name: String,
    pub keychain: Arc<dyn Keychain>,
    pub remote: Arc<dyn Remote>,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
}

impl Config {
    /// The platform's key store (or the fall-back in `dir`, see [`keychain::platform_or_file`]), HTTP, the system's clock.
    pub fn new(dir: impl Into<PathBuf>, server: Url) -> Result<Self, RemoteError> {
        let dir = dir.into();
        let remote = HttpRemote::new(server.clone(), HttpOptions::default())?;
        Ok(Self {
            keychain: keychain::platform_or_file(&dir),
            device_name: format!("{} ({})", std::env::consts::OS, std::env::consts::ARCH),
            dir,
            server,
            remote: Arc::new(remote),
            clock: Arc::new(SystemClock),
            random: Arc::new(OsRandom),
        })
    }
}
