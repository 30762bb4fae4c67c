//! Clinics, specialties, visit types and staff.

use mediconnect_domain::{
    AccountId, Actor, ClinicId, SpecialtyId, VisitTypeId, Zone,
    accounts::{Role, staff::AddStaff},
    directory::{
        ClinicDetails, LocalText, Place, Policy, VisitTypeDetails,
        set_up::{SaveClinic, SaveSpecialty, SaveVisitType},
    },
    money::Currency,
    profiles::Address,
    scheduling::rules::Mode,
    settings::Language,
};

use super::world::World;

pub struct Installation {
    pub staff: Vec<Staff>,
    pub clinics: Vec<DemoClinic>,
    pub specialties: Vec<SpecialtyId>,
    pub visit_types: Vec<DemoVisitType>,
}

pub struct Staff {
    pub account_id: AccountId,
    pub email: String,
    pub who: String,
}

#[derive(Clone)]
pub struct DemoClinic {
    pub id: ClinicId,
    pub zone: Zone,
    pub currency: Currency,
    pub country: &'static str,
    pub city: &'static str,
    /// An ordinary fee there, in minor units.
    pub fee_minor: i64,
    /// The admin who runs it.
    pub admin: AccountId,
}

#[derive(Clone, Copy)]
pub struct DemoVisitType {
    pub id: VisitTypeId,
    pub mode: Mode,
    pub length_min: u16,
    pub capacity: u16,
}

const SPECIALTIES: [(&str, &str); 12] = [
    ("General practice", "सामान्य चिकित्सा"),
    ("Paediatrics", "बाल रोग"),
    ("Gynaecology", "स्त्री रोग"),
    ("Cardiology", "हृदय रोग"),
    ("Dermatology", "त्वचा रोग"),
    ("Orthopaedics", "अस्थि रोग"),
    ("Neurology", "तंत्रिका रोग"),
    ("Psychiatry", "मनोरोग"),
    ("Ophthalmology", "नेत्र रोग"),
    ("Ear, nose and throat", "कान, नाक और गला"),
    ("Endocrinology", "हार्मोन रोग"),
    ("Gastroenterology", "पेट के रोग"),
];

const VISIT_TYPES: [(&str, &str, Mode, u16, u16); 5] = [
    ("First consultation", "पहला परामर्श", Mode::InPerson, 30, 1),
    ("Follow-up", "अनुवर्ती परामर्श", Mode::InPerson, 15, 1),
    ("Video consultation", "वीडियो परामर्श", Mode::Video, 20, 1),
    ("Check-up", "जाँच", Mode::InPerson, 45, 1),
    ("Vaccination", "टीकाकरण", Mode::InPerson, 15, 4),
];

struct ClinicForm {
    name: &'static str,
    street: &'static str,
    city: &'static str,
    postal_code: &'static str,
    country: &'static str,
    at: (f64, f64),
    zone: &'static str,
    phone: &'static str,
    currency: Currency,
    fee_minor: i64,
}

/// The phone numbers lie in ranges that are kept free for stories.
const CLINICS: [ClinicForm; 3] = [
    ClinicForm {
        name: "Banyan Health, Pune",
        street: "12 Lake Street",
        city: "Pune",
        postal_code: "411001",
        country: "IN",
        at: (18.52, 73.86),
        zone: "Asia/Kolkata",
        phone: "+912055500100",
        currency: Currency::Inr,
        fee_minor: 80_000,
    },
    ClinicForm {
        name: "Harbour Clinic, London",
        street: "4 Mill Lane",
        city: "London",
        postal_code: "SE1 9ZZ",
        country: "GB",
        at: (51.5, -0.09),
        zone: "Europe/London",
        phone: "+442079460100",
        currency: Currency::Gbp,
        fee_minor: 7_500,
    },
    ClinicForm {
        name: "Hudson Family Practice, New York",
        street: "210 Garden Walk",
        city: "New York",
        postal_code: "10013",
        country: "US",
        at: (40.72, -74.0),
        zone: "America/New_York",
        phone: "+12125550100",
        currency: Currency::Usd,
        fee_minor: 12_000,
    },
];

pub fn build(world: &mut World) -> Installation {
    let root = add_staff(world, "Noor Haddad", "super@mediconnect.example", Role::SuperAdmin, "super admin");
    let by_root = Actor::Account(root.account_id);
    let mut staff = vec![root];
    let mut clinics = Vec::new();
    for (n, form) in CLINICS.iter().enumerate() {
        let id = ClinicId(world.id());
        world.must(by_root, SaveClinic { clinic_id: id, details: details(form), active: true });
        let (name, email) = [
            ("Meera Kulkarni", "desk.pune@mediconnect.example"),
            ("Oliver Marsh", "desk.london@mediconnect.example"),
            ("Rosa Lopez", "desk.newyork@mediconnect.example"),
        ][n];
        let role = Role::ClinicAdmin { clinics: vec![id] };
        let admin = add_staff(world, name, email, role, &format!("clinic admin, {}", form.city));
        clinics.push(DemoClinic {
            id,
            zone: Zone::new(form.zone).expect("a zone of the database"),
            currency: form.currency,
            country: form.country,
            city: form.city,
            fee_minor: form.fee_minor,
            admin: admin.account_id,
        });
        staff.push(admin);
    }
    staff.push(add_staff(
        world,
        "Sam Okafor",
        "support@mediconnect.example",
        Role::SupportAdmin,
        "support admin",
    ));
    let specialties = SPECIALTIES.map(|(en, hi)| specialty(world, by_root, en, hi)).into();
    let visit_types = VISIT_TYPES.map(|form| visit_type(world, by_root, form)).into();
    Installation { staff, clinics, specialties, visit_types }
}

fn add_staff(world: &mut World, name: &str, email: &str, role: Role, who: &str) -> Staff {
    let account_id = AccountId(world.id());
    let (name, language) = (name.to_owned(), Language::En);
    world.must(Actor::System, AddStaff { account_id, name, email: email.to_owned(), role, language });
    Staff { account_id, email: email.to_owned(), who: who.to_owned() }
}

fn details(form: &ClinicForm) -> ClinicDetails {
    ClinicDetails {
        name: form.name.to_owned(),
        address: Address {
            street: form.street.to_owned(),
            city: form.city.to_owned(),
            postal_code: form.postal_code.to_owned(),
            country: form.country.to_owned(),
        },
        place: Place { latitude: form.at.0, longitude: form.at.1 },
        zone: Zone::new(form.zone).expect("a zone of the database"),
        phone: form.phone.to_owned(),
        currency: form.currency,
        policy: Policy::default(),
    }
}

fn text(en: &str, hi: &str) -> LocalText {
    LocalText { en: en.to_owned(), hi: hi.to_owned() }
}

fn specialty(world: &mut World, by: Actor, en: &str, hi: &str) -> SpecialtyId {
    let specialty_id = SpecialtyId(world.id());
    world.must(by, SaveSpecialty { specialty_id, name: text(en, hi), active: true });
    specialty_id
}

fn visit_type(
    world: &mut World,
    by: Actor,
    (en, hi, mode, length_min, capacity): (&str, &str, Mode, u16, u16),
) -> DemoVisitType {
    let id = VisitTypeId(world.id());
    let (default_length_min, default_capacity) = (length_min, capacity);
    let details = VisitTypeDetails { name: text(en, hi), mode, default_length_min, default_capacity };
    world.must(by, SaveVisitType { visit_type_id: id, details, active: true });
    DemoVisitType { id, mode, length_min, capacity }
}
