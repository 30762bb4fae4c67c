//! Records the views' tests look at: two doctors in two cities, one patient with an account.

use jiff::Timestamp;
use mediconnect_domain::{
    AccountId, AppointmentId, AvailabilityId, ClinicId, DoctorId, LinkId, Money, PatientId, Record, RoleId,
    Row, Span, SpecialtyId, VisitTypeId, Zone,
    access::Party,
    accounts::{Account, AccountStatus, Role},
    appointments::{Appointment, Happening, Moment, Names, Origin, Place as TimePlace, State, book::Book},
    directory::{
        Clinic, ClinicDetails, DoctorDetails, DoctorProfile, LocalText, Place, Policy, PractitionerRole,
        Specialty, VisitType, VisitTypeDetails,
    },
    id::derive,
    money::Currency,
    profiles::{Address, Link, Patient, PatientStatus, Permission, Profile, Relation},
    reviews::Rating,
    scheduling::{
        AvailabilityWeek, TypeAvailability,
        rules::{Mode, Offering},
    },
    settings::Language,
};
use mediconnect_records::Key;

use crate::{
    Records, StoreError,
    store::{Durability, Signals, Store},
};

pub fn at(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}

/// Sunday, the day before most of what happens in the examples.
pub fn now() -> Timestamp {
    at("2026-03-01T12:00:00Z")
}

pub fn account_id() -> AccountId {
    AccountId(derive(&[b"account"]))
}

pub fn patient_id() -> PatientId {
    PatientId(derive(&[b"patient"]))
}

pub fn child_id() -> PatientId {
    PatientId(derive(&[b"child"]))
}

pub fn doctor_id(n: u8) -> DoctorId {
    DoctorId(derive(&[b"doctor", &[n]]))
}

pub fn clinic_id(n: u8) -> ClinicId {
    ClinicId(derive(&[b"clinic", &[n]]))
}

pub fn role_id(n: u8) -> RoleId {
    RoleId(derive(&[b"role", &[n]]))
}

pub fn visit_type_id() -> VisitTypeId {
    VisitTypeId(derive(&[b"consultation"]))
}

pub fn video_type_id() -> VisitTypeId {
    VisitTypeId(derive(&[b"video"]))
}

fn zone(n: u8) -> Zone {
    Zone::new(["Asia/Kolkata", "Europe/Berlin"][usize::from(n)]).expect("a zone")
}

fn text(en: &str, hi: &str) -> LocalText {
    LocalText { en: en.into(), hi: hi.into() }
}

fn specialty(n: u8) -> Specialty {
    let name =
        [text("Cardiology", "हृदय रोग"), text("General practice", "सामान्य चिकित्सा")][usize::from(n)].clone();
    Specialty { id: SpecialtyId(derive(&[b"specialty", &[n]])), name, active: true }
}

fn clinic(n: u8) -> Clinic {
    let (name, city, country, latitude, longitude, currency) = [
        ("Lotus Clinic", "Mumbai", "IN", 19.076, 72.8777, Currency::Inr),
        ("Linden Practice", "Berlin", "DE", 52.52, 13.405, Currency::Eur),
    ][usize::from(n)];
    let address = Address {
        street: "1 Main Street".into(),
        city: city.into(),
        postal_code: "10115".into(),
        country: country.into(),
    };
    let details = ClinicDetails {
        name: name.into(),
        address,
        place: Place { latitude, longitude },
        zone: zone(n),
        phone: "+4930123456".into(),
        currency,
        policy: Policy::default(),
    };
    Clinic { id: clinic_id(n), details, active: true }
}

fn doctor(n: u8) -> DoctorProfile {
    let (name, languages) =
        [("Dr. Asha Rao", ["en", "hi"]), ("Dr. Ben Okafor", ["en", "de"])][usize::from(n)];
    let details = DoctorDetails {
        name: name.into(),
        specialties: vec![specialty(n).id],
        about: "Takes time to listen.".into(),
        languages: languages.map(String::from).to_vec(),
        education: vec!["MD".into()],
        certifications: Vec::new(),
        practising_since: Some(2008),
    };
    DoctorProfile { id: doctor_id(n), details, listed: true, verified_at: Some(at("2025-06-01T00:00:00Z")) }
}

fn offering(visit_type_id: VisitTypeId, amount_minor: i64, currency: Currency, mode: Mode) -> Offering {
    Offering {
        visit_type_id,
        length_min: 20,
        buffer_before_min: 0,
        buffer_after_min: 5,
        capacity: 1,
        price: Money { amount_minor, currency },
        mode,
    }
}

/// The first doctor also sees patients by video.
fn role(n: u8) -> PractitionerRole {
    let offerings = match n {
        0 => vec![
            offering(visit_type_id(), 1_200_00, Currency::Inr, Mode::InPerson),
            offering(video_type_id(), 900_00, Currency::Inr, Mode::Video),
        ],
        _ => vec![offering(visit_type_id(), 60_00, Currency::Eur, Mode::InPerson)],
    };
    PractitionerRole {
        id: role_id(n),
        doctor_id: doctor_id(n),
        clinic_id: clinic_id(n),
        active: true,
        listed: true,
        zone: zone(n),
        offerings,
        auto_confirm: n == 0,
        minimum_notice_min: 0,
        cancel_notice_min: 120,
    }
}

fn visit_type(id: VisitTypeId, name: LocalText, mode: Mode) -> VisitType {
    let details = VisitTypeDetails { name, mode, default_length_min: 20, default_capacity: 1 };
    VisitType { id, details, active: true }
}

/// The public directory.
pub fn directory() -> Vec<Record> {
    let mut rows: Vec<Record> = vec![
        visit_type(visit_type_id(), text("Consultation", "परामर्श"), Mode::InPerson).into(),
        visit_type(video_type_id(), text("Video consultation", "वीडियो परामर्श"), Mode::Video).into(),
        Rating { doctor_id: doctor_id(0), by_stars: [0, 0, 1, 4, 15] }.into(),
    ];
    for n in 0..2 {
        rows.extend([Record::from(specialty(n)), clinic(n).into(), doctor(n).into(), role(n).into()]);
    }
    rows
}

/// The account with its own file and a child's, beside the directory.
pub fn family() -> Vec<Record> {
    let mut rows = directory();
    rows.push(
        Account {
            id: account_id(),
            role: Role::Patient,
            status: AccountStatus::Active,
            name: "Mina Shah".into(),
            email: "mina@example.org".into(),
            language: Language::En,
            created_at: now(),
        }
        .into(),
    );
    for (id, name, relation) in
        [(patient_id(), "Mina Shah", Relation::Oneself), (child_id(), "Arun Shah", Relation::Guardian)]
    {
        rows.push(patient(id, name).into());
        rows.push(link(id, name, relation, &Permission::ALL).into());
    }
    rows
}

pub fn patient(id: PatientId, name: &str) -> Patient {
    Patient {
        id,
        profile: Profile::named(name, Language::En, zone(1)),
        status: PatientStatus::Active,
        clinics: Vec::new(),
        merged_into: None,
        registered_at: now(),
    }
}

pub fn link(patient_id: PatientId, name: &str, relation: Relation, permissions: &[Permission]) -> Link {
    Link {
        id: LinkId::derive(&[patient_id.0.as_bytes()]),
        account_id: account_id(),
        patient_id,
        relation,
        permissions: permissions.to_vec(),
        expires_at: None,
        revoked_at: None,
        granted_by: account_id(),
        granted_at: now(),
        account_name: "Mina Shah".into(),
        patient_name: name.into(),
    }
}

/// A visit of twenty minutes with the first doctor.
pub fn visit(n: u8, patient_id: PatientId, start: &str, state: State) -> Appointment {
    let start = at(start);
    let id = AppointmentId(derive(&[b"visit", &[n]]));
    let span = Span::of(start, 20);
    Appointment {
        id,
        patient_id,
        doctor_id: doctor_id(0),
        role_id: role_id(0),
        clinic_id: clinic_id(0),
        visit_type_id: visit_type_id(),
        state,
        start,
        end: span.end,
        zone: zone(0),
        place: TimePlace { span, session: id.0, seat: 0, capacity: 1 },
        mode: Mode::InPerson,
        price: Money { amount_minor: 1_200_00, currency: Currency::Inr },
        names: Names {
            doctor: "Dr. Asha Rao".into(),
            clinic: "Lotus Clinic".into(),
            visit_type: text("Consultation", "परामर्श"),
        },
        origin: Origin::Patient,
        hold: None,
        series_id: None,
        cancellation: None,
        cancel_notice_min: 24 * 60,
        answer_by: start,
        no_show_at: span.end,
        created_by: Some(account_id()),
        history: vec![Moment { at: now(), by: Party::Patient, what: Happening::Became { state } }],
        staff_notes: Vec::new(),
    }
}

/// A week of the first doctor's times; see [`mediconnect_domain::scheduling::engine::week_bitmap`].
pub fn availability(week_start: &str, bitmap: &str, as_of: &str) -> AvailabilityWeek {
    AvailabilityWeek {
        id: AvailabilityId(derive(&[b"week", week_start.as_bytes()])),
        role_id: role_id(0),
        doctor_id: doctor_id(0),
        week_start: at(week_start),
        types: vec![TypeAvailability { visit_type_id: visit_type_id(), bitmap: bitmap.into() }],
        as_of: at(as_of),
    }
}

/// What a view makes of these records, read from a real store.
pub fn read<R>(rows: &[Record], view: impl FnOnce(&Records) -> Result<R, StoreError>) -> R {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, key) = (folder.path().join("store.db"), Key::new([7; 32]));
    let store =
        Store::open(&path, key, account_id(), Signals::default(), Durability::ProcessEnd).expect("a store");
    store
        .write(|connection, _| {
            for record in rows {
                let row = Row::of(record.clone(), 1);
                mediconnect_records::put(connection, &row)?;
            }
            Ok(())
        })
        .expect("the records are stored");
    store.read(view).expect("the view is made")
}

/// A booking for the child, in the morning of the Monday.
pub fn book() -> Book {
    Book {
        appointment_id: AppointmentId(derive(&[b"booking"])),
        patient_id: child_id(),
        role_id: role_id(0),
        visit_type_id: visit_type_id(),
        start: at("2026-03-02T08:00:00Z"),
        hold_token: None,
    }
}
