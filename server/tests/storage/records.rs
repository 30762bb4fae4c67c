//! Records and what they are found by.

use std::sync::Arc;

use jiff::SignedDuration;
use mediconnect_domain::{
    accounts::{Account, email_key},
    appointments::{Appointment, State},
    profiles::Link,
    record::{Index, sort_key},
    settings::{
        Follow,
        follow::{FollowDoctor, UnfollowDoctor},
    },
    *,
};
use mediconnect_server::{
    storage::{StoreError, postgres::Postgres},
    testing::cluster,
};

use crate::kit::*;

fn ids(answer: &Answer) -> Vec<uuid::Uuid> {
    match answer {
        Answer::Rows(rows) => rows.iter().map(|row| row.id).collect(),
        Answer::NotHeld => panic!("a server holds everything"),
    }
}

pub async fn facts_answer_by_id_by_key_by_index_and_by_time(kit: &Kit) {
    for (name, start) in [("late", "2026-03-03T12:00:00Z"), ("early", "2026-03-03T09:00:00Z")] {
        kit.book(kit.ann, kit.dora, name, start).await.unwrap();
    }
    kit.book(kit.bob, kit.emil, "other", "2026-03-03T09:00:00Z").await.unwrap();
    let span = |from: &str, to: &str| Span::new(at(from), at(to));
    let dora = kit.dora.doctor;
    let from = sort_key(at("2026-03-03T10:00:00Z"));
    let answers = kit
        .fetch(vec![
            Need::record::<Appointment>(AppointmentId(id("early"))),
            Need::record::<Appointment>(AppointmentId(id("nobody's"))),
            Need::Unique(email_key("Ann@Example.org")),
            Need::Unique("email:nobody@example.org".into()),
            Need::all(Index::DoctorTime, dora),
            Need::range(Index::DoctorTime, dora, from, "~".into()),
            Need::overlap(dora, span("2026-03-03T09:29:00Z", "2026-03-03T12:01:00Z")),
            Need::overlap(dora, span("2026-03-03T09:30:00Z", "2026-03-03T12:00:00Z")),
            Need::overlap(kit.ann.patient, span("2026-03-03T12:29:00Z", "2026-03-03T12:30:00Z")),
        ])
        .await;
    let answers: Vec<_> = answers.iter().map(ids).collect();
    let (early, late) = (id("early"), id("late"));
    assert_eq!(answers[0], [early]);
    assert!(answers[1].is_empty());
    assert_eq!(answers[2], [kit.ann.account.0]);
    assert!(answers[3].is_empty());
    assert_eq!(answers[4], [early, late], "sorted by start");
    assert_eq!(answers[5], [late]);
    assert_eq!(answers[6], [early, late]);
    assert!(answers[7].is_empty(), "spans are half-open");
    assert_eq!(answers[8], [late]);
}

pub async fn a_unique_key_has_one_owner_and_is_free_again(kit: &Kit) {
    let mut ann: Account = kit.get(kit.ann.account).await.unwrap();
    let bob: Account = kit.get(kit.bob.account).await.unwrap();
    let taken = Account { email: ann.email.clone(), ..bob.clone() };
    assert!(matches!(kit.write(vec![Change::put(taken)]).await, Err(StoreError::Conflict(_))));
    assert_eq!(kit.get::<Account>(kit.bob.account).await.unwrap().email, bob.email);
    // Freed and taken in one write, whichever comes first.
    let old = std::mem::replace(&mut ann.email, "new@example.org".into());
    let swapped = Account { email: old.clone(), ..bob };
    kit.write(vec![Change::put(swapped), Change::put(ann)]).await.unwrap();
    let owner = ids(&kit.fetch(vec![Need::Unique(email_key(&old))]).await[0]);
    assert_eq!(owner, [kit.bob.account.0]);
}

pub async fn time_is_taken_once_but_seats_are_shared(kit: &Kit) {
    kit.book(kit.ann, kit.dora, "first", "2026-03-03T09:00:00Z").await.unwrap();
    let first: Appointment = kit.get(id("first")).await.unwrap();
    let beside = |name: &str, session, seat| {
        let mut other = first.clone();
        other.id = AppointmentId(id(name));
        other.patient_id = PatientId(id(&format!("{name}'s patient")));
        (other.place.session, other.place.seat) = (session, seat);
        Change::put(other)
    };
    let session = first.place.session;
    for (name, session, seat) in
        [("another session", id("session"), 1), ("the same seat", session, first.place.seat)]
    {
        let refused = kit.write(vec![beside(name, session, seat)]).await;
        assert!(matches!(refused, Err(StoreError::Conflict(_))), "{name}: {refused:?}");
    }
    kit.write(vec![beside("another seat", session, first.place.seat + 1)]).await.unwrap();
    let span = first.place.span;
    assert_eq!(ids(&kit.fetch(vec![Need::overlap(kit.dora.doctor, span)]).await[0]).len(), 2);
}

pub async fn two_visits_trade_places_in_one_write(kit: &Kit) {
    kit.book(kit.ann, kit.dora, "first", "2026-03-03T09:00:00Z").await.unwrap();
    kit.book(kit.bob, kit.dora, "second", "2026-03-03T10:00:00Z").await.unwrap();
    let mut first: Appointment = kit.get(id("first")).await.unwrap();
    let mut second: Appointment = kit.get(id("second")).await.unwrap();
    std::mem::swap(&mut first.place.span, &mut second.place.span);
    (first.start, second.start) = (second.start, first.start);
    (first.end, second.end) = (second.end, first.end);
    kit.write(vec![Change::put(first), Change::put(second.clone())]).await.unwrap();
    // A visit that no longer occupies time frees it.
    let gone = second.into_state(State::Cancelled, access::Party::Clinic, kit.now());
    let span = gone.place.span;
    kit.write(vec![Change::put(gone)]).await.unwrap();
    assert!(ids(&kit.fetch(vec![Need::overlap(kit.dora.doctor, span)]).await[0]).is_empty());
}

pub async fn a_removed_record_keeps_counting_its_revisions(kit: &Kit) {
    let (account, doctor) = (kit.ann.account, kit.dora.doctor);
    let follow = Follow::id_of(account, doctor);
    let mut revisions = Vec::new();
    for _ in 0..2 {
        kit.act(account, FollowDoctor { doctor_id: doctor, favourite: true }).await.unwrap();
        let Answer::Rows(rows) = kit.fetch(vec![Need::record::<Follow>(follow)]).await.remove(0) else {
            panic!()
        };
        revisions.push(rows[0].rev);
        kit.act(account, UnfollowDoctor { doctor_id: doctor }).await.unwrap();
        assert!(kit.get::<Follow>(follow).await.is_none());
        assert!(ids(&kit.fetch(vec![Need::all(Index::FollowsOfAccount, account)]).await[0]).is_empty());
    }
    assert_eq!(revisions, [1, 3]);
}

pub async fn work_that_fails_leaves_nothing(kit: &Kit) {
    let link: Link = kit.get(LinkId(id("ann's link"))).await.unwrap();
    let later = Link { expires_at: Some(kit.now() + SignedDuration::from_hours(1)), ..link.clone() };
    let failed: Result<(), StoreError> = kit
        .store
        .write(&[kit.ann.patient.0], move |tx| {
            let change = Change::put(later.clone());
            Box::pin(async move {
                tx.write(vec![change]).await?;
                tx.query("SELECT * FROM no_such_table", &[]).await.map(drop)
            })
        })
        .await;
    assert!(matches!(failed, Err(StoreError::Refused(_))), "{failed:?}");
    assert_eq!(kit.get::<Link>(link.id).await.unwrap(), link);
    // Nor does the writer remember what it wrote in vain.
    kit.write(vec![Change::put(link.clone())]).await.unwrap();
    let Answer::Rows(rows) = kit.fetch(vec![Need::record::<Link>(link.id)]).await.remove(0) else { panic!() };
    assert_eq!((rows[0].rev, rows[0].read()), (2, Some(link)));
    kit.book(kit.ann, kit.dora, "after", "2026-03-03T09:00:00Z").await.expect("the store goes on");
}

/// SQLite's side of this is tested with its tables.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_of_an_earlier_version_finds_its_records_by_the_keys_of_this_one() {
    let address = cluster::database().await;
    let open = || async { Postgres::open(&address, None, id("first life"), Arc::new(drop)).await.unwrap() };
    let (account_id, doctor_id) = (AccountId(id("account")), DoctorId(id("doctor")));
    let key = Follow::id_of(account_id, doctor_id);
    let follow = Follow { id: key, account_id, doctor_id, favourite: true, at: at(START) };
    let older = open().await;
    let written = older.write(&[], move |tx| {
        let follow = follow.clone();
        Box::pin(async move {
            tx.write(vec![Change::put(follow)]).await?;
            tx.execute("DELETE FROM idx", &[]).await?;
            tx.execute("UPDATE meta SET value = '1' WHERE name = 'derivation'", &[]).await.map(drop)
        })
    });
    written.await.unwrap();
    let newer = open().await;
    let found = newer.read(move |tx| {
        Box::pin(async move { tx.fetch(&[Need::all(Index::FollowsOfAccount, account_id)]).await })
    });
    assert_eq!(ids(&found.await.unwrap()[0]), [key.0]);
}
