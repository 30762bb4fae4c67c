//! Placing a visit in a doctor's time: the one conflict check every path passes.
//!
//! A booking, a hold, a move, a series, a reopened visit, an offer to someone who waits: each comes here with what is
//! wanted and gets a [`Placed`] or the refusal, which names the next free times. The server knows the schedule, the leave and
//! all visits; a patient's phone knows only the public side of the role, a doctor's only the visits with that doctor, and each
//! skips the rest (see [`Context::skips`](crate::Context::skips)).

use jiff::Timestamp;

use super::{Appointment, Happening, Moment, Names, Place, State};
use crate::{
    AppointmentId, Authority, Change, Context, Facts, Halt, Money, Need, PatientId, Refusal, RoleId, Span,
    VisitTypeId,
    access::Party,
    directory::{Clinic, DoctorProfile, Policy, PractitionerRole, VisitType},
    profiles::{Patient, PatientStatus, PatientSummary},
    record::{Index, sort_key},
    scheduling::{
        Leave, Schedule,
        engine::{self, Agenda, Free, Seat, WhyNot},
        rules::{Mode, Rules},
    },
    time::plus_min,
};

/// How far ahead of a refused start other times are looked for.
const LOOK_AHEAD_DAYS: i64 = 28;

/// How many other times a refusal names.
const OTHER_TIMES: usize = 3;

/// Open visits one patient may have, booked by the patient's side.
pub const MAX_OPEN_VISITS: u32 = 20;

/// What is to be placed.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub appointment_id: AppointmentId,
    pub patient_id: PatientId,
    pub role_id: RoleId,
    pub visit_type_id: VisitTypeId,
    pub start: Timestamp,
    /// In what quality the actor acts: staff and doctors are not bound by notice and horizon.
    pub by: Party,
    /// The visit that is moved: it does not stand in its own way.
    pub moving: Option<&'a Appointment>,
}

/// Where and how it can be entered.
#[derive(Clone, Debug)]
pub struct Placed {
    pub role: PractitionerRole,
    pub clinic: Clinic,
    pub names: Names,
    pub span: Span,
    pub place: Place,
    pub mode: Mode,
    pub price: Money,
    /// Holds that had run out and are cleared away with this.
    pub cleared: Vec<Change>,
}

/// Places a visit, or says why not.
pub fn place(facts: &Facts, cx: &Context, wanted: &Wanted) -> Result<Placed, Halt> {
    let ground = Ground::of(facts, wanted)?;
    let (free, mut cleared) = match ground.agenda(facts, cx, wanted)? {
        Some(agenda) => agenda.try_start(facts, cx, wanted)?,
        None => (ground.public_place(wanted)?, Vec::new()),
    };
    own_overlap(facts, cx, wanted, free.visit, &mut cleared)?;
    let Ground { role, clinic, names, .. } = ground;
    let offering = role.offering(wanted.visit_type_id).ok_or_else(not_offered)?;
    Ok(Placed {
        span: free.visit,
        place: Place {
            span: free.occupied,
            session: free.session(wanted.appointment_id),
            seat: free.seat,
            capacity: free.capacity,
        },
        mode: offering.mode,
        price: offering.price,
        names,
        clinic,
        role,
        cleared,
    })
}

impl Placed {
    /// The visit in its first state.
    pub fn appointment(
        &self,
        cx: &Context,
        wanted: &Wanted,
        state: State,
        origin: super::Origin,
    ) -> Appointment {
        let policy = &self.clinic.details.policy;
        Appointment {
            id: wanted.appointment_id,
            patient_id: wanted.patient_id,
            doctor_id: self.role.doctor_id,
            role_id: self.role.id,
            clinic_id: self.role.clinic_id,
            visit_type_id: wanted.visit_type_id,
            state,
            start: self.span.start,
            end: self.span.end,
            zone: self.role.zone.clone(),
            place: self.place,
            mode: self.mode,
            price: self.price,
            names: self.names.clone(),
            origin,
            hold: None,
            series_id: None,
            cancellation: None,
            cancel_notice_min: policy.cancel_notice_min.max(self.role.cancel_notice_min),
            answer_by: answer_by(cx.now, self.span.start, policy),
            no_show_at: plus_min(self.span.end, policy.no_show_after_min.into()),
            created_by: match cx.actor {
                crate::Actor::Account(account) => Some(account),
                crate::Actor::System => None,
            },
            history: vec![Moment { at: cx.now, by: wanted.by, what: Happening::Became { state } }],
            staff_notes: Vec::new(),
        }
    }

    /// The state a new booking starts in: the doctor's own and the clinic's are settled, a patient's waits for the doctor
    /// unless the role confirms by itself. A phone never says 'booked' before the server has.
    pub fn first_state(&self, cx: &Context, by: Party) -> State {
        let settled = by != Party::Patient || self.role.auto_confirm;
        if settled && cx.authority == Authority::Final { State::Booked } else { State::Requested }
    }
}

/// When an unanswered request to book expires: three days on, and some time before it would start.
pub fn answer_by(now: Timestamp, start: Timestamp, policy: &Policy) -> Timestamp {
    let latest = plus_min(start, -i64::from(policy.answer_before_min));
    latest.min(plus_min(now, 3 * 24 * 60)).max(plus_min(now, 15)).min(start)
}

/// An active patient, or the refusal.
pub fn active_patient(facts: &Facts, id: PatientId) -> Result<Patient, Halt> {
    let patient: Patient = facts.get(id)?;
    match patient.status {
        PatientStatus::Active => Ok(patient),
        PatientStatus::Deactivated | PatientStatus::Merged => Err(Refusal::PatientInactive.into()),
    }
}

/// That the clinic and the doctor now know the patient. The server writes it; a patient's phone has no part in it.
pub fn introduce(
    facts: &Facts,
    cx: &Context,
    patient: &Patient,
    role: &PractitionerRole,
) -> Result<Vec<Change>, Halt> {
    if cx.authority == Authority::Optimistic {
        return Ok(Vec::new());
    }
    let mut changes = Vec::new();
    if !patient.clinics.contains(&role.clinic_id) {
        let mut known = patient.clone();
        known.clinics.push(role.clinic_id);
        changes.push(Change::put(known));
    }
    let summary = PatientSummary::id_of(role.doctor_id, patient.id);
    if facts.find::<PatientSummary>(summary)?.is_none() {
        changes.push(Change::put(PatientSummary::of(role.doctor_id, patient, cx.now)));
    }
    Ok(changes)
}

/// Refuses the patient's side more open visits than [`MAX_OPEN_VISITS`].
pub fn limit_open(
    facts: &Facts,
    cx: &Context,
    patient: PatientId,
    by: Party,
    adding: usize,
) -> Result<(), Halt> {
    if by != Party::Patient {
        return Ok(());
    }
    let ahead = visits_ahead(cx, patient);
    let open = facts.view::<Appointment>(ahead)?.filter(|visit| visit.occupies_at(cx.now)).count();
    match open + adding > MAX_OPEN_VISITS as usize {
        true => Err(Refusal::TooMany { limit: MAX_OPEN_VISITS }.into()),
        false => Ok(()),
    }
}

/// What [`limit_open`] needs to know.
pub fn visits_ahead(cx: &Context, patient: PatientId) -> Need {
    Need::range(Index::PatientTime, patient, sort_key(cx.now), "~".into())
}

fn not_offered() -> Refusal {
    Refusal::SlotNotOffered { why: WhyNot::VisitTypeNotOffered, next_free: Vec::new() }
}

/// What everyone may know of where the visit is to be.
struct Ground {
    role: PractitionerRole,
    clinic: Clinic,
    names: Names,
}

impl Ground {
    fn of(facts: &Facts, wanted: &Wanted) -> Result<Self, Halt> {
        facts.want([
            Need::record::<PractitionerRole>(wanted.role_id),
            Need::record::<VisitType>(wanted.visit_type_id),
            Need::record::<Schedule>(wanted.role_id),
        ])?;
        let role: PractitionerRole = facts.get(wanted.role_id)?;
        facts.want(Self::foreseen(facts, &role, wanted)?)?;
        let clinic: Clinic = facts.get(role.clinic_id)?;
        let profile: DoctorProfile = facts.get(role.doctor_id)?;
        if !(role.active && role.listed && profile.listed && clinic.active) {
            return Err(Refusal::DoctorNotListed.into());
        }
        let visit_type: VisitType = facts.get(wanted.visit_type_id)?;
        let names = Names {
            doctor: profile.details.name,
            clinic: clinic.details.name.clone(),
            visit_type: visit_type.details.name,
        };
        Ok(Self { role, clinic, names })
    }

    /// All that will be asked about this role and this time, so that it comes in one batch.
    fn foreseen(facts: &Facts, role: &PractitionerRole, wanted: &Wanted) -> Result<Vec<Need>, Halt> {
        let mut needs =
            vec![Need::record::<Clinic>(role.clinic_id), Need::record::<DoctorProfile>(role.doctor_id)];
        if let Some(offering) = role.offering(wanted.visit_type_id) {
            needs.push(Need::overlap(wanted.patient_id, Span::of(wanted.start, offering.length_min)));
        }
        let schedule = Need::record::<Schedule>(wanted.role_id);
        if let Some(schedule) = facts.list_if_held::<Schedule>(schedule)?.and_then(|mut found| found.pop()) {
            needs.extend(Time::needs(role.doctor_id, around(&schedule.rules, wanted.start)));
        }
        Ok(needs)
    }

    /// The doctor's time around what is wanted; `None` on a phone that may not know it.
    fn agenda(&self, facts: &Facts, cx: &Context, wanted: &Wanted) -> Result<Option<Known>, Halt> {
        let schedule = match facts.find::<Schedule>(wanted.role_id) {
            Err(Halt::NotHeld) => cx.skips(None)?,
            Ok(None) if cx.authority == Authority::Optimistic => None,
            found => Some(found?.ok_or_else(not_offered)?),
        };
        Ok(schedule
            .map(|schedule| Known { rules: binding(schedule.rules, wanted.by), doctor: self.role.doctor_id }))
    }

    /// Where the visit would lie by the role's public offering, unchecked.
    fn public_place(&self, wanted: &Wanted) -> Result<Free, Halt> {
        let offering = self.role.offering(wanted.visit_type_id).ok_or_else(not_offered)?;
        let visit = Span::of(wanted.start, offering.length_min);
        Ok(Free {
            visit,
            occupied: visit.widened(offering.buffer_before_min, offering.buffer_after_min),
            shared_session: None,
            seat: 0,
            capacity: offering.capacity,
        })
    }
}

/// The rules as they bind this party: minimum notice and horizon are for patients.
fn binding(mut rules: Rules, by: Party) -> Rules {
    if by != Party::Patient {
        rules.minimum_notice_min = 0;
        rules.horizon_days = 400;
    }
    rules
}

/// The doctor's time, known to the server and to the doctor's own devices.
struct Known {
    rules: Rules,
    doctor: crate::DoctorId,
}

impl Known {
    fn try_start(&self, facts: &Facts, cx: &Context, wanted: &Wanted) -> Result<(Free, Vec<Change>), Halt> {
        if wanted.start < cx.now {
            return Err(Refusal::InThePast.into());
        }
        let time = Time::of(facts, cx, self.doctor, around(&self.rules, wanted.start))?;
        match engine::why_not(&time.agenda(&self.rules, cx, wanted), wanted.visit_type_id, wanted.start) {
            Ok(free) => Ok((free, time.run_out)),
            Err(why) => Err(self.refusal(facts, cx, wanted, why)?.into()),
        }
    }

    fn refusal(&self, facts: &Facts, cx: &Context, wanted: &Wanted, why: WhyNot) -> Result<Refusal, Halt> {
        let from = wanted.start.max(cx.now);
        let ahead = Span::new(from, plus_min(from, LOOK_AHEAD_DAYS * 24 * 60));
        let time = Time::of(facts, cx, self.doctor, engine::reach(&self.rules, ahead))?;
        let slots = engine::slots(&time.agenda(&self.rules, cx, wanted), wanted.visit_type_id, ahead);
        let next_free = slots.into_iter().map(|slot| slot.start).take(OTHER_TIMES).collect();
        Ok(match why {
            WhyNot::Taken | WhyNot::Full | WhyNot::Buffer => Refusal::SlotTaken { next_free },
            why => Refusal::SlotNotOffered { why, next_free },
        })
    }
}

/// What matters to whether a visit may start then.
fn around(rules: &Rules, start: Timestamp) -> Span {
    engine::reach(rules, Span::new(start, plus_min(start, 1)))
}

/// What occupies a doctor within a stretch.
pub struct Time {
    pub leaves: Vec<Span>,
    pub busy: Vec<engine::Busy>,
    /// Holds that ran out, as expired.
    pub run_out: Vec<Change>,
}

impl Time {
    pub fn of(facts: &Facts, cx: &Context, doctor: crate::DoctorId, within: Span) -> Result<Self, Halt> {
        let [leaves, visits] = Self::needs(doctor, within);
        facts.want([leaves.clone(), visits.clone()])?;
        let leaves = facts.view::<Leave>(leaves)?.map(|leave| leave.time.span(&leave.zone)).collect();
        let (live, gone): (Vec<&Appointment>, Vec<&Appointment>) =
            facts.view::<Appointment>(visits)?.partition(|visit| visit.occupies_at(cx.now));
        let expired = |visit: &Appointment| {
            Change::put(visit.clone().into_state(State::Expired, Party::System, cx.now))
        };
        Ok(Self {
            leaves,
            busy: live.into_iter().map(busy).collect(),
            run_out: gone.into_iter().map(expired).collect(),
        })
    }

    fn needs(doctor: crate::DoctorId, within: Span) -> [Need; 2] {
        let leaves = Need::range(Index::LeaveOfDoctor, doctor, sort_key(within.start), "~".into());
        [leaves, Need::overlap(doctor, within)]
    }

    fn agenda<'a>(&'a self, rules: &'a Rules, cx: &Context, wanted: &Wanted) -> Agenda<'a> {
        let seat = |visit: &Appointment| Seat { session: visit.place.session, number: visit.place.seat };
        Agenda {
            role: wanted.role_id,
            rules,
            leaves: &self.leaves,
            busy: &self.busy,
            now: cx.now,
            moving: wanted.moving.map(seat),
        }
    }
}

/// A visit as the engine sees it.
pub fn busy(visit: &Appointment) -> engine::Busy {
    engine::Busy {
        session: visit.place.session,
        seat: visit.place.seat,
        span: visit.place.span,
        visit: Some(engine::BusyVisit { role: visit.role_id, span: visit.span() }),
    }
}

/// Refuses a visit while the same patient has another. Cancelled ones occupy nothing. A doctor's device does not know what
/// else its patients have and leaves that to the server.
fn own_overlap(
    facts: &Facts,
    cx: &Context,
    wanted: &Wanted,
    span: Span,
    cleared: &mut Vec<Change>,
) -> Result<(), Halt> {
    let others = facts.list_if_held::<Appointment>(Need::overlap(wanted.patient_id, span))?;
    for other in
        cx.skips(others)?.unwrap_or_default().into_iter().filter(|other| other.id != wanted.appointment_id)
    {
        if other.occupies_at(cx.now) {
            return Err(Refusal::OwnOverlap { appointment_id: other.id, start: other.start }.into());
        }
        cleared.push(Change::put(other.into_state(State::Expired, Party::System, cx.now)));
    }
    Ok(())
}

/// Refuses to let a visit occupy its time again where somebody else has come into it.
pub fn still_free(facts: &Facts, cx: &Context, visit: &Appointment) -> Result<(), Halt> {
    let others = facts.list::<Appointment>(Need::overlap(visit.doctor_id, visit.place.span))?;
    let stands_in_the_way = |other: &Appointment| {
        let shares = other.place.session == visit.place.session && other.place.seat != visit.place.seat;
        other.id != visit.id && other.occupies_at(cx.now) && !shares
    };
    match others.iter().any(stands_in_the_way) {
        true => Err(Refusal::SlotTaken { next_free: Vec::new() }.into()),
        false => Ok(()),
    }
}
