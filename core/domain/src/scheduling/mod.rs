//! When a doctor can be booked: the schedule of a role, leave, and the times on offer.
//!
//! Slots are computed by [`engine`], never stored. The one derived record, [`AvailabilityWeek`], lets a patient's device
//! offer times of chosen doctors without network; the server still decides.

pub mod engine;
pub mod rules;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AvailabilityId, ClinicId, Context, DoctorId, Facts, Halt, Kind, LeaveId, Refusal, RoleId, Stored,
    VisitTypeId, Zone,
    access::{self, Scope},
    directory::PractitionerRole,
    record::{Due, Index, IndexKey, sort_key},
};
use rules::Rules;

/// The schedule of a role. Has the role's id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Schedule {
    pub id: RoleId,
    pub doctor_id: DoctorId,
    pub clinic_id: ClinicId,
    pub rules: Rules,
}

impl Stored for Schedule {
    const KIND: Kind = Kind::Schedule;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        vec![
            Scope::Practice(self.doctor_id),
            Scope::Clinic(self.clinic_id),
            Scope::Support,
            Scope::Installation,
        ]
    }

    fn stirs(&self) -> Vec<Due> {
        vec![availability::RefreshAvailability::due(self.doctor_id)]
    }
}

/// Time in which a doctor is away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Leave {
    pub id: LeaveId,
    pub doctor_id: DoctorId,
    /// One role, or all of the doctor's.
    pub role_id: Option<RoleId>,
    pub time: rules::LeaveTime,
    pub reason: LeaveReason,
    /// The zone that all-day leave is meant in.
    pub zone: Zone,
    /// The doctor's clinics, whose admins see it.
    pub clinics: Vec<ClinicId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeaveReason {
    Holiday,
    Away,
    Training,
    Block,
}

impl Stored for Leave {
    const KIND: Kind = Kind::Leave;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        let mut scopes = vec![Scope::Practice(self.doctor_id), Scope::Installation];
        scopes.extend(self.clinics.iter().copied().map(Scope::Clinic));
        scopes
    }

    fn index_keys(&self) -> Vec<IndexKey> {
        vec![IndexKey::new(Index::LeaveOfDoctor, self.doctor_id, sort_key(self.time.span(&self.zone).end))]
    }

    fn stirs(&self) -> Vec<Due> {
        vec![availability::RefreshAvailability::due(self.doctor_id)]
    }
}

/// The starts on offer in one week (Monday to Monday, UTC) of a role: no ids of visits, no causes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AvailabilityWeek {
    pub id: AvailabilityId,
    pub role_id: RoleId,
    pub doctor_id: DoctorId,
    pub week_start: Timestamp,
    pub types: Vec<TypeAvailability>,
    /// When it was computed; what has begun or lies within the minimum notice since is not on offer any more.
    pub as_of: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TypeAvailability {
    pub visit_type_id: VisitTypeId,
    /// See [`engine::week_bitmap`].
    pub bitmap: String,
}

impl AvailabilityWeek {
    /// The starts still on offer at `now`, in order: what has begun or lies within the role's minimum notice is not.
    pub fn starts(&self, role: &PractitionerRole, visit_type: VisitTypeId, now: Timestamp) -> Vec<Timestamp> {
        let bitmap = self.types.iter().find(|kind| kind.visit_type_id == visit_type).map(|kind| &kind.bitmap);
        let starts = bitmap.and_then(|bitmap| engine::starts_in(self.week_start, bitmap)).unwrap_or_default();
        let earliest = crate::time::plus_min(now, role.minimum_notice_min.into());
        starts.into_iter().filter(|start| *start >= earliest).collect()
    }

    pub fn id_of(role: RoleId, week_start: Timestamp) -> AvailabilityId {
        AvailabilityId::derive(&[b"availability", role.0.as_bytes(), &week_start.as_second().to_le_bytes()])
    }
}

impl Stored for AvailabilityWeek {
    const KIND: Kind = Kind::AvailabilityWeek;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Availability(self.doctor_id)]
    }

    fn index_keys(&self) -> Vec<IndexKey> {
        vec![IndexKey::new(Index::AvailabilityOfRole, self.role_id, sort_key(self.week_start))]
    }

    /// When the week is over, the next one beyond the horizon comes into sight.
    fn due(&self) -> Option<Due> {
        let at = crate::time::plus_min(self.week_start, 7 * 24 * 60);
        let command = availability::RefreshAvailability { doctor_id: self.doctor_id }.into();
        Some(Due { key: format!("availability-week:{}", self.id), at, command })
    }
}

/// The actor may change when this doctor works: the doctor, or who runs one of these clinics.
pub fn manages(facts: &Facts, cx: &Context, doctor: DoctorId, clinics: &[ClinicId]) -> Result<(), Halt> {
    if access::is_doctor(facts, cx, doctor)? {
        return Ok(());
    }
    for clinic in clinics {
        if access::runs_clinic(facts, cx, *clinic).is_ok() {
            return Ok(());
        }
    }
    Err(Refusal::NotFound { kind: Kind::Doctor }.into())
}

pub mod availability;
pub mod leave;
pub mod schedule;
