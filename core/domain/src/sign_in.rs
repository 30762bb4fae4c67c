//! What client and server say to each other about signing in. Passwords and tokens are never records.
//!
//! | call | takes | answers |
//! |---|---|---|
//! | `GET  /v1/installation` | | [`Installation`] |
//! | `POST /v1/auth/register/patient` | [`SignUpPatient`] | [`SignedIn`] |
//! | `POST /v1/auth/register/doctor` | [`SignUpDoctor`] | [`SignedIn`] |
//! | `POST /v1/auth/login`, `POST /v1/auth/sessions` | [`SignIn`] | [`SignedIn`] |
//! | `POST /v1/auth/refresh` | [`Refresh`] | [`Tokens`] |
//! | `POST /v1/auth/logout`, `DELETE /v1/auth/sessions/current` | | nothing |
//! | `GET  /v1/auth/sessions` | | a list of [`SessionLine`] in [`crate::fetch::Page`] |
//! | `DELETE /v1/auth/sessions/{id}` | | nothing |
//! | `POST /v1/auth/password` | [`ChangePassword`] | nothing; all other sessions end |
//!
//! Errors are `application/problem+json` (RFC 9457), see [`Problem`].

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    DeviceId, Refusal,
    accounts::{
        Account,
        open::{OpenDoctorAccount, OpenPatientAccount},
    },
    valid::FieldError,
};

pub const INSTALLATION: &str = "/v1/installation";
pub const SIGN_UP_PATIENT: &str = "/v1/auth/register/patient";
pub const SIGN_UP_DOCTOR: &str = "/v1/auth/register/doctor";
pub const SESSIONS: &str = "/v1/auth/sessions";
pub const REFRESH: &str = "/v1/auth/refresh";
pub const PASSWORD: &str = "/v1/auth/password";

/// What anyone may know of an installation before signing in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Installation {
    pub name: String,
    /// Ed25519, hex: signs receipts. Devices pin it at first contact.
    pub receipt_key: String,
    /// The newest protocol the server speaks, and the oldest.
    pub protocol: u32,
    pub oldest_protocol: u32,
}

/// The device a session is for, as its owner will recognise it in the list of sessions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct DeviceInfo {
    #[garde(skip)]
    pub id: DeviceId,
    #[garde(length(chars, max = 120), custom(crate::valid::line))]
    pub name: String,
}

/// Opens a patient's account. The ids come from the device, so that a repeated call makes the same account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct SignUpPatient {
    #[garde(dive)]
    pub account: OpenPatientAccount,
    /// At least 10 characters and not known from breaches.
    #[garde(length(chars, min = 10, max = 200))]
    pub password: String,
    #[garde(dive)]
    pub device: DeviceInfo,
}

/// Opens a doctor's account; it is listed once verified.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct SignUpDoctor {
    #[garde(dive)]
    pub account: OpenDoctorAccount,
    /// At least 10 characters and not known from breaches.
    #[garde(length(chars, min = 10, max = 200))]
    pub password: String,
    #[garde(dive)]
    pub device: DeviceInfo,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    #[garde(length(max = 254))]
    pub email: String,
    #[garde(length(chars, max = 200))]
    pub password: String,
    #[garde(dive)]
    pub device: DeviceInfo,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SignedIn {
    pub account: Account,
    pub tokens: Tokens,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tokens {
    pub session_id: Uuid,
    /// Sent as `Authorization: Bearer …`.
    pub access: String,
    pub access_expires_at: Timestamp,
    /// Good for one exchange. Sent again within a minute (the answer was lost) it gives the same successor; used later it ends
    /// the session, for then somebody has a copy.
    pub refresh: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    pub refresh: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    #[garde(length(chars, max = 200))]
    pub current: String,
    #[garde(length(chars, min = 10, max = 200))]
    pub new: String,
}

/// A session as its owner sees it in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SessionLine {
    pub id: Uuid,
    pub device_name: String,
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
    /// The one that asks.
    pub current: bool,
}

/// An error of the API (RFC 9457). `code` is stable; `errors` name what is wrong in the request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    #[serde(rename = "type", default)]
    pub kind: String,
    #[serde(default)]
    pub title: String,
    pub status: u16,
    pub code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// Where the rules refused a command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
}

/// Codes of [`Problem`] that a client acts on.
pub mod problem {
    /// Unknown e-mail address or wrong password.
    pub const WRONG_CREDENTIALS: &str = "wrong_credentials";
    /// The access token is missing, expired or of an ended session.
    pub const UNAUTHENTICATED: &str = "unauthenticated";
    /// The refresh token was used before, or its session ended.
    pub const SESSION_ENDED: &str = "session_ended";
    /// Too many requests; see the `Retry-After` header.
    pub const TOO_MANY_REQUESTS: &str = "too_many_requests";
    /// The request speaks a newer or a no longer spoken protocol.
    pub const PROTOCOL: &str = "protocol";
    /// The password is known from breaches.
    pub const WEAK_PASSWORD: &str = "weak_password";
}
