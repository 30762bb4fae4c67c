//! A doctor works through the day without network: what is moved and offered shows at once, and the server decides.

use mediconnect_core::PendingState;
use mediconnect_domain::{
    AccountId, AppointmentId, ConsultationId, DoctorId, Kind, Refusal, Zone,
    accounts::open::OpenDoctorAccount,
    appointments::{State, accept::Accept, reschedule::Reschedule},
    consultations::{
        About, Consultation, ConsultationState, ConsultationWish, Urgency, assign::AssignConsultation,
        offer::OfferConsultation, open::OpenConsultation,
    },
    scheduling::rules::Mode,
    settings::Language,
    testing,
};

use crate::{
    clinic::{Clinic, Person, named},
    device::{Device, Network},
};

/// A patient's visit with the clinic's doctor, confirmed, on both devices.
async fn booked(clinic: &Clinic, who: Person) -> (Device, Device, AppointmentId) {
    let phone = Device::synced(clinic, who.account).await;
    let book = phone.book(clinic, who, clinic.slot(1, 0));
    phone.submit(book.clone()).unwrap();
    phone.sync().await;
    let desk = Device::synced(clinic, clinic.doctor_account).await;
    desk.submit(Accept { appointment_id: book.appointment_id }).unwrap();
    desk.sync().await;
    (phone, desk, book.appointment_id)
}

fn moving(clinic: &Clinic, id: AppointmentId, half_hours: i64) -> Reschedule {
    let (expected_start, start) = (clinic.slot(1, 0), clinic.slot(1, half_hours));
    Reschedule { appointment_id: id, expected_start, role_id: None, start }
}

#[tokio::test]
async fn a_visit_the_doctor_moves_offline_stands_at_its_new_time_at_once() {
    let clinic = Clinic::open().await;
    let meera = clinic.person("meera").await;
    let (phone, desk, id) = booked(&clinic, meera).await;
    desk.wire.set(Network::Absent);
    desk.submit(moving(&clinic, id, 4)).unwrap();
    let shown = desk.visit(id).unwrap();
    assert_eq!((shown.start, shown.state), (clinic.slot(1, 4), State::Booked));
    assert!(desk.store.read(|records| records.is_pending(Kind::Appointment, id)).unwrap());

    desk.wire.set(Network::Whole);
    desk.sync().await;
    phone.sync().await;
    assert_eq!(desk.pending(), []);
    assert!(!desk.store.read(|records| records.is_pending(Kind::Appointment, id)).unwrap());
    assert_eq!(phone.visit(id), desk.visit(id));
    assert_eq!(phone.visit(id).unwrap().start, clinic.slot(1, 4));
}

#[tokio::test]
async fn a_time_offered_offline_is_held_on_the_doctors_device_at_once() {
    let clinic = Clinic::open().await;
    let meera = clinic.person("meera").await;
    let (phone, desk, _) = booked(&clinic, meera).await;
    let consultation_id = ConsultationId(named("request"));
    let wish = ConsultationWish {
        about: About::FollowUp,
        urgency: Urgency::Soon,
        mode: Mode::InPerson,
        specialty_id: None,
        doctor_id: None,
        days: Vec::new(),
    };
    phone
        .submit(OpenConsultation {
            consultation_id,
            patient_id: meera.patient,
            clinic_id: testing::clinic(),
            wish,
        })
        .unwrap();
    phone.sync().await;
    clinic.must(AssignConsultation { consultation_id, doctor_id: clinic.doctor }).await;
    desk.sync().await;

    desk.wire.set(Network::Absent);
    let appointment_id = AppointmentId(desk.new_id());
    let (role_id, visit_type_id) = (clinic.role, clinic.visit_type);
    let start = clinic.slot(2, 0);
    desk.submit(OfferConsultation { consultation_id, appointment_id, role_id, visit_type_id, start })
        .unwrap();
    let request = |device: &Device| {
        device.store.read(|records| records.get::<Consultation>(consultation_id)).unwrap().unwrap()
    };
    assert_eq!(request(&desk).state, ConsultationState::Offered);
    let held = desk.visit(appointment_id).unwrap();
    assert_eq!((held.start, held.state), (start, State::Held));
    assert!(desk.store.read(|records| records.is_pending(Kind::Consultation, consultation_id)).unwrap());

    desk.wire.set(Network::Whole);
    desk.sync().await;
    phone.sync().await;
    assert_eq!(desk.pending(), []);
    assert_eq!(request(&phone).state, ConsultationState::Offered);
}

#[tokio::test]
async fn a_move_onto_a_visit_with_another_doctor_goes_back_and_says_why() {
    let clinic = Clinic::open().await;
    let meera = clinic.person("meera").await;
    let (phone, desk, id) = booked(&clinic, meera).await;
    let (account_id, doctor_id) = (AccountId(named("other account")), DoctorId(named("other doctor")));
    let (name, email) = ("Dr. Ben Okri".to_owned(), "ben@example.org".to_owned());
    let (language, zone) = (Language::En, Zone::utc());
    clinic.must(OpenDoctorAccount { account_id, doctor_id, name, email, language, zone }).await;
    let other = clinic.with_doctor(account_id, doctor_id).await;
    phone.sync().await;
    let elsewhere = phone.book(&other, meera, clinic.slot(1, 4));
    phone.submit(elsewhere.clone()).unwrap();
    phone.sync().await;

    desk.submit(moving(&clinic, id, 4)).unwrap();
    assert_eq!(desk.visit(id).unwrap().start, clinic.slot(1, 4), "the doctor cannot know better");
    desk.sync().await;
    let pending = desk.pending();
    let PendingState::Refused { refusal: Refusal::OwnOverlap { appointment_id, .. } } = &pending[0].state
    else {
        panic!("{pending:?}")
    };
    assert_eq!(*appointment_id, elsewhere.appointment_id);
    assert_eq!(desk.visit(id).unwrap().start, clinic.slot(1, 0), "it is back where it was");
}
