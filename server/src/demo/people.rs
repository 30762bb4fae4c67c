//! Patients, children they care for, and their requests.

use jiff::{Timestamp, civil, tz::TimeZone};
use mediconnect_domain::{
    AccountId, Actor, AppointmentId, ConsultationId, LinkId, PatientId,
    accounts::open::OpenPatientAccount,
    consultations::{
        About, ConsultationWish, DeclineReason, PreferredDay, Urgency, answer::WithdrawConsultation,
        assign::AssignConsultation, decline::DeclineConsultation, offer::OfferConsultation,
        open::OpenConsultation,
    },
    profiles::{
        Address, EmergencyContact, Profile, Sex, dependants::AddDependant, front_desk::RegisterPatient,
        update::UpdateProfile,
    },
    scheduling::rules::Mode,
    settings::{Language, follow::FollowDoctor},
    time::plus_min,
};

use super::{
    doctors::DemoDoctor,
    events::{Event, What},
    names,
    setup::{DemoClinic, Installation},
    world::World,
};

#[derive(Clone)]
pub struct DemoPatient {
    pub patient_id: PatientId,
    /// Who books: the patient's own account, a guardian's, or nobody (the front desk does).
    pub account: Option<AccountId>,
    pub email: String,
    pub clinic: DemoClinic,
    pub sign_in: Option<&'static str>,
}

pub fn open(world: &mut World, installation: &Installation, count: usize) -> Vec<DemoPatient> {
    let mut patients: Vec<DemoPatient> = Vec::with_capacity(count);
    while patients.len() < count {
        let n = patients.len();
        let clinic = installation.clinics[n % installation.clinics.len()].clone();
        let kind = if n < 12 { 0 } else { world.between(0, 9) };
        let patient = match kind {
            0..6 => with_account(world, n, clinic),
            6 | 7 => {
                let guardian = patients[world.between(0, 11) as usize % n.max(1)].clone();
                child(world, n, &guardian).unwrap_or_else(|| registered(world, n, clinic))
            }
            _ => registered(world, n, clinic),
        };
        patients.push(patient);
    }
    patients
}

fn with_account(world: &mut World, n: usize, clinic: DemoClinic) -> DemoPatient {
    let (account_id, patient_id) = (AccountId(world.id()), PatientId(world.id()));
    let name = name(world);
    let sign_in = match n {
        0 => Some(("patient.pune", "patient in Pune, with family")),
        1 => Some(("patient.london", "patient in London")),
        2 => Some(("patient.newyork", "patient in New York")),
        3 => Some(("patient.hindi", "patient in Pune, in Hindi")),
        _ => None,
    };
    let own = format!("{}.{n}", name.to_lowercase().replace(' ', "."));
    let email = format!("{}@mediconnect.example", sign_in.map_or(own.as_str(), |(name, _)| name));
    let sign_in = sign_in.map(|(_, who)| who);
    let language = if clinic.country == "IN" && n % 4 == 3 { Language::Hi } else { Language::En };
    let open = OpenPatientAccount {
        account_id,
        patient_id,
        link_id: LinkId(world.id()),
        name: name.clone(),
        email: email.clone(),
        language,
        zone: clinic.zone.clone(),
    };
    world.must(Actor::System, open);
    let profile =
        Profile { language, email: Some(email.clone()), ..profile(world, n, &name, &clinic, 18, 88) };
    world.must(Actor::Account(account_id), UpdateProfile { patient_id, profile });
    DemoPatient { patient_id, account: Some(account_id), email, clinic, sign_in }
}

fn child(world: &mut World, n: usize, guardian: &DemoPatient) -> Option<DemoPatient> {
    let (patient_id, link_id) = (PatientId(world.id()), LinkId(world.id()));
    let name = name(world);
    let profile = Profile { phone: None, ..profile(world, n, &name, &guardian.clinic, 0, 16) };
    let add = AddDependant { patient_id, link_id, profile };
    // A guardian with as many children as one account may have: someone else's child then.
    world.submit(Actor::Account(guardian.account?), add).ok()?;
    Some(DemoPatient { patient_id, sign_in: None, ..guardian.clone() })
}

fn registered(world: &mut World, n: usize, clinic: DemoClinic) -> DemoPatient {
    let patient_id = PatientId(world.id());
    let name = name(world);
    let profile = profile(world, n, &name, &clinic, 18, 92);
    let register = RegisterPatient { patient_id, clinic_id: clinic.id, profile };
    world.must(Actor::Account(clinic.admin), register);
    DemoPatient { patient_id, account: None, email: String::new(), clinic, sign_in: None }
}

fn name(world: &mut World) -> String {
    format!("{} {}", world.pick(names::GIVEN), world.pick(names::FAMILY))
}

fn profile(
    world: &mut World,
    n: usize,
    name: &str,
    clinic: &DemoClinic,
    youngest: i64,
    oldest: i64,
) -> Profile {
    let year = TimeZone::UTC.to_datetime(world.now).year();
    let age = i16::try_from(world.between(youngest + 1, oldest)).unwrap_or(40);
    let (month, day) = (world.between(1, 12) as i8, world.between(1, 28) as i8);
    let code = match clinic.country {
        "IN" => "+91205550",
        "GB" => "+44207946",
        _ => "+1212555",
    };
    Profile {
        birth_date: Some(civil::date(year - age, month, day)),
        sex: Some(if world.chance(50) { Sex::Female } else { Sex::Male }),
        phone: Some(format!("{code}{:04}", 200 + n)),
        address: Some(Address {
            street: format!("{} {}", world.between(1, 180), world.pick(names::STREETS)),
            city: clinic.city.to_owned(),
            postal_code: String::new(),
            country: clinic.country.to_owned(),
        }),
        emergency_contact: world.chance(40).then(|| EmergencyContact {
            name: format!(
                "{} {}",
                names::GIVEN[(n * 3) % names::GIVEN.len()],
                names::FAMILY[n % names::FAMILY.len()]
            ),
            relation: "family".to_owned(),
            phone: format!("{code}{:04}", 5_000 + n),
        }),
        ..Profile::named(name, Language::En, clinic.zone.clone())
    }
}

/// Requests of the last six weeks in every state, and the doctors that those who sign in keep at hand.
pub fn plan_requests(
    world: &mut World,
    installation: &Installation,
    doctors: &[DemoDoctor],
    patients: &[DemoPatient],
    count: usize,
    end: Timestamp,
) {
    let askers: Vec<_> = patients.iter().filter(|patient| patient.account.is_some()).cloned().collect();
    for n in 0..count {
        let asker = if n < 8 { askers[n % 4].clone() } else { world.pick(&askers) };
        request(world, installation, doctors, &asker, n, end);
    }
    let listed: Vec<_> = doctors.iter().filter(|doctor| !doctor.roles.is_empty()).collect();
    for (n, patient) in patients.iter().filter(|patient| patient.sign_in.is_some()).enumerate() {
        for (nth, doctor) in listed.iter().skip(n).step_by(9).take(4).enumerate() {
            let follow = FollowDoctor { doctor_id: doctor.doctor_id, favourite: nth < 2 };
            let actor = Actor::Account(patient.account.expect("who signs in has an account"));
            world.plan(Event::command(plus_min(end, -600), actor, follow));
        }
    }
}

fn request(
    world: &mut World,
    installation: &Installation,
    doctors: &[DemoDoctor],
    asker: &DemoPatient,
    n: usize,
    end: Timestamp,
) {
    let at = plus_min(end, -world.between(30, if n < 14 { 2 * 24 * 60 } else { 42 * 24 * 60 }));
    let account = asker.account.expect("askers have accounts");
    let actor = Actor::Account(account);
    let consultation_id = ConsultationId(world.id());
    let day = |in_days: i64| PreferredDay {
        date: asker.clinic.zone.rules().to_datetime(plus_min(at, in_days * 24 * 60)).date(),
        part: None,
    };
    let wish = ConsultationWish {
        about: world.pick(&[About::NewProblem, About::FollowUp, About::TestResults, About::Certificate]),
        urgency: world.pick(&[Urgency::Routine, Urgency::Routine, Urgency::Soon, Urgency::Urgent]),
        mode: world.pick(&[Mode::InPerson, Mode::Video]),
        specialty_id: Some(world.pick(&installation.specialties)),
        doctor_id: None,
        days: vec![day(1), day(2), day(4)],
    };
    let (patient_id, clinic_id) = (asker.patient_id, asker.clinic.id);
    world.plan(Event::command(at, actor, OpenConsultation { consultation_id, patient_id, clinic_id, wish }));
    let desk = Actor::Account(asker.clinic.admin);
    let here = doctors.iter().filter_map(|doctor| {
        let role = doctor.roles.iter().find(|role| role.clinic.id == clinic_id)?;
        Some((doctor.doctor_id, role.role_id, role.offerings[0].id))
    });
    let here: Vec<_> = here.collect();
    let (doctor_id, role_id, visit_type_id) = if n.is_multiple_of(3) { here[0] } else { world.pick(&here) };
    let (triage, mut reply) = (plus_min(at, world.between(5, 60)), plus_min(at, world.between(61, 240)));
    if n % 7 == 4 && n < 14 {
        // Of some the offer still waits for its answer.
        reply = reply.max(plus_min(end, -60));
    }
    match n % 7 {
        0 => {}
        1 => {
            let decline = DeclineConsultation { consultation_id, reason: DeclineReason::NoCapacity };
            world.plan(Event::command(triage, desk, decline));
        }
        2 => {
            let later = plus_min(at, world.between(5, 240));
            world.plan(Event::command(later, actor, WithdrawConsultation { consultation_id }));
        }
        kind => {
            world.plan(Event::command(triage, desk, AssignConsultation { consultation_id, doctor_id }));
            if kind == 3 {
                return;
            }
            let appointment_id = AppointmentId(world.id());
            let start = next_morning(reply, &asker.clinic, world.between(2, 9));
            let offer = OfferConsultation { consultation_id, appointment_id, role_id, visit_type_id, start };
            world.plan(Event::new(reply, What::Offer { actor: desk, offer: Box::new(offer) }));
            if kind > 4 {
                let at = plus_min(reply, world.between(5, 110));
                world.plan(Event::new(at, What::AnswerOffer { account, consultation_id }));
            }
        }
    }
}

/// Ten o'clock at the clinic, some working days later.
pub fn next_morning(from: Timestamp, clinic: &DemoClinic, days: i64) -> Timestamp {
    let zone = clinic.zone.rules();
    let mut date = zone.to_datetime(plus_min(from, days * 24 * 60)).date();
    while matches!(date.weekday(), civil::Weekday::Saturday | civil::Weekday::Sunday) {
        date = date.tomorrow().expect("the demo ends before the calendar does");
    }
    let ten = date.at(10, 0, 0, 0).to_zoned(zone);
    ten.map_or(from, |ten| ten.timestamp())
}
