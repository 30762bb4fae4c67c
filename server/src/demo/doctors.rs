//! Doctors with their license, standing, roles and schedules.

use jiff::{civil, tz::TimeZone};
use mediconnect_domain::{
    AccountId, Actor, DoctorId, Money, RoleId,
    accounts::open::OpenDoctorAccount,
    directory::{
        DoctorDetails, License,
        profile::UpdateDoctorDetails,
        role::AddRole,
        standing::{RejectDoctor, SubmitForVerification, SuspendDoctor, VerifyDoctor},
    },
    scheduling::{
        rules::{DayOverride, Offering, Rules, WeeklyBlock},
        schedule::SaveSchedule,
    },
    settings::Language,
};

use super::{
    events::Event,
    names,
    setup::{DemoClinic, DemoVisitType, Installation},
    world::World,
};

#[derive(Clone)]
pub struct DemoDoctor {
    pub account_id: AccountId,
    pub doctor_id: DoctorId,
    pub email: String,
    pub sign_in: Option<&'static str>,
    /// Sees patients by day and by night, so that at any hour something is going on.
    pub on_duty: bool,
    /// None while not verified.
    pub roles: Vec<DemoRole>,
}

#[derive(Clone)]
pub struct DemoRole {
    pub role_id: RoleId,
    pub clinic: DemoClinic,
    pub offerings: Vec<DemoVisitType>,
}

/// So long before the end of the demo the doctor in London who confirms by itself began to: what was asked for before that
/// still waits.
pub const CONFIRMS_SINCE_MIN: i64 = 60;

/// How far the doctors at the end of the list have come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Verified,
    Submitted,
    Rejected,
    Suspended,
    Registered,
}

pub fn open(world: &mut World, installation: &Installation, count: usize) -> Vec<DemoDoctor> {
    (0..count).map(|n| one(world, installation, n, fate(n, count))).collect()
}

fn fate(n: usize, count: usize) -> Fate {
    match count - n {
        1 => Fate::Registered,
        2 => Fate::Rejected,
        3 => Fate::Suspended,
        4..=6 => Fate::Submitted,
        _ => Fate::Verified,
    }
}

fn one(world: &mut World, installation: &Installation, n: usize, fate: Fate) -> DemoDoctor {
    let (given, family) =
        (names::GIVEN[(n * 7) % names::GIVEN.len()], names::FAMILY[(n * 11) % names::FAMILY.len()]);
    let home = installation.clinics[n % installation.clinics.len()].clone();
    let sign_in = match n {
        0 => Some(("doctor.pune", "doctor in Pune and London")),
        1 => Some(("doctor.london", "doctor in London, confirms by itself")),
        2 => Some(("doctor.newyork", "doctor in New York")),
        _ if fate == Fate::Registered => Some(("doctor.new", "doctor who just registered")),
        _ => None,
    };
    let own = format!("dr.{}.{}{n}", given.to_lowercase(), family.to_lowercase());
    let email = format!("{}@mediconnect.example", sign_in.map_or(own.as_str(), |(name, _)| name));
    let sign_in = sign_in.map(|(_, who)| who);
    let (account_id, doctor_id) = (AccountId(world.id()), DoctorId(world.id()));
    let open = OpenDoctorAccount {
        account_id,
        doctor_id,
        name: format!("Dr. {given} {family}"),
        email: email.clone(),
        language: Language::En,
        zone: home.zone.clone(),
    };
    world.must(Actor::System, open);
    describe(world, installation, n, account_id, doctor_id, format!("Dr. {given} {family}"));
    let mut doctor = DemoDoctor { account_id, doctor_id, email, sign_in, on_duty: n == 3, roles: Vec::new() };
    if fate == Fate::Registered {
        return doctor;
    }
    let clinics = match n % 5 {
        0 => vec![home.clone(), installation.clinics[(n + 1) % installation.clinics.len()].clone()],
        _ => vec![home.clone()],
    };
    submit(world, &doctor, n, fate, &clinics);
    let admin = Actor::Account(home.admin);
    match fate {
        Fate::Verified | Fate::Suspended => {
            world.must(admin, VerifyDoctor { doctor_id });
            for (place, clinic) in clinics.into_iter().enumerate() {
                let role = work(world, installation, &doctor, n, place, clinic);
                doctor.roles.push(role);
            }
        }
        Fate::Rejected => {
            let reason = "The license number could not be read. Please send it again.".to_owned();
            world.must(admin, RejectDoctor { doctor_id, reason });
        }
        Fate::Submitted | Fate::Registered => {}
    }
    if fate == Fate::Suspended {
        let reason = "The license has to be renewed.".to_owned();
        world.must(admin, SuspendDoctor { doctor_id, reason });
        doctor.roles.clear();
    }
    doctor
}

/// Those who wait for verification handed in their papers some days ago; the others before the demo begins.
fn submit(world: &mut World, doctor: &DemoDoctor, n: usize, fate: Fate, clinics: &[DemoClinic]) {
    let submit = SubmitForVerification {
        doctor_id: doctor.doctor_id,
        license: License {
            number: format!("LIC-{:05}", 10_000 + n * 37),
            authority: format!("Medical council, {}", clinics[0].city),
            country: clinics[0].country.to_owned(),
            valid_until: civil::date(2031, 6, 30),
        },
        clinics: clinics.iter().map(|clinic| clinic.id).collect(),
    };
    let actor = Actor::Account(doctor.account_id);
    if fate == Fate::Submitted {
        let days = 170 - world.between(1, 9);
        let at = mediconnect_domain::time::plus_min(world.now, days * 24 * 60 + world.between(0, 600));
        world.plan(Event::command(at, actor, submit));
    } else {
        world.must(actor, submit);
    }
}

fn describe(
    world: &mut World,
    installation: &Installation,
    n: usize,
    account: AccountId,
    doctor_id: DoctorId,
    name: String,
) {
    let mut specialties = vec![installation.specialties[n % installation.specialties.len()]];
    if n % 6 == 5 {
        specialties.push(installation.specialties[0]);
    }
    let mut languages = vec!["en".to_owned()];
    let others: &[&str] = [&["hi", "mr"][..], &["fr"], &["es"]][n % 3];
    languages.extend(others.iter().filter(|_| world.chance(70)).map(|language| (*language).to_owned()));
    let details = DoctorDetails {
        name,
        specialties,
        about: world.pick(names::ABOUT).to_owned(),
        languages,
        education: vec![names::EDUCATION[n % 3].to_owned(), names::EDUCATION[3 + n % 3].to_owned()],
        certifications: Vec::new(),
        practising_since: Some(1990 + u16::try_from(world.between(0, 30)).unwrap_or(0)),
    };
    world.must(Actor::Account(account), UpdateDoctorDetails { doctor_id, details });
}

fn work(
    world: &mut World,
    installation: &Installation,
    doctor: &DemoDoctor,
    n: usize,
    place: usize,
    clinic: DemoClinic,
) -> DemoRole {
    let role_id = RoleId(world.id());
    let add = AddRole { role_id, doctor_id: doctor.doctor_id, clinic_id: clinic.id };
    world.must(Actor::Account(clinic.admin), add);
    let mut offerings = vec![installation.visit_types[0], installation.visit_types[1]];
    if n.is_multiple_of(2) {
        offerings.push(installation.visit_types[2]);
    }
    match n % 12 {
        0 | 6 => offerings.push(installation.visit_types[3]),
        1 => offerings.push(installation.visit_types[4]),
        _ => {}
    }
    let mut rules = rules(world, n, place, &clinic, &offerings);
    if doctor.on_duty {
        rules.weekly = (1..=7).map(|day| block(day, 0, 24 * 60)).collect();
    }
    let by_doctor = Actor::Account(doctor.account_id);
    if doctor.sign_in.is_some() && rules.auto_confirm {
        let confirms = SaveSchedule { role_id, rules: rules.clone() };
        let at = mediconnect_domain::time::plus_min(world.now, 170 * 24 * 60 - CONFIRMS_SINCE_MIN);
        world.plan(Event::command(at, by_doctor, confirms));
        rules.auto_confirm = false;
    }
    world.must(by_doctor, SaveSchedule { role_id, rules });
    DemoRole { role_id, clinic, offerings }
}

fn rules(
    world: &mut World,
    n: usize,
    place: usize,
    clinic: &DemoClinic,
    offerings: &[DemoVisitType],
) -> Rules {
    let fee = clinic.fee_minor + world.between(-2, 4) * clinic.fee_minor / 10;
    let offering = |kind: &DemoVisitType| Offering {
        visit_type_id: kind.id,
        length_min: kind.length_min,
        buffer_before_min: 0,
        buffer_after_min: if n.is_multiple_of(4) && kind.length_min >= 30 { 10 } else { 0 },
        capacity: kind.capacity,
        price: Money { amount_minor: fee * i64::from(kind.length_min) / 30, currency: clinic.currency },
        mode: kind.mode,
    };
    Rules {
        weekly: week(n, place),
        overrides: vec![closed_day(world)],
        offerings: offerings.iter().map(offering).collect(),
        step_min: 15,
        minimum_notice_min: [60, 120, 240][n % 3],
        horizon_days: 60,
        daily_cap: n.is_multiple_of(7).then_some(18),
        auto_confirm: n % 3 == 1,
        cancel_notice_min: 24 * 60,
        ..Rules::closed(clinic.zone.clone())
    }
}

/// Five ordinary days at the home clinic; two half days at a second one, at hours that do not meet in UTC.
fn week(n: usize, place: usize) -> Vec<WeeklyBlock> {
    if place > 0 {
        return vec![block(6, 9 * 60, 12 * 60)];
    }
    let begin = [8 * 60, 9 * 60, 8 * 60 + 30][n % 3];
    (1..=5)
        .flat_map(|day| {
            let afternoon = (day != 3).then(|| block(day, 14 * 60, 17 * 60 + 30));
            [Some(block(day, begin, 12 * 60 + 30)), afternoon]
        })
        .flatten()
        .collect()
}

fn block(weekday: u8, start_min: u16, end_min: u16) -> WeeklyBlock {
    WeeklyBlock { weekday, start_min, end_min, visit_types: None }
}

fn closed_day(world: &mut World) -> DayOverride {
    let in_days = world.between(176, 200);
    let day = mediconnect_domain::time::plus_min(world.now, in_days * 24 * 60);
    DayOverride { date: TimeZone::UTC.to_datetime(day).date(), blocks: Vec::new() }
}
