//! Visits: everything that occupies a doctor's time, from a hold to a finished visit.
//!
//! ```text
//! held → requested → booked → arrived → in_progress → fulfilled
//! held → expired    requested → declined | expired    requested, booked → cancelled    booked → noshow
//! ```
//! held, requested, booked, arrived and in_progress occupy time. 'Pending' is no state: it is a command the server has
//! not answered yet. A time offered from a waitlist or in answer to a request is a visit in `held`.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AccountId, AppointmentId, ClinicId, ConsultationId, Context, DoctorId, Facts, Halt, Kind, Money,
    PatientId, Refusal, RoleId, SeriesId, Span, Stored, VisitTypeId, WaitlistId, Zone,
    access::{self, Party, Scope},
    directory::LocalText,
    record::{Busy, Due, Index, IndexKey, sort_key},
    scheduling::rules::Mode,
};

/// A visit, or the hold of a time for one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Appointment {
    pub id: AppointmentId,
    pub patient_id: PatientId,
    pub doctor_id: DoctorId,
    pub role_id: RoleId,
    pub clinic_id: ClinicId,
    pub visit_type_id: VisitTypeId,
    pub state: State,
    /// From when to when patient and doctor meet.
    pub start: Timestamp,
    pub end: Timestamp,
    /// The clinic's zone.
    pub zone: Zone,
    /// The place in the doctor's time: the visit with its buffers, its session and seat.
    pub place: Place,
    pub mode: Mode,
    pub price: Money,
    /// Names as they were at booking, so that a visit reads the same years later.
    pub names: Names,
    pub origin: Origin,
    pub hold: Option<Hold>,
    pub series_id: Option<SeriesId>,
    pub cancellation: Option<Cancellation>,
    /// Cancel or move without being late until this long before the start.
    pub cancel_notice_min: u32,
    /// When a request that nobody answered expires.
    pub answer_by: Timestamp,
    /// When a booked visit without check-in counts as a no-show.
    pub no_show_at: Timestamp,
    pub created_by: Option<AccountId>,
    /// What happened, oldest first.
    pub history: Vec<Moment>,
    /// Administrative remarks of staff; never medical.
    pub staff_notes: Vec<StaffNote>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Held,
    Requested,
    Booked,
    Arrived,
    InProgress,
    Fulfilled,
    Declined,
    Expired,
    Cancelled,
    Noshow,
}

impl State {
    pub const ALL: [Self; 10] = [
        Self::Held,
        Self::Requested,
        Self::Booked,
        Self::Arrived,
        Self::InProgress,
        Self::Fulfilled,
        Self::Declined,
        Self::Expired,
        Self::Cancelled,
        Self::Noshow,
    ];

    pub fn occupies_time(self) -> bool {
        matches!(self, Self::Held | Self::Requested | Self::Booked | Self::Arrived | Self::InProgress)
    }

    /// Left only by an explicit, audited 'reopen'.
    pub fn is_terminal(self) -> bool {
        !self.occupies_time()
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Requested => "requested",
            Self::Booked => "booked",
            Self::Arrived => "arrived",
            Self::InProgress => "in_progress",
            Self::Fulfilled => "fulfilled",
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::Noshow => "noshow",
        }
    }
}

/// What a visit occupies of the doctor's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// The visit with its own buffers.
    pub span: Span,
    /// Own for a single visit; shared by the seats of a group slot.
    pub session: Uuid,
    pub seat: u16,
    pub capacity: u16,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Names {
    pub doctor: String,
    pub clinic: String,
    pub visit_type: LocalText,
}

/// How a visit came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum Origin {
    Patient,
    FrontDesk,
    Waitlist { waitlist_id: WaitlistId },
    Consultation { consultation_id: ConsultationId },
}

/// A time kept for a while for whoever has the token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hold {
    pub expires_at: Timestamp,
    /// BLAKE3 of the token, hex; `None` where the offer itself is the right to it.
    pub token_hash: Option<String>,
}

/// The hash under which a hold keeps its token.
pub fn token_hash(token: &str) -> String {
    blake3::hash(token.as_bytes()).to_hex().to_string()
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cancellation {
    pub by: Party,
    pub reason: CancelReason,
    /// After the notice the clinic asks for.
    pub late: bool,
    pub at: Timestamp,
}

/// Why a visit does not take place. A closed list: free text here would become medical text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    CannotCome,
    NotNeeded,
    FoundOtherTime,
    DoctorAway,
    ClinicClosed,
    BookedTwice,
    Other,
}

/// One event in the life of a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Moment {
    pub at: Timestamp,
    pub by: Party,
    pub what: Happening,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Happening {
    /// It came into this state.
    Became { state: State },
    /// It was moved from this start.
    Moved { from: Timestamp },
    /// It was given to another doctor of the clinic.
    Reassigned { from: DoctorId },
    /// It was reopened from this state, with the reason given.
    Reopened { from: State, reason: String },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StaffNote {
    pub at: Timestamp,
    pub by: AccountId,
    pub text: String,
}

impl Appointment {
    pub fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// This visit in another state, with the event in its history.
    pub fn into_state(mut self, state: State, by: Party, at: Timestamp) -> Self {
        self.state = state;
        self.history.push(Moment { at, by, what: Happening::Became { state } });
        if state != State::Held {
            self.hold = None;
        }
        self
    }

    /// This visit as the continuation of `earlier`, whose history it keeps.
    pub fn after(mut self, earlier: &Self) -> Self {
        self.history.splice(0..0, earlier.history.iter().cloned());
        self
    }

    /// The quality in which the actor may act on this visit.
    pub fn party(&self, facts: &Facts, cx: &Context) -> Result<Party, Halt> {
        access::party(facts, cx, (self.patient_id, Some(self.doctor_id), self.clinic_id), Kind::Appointment)
    }

    /// The same for what is the doctor's and the clinic's to do.
    pub fn staff_party(&self, facts: &Facts, cx: &Context) -> Result<Party, Halt> {
        match self.party(facts, cx)? {
            Party::Patient => Err(Refusal::NotAllowed.into()),
            party => Ok(party),
        }
    }

    /// That its state does not allow what was asked.
    pub fn wrong_state(&self) -> Halt {
        Refusal::WrongState { kind: Kind::Appointment, state: self.state.name().into() }.into()
    }

    /// A hold that ran out occupies nothing, even if the expiry has not been written yet.
    pub fn occupies_at(&self, now: Timestamp) -> bool {
        self.state.occupies_time() && self.hold.as_ref().is_none_or(|hold| hold.expires_at > now)
    }

    /// Whether cancelling or moving at `now` is late.
    pub fn is_late(&self, now: Timestamp) -> bool {
        now > crate::time::plus_min(self.start, -i64::from(self.cancel_notice_min))
    }
}

impl Stored for Appointment {
    const KIND: Kind = Kind::Appointment;

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
        let start = sort_key(self.start);
        let mut keys = vec![
            IndexKey::new(Index::DoctorTime, self.doctor_id, &start),
            IndexKey::new(Index::PatientTime, self.patient_id, &start),
        ];
        let asked = self.state == State::Requested;
        keys.extend(asked.then(|| IndexKey::new(Index::AskedOfDoctor, self.doctor_id, &start)));
        keys.extend(self.series_id.map(|series| IndexKey::new(Index::Series, series, &start)));
        keys
    }

    fn busy(&self) -> Vec<Busy> {
        if !self.state.occupies_time() {
            return Vec::new();
        }
        let Place { span, session, seat, .. } = self.place;
        vec![
            Busy { resource: self.doctor_id.0, session, seat, span },
            Busy { resource: self.patient_id.0, session: self.id.0, seat: 0, span: self.span() },
        ]
    }

    fn due(&self) -> Option<Due> {
        let id = self.id;
        let (at, command) = match (self.state, &self.hold) {
            (State::Held, Some(hold)) => (hold.expires_at, expire::Expire { appointment_id: id }.into()),
            (State::Requested, _) => (self.answer_by, expire::Expire { appointment_id: id }.into()),
            (State::Booked, _) => (self.no_show_at, no_show::MarkNoShow { appointment_id: id }.into()),
            _ => return None,
        };
        Some(Due { key: format!("appointment:{id}"), at, command })
    }

    fn stirs(&self) -> Vec<Due> {
        vec![crate::scheduling::availability::RefreshAvailability::due(self.doctor_id)]
    }
}

pub mod accept;
pub mod attend;
pub mod book;
pub mod cancel;
pub mod expire;
pub mod hold;
pub mod no_show;
pub mod note;
pub mod placing;
pub mod reopen;
pub mod reschedule;
pub mod series;
