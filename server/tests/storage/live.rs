//! The live stream, as far as it can be seen without a socket.

use jiff::SignedDuration;
use mediconnect_domain::{
    access::Scope,
    profiles::{
        Permission,
        unlink::{GrantCaregiver, RevokeLink},
    },
    wire::Frame,
    *,
};
use mediconnect_server::{live::Seat, rights::rights};

use crate::kit::*;

async fn connect(kit: &Kit, account: AccountId) -> Seat {
    let seat = kit.live.join(account, id("session"));
    assert!(subscribe(kit, &seat, account).await);
    seat
}

async fn subscribe(kit: &Kit, seat: &Seat, account: AccountId) -> bool {
    let (changes, now) = (seat.changes(), kit.now());
    let rights = kit.store.read(move |tx| Box::pin(rights(tx, account, now))).await.unwrap();
    seat.subscribe(rights, changes)
}

fn received(seat: &mut Seat) -> Vec<Frame> {
    std::iter::from_fn(|| seat.frames.try_recv().ok())
        .map(|text| serde_json::from_str(&text).unwrap())
        .collect()
}

pub async fn a_commit_reaches_whom_it_concerns_and_nobody_else(kit: &Kit) {
    let (mut ann, mut bob) = (connect(kit, kit.ann.account).await, connect(kit, kit.bob.account).await);
    let mut dora = connect(kit, kit.dora.account).await;
    let entries = kit.book(kit.ann, kit.dora, "visit", "2026-03-03T09:00:00Z").await.unwrap();
    let frames = received(&mut ann);
    let [Frame::Commit { buckets }] = frames.as_slice() else { panic!("{frames:?}") };
    for entry in &entries {
        let delta =
            buckets.iter().find(|delta| delta.bucket == entry.bucket).expect("each bucket of the receipt");
        assert!(delta.from < entry.seq && entry.seq <= delta.to);
        assert!(delta.rows.iter().any(|row| row.seq == entry.seq && row.body.is_some()));
    }
    assert!(buckets.iter().all(|delta| !matches!(delta.bucket, Scope::Practice(_))));
    let frames = received(&mut dora);
    assert!(matches!(frames.as_slice(), [Frame::Commit { buckets }]
        if buckets.iter().any(|delta| delta.bucket == Scope::Practice(kit.dora.doctor))));
    assert!(received(&mut bob).is_empty());
    drop(ann);
    assert_eq!(kit.live.count(), 2);
}

fn caregiver(kit: &Kit, expires_at: Option<jiff::Timestamp>) -> GrantCaregiver {
    GrantCaregiver {
        link_id: LinkId(id("link")),
        patient_id: kit.ann.patient,
        email: "bob@example.org".into(),
        permissions: vec![Permission::Read],
        expires_at,
    }
}

pub async fn rights_that_change_stop_the_stream_until_read_anew(kit: &Kit) {
    let end = kit.now() + SignedDuration::from_hours(1);
    kit.act(kit.ann.account, caregiver(kit, Some(end))).await.unwrap();
    let mut bob = connect(kit, kit.bob.account).await;
    kit.book(kit.ann, kit.dora, "seen", "2026-03-03T09:00:00Z").await.unwrap();
    assert_eq!(received(&mut bob).len(), 1);
    // Rights read before a change are not subscribed to after it.
    let (changes, now, account) = (bob.changes(), kit.now(), kit.bob.account);
    let before = kit.store.read(move |tx| Box::pin(rights(tx, account, now))).await.unwrap();
    kit.act(kit.ann.account, RevokeLink { link_id: LinkId(id("link")) }).await.unwrap();
    received(&mut bob);
    assert!(bob.bell.take_stale());
    assert!(!bob.subscribe(before.clone(), changes));
    kit.book(kit.ann, kit.dora, "unseen", "2026-03-03T10:00:00Z").await.unwrap();
    assert!(received(&mut bob).is_empty());
    assert!(subscribe(kit, &bob, account).await);
    kit.book(kit.ann, kit.dora, "unseen too", "2026-03-03T11:00:00Z").await.unwrap();
    assert!(received(&mut bob).is_empty());
    // A right that runs out stops it as well, with nothing written.
    assert!(bob.subscribe(before, bob.changes()));
    kit.pass(SignedDuration::from_hours(1));
    kit.book(kit.ann, kit.dora, "after the end", "2026-03-03T12:00:00Z").await.unwrap();
    assert!(received(&mut bob).is_empty() && bob.bell.take_stale());
}

pub async fn a_slow_device_is_poked_and_a_long_frame_is_not_sent(kit: &Kit) {
    let mut admin = connect(kit, kit.admin).await;
    let save = |n: usize| directory::set_up::SaveSpecialty {
        specialty_id: SpecialtyId(id("specialty")),
        name: directory::LocalText { en: format!("Name {n}"), hi: "x".into() },
        active: true,
    };
    for n in 0..70 {
        kit.act(kit.admin, save(n)).await.unwrap();
    }
    assert_eq!(received(&mut admin).len(), 64);
    assert!(admin.bell.take_lagged() && !admin.bell.take_lagged());
    kit.act(kit.admin, save(70)).await.unwrap();
    assert_eq!(received(&mut admin).len(), 1, "it goes on");
    let body: std::sync::Arc<str> = format!("\"{}\"", "x".repeat(70_000)).into();
    let row = mediconnect_server::storage::EntryChange {
        seq: 2,
        kind: Kind::Specialty,
        id: id("long"),
        rev: 1,
        body: Some(body),
    };
    let change = mediconnect_server::storage::BucketChange {
        bucket: Scope::Directory,
        from: 1,
        to: 2,
        hash: wire::RowHash::default(),
        rows: vec![row],
    };
    kit.live.publish(&mediconnect_server::storage::Commit { buckets: vec![change], regranted: Vec::new() });
    assert!(received(&mut admin).is_empty() && admin.bell.take_lagged());
}

pub async fn an_ended_session_is_told_so(kit: &Kit) {
    let mut ann = connect(kit, kit.ann.account).await;
    kit.live.end_session(id("another session"), "signed_out");
    assert_eq!(ann.bell.bye(), None);
    kit.live.end_session(id("session"), "signed_out");
    ann.bell.rung().await;
    assert_eq!(ann.bell.bye(), Some("signed_out"));
    assert!(!subscribe(kit, &ann, kit.ann.account).await, "it cannot come back");
    kit.book(kit.ann, kit.dora, "visit", "2026-03-03T09:00:00Z").await.unwrap();
    assert!(received(&mut ann).is_empty());
}
