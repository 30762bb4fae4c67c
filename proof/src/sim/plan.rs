//! What people do in a world.

use mediconnect_domain::{
    AppointmentId, Command, LeaveId, LinkId, Refusal, WaitlistId,
    appointments::{
        Appointment, CancelReason, State,
        accept::{Accept, Decline},
        attend::CheckIn,
        book::Book,
        cancel::Cancel,
        reschedule::Reschedule,
    },
    profiles::{
        Link, Patient, Permission,
        unlink::{GrantCaregiver, RevokeLink},
        update::UpdateProfile,
    },
    scheduling::{LeaveReason, leave::AddLeave, rules::LeaveTime},
    settings::{
        Language, NoticeSettings, TextSize, Theme,
        follow::{FollowDoctor, UnfollowDoctor},
        save::SaveSettings,
    },
    time::plus_min,
    waitlist::{
        WaitlistEntry, WaitlistState, Wish,
        answer::{AcceptPlace, PassPlace},
        join::{JoinWaitlist, LeaveWaitlist},
    },
};
use rand::{RngExt, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

use super::{
    Trace,
    device::{Device, Owner},
};
use crate::clinic;

/// Starts that everybody fights for: two days of one doctor's half hours.
const CONTENDED: i64 = 40;

/// Somebody does something on their device; whether it went into the outbox.
pub fn act(device: &mut Device, dice: &mut ChaCha8Rng, trace: &mut Trace) -> Result<bool, String> {
    let command = match device.owner {
        Owner::Patient(person) => patient(device, person, dice)?,
        Owner::Doctor(doctor) => self::doctor(device, doctor, dice)?,
    };
    let Some(command) = command else { return Ok(false) };
    let name = command.name();
    let number = device.number;
    Ok(match device.submit(command)? {
        Ok(id) => {
            trace.note(format!("device {number}: {name} {id}"));
            true
        }
        Err(refusal) => {
            trace.note(format!("device {number}: {name} refused at once: {}", refusal.code()));
            // What a device refuses by itself it must know for sure.
            if matches!(refusal, Refusal::SlotTaken { .. }) && matches!(device.owner, Owner::Patient(_)) {
                return Err(format!("device {number} knows of a visit that it may not know of"));
            }
            false
        }
    })
}

fn patient(
    device: &mut Device,
    person: clinic::Person,
    dice: &mut ChaCha8Rng,
) -> Result<Option<Command>, String> {
    let now = device.clock.read();
    let doctor = clinic::doctor(["dora", "dora", "emil"].choose(dice).expect("a doctor"));
    let visits = visits(device)?;
    let visit = visits.choose(dice).cloned();
    let start = clinic::nth_start(now, dice.random_range(0..CONTENDED));
    Ok(Some(match dice.random_range(0..100) {
        0..40 => book(device, person, doctor, start),
        40..52 => match visit {
            Some(visit) => Cancel { appointment_id: visit.id, reason: CancelReason::CannotCome }.into(),
            None => return Ok(None),
        },
        52..64 => match visit {
            Some(visit) => {
                let (appointment_id, expected_start) = (visit.id, visit.start);
                Reschedule { appointment_id, expected_start, role_id: None, start }.into()
            }
            None => return Ok(None),
        },
        64..72 => waitlist(device, person, doctor, dice)?,
        72..78 => SaveSettings {
            language: Language::En,
            theme: Theme::Dark,
            text_size: *[TextSize::Normal, TextSize::Large].choose(dice).expect("a size"),
            zone: clinic::zone(),
            notices: NoticeSettings::default(),
        }
        .into(),
        78..84 => FollowDoctor { doctor_id: doctor.doctor, favourite: dice.random_bool(0.5) }.into(),
        84..88 => UnfollowDoctor { doctor_id: doctor.doctor }.into(),
        88..94 => caregiver(device, person, dice)?,
        _ => match get::<Patient>(device, person.patient)? {
            Some(patient) => {
                let mut profile = patient.profile;
                profile.phone = Some(format!("+49301234{:03}", dice.random_range(0..1000)));
                UpdateProfile { patient_id: person.patient, profile }.into()
            }
            None => return Ok(None),
        },
    }))
}

fn doctor(
    device: &mut Device,
    doctor: clinic::Doctor,
    dice: &mut ChaCha8Rng,
) -> Result<Option<Command>, String> {
    let visits = visits(device)?;
    let requested: Vec<_> = visits.iter().filter(|visit| visit.state == State::Requested).collect();
    let now = device.clock.read();
    if let Some(visit) = requested.choose(dice).filter(|_| dice.random_bool(0.7)) {
        let appointment_id = visit.id;
        return Ok(Some(match dice.random_range(0..4) {
            0 => Decline { appointment_id, reason: CancelReason::DoctorAway }.into(),
            _ => Accept { appointment_id }.into(),
        }));
    }
    let visit = visits.choose(dice).cloned();
    Ok(match (dice.random_range(0..3), visit) {
        (0, Some(visit)) => Some(CheckIn { appointment_id: visit.id }.into()),
        (1, Some(visit)) => {
            Some(Cancel { appointment_id: visit.id, reason: CancelReason::DoctorAway }.into())
        }
        (2, _) => {
            let start = clinic::nth_start(now, dice.random_range(0..CONTENDED));
            let time = LeaveTime::Between { start, end: plus_min(start, 60) };
            let leave_id = LeaveId(device.id());
            let (doctor_id, zone, reason) = (doctor.doctor, clinic::zone(), LeaveReason::Block);
            Some(AddLeave { leave_id, doctor_id, role_id: None, time, zone, reason }.into())
        }
        _ => None,
    })
}

fn book(
    device: &mut Device,
    person: clinic::Person,
    doctor: clinic::Doctor,
    start: jiff::Timestamp,
) -> Command {
    Book {
        appointment_id: AppointmentId(device.id()),
        patient_id: person.patient,
        role_id: doctor.role,
        visit_type_id: clinic::visit_type(),
        start,
        hold_token: None,
    }
    .into()
}

fn waitlist(
    device: &mut Device,
    person: clinic::Person,
    doctor: clinic::Doctor,
    dice: &mut ChaCha8Rng,
) -> Result<Command, String> {
    let entries =
        device.store.read(|records| records.all::<WaitlistEntry>()).map_err(|error| error.to_string())?;
    let open: Vec<_> = entries.into_iter().filter(|entry| entry.state.is_open()).collect();
    if let Some(entry) = open.choose(dice) {
        let waitlist_id = entry.id;
        return Ok(match (entry.state, dice.random_range(0..3)) {
            (WaitlistState::Offered, 0) => PassPlace { waitlist_id }.into(),
            (WaitlistState::Offered, _) => AcceptPlace { waitlist_id }.into(),
            _ => LeaveWaitlist { waitlist_id }.into(),
        });
    }
    let today = clinic::zone().rules().to_datetime(device.clock.read()).date();
    let wish =
        Wish { from: today, until: today.saturating_add(jiff::Span::new().days(5)), parts: Vec::new() };
    let (waitlist_id, patient_id) = (WaitlistId(device.id()), person.patient);
    let (role_id, visit_type_id) = (doctor.role, clinic::visit_type());
    Ok(JoinWaitlist { waitlist_id, patient_id, role_id, visit_type_id, wish }.into())
}

/// Bob cares for Ann, and then not any more.
fn caregiver(device: &mut Device, person: clinic::Person, dice: &mut ChaCha8Rng) -> Result<Command, String> {
    let links = device.store.read(|records| records.all::<Link>()).map_err(|error| error.to_string())?;
    let mut given =
        links.iter().filter(|link| link.patient_id == person.patient && link.account_id != person.account);
    if let Some(link) = given.rfind(|link| link.revoked_at.is_none()) {
        return Ok(RevokeLink { link_id: link.id }.into());
    }
    let carer = ["bob", "cid", "ann"].choose(dice).expect("somebody");
    let permissions = vec![Permission::Read, Permission::Book];
    let (link_id, email) = (LinkId(device.id()), format!("{carer}@example.org"));
    Ok(GrantCaregiver { link_id, patient_id: person.patient, email, permissions, expires_at: None }.into())
}

fn visits(device: &Device) -> Result<Vec<Appointment>, String> {
    device.store.read(|records| records.all::<Appointment>()).map_err(|error| error.to_string())
}

fn get<T: mediconnect_domain::Stored>(
    device: &Device,
    id: impl Into<uuid::Uuid>,
) -> Result<Option<T>, String> {
    device.store.read(|records| records.get::<T>(id)).map_err(|error| error.to_string())
}
