//! Copies of a server that runs, and what is put back from them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use mediconnect_server::{
    audit::verify::verify,
    backup,
    config::{Config, Settings},
    serve,
    testing::{PASSWORD, TestServer, credentials, new_id},
};
use serde_json::Value;
use tempfile::TempDir;

/// A server with a patient and a visit, a pair of keys, and a copy.
struct Copied {
    server: TestServer,
    visit: String,
    refresh: String,
    folder: TempDir,
}

impl Copied {
    async fn make() -> Self {
        let server = TestServer::start().await;
        let admin = server.super_admin("Ada Admin").await;
        let practice = server.practice(&admin, "Harbour").await;
        let asha = server.patient("Asha Quux").await;
        let visit = asha
            .client
            .post("/v1/patients/appointments", &practice.booking(asha.patient_id, 30))
            .await
            .is(201);
        let visit = visit.body["id"].as_str().unwrap().to_owned();
        let folder = tempfile::tempdir().unwrap();
        backup::make_key(&folder.path().join("keys")).unwrap();
        let copied = Self { server, visit, refresh: asha.client.refresh.clone().unwrap(), folder };
        copied.copy("copy").await.unwrap();
        copied
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn copy(&self, name: &str) -> anyhow::Result<backup::Manifest> {
        let (config, key, to) =
            (self.server.running.app.config.clone(), self.path("keys/backup.pub"), self.path(name));
        let now = self.server.running.app.now();
        tokio::task::spawn_blocking(move || backup::make(&config, &key, &to, now)).await.unwrap()
    }

    fn put_back(&self, copy: &str, key: &Path) -> anyhow::Result<backup::Manifest> {
        backup::put_back(&self.path(copy), key, &self.path("data"), new_id())
    }

    fn key(&self) -> PathBuf {
        self.path("keys/backup.key")
    }

    /// What lies in the folder beside the keys and the copies.
    fn left(&self) -> Vec<String> {
        let names = fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
        names
            .map(|name| name.into_string().unwrap())
            .filter(|name| name != "keys" && !name.ends_with("copy"))
            .collect()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_of_a_running_server_is_that_server_again() {
    let copied = Copied::make().await;
    // Somebody signs up all the while.
    let (made, ()) = tokio::join!(copied.copy("later copy"), async {
        for n in 0..20 {
            copied.server.patient(&format!("Patient {n}")).await;
        }
    });
    made.unwrap();
    let before = copied.server.running.app.store().incarnation().await.unwrap();
    let manifest = copied.put_back("copy", &copied.key()).unwrap();
    assert_eq!(manifest.version, env!("CARGO_PKG_VERSION"));
    let settings = Settings {
        data: Some(copied.path("data")),
        listen: Some(([127, 0, 0, 1], 0).into()),
        ..Settings::default()
    };
    let again = serve::start(Config::of(settings).unwrap()).await.unwrap();
    assert_ne!(again.app.store().incarnation().await.unwrap(), before, "devices notice");
    let report = verify(again.app.store(), &again.app.executor.key.public(), &[]).await.unwrap();
    assert_eq!(report.findings, []);
    let client = reqwest::Client::new();
    let url = |path: &str| format!("http://{}{path}", again.address);
    let answer =
        client.post(url("/v1/auth/login")).json(&credentials("asha.quux@example.org", PASSWORD)).send().await;
    let signed_in: Value = answer.unwrap().error_for_status().unwrap().json().await.unwrap();
    let token = signed_in["tokens"]["access"].as_str().unwrap();
    let visit = client
        .get(url(&format!("/v1/patients/appointments/{}", copied.visit)))
        .bearer_auth(token)
        .send()
        .await;
    assert_eq!(visit.unwrap().status(), 200);
    // Sessions are what they were at the time of the copy.
    let refresh = serde_json::json!({ "refresh": copied.refresh });
    let refreshed = client.post(url("/v1/auth/refresh")).json(&refresh).send().await.unwrap();
    assert_eq!(refreshed.status(), 200);
    again.stop().await;
    // The one that was made while others wrote is whole too.
    fs::remove_dir_all(copied.path("data")).unwrap();
    copied.put_back("later copy", &copied.key()).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_shows_nothing_and_opens_with_the_offline_key_alone() {
    let copied = Copied::make().await;
    let bytes = fs::read(copied.path("copy")).unwrap();
    for word in ["Quux", "asha", "SQLite", &copied.visit, "receipt.key"] {
        assert!(!bytes.windows(word.len()).any(|part| part == word.as_bytes()), "{word}");
    }
    let (other, _) = backup::make_key(&copied.path("keys/other")).unwrap();
    let refused = copied.put_back("copy", &other).unwrap_err();
    assert!(format!("{refused:#}").contains("another key"), "{refused:#}");
    assert_eq!(copied.left(), [] as [&str; 0]);
    let text = fs::read_to_string(copied.key()).unwrap();
    assert!(backup::make_key(&copied.path("keys")).is_err(), "a key is not written over");
    assert_eq!(fs::read_to_string(copied.key()).unwrap(), text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_that_is_damaged_or_has_no_place_is_refused_and_leaves_nothing() {
    let copied = Copied::make().await;
    let whole = fs::read(copied.path("copy")).unwrap();
    for at in [0, 9, 40, 1_400, whole.len() / 2, whole.len() - 1] {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        fs::write(copied.path("bad copy"), changed).unwrap();
        copied.put_back("bad copy", &copied.key()).unwrap_err();
        fs::write(copied.path("bad copy"), &whole[..at]).unwrap();
        copied.put_back("bad copy", &copied.key()).unwrap_err();
        assert_eq!(copied.left(), [] as [&str; 0], "byte {at}");
    }
    let refused = copied.copy("copy").await.unwrap_err();
    assert!(refused.to_string().contains("exists already"), "{refused:#}");
    assert_eq!(fs::read(copied.path("copy")).unwrap(), whole);
    fs::create_dir(copied.path("data")).unwrap();
    fs::write(copied.path("data/notes.txt"), "mine").unwrap();
    let refused = copied.put_back("copy", &copied.key()).unwrap_err();
    assert!(refused.to_string().contains("is not empty"), "{refused:#}");
    assert_eq!(fs::read_to_string(copied.path("data/notes.txt")).unwrap(), "mine");
    fs::remove_file(copied.path("data/notes.txt")).unwrap();
    copied.put_back("copy", &copied.key()).unwrap();
}
