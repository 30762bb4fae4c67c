//! `cargo xtask fuzz`: every operation of the OpenAPI, with requests it allows and many it does not.
//!
//! Schemathesis makes the requests from the server's own description and checks what comes back: never a 5xx, and
//! always an answer of a form that was promised. It runs as one person of each role, against a server with the demo
//! clinic, with limits set out of the way. A failure prints the request as a curl command.

use crate::checkout::Checkout;
use crate::child::{Running, Stop, stopping};
use crate::counts::{self, Counts};
use crate::demo_server::{DemoServer, SignIn};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

/// Who sends the requests.
const ROLES: &[&str] = &["patient", "doctor", "admin"];

/// Requests for each operation, role and phase.
const EXAMPLES: &str = "25";

/// Always the same requests, so that a failure comes again.
const SEED: &str = "20260101";

/// What must hold of every answer.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,unsupported_method";

/// Operations that would end the session that sends the requests, or that never end.
const LEFT_OUT: &str = "^/v1/(auth/(sign-out|refresh|sessions)|live|sync/live)";

/// Builds the server and fuzzes it. True when every operation held for every role.
pub fn run(checkout: &Checkout) -> Result<bool> {
    let built = checkout.cargo(["build", "--locked", "-p", "mediconnect-server"]).status()?;
    if !built.success() {
        bail!("the server does not build");
    }
    let schemathesis = checkout.python("schemathesis");
    if !schemathesis.is_file() {
        bail!("schemathesis is not installed: `cargo xtask setup` installs it");
    }
    let mut total = Counts::default();
    for role in ROLES {
        // Each role on a server of its own: what one of them deletes the next would miss.
        let folder = tempfile::Builder::new().prefix("mediconnect-fuzz-").tempdir()?;
        let server = DemoServer::start(checkout, folder.path())?;
        let person = server.sign_in(role).with_context(|| format!("the demo clinic names no {role}"))?;
        total += fuzz_as(&schemathesis, &server, person, folder.path())?;
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(total.failed == 0)
}

fn fuzz_as(schemathesis: &Path, server: &DemoServer, person: &SignIn, folder: &Path) -> Result<Counts> {
    println!("as {}:", person.role);
    fs::write(folder.join("schemathesis.toml"), settings(person))?;
    let report = folder.join("report.xml");
    let mut command = Command::new(schemathesis);
    command.arg("--config-file").arg(folder.join("schemathesis.toml"));
    command.args(["run", &format!("{}/openapi.json", server.address())]);
    command.args([
        "--seed",
        SEED,
        "--max-examples",
        EXAMPLES,
        "--checks",
        CHECKS,
        "--phases",
        "examples,coverage,fuzzing",
    ]);
    command.args([
        "--exclude-path-regex",
        LEFT_OUT,
        "--workers",
        "2",
        "--continue-on-failure",
        "--no-shrink",
    ]);
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

/// Signing in, and again when the token ran out or was revoked by one of the requests.
fn settings(person: &SignIn) -> String {
    format!(
        "[auth.dynamic.openapi.access_token]\n\
         path = \"/v1/auth/login\"\n\
         payload = {{ email = \"{}\", password = \"{}\", device_name = \"fuzz\" }}\n\
         extract_selector = \"/access_token\"\n\
         retry_on = [401]\n",
        person.email, person.password
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_sign_in_as_that_person() {
        let person = SignIn { role: "patient".into(), email: "a@demo.example".into(), password: "b".into() };
        let settings = settings(&person);
        assert!(settings.contains("email = \"a@demo.example\", password = \"b\""), "{settings}");
    }
}
