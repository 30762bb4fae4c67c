//! Half a year of bookings, and a full day today.

use jiff::{Timestamp, civil::Weekday};
use mediconnect_domain::{
    AccountId, Actor, AppointmentId,
    appointments::{
        attend::{CheckIn, Start},
        book::Book,
        hold::HoldTime,
    },
    time::plus_min,
};

use super::{
    doctors::{CONFIRMS_SINCE_MIN, DemoDoctor, DemoRole},
    events::{Event, What},
    people::DemoPatient,
    world::World,
};

/// Plans `count` bookings. Starts lie from the begin of the demo to four weeks after its end.
pub fn plan(
    world: &mut World,
    doctors: &[DemoDoctor],
    patients: &[DemoPatient],
    count: usize,
    end: Timestamp,
) {
    let roles = roles(doctors);
    let by_clinic = |patient: &DemoPatient| -> Vec<_> {
        roles.iter().filter(|(_, role)| role.clinic.id == patient.clinic.id).cloned().collect()
    };
    let span_days = end.duration_since(world.now).as_hours() / 24 + 28;
    for n in 0..count {
        // Those who sign in have a history worth looking at.
        let patient =
            if n.is_multiple_of(40) { patients[(n / 40) % 4].clone() } else { world.pick(patients) };
        let here = by_clinic(&patient);
        let Some((account, role)) = (!here.is_empty()).then(|| world.pick(&here)) else { continue };
        let in_days = world.between(2, span_days);
        let start = start(world, &role, plus_min(world.now, in_days * 24 * 60));
        let lead = world.between(3 * 60, 20 * 24 * 60).min(start.duration_since(world.now).as_mins() - 60);
        let at = plus_min(start, -lead);
        if at < end {
            book(world, at, account, &role, &patient, start);
        }
    }
}

/// Bookings for today with the doctors who sign in, so that their day is full.
pub fn plan_today(world: &mut World, doctors: &[DemoDoctor], patients: &[DemoPatient], end: Timestamp) {
    let shown = doctors.iter().filter(|doctor| doctor.sign_in.is_some() && !doctor.roles.is_empty());
    let shown: Vec<_> = shown.map(|doctor| (doctor.account_id, doctor.roles[0].clone())).collect();
    for (account, role) in shown {
        let here: Vec<_> =
            patients.iter().filter(|patient| patient.clinic.id == role.clinic.id).cloned().collect();
        for day in -2..8 {
            for _ in 0..9 {
                let start = start(world, &role, plus_min(end, day * 24 * 60));
                let patient = world.pick(&here);
                let at = plus_min(start.min(end), -world.between(24 * 60, 9 * 24 * 60));
                book(world, at, account, &role, &patient, start);
            }
        }
    }
}

/// Bookings of the last hours that nobody has answered yet, most of them with the doctors who sign in.
pub fn plan_asked(world: &mut World, doctors: &[DemoDoctor], patients: &[DemoPatient], end: Timestamp) {
    for doctor in doctors {
        let count = if doctor.sign_in.is_some() { 5 } else { 2 };
        for role in &doctor.roles {
            let booked_by = |patient: &&DemoPatient| patient.account.is_some();
            let here: Vec<_> = of_clinic(patients, role).into_iter().filter(booked_by).cloned().collect();
            for _ in 0..count {
                let day = plus_min(end, world.between(2, 12) * 24 * 60);
                let start = start(world, role, day);
                let patient = world.pick(&here);
                let at = plus_min(end, -world.between(CONFIRMS_SINCE_MIN + 1, 6 * 60));
                let Some(account) = patient.account else { continue };
                let book = Box::new(booking(world, role, &patient, start));
                world.plan(Event::new(at, What::Ask { actor: Actor::Account(account), book }));
            }
        }
    }
}

/// What is going on at the very end with the doctor who is always on duty: one patient is with the doctor, one waits, and one
/// time is being held.
pub fn plan_now(world: &mut World, doctors: &[DemoDoctor], patients: &[DemoPatient], end: Timestamp) {
    let Some(doctor) = doctors.iter().find(|doctor| doctor.on_duty) else { return };
    let (by_doctor, role) = (Actor::Account(doctor.account_id), &doctor.roles[0]);
    let desk = Actor::Account(role.clinic.admin);
    let here: Vec<_> = of_clinic(patients, role).into_iter().cloned().collect();
    for (start_min, check_in_min, start_visit_min) in [(-15, -20, Some(-14)), (15, -5, None)] {
        let patient = world.pick(&here);
        let book = Box::new(booking(world, role, &patient, plus_min(end, start_min)));
        let appointment_id = book.appointment_id;
        world.plan(Event::new(plus_min(end, -180), What::Ask { actor: desk, book }));
        world.plan(Event::command(plus_min(end, check_in_min), by_doctor, CheckIn { appointment_id }));
        if let Some(min) = start_visit_min {
            world.plan(Event::command(plus_min(end, min), by_doctor, Start { appointment_id }));
        }
    }
    let Book { appointment_id, patient_id, role_id, visit_type_id, start, .. } =
        booking(world, role, &here[0], plus_min(end, 120));
    let token = world.id().to_string();
    let hold = HoldTime { appointment_id, patient_id, role_id, visit_type_id, start, token };
    world.plan(Event::command(plus_min(end, -1), desk, hold));
}

fn of_clinic<'a>(patients: &'a [DemoPatient], role: &DemoRole) -> Vec<&'a DemoPatient> {
    patients.iter().filter(|patient| patient.clinic.id == role.clinic.id).collect()
}

fn roles(doctors: &[DemoDoctor]) -> Vec<(AccountId, DemoRole)> {
    doctors
        .iter()
        .flat_map(|doctor| doctor.roles.iter().map(|role| (doctor.account_id, role.clone())))
        .collect()
}

fn book(
    world: &mut World,
    at: Timestamp,
    doctor: AccountId,
    role: &DemoRole,
    patient: &DemoPatient,
    start: Timestamp,
) {
    let book = Box::new(booking(world, role, patient, start));
    let actor = Actor::Account(patient.account.unwrap_or(role.clinic.admin));
    world.plan(Event::new(at, What::Book { actor, book, doctor }));
}

fn booking(world: &mut World, role: &DemoRole, patient: &DemoPatient, start: Timestamp) -> Book {
    Book {
        appointment_id: AppointmentId(world.id()),
        patient_id: patient.patient_id,
        role_id: role.role_id,
        visit_type_id: world.pick(&role.offerings).id,
        start,
        hold_token: None,
    }
}

/// A start on the grid of ordinary hours on the working day at or after `day`.
fn start(world: &mut World, role: &DemoRole, day: Timestamp) -> Timestamp {
    let zone = role.clinic.zone.rules();
    let mut date = zone.to_datetime(day).date();
    while matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
        // Not all of a weekend's wishes fall on Monday.
        date = date.saturating_add(jiff::Span::new().days(world.between(2, 5)));
    }
    let hour = world.pick(&[9, 9, 10, 10, 11, 11, 14, 15, 15, 16]);
    let minute = world.pick(&[0, 0, 15, 30, 30, 45]);
    let at = date.at(hour, minute, 0, 0).to_zoned(zone);
    at.map_or(day, |at| at.timestamp())
}
