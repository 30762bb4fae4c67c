//! Records the tests of the doctor's views look at: one practice with a schedule, and two patients.

use mediconnect_domain::{
    ConsultationId, LeaveId, Record, SpecialtyId, Zone,
    accounts::{Account, AccountStatus, Role},
    consultations::{About, Consultation, ConsultationState, ConsultationWish, Urgency},
    directory::{Doctor, Standing, StandingMoment},
    id::derive,
    profiles::PatientSummary,
    scheduling::{
        Leave, LeaveReason, Schedule,
        rules::{LeaveTime, Mode, Offering, Rules, WeeklyBlock},
    },
    settings::Language,
};

pub use crate::views::patient::examples::{
    account_id, at, child_id, clinic_id, doctor_id, now, patient_id, read, role_id, visit, visit_type_id,
};
use crate::views::patient::examples::{directory, patient};

fn kolkata() -> Zone {
    Zone::new("Asia/Kolkata").expect("a zone")
}

/// Monday to Friday, 09:00 to 12:00 in Kolkata, visits of twenty minutes a quarter of an hour apart.
pub fn rules() -> Rules {
    let mut rules = Rules::closed(kolkata());
    rules.weekly = (1..=5)
        .map(|weekday| WeeklyBlock { weekday, start_min: 540, end_min: 720, visit_types: None })
        .collect();
    rules.offerings = vec![Offering {
        visit_type_id: visit_type_id(),
        length_min: 20,
        buffer_before_min: 0,
        buffer_after_min: 0,
        capacity: 1,
        price: mediconnect_domain::Money {
            amount_minor: 1_200_00,
            currency: mediconnect_domain::money::Currency::Inr,
        },
        mode: Mode::InPerson,
    }];
    rules
}

pub fn doctor() -> Doctor {
    let standing = Standing::Verified;
    Doctor {
        id: doctor_id(0),
        account_id: account_id(),
        name: "Dr. Asha Rao".into(),
        email: "asha@example.org".into(),
        standing,
        license: None,
        clinics: vec![clinic_id(0)],
        registered_at: now(),
        submitted_at: None,
        history: vec![StandingMoment { at: now(), standing, reason: None, by: None }],
    }
}

fn account() -> Account {
    Account {
        id: account_id(),
        role: Role::Doctor { doctor_id: doctor_id(0) },
        status: AccountStatus::Active,
        name: "Dr. Asha Rao".into(),
        email: "asha@example.org".into(),
        language: Language::En,
        created_at: now(),
    }
}

/// The first doctor's practice as their device holds it.
pub fn practice() -> Vec<Record> {
    let mut rows = directory();
    let schedule =
        Schedule { id: role_id(0), doctor_id: doctor_id(0), clinic_id: clinic_id(0), rules: rules() };
    rows.extend([account().into(), doctor().into(), schedule.into()]);
    for (id, name) in [(patient_id(), "Mina Shah"), (child_id(), "Arun Shah")] {
        let mut known = patient(id, name);
        known.profile.birth_date = Some(jiff::civil::date(1990, 6, 1));
        rows.push(PatientSummary::of(doctor_id(0), &known, now()).into());
    }
    rows
}

/// A doctor who has just registered: the directory, the account, no role.
pub fn newcomer() -> Vec<Record> {
    let mut rows = directory();
    rows.retain(|row| !matches!(row, Record::PractitionerRole(role) if role.doctor_id == doctor_id(0)));
    rows.push(account().into());
    rows
}

pub fn leave(n: u8, start: &str, end: &str) -> Leave {
    Leave {
        id: LeaveId(derive(&[b"leave", &[n]])),
        doctor_id: doctor_id(0),
        role_id: None,
        time: LeaveTime::Between { start: at(start), end: at(end) },
        reason: LeaveReason::Holiday,
        zone: kolkata(),
        clinics: vec![clinic_id(0)],
    }
}

pub fn consultation(n: u8, urgency: Urgency, state: ConsultationState) -> Consultation {
    Consultation {
        id: ConsultationId(derive(&[b"consultation", &[n]])),
        patient_id: patient_id(),
        clinic_id: clinic_id(0),
        wish: ConsultationWish {
            about: About::FollowUp,
            urgency,
            mode: Mode::InPerson,
            specialty_id: None::<SpecialtyId>,
            doctor_id: Some(doctor_id(0)),
            days: Vec::new(),
        },
        state,
        assigned: Some(doctor_id(0)),
        appointment_id: None,
        offer_expires_at: None,
        opened_at: now(),
        expires_at: at("2026-04-01T00:00:00Z"),
        decline_reason: None,
        history: Vec::new(),
        staff_notes: Vec::new(),
    }
}
