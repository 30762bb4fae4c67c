//! Waiting for an earlier or any time with a doctor. When time comes free, the one who waits longest is offered it, held
//! for a while.
//!
//! waiting → offered → accepted | passed | expired | withdrawn

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AppointmentId, ClinicId, Context, DoctorId, Facts, Halt, Kind, PatientId, Refusal, RoleId, Stored,
    VisitTypeId, WaitlistId, Zone,
    access::{self, Party, Scope},
    record::{Due, Index, IndexKey, sort_key},
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WaitlistEntry {
    pub id: WaitlistId,
    pub patient_id: PatientId,
    pub doctor_id: DoctorId,
    pub role_id: RoleId,
    pub clinic_id: ClinicId,
    pub visit_type_id: VisitTypeId,
    pub wish: Wish,
    pub state: WaitlistState,
    pub joined_at: Timestamp,
    /// The held visit that is on offer, and the ones passed on.
    pub offered: Option<AppointmentId>,
    pub offer_expires_at: Option<Timestamp>,
    /// Starts offered before and not taken: not offered again.
    pub passed: Vec<Timestamp>,
}

/// Which times would do, in the clinic's zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
pub struct Wish {
    #[garde(skip)]
    pub from: Date,
    /// Inclusive.
    #[garde(skip)]
    pub until: Date,
    /// Any of these; empty means any time of day.
    #[garde(length(max = 3))]
    pub parts: Vec<DayPart>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DayPart {
    /// Before 12:00.
    Morning,
    /// 12:00 to 17:00.
    Afternoon,
    /// From 17:00.
    Evening,
}

impl DayPart {
    pub fn of_hour(hour: i8) -> Self {
        match hour {
            ..12 => Self::Morning,
            12..17 => Self::Afternoon,
            _ => Self::Evening,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WaitlistState {
    Waiting,
    Offered,
    Accepted,
    /// The wished days are over.
    Expired,
    Withdrawn,
}

impl WaitlistState {
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Offered)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Offered => "offered",
            Self::Accepted => "accepted",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl WaitlistEntry {
    pub fn party(&self, facts: &Facts, cx: &Context) -> Result<Party, Halt> {
        access::party(facts, cx, (self.patient_id, Some(self.doctor_id), self.clinic_id), Kind::WaitlistEntry)
    }

    pub fn wrong_state(&self) -> Halt {
        Refusal::WrongState { kind: Kind::WaitlistEntry, state: self.state.name().into() }.into()
    }

    /// Waits on; the time that was let go is not offered again.
    pub fn back_to_waiting(&mut self, let_go: Timestamp) {
        self.state = WaitlistState::Waiting;
        self.offered = None;
        self.offer_expires_at = None;
        self.passed.push(let_go);
    }

    /// Whether a visit at `start` would do.
    pub fn would_take(&self, start: Timestamp, zone: &Zone) -> bool {
        let local = zone.rules().to_datetime(start);
        let Wish { from, until, parts } = &self.wish;
        let part = DayPart::of_hour(local.hour());
        (*from..=*until).contains(&local.date())
            && (parts.is_empty() || parts.contains(&part))
            && !self.passed.contains(&start)
    }
}

impl Stored for WaitlistEntry {
    const KIND: Kind = Kind::WaitlistEntry;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        vec![
            Scope::Patient(self.patient_id),
            Scope::Practice(self.doctor_id),
            Scope::Clinic(self.clinic_id),
            Scope::Support,
            Scope::Installation,
        ]
    }

    fn index_keys(&self) -> Vec<IndexKey> {
        if !self.state.is_open() {
            return vec![IndexKey::new(Index::WaitlistOfPatient, self.patient_id, sort_key(self.joined_at))];
        }
        vec![
            IndexKey::new(Index::WaitlistOfDoctor, self.doctor_id, sort_key(self.joined_at)),
            IndexKey::new(Index::WaitlistOfPatient, self.patient_id, sort_key(self.joined_at)),
        ]
    }

    /// An offer that runs out, or the end of the wished days.
    fn due(&self) -> Option<Due> {
        let command = expire::ExpireEntry { waitlist_id: self.id }.into();
        let at = match self.state {
            WaitlistState::Offered => self.offer_expires_at?,
            WaitlistState::Waiting => expire::end_of(&self.wish),
            _ => return None,
        };
        Some(Due { key: format!("waitlist:{}", self.id), at, command })
    }

    /// Whoever joins, or lets an offer go, may find a time that is free already.
    fn stirs(&self) -> Vec<Due> {
        match self.state {
            WaitlistState::Waiting => {
                vec![crate::scheduling::availability::RefreshAvailability::due(self.doctor_id)]
            }
            _ => Vec::new(),
        }
    }
}

pub mod answer;
pub mod expire;
pub mod join;
pub mod offer;
