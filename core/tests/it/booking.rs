//! A patient books: offline, against others, and with second thoughts.

use jiff::SignedDuration;
use mediconnect_core::PendingState;
use mediconnect_domain::{
    Command, Kind, LinkId, PatientId, Refusal, Zone,
    appointments::{CancelReason, State, book::Book, cancel::Cancel},
    profiles::{Profile, dependants::AddDependant},
    settings::Language,
};

use crate::{
    clinic::{Clinic, HandClock, named},
    device::{Device, Network},
};

#[tokio::test]
async fn an_offline_booking_shows_at_once_and_is_accepted_when_the_network_is_back() {
    let clinic = Clinic::open().await;
    let meera = clinic.person("meera").await;
    let phone = Device::synced(&clinic, meera.account).await;
    phone.wire.set(Network::Absent);
    let book = phone.book(&clinic, meera, clinic.slot(1, 0));
    let id = phone.submit(book.clone()).unwrap();
    assert_eq!(phone.visit(book.appointment_id).unwrap().state, State::Requested);
    assert!(phone.store.read(|records| records.is_pending(Kind::Appointment, book.appointment_id)).unwrap());
    assert!(phone.try_sync().await.is_err());
    assert_eq!(phone.pending()[0].state, PendingState::Pending, "it has not left the device");

    phone.wire.set(Network::Whole);
    phone.sync().await;
    assert_eq!(phone.pending(), []);
    let doctor = Device::synced(&clinic, clinic.doctor_account).await;
    let seen = doctor.visit(book.appointment_id).unwrap();
    assert_eq!((seen.start, seen.state), (clinic.slot(1, 0), State::Requested));
    assert_eq!(phone.visit(book.appointment_id), Some(seen));
    assert!(!phone.store.read(|records| records.is_pending(Kind::Appointment, book.appointment_id)).unwrap());
    assert_eq!(phone.wire.pushed.lock().unwrap()[0].commands[0].id, id);
}

#[tokio::test]
async fn the_loser_of_a_race_is_told_why_keeps_the_input_and_books_another_time() {
    let clinic = Clinic::open().await;
    let (meera, jonas) = (clinic.person("meera").await, clinic.person("jonas").await);
    let (first, second) =
        (Device::synced(&clinic, meera.account).await, Device::synced(&clinic, jonas.account).await);
    first.submit(first.book(&clinic, meera, clinic.slot(1, 0))).unwrap();
    let book = second.book(&clinic, jonas, clinic.slot(1, 0));
    let lost = second.submit(book.clone()).unwrap();
    first.sync().await;
    second.sync().await;

    let pending = second.pending();
    let PendingState::Refused { refusal: Refusal::SlotTaken { next_free } } = &pending[0].state else {
        panic!("{pending:?}")
    };
    assert_eq!(pending[0].command, Some(Command::from(book.clone())), "what was entered is kept");
    assert_eq!(second.visit(book.appointment_id), None, "and nothing pretends to be booked");

    second.replace(lost, Book { start: next_free[0], ..book.clone() }).unwrap();
    assert_eq!(second.visit(book.appointment_id).unwrap().start, next_free[0]);
    second.sync().await;
    assert_eq!(second.pending(), []);
    let doctor = Device::synced(&clinic, clinic.doctor_account).await;
    assert_eq!(doctor.visit(book.appointment_id).unwrap().start, next_free[0]);
}

#[tokio::test]
async fn what_this_device_knows_to_be_wrong_is_refused_at_once_and_not_queued() {
    let clinic = Clinic::open().await;
    let meera = clinic.person("meera").await;
    let phone = Device::synced(&clinic, meera.account).await;
    phone.submit(phone.book(&clinic, meera, clinic.slot(1, 0))).unwrap();
    let again = phone.submit(phone.book(&clinic, meera, clinic.slot(1, 0)));
    assert!(matches!(again, Err(Refusal::OwnOverlap { .. })), "{again:?}");
    assert_eq!(phone.pending().len(), 1);
}

#[tokio::test]
async fn a_booking_never_blinks_whether_its_acknowledgement_or_its_rows_come_first() {
    let clinic = Clinic::open().await;
    let meera = clinic.person("meera").await;
    let phone = Device::synced(&clinic, meera.account).await;
    let book = phone.book(&clinic, meera, clinic.slot(1, 0));
    phone.submit(book.clone()).unwrap();
    phone.engine.send().await.unwrap();
    assert_eq!(phone.pending(), [], "acknowledged");
    assert!(phone.visit(book.appointment_id).is_some(), "still shown before its rows came");
    phone.sync().await;
    assert!(phone.visit(book.appointment_id).is_some());

    let later = phone.book(&clinic, meera, clinic.slot(2, 0));
    phone.submit(later.clone()).unwrap();
    phone.wire.set(Network::LosesAnswers);
    assert!(phone.try_sync().await.is_err());
    // Another device of the account brings the rows: they come before the acknowledgement.
    phone.wire.set(Network::BreaksAfter(usize::MAX));
    phone.sync().await;
    assert_eq!(phone.visits().len(), 2);
    assert_eq!(phone.pending(), []);
}

#[tokio::test]
async fn a_cancellation_on_top_of_an_unsent_booking_waits_for_it_and_falls_with_it() {
    let clinic = Clinic::open().await;
    let (meera, jonas) = (clinic.person("meera").await, clinic.person("jonas").await);
    let (phone, other) =
        (Device::synced(&clinic, meera.account).await, Device::synced(&clinic, jonas.account).await);
    let book = phone.book(&clinic, meera, clinic.slot(1, 0));
    let booking = phone.submit(book.clone()).unwrap();
    let reason = CancelReason::CannotCome;
    let cancel = phone.submit(Cancel { appointment_id: book.appointment_id, reason }).unwrap();
    assert_eq!(phone.visit(book.appointment_id).unwrap().state, State::Cancelled);
    other.submit(other.book(&clinic, jonas, clinic.slot(1, 0))).unwrap();
    other.sync().await;
    phone.sync().await;
    let pending = phone.pending();
    assert_eq!(pending.iter().map(|p| p.id).collect::<Vec<_>>(), [booking, cancel]);
    assert!(matches!(pending[0].state, PendingState::Refused { refusal: Refusal::SlotTaken { .. } }));
    assert!(
        matches!(&pending[1].state, PendingState::Refused { refusal: Refusal::DependsOnRefused { command } }
            if *command == booking)
    );
    phone.discard(booking);
    assert_eq!(phone.pending(), [], "what builds on it goes with it");
}

#[tokio::test]
async fn a_child_is_added_and_booked_for_without_network() {
    let clinic = Clinic::open().await;
    let meera = clinic.person("meera").await;
    let phone = Device::synced(&clinic, meera.account).await;
    phone.wire.set(Network::Absent);
    let child = PatientId(named("child"));
    let profile = Profile::named("Ravi", Language::En, Zone::utc());
    let add = AddDependant { patient_id: child, link_id: LinkId(named("child's link")), profile };
    phone.submit(add).unwrap();
    let book = Book { patient_id: child, ..phone.book(&clinic, meera, clinic.slot(1, 2)) };
    phone.submit(book.clone()).unwrap();
    assert!(phone.visit(book.appointment_id).is_some(), "shown at once");
    phone.wire.set(Network::Whole);
    phone.sync().await;
    assert_eq!(phone.pending(), []);
    assert!(phone.visit(book.appointment_id).is_some());
    let doctor = Device::synced(&clinic, clinic.doctor_account).await;
    assert_eq!(doctor.visit(book.appointment_id).unwrap().patient_id, child);
}

#[tokio::test]
async fn a_booking_taken_back_before_it_was_sent_never_reaches_the_server() {
    let clinic = Clinic::open().await;
    let meera = clinic.person("meera").await;
    let phone = Device::synced(&clinic, meera.account).await;
    phone.wire.set(Network::Absent);
    let first = phone.submit(phone.book(&clinic, meera, clinic.slot(1, 0))).unwrap();
    assert!(phone.try_sync().await.is_err());
    phone.discard(first);
    assert_eq!(phone.visits(), []);
    let second = phone.book(&clinic, meera, clinic.slot(1, 1));
    phone.submit(second.clone()).unwrap();
    phone.wire.set(Network::Whole);
    phone.sync().await;
    assert_eq!(phone.visits().len(), 1, "and its lane goes on");
    assert_eq!(phone.wire.pushed.lock().unwrap().iter().map(|push| push.commands.len()).sum::<usize>(), 1);
}

#[tokio::test]
async fn a_booking_taken_back_while_its_sending_was_lost_never_takes_effect() {
    let clinic = Clinic::open().await;
    let meera = clinic.person("meera").await;
    let phone = Device::synced(&clinic, meera.account).await;
    let first = phone.submit(phone.book(&clinic, meera, clinic.slot(1, 0))).unwrap();
    phone.wire.set(Network::LosesRequests);
    assert!(phone.try_sync().await.is_err());
    phone.discard(first);
    assert_eq!((phone.visits(), phone.pending()), (vec![], vec![]));
    let second = phone.book(&clinic, meera, clinic.slot(1, 1));
    phone.submit(second.clone()).unwrap();
    phone.wire.set(Network::Whole);
    phone.sync().await;
    let doctor = Device::synced(&clinic, clinic.doctor_account).await;
    assert_eq!(doctor.visits().iter().map(|visit| visit.id).collect::<Vec<_>>(), [second.appointment_id]);
    assert_eq!(phone.pending(), []);
}

#[tokio::test]
async fn a_booking_taken_back_after_it_took_effect_comes_back_and_can_be_cancelled() {
    let clinic = Clinic::open().await;
    let meera = clinic.person("meera").await;
    let phone = Device::synced(&clinic, meera.account).await;
    let book = phone.book(&clinic, meera, clinic.slot(1, 0));
    let first = phone.submit(book.clone()).unwrap();
    phone.wire.set(Network::LosesAnswers);
    assert!(phone.try_sync().await.is_err());
    phone.discard(first);
    assert_eq!(phone.visits(), []);
    phone.wire.set(Network::Whole);
    phone.sync().await;
    assert_eq!(phone.visit(book.appointment_id).unwrap().state, State::Requested, "it had taken effect");
    let reason = CancelReason::CannotCome;
    phone.submit(Cancel { appointment_id: book.appointment_id, reason }).unwrap();
    phone.sync().await;
    assert_eq!(phone.visit(book.appointment_id).unwrap().state, State::Cancelled);
    assert_eq!(phone.pending(), []);
}

#[tokio::test]
async fn an_edit_of_a_booking_whose_answer_was_lost_gives_the_first_ones_result() {
    let clinic = Clinic::open().await;
    let meera = clinic.person("meera").await;
    let phone = Device::synced(&clinic, meera.account).await;
    let book = phone.book(&clinic, meera, clinic.slot(1, 0));
    let first = phone.submit(book.clone()).unwrap();
    phone.wire.set(Network::LosesAnswers);
    assert!(phone.try_sync().await.is_err());
    phone.replace(first, Book { start: clinic.slot(1, 4), ..book.clone() }).unwrap();
    phone.wire.set(Network::Whole);
    phone.sync().await;
    phone.sync().await;
    assert_eq!(phone.pending(), []);
    assert_eq!(phone.visit(book.appointment_id).unwrap().start, clinic.slot(1, 0), "one booking, the first");
    assert_eq!(phone.visits().len(), 1);
}

#[tokio::test]
async fn a_clock_ten_years_off_books_all_the_same() {
    let clinic = Clinic::open().await;
    for (name, years) in [("meera", 10), ("jonas", -10)] {
        let person = clinic.person(name).await;
        let own = HandClock::at(clinic.clock.time());
        own.advance(SignedDuration::from_hours(24 * 365 * years));
        let phone = Device::new(&clinic, person.account).with_clock(own);
        phone.sync().await;
        assert!(phone.board.state().clock_off_ms.is_some(), "and it is shown");
        let slot = clinic.slot(3, if years < 0 { 0 } else { 1 });
        let book = phone.book(&clinic, person, slot);
        phone.submit(book.clone()).unwrap();
        phone.sync().await;
        assert_eq!(phone.pending(), []);
        assert_eq!(phone.visit(book.appointment_id).unwrap().start, slot);
    }
}
