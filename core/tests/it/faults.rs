//! Cuts, crashes and mistakes at every place: nothing acknowledged is lost, nothing happens twice.

use mediconnect_core::{
    StoreError, SyncError,
    store::{Durability, Signals, Store},
    sync::TransportError,
};
use mediconnect_domain::{Kind, Row, wire::RowHash};
use mediconnect_records::Key;
use mediconnect_server::storage::{Publish, Store as ServerStore};

use crate::{
    clinic::{Clinic, named},
    device::{Device, Network},
};

/// All rows a device shows, of the kinds that matter here.
fn shown(device: &Device) -> Vec<Row> {
    let all = |records: &mediconnect_core::Records| {
        let mut rows = Vec::new();
        for visit in records.all::<mediconnect_domain::appointments::Appointment>()? {
            rows.extend(
                records
                    .rows(&mediconnect_domain::Need::Record { kind: Kind::Appointment, id: visit.id.0 })?,
            );
        }
        Ok(rows)
    };
    device.store.read(all).unwrap()
}

#[tokio::test]
async fn a_booking_whose_answer_was_lost_is_made_once() {
    let clinic = Clinic::open().await;
    let meera = clinic.person("meera").await;
    let phone = Device::synced(&clinic, meera.account).await;
    let book = phone.book(&clinic, meera, clinic.slot(1, 0));
    phone.submit(book.clone()).unwrap();
    phone.wire.set(Network::LosesAnswers);
    for _ in 0..3 {
        assert!(phone.try_sync().await.is_err());
    }
    let phone = phone.restarted();
    phone.wire.set(Network::Whole);
    phone.sync().await;
    let pushed = phone.wire.pushed.lock().unwrap();
    assert!(pushed.windows(2).all(|pair| pair[0].commands == pair[1].commands), "the same bytes each time");
    assert_eq!((phone.visits().len(), phone.pending().len()), (1, 0));
}

#[tokio::test]
async fn a_pull_cut_after_any_line_shows_the_old_state_or_the_new_and_then_goes_on() {
    let clinic = Clinic::open().await;
    let meera = clinic.person("meera").await;
    let (phone, other) =
        (Device::synced(&clinic, meera.account).await, Device::synced(&clinic, meera.account).await);
    other.submit(other.book(&clinic, meera, clinic.slot(1, 0))).unwrap();
    other.sync().await;
    let waiting = phone.book(&clinic, meera, clinic.slot(5, 0));
    let (old, mut phone) = (shown(&phone), phone);
    for kept in 0..8 {
        phone.wire.set(Network::BreaksAfter(kept));
        let cut = phone.try_sync().await;
        let now = shown(&phone);
        match cut {
            Err(SyncError::Transport(TransportError::Cut(_))) => {
                assert_eq!(now, old, "cut after {kept} lines")
            }
            Ok(_) => assert_eq!(now, shown(&other)),
            Err(error) => panic!("{error}"),
        }
        // The process ends there, too.
        phone = phone.restarted();
        phone.wire.set(Network::Absent);
        if kept == 1 {
            phone.submit(waiting.clone()).unwrap();
            phone.discard(phone.pending()[0].id);
        }
    }
    phone.wire.set(Network::Whole);
    phone.sync().await;
    assert_eq!(shown(&phone), shown(&other));
}

#[tokio::test]
async fn a_first_sync_cut_after_any_line_goes_on_from_the_buckets_that_came_whole() {
    let clinic = Clinic::open().await;
    let meera = clinic.person("meera").await;
    let whole = Device::synced(&clinic, meera.account).await;
    let mut phone = Device::new(&clinic, meera.account);
    for kept in 0..10 {
        phone.wire.set(Network::BreaksAfter(kept));
        let _ = phone.try_sync().await;
        phone = phone.restarted();
    }
    phone.wire.set(Network::Whole);
    phone.sync().await;
    for kind in Kind::ALL {
        let count = |device: &Device| device.store.read(|records| records.count(*kind)).unwrap();
        assert_eq!(count(&phone), count(&whole), "{kind}");
    }
    assert!(phone.board.state().first_sync.is_none());
}

#[tokio::test]
async fn a_command_is_there_after_a_crash_at_any_step() {
    let clinic = Clinic::open().await;
    let meera = clinic.person("meera").await;
    let phone = Device::synced(&clinic, meera.account).await;
    let book = phone.book(&clinic, meera, clinic.slot(1, 0));
    phone.submit(book.clone()).unwrap();
    let phone = phone.restarted();
    assert_eq!(phone.pending().len(), 1, "submitted");
    assert!(phone.visit(book.appointment_id).is_some());
    phone.wire.set(Network::LosesRequests);
    assert!(phone.try_sync().await.is_err());
    let phone = phone.restarted();
    assert_eq!(phone.pending().len(), 1, "frozen");
    phone.wire.set(Network::Whole);
    phone.engine.send().await.unwrap();
    let phone = phone.restarted();
    assert_eq!(phone.pending().len(), 0, "acknowledged");
    assert!(phone.visit(book.appointment_id).is_some(), "and shown, before its rows came");
    phone.sync().await;
    let phone = phone.restarted();
    assert!(phone.visit(book.appointment_id).is_some(), "applied");
    assert_eq!(phone.visits().len(), 1);
}

#[tokio::test]
async fn a_bucket_that_lost_a_row_is_found_out_and_fetched_anew_and_the_outbox_stays() {
    let clinic = Clinic::open().await;
    let meera = clinic.person("meera").await;
    let (phone, other) =
        (Device::synced(&clinic, meera.account).await, Device::synced(&clinic, meera.account).await);
    other.submit(other.book(&clinic, meera, clinic.slot(1, 0))).unwrap();
    other.sync().await;
    phone.wire.set(Network::Absent);
    phone.submit(phone.book(&clinic, meera, clinic.slot(2, 0))).unwrap();
    phone.wire.set(Network::LosesARow);
    phone.sync().await;
    other.sync().await;
    assert_eq!(shown(&phone), shown(&other));
    assert_eq!((phone.visits().len(), phone.pending().len()), (2, 0));
}

#[tokio::test]
async fn a_receipt_that_the_server_did_not_sign_changes_nothing() {
    let clinic = Clinic::open().await;
    let meera = clinic.person("meera").await;
    let phone = Device::synced(&clinic, meera.account).await;
    phone.submit(phone.book(&clinic, meera, clinic.slot(1, 0))).unwrap();
    phone.wire.set(Network::ForgesReceipts);
    assert!(matches!(phone.try_sync().await, Err(SyncError::BadReceipt)));
    assert_eq!(phone.pending().len(), 1);
}

#[tokio::test]
async fn nothing_new_costs_one_small_round_trip() {
    let clinic = Clinic::open().await;
    let meera = clinic.person("meera").await;
    let phone = Device::synced(&clinic, meera.account).await;
    phone.wire.pulls.lock().unwrap().clear();
    phone.sync().await;
    let pulls = phone.wire.pulls.lock().unwrap();
    assert_eq!(pulls.len(), 1);
    let bytes = serde_json::to_string(&pulls[0]).unwrap().len();
    assert!(bytes <= 160, "{bytes} bytes");
}

#[tokio::test]
async fn a_restored_server_is_followed_and_what_waits_is_sent_to_it() {
    let clinic = Clinic::open().await;
    let meera = clinic.person("meera").await;
    let phone = Device::synced(&clinic, meera.account).await;
    let quiet: Publish = std::sync::Arc::new(|_| {});
    let ServerStore::Inline(before) = &clinic.executor.store else { panic!("a store in memory") };
    let backup = before.restored(named("after a restore"), quiet).unwrap();
    let kept = phone.book(&clinic, meera, clinic.slot(1, 0));
    phone.submit(kept.clone()).unwrap();
    phone.engine.send().await.unwrap();

    // The server loses the booking that it had acknowledged; this device has not seen its rows yet.
    phone.wire.executor.lock().unwrap().store = ServerStore::Inline(backup);
    let later = phone.book(&clinic, meera, clinic.slot(2, 0));
    phone.submit(later.clone()).unwrap();
    phone.sync().await;
    phone.sync().await;
    assert_eq!(phone.pending(), []);
    assert!(phone.visit(kept.appointment_id).is_some(), "it was sent once more");
    assert!(phone.visit(later.appointment_id).is_some());
}

#[test]
fn what_cannot_be_opened_says_why_and_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("account.db");
    let account = mediconnect_domain::AccountId(named("account"));
    let open = |key: u8| {
        Store::open(&path, Key::new([key; 32]), account, Signals::default(), Durability::ProcessEnd)
    };
    drop(open(1).unwrap());
    assert!(matches!(open(2), Err(StoreError::WrongKey)));
    let raw = mediconnect_records::Options { key: Some(&Key::new([1; 32])), ..Default::default() };
    let future = mediconnect_records::open(&path, &raw).unwrap();
    let known: u32 = future.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    future.pragma_update(None, "user_version", known + 1).unwrap();
    drop(future);
    assert!(matches!(open(1), Err(StoreError::FromTheFuture)));
    std::fs::write(&path, vec![7; 8192]).unwrap();
    assert!(matches!(open(1), Err(StoreError::WrongKey | StoreError::Corrupt)));
    assert_eq!(std::fs::read(&path).unwrap(), vec![7; 8192]);
}

#[test]
fn hashes_of_buckets_do_not_depend_on_the_order_of_rows() {
    let rows = [("a", named("1"), 1), ("b", named("2"), 7), ("a", named("3"), 2)];
    let sum = |order: &[usize]| {
        order
            .iter()
            .fold(RowHash::default(), |hash, at| hash.add(RowHash::of(rows[*at].0, rows[*at].1, rows[*at].2)))
    };
    assert_eq!(sum(&[0, 1, 2]), sum(&[2, 0, 1]));
    assert_ne!(sum(&[0, 1, 2]), sum(&[0, 1]));
}
