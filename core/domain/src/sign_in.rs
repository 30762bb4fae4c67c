//! What client and server say to each other about signing in. Passwords and tokens are never records.
//!
//! | call | takes | answers |
//! |---|---|---|
//! | `GET  /v1/installation` | | [`Installation`] |
//! | `POST /v1/auth/register/begin` | [`BeginSignUp`] | nothing, whoever has that address |
//! | `POST /v1/auth/register/patient` | [`SignUpPatient`] | [`SignedIn`] |
//! | `POST /v1/auth/register/doctor` | [`SignUpDoctor`] | [`SignedIn`] |
//! | `POST /v1/auth/login`, `POST /v1/auth/sessions` | [`SignIn`] | [`SignedIn`] |
//! | `POST /v1/auth/refresh` | [`Refresh`] | [`Tokens`] |
//! | `POST /v1/auth/logout`, `DELETE /v1/auth/sessions/current` | | nothing |
//! | `GET  /v1/auth/sessions` | | a list of [`SessionLine`] in [`crate::fetch::Page`] |
//! | `DELETE /v1/auth/sessions/{id}` | | nothing |
//! | `POST /v1/auth/password` | [`ChangePassword`] | nothing; all other sessions end |
//! | `POST /v1/auth/password/forgot` | [`ForgotPassword`] | nothing, whoever has that address |
//! | `POST /v1/auth/password/reset` | [`ResetPassword`] | nothing; all sessions end |
//! | `POST /v1/auth/email/send` | | nothing; an e-mail is on its way |
//! | `POST /v1/auth/email/verify` | [`VerifyEmail`] | nothing |
//! | `POST /v1/auth/second-factor` | [`SecondStep`] | [`SignedIn`] |
//! | `POST /v1/auth/step-up` | [`StepUp`] | [`Fresh`] |
//! | `GET  /v1/auth/security` | | [`AccountSecurity`] |
//! | `POST /v1/auth/totp` | | [`TotpSetUp`] |
//! | `POST /v1/auth/totp/confirm` | [`TotpCode`] | [`RecoveryCodes`] |
//! | `DELETE /v1/auth/totp` | | nothing |
//! | `POST /v1/auth/recovery-codes` | | [`RecoveryCodes`] |
//! | `POST /v1/auth/tokens` | [`NewApiToken`] | [`ApiToken`] |
//! | `GET  /v1/auth/tokens` | | a list of [`ApiTokenLine`] in [`crate::fetch::Page`] |
//! | `DELETE /v1/auth/tokens/{id}` | | nothing |
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
    settings::Language,
    valid::FieldError,
};

pub const INSTALLATION: &str = "/v1/installation";
pub const SIGN_UP_BEGIN: &str = "/v1/auth/register/begin";
pub const SIGN_UP_PATIENT: &str = "/v1/auth/register/patient";
pub const SIGN_UP_DOCTOR: &str = "/v1/auth/register/doctor";
pub const SESSIONS: &str = "/v1/auth/sessions";
pub const REFRESH: &str = "/v1/auth/refresh";
pub const PASSWORD: &str = "/v1/auth/password";
pub const FORGOT: &str = "/v1/auth/password/forgot";
pub const RESET: &str = "/v1/auth/password/reset";
pub const SEND_EMAIL: &str = "/v1/auth/email/send";
pub const VERIFY_EMAIL: &str = "/v1/auth/email/verify";
pub const SECOND_FACTOR: &str = "/v1/auth/second-factor";
pub const STEP_UP: &str = "/v1/auth/step-up";
pub const SECURITY: &str = "/v1/auth/security";
pub const TOTP: &str = "/v1/auth/totp";
pub const TOTP_CONFIRM: &str = "/v1/auth/totp/confirm";
pub const RECOVERY_CODES: &str = "/v1/auth/recovery-codes";
pub const API_TOKENS: &str = "/v1/auth/tokens";

/// What anyone may know of an installation before signing in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Installation {
    pub name: String,
    /// Ed25519, hex: signs receipts. Devices pin it at first contact.
    pub receipt_key: String,
    /// The newest protocol the server speaks, and the oldest.
    pub protocol: u32,
    pub oldest_protocol: u32,
    /// A sign-up begins with [`BeginSignUp`] and brings the code of the e-mail.
    #[serde(default)]
    pub sign_up_by_code: bool,
}

/// Has an e-mail sent to whoever wants to sign up. The answer is the same for every address; the e-mail says whether there is an
/// account already.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct BeginSignUp {
    #[garde(email, length(max = 254))]
    pub email: String,
    #[garde(skip)]
    pub language: Language,
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
    /// Of the e-mail to this address, where the installation wants one.
    #[serde(default)]
    #[garde(length(chars, max = 32))]
    pub code: Option<String>,
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
    /// Of the e-mail to this address, where the installation wants one.
    #[serde(default)]
    #[garde(length(chars, max = 32))]
    pub code: Option<String>,
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

/// Asks for an e-mail with which a new password can be set. The answer is the same for every address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct ForgotPassword {
    #[garde(length(max = 254))]
    pub email: String,
}

/// What an e-mail brought: the long secret of its link, or the short code, which counts with the address only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum MailProof {
    Link {
        #[garde(length(max = 100))]
        token: String,
    },
    Code {
        #[garde(length(max = 254))]
        email: String,
        /// Spaces and hyphens do not count.
        #[garde(length(chars, max = 32))]
        code: String,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct VerifyEmail {
    #[garde(dive)]
    pub proof: MailProof,
}

/// Sets a password without the old one. It gives back sign-in, not keys; a second factor stays in force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct ResetPassword {
    #[garde(dive)]
    pub proof: MailProof,
    #[garde(length(chars, min = 10, max = 200))]
    pub new: String,
}

/// What a right password is answered with where the account has a second factor: the problem
/// [`problem::MFA_REQUIRED`] carries it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Challenge {
    /// Sent back with the code. Good once, and for a few wrong codes.
    pub token: String,
    pub expires_at: Timestamp,
}

/// The second step of signing in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct SecondStep {
    #[garde(length(max = 100))]
    pub challenge: String,
    /// Of the authenticator app, or a recovery code. Spaces and hyphens do not count.
    #[garde(length(chars, max = 64))]
    pub code: String,
}

/// Proves once more who sits there: by the second factor, where the account has one, else by the password.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum StepUp {
    Password {
        #[garde(length(chars, max = 200))]
        password: String,
    },
    /// Of the authenticator app, or a recovery code.
    Code {
        #[garde(length(chars, max = 64))]
        code: String,
    },
}

/// Until when the session counts as just proven.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Fresh {
    pub until: Timestamp,
}

/// How an account is protected, and what this session may still have to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AccountSecurity {
    pub email_verified: bool,
    /// Whether the server can send e-mail at all.
    pub email_works: bool,
    /// An authenticator app is set up and confirmed.
    pub totp: bool,
    pub recovery_codes_left: u32,
    /// The account gets nothing else before it has a second factor and this session has used it.
    pub second_factor_demanded: bool,
    /// This session was begun, or stepped up, with a second factor.
    pub second_factor_used: bool,
    /// Until when this session counts as just proven.
    pub fresh_until: Timestamp,
}

/// For the authenticator app. Nothing is in force before a code of it was confirmed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TotpSetUp {
    /// `otpauth://totp/…`, to be shown as a QR code.
    pub uri: String,
    /// The same secret to be typed, in base32.
    pub secret: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct TotpCode {
    #[garde(length(chars, max = 16))]
    pub code: String,
}

/// Told once. Each is good once, in place of a code of the app.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecoveryCodes {
    pub codes: Vec<String>,
}

/// What a program may do with an account. A token never reaches how the account itself is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApiScope {
    /// What the account sees outside of the admin area.
    Read,
    /// What the account does there.
    Write,
    AdminRead,
    AdminWrite,
}

impl ApiScope {
    pub const ALL: [Self; 4] = [Self::Read, Self::Write, Self::AdminRead, Self::AdminWrite];

    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::AdminRead => "admin_read",
            Self::AdminWrite => "admin_write",
        }
    }

    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct NewApiToken {
    /// By which its owner will recognise it.
    #[garde(length(chars, min = 1, max = 120), custom(crate::valid::line))]
    pub name: String,
    #[garde(length(min = 1, max = 4))]
    pub scopes: Vec<ApiScope>,
    #[garde(range(min = 1, max = 365))]
    pub days: u16,
}

/// An API token as its owner sees it in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApiTokenLine {
    pub id: Uuid,
    pub name: String,
    pub scopes: Vec<ApiScope>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

/// Told once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApiToken {
    pub line: ApiTokenLine,
    /// Sent as `Authorization: Bearer …`.
    pub token: String,
}

/// How staff made sure who asks them for help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Identified {
    /// They came, with a document.
    InPerson,
    VideoCall,
    /// They were called at the number the clinic had before.
    CallBack,
}

/// Lets somebody who lost authenticator app and recovery codes sign in with the password alone.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetSecondFactor {
    pub identified: Identified,
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
    /// Where a second factor is wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub challenge: Option<Challenge>,
}

/// Codes of [`Problem`] that a client acts on.
pub mod problem {
    /// Unknown e-mail address or wrong password.
    pub const WRONG_CREDENTIALS: &str = "wrong_credentials";
    /// The access token is missing, expired or of an ended session.
    pub const UNAUTHENTICATED: &str = "unauthenticated";
    /// The refresh token was used before, or its session ended.
    pub const SESSION_ENDED: &str = "session_ended";
    /// A sign-up must bring the code of an e-mail: see [`super::BeginSignUp`].
    pub const EMAIL_CODE_NEEDED: &str = "email_code_needed";
    /// Too many requests; see the `Retry-After` header.
    pub const TOO_MANY_REQUESTS: &str = "too_many_requests";
    /// The request speaks a newer or a no longer spoken protocol.
    pub const PROTOCOL: &str = "protocol";
    /// The password is known from breaches, or easily guessed.
    pub const WEAK_PASSWORD: &str = "weak_password";
    /// The password is right, and the account has a second factor: see [`super::Problem::challenge`].
    pub const MFA_REQUIRED: &str = "mfa_required";
    /// A code or link is wrong, was used before, or is too old.
    pub const WRONG_CODE: &str = "wrong_code";
    /// Staff set up a second factor before they do anything else, and sign in with it.
    pub const SECOND_FACTOR_NEEDED: &str = "second_factor_needed";
    /// The session must prove again who sits there: see [`super::StepUp`].
    pub const STEP_UP_NEEDED: &str = "step_up_needed";
    /// The e-mail address must be verified before this.
    pub const EMAIL_NOT_VERIFIED: &str = "email_not_verified";
    /// This server sends no e-mail.
    pub const NO_MAIL: &str = "no_mail";
    /// The API token has no scope for this.
    pub const SCOPE_MISSING: &str = "scope_missing";
}
