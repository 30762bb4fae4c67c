//! Opening the client from the environment, for programs that show an app.
//!
//! `MEDICONNECT_SERVER` is the server's address, `MEDICONNECT_DATA` the folder for this device's data. For development,
//! `MEDICONNECT_SIGN_IN` (`email:password`) signs in at the start where nobody is.

use std::{env, path::PathBuf};

use mediconnect_core::{Client, Config, OpenError, SignInError};

/// Why the app cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("MEDICONNECT_SERVER is no address")]
    Server,
    #[error("there is no folder for this app's data; name one in MEDICONNECT_DATA")]
    Folder,
    #[error(transparent)]
    Remote(#[from] mediconnect_core::remote::RemoteError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("MEDICONNECT_SIGN_IN is to be email:password")]
    SignInForm,
    #[error(transparent)]
    SignIn(#[from] SignInError),
}

/// Shows an app in a window or on a phone until it is closed; ends the program where it cannot start. `title` is what its
/// window is called.
#[cfg(any(feature = "desktop", feature = "mobile"))]
pub fn launch(name: &str, title: &str, app: fn() -> dioxus::prelude::Element) {
    let runtime = tokio::runtime::Runtime::new().expect("threads to run on");
    let client = runtime.block_on(client(name)).unwrap_or_else(|error| {
        eprintln!("MediConnect cannot start: {error}");
        std::process::exit(1);
    });
    runtime.spawn(client.clone().run());
    let _inside = runtime.enter();
    dioxus::prelude::LaunchBuilder::new().with_context(client).with_cfg(window(name, title)).launch(app);
}

#[cfg(feature = "desktop")]
use dioxus::desktop as shell;
#[cfg(all(feature = "mobile", not(feature = "desktop")))]
use dioxus::mobile as shell;

/// As large as a phone's screen where there is a desk to stand on: the pages are made for it.
#[cfg(any(feature = "desktop", feature = "mobile"))]
fn window(name: &str, title: &str) -> shell::Config {
    use shell::{Config, LogicalSize, WindowBuilder};
    let window = WindowBuilder::new()
        .with_title(title)
        .with_inner_size(LogicalSize::new(390.0, 844.0))
        .with_min_inner_size(LogicalSize::new(320.0, 480.0));
    let config = Config::new().with_window(window).with_menu(None);
    // What the web view keeps belongs to this device's data, and goes with it.
    match folder(name) {
        Some(folder) => config.with_data_directory(folder.join("web-view")),
        None => config,
    }
}

/// Opens what is on this device; needs the network only to sign in where `MEDICONNECT_SIGN_IN` asks for it. `name` is
/// the app's folder where `MEDICONNECT_DATA` names none.
pub async fn client(name: &str) -> Result<Client, StartError> {
    let server = env::var("MEDICONNECT_SERVER").unwrap_or_else(|_| DEFAULT_SERVER.into());
    let server = server.parse().map_err(|_| StartError::Server)?;
    let client = Client::open(Config::new(folder(name).ok_or(StartError::Folder)?, server)?)?;
    if let (None, Ok(sign_in)) = (client.session(), env::var("MEDICONNECT_SIGN_IN")) {
        let (email, password) = sign_in.split_once(':').ok_or(StartError::SignInForm)?;
        client.sign_in(email, password).await?;
    }
    Ok(client)
}

/// Where a server under development listens.
const DEFAULT_SERVER: &str = "http://127.0.0.1:8460";

fn folder(name: &str) -> Option<PathBuf> {
    if let Some(named) = env::var_os("MEDICONNECT_DATA") {
        return Some(named.into());
    }
    let data = env::var_os("XDG_DATA_HOME").map(PathBuf::from);
    let data = data.or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share")))?;
    Some(data.join(name))
}
