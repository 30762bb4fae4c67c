//! What the API says when it does not do what was asked: RFC 9457 problem details with a stable `code`.
//!
//! The one place where refusals become statuses. Something that does not exist and something the caller may not know of
//! give the same answer, byte for byte.

use aide::{OperationOutput, generate::GenContext, openapi};
use axum::{
    Json,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use mediconnect_domain::{
    Refusal,
    sign_in::{self, problem},
    valid::FieldError,
};

use crate::storage::StoreError;

/// A problem, as `application/problem+json`.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub said: Box<sign_in::Problem>,
    /// Seconds after which it makes sense to try again.
    pub retry_after_s: Option<u64>,
}

/// What a handler answers.
pub type Answer<T> = Result<T, Problem>;

impl Problem {
    pub fn new(status: StatusCode, code: &str) -> Self {
        let said = sign_in::Problem {
            kind: format!("urn:mediconnect:problem:{code}"),
            title: status.canonical_reason().unwrap_or_default().to_owned(),
            status: status.as_u16(),
            code: code.to_owned(),
            detail: None,
            errors: Vec::new(),
            refusal: None,
            challenge: None,
        };
        Self { said: Box::new(said), retry_after_s: None }
    }

    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found")
    }

    pub fn not_allowed() -> Self {
        Self::new(StatusCode::FORBIDDEN, "not_allowed")
    }

    /// No token, or one that is not (or no longer) good.
    pub fn unauthenticated() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, problem::UNAUTHENTICATED)
    }

    pub fn slow_down(retry_after_s: u64) -> Self {
        let mut problem = Self::new(StatusCode::TOO_MANY_REQUESTS, problem::TOO_MANY_REQUESTS);
        problem.retry_after_s = Some(retry_after_s);
        problem
    }

    /// The server failed; what failed is in the log, under the request's id.
    pub fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal")
    }

    /// One field is wrong.
    pub fn field(path: &str, message: impl Into<String>) -> Self {
        Self::fields(vec![FieldError::new(path, message)])
    }

    pub fn fields(errors: Vec<FieldError>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid").with_errors(errors)
    }

    pub fn with_errors(mut self, errors: Vec<FieldError>) -> Self {
        self.said.errors = errors;
        self
    }
}

fn status_of(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::Invalid { .. } | Refusal::InThePast | Refusal::UnknownCommand | Refusal::IdReused => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Refusal::NotFound { .. } => StatusCode::NOT_FOUND,
        Refusal::NotAllowed | Refusal::AccountDisabled | Refusal::OwnRights | Refusal::StepUpNeeded => {
            StatusCode::FORBIDDEN
        }
        // All others speak of the state that things are in: the same request may pass at another time.
        _ => StatusCode::CONFLICT,
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let status = status_of(&refusal);
        match refusal {
            Refusal::NotFound { .. } => Self::not_found(),
            Refusal::Invalid { fields } => Self::fields(fields),
            Refusal::IdReused => Self::new(status, "idempotency_mismatch"),
            refusal => {
                let mut problem = Self::new(status, refusal.code());
                problem.said.refusal = Some(refusal);
                problem
            }
        }
    }
}

/// Something that ought not to happen. Logged here, once, and told without details.
impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        tracing::error!(error = format!("{error:#}"), "request failed");
        Self::internal()
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict(_) | StoreError::Unavailable(_) => {
                tracing::warn!(%error, "the store did not answer");
                let mut problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable");
                problem.retry_after_s = Some(1);
                problem
            }
            error => anyhow::Error::from(error).into(),
        }
    }
}

const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.said.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after = self.retry_after_s;
        let mut response = (status, Json(self.said)).into_response();
        let mut set = |name: HeaderName, value: HeaderValue| response.headers_mut().insert(name, value);
        set(header::CONTENT_TYPE, PROBLEM_JSON);
        if let Some(seconds) = retry_after {
            set(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            set(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl OperationOutput for Problem {
    type Inner = sign_in::Problem;

    fn operation_response(
        ctx: &mut GenContext,
        operation: &mut openapi::Operation,
    ) -> Option<openapi::Response> {
        let mut response = Json::<sign_in::Problem>::operation_response(ctx, operation)?;
        response.description = "A problem (RFC 9457).".into();
        response.content =
            response.content.into_values().map(|body| ("application/problem+json".into(), body)).collect();
        Some(response)
    }

    fn inferred_responses(
        ctx: &mut GenContext,
        operation: &mut openapi::Operation,
    ) -> Vec<(Option<u16>, openapi::Response)> {
        Self::operation_response(ctx, operation).map(|response| (None, response)).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_a_status_that_says_whose_turn_it_is() {
        for refusal in Refusal::examples() {
            let problem = Problem::from(refusal.clone());
            assert!((400..500).contains(&problem.said.status), "{refusal:?} became {}", problem.said.status);
            assert!(!problem.said.code.is_empty());
        }
    }

    #[test]
    fn what_is_missing_and_what_is_hidden_look_the_same() {
        let kinds = mediconnect_domain::Kind::ALL;
        let problems: Vec<_> =
            kinds.iter().map(|kind| Problem::from(Refusal::NotFound { kind: *kind })).collect();
        assert!(problems.iter().all(|problem| *problem == Problem::not_found()));
    }
}
