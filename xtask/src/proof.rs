//! `cargo xtask bench` and `cargo xtask sim`: built as they are meant to run, then handed over to the
//! proof program, which prints its own results.

use crate::checkout::Checkout;
use crate::child::{Running, Stop, stopping};
use anyhow::{Result, bail};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

const PROGRAM: &str = "mediconnect-proof";

/// Measures. True when every figure reached its target.
pub fn bench(checkout: &Checkout, only: Option<&str>, json: Option<&Path>) -> Result<bool> {
    // The server too: its size and its memory at rest are among the figures.
    build(
        checkout,
        &["build", "--locked", "--release", "-p", "mediconnect-proof", "-p", "mediconnect-server"],
    )?;
    let mut command = Command::new(checkout.built("release", PROGRAM));
    command.arg("bench");
    if let Some(ids) = only {
        command.args(["--only", ids]);
    }
    if let Some(file) = json {
        command.arg("--json").arg(file);
    }
    to_its_end(command.env("MEDICONNECT_PROGRAMS", checkout.target.join("release")))
}

/// Runs simulation seeds. True when none diverged.
pub fn simulate(checkout: &Checkout, seeds: u64, from: u64) -> Result<bool> {
    build(checkout, &["build", "--locked", "--release", "-p", "mediconnect-proof"])?;
    let mut command = Command::new(checkout.built("release", PROGRAM));
    command.args(["sim", "--seeds", &seeds.to_string(), "--from", &from.to_string()]);
    to_its_end(&mut command)
}

fn build(checkout: &Checkout, arguments: &[&str]) -> Result<()> {
    if !checkout.cargo(arguments).status()?.success() {
        bail!("the build failed");
    }
    Ok(())
}

fn to_its_end(command: &mut Command) -> Result<bool> {
    let mut running = Running::start(PROGRAM, command, Stop::Terminate)?;
    while !stopping() {
        if let Some(status) = running.ended()? {
            return Ok(status.success());
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(false)
}
