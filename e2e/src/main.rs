//! `mediconnect-e2e`: serves one of the product's faces to a browser on this machine and prints its address.

use anyhow::Result;
use clap::{Parser, Subcommand};
use mediconnect_e2e::{gallery, host::Host};

#[derive(Parser)]
#[command(about = "Serves the apps to a browser, for tests and pictures")]
struct Arguments {
    #[command(subcommand)]
    face: Face,
}

#[derive(Subcommand)]
enum Face {
    /// Every component in every state.
    ServeGallery,
}

#[tokio::main]
async fn main() -> Result<()> {
    let host = match Arguments::parse().face {
        Face::ServeGallery => Host::new("Gallery", gallery::Gallery),
    };
    host.serve(|address| println!("http://{address}")).await
}
