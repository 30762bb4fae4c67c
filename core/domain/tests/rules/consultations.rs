//! Asking a clinic without choosing a time.

use mediconnect_domain::{
    appointments::{Appointment, State},
    consultations::{
        About, Consultation, ConsultationState, ConsultationWish, DeclineReason, PreferredDay, Urgency,
        answer::{AcceptConsultation, RefuseConsultationOffer, WithdrawConsultation},
        assign::AssignConsultation,
        decline::DeclineConsultation,
        offer::OfferConsultation,
        open::OpenConsultation,
    },
    scheduling::rules::Mode,
    *,
};

use crate::kit::*;

fn open(clinic: &mut Clinic, who: Person, name: &str) -> Result<Effects, Refusal> {
    let wish = ConsultationWish {
        about: About::NewProblem,
        urgency: Urgency::Soon,
        mode: Mode::InPerson,
        specialty_id: None,
        doctor_id: None,
        days: Vec::new(),
    };
    let (patient_id, clinic_id) = (who.patient, clinic.clinic);
    let consultation_id = ConsultationId(id(name));
    clinic.as_account(who.account, OpenConsultation { consultation_id, patient_id, clinic_id, wish })
}

fn offer(clinic: &mut Clinic, request: &str, visit: &str, start: &str) -> Result<Effects, Refusal> {
    let admin = clinic.admin;
    let offer = OfferConsultation {
        consultation_id: ConsultationId(id(request)),
        appointment_id: AppointmentId(id(visit)),
        role_id: clinic.dora.role,
        visit_type_id: clinic.visit,
        start: at(start),
    };
    clinic.as_account(admin, offer)
}

fn request(clinic: &Clinic, name: &str) -> Consultation {
    clinic.records.get(ConsultationId(id(name))).unwrap()
}

#[test]
fn a_request_is_given_to_a_doctor_answered_with_a_time_and_becomes_a_visit() {
    let mut clinic = Clinic::new();
    let (ann, admin, dora) = (clinic.ann, clinic.admin, clinic.dora);
    let consultation_id = ConsultationId(id("q"));
    open(&mut clinic, ann, "q").unwrap();
    clinic.as_account(admin, AssignConsultation { consultation_id, doctor_id: dora.doctor }).unwrap();
    assert!(clinic.told(dora.account).contains(&"consultation_opened"));
    offer(&mut clinic, "q", "v", "2026-03-05T09:00:00Z").unwrap();
    assert_eq!(clinic.visit("v").state, State::Held);
    let by_doctor = clinic.as_account(dora.account, AcceptConsultation { consultation_id });
    assert_eq!(by_doctor.unwrap_err(), Refusal::NotAllowed);
    clinic.as_account(ann.account, AcceptConsultation { consultation_id }).unwrap();
    assert_eq!(request(&clinic, "q").state, ConsultationState::Accepted);
    assert_eq!(clinic.visit("v").state, State::Booked);
}

#[test]
fn two_requests_answered_with_one_time_give_one_visit() {
    let mut clinic = Clinic::new();
    let (ann, bob) = (clinic.ann, clinic.bob);
    open(&mut clinic, ann, "q").unwrap();
    open(&mut clinic, bob, "r").unwrap();
    offer(&mut clinic, "q", "v", "2026-03-05T09:00:00Z").unwrap();
    let second = offer(&mut clinic, "r", "w", "2026-03-05T09:00:00Z").unwrap_err();
    assert_eq!(second.code(), "slot_taken");
    assert!(clinic.records.get::<Appointment>(AppointmentId(id("w"))).is_none());
}

#[test]
fn an_offer_that_does_not_suit_goes_back_and_the_time_is_free() {
    let mut clinic = Clinic::new();
    let ann = clinic.ann;
    open(&mut clinic, ann, "q").unwrap();
    offer(&mut clinic, "q", "v", "2026-03-05T09:00:00Z").unwrap();
    clinic
        .as_account(ann.account, RefuseConsultationOffer { consultation_id: ConsultationId(id("q")) })
        .unwrap();
    assert_eq!(request(&clinic, "q").state, ConsultationState::Triaged);
    clinic.book(clinic.bob, clinic.dora, "b", "2026-03-05T09:00:00Z").unwrap();
}

#[test]
fn an_offer_runs_out_and_a_request_does_too() {
    let mut clinic = Clinic::new();
    let ann = clinic.ann;
    open(&mut clinic, ann, "q").unwrap();
    offer(&mut clinic, "q", "v", "2026-03-05T09:00:00Z").unwrap();
    clinic.now = time::plus_min(clinic.now, 121);
    let late = AcceptConsultation { consultation_id: ConsultationId(id("q")) };
    assert_eq!(clinic.as_account(ann.account, late).unwrap_err(), Refusal::OfferExpired);
    clinic.advance_to("2026-03-02T12:00:00Z");
    assert_eq!(request(&clinic, "q").state, ConsultationState::Triaged);
    clinic.advance_to("2026-03-20T00:00:00Z");
    assert_eq!(request(&clinic, "q").state, ConsultationState::Expired);
}

#[test]
fn a_request_is_withdrawn_or_declined_once() {
    let mut clinic = Clinic::new();
    let (ann, admin) = (clinic.ann, clinic.admin);
    open(&mut clinic, ann, "q").unwrap();
    let consultation_id = ConsultationId(id("q"));
    clinic.as_account(ann.account, WithdrawConsultation { consultation_id }).unwrap();
    let decline = DeclineConsultation { consultation_id, reason: DeclineReason::NoCapacity };
    assert_eq!(clinic.as_account(admin, decline).unwrap_err().code(), "wrong_state");
}

#[test]
fn preferred_days_lie_ahead_and_open_requests_are_few() {
    let mut clinic = Clinic::new();
    let ann = clinic.ann;
    for n in 0..5 {
        open(&mut clinic, ann, &n.to_string()).unwrap();
    }
    assert_eq!(open(&mut clinic, ann, "more").unwrap_err(), Refusal::TooMany { limit: 5 });
    let bob = clinic.bob;
    let past = OpenConsultation {
        consultation_id: ConsultationId(id("past")),
        patient_id: bob.patient,
        clinic_id: clinic.clinic,
        wish: ConsultationWish {
            days: vec![PreferredDay { date: "2026-03-01".parse().unwrap(), part: None }],
            ..request(&clinic, "0").wish
        },
    };
    let Refusal::Invalid { fields } = clinic.as_account(bob.account, past).unwrap_err() else { panic!() };
    assert_eq!(fields[0].path, "wish.days[0].date");
}
