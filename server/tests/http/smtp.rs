//! E-mail over SMTP, to a mail server of somebody else's making (aiosmtpd, see `smtp_peer.py`).

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, ChildStdout, Command, Stdio},
    sync::mpsc::{self, Receiver},
    time::Duration,
};

use mediconnect_server::{
    config::Settings,
    testing::{TestServer, email},
};
use serde_json::{Value, json};

/// A mail server in a process of its own, and the authority of its certificate.
struct Peer {
    process: Child,
    port: u16,
    taken: Receiver<String>,
    folder: tempfile::TempDir,
}

impl Peer {
    fn start(kind: &str, refusals: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        std::fs::write(folder.path().join("cert.pem"), made.cert.pem()).unwrap();
        std::fs::write(folder.path().join("key.pem"), made.signing_key.serialize_pem()).unwrap();
        let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/http/smtp_peer.py");
        let mut command = Command::new(python());
        command.arg(script).arg(folder.path()).arg(kind).arg(refusals.to_string());
        let mut process =
            command.stdout(Stdio::piped()).spawn().expect("Python: cargo xtask setup installs it");
        let taken = lines(process.stdout.take().unwrap());
        let port = taken.recv_timeout(Duration::from_secs(30)).expect("a port").parse().unwrap();
        Self { process, port, taken, folder }
    }

    fn letter(&self) -> Value {
        let line = self.taken.recv_timeout(Duration::from_secs(30)).expect("an e-mail");
        serde_json::from_str(&line).unwrap()
    }

    fn settings(&self, address: &str) -> Settings {
        Settings {
            mail_server: Some(address.replace("PORT", &self.port.to_string()).into()),
            mail_from: Some("Banyan Health <no-reply@clinic.example>".into()),
            mail_ca_file: Some(self.folder.path().join("cert.pem")),
            public_url: Some("https://clinic.example".into()),
            ..Settings::default()
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Of the test tools, beside the folder that this test was built in.
fn python() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let tools = test.ancestors().nth(3).unwrap().join("python/bin/python");
    assert!(tools.is_file(), "{} is missing: run `cargo xtask setup`", tools.display());
    tools
}

fn lines(output: ChildStdout) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    receiver
}

async fn ask_for_verification(server: &TestServer) {
    let asha = server.patient("Asha Rao").await;
    asha.client.post("/v1/auth/email/send", &()).await.is(204);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_e_mail_reaches_a_mail_server_over_tls() {
    let ways = [
        ("wrapped", "smtps://clinic:s3cret%20pass@localhost:PORT"),
        ("starttls", "smtp://clinic:s3cret%20pass@localhost:PORT?tls=required"),
    ];
    for (kind, address) in ways {
        let peer = Peer::start(kind, 0);
        let server = TestServer::start_with(peer.settings(address)).await;
        ask_for_verification(&server).await;
        let letter = peer.letter();
        assert_eq!(
            (&letter["encrypted"], &letter["user"]),
            (&json!(true), &json!("clinic")),
            "{kind}: {letter}"
        );
        assert_eq!(letter["to"], json!([email("Asha Rao")]));
        assert_eq!(
            (&letter["from"], &letter["auto"]),
            (&json!("no-reply@clinic.example"), &json!("auto-generated"))
        );
        assert!(
            letter["text"].as_str().unwrap().contains("https://clinic.example/link?l=en#verify."),
            "{letter}"
        );
        server.mail_is_out().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_refuses_for_now_is_asked_again() {
    let peer = Peer::start("wrapped", 2);
    let server = TestServer::start_with(peer.settings("smtps://clinic:s3cret%20pass@localhost:PORT")).await;
    ask_for_verification(&server).await;
    assert_eq!(peer.letter()["to"], json!([email("Asha Rao")]));
    server.mail_is_out().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_with_another_certificate_is_told_nothing() {
    let (peer, other) = (Peer::start("wrapped", 0), Peer::start("wrapped", 0));
    let mut settings = peer.settings("smtps://clinic:s3cret%20pass@localhost:PORT");
    settings.mail_ca_file = Some(other.folder.path().join("cert.pem"));
    let server = TestServer::start_with(settings).await;
    ask_for_verification(&server).await;
    assert!(peer.taken.recv_timeout(Duration::from_secs(4)).is_err());
    let figures = server.anonymous().get("/metrics").await.is(200).text;
    assert!(figures.contains("mediconnect_mails") && figures.contains("result=\"failed\""), "it was tried");
}
