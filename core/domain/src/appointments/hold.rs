//! Keeping a time while a person fills in a form.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Appointment, Hold, Origin, State,
    placing::{self, Wanted},
    token_hash,
};
use crate::{
    AppointmentId, Change, Context, Facts, Halt, Kind, PatientId, Refusal, RoleId, Rule, VisitTypeId, access,
    access::Party, directory::PractitionerRole, time::plus_min,
};

/// Holds a time for ten minutes for whoever has the token.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct HoldTime {
    #[garde(skip)]
    pub appointment_id: AppointmentId,
    #[garde(skip)]
    pub patient_id: PatientId,
    #[garde(skip)]
    pub role_id: RoleId,
    #[garde(skip)]
    pub visit_type_id: VisitTypeId,
    #[garde(skip)]
    pub start: Timestamp,
    #[garde(length(min = 16, max = 100))]
    pub token: String,
}

impl Rule for HoldTime {
    const NAME: &'static str = "appointments.hold";

    fn lane(&self) -> String {
        format!("booking:{}", self.patient_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.patient_id.0, self.role_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let role: PractitionerRole = facts.get(self.role_id)?;
        let whom = (self.patient_id, Some(role.doctor_id), role.clinic_id);
        let by = access::party(facts, cx, whom, Kind::Patient)?;
        placing::active_patient(facts, self.patient_id)?;
        placing::limit_open(facts, cx, self.patient_id, by, 1)?;
        if facts.find::<Appointment>(self.appointment_id)?.is_some() {
            return Err(Refusal::AlreadyExists { kind: Kind::Appointment }.into());
        }
        let wanted = Wanted {
            appointment_id: self.appointment_id,
            patient_id: self.patient_id,
            role_id: self.role_id,
            visit_type_id: self.visit_type_id,
            start: self.start,
            by,
            moving: None,
        };
        let placed = placing::place(facts, cx, &wanted)?;
        let origin = if by == Party::Patient { Origin::Patient } else { Origin::FrontDesk };
        let mut visit = placed.appointment(cx, &wanted, State::Held, origin);
        let expires_at = plus_min(cx.now, HOLD_MIN);
        visit.hold = Some(Hold { expires_at, token_hash: Some(token_hash(&self.token)) });
        let mut changes = placed.cleared;
        changes.push(Change::put(visit));
        Ok(changes)
    }
}

/// Gives a held time back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct ReleaseHold {
    #[garde(skip)]
    pub appointment_id: AppointmentId,
    #[garde(length(min = 16, max = 100))]
    pub token: String,
}

impl Rule for ReleaseHold {
    const NAME: &'static str = "appointments.release_hold";

    fn lane(&self) -> String {
        format!("visit:{}", self.appointment_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.appointment_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let visit: Appointment = facts.get(self.appointment_id)?;
        visit.party(facts, cx)?;
        let Some(hold) = visit.hold.as_ref().filter(|_| visit.state == State::Held) else {
            return Err(visit.wrong_state());
        };
        match hold.token_hash == Some(token_hash(&self.token)) {
            true => Ok(vec![Change::put(visit.into_state(State::Expired, Party::Patient, cx.now))]),
            false => Err(Refusal::HoldToken.into()),
        }
    }
}

/// How long a form may take.
const HOLD_MIN: i64 = 10;
