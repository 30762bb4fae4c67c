//! kill -9 at any moment of a booking: what was acknowledged is there, and nothing is there twice.
//!
//! The server and the app run as processes of their own; this one keeps the log of what was acknowledged.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use jiff::Timestamp;
use mediconnect_core::{Client as App, Config, PendingState};
use mediconnect_domain::{
    AppointmentId, RoleId, VisitTypeId,
    appointments::Appointment,
    sign_in::SignedIn,
    wire::{Outcome, Receipt},
};
use mediconnect_server::testing::{Client, PASSWORD, Practice, TestServer, credentials, email, new_id};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

const SERVER_KILLS: usize = 300;
const APP_KILLS: usize = 200;

/// A program of this workspace, built beside the tests.
fn program(name: &str) -> PathBuf {
    let here = std::env::current_exe().expect("the tests have a path");
    let path = here.parent().and_then(Path::parent).expect("tests lie in deps").join(name);
    assert!(path.is_file(), "build it first: cargo build --workspace ({})", path.display());
    path
}

struct ServerProcess {
    child: Child,
    url: String,
}

impl ServerProcess {
    fn start(folder: &Path) -> Self {
        let mut command = Command::new(program("mediconnect-server"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder);
        for limit in [
            "--requests-per-min-address",
            "--requests-per-min-account",
            "--requests-per-min-device",
            "--login-per-min",
        ] {
            command.args([limit, "1000000"]);
        }
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the server starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let url = line
            .trim()
            .strip_prefix("listening on ")
            .unwrap_or_else(|| panic!("it said {line:?}"))
            .to_owned();
        Self { child, url }
    }

    fn kill(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it is gone");
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A practice with a few patients, in a folder that a server process can take over.
async fn prepared(patients: &[String]) -> (tempfile::TempDir, Practice, Vec<mediconnect_domain::PatientId>) {
    let server = TestServer::start().await;
    let admin = server.super_admin("Root").await;
    let practice = server.practice(&admin, "Kill").await;
    let mut ids = Vec::new();
    for name in patients {
        ids.push(server.patient(name).await.patient_id);
    }
    (server.into_folder().await, practice, ids)
}

async fn signed_in(url: &str, name: &str) -> Client {
    let anonymous = Client::new(url);
    let reply = anonymous.post("/v1/auth/login", &credentials(&email(name), PASSWORD)).await.is(200);
    anonymous.signed_in(&reply.read::<SignedIn>().tokens)
}

fn half_hour(n: usize) -> Timestamp {
    let tomorrow = Timestamp::now().as_second() / 3600 * 3600 + 24 * 3600;
    Timestamp::from_second(tomorrow + n as i64 * 1800).expect("a time not far from now")
}

/// A booking as it was sent, and what came back.
struct Sent {
    patient: usize,
    key: String,
    body: Value,
    receipt: Option<String>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_killed_300_times_loses_nothing_it_acknowledged() {
    let names: Vec<String> = (0..40).map(|n| format!("Killed {n}")).collect();
    let (folder, practice, patients) = prepared(&names).await;
    let mut dice = ChaCha8Rng::seed_from_u64(9);
    let mut server = ServerProcess::start(folder.path());
    let mut tokens = Vec::new();
    for name in &names {
        tokens.push(signed_in(&server.url, name).await.access);
    }
    let client = |url: &str, patient: usize| {
        let mut client = Client::new(url);
        client.access = tokens[patient].clone();
        client
    };
    let mut log: Vec<Sent> = Vec::new();
    // A busy machine answers later: the kills follow, so that some come before the answer and some after it.
    let mut latest_us = 12_000;
    for round in 0..SERVER_KILLS {
        let patient = round % names.len();
        let after = Duration::from_micros(dice.random_range(0..latest_us));
        let sent = booking(&practice, patients[patient], patient, round);
        let url = server.url.clone();
        let answer = tokio::spawn({
            let (client, key, body) = (client(&url, patient), sent.key.clone(), sent.body.clone());
            async move { attempt(&client, &key, &body).await }
        });
        tokio::time::sleep(after).await;
        server.kill();
        let receipt = answer.await.expect("the attempt ends");
        latest_us = match receipt {
            Some(_) => (latest_us * 9 / 10).max(4_000),
            None => (latest_us * 11 / 10).min(100_000),
        };
        log.push(Sent { receipt, ..sent });
        server = ServerProcess::start(folder.path());
        let last = log.last().expect("one was sent");
        if let Some(receipt) = &last.receipt {
            let again = attempt(&client(&server.url, patient), &last.key, &last.body).await;
            assert_eq!(
                again.as_ref(),
                Some(receipt),
                "round {round}: an acknowledged booking is answered otherwise"
            );
        }
    }
    let acknowledged = log.iter().filter(|sent| sent.receipt.is_some()).count();
    assert!(acknowledged > 20 && acknowledged < SERVER_KILLS, "{acknowledged} kills came after the answer");
    let mut expected: BTreeMap<AppointmentId, Timestamp> = BTreeMap::new();
    for sent in &log {
        let text =
            attempt(&client(&server.url, sent.patient), &sent.key, &sent.body).await.expect("an answer");
        assert!(sent.receipt.as_ref().is_none_or(|receipt| *receipt == text), "an answer changed");
        let receipt: Receipt = serde_json::from_str(&text).expect("a receipt");
        assert!(matches!(receipt.outcome, Outcome::Accepted { .. }), "nobody else wanted it: {text}");
        let read = |field: &str| sent.body["args"][field].clone();
        let id = serde_json::from_value(read("appointment_id")).expect("an id");
        expected.insert(id, serde_json::from_value(read("start")).expect("an instant"));
    }
    let doctor = signed_in(&server.url, "Doctor of Kill").await;
    assert_eq!(visits(&doctor).await, expected);
}

fn booking(practice: &Practice, patient_id: mediconnect_domain::PatientId, patient: usize, n: usize) -> Sent {
    let (role_id, visit_type_id): (RoleId, VisitTypeId) = (practice.role_id, practice.visit_type_id);
    let body = json!({ "name": "appointments.book", "args": {
        "appointment_id": new_id(), "patient_id": patient_id, "role_id": role_id,
        "visit_type_id": visit_type_id, "start": half_hour(n), "hold_token": null,
    }});
    Sent { patient, key: new_id().to_string(), body, receipt: None }
}

/// The receipt's text; `None` where the connection broke first.
async fn attempt(client: &Client, key: &str, body: &Value) -> Option<String> {
    let request =
        client.request(reqwest::Method::POST, "/v1/commands").header("idempotency-key", key).json(body);
    let response = request.send().await.ok()?;
    let whole = response.status() == 200;
    let text = response.text().await.ok()?;
    assert!(whole, "{text}");
    Some(text)
}

async fn visits(doctor: &Client) -> BTreeMap<AppointmentId, Timestamp> {
    let mut found = BTreeMap::new();
    let mut cursor = String::new();
    loop {
        let page = doctor.get(&format!("/v1/doctors/appointments?limit=100{cursor}")).await.is(200);
        for item in page.body["items"].as_array().expect("items") {
            let visit: Appointment = serde_json::from_value(item.clone()).expect("a visit");
            assert!(found.insert(visit.id, visit.start).is_none(), "a visit is there twice");
        }
        let Some(next) = page.body["next_cursor"].as_str() else { return found };
        cursor = format!("&cursor={next}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_killed_200_times_loses_nothing_that_was_submitted() {
    let name = "Killed app".to_owned();
    let (folder, practice, patients) = prepared(std::slice::from_ref(&name)).await;
    let server = ServerProcess::start(folder.path());
    let home = tempfile::tempdir().expect("a folder");
    let url: url::Url = server.url.parse().expect("an address");
    let app = App::open(Config::new(home.path(), url.clone()).expect("a config")).expect("an app");
    app.sign_in(&email(&name), PASSWORD).await.expect("signed in");
    app.sync_now().await.expect("synced");
    drop(app);
    let mut dice = ChaCha8Rng::seed_from_u64(4);
    let mut submitted: Vec<AppointmentId> = Vec::new();
    for round in 0..APP_KILLS {
        let mut child = Command::new(program("mediconnect-proof"))
            .args(["app", "--server", &server.url, "--dir"])
            .arg(home.path())
            .args(["--patient", &patients[0].to_string(), "--role", &practice.role_id.to_string()])
            .args([
                "--visit-type",
                &practice.visit_type_id.to_string(),
                "--first",
                &half_hour(round * 3).to_string(),
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the app starts");
        let lines = BufReader::new(child.stdout.take().expect("its output"));
        let reader = std::thread::spawn(move || lines.lines().map_while(Result::ok).collect::<Vec<_>>());
        tokio::time::sleep(Duration::from_millis(dice.random_range(20..220))).await;
        child.kill().expect("it can be killed");
        child.wait().expect("it is gone");
        let said = reader.join().expect("the reader ends");
        let ids =
            said.iter().filter_map(|line| line.strip_prefix("submitted ")?.parse::<AppointmentId>().ok());
        submitted.extend(ids);
    }
    assert!(submitted.len() > 20, "only {} bookings were submitted", submitted.len());
    let app = App::open(Config::new(home.path(), url).expect("a config"))
        .expect("the store opens after {APP_KILLS} kills");
    for _ in 0..20 {
        app.sync_now().await.expect("synced");
    }
    let pending = app.pending().expect("the outbox");
    for id in &submitted {
        let shown = app.get::<Appointment>(*id).expect("readable").is_some();
        let refused = pending.iter().any(|command| {
            matches!(command.state, PendingState::Refused { .. })
                && command
                    .command
                    .as_ref()
                    .is_some_and(|command| command.args()["appointment_id"] == json!(id))
        });
        assert!(shown || refused, "{id} was submitted and is neither booked nor refused");
    }
    let waiting =
        pending.iter().filter(|command| !matches!(command.state, PendingState::Refused { .. })).count();
    assert_eq!(waiting, 0, "the outbox is empty but for refusals");
    let doctor = signed_in(&server.url, "Doctor of Kill").await;
    let booked = visits(&doctor).await;
    let shown = app.all::<Appointment>().expect("readable");
    assert!(
        shown.iter().all(|visit| booked.contains_key(&visit.id)),
        "the app shows what the server does not have"
    );
}
