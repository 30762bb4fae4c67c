//! A small clinic on a real server's store: what simulations, races and benchmarks start from.

use jiff::Timestamp;
use mediconnect_domain::{
    AccountId, Actor, ClinicId, Command, CommandId, DoctorId, LinkId, Money, PatientId, RoleId, VisitTypeId,
    Zone,
    accounts::{
        Role,
        open::{OpenDoctorAccount, OpenPatientAccount},
        staff::AddStaff,
    },
    directory::{
        ClinicDetails, License, LocalText, Place, Policy, VisitTypeDetails,
        role::AddRole,
        set_up::{SaveClinic, SaveVisitType},
        standing::{SubmitForVerification, VerifyDoctor},
    },
    id,
    money::Currency,
    profiles::Address,
    scheduling::{
        rules::{Mode, Offering, Rules, WeeklyBlock},
        schedule::SaveSchedule,
    },
    settings::Language,
};
use uuid::Uuid;

/// The id of this name in every clinic made here.
pub fn named(name: &str) -> Uuid {
    id::derive(&[b"proof", name.as_bytes()])
}

pub fn zone() -> Zone {
    Zone::new("Europe/Berlin").expect("a zone of the database")
}

#[derive(Clone, Copy, Debug)]
pub struct Person {
    pub account: AccountId,
    pub patient: PatientId,
}

#[derive(Clone, Copy, Debug)]
pub struct Doctor {
    pub account: AccountId,
    pub doctor: DoctorId,
    pub role: RoleId,
}

pub fn person(name: &str) -> Person {
    Person { account: AccountId(named(&format!("{name}'s account"))), patient: PatientId(named(name)) }
}

pub fn doctor(name: &str) -> Doctor {
    Doctor {
        account: AccountId(named(&format!("{name}'s account"))),
        doctor: DoctorId(named(name)),
        role: RoleId(named(&format!("{name}'s role"))),
    }
}

pub fn visit_type() -> VisitTypeId {
    VisitTypeId(named("visit"))
}

pub fn clinic_id() -> ClinicId {
    ClinicId(named("clinic"))
}

pub fn admin() -> AccountId {
    AccountId(named("admin"))
}

/// The commands that set up the clinic with these doctors and patients, each with who submits it.
pub fn commands(doctors: &[&str], patients: &[&str]) -> Vec<(Actor, Command)> {
    let by_admin = Actor::Account(admin());
    let text = || LocalText { en: "Visit".into(), hi: "परामर्श".into() };
    let details =
        VisitTypeDetails { name: text(), mode: Mode::InPerson, default_length_min: 30, default_capacity: 1 };
    let staff = AddStaff {
        account_id: admin(),
        name: "Admin".into(),
        email: "admin@example.org".into(),
        role: Role::SuperAdmin,
        language: Language::En,
    };
    let mut commands: Vec<(Actor, Command)> = vec![
        (Actor::System, staff.into()),
        (by_admin, SaveClinic { clinic_id: clinic_id(), details: clinic_details(), active: true }.into()),
        (by_admin, SaveVisitType { visit_type_id: visit_type(), details, active: true }.into()),
    ];
    commands.extend(doctors.iter().flat_map(|name| doctor_commands(name)));
    commands.extend(patients.iter().map(|name| (Actor::System, open_patient(name).into())));
    commands
}

pub fn open_patient(name: &str) -> OpenPatientAccount {
    OpenPatientAccount {
        account_id: person(name).account,
        patient_id: person(name).patient,
        link_id: LinkId(named(&format!("{name}'s link"))),
        name: name.into(),
        email: format!("{name}@example.org"),
        language: Language::En,
        zone: zone(),
    }
}

fn doctor_commands(name: &str) -> Vec<(Actor, Command)> {
    let Doctor { account, doctor, role } = doctor(name);
    let open = OpenDoctorAccount {
        account_id: account,
        doctor_id: doctor,
        name: format!("Dr {name}"),
        email: format!("{name}@example.org"),
        language: Language::En,
        zone: zone(),
    };
    let license = License {
        number: name.into(),
        authority: "Chamber".into(),
        country: "DE".into(),
        valid_until: jiff::civil::date(2090, 1, 1),
    };
    let (by_admin, own) = (Actor::Account(admin()), Actor::Account(account));
    vec![
        (Actor::System, open.into()),
        (own, SubmitForVerification { doctor_id: doctor, license, clinics: vec![clinic_id()] }.into()),
        (by_admin, VerifyDoctor { doctor_id: doctor }.into()),
        (by_admin, AddRole { role_id: role, doctor_id: doctor, clinic_id: clinic_id() }.into()),
        (own, SaveSchedule { role_id: role, rules: rules() }.into()),
    ]
}

/// Every day from 8 to 18, on the half hour.
pub fn rules() -> Rules {
    let block = |weekday| WeeklyBlock { weekday, start_min: 8 * 60, end_min: 18 * 60, visit_types: None };
    Rules {
        weekly: (1..=7).map(block).collect(),
        offerings: vec![Offering {
            visit_type_id: visit_type(),
            length_min: 30,
            buffer_before_min: 0,
            buffer_after_min: 0,
            capacity: 1,
            price: Money { amount_minor: 5_000, currency: Currency::Eur },
            mode: Mode::InPerson,
        }],
        step_min: 30,
        minimum_notice_min: 0,
        horizon_days: 365,
        ..Rules::closed(zone())
    }
}

fn clinic_details() -> ClinicDetails {
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

/// The id of the `n`th command of a setting up.
pub fn command_id(n: usize) -> CommandId {
    CommandId(named(&format!("set-up {n}")))
}

/// The `n`th half hour of doctors' time from tomorrow on: twenty a day.
pub fn nth_start(now: Timestamp, n: i64) -> Timestamp {
    let zone = zone().rules();
    let days = jiff::Span::new().days(1 + n / 20);
    let date = zone.to_datetime(now).date().saturating_add(days);
    let (hour, minute) = ((8 + (n % 20) / 2) as i8, ((n % 2) * 30) as i8);
    date.at(hour, minute, 0, 0).to_zoned(zone).map_or(now, |at| at.timestamp())
}
