//! What an account is told in the app. Made by [`crate::notice::consequences`], inside the transaction of what it tells of.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AccountId, AppointmentId, ConsultationId, DoctorId, Kind, NoticeId, PatientId, Stored, WaitlistId, Zone,
    access::{Party, Scope},
    consultations::ConsultationState,
    directory::Standing,
    record::{Index, IndexKey, sort_key},
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Notice {
    pub id: NoticeId,
    pub account_id: AccountId,
    pub subject: Subject,
    pub at: Timestamp,
    pub read_at: Option<Timestamp>,
}

/// What it tells, with all that its words need. Worded in core/i18n under `notice-<name>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Subject {
    VisitRequested { visit: VisitFacts },
    VisitBooked { visit: VisitFacts },
    VisitDeclined { visit: VisitFacts },
    VisitExpired { visit: VisitFacts },
    VisitMoved { visit: VisitFacts, from: Timestamp },
    VisitCancelled { visit: VisitFacts, by: Party },
    VisitMissed { visit: VisitFacts },
    WaitlistOffer { waitlist_id: WaitlistId, visit: VisitFacts, expires_at: Timestamp },
    ConsultationOpened { consultation_id: ConsultationId, patient_id: PatientId },
    ConsultationChanged { consultation_id: ConsultationId, patient_id: PatientId, state: ConsultationState },
    StandingChanged { doctor_id: DoctorId, standing: Standing },
    LinkGranted { patient_id: PatientId, patient_name: String },
    LinkEnded { patient_id: PatientId, patient_name: String },
}

/// The facts of a visit that a notice speaks of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VisitFacts {
    pub appointment_id: AppointmentId,
    pub patient_id: PatientId,
    pub patient_name: String,
    pub doctor_name: String,
    pub start: Timestamp,
    /// The clinic's zone.
    pub zone: Zone,
}

impl Subject {
    pub fn name(&self) -> &'static str {
        match self {
            Self::VisitRequested { .. } => "visit_requested",
            Self::VisitBooked { .. } => "visit_booked",
            Self::VisitDeclined { .. } => "visit_declined",
            Self::VisitExpired { .. } => "visit_expired",
            Self::VisitMoved { .. } => "visit_moved",
            Self::VisitCancelled { .. } => "visit_cancelled",
            Self::VisitMissed { .. } => "visit_missed",
            Self::WaitlistOffer { .. } => "waitlist_offer",
            Self::ConsultationOpened { .. } => "consultation_opened",
            Self::ConsultationChanged { .. } => "consultation_changed",
            Self::StandingChanged { .. } => "standing_changed",
            Self::LinkGranted { .. } => "link_granted",
            Self::LinkEnded { .. } => "link_ended",
        }
    }
}

impl Stored for Notice {
    const KIND: Kind = Kind::Notice;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Account(self.account_id)]
    }

    fn index_keys(&self) -> Vec<IndexKey> {
        vec![IndexKey::new(Index::NoticesOfAccount, self.account_id, sort_key(self.at))]
    }
}

pub mod read;
