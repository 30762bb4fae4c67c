//! Moving a visit.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Appointment, Happening, Moment, State,
    placing::{self, Placed, Wanted},
};
use crate::{
    AppointmentId, Change, Context, Facts, Halt, Kind, Refusal, RoleId, Rule, access, access::Party,
    directory::PractitionerRole,
};

/// Moves a visit to another start with the same doctor, or the role given. The old time is free again, at once and only if the new one is taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct Reschedule {
    #[garde(skip)]
    pub appointment_id: AppointmentId,
    #[garde(skip)]
    pub expected_start: Timestamp,
    #[garde(skip)]
    pub role_id: Option<RoleId>,
    #[garde(skip)]
    pub start: Timestamp,
}

impl Rule for Reschedule {
    const NAME: &'static str = "appointments.reschedule";

    fn lane(&self) -> String {
        format!("visit:{}", self.appointment_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.appointment_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let visit: Appointment = facts.get(self.appointment_id)?;
        let by = visit.party(facts, cx)?;
        self.movable(&visit, cx, by)?;
        let role_id = self.role_id.unwrap_or(visit.role_id);
        self.may_use(facts, cx, &visit, role_id)?;
        let wanted = Wanted {
            appointment_id: visit.id,
            patient_id: visit.patient_id,
            role_id,
            visit_type_id: visit.visit_type_id,
            start: self.start,
            by,
            moving: Some(&visit),
        };
        let placed = placing::place(facts, cx, &wanted)?;
        let mut changes = placed.cleared.clone();
        if placed.role.doctor_id != visit.doctor_id {
            let patient = placing::active_patient(facts, visit.patient_id)?;
            changes.extend(placing::introduce(facts, cx, &patient, &placed.role)?);
        }
        changes.push(Change::put(moved(&visit, &placed, &wanted, cx)));
        Ok(changes)
    }
}

impl Reschedule {
    fn movable(&self, visit: &Appointment, cx: &Context, by: Party) -> Result<(), Halt> {
        if !matches!(visit.state, State::Requested | State::Booked) {
            return Err(visit.wrong_state());
        }
        if visit.start != self.expected_start {
            // The page or link this came from shows a time that is not the visit's any more.
            return Err(Refusal::WrongState { kind: Kind::Appointment, state: "moved".into() }.into());
        }
        if self.start == visit.start && self.role_id.is_none_or(|role| role == visit.role_id) {
            return Err(Refusal::field("start", "must be another time").into());
        }
        let late = visit.state == State::Booked && visit.is_late(cx.now);
        match late && by == Party::Patient {
            true => Err(Refusal::TooLate { notice_min: visit.cancel_notice_min }.into()),
            false => Ok(()),
        }
    }

    /// Another role has to be one the actor may book with, too.
    fn may_use(&self, facts: &Facts, cx: &Context, visit: &Appointment, role_id: RoleId) -> Result<(), Halt> {
        if role_id == visit.role_id {
            return Ok(());
        }
        let role: PractitionerRole = facts.get(role_id)?;
        let whom = (visit.patient_id, Some(role.doctor_id), role.clinic_id);
        access::party(facts, cx, whom, Kind::PractitionerRole).map(drop)
    }
}

/// The visit at its new time: one record, so that the old time is free exactly when the new one is taken.
fn moved(visit: &Appointment, placed: &Placed, wanted: &Wanted, cx: &Context) -> Appointment {
    let asks_again = wanted.by == Party::Patient && placed.first_state(cx, wanted.by) == State::Requested;
    let state = if asks_again { State::Requested } else { visit.state };
    let fresh = placed.appointment(cx, wanted, state, visit.origin);
    let mut history = visit.history.clone();
    let moment = |what| Moment { at: cx.now, by: wanted.by, what };
    history.push(moment(Happening::Moved { from: visit.start }));
    if fresh.doctor_id != visit.doctor_id {
        history.push(moment(Happening::Reassigned { from: visit.doctor_id }));
    }
    if state != visit.state {
        history.push(moment(Happening::Became { state }));
    }
    Appointment {
        history,
        series_id: visit.series_id,
        created_by: visit.created_by,
        staff_notes: visit.staff_notes.clone(),
        price: visit.price,
        ..fresh
    }
}
