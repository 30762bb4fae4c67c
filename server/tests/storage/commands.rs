//! Commands, their results and the order of outboxes.

use mediconnect_crypto::receipt::verify;
use mediconnect_domain::{
    accounts::staff::AddStaff,
    profiles::PatientSummary,
    settings::{Follow, follow::FollowDoctor},
    wire::{Envelope, Outcome, PROTOCOL, Push, Receipt, SCHEMA},
    *,
};
use mediconnect_server::{
    execute::{Answered, Submission},
    sync::push::{PushError, push},
};

use crate::kit::*;

fn envelope(name: &str, lane: &str, seq: u64, command: impl Into<Command>) -> Envelope {
    let command = command.into();
    Envelope {
        id: CommandId(id(name)),
        lane: lane.into(),
        seq,
        name: command.name().into(),
        args: command.args(),
        depends_on: Vec::new(),
        schema: SCHEMA,
        replaces: None,
    }
}

fn follow(doctor: Doctor) -> FollowDoctor {
    FollowDoctor { doctor_id: doctor.doctor, favourite: true }
}

async fn sent(kit: &Kit, who: Person, commands: Vec<Envelope>) -> Vec<Receipt> {
    let request = Push { protocol: PROTOCOL, device: DeviceId(id("device")), commands };
    push(&kit.executor, who.account, &request, true).await.unwrap().receipts
}

fn refusal(receipt: &Receipt) -> &Refusal {
    match &receipt.outcome {
        Outcome::Refused { refusal } => refusal,
        accepted => panic!("{accepted:?}"),
    }
}

fn accepted(receipt: &Receipt) -> bool {
    matches!(receipt.outcome, Outcome::Accepted { .. })
}

pub async fn a_replay_gets_the_same_receipt_and_other_content_is_refused(kit: &Kit) {
    let book =
        envelope("book", "bookings", 1, kit.booking(kit.ann, kit.dora, "visit", "2026-03-03T09:00:00Z"));
    let first = sent(kit, kit.ann, vec![book.clone()]).await;
    assert!(accepted(&first[0]));
    let records = kit.number("SELECT count(*) FROM record").await;
    kit.pass(jiff::SignedDuration::from_hours(1));
    let again = sent(kit, kit.ann, vec![book.clone(), book.clone()]).await;
    assert_eq!(again, [first[0].clone(), first[0].clone()], "to the byte");
    let other = kit.booking(kit.ann, kit.dora, "other", "2026-03-03T10:00:00Z");
    let other = Envelope { args: Command::from(other).args(), ..book.clone() };
    assert_eq!(refusal(&sent(kit, kit.ann, vec![other]).await[0]), &Refusal::IdReused);
    // Another account may use the same id for something of its own.
    let bobs = kit.booking(kit.bob, kit.emil, "bob's", "2026-03-03T09:00:00Z");
    let bobs = Envelope { args: Command::from(bobs).args(), ..book };
    assert_eq!(kit.number("SELECT count(*) FROM record").await, records);
    assert!(accepted(&sent(kit, kit.bob, vec![bobs]).await[0]));
}

pub async fn a_refusal_is_kept_like_any_result(kit: &Kit) {
    kit.book(kit.bob, kit.dora, "bob's", "2026-03-03T09:00:00Z").await.unwrap();
    let book =
        envelope("book", "bookings", 1, kit.booking(kit.ann, kit.dora, "visit", "2026-03-03T09:00:00Z"));
    let first = sent(kit, kit.ann, vec![book.clone()]).await;
    assert_eq!(refusal(&first[0]).code(), "slot_taken");
    // The time is free again, the answer stays: a changed mind is a new command.
    let visit: appointments::Appointment = kit.get(id("bob's")).await.unwrap();
    let cancel = appointments::cancel::Cancel {
        appointment_id: visit.id,
        reason: appointments::CancelReason::CannotCome,
    };
    kit.act(kit.bob.account, cancel).await.unwrap();
    assert_eq!(sent(kit, kit.ann, vec![book]).await, first);
    let unreadable =
        Envelope { name: "appointments.teleport".into(), ..envelope("new", "other", 1, follow(kit.dora)) };
    let newer = Envelope { schema: SCHEMA + 1, ..envelope("newer", "newer", 1, follow(kit.dora)) };
    for receipt in sent(kit, kit.ann, vec![unreadable, newer]).await {
        assert_eq!(refusal(&receipt), &Refusal::UnknownCommand);
    }
}

pub async fn lanes_keep_their_order_and_block_only_themselves(kit: &Kit) {
    let one = envelope("one", "first", 1, follow(kit.dora));
    let two = envelope("two", "first", 2, follow(kit.emil));
    let three = envelope("three", "first", 3, follow(kit.dora));
    let other = envelope("other", "second", 1, follow(kit.dora));
    let receipts = sent(kit, kit.ann, vec![two.clone(), three.clone(), other.clone()]).await;
    assert_eq!(
        receipts.iter().map(|receipt| receipt.command).collect::<Vec<_>>(),
        [other.id],
        "the gap blocks its lane"
    );
    assert!(kit.get::<Follow>(Follow::id_of(kit.ann.account, kit.emil.doctor)).await.is_none());
    let receipts = sent(kit, kit.ann, vec![one, two, three]).await;
    assert!(receipts.len() == 3 && receipts.iter().all(accepted));
    // A command that never arrived, in a place that is taken: another device with the same id, or a forgotten result.
    let late = envelope("late", "first", 2, follow(kit.dora));
    assert_eq!(refusal(&sent(kit, kit.ann, vec![late.clone()]).await[0]), &Refusal::TooOld);
    assert_eq!(refusal(&sent(kit, kit.ann, vec![late]).await[0]), &Refusal::TooOld);
    let next = envelope("next", "first", 4, follow(kit.emil));
    assert!(accepted(&sent(kit, kit.ann, vec![next]).await[0]), "the lane went on where it was");
    let request = |protocol, commands| Push { protocol, device: DeviceId(id("device")), commands };
    let from_the_future = push(&kit.executor, kit.ann.account, &request(PROTOCOL + 1, vec![]), true).await;
    assert!(matches!(from_the_future, Err(PushError::Protocol)));
    let many = vec![envelope("many", "many", 1, follow(kit.dora)); 101];
    assert!(matches!(
        push(&kit.executor, kit.ann.account, &request(PROTOCOL, many), true).await,
        Err(PushError::Form)
    ));
}

pub async fn what_depends_on_a_refused_command_is_refused(kit: &Kit) {
    let staff = AddStaff {
        account_id: AccountId(id("someone")),
        name: "Someone".into(),
        email: "someone@example.org".into(),
        role: accounts::Role::SuperAdmin,
        language: settings::Language::En,
    };
    let first = envelope("first", "one", 1, staff);
    let depending = Envelope { depends_on: vec![first.id], ..envelope("second", "two", 1, follow(kit.dora)) };
    assert!(
        sent(kit, kit.ann, vec![depending.clone()]).await.is_empty(),
        "what it builds on has not arrived"
    );
    let receipts = sent(kit, kit.ann, vec![first.clone(), depending]).await;
    assert_eq!(refusal(&receipts[0]), &Refusal::NotAllowed);
    assert_eq!(refusal(&receipts[1]), &Refusal::DependsOnRefused { command: first.id });
    let fine = Envelope {
        depends_on: vec![CommandId(id("other"))],
        ..envelope("third", "two", 2, follow(kit.dora))
    };
    let receipts = sent(kit, kit.ann, vec![envelope("other", "three", 1, follow(kit.emil)), fine]).await;
    assert!(receipts.iter().all(accepted));
}

pub async fn a_changed_command_brings_back_what_the_first_one_did(kit: &Kit) {
    let first = envelope("first", "lane", 1, kit.booking(kit.ann, kit.dora, "visit", "2026-03-03T09:00:00Z"));
    let changed = Envelope {
        replaces: Some(first.id),
        ..envelope("changed", "lane", 2, kit.booking(kit.ann, kit.dora, "changed", "2026-03-03T10:00:00Z"))
    };
    let receipts = sent(kit, kit.ann, vec![first, changed]).await;
    assert!(accepted(&receipts[0]));
    assert_eq!(receipts[1].outcome, receipts[0].outcome);
    assert!(kit.get::<appointments::Appointment>(id("changed")).await.is_none(), "one visit, not two");
}

pub async fn the_first_form_never_takes_effect_after_its_replacement(kit: &Kit) {
    let first = envelope("first", "lane", 1, kit.booking(kit.ann, kit.dora, "visit", "2026-03-03T09:00:00Z"));
    let changed = Envelope {
        replaces: Some(first.id),
        ..envelope("changed", "lane", 1, kit.booking(kit.ann, kit.dora, "changed", "2026-03-03T10:00:00Z"))
    };
    assert!(accepted(&sent(kit, kit.ann, vec![changed]).await[0]));
    assert_eq!(refusal(&sent(kit, kit.ann, vec![first]).await[0]), &Refusal::TooOld);
    assert!(kit.get::<appointments::Appointment>(id("visit")).await.is_none());
}

pub async fn a_receipt_is_signed_and_names_only_entries_the_account_may_see(kit: &Kit) {
    let book = envelope("book", "lane", 1, kit.booking(kit.ann, kit.dora, "visit", "2026-03-03T09:00:00Z"));
    let receipt = sent(kit, kit.ann, vec![book]).await.remove(0);
    let public = kit.executor.key.public();
    assert!(verify(&public, &receipt.signed_bytes(), &receipt.signature));
    let later = Receipt { at: receipt.at + jiff::SignedDuration::from_secs(1), ..receipt.clone() };
    assert!(!verify(&public, &later.signed_bytes(), &later.signature));
    let Outcome::Accepted { entries } = &receipt.outcome else { panic!() };
    let own = [access::Scope::Patient(kit.ann.patient), access::Scope::Account(kit.ann.account)];
    assert!(!entries.is_empty() && entries.iter().all(|entry| own.contains(&entry.bucket)), "{entries:?}");
    assert!(
        kit.get::<PatientSummary>(PatientSummary::id_of(kit.dora.doctor, kit.ann.patient)).await.is_some()
    );
}

pub async fn every_command_leaves_a_line_that_stays(kit: &Kit) {
    let lines = kit.number("SELECT count(*) FROM audit").await;
    kit.book(kit.ann, kit.dora, "visit", "2026-03-03T09:00:00Z").await.unwrap();
    kit.book(kit.bob, kit.dora, "bob's", "2026-03-03T09:00:00Z").await.unwrap_err();
    assert_eq!(kit.number("SELECT count(*) FROM audit").await, lines + 2);
    assert_eq!(kit.number("SELECT count(*) FROM audit WHERE outcome = 'slot_taken'").await, 1);
    for sql in ["DELETE FROM audit", "UPDATE audit SET outcome = 'accepted'"] {
        let refused = kit.store.write(&[], move |tx| Box::pin(async move { tx.execute(sql, &[]).await }));
        refused.await.unwrap_err();
    }
    assert_eq!(kit.number("SELECT count(*) FROM audit").await, lines + 2);
    // A replay is no second deed.
    let submission =
        Submission::new(Actor::Account(kit.ann.account), CommandId(id("x")), "d", follow(kit.dora));
    for _ in 0..2 {
        assert!(matches!(kit.executor.submit(submission.clone()).await.unwrap(), Answered::Decided(_)));
    }
    assert_eq!(kit.number("SELECT count(*) FROM audit").await, lines + 3);
}
