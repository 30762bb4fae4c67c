//! The client of the server this computer works with.
//!
//! A client and its data belong to one server. Signing in to another server opens another client, in a folder of its own.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use mediconnect_core::{Client, Config, SignInError};
use mediconnect_domain::Kind;
use tauri::{AppHandle, Emitter, async_runtime::JoinHandle};
use url::Url;

use crate::{failure::Failure, unanswered::Late};

/// What the front end holds whole and shows from the local store.
const HELD: &[Kind] =
    &[Kind::Clinic, Kind::Specialty, Kind::VisitType, Kind::DoctorProfile, Kind::PractitionerRole];

/// Where a server started without settings answers.
const FIRST_SERVER: &str = "http://127.0.0.1:8460/";

/// The state of the app.
pub struct Desk {
    dir: PathBuf,
    open: Mutex<Open>,
}

struct Open {
    server: Url,
    client: Client,
    late: Late,
    tasks: [JoinHandle<()>; 3],
}

impl Desk {
    /// Opens the client of the server that was used last, or of `MEDICONNECT_SERVER`.
    pub fn open(app: &AppHandle, dir: PathBuf) -> Result<Self, Box<dyn std::error::Error>> {
        fs::create_dir_all(&dir)?;
        let open = Open::new(app, &dir, last_server(&dir)?)?;
        Ok(Self { dir, open: Mutex::new(open) })
    }

    /// Signs in where nobody is signed in.
    pub async fn enter_once(&self, email: &str, password: &str) -> Result<(), SignInError> {
        let client = self.client();
        if client.session().is_none_or(|session| session.ended) {
            client.sign_in(email, password).await?;
        }
        Ok(())
    }

    pub fn client(&self) -> Client {
        self.lock().client.clone()
    }

    pub fn late(&self) -> Late {
        self.lock().late.clone()
    }

    pub fn server(&self) -> Url {
        self.lock().server.clone()
    }

    /// The client of this server, which becomes the one in use.
    pub fn client_of(&self, app: &AppHandle, server: &str) -> Result<Client, Failure> {
        let server = Url::parse(server).map_err(|error| Failure::server(error.to_string()))?;
        let mut open = self.lock();
        if open.server != server {
            let other =
                Open::new(app, &self.dir, server).map_err(|error| Failure::server(error.to_string()))?;
            let before = std::mem::replace(&mut *open, other);
            before.tasks.iter().for_each(JoinHandle::abort);
        }
        fs::write(self.dir.join("server"), open.server.as_str())
            .map_err(|error| Failure::server(error.to_string()))?;
        Ok(open.client.clone())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    fn new(app: &AppHandle, dir: &Path, server: Url) -> Result<Self, Box<dyn std::error::Error>> {
        let client = Client::open(Config::new(dir.join(folder_of(&server)), server.clone())?)?;
        // Before the loop may have got an answer to what is in the outbox.
        let late = Late::of(&client);
        let sync = tauri::async_runtime::spawn(client.clone().run());
        let tell = tauri::async_runtime::spawn(tell_of_changes(app.clone(), client.clone()));
        let settle = tauri::async_runtime::spawn(late.clone().tell(app.clone(), client.clone()));
        Ok(Self { server, client, late, tasks: [sync, tell, settle] })
    }
}

/// Tells the front end that what it holds changed; several changes at once are told once.
async fn tell_of_changes(app: AppHandle, client: Client) {
    let mut watch = client.watch(HELD);
    while watch.changed().await {
        if app.emit("changed", ()).is_err() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

fn last_server(dir: &Path) -> Result<Url, Box<dyn std::error::Error>> {
    if let Ok(given) = std::env::var("MEDICONNECT_SERVER") {
        return Ok(Url::parse(&given)?);
    }
    match fs::read_to_string(dir.join("server")) {
        Ok(kept) => Ok(Url::parse(kept.trim())?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Url::parse(FIRST_SERVER)?),
        Err(error) => Err(error.into()),
    }
}

/// `https://clinic.example:8460/` lies in `https-clinic.example-8460`.
fn folder_of(server: &Url) -> String {
    let port = server.port_or_known_default().unwrap_or_default();
    format!("{}-{}-{port}", server.scheme(), server.host_str().unwrap_or("host"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_server_has_a_folder_of_its_own() {
        let folder = |url: &str| folder_of(&Url::parse(url).unwrap());
        assert_eq!(folder("https://clinic.example/"), "https-clinic.example-443");
        assert_ne!(folder("http://127.0.0.1:8460"), folder("http://127.0.0.1:8461"));
        assert_ne!(folder("http://clinic.example"), folder("https://clinic.example"));
    }
}
