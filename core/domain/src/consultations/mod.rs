//! Asking a clinic without choosing a time. Staff give the request to a doctor, the clinic offers a time, the patient
//! takes it or not.
//!
//! new → triaged → offered → accepted | declined | withdrawn | expired
//!
//! What is wrong with the patient is medical and not part of this record.

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AppointmentId, Change, ClinicId, ConsultationId, Context, DoctorId, Facts, Halt, Kind, PatientId,
    Refusal, SpecialtyId, Stored,
    access::{self, Party, Scope},
    appointments::{self, Appointment, StaffNote},
    record::{Due, Index, IndexKey, sort_key},
    scheduling::rules::Mode,
    waitlist::DayPart,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Consultation {
    pub id: ConsultationId,
    pub patient_id: PatientId,
    pub clinic_id: ClinicId,
    pub wish: ConsultationWish,
    pub state: ConsultationState,
    /// The doctor it was given to.
    pub assigned: Option<DoctorId>,
    /// The held visit on offer, later the visit.
    pub appointment_id: Option<AppointmentId>,
    pub offer_expires_at: Option<Timestamp>,
    pub opened_at: Timestamp,
    pub expires_at: Timestamp,
    pub decline_reason: Option<DeclineReason>,
    pub history: Vec<ConsultationMoment>,
    /// Administrative remarks of staff; never medical.
    pub staff_notes: Vec<StaffNote>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
pub struct ConsultationWish {
    #[garde(skip)]
    pub about: About,
    #[garde(skip)]
    pub urgency: Urgency,
    #[garde(skip)]
    pub mode: Mode,
    #[garde(skip)]
    pub specialty_id: Option<SpecialtyId>,
    /// A doctor the patient would like.
    #[garde(skip)]
    pub doctor_id: Option<DoctorId>,
    /// At most 14; empty means any day.
    #[garde(length(max = 14))]
    pub days: Vec<PreferredDay>,
}

/// What the request is for, administratively.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum About {
    NewProblem,
    FollowUp,
    PrescriptionRenewal,
    TestResults,
    Certificate,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Within weeks.
    Routine,
    /// Within days.
    Soon,
    /// Today or tomorrow.
    Urgent,
}

/// A day that would do, in the clinic's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PreferredDay {
    pub date: Date,
    /// `None` is any time of the day.
    pub part: Option<DayPart>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsultationState {
    New,
    Triaged,
    Offered,
    Accepted,
    Declined,
    Withdrawn,
    Expired,
}

impl ConsultationState {
    pub fn is_open(self) -> bool {
        matches!(self, Self::New | Self::Triaged | Self::Offered)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Triaged => "triaged",
            Self::Offered => "offered",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeclineReason {
    NotOffered,
    NoCapacity,
    CallUs,
    EmergencyCare,
    Other,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConsultationMoment {
    pub at: Timestamp,
    pub by: Party,
    pub state: ConsultationState,
}

impl Consultation {
    pub fn party(&self, facts: &Facts, cx: &Context) -> Result<Party, Halt> {
        access::party(facts, cx, (self.patient_id, self.assigned, self.clinic_id), Kind::Consultation)
    }

    /// The same for what is the clinic's and the assigned doctor's to do.
    pub fn staff_party(&self, facts: &Facts, cx: &Context) -> Result<Party, Halt> {
        match self.party(facts, cx)? {
            Party::Patient => Err(Refusal::NotAllowed.into()),
            party => Ok(party),
        }
    }

    pub fn wrong_state(&self) -> Halt {
        Refusal::WrongState { kind: Kind::Consultation, state: self.state.name().into() }.into()
    }

    /// Gives the time on offer free.
    pub fn give_back(&self, facts: &Facts, cx: &Context, by: Party) -> Result<Vec<Change>, Halt> {
        let offered = self.appointment_id.filter(|_| self.state == ConsultationState::Offered);
        let Some(offered) = offered else { return Ok(Vec::new()) };
        let visit =
            facts.find::<Appointment>(offered)?.filter(|visit| visit.state == appointments::State::Held);
        let expired =
            |visit: Appointment| Change::put(visit.into_state(appointments::State::Expired, by, cx.now));
        Ok(visit.map(expired).into_iter().collect())
    }

    /// Back to the clinic, which may offer another time.
    pub fn back_to_clinic(mut self, by: Party, at: Timestamp) -> Self {
        self.appointment_id = None;
        self.offer_expires_at = None;
        self.into_state(ConsultationState::Triaged, by, at)
    }

    pub fn into_state(mut self, state: ConsultationState, by: Party, at: Timestamp) -> Self {
        self.state = state;
        self.history.push(ConsultationMoment { at, by, state });
        self
    }
}

impl Stored for Consultation {
    const KIND: Kind = Kind::Consultation;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        let mut scopes = vec![
            Scope::Patient(self.patient_id),
            Scope::Clinic(self.clinic_id),
            Scope::Support,
            Scope::Installation,
        ];
        scopes.extend(self.assigned.map(Scope::Practice));
        scopes
    }

    fn index_keys(&self) -> Vec<IndexKey> {
        let opened = sort_key(self.opened_at);
        let mut keys = vec![IndexKey::new(Index::RequestsOfPatient, self.patient_id, &opened)];
        if let Some(doctor) = self.assigned {
            keys.push(IndexKey::new(Index::RequestsOfDoctor, doctor, &opened));
            if self.state.is_open() {
                keys.push(IndexKey::new(Index::OpenRequestsOfDoctor, doctor, &opened));
            }
        }
        keys
    }

    fn due(&self) -> Option<Due> {
        let command = expire::ExpireConsultation { consultation_id: self.id }.into();
        let at = match self.state {
            ConsultationState::Offered => self.offer_expires_at?,
            state if state.is_open() => self.expires_at,
            _ => return None,
        };
        Some(Due { key: format!("consultation:{}", self.id), at, command })
    }
}

pub mod answer;
pub mod assign;
pub mod decline;
pub mod expire;
pub mod note;
pub mod offer;
pub mod open;
