//! Booking one visit.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Appointment, Origin, State,
    placing::{self, Wanted},
    token_hash,
};
use crate::{
    AppointmentId, Change, Context, Facts, Halt, Kind, Need, PatientId, Refusal, RoleId, Rule, VisitTypeId,
    access,
    access::Party,
    directory::{PractitionerRole, VisitType},
    profiles::Patient,
    scheduling::Schedule,
};

/// Books a time, or turns a hold into a booking when `appointment_id` is held and the token is given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct Book {
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
    #[garde(inner(length(min = 16, max = 100)))]
    pub hold_token: Option<String>,
}

impl Rule for Book {
    const NAME: &'static str = "appointments.book";

    fn lane(&self) -> String {
        format!("booking:{}", self.patient_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.patient_id.0, self.role_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        facts.want([
            Need::record::<Patient>(self.patient_id),
            Need::record::<PractitionerRole>(self.role_id),
            Need::record::<Appointment>(self.appointment_id),
            Need::record::<VisitType>(self.visit_type_id),
            Need::record::<Schedule>(self.role_id),
            placing::visits_ahead(cx, self.patient_id),
        ])?;
        let role: PractitionerRole = facts.get(self.role_id)?;
        let whom = (self.patient_id, Some(role.doctor_id), role.clinic_id);
        let by = access::party(facts, cx, whom, Kind::Patient)?;
        let patient = placing::active_patient(facts, self.patient_id)?;
        let held = self.held(facts, cx)?;
        if held.is_none() {
            placing::limit_open(facts, cx, self.patient_id, by, 1)?;
        }
        let wanted = self.wanted(by, held.as_ref());
        let placed = placing::place(facts, cx, &wanted)?;
        let origin = if by == Party::Patient { Origin::Patient } else { Origin::FrontDesk };
        let mut changes = placed.cleared.clone();
        changes.extend(placing::introduce(facts, cx, &patient, &placed.role)?);
        let state = placed.first_state(cx, by);
        changes.push(Change::put(match &held {
            Some(held) => placed.appointment(cx, &wanted, state, origin).after(held),
            None => placed.appointment(cx, &wanted, state, origin),
        }));
        Ok(changes)
    }
}

impl Book {
    fn wanted<'a>(&self, by: Party, moving: Option<&'a Appointment>) -> Wanted<'a> {
        Wanted {
            appointment_id: self.appointment_id,
            patient_id: self.patient_id,
            role_id: self.role_id,
            visit_type_id: self.visit_type_id,
            start: self.start,
            by,
            moving,
        }
    }

    /// The hold that is to become a booking. One that ran out is no obstacle: the time is simply asked for again.
    fn held(&self, facts: &Facts, cx: &Context) -> Result<Option<Appointment>, Halt> {
        let found = match facts.find::<Appointment>(self.appointment_id) {
            Err(Halt::NotHeld) => cx.skips(None)?,
            found => found?,
        };
        let Some(held) = found else { return Ok(None) };
        let ours = held.patient_id == self.patient_id;
        match (held.state, &held.hold) {
            (State::Expired, _) if ours && self.hold_token.is_some() => Ok(Some(held)),
            (State::Held, Some(hold)) if ours => {
                let token = self.hold_token.as_deref().map(token_hash);
                let matches = token.is_some() && token == hold.token_hash;
                let same = (held.role_id, held.visit_type_id, held.start)
                    == (self.role_id, self.visit_type_id, self.start);
                if matches && same { Ok(Some(held)) } else { Err(Refusal::HoldToken.into()) }
            }
            _ => Err(Refusal::AlreadyExists { kind: Kind::Appointment }.into()),
        }
    }
}
