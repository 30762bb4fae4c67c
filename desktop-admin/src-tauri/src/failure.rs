//! How a command of the front end fails: refused by the rules, or not possible at all.

use mediconnect_core::{ExecuteError, FetchError, SignInError, StoreError};
use mediconnect_domain::{
    Refusal,
    sign_in::{Challenge, Problem, problem},
};
use serde::Serialize;
use serde_json::{Value, json};

/// The shape that `tauri.ts` reads.
#[derive(Debug, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Failure {
    /// A refusal of the domain, as JSON; one of the server's own problems has its code and errors.
    Refused {
        refusal: Value,
    },
    Trouble {
        trouble: Trouble,
        detail: String,
    },
    /// The password is right, and a second step is wanted.
    Challenged {
        challenge: Challenge,
    },
}

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    Offline,
    /// It was sent, and no answer came: it may have taken effect.
    Unanswered,
    SignedOut,
    Credentials,
    TooManyTries,
    /// A code is wrong, was used before, or is too old.
    WrongCode,
    /// Somebody must prove once more who they are.
    StepUp,
    /// A second factor must be set up and used first.
    SecondFactorNeeded,
    NotVerified,
    NoMail,
    Server,
}

impl Failure {
    pub fn trouble(trouble: Trouble, detail: impl Into<String>) -> Self {
        Self::Trouble { trouble, detail: detail.into() }
    }

    pub fn server(detail: impl Into<String>) -> Self {
        Self::trouble(Trouble::Server, detail)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        if refusal == Refusal::StepUpNeeded {
            return Self::trouble(Trouble::StepUp, refusal.code());
        }
        match serde_json::to_value(&refusal) {
            Ok(refusal) => Self::Refused { refusal },
            Err(error) => Self::server(error.to_string()),
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        match problem.code.as_str() {
            problem::STEP_UP_NEEDED => return Self::trouble(Trouble::StepUp, problem.code),
            problem::SECOND_FACTOR_NEEDED => return Self::trouble(Trouble::SecondFactorNeeded, problem.code),
            _ => {}
        }
        match problem.refusal {
            Some(refusal) => refusal.into(),
            None => Self::Refused { refusal: json!({ "code": problem.code, "fields": problem.errors }) },
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotSignedIn => Self::trouble(Trouble::SignedOut, error.to_string()),
            other => Self::server(other.to_string()),
        }
    }
}

impl From<FetchError> for Failure {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::Offline => Self::trouble(Trouble::Offline, error.to_string()),
            FetchError::SessionEnded => Self::trouble(Trouble::SignedOut, error.to_string()),
            FetchError::Problem(problem) if problem.status >= 500 => Self::server(problem.code),
            FetchError::Problem(problem) if problem.status == 429 => {
                Self::trouble(Trouble::TooManyTries, problem.code)
            }
            FetchError::Problem(problem) => (*problem).into(),
            FetchError::Malformed(what) => Self::server(what),
            FetchError::Store(error) => error.into(),
        }
    }
}

impl From<ExecuteError> for Failure {
    fn from(error: ExecuteError) -> Self {
        match error {
            ExecuteError::Refused(refusal) => refusal.into(),
            ExecuteError::Offline => Self::trouble(Trouble::Offline, error.to_string()),
            ExecuteError::Unanswered { .. } => Self::trouble(Trouble::Unanswered, error.to_string()),
            ExecuteError::SessionEnded => Self::trouble(Trouble::SignedOut, error.to_string()),
            ExecuteError::Store(error) => error.into(),
        }
    }
}

impl From<SignInError> for Failure {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Refused(refusal) => refusal.into(),
            SignInError::WeakPassword => Self::Refused { refusal: json!({ "code": problem::WEAK_PASSWORD }) },
            SignInError::WrongCredentials => Self::trouble(Trouble::Credentials, error.to_string()),
            SignInError::TooManyAttempts { .. } => Self::trouble(Trouble::TooManyTries, error.to_string()),
            SignInError::SecondFactor(challenge) => Self::Challenged { challenge },
            SignInError::WrongCode => Self::trouble(Trouble::WrongCode, error.to_string()),
            SignInError::StepUpNeeded => Self::trouble(Trouble::StepUp, error.to_string()),
            SignInError::SecondFactorNeeded => {
                Self::trouble(Trouble::SecondFactorNeeded, error.to_string())
            }
            SignInError::EmailNotVerified => Self::trouble(Trouble::NotVerified, error.to_string()),
            SignInError::NoMail => Self::trouble(Trouble::NoMail, error.to_string()),
            SignInError::Offline => Self::trouble(Trouble::Offline, error.to_string()),
            SignInError::SessionEnded => Self::trouble(Trouble::SignedOut, error.to_string()),
            other => Self::server(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_keeps_its_code_and_what_belongs_to_it() {
        for refusal in Refusal::examples().into_iter().filter(|refusal| *refusal != Refusal::StepUpNeeded) {
            let code = refusal.code();
            let said = serde_json::to_value(Failure::from(refusal)).unwrap();
            assert_eq!(said["is"], "refused");
            assert_eq!(said["refusal"]["code"], code);
        }
    }

    #[test]
    fn no_network_is_trouble_and_no_refusal() {
        let said = serde_json::to_value(Failure::from(ExecuteError::Offline)).unwrap();
        assert_eq!((said["is"].as_str(), said["trouble"].as_str()), (Some("trouble"), Some("offline")));
    }
}
