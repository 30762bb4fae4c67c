//! The small clinic that the tests of every crate start from: an admin, a clinic, two kinds of visit, doctors and
//! patients. Everything in it has a name, and its id follows from the name.

use std::ops::{Range, RangeInclusive};

use jiff::civil;
use uuid::Uuid;

use crate::{
    AccountId, Actor, ClinicId, Command, DoctorId, LinkId, Money, PatientId, RoleId, SpecialtyId,
    VisitTypeId, Zone,
    accounts::{
        Role,
        open::{OpenDoctorAccount, OpenPatientAccount},
        staff::AddStaff,
    },
    directory::{
        ClinicDetails, License, LocalText, Place, Policy, VisitTypeDetails,
        role::AddRole,
        set_up::{SaveClinic, SaveSpecialty, SaveVisitType},
        standing::{SubmitForVerification, VerifyDoctor},
    },
    money::Currency,
    profiles::Address,
    scheduling::{
        rules::{Mode, Offering, Rules, WeeklyBlock},
        schedule::SaveSchedule,
    },
    settings::Language,
};

/// Monday, 2 March 2026, 09:00 in Berlin.
pub const START: &str = "2026-03-02T08:00:00Z";

/// The id of this name.
pub fn id(name: &str) -> Uuid {
    crate::id::derive(&[b"test", name.as_bytes()])
}

/// Where the clinic is.
pub fn zone() -> Zone {
    Zone::new("Europe/Berlin").expect("a zone of the database")
}

/// A patient with an account.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    pub account: AccountId,
    pub patient: PatientId,
}

/// A doctor with an account and a role at the clinic.
#[derive(Clone, Copy, Debug)]
pub struct Doctor {
    pub account: AccountId,
    pub doctor: DoctorId,
    pub role: RoleId,
}

pub fn person(name: &str) -> Person {
    Person { account: AccountId(id(&format!("{name}'s account"))), patient: PatientId(id(name)) }
}

pub fn doctor(name: &str) -> Doctor {
    Doctor {
        account: AccountId(id(&format!("{name}'s account"))),
        doctor: DoctorId(id(name)),
        role: RoleId(id(&format!("{name}'s role"))),
    }
}

/// A super admin.
pub fn admin() -> AccountId {
    AccountId(id("admin"))
}

pub fn clinic() -> ClinicId {
    ClinicId(id("clinic"))
}

pub fn specialty() -> SpecialtyId {
    SpecialtyId(id("specialty"))
}

/// 30 minutes, one patient.
pub fn visit() -> VisitTypeId {
    VisitTypeId(id("visit"))
}

/// 30 minutes, three patients.
pub fn group() -> VisitTypeId {
    VisitTypeId(id("group"))
}

/// The commands that set the clinic up with these doctors and patients, each with who submits it.
pub fn set_up(doctors: &[&str], patients: &[&str], rules: &Rules) -> Vec<(Actor, Command)> {
    let staff = AddStaff {
        account_id: admin(),
        name: "Super".into(),
        email: "super@example.org".into(),
        role: Role::SuperAdmin,
        language: Language::En,
    };
    let by_admin = Actor::Account(admin());
    let name = text("General practice", "सामान्य चिकित्सा");
    let mut commands: Vec<(Actor, Command)> = vec![
        (Actor::System, staff.into()),
        (by_admin, SaveClinic { clinic_id: clinic(), details: clinic_details(), active: true }.into()),
        (by_admin, SaveSpecialty { specialty_id: specialty(), name, active: true }.into()),
    ];
    for (visit_type_id, default_capacity) in [(visit(), 1), (group(), 3)] {
        let details = VisitTypeDetails {
            name: text("Visit", "परामर्श"),
            mode: Mode::InPerson,
            default_length_min: 30,
            default_capacity,
        };
        commands.push((by_admin, SaveVisitType { visit_type_id, details, active: true }.into()));
    }
    for name in doctors {
        commands.push((Actor::System, open_doctor(name).into()));
        commands.extend(employ(doctor(name), rules));
    }
    commands.extend(patients.iter().map(|name| (Actor::System, open_patient(name).into())));
    commands
}

pub fn open_patient(name: &str) -> OpenPatientAccount {
    OpenPatientAccount {
        account_id: person(name).account,
        patient_id: person(name).patient,
        link_id: LinkId(id(&format!("{name}'s link"))),
        name: name.into(),
        email: format!("{name}@example.org"),
        language: Language::En,
        zone: zone(),
    }
}

pub fn open_doctor(name: &str) -> OpenDoctorAccount {
    OpenDoctorAccount {
        account_id: doctor(name).account,
        doctor_id: doctor(name).doctor,
        name: format!("Dr {name}"),
        email: format!("{name}@example.org"),
        language: Language::En,
        zone: zone(),
    }
}

/// License, verification, role at the clinic and schedule of a doctor who has an account.
pub fn employ(doctor: Doctor, rules: &Rules) -> [(Actor, Command); 4] {
    let Doctor { account, doctor: doctor_id, role: role_id } = doctor;
    let (own, by_admin) = (Actor::Account(account), Actor::Account(admin()));
    let license = license(&doctor_id.to_string());
    [
        (own, SubmitForVerification { doctor_id, license, clinics: vec![clinic()] }.into()),
        (by_admin, VerifyDoctor { doctor_id }.into()),
        (by_admin, AddRole { role_id, doctor_id, clinic_id: clinic() }.into()),
        (own, SaveSchedule { role_id, rules: rules.clone() }.into()),
    ]
}

/// Monday to Friday, 9 to 17, every quarter of an hour, confirmed by the doctor.
pub fn rules() -> Rules {
    let offering = |visit_type_id, capacity| Offering {
        visit_type_id,
        length_min: 30,
        buffer_before_min: 0,
        buffer_after_min: 0,
        capacity,
        price: Money { amount_minor: 5_000, currency: Currency::Eur },
        mode: Mode::InPerson,
    };
    Rules {
        weekly: weekly(1..=5, 9..17),
        offerings: vec![offering(visit(), 1), offering(group(), 3)],
        ..Rules::closed(zone())
    }
}

/// Opening hours on these days of the week; 1 is Monday.
pub fn weekly(days: RangeInclusive<u8>, hours: Range<u16>) -> Vec<WeeklyBlock> {
    let (start_min, end_min) = (hours.start * 60, hours.end * 60);
    days.map(|weekday| WeeklyBlock { weekday, start_min, end_min, visit_types: None }).collect()
}

pub fn license(number: &str) -> License {
    License {
        number: number.into(),
        authority: "Chamber".into(),
        country: "DE".into(),
        valid_until: civil::date(2090, 1, 1),
    }
}

pub fn clinic_details() -> ClinicDetails {
    ClinicDetails {
        name: "Clinic".into(),
        address: Address {
            street: "Street 1".into(),
            city: "Berlin".into(),
            postal_code: "10115".into(),
            country: "DE".into(),
        },
        place: Place { latitude: 52.5, longitude: 13.4 },
        zone: zone(),
        phone: "+4930123456".into(),
        currency: Currency::Eur,
        policy: Policy::default(),
    }
}

fn text(en: &str, hi: &str) -> LocalText {
    LocalText { en: en.into(), hi: hi.into() }
}
