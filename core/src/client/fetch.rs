//! Questions that only the server can answer: lists over whole clinics, searches, times.

use jiff::Timestamp;
use mediconnect_domain::{fetch::Fetch, sign_in::Problem};
use serde::Serialize;
use serde_json::Value;

use super::Client;
use crate::{
    StoreError,
    remote::{Call, RemoteError},
};

/// The server's answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fetched<A> {
    pub answer: A,
    pub as_of: Timestamp,
    /// The server could not be reached: this is what it said last time.
    pub kept: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The server cannot be reached, and this was never asked before.
    #[error("the server cannot be reached")]
    Offline,
    #[error("the session has ended")]
    SessionEnded,
    /// The server's word: not allowed, not found, wrong fields.
    #[error("the server says: {}", .0.code)]
    Problem(Box<Problem>),
    #[error("the server's answer cannot be read: {0}")]
    Malformed(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Client {
    /// Asks the server. Without network it answers what the server said last time, if it was asked the same.
    pub async fn fetch<F: Fetch>(&self, question: F) -> Result<Fetched<F::Answer>, FetchError> {
        let open = self.account_open()?;
        let call = Call { query: query(&question), ..Call::get(F::PATH) };
        let name = format!("{} {}", F::PATH, serde_json::to_string(&call.query).unwrap_or_default());
        match open.line.call(&call).await {
            Ok(answer) => {
                let as_of = self.now();
                open.store.keep_answer(&name, &answer.to_string(), as_of)?;
                Ok(Fetched { answer: read::<F>(answer)?, as_of, kept: false })
            }
            Err(RemoteError::Offline(_) | RemoteError::Cut(_)) => {
                let (text, as_of) = open.store.kept_answer(&name)?.ok_or(FetchError::Offline)?;
                let answer =
                    serde_json::from_str(&text).map_err(|error| FetchError::Malformed(error.to_string()))?;
                Ok(Fetched { answer, as_of, kept: true })
            }
            Err(error) if error.is_unauthenticated() => Err(FetchError::SessionEnded),
            Err(RemoteError::Problem { problem, .. }) => Err(FetchError::Problem(problem)),
            Err(other) => Err(FetchError::Malformed(other.to_string())),
        }
    }

    /// A REST call that has no form of its own here. Nothing of it is kept.
    pub async fn call(&self, call: &Call) -> Result<Value, FetchError> {
        match self.account_open()?.line.call(call).await {
            Ok(answer) => Ok(answer),
            Err(RemoteError::Offline(_) | RemoteError::Cut(_)) => Err(FetchError::Offline),
            Err(error) if error.is_unauthenticated() => Err(FetchError::SessionEnded),
            Err(RemoteError::Problem { problem, .. }) => Err(FetchError::Problem(problem)),
            Err(other) => Err(FetchError::Malformed(other.to_string())),
        }
    }
}

/// The fields of a question as a query string; those left out are left out.
fn query(question: &impl Serialize) -> Vec<(String, String)> {
    let Ok(Value::Object(fields)) = serde_json::to_value(question) else { return Vec::new() };
    let text = |value: Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    };
    fields.into_iter().filter_map(|(name, value)| Some((name, text(value)?))).collect()
}

fn read<F: Fetch>(answer: Value) -> Result<F::Answer, FetchError> {
    serde_json::from_value(answer).map_err(|error| FetchError::Malformed(error.to_string()))
}
