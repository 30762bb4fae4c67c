//! The object an app holds.

use std::{
    future::Future,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use mediconnect_core::{Client, Config, NewPatient, keychain::KeyFile};
use mediconnect_domain::{Command, CommandId, Kind, Need, Zone, settings::Language};
use serde_json::{Value, json, value::RawValue};
use tokio::runtime::{Handle, Runtime};

use crate::AppError;

/// A person who signs up.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Person {
    pub name: String,
    pub email: String,
    pub password: String,
    /// `en` or `hi`.
    pub language: String,
    /// Of the IANA time zone database.
    pub zone: String,
}

/// Is told that something changed. Called on a thread of the core: hand over and return.
#[uniffi::export(with_foreign)]
pub trait Watcher: Send + Sync {
    fn changed(&self);
}

/// This device's accounts and the open one's records.
#[derive(uniffi::Object)]
pub struct App {
    client: Client,
    on: Handle,
    runtime: Mutex<Option<Runtime>>,
}

#[uniffi::export]
impl App {
    /// Opens what lies in `folder`; works without network. Keys lie in the platform's key store, or, with `keys_in_file`, in
    /// a file that only its owner can read.
    #[uniffi::constructor]
    pub fn open(folder: String, server: String, keys_in_file: bool) -> Result<Arc<Self>, AppError> {
        let server = server.parse::<url::Url>().map_err(AppError::argument)?;
        let mut config = Config::new(&folder, server).map_err(AppError::argument)?;
        if keys_in_file {
            config.keychain = Arc::new(KeyFile::new(config.dir.join("keys")));
        }
        let client = Client::open(config)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(|error| AppError::Failed { what: error.to_string() })?;
        runtime.spawn(client.clone().run());
        let on = runtime.handle().clone();
        Ok(Arc::new(Self { client, on, runtime: Mutex::new(Some(runtime)) }))
    }

    /// The account in use as JSON; `None` where nobody is signed in.
    pub fn session(&self) -> Option<String> {
        self.client.session().map(|session| json!(session).to_string())
    }

    /// A new UUIDv7, for the records that a command creates.
    pub fn new_id(&self) -> String {
        self.client.new_id().to_string()
    }

    /// Takes a command by name and JSON arguments; durable when this returns. Answers its id.
    pub fn submit(&self, name: String, args: String) -> Result<String, AppError> {
        Ok(self.client.submit(command(&name, &args)?)?.to_string())
    }

    /// The commands that the server has not accepted, as a JSON list.
    pub fn pending(&self) -> Result<String, AppError> {
        Ok(json!(self.client.pending()?).to_string())
    }

    /// Sends a refused command once more. Answers its new id.
    pub fn retry(&self, id: String) -> Result<String, AppError> {
        Ok(self.client.retry(command_id(&id)?)?.to_string())
    }

    /// Puts another form of a command in its place. Answers its id.
    pub fn replace(&self, id: String, name: String, args: String) -> Result<String, AppError> {
        Ok(self.client.replace(command_id(&id)?, command(&name, &args)?)?.to_string())
    }

    /// Lets a command go.
    pub fn discard(&self, id: String) -> Result<(), AppError> {
        Ok(self.client.discard(command_id(&id)?)?)
    }

    /// One record as JSON; `None` where this device holds none.
    pub fn get(&self, kind: String, id: String) -> Result<Option<String>, AppError> {
        let (kind, id) = (kind_of(&kind)?, id.parse().map_err(AppError::argument)?);
        let rows = self.client.read(|records| records.rows(&Need::Record { kind, id }))?;
        Ok(rows.into_iter().next().map(|row| row.body.to_string()))
    }

    /// All records of a kind, as a JSON list.
    pub fn list(&self, kind: String) -> Result<String, AppError> {
        let kind = kind_of(&kind)?;
        let rows = self.client.read(|records| records.rows_of_kind(kind))?;
        let bodies: Vec<Box<RawValue>> =
            rows.into_iter().filter_map(|row| RawValue::from_string(row.body.to_string()).ok()).collect();
        serde_json::to_string(&bodies).map_err(AppError::argument)
    }

    /// Tells the watcher after each change of these kinds, until the app is shut down.
    pub fn watch(&self, kinds: Vec<String>, watcher: Arc<dyn Watcher>) -> Result<(), AppError> {
        let kinds = kinds.iter().map(|kind| kind_of(kind)).collect::<Result<Vec<_>, _>>()?;
        let mut watch = self.client.watch(&kinds);
        self.on.spawn(async move {
            while watch.changed().await {
                watcher.changed();
            }
        });
        Ok(())
    }

    /// Where sync stands, as JSON.
    pub fn sync_state(&self) -> String {
        json!(self.client.sync_state()).to_string()
    }

    /// Ends the core's threads. Nothing is lost; nothing works any more.
    pub fn shutdown(&self) {
        let runtime = self.runtime.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(runtime) = runtime {
            runtime.shutdown_timeout(Duration::from_secs(2));
        }
    }
}

#[uniffi::export]
impl App {
    pub async fn sign_up_patient(&self, person: Person) -> Result<String, AppError> {
        let zone = Zone::new(&person.zone).ok_or_else(|| AppError::argument("unknown zone"))?;
        let language: Language =
            serde_json::from_value(Value::String(person.language)).map_err(AppError::argument)?;
        let Person { name, email, password, .. } = person;
        let new = NewPatient { name, email, password, language, zone };
        let client = self.client.clone();
        let session = self.run(async move { client.sign_up_patient(new).await }).await??;
        Ok(json!(session).to_string())
    }

    /// Answers the session as JSON.
    pub async fn sign_in(&self, email: String, password: String) -> Result<String, AppError> {
        let client = self.client.clone();
        let session = self.run(async move { client.sign_in(&email, &password).await }).await??;
        Ok(json!(session).to_string())
    }

    /// Ends the session and wipes the account from this device.
    pub async fn sign_out(&self) -> Result<(), AppError> {
        let client = self.client.clone();
        Ok(self.run(async move { client.sign_out().await }).await??)
    }

    /// Sends and fetches now. Answers where sync stands, as JSON.
    pub async fn sync_now(&self) -> Result<String, AppError> {
        let client = self.client.clone();
        let state = self.run(async move { client.sync_now().await }).await??;
        Ok(json!(state).to_string())
    }
}

impl App {
    /// The other side brings an event loop of its own; the core's futures need this one.
    async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, AppError> {
        let done = self.on.spawn(work).await;
        done.map_err(|_| AppError::Failed { what: "the app was shut down".into() })
    }
}

fn command(name: &str, args: &str) -> Result<Command, AppError> {
    let read = Command::read(name, args).ok_or_else(|| AppError::argument("unknown command"))?;
    read.map_err(AppError::argument)
}

fn command_id(text: &str) -> Result<CommandId, AppError> {
    text.parse().map_err(AppError::argument)
}

fn kind_of(name: &str) -> Result<Kind, AppError> {
    Kind::from_name(name).ok_or_else(|| AppError::argument("unknown kind"))
}
