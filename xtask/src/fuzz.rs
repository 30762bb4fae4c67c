//! `cargo xtask fuzz`: every operation of the OpenAPI, with requests it allows and many it does not.
//!
//! Schemathesis makes the requests from the server's own description and checks what comes back: never a 5xx, and
//! always an answer of a form that was promised. It runs as one person of each role, against a server with the demo
//! clinic, with limits set out of the way; the roles side by side, since a generator of requests uses one core.
//! A failure prints the request as a curl command.

use crate::checkout::Checkout;
use crate::child::{stopping, watched};
use crate::counts::{self, Counts};
use crate::demo_server::{Announce, DemoServer};
use anyhow::{Context, Result, bail};
use std::fs;
use std::process::Command;
use std::thread;
use std::time::Duration;

/// Who sends the requests.
const ROLES: &[&str] = &["patient", "doctor", DESK];

/// The one of them for whom the admin's operations are.
const DESK: &str = "super admin";

/// What is sent, what must hold of the answers, and how it signs in.
const SETTINGS: &str = "xtask/fuzz/schemathesis.toml";
const SIGN_IN: &str = "xtask/fuzz/sign_in.py";

/// Added for who may not enter the desk: all of it answers them alike, so a few requests of each kind are enough beside
/// those that the boundaries of the description give.
const REFUSED_AT_THE_DESK: &str = "
[[operations]]
include-path-regex = \"^/v1/admin/\"
generation.max-examples = 3
";

/// A role that takes so long is stuck.
const LIMIT: Duration = Duration::from_secs(20 * 60);

/// Fuzzes the server, built before unless `as_it_is`. True when every operation held for every role.
pub fn run(checkout: &Checkout, as_it_is: bool) -> Result<bool> {
    let build = ["build", "--locked", "--workspace", "--bin", "mediconnect-server"];
    if !as_it_is && !checkout.cargo(build).status()?.success() {
        bail!("the server does not build");
    }
    if !checkout.python("schemathesis").is_file() {
        bail!("schemathesis is not installed: `cargo xtask setup` installs it");
    }
    let outcomes: Vec<Result<Counts>> = thread::scope(|scope| {
        let roles: Vec<_> = ROLES.iter().map(|role| scope.spawn(move || fuzz_as(checkout, role))).collect();
        roles
            .into_iter()
            .map(|role| role.join().unwrap_or_else(|_| bail!("a role's thread failed")))
            .collect()
    });
    let mut total = Counts::default();
    for outcome in outcomes {
        total += outcome?;
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(total.failed == 0)
}

/// On a server of its own: what one role deletes another would miss.
fn fuzz_as(checkout: &Checkout, role: &str) -> Result<Counts> {
    let folder = tempfile::Builder::new().prefix("mediconnect-fuzz-").tempdir()?;
    let server = DemoServer::start(checkout, folder.path(), Announce::ToNobody)?;
    let person = server.sign_in(role).with_context(|| format!("the demo clinic names no {role}"))?;
    let report = folder.path().join("report.xml");
    let settings = folder.path().join("schemathesis.toml");
    let at_the_desk = if role == DESK { "" } else { REFUSED_AT_THE_DESK };
    fs::write(&settings, fs::read_to_string(checkout.at(SETTINGS))? + at_the_desk)?;
    let mut command = Command::new(checkout.python("schemathesis"));
    command
        .env("SCHEMATHESIS_HOOKS", checkout.at(SIGN_IN))
        .env("MEDICONNECT_SERVER", server.address())
        .env("MEDICONNECT_EMAIL", &person.email)
        .env("MEDICONNECT_PASSWORD", &person.password);
    command.arg("--config-file").arg(&settings);
    command.args(["run", &format!("{}/openapi.json", server.address())]);
    command.arg("--report-junit-path").arg(&report).current_dir(folder.path());
    let outcome = watched("schemathesis", &mut command, &folder.path().join("log"), LIMIT, |_| ())?;
    if stopping() {
        bail!("stopped");
    }
    // In one piece: the roles would speak at the same time.
    println!("as {}:\n{}", person.who, outcome.output);
    let report = fs::read_to_string(&report).context("schemathesis wrote no report")?;
    let mut counts = counts::junit(&report).context("schemathesis' report names no tests")?;
    if !outcome.succeeded() && counts.failed == 0 {
        counts.failed = 1;
    }
    Ok(counts)
}
