//! The life of a visit after booking.

use mediconnect_domain::{
    access::Party,
    appointments::{
        CancelReason, State,
        accept::{Accept, Decline},
        attend::{CheckIn, Complete, Start},
        cancel::Cancel,
        no_show::MarkNoShow,
        reopen::Reopen,
        reschedule::Reschedule,
    },
    directory::{Policy, set_up::SaveClinic},
    *,
};

use crate::kit::*;

fn visit(name: &str) -> AppointmentId {
    AppointmentId(id(name))
}

fn booked() -> Clinic {
    let mut clinic = Clinic::new();
    clinic.book(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap();
    clinic.as_account(clinic.dora.account, Accept { appointment_id: visit("v") }).unwrap();
    clinic
}

fn reschedule(start: &str, expected: &str) -> Reschedule {
    Reschedule { appointment_id: visit("v"), expected_start: at(expected), role_id: None, start: at(start) }
}

#[test]
fn a_request_is_accepted_by_its_doctor_and_the_patient_is_told() {
    let mut clinic = booked();
    assert_eq!(clinic.visit("v").state, State::Booked);
    assert!(clinic.told(clinic.dora.account).contains(&"visit_requested"));
    assert_eq!(clinic.told(clinic.ann.account), ["visit_booked"]);
    let again = clinic.as_account(clinic.dora.account, Accept { appointment_id: visit("v") }).unwrap_err();
    assert_eq!(again.code(), "wrong_state");
}

#[test]
fn a_declined_request_frees_the_time() {
    let mut clinic = Clinic::new();
    clinic.book(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap();
    let decline = Decline { appointment_id: visit("v"), reason: CancelReason::DoctorAway };
    clinic.as_account(clinic.dora.account, decline).unwrap();
    clinic.book(clinic.bob, clinic.dora, "w", "2026-03-05T09:00:00Z").unwrap();
}

#[test]
fn a_request_nobody_answers_expires_and_both_sides_are_told() {
    let mut clinic = Clinic::new();
    clinic.book(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap();
    clinic.advance_to("2026-03-05T08:00:00Z");
    assert_eq!(clinic.visit("v").state, State::Expired);
    assert_eq!(clinic.told(clinic.ann.account), ["visit_expired"]);
}

#[test]
fn a_role_that_confirms_by_itself_books_at_once() {
    let mut clinic = Clinic::new();
    clinic.change_rules(clinic.dora, |rules| rules.auto_confirm = true);
    assert_eq!(
        clinic.book(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap().state,
        State::Booked
    );
}

#[test]
fn a_move_frees_the_old_time_exactly_when_the_new_one_is_taken() {
    let mut clinic = booked();
    clinic.book(clinic.bob, clinic.dora, "w", "2026-03-05T10:00:00Z").unwrap();
    let failed =
        clinic.as_account(clinic.ann.account, reschedule("2026-03-05T10:00:00Z", "2026-03-05T09:00:00Z"));
    assert_eq!(failed.unwrap_err().code(), "slot_taken");
    assert_eq!(clinic.visit("v").start, at("2026-03-05T09:00:00Z"), "a failed move keeps the original");

    // A quarter of an hour later overlaps only itself.
    clinic
        .as_account(clinic.ann.account, reschedule("2026-03-05T09:15:00Z", "2026-03-05T09:00:00Z"))
        .unwrap();
    assert_eq!(clinic.visit("v").state, State::Requested, "the doctor is asked again");
    let used =
        clinic.as_account(clinic.ann.account, reschedule("2026-03-06T09:00:00Z", "2026-03-05T09:00:00Z"));
    assert!(matches!(used.unwrap_err(), Refusal::WrongState { state, .. } if state == "moved"));
    clinic
        .as_account(clinic.dora.account, reschedule("2026-03-06T09:00:00Z", "2026-03-05T09:15:00Z"))
        .unwrap();
    clinic.book(clinic.bob, clinic.dora, "x", "2026-03-05T09:00:00Z").unwrap();
}

#[test]
fn a_visit_moves_to_another_doctor_of_the_clinic_and_leaves_nothing_behind() {
    let mut clinic = booked();
    let to_emil = Reschedule {
        role_id: Some(clinic.emil.role),
        ..reschedule("2026-03-05T09:00:00Z", "2026-03-05T09:00:00Z")
    };
    let admin = clinic.admin;
    clinic.as_account(admin, to_emil).unwrap();
    assert_eq!(clinic.visit("v").doctor_id, clinic.emil.doctor);
    clinic.book(clinic.bob, clinic.dora, "w", "2026-03-05T09:00:00Z").unwrap();
    let refusal = clinic.book(clinic.bob, clinic.emil, "x", "2026-03-05T09:00:00Z").unwrap_err();
    assert_eq!(refusal.code(), "slot_taken");
}

#[test]
fn the_notice_binds_the_patient_and_not_the_doctor() {
    let mut clinic = booked();
    clinic.now = at("2026-03-04T20:00:00Z");
    let late =
        clinic.as_account(clinic.ann.account, reschedule("2026-03-06T09:00:00Z", "2026-03-05T09:00:00Z"));
    assert_eq!(late.unwrap_err(), Refusal::TooLate { notice_min: 24 * 60 });
    clinic
        .as_account(clinic.dora.account, reschedule("2026-03-06T09:00:00Z", "2026-03-05T09:00:00Z"))
        .unwrap();
}

#[test]
fn a_late_cancellation_is_marked_or_refused_as_the_clinic_has_it() {
    let cancel = Cancel { appointment_id: visit("v"), reason: CancelReason::CannotCome };
    let mut clinic = booked();
    clinic.now = at("2026-03-04T20:00:00Z");
    clinic.as_account(clinic.ann.account, cancel.clone()).unwrap();
    let cancellation = clinic.visit("v").cancellation.unwrap();
    assert!(cancellation.late && cancellation.by == Party::Patient);

    let mut clinic = booked();
    let mut details = clinic_details();
    details.policy = Policy { late_cancel_allowed: false, ..Policy::default() };
    let admin = clinic.admin;
    clinic.as_account(admin, SaveClinic { clinic_id: clinic.clinic, details, active: true }).unwrap();
    clinic.now = at("2026-03-04T20:00:00Z");
    assert_eq!(clinic.as_account(clinic.ann.account, cancel).unwrap_err().code(), "too_late");
}

#[test]
fn cancel_and_book_again_leaves_no_stale_claim() {
    let mut clinic = booked();
    for name in ["w", "x", "y"] {
        let before = match name {
            "w" => "v",
            "x" => "w",
            _ => "x",
        };
        crate::booking::cancel(&mut clinic, before);
        clinic.book(clinic.bob, clinic.dora, name, "2026-03-05T09:00:00Z").unwrap();
    }
    assert_eq!(clinic.visit("y").state, State::Requested);
}

#[test]
fn a_day_at_the_clinic_goes_from_check_in_to_completion() {
    let mut clinic = booked();
    let dora = clinic.dora.account;
    assert_eq!(
        clinic.as_account(dora, CheckIn { appointment_id: visit("v") }).unwrap_err().code(),
        "invalid"
    );
    clinic.now = at("2026-03-05T08:50:00Z");
    clinic.as_account(dora, CheckIn { appointment_id: visit("v") }).unwrap();
    clinic.as_account(dora, Start { appointment_id: visit("v") }).unwrap();
    clinic.as_account(dora, Complete { appointment_id: visit("v") }).unwrap();
    assert_eq!(clinic.visit("v").state, State::Fulfilled);
    let by_patient = clinic.as_account(clinic.ann.account, CheckIn { appointment_id: visit("v") });
    assert_eq!(by_patient.unwrap_err(), Refusal::NotAllowed);
}

#[test]
fn the_no_show_job_skips_those_who_were_checked_in() {
    let mut clinic = booked();
    clinic.book(clinic.bob, clinic.dora, "w", "2026-03-05T10:00:00Z").unwrap();
    clinic.as_account(clinic.dora.account, Accept { appointment_id: visit("w") }).unwrap();
    clinic.now = at("2026-03-05T08:55:00Z");
    clinic.as_account(clinic.dora.account, CheckIn { appointment_id: visit("v") }).unwrap();
    clinic.advance_to("2026-03-05T12:00:00Z");
    assert_eq!((clinic.visit("v").state, clinic.visit("w").state), (State::Arrived, State::Noshow));
    assert!(clinic.told(clinic.bob.account).contains(&"visit_missed"));
}

#[test]
fn nobody_is_a_no_show_before_the_visit_began() {
    let mut clinic = booked();
    let early = clinic.as_account(clinic.dora.account, MarkNoShow { appointment_id: visit("v") });
    assert_eq!(early.unwrap_err().code(), "wrong_state");
}

#[test]
fn an_end_is_undone_with_a_reason_and_only_while_the_time_is_free() {
    let mut clinic = booked();
    crate::booking::cancel(&mut clinic, "v");
    let reopen = Reopen { appointment_id: visit("v"), reason: "cancelled by mistake".into() };
    clinic.book(clinic.bob, clinic.dora, "w", "2026-03-05T09:00:00Z").unwrap();
    assert_eq!(clinic.as_account(clinic.dora.account, reopen.clone()).unwrap_err().code(), "slot_taken");
    crate::booking::cancel(&mut clinic, "w");
    clinic.as_account(clinic.dora.account, reopen).unwrap();
    assert_eq!(clinic.visit("v").state, State::Booked);
}

#[test]
fn every_terminal_state_refuses_every_step() {
    for state in State::ALL.into_iter().filter(|state| state.is_terminal()) {
        let mut clinic = booked();
        let mut over = clinic.visit("v");
        over.state = state;
        clinic.records.apply(&Change::put(over));
        clinic.now = at("2026-03-05T09:10:00Z");
        let dora = clinic.dora.account;
        let appointment_id = visit("v");
        let steps: [Command; 6] = [
            Accept { appointment_id }.into(),
            CheckIn { appointment_id }.into(),
            Start { appointment_id }.into(),
            Complete { appointment_id }.into(),
            MarkNoShow { appointment_id }.into(),
            Cancel { appointment_id, reason: CancelReason::Other }.into(),
        ];
        for step in steps {
            let name = step.name();
            let refusal = clinic.as_account(dora, step).unwrap_err();
            assert_eq!(refusal.code(), "wrong_state", "{name} in {state:?}");
        }
    }
}
