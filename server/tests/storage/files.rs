//! What is particular to a SQLite file.

use std::{sync::Arc, time::Duration};

use futures::future::join_all;
use mediconnect_domain::{appointments::Appointment, *};
use mediconnect_records::{Key, OpenError, Options};
use mediconnect_server::execute::Submission;
use mediconnect_server::storage::{
    StartError, Store, StoreError, migrations,
    sqlite::{Inline, Threaded},
};

use crate::kit::*;

fn key() -> Key {
    Key::new([7; 32])
}

#[tokio::test]
async fn what_was_answered_is_there_after_the_store_is_opened_again() {
    let kit = Kit::on_file().await;
    kit.book(kit.ann, kit.dora, "visit", "2026-03-03T09:00:00Z").await.unwrap();
    let path = kit.folder.as_ref().unwrap().path().join("records.db");
    // Opened beside the first, which is what a process that was killed leaves: no closing, no checkpoint.
    let again = Store::Inline(Inline::open(&path, Some(&key()), id("another life"), Arc::new(drop)).unwrap());
    assert_eq!(again.incarnation().await.unwrap(), id("first life"), "it is the same store");
    let found =
        again.read(|tx| Box::pin(async move { tx.get(Kind::Appointment, id("visit")).await })).await.unwrap();
    assert!(found.unwrap().read::<Appointment>().is_some());
}

#[test]
fn a_database_from_the_future_is_refused_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.db");
    drop(Inline::open(&path, Some(&key()), id("life"), Arc::new(drop)).unwrap());
    let open =
        || mediconnect_records::open(&path, &Options { key: Some(&key()), ..Options::default() }).unwrap();
    let newer = migrations::SQLITE.len() as u32 + 1;
    open().pragma_update(None, "user_version", newer).unwrap();
    let refused = Threaded::open(&path, Some(&key()), id("life"), Arc::new(drop)).err().unwrap();
    assert!(
        matches!(refused, StartError::Open(OpenError::FromTheFuture { found, .. }) if found == newer),
        "{refused}"
    );
    let life: String =
        open().query_row("SELECT value FROM meta WHERE name = 'incarnation'", [], |row| row.get(0)).unwrap();
    assert_eq!(life, id("life").to_string());
}

#[test]
fn the_wrong_key_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.db");
    drop(Inline::open(&path, Some(&key()), id("life"), Arc::new(drop)).unwrap());
    let refused = Inline::open(&path, Some(&Key::new([8; 32])), id("life"), Arc::new(drop)).err().unwrap();
    assert!(matches!(refused, StartError::Open(OpenError::WrongKey)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_is_committed_together_and_one_failure_undoes_nothing_else() {
    let kit = Kit::on_file().await;
    // Holds the writer, in a group of its own, until all others wait.
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let (holds, held) = std::sync::mpsc::channel::<()>();
    let wait = Arc::new(std::sync::Mutex::new(wait));
    let store = kit.store.clone();
    let blocker = tokio::spawn(async move {
        store
            .write(&[], move |_| {
                let (wait, holds) = (wait.clone(), holds.clone());
                Box::pin(async move {
                    holds.send(()).map_err(|_| StoreError::Waited)?;
                    wait.lock().unwrap().recv().map_err(|_| StoreError::Waited)
                })
            })
            .await
    });
    tokio::task::spawn_blocking(move || held.recv()).await.unwrap().unwrap();
    let write = |n: i64| {
        let store = kit.store.clone();
        tokio::spawn(async move {
            store
                .write(&[], move |tx| {
                    Box::pin(async move {
                        let sql = "INSERT INTO meta (name, value) VALUES (?1, 'x')";
                        tx.execute(sql, &mediconnect_server::values![format!("{n}")]).await?;
                        // Every third fails after it wrote, every fifth panics.
                        match (n % 3, n % 5) {
                            (0, _) => tx.query("SELECT nonsense", &[]).await.map(drop),
                            (_, 0) => panic!("a mistake in a rule"),
                            _ => Ok(()),
                        }
                    })
                })
                .await
        })
    };
    let writes: Vec<_> = (1..=30).map(write).collect();
    tokio::time::sleep(Duration::from_millis(50)).await;
    go.send(()).unwrap();
    blocker.await.unwrap().unwrap();
    let failed = join_all(writes).await.into_iter().filter(|write| write.as_ref().unwrap().is_err()).count();
    assert_eq!(failed, 14);
    assert_eq!(kit.number("SELECT count(*) FROM meta WHERE value = 'x'").await, 16);
    kit.book(kit.ann, kit.dora, "after", "2026-03-03T09:00:00Z").await.expect("the writer lives");
    kit.check().await;
}

#[tokio::test]
async fn work_that_waits_for_something_else_is_refused() {
    let kit = Kit::on_file().await;
    let waits: Result<(), StoreError> = kit
        .store
        .write(&[], |_| Box::pin(async { std::future::pending::<Result<(), StoreError>>().await }))
        .await;
    assert!(matches!(waits, Err(StoreError::Waited)));
    kit.book(kit.ann, kit.dora, "after", "2026-03-03T09:00:00Z").await.expect("the writer lives");
}

#[tokio::test]
async fn a_snapshot_does_not_see_later_writes_and_does_not_stop_them() {
    let kit = Kit::on_file().await;
    let other = (
        kit.executor.clone(),
        kit.booking(kit.ann, kit.dora, "visit", "2026-03-03T09:00:00Z"),
        kit.ann.account,
    );
    let counts = kit.store.read(move |tx| {
        let (executor, book, account) = other.clone();
        Box::pin(async move {
            let sql = "SELECT count(*) FROM record";
            let before = tx.one(sql, &[]).await?.unwrap().int(0)?;
            let submission =
                Submission::new(Actor::Account(account), CommandId(id("during")), "digest", book);
            executor.submit(submission).await?;
            Ok((before, tx.one(sql, &[]).await?.unwrap().int(0)?))
        })
    });
    let (before, after) = counts.await.unwrap();
    assert_eq!(before, after);
    assert!(kit.number("SELECT count(*) FROM record").await > after);
}

#[tokio::test]
async fn a_restored_store_is_another_life_in_which_lanes_go_on() {
    let kit = Kit::in_memory().await;
    let Store::Inline(store) = &kit.store else { panic!() };
    let restored = Store::Inline(store.restored(id("second life"), Arc::new(drop)).unwrap());
    assert_eq!(restored.incarnation().await.unwrap(), id("second life"));
    assert_eq!(kit.store.incarnation().await.unwrap(), id("first life"));
    let account = restored
        .read(move |tx| Box::pin(async move { tx.get(Kind::Account, person("ann").account.0).await }));
    assert!(account.await.unwrap().is_some());
}
