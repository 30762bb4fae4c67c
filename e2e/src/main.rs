//! `mediconnect-e2e`: serves one of the product's faces to a browser on this machine and prints its address.

use anyhow::Result;
use clap::{Parser, Subcommand};
use mediconnect_e2e::{doctor, gallery, host::Host, patient};

#[derive(Parser)]
#[command(about = "Serves the apps to a browser, for tests and pictures")]
struct Arguments {
    #[command(subcommand)]
    face: Face,
}

// The names are the words of the command line.
#[allow(clippy::enum_variant_names)]
#[derive(Subcommand)]
enum Face {
    /// Every component in every state.
    ServeGallery,
    /// The patient's app on a device of its own; see `MEDICONNECT_SERVER`, `MEDICONNECT_DATA` and `MEDICONNECT_SIGN_IN`.
    ServePatient,
    /// The doctor's app, likewise.
    ServeDoctor,
}

#[tokio::main]
async fn main() -> Result<()> {
    let host = match Arguments::parse().face {
        Face::ServeGallery => Host::new("Gallery", gallery::Gallery),
        Face::ServePatient => patient::host().await?,
        Face::ServeDoctor => doctor::host().await?,
    };
    host.serve(|address| println!("http://{address}")).await
}
