//! Offering time that came free to those who wait (part of the refresh on the server).

use jiff::Timestamp;

use super::{WaitlistEntry, WaitlistState};
use crate::{
    AppointmentId, Change, Context, DoctorId, Facts, Halt, Need, Span,
    access::Party,
    appointments::{
        Appointment, Hold, Origin, State,
        placing::{self, Time, Wanted},
    },
    directory::{Clinic, PractitionerRole},
    record::Index,
    scheduling::{
        Schedule,
        engine::{self, Agenda},
    },
    time::plus_min,
};

/// How far ahead free times are looked for.
const LOOK_AHEAD_DAYS: i64 = 60;

/// An offer that would end sooner than this is not made: nobody could answer it.
const SHORTEST_OFFER_MIN: i64 = 10;

/// Offers free times to those who wait, the longest waiting first. What is offered is added to `time`.
pub fn offers(
    facts: &Facts,
    cx: &Context,
    doctor: DoctorId,
    open: &[(&PractitionerRole, Schedule)],
    time: &mut Time,
) -> Result<Vec<Change>, Halt> {
    let waiting = facts.list::<WaitlistEntry>(Need::all(Index::WaitlistOfDoctor, doctor))?;
    let mut changes = Vec::new();
    for entry in waiting.into_iter().filter(|entry| entry.state == WaitlistState::Waiting) {
        let Some((role, schedule)) = open.iter().find(|(role, _)| role.id == entry.role_id) else { continue };
        for start in starts(&entry, role, schedule, time, cx) {
            if let Some((visit, offer)) = offered(facts, cx, &entry, start)? {
                time.busy.push(placing::busy(&visit));
                changes.extend(offer);
                break;
            }
        }
    }
    Ok(changes)
}

/// Free starts that would do for this entry, soonest first.
fn starts(
    entry: &WaitlistEntry,
    role: &PractitionerRole,
    schedule: &Schedule,
    time: &Time,
    cx: &Context,
) -> Vec<Timestamp> {
    let (leaves, busy) = (&time.leaves, &time.busy);
    let agenda = Agenda { role: role.id, rules: &schedule.rules, leaves, busy, now: cx.now, moving: None };
    let earliest = plus_min(cx.now, SHORTEST_OFFER_MIN);
    let ahead = Span::new(earliest, plus_min(cx.now, LOOK_AHEAD_DAYS * 24 * 60));
    let slots = engine::slots(&agenda, entry.visit_type_id, ahead).into_iter().map(|slot| slot.start);
    slots.filter(|start| entry.would_take(*start, &role.zone)).take(3).collect()
}

/// The held visit and the entry that points to it; `None` where this patient cannot have it after all.
fn offered(
    facts: &Facts,
    cx: &Context,
    entry: &WaitlistEntry,
    start: Timestamp,
) -> Result<Option<(Appointment, Vec<Change>)>, Halt> {
    let name = format!("{}@{start}", entry.id);
    let wanted = Wanted {
        appointment_id: AppointmentId(cx.id(&name)),
        patient_id: entry.patient_id,
        role_id: entry.role_id,
        visit_type_id: entry.visit_type_id,
        start,
        by: Party::System,
        moving: None,
    };
    let placed = match placing::place(facts, cx, &wanted) {
        Err(Halt::Refused(_)) => return Ok(None),
        placed => placed?,
    };
    let origin = Origin::Waitlist { waitlist_id: entry.id };
    let mut visit = placed.appointment(cx, &wanted, State::Held, origin);
    let expires_at = offer_ends(cx.now, start, &placed.clinic);
    visit.hold = Some(Hold { expires_at, token_hash: None });
    let entry = WaitlistEntry {
        state: WaitlistState::Offered,
        offered: Some(visit.id),
        offer_expires_at: Some(expires_at),
        ..entry.clone()
    };
    let mut changes = placed.cleared;
    changes.extend([Change::put(visit.clone()), Change::put(entry)]);
    Ok(Some((visit, changes)))
}

/// When an offered time goes to the next: after the clinic's time for it, before the visit would start.
pub fn offer_ends(now: Timestamp, start: Timestamp, clinic: &Clinic) -> Timestamp {
    plus_min(now, clinic.details.policy.offer_hold_min.into()).min(start)
}

/// Gives the time on offer free.
pub fn give_back(facts: &Facts, cx: &Context, entry: &WaitlistEntry, by: Party) -> Result<Vec<Change>, Halt> {
    let Some(offered) = entry.offered else { return Ok(Vec::new()) };
    let visit = facts.find::<Appointment>(offered)?.filter(|visit| visit.state == State::Held);
    Ok(visit.map(|visit| Change::put(visit.into_state(State::Expired, by, cx.now))).into_iter().collect())
}
