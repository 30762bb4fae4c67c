//! What can go wrong, with stable codes.

use mediconnect_core::{
    ExecuteError, OpenError, SignInError, StoreError, SubmitError, SyncError, sync::TransportError,
};
use mediconnect_domain::Refusal;

/// Why a call did not do what was asked.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum AppError {
    /// The rules say no. `refusal` is JSON: the code and what its words need.
    #[error("refused: {code}")]
    Refused { code: String, refusal: String },
    #[error("unknown e-mail address or wrong password")]
    WrongCredentials,
    #[error("no account is open")]
    NotSignedIn,
    #[error("the session has ended")]
    SessionEnded,
    #[error("the server cannot be reached")]
    Offline,
    #[error("the app must be updated")]
    UpgradeNeeded,
    /// An argument cannot be read.
    #[error("{what}")]
    Argument { what: String },
    #[error("{what}")]
    Failed { what: String },
}

impl AppError {
    pub(crate) fn argument(what: impl ToString) -> Self {
        Self::Argument { what: what.to_string() }
    }

    fn failed(what: impl ToString) -> Self {
        Self::Failed { what: what.to_string() }
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        let text = serde_json::to_string(&refusal).unwrap_or_default();
        Self::Refused { code: refusal.code().to_owned(), refusal: text }
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotSignedIn => Self::NotSignedIn,
            other => Self::failed(other),
        }
    }
}

impl From<OpenError> for AppError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Store(error) => error.into(),
            other => Self::failed(other),
        }
    }
}

impl From<SubmitError> for AppError {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Refused(refusal) => refusal.into(),
            SubmitError::Store(error) => error.into(),
        }
    }
}

impl From<SignInError> for AppError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::WrongCredentials => Self::WrongCredentials,
            SignInError::Refused(refusal) => refusal.into(),
            SignInError::Offline => Self::Offline,
            SignInError::SessionEnded => Self::SessionEnded,
            SignInError::UpgradeNeeded => Self::UpgradeNeeded,
            SignInError::Open(error) => error.into(),
            other => Self::failed(other),
        }
    }
}

impl From<ExecuteError> for AppError {
    fn from(error: ExecuteError) -> Self {
        match error {
            ExecuteError::Refused(refusal) => refusal.into(),
            ExecuteError::Offline => Self::Offline,
            ExecuteError::SessionEnded => Self::SessionEnded,
            ExecuteError::Store(error) => error.into(),
            other => Self::failed(other),
        }
    }
}

impl From<SyncError> for AppError {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Transport(TransportError::Offline(_) | TransportError::Cut(_)) => Self::Offline,
            SyncError::Transport(TransportError::SessionEnded) => Self::SessionEnded,
            SyncError::Transport(TransportError::UpgradeNeeded) => Self::UpgradeNeeded,
            SyncError::Store(error) => error.into(),
            other => Self::failed(other),
        }
    }
}
