//! A server with the demo clinic, for the demo, the tour and the fuzzer.
//!
//! It prints one line with its address once it answers, and before that the people one can sign in as.
//! What it prints can be passed on to people.

use crate::checkout::Checkout;
use crate::child::{Running, Stop};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

const PROGRAM: &str = "mediconnect-server";
const ANNOUNCED: &str = "listening on ";

/// Limits that one machine, which is all the clients at once, would run into.
const LIMITS: &[&str] = &[
    "MEDICONNECT_LOGIN_PER_MIN",
    "MEDICONNECT_REQUESTS_PER_MIN_ADDRESS",
    "MEDICONNECT_REQUESTS_PER_MIN_ACCOUNT",
    "MEDICONNECT_REQUESTS_PER_MIN_DEVICE",
];

/// How long the demo clinic may take to be made: seconds, but minutes beside a build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// A running server; stopped when dropped.
pub struct DemoServer {
    _process: Running,
    address: String,
    sign_ins: Vec<SignIn>,
}

/// Whether people are to read who can sign in, and where.
#[derive(Clone, Copy, PartialEq)]
pub enum Announce {
    /// They are.
    ToEveryone,
    /// It is only a test.
    ToNobody,
}

/// Someone in the demo clinic with a password.
#[derive(Debug, Clone, PartialEq)]
pub struct SignIn {
    /// The address they sign in with.
    pub email: String,
    /// In plain text: it is a demo.
    pub password: String,
    /// What they are, and what to try them for: `doctor in London, confirms by itself`.
    pub who: String,
}

impl DemoServer {
    /// Starts the program that was built before, with its data in that folder, on a free port of the loopback.
    pub fn start(checkout: &Checkout, folder: &Path, announce: Announce) -> Result<Self> {
        let mut command = Command::new(checkout.built("debug", PROGRAM));
        command.arg("demo").arg("--data").arg(folder.join("server")).args(["--listen", "127.0.0.1:0"]);
        command.env("MEDICONNECT_LOG", "warn");
        for limit in LIMITS {
            command.env(limit, "1000000");
        }
        let mut process = Running::start(PROGRAM, command.stdout(Stdio::piped()), Stop::Terminate)?;
        let lines = pass_on(process.take_stdout().context("the server's output is piped")?, announce);
        let mut sign_ins = Vec::new();
        loop {
            let line = lines.recv_timeout(PATIENCE).context("the server did not say where it listens")?;
            if let Some((_, address)) = line.split_once(ANNOUNCED) {
                let address = address.trim().trim_end_matches('/').to_owned();
                return Ok(Self { _process: process, address, sign_ins });
            }
            sign_ins.extend(SignIn::read(&line));
            if process.ended()?.is_some() {
                bail!("the server ended before it listened");
            }
        }
    }

    /// Such as `http://127.0.0.1:12345`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The first person of a role: `patient`, `doctor`, `super admin`.
    pub fn sign_in(&self, role: &str) -> Option<&SignIn> {
        self.sign_ins.iter().find(|person| person.who.starts_with(role))
    }
}

impl SignIn {
    /// From a line such as `asha@mediconnect.example  a-password  patient in Pune`.
    fn read(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let email = words.next().filter(|word| word.contains('@'))?.to_owned();
        let password = words.next()?.to_owned();
        Some(Self { email, password, who: words.collect::<Vec<_>>().join(" ") })
    }
}

/// Prints every line if it is meant for everyone, and hands it over as long as someone listens.
fn pass_on(output: ChildStdout, announce: Announce) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if announce == Announce::ToEveryone {
                println!("{line}");
            }
            let _ = sender.send(line);
        }
    });
    receiver
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A checkout whose server is this shell script.
    #[cfg(unix)]
    fn with_server(script: &str) -> (tempfile::TempDir, Checkout) {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let checkout = Checkout { root: folder.path().to_owned(), target: folder.path().join("target") };
        let program = checkout.built("debug", PROGRAM);
        std::fs::create_dir_all(program.parent().unwrap()).unwrap();
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        (folder, checkout)
    }

    #[cfg(unix)]
    #[test]
    fn a_server_is_known_by_its_address_and_its_people() {
        let script = "echo 'd@demo.example  pw-d  doctor in Pune'\necho 'listening on http://127.0.0.1:4711'\nsleep 300";
        let (folder, checkout) = with_server(script);
        let server = DemoServer::start(&checkout, folder.path(), Announce::ToNobody).unwrap();
        assert_eq!(server.address(), "http://127.0.0.1:4711");
        assert_eq!(server.sign_in("doctor").unwrap().password, "pw-d");
        assert_eq!(server.sign_in("patient"), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_server_that_does_not_start_is_an_error_at_once() {
        let (folder, checkout) = with_server("echo 'no key' >&2; exit 1");
        assert!(DemoServer::start(&checkout, folder.path(), Announce::ToNobody).is_err());
    }

    #[test]
    fn people_are_read_from_what_the_server_prints() {
        let person = SignIn::read("asha@demo.example   blue-lamp-7   patient in Pune, with family").unwrap();
        assert_eq!((person.email.as_str(), person.password.as_str()), ("asha@demo.example", "blue-lamp-7"));
        assert_eq!(person.who, "patient in Pune, with family");
        assert_eq!(SignIn::read("2000 patients, 40 doctors"), None);
        assert_eq!(SignIn::read("listening on http://127.0.0.1:1"), None);
    }
}
