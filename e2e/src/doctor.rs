//! The doctor's app as one device: the client and its background loop outlive every page that shows it.

use anyhow::Result;
use mediconnect_app::start;
use mediconnect_doctor::{App, NAME};

use crate::host::Host;

/// The app over the device that the environment describes.
pub async fn host() -> Result<Host> {
    let client = start::client(NAME).await?;
    tokio::spawn(client.clone().run());
    Ok(Host::new("MediConnect for doctors", App).with_context(move || client.clone()))
}
