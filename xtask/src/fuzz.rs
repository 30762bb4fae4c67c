//! `cargo xtask fuzz`: every operation of the OpenAPI, with requests it allows and many it does not.
//!
//! Schemathesis makes the requests from the server's own description and checks what comes back: never a 5xx, and
//! always an answer of a form that was promised. It runs as one person of each role, against a server with the demo
//! clinic, with limits set out of the way. A failure prints the request as a curl command.

use crate::checkout::Checkout;
use crate::child::{Running, Stop, stopping};
use crate::counts::{self, Counts};
use crate::demo_server::{Announce, DemoServer, SignIn};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

/// Who sends the requests.
const ROLES: &[&str] = &["patient", "doctor", "super admin"];

/// What is sent, what must hold of the answers, and how it signs in.
const SETTINGS: &str = "xtask/fuzz/schemathesis.toml";
const SIGN_IN: &str = "xtask/fuzz/sign_in.py";

/// Builds the server and fuzzes it. True when every operation held for every role.
pub fn run(checkout: &Checkout) -> Result<bool> {
    let built =
        checkout.cargo(["build", "--locked", "--workspace", "--bin", "mediconnect-server"]).status()?;
    if !built.success() {
        bail!("the server does not build");
    }
    if !checkout.python("schemathesis").is_file() {
        bail!("schemathesis is not installed: `cargo xtask setup` installs it");
    }
    let mut total = Counts::default();
    for role in ROLES {
        // Each role on a server of its own: what one of them deletes the next would miss.
        let folder = tempfile::Builder::new().prefix("mediconnect-fuzz-").tempdir()?;
        let server = DemoServer::start(checkout, folder.path(), Announce::ToNobody)?;
        let person = server.sign_in(role).with_context(|| format!("the demo clinic names no {role}"))?;
        total += fuzz_as(checkout, &server, person, folder.path())?;
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(total.failed == 0)
}

fn fuzz_as(checkout: &Checkout, server: &DemoServer, person: &SignIn, folder: &Path) -> Result<Counts> {
    println!("as {}:", person.who);
    let report = folder.join("report.xml");
    let mut command = Command::new(checkout.python("schemathesis"));
    command
        .env("SCHEMATHESIS_HOOKS", checkout.at(SIGN_IN))
        .env("MEDICONNECT_SERVER", server.address())
        .env("MEDICONNECT_EMAIL", &person.email)
        .env("MEDICONNECT_PASSWORD", &person.password);
    command.arg("--config-file").arg(checkout.at(SETTINGS));
    command.args(["run", &format!("{}/openapi.json", server.address())]);
    command.arg("--report-junit-path").arg(&report).current_dir(folder);
    let mut running = Running::start("schemathesis", &mut command, Stop::Terminate)?;
    let ended_well = loop {
        if stopping() {
            bail!("stopped");
        }
        if let Some(status) = running.ended()? {
            break status.success();
        }
        thread::sleep(Duration::from_millis(100));
    };
    let report = fs::read_to_string(&report).context("schemathesis wrote no report")?;
    let mut counts = counts::junit(&report).context("schemathesis' report names no tests")?;
    if !ended_well && counts.failed == 0 {
        counts.failed = 1;
    }
    Ok(counts)
}
