//! Why a command was refused: a stable code, what the message needs, and what the person can do.
//!
//! The words are in core/i18n under `refusal-<code>`.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{AppointmentId, Kind, valid::FieldError};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Fields are wrong, each named with its path.
    Invalid { fields: Vec<FieldError> },
    /// The actor may see it but not do this.
    NotAllowed,
    /// There is no such thing, or the actor may not know of it.
    NotFound { kind: Kind },
    /// A record with this id or key is there already.
    AlreadyExists { kind: Kind },
    /// The thing is in a state that does not allow this. `state` is that state's name.
    WrongState { kind: Kind, state: String },
    /// Somebody else has the time. The next free starts, soonest first.
    SlotTaken { next_free: Vec<Timestamp> },
    /// The time cannot be booked for another reason than being taken. `why` is the engine's code.
    SlotNotOffered { why: crate::scheduling::engine::WhyNot, next_free: Vec<Timestamp> },
    /// The patient has another visit then.
    OwnOverlap { appointment_id: AppointmentId, start: Timestamp },
    /// The hold ran out before it was used.
    HoldExpired,
    /// The time is held for somebody else.
    HoldToken,
    /// An offer ran out before it was answered.
    OfferExpired,
    /// The instant lies in the past.
    InThePast,
    /// Too late to do this: it had to be done `notice_min` minutes before.
    TooLate { notice_min: u32 },
    /// More open bookings, entries or requests than one patient may have.
    TooMany { limit: u32 },
    /// The doctor is not verified or is suspended.
    DoctorNotListed,
    /// The patient's file is closed: deactivated or merged.
    PatientInactive,
    /// The account is disabled.
    AccountDisabled,
    /// An occurrence of the series cannot be booked.
    SeriesBlocked { starts: Vec<Timestamp> },
    /// The last super admin stays one.
    LastSuperAdmin,
    /// Nobody raises their own rights or approves their own request.
    OwnRights,
    /// Keys, or what they signed or sealed, do not hold: made for another account, place or list, or damaged.
    KeysRefused,
    /// Somebody else changed the keys first, or who is let in: make it anew on what is there now.
    KeysMoved,
    /// Another form of it was stored since it was opened here.
    EditedMeanwhile,
    /// It is grave, and nobody has proven in the last minutes who sits there: see [`crate::Command::is_grave`].
    StepUpNeeded,
    /// What this command builds on was itself refused.
    DependsOnRefused { command: crate::CommandId },
    /// The command's id was used before with other content.
    IdReused,
    /// The command is older than the server remembers; whether it took effect cannot be told.
    TooOld,
    /// The server does not know this command or this form of it: the app must be updated.
    UnknownCommand,
}

/// What the person can do about a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// Send the same again.
    Retry,
    /// Change it and send that.
    Edit,
    /// Let it go.
    Discard,
}

impl Refusal {
    /// The stable code, also the key of the words.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Invalid { .. } => "invalid",
            Self::NotAllowed => "not_allowed",
            Self::NotFound { .. } => "not_found",
            Self::AlreadyExists { .. } => "already_exists",
            Self::WrongState { .. } => "wrong_state",
            Self::SlotTaken { .. } => "slot_taken",
            Self::SlotNotOffered { .. } => "slot_not_offered",
            Self::OwnOverlap { .. } => "own_overlap",
            Self::HoldExpired => "hold_expired",
            Self::HoldToken => "hold_token",
            Self::OfferExpired => "offer_expired",
            Self::InThePast => "in_the_past",
            Self::TooLate { .. } => "too_late",
            Self::TooMany { .. } => "too_many",
            Self::DoctorNotListed => "doctor_not_listed",
            Self::PatientInactive => "patient_inactive",
            Self::AccountDisabled => "account_disabled",
            Self::SeriesBlocked { .. } => "series_blocked",
            Self::LastSuperAdmin => "last_super_admin",
            Self::OwnRights => "own_rights",
            Self::KeysRefused => "keys_refused",
            Self::KeysMoved => "keys_moved",
            Self::EditedMeanwhile => "edited_meanwhile",
            Self::StepUpNeeded => crate::sign_in::problem::STEP_UP_NEEDED,
            Self::DependsOnRefused { .. } => "depends_on_refused",
            Self::IdReused => "id_reused",
            Self::TooOld => "too_old",
            Self::UnknownCommand => "unknown_command",
        }
    }

    /// What can be done, the most useful first.
    pub fn remedies(&self) -> &'static [Remedy] {
        match self {
            Self::Invalid { .. }
            | Self::SlotTaken { .. }
            | Self::SlotNotOffered { .. }
            | Self::OwnOverlap { .. }
            | Self::InThePast
            | Self::HoldExpired
            | Self::SeriesBlocked { .. }
            | Self::AlreadyExists { .. } => &[Remedy::Edit, Remedy::Discard],
            Self::EditedMeanwhile => &[Remedy::Edit, Remedy::Discard],
            Self::DependsOnRefused { .. }
            | Self::StepUpNeeded
            | Self::TooMany { .. }
            | Self::KeysMoved
            | Self::UnknownCommand => &[Remedy::Retry, Remedy::Discard],
            _ => &[Remedy::Discard],
        }
    }

    /// One field is wrong.
    pub fn field(path: &str, message: &str) -> Self {
        Self::Invalid { fields: vec![FieldError::new(path, message)] }
    }

    /// One of each, for tests that go through all of them.
    pub fn examples() -> Vec<Self> {
        let start = Timestamp::UNIX_EPOCH;
        let id = crate::id::derive(&[b"example"]);
        vec![
            Self::field("name", "must not be blank"),
            Self::NotAllowed,
            Self::NotFound { kind: Kind::Appointment },
            Self::AlreadyExists { kind: Kind::Appointment },
            Self::WrongState { kind: Kind::Appointment, state: "cancelled".into() },
            Self::SlotTaken { next_free: vec![start] },
            Self::SlotNotOffered { why: crate::scheduling::engine::WhyNot::Past, next_free: vec![] },
            Self::OwnOverlap { appointment_id: AppointmentId(id), start },
            Self::HoldExpired,
            Self::HoldToken,
            Self::OfferExpired,
            Self::InThePast,
            Self::TooLate { notice_min: 60 },
            Self::TooMany { limit: 10 },
            Self::DoctorNotListed,
            Self::PatientInactive,
            Self::AccountDisabled,
            Self::SeriesBlocked { starts: vec![start] },
            Self::LastSuperAdmin,
            Self::OwnRights,
            Self::KeysRefused,
            Self::KeysMoved,
            Self::EditedMeanwhile,
            Self::StepUpNeeded,
            Self::DependsOnRefused { command: crate::CommandId(id) },
            Self::IdReused,
            Self::TooOld,
            Self::UnknownCommand,
        ]
    }
}
