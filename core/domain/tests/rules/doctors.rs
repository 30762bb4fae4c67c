//! Doctors: verification, schedules, reviews, and what lies on the devices of those who follow them.

use mediconnect_domain::{
    appointments::{
        accept::Accept,
        attend::{Complete, Start},
    },
    directory::{
        Doctor as DoctorRecord, DoctorProfile, Standing,
        standing::{ReinstateDoctor, RejectDoctor, SubmitForVerification, SuspendDoctor, VerifyDoctor},
    },
    reviews::{Rating, Review, reply::ReplyToReview, write::WriteReview},
    scheduling::{AvailabilityWeek, schedule::SaveSchedule},
    settings::{Follow, follow::FollowDoctor},
    *,
};

use crate::kit::*;

#[test]
fn a_rejected_doctor_reads_why_and_may_submit_again() {
    let mut clinic = Clinic::new();
    let new = clinic.open_doctor("new");
    let submit = SubmitForVerification {
        doctor_id: new.doctor,
        license: license("n-1"),
        clinics: vec![clinic.clinic],
    };
    clinic.as_account(new.account, submit.clone()).unwrap();
    let admin = clinic.admin;
    let reject = RejectDoctor { doctor_id: new.doctor, reason: "The scan is unreadable.".into() };
    clinic.as_account(admin, reject).unwrap();
    let doctor: DoctorRecord = clinic.records.get(new.doctor).unwrap();
    assert_eq!(doctor.history.last().unwrap().reason.as_deref(), Some("The scan is unreadable."));
    clinic.as_account(new.account, submit).unwrap();
    assert_eq!(
        clinic.as_account(new.account, VerifyDoctor { doctor_id: new.doctor }).unwrap_err(),
        Refusal::OwnRights
    );
    clinic.as_account(admin, VerifyDoctor { doctor_id: new.doctor }).unwrap();
    assert!(clinic.records.get::<DoctorProfile>(new.doctor).unwrap().listed);
}

#[test]
fn one_license_is_one_doctor() {
    let mut clinic = Clinic::new();
    let new = clinic.open_doctor("new");
    let submit = SubmitForVerification {
        doctor_id: new.doctor,
        license: license(&clinic.dora.doctor.to_string().to_uppercase()),
        clinics: vec![clinic.clinic],
    };
    let Refusal::Invalid { fields } = clinic.as_account(new.account, submit).unwrap_err() else { panic!() };
    assert_eq!(fields[0].path, "license.number");
}

#[test]
fn a_suspended_doctor_leaves_the_directory_and_comes_back() {
    let mut clinic = Clinic::new();
    let (admin, doctor_id) = (clinic.admin, clinic.dora.doctor);
    clinic.as_account(admin, SuspendDoctor { doctor_id, reason: "License expired".into() }).unwrap();
    let refusal = clinic.book(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap_err();
    assert_eq!(refusal, Refusal::DoctorNotListed);
    assert_eq!(clinic.records.get::<DoctorRecord>(doctor_id).unwrap().standing, Standing::Suspended);
    clinic.as_account(admin, ReinstateDoctor { doctor_id }).unwrap();
    clinic.book(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap();
}

#[test]
fn a_schedule_is_in_the_clinics_zone_and_currency() {
    let mut clinic = Clinic::new();
    let mut rules = testing::rules();
    rules.zone = Zone::new("Asia/Kolkata").unwrap();
    let save = SaveSchedule { role_id: clinic.dora.role, rules };
    let refusal = clinic.as_account(clinic.dora.account, save).unwrap_err();
    assert!(matches!(refusal, Refusal::Invalid { fields } if fields[0].path == "rules.zone"));
    let mut rules = testing::rules();
    rules.offerings[1].price.currency = money::Currency::Inr;
    let save = SaveSchedule { role_id: clinic.dora.role, rules };
    let refusal = clinic.as_account(clinic.dora.account, save).unwrap_err();
    assert!(
        matches!(refusal, Refusal::Invalid { fields } if fields[0].path == "rules.offerings[1].price.currency")
    );
}

#[test]
fn another_doctor_cannot_touch_the_schedule() {
    let mut clinic = Clinic::new();
    let save = SaveSchedule { role_id: clinic.dora.role, rules: rules() };
    assert_eq!(clinic.as_account(clinic.emil.account, save).unwrap_err().code(), "not_found");
}

#[test]
fn what_followers_hold_is_what_can_be_booked() {
    let mut clinic = Clinic::new();
    clinic
        .as_account(clinic.ann.account, FollowDoctor { doctor_id: clinic.dora.doctor, favourite: true })
        .unwrap();
    assert_eq!(clinic.records.all::<Follow>().len(), 1);
    clinic.book(clinic.bob, clinic.dora, "taken", "2026-03-05T09:00:00Z").unwrap();
    clinic.advance_to("2026-03-02T08:00:00Z");
    let weeks = clinic.records.all::<AvailabilityWeek>();
    let of_dora = weeks.iter().filter(|week| week.doctor_id == clinic.dora.doctor);
    let week = of_dora.min_by_key(|week| week.week_start).unwrap();
    let role = clinic.records.get(clinic.dora.role).unwrap();
    let starts = week.starts(&role, clinic.visit, clinic.now);
    assert!(!starts.contains(&at("2026-03-05T09:00:00Z")), "taken");
    assert!(starts.contains(&at("2026-03-05T09:30:00Z")));
    for start in starts.iter().step_by(7) {
        let mut copy = Clinic::new();
        copy.book(copy.bob, copy.dora, "taken", "2026-03-05T09:00:00Z").unwrap();
        copy.book(copy.ann, copy.dora, "v", &start.to_string()).unwrap();
    }
}

#[test]
fn one_review_for_one_finished_visit_and_the_stars_add_up() {
    let mut clinic = Clinic::new();
    let ann = clinic.ann.account;
    clinic.book(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap();
    let appointment_id = AppointmentId(id("v"));
    let review = WriteReview { appointment_id, stars: 4, text: "Took time to explain.".into() };
    assert_eq!(clinic.as_account(ann, review.clone()).unwrap_err().code(), "wrong_state");
    clinic.as_account(clinic.dora.account, Accept { appointment_id }).unwrap();
    clinic.now = at("2026-03-05T09:00:00Z");
    clinic.as_account(clinic.dora.account, Start { appointment_id }).unwrap();
    clinic.as_account(clinic.dora.account, Complete { appointment_id }).unwrap();
    assert_eq!(clinic.as_account(clinic.dora.account, review.clone()).unwrap_err(), Refusal::NotAllowed);
    clinic.as_account(ann, review.clone()).unwrap();
    assert_eq!(clinic.as_account(ann, review).unwrap_err().code(), "already_exists");
    let rating: Rating = clinic.records.get(clinic.dora.doctor).unwrap();
    assert_eq!((rating.count(), rating.mean()), (1, Some(4.0)));
    let review = &clinic.records.all::<Review>()[0];
    let body = serde_json::to_string(review).unwrap();
    let (patient, visit) = (clinic.ann.patient.to_string(), appointment_id.to_string());
    assert!(!body.contains(&patient) && !body.contains(&visit), "a review names nobody");
}

#[test]
fn only_the_doctor_of_a_review_answers_it_and_may_take_the_answer_back() {
    let mut clinic = Clinic::new();
    let (ann, dora, emil) = (clinic.ann.account, clinic.dora.account, clinic.emil.account);
    clinic.book(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap();
    let appointment_id = AppointmentId(id("v"));
    let review_id = Review::id_of(appointment_id);
    let reply = |text: &str| ReplyToReview { review_id, text: text.into() };
    assert_eq!(clinic.as_account(dora, reply("Thank you.")).unwrap_err().code(), "not_found");
    clinic.as_account(dora, Accept { appointment_id }).unwrap();
    clinic.now = at("2026-03-05T09:00:00Z");
    clinic.as_account(dora, Start { appointment_id }).unwrap();
    clinic.as_account(dora, Complete { appointment_id }).unwrap();
    clinic.as_account(ann, WriteReview { appointment_id, stars: 2, text: "A long wait.".into() }).unwrap();
    for other in [ann, emil, clinic.admin] {
        assert_eq!(clinic.as_account(other, reply("Not mine to say.")).unwrap_err(), Refusal::NotAllowed);
    }
    assert_eq!(clinic.as_account(dora, reply(&"a".repeat(1_001))).unwrap_err().code(), "invalid");
    let said =
        |clinic: &Clinic| clinic.records.get::<Review>(review_id).unwrap().reply.map(|reply| reply.text);
    clinic.as_account(dora, reply("  We have a second desk now. ")).unwrap();
    assert_eq!(said(&clinic).as_deref(), Some("We have a second desk now."));
    let rating: Rating = clinic.records.get(clinic.dora.doctor).unwrap();
    assert_eq!(rating.mean(), Some(2.0), "an answer changes no stars");
    clinic.as_account(dora, reply(" ")).unwrap();
    assert_eq!(said(&clinic), None);
}
