//! Opening the client from the environment, for programs that show the app.

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

/// Opens what is on this device; needs the network only to sign in where `MEDICONNECT_SIGN_IN` asks for it.
pub async fn client() -> Result<Client, StartError> {
    let server = env::var("MEDICONNECT_SERVER").unwrap_or_else(|_| DEFAULT_SERVER.into());
    let server = server.parse().map_err(|_| StartError::Server)?;
    let folder =
        env::var_os("MEDICONNECT_DATA").map(PathBuf::from).or_else(own_folder).ok_or(StartError::Folder)?;
    let client = Client::open(Config::new(folder, server)?)?;
    if let (None, Ok(sign_in)) = (client.session(), env::var("MEDICONNECT_SIGN_IN")) {
        let (email, password) = sign_in.split_once(':').ok_or(StartError::SignInForm)?;
        client.sign_in(email, password).await?;
    }
    Ok(client)
}

/// Where a server under development listens.
const DEFAULT_SERVER: &str = "http://127.0.0.1:8460";

fn own_folder() -> Option<PathBuf> {
    let data = env::var_os("XDG_DATA_HOME").map(PathBuf::from);
    let data = data.or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share")))?;
    Some(data.join("mediconnect-patient"))
}
