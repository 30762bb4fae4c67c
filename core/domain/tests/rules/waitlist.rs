//! Waiting for time that comes free.

use mediconnect_domain::{
    appointments::State,
    waitlist::{
        DayPart, WaitlistEntry, WaitlistState, Wish,
        answer::{AcceptPlace, PassPlace},
        join::{JoinWaitlist, LeaveWaitlist},
    },
    *,
};

use crate::kit::*;

/// A doctor with one slot a day, taken by Bob on the 5th.
fn full() -> Clinic {
    let mut clinic = Clinic::new();
    clinic.change_rules(clinic.dora, |rules| {
        for block in &mut rules.weekly {
            (block.start_min, block.end_min) = (600, 630);
        }
    });
    clinic.book(clinic.bob, clinic.dora, "taken", "2026-03-05T09:00:00Z").unwrap();
    clinic
}

fn join(clinic: &mut Clinic, who: Person, name: &str) -> Result<Effects, Refusal> {
    let day = "2026-03-05".parse().unwrap();
    clinic.as_account(
        who.account,
        JoinWaitlist {
            waitlist_id: WaitlistId(id(name)),
            patient_id: who.patient,
            role_id: clinic.dora.role,
            visit_type_id: clinic.visit,
            wish: Wish { from: day, until: day, parts: vec![DayPart::Morning] },
        },
    )
}

fn entry(clinic: &Clinic, name: &str) -> WaitlistEntry {
    clinic.records.get(WaitlistId(id(name))).unwrap()
}

fn tick(clinic: &mut Clinic) {
    let now = clinic.now.to_string();
    clinic.advance_to(&now);
}

#[test]
fn time_that_comes_free_is_offered_to_who_waits_longest_and_held_for_them() {
    let mut clinic = full();
    let (ann, cid) = (clinic.ann, clinic.open_patient("cid"));
    join(&mut clinic, ann, "first").unwrap();
    clinic.now = time::plus_min(clinic.now, 1);
    join(&mut clinic, cid, "second").unwrap();
    tick(&mut clinic);
    assert_eq!(entry(&clinic, "first").state, WaitlistState::Waiting);

    crate::booking::cancel(&mut clinic, "taken");
    tick(&mut clinic);
    let offered = entry(&clinic, "first");
    assert_eq!(offered.state, WaitlistState::Offered);
    assert_eq!(entry(&clinic, "second").state, WaitlistState::Waiting);
    assert_eq!(clinic.told(ann.account), ["waitlist_offer"]);
    assert_eq!(
        clinic.book(clinic.bob, clinic.dora, "b", "2026-03-05T09:00:00Z").unwrap_err().code(),
        "slot_taken"
    );

    clinic.as_account(ann.account, AcceptPlace { waitlist_id: offered.id }).unwrap();
    let visit: appointments::Appointment = clinic.records.get(offered.offered.unwrap()).unwrap();
    assert_eq!((visit.state, visit.start), (State::Booked, at("2026-03-05T09:00:00Z")));
}

#[test]
fn what_one_passes_on_goes_to_the_next_and_is_not_offered_to_them_again() {
    let mut clinic = full();
    let (ann, cid) = (clinic.ann, clinic.open_patient("cid"));
    join(&mut clinic, ann, "first").unwrap();
    join(&mut clinic, cid, "second").unwrap();
    crate::booking::cancel(&mut clinic, "taken");
    tick(&mut clinic);
    let first = if entry(&clinic, "first").state == WaitlistState::Offered {
        (ann, "first")
    } else {
        (cid, "second")
    };
    clinic.as_account(first.0.account, PassPlace { waitlist_id: WaitlistId(id(first.1)) }).unwrap();
    tick(&mut clinic);
    let other = if first.1 == "first" { "second" } else { "first" };
    assert_eq!(entry(&clinic, first.1).state, WaitlistState::Waiting);
    assert_eq!(entry(&clinic, other).state, WaitlistState::Offered);
}

#[test]
fn an_offer_nobody_answers_ends_and_cannot_be_taken_any_more() {
    let mut clinic = full();
    let ann = clinic.ann;
    join(&mut clinic, ann, "first").unwrap();
    crate::booking::cancel(&mut clinic, "taken");
    tick(&mut clinic);
    clinic.now = time::plus_min(clinic.now, 121);
    let late =
        clinic.as_account(ann.account, AcceptPlace { waitlist_id: WaitlistId(id("first")) }).unwrap_err();
    assert_eq!(late, Refusal::OfferExpired);
    tick(&mut clinic);
    assert_eq!(entry(&clinic, "first").state, WaitlistState::Waiting);
    clinic.book(clinic.bob, clinic.dora, "b", "2026-03-05T09:00:00Z").unwrap();
    clinic.advance_to("2026-03-07T00:00:00Z");
    assert_eq!(entry(&clinic, "first").state, WaitlistState::Expired);
}

#[test]
fn leaving_gives_an_offered_time_back() {
    let mut clinic = full();
    let ann = clinic.ann;
    join(&mut clinic, ann, "first").unwrap();
    assert_eq!(join(&mut clinic, ann, "twice").unwrap_err().code(), "already_exists");
    crate::booking::cancel(&mut clinic, "taken");
    tick(&mut clinic);
    clinic.as_account(ann.account, LeaveWaitlist { waitlist_id: WaitlistId(id("first")) }).unwrap();
    clinic.book(clinic.bob, clinic.dora, "b", "2026-03-05T09:00:00Z").unwrap();
}
