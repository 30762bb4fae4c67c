//! The server, as far as HTTP reaches it.
//!
//! [`Remote`] is the seam: [`HttpRemote`] is the real one. It knows nothing of sessions; [`Line`] adds the account's access
//! token to each message, exchanges it when it has run out, once for all who wait, and is what the sync engine talks to.

mod http;
mod line;
mod live;
mod tls;

use async_trait::async_trait;
use mediconnect_domain::{
    sign_in::{Problem, problem},
    wire::{Pull, Push, PushAnswer},
};
use serde_json::Value;

pub use http::{HttpOptions, HttpRemote};
pub(crate) use line::Line;
pub use tls::{NotAPin, Pin};

use crate::sync::{Live, PullLines, TransportError};

/// Why the server gave no answer, or not the one hoped for.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RemoteError {
    /// There was no connection: nothing was sent.
    #[error("the server cannot be reached: {0}")]
    Offline(String),
    /// The connection broke, or no answer came in time. What was sent may or may not have arrived.
    #[error("the connection broke: {0}")]
    Cut(String),
    /// The server's word.
    #[error("the server says: {} ({})", .problem.title, .problem.code)]
    Problem { problem: Box<Problem>, retry_after_s: Option<u64> },
    /// Not what the API says.
    #[error("the server's answer cannot be read: {0}")]
    Malformed(String),
    /// The address, the roots or the pins of this configuration cannot be used.
    #[error("this configuration cannot be used: {0}")]
    Configuration(String),
}

impl RemoteError {
    pub(crate) fn is_unauthenticated(&self) -> bool {
        matches!(self, Self::Problem { problem, .. } if problem.status == 401)
    }
}

impl From<RemoteError> for TransportError {
    fn from(error: RemoteError) -> Self {
        match error {
            RemoteError::Offline(why) | RemoteError::Configuration(why) => Self::Offline(why),
            RemoteError::Cut(why) => Self::Cut(why),
            RemoteError::Malformed(what) => Self::Malformed(what),
            RemoteError::Problem { problem, retry_after_s } => {
                match (problem.status, problem.code.as_str()) {
                    (401, _) => Self::SessionEnded,
                    (426, _) | (_, problem::PROTOCOL) => Self::UpgradeNeeded,
                    (429 | 500.., _) => Self::Busy { retry_after_s },
                    (_, code) => Self::Malformed(code.to_owned()),
                }
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Delete,
}

/// A REST call.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub method: Method,
    /// Under the server's root.
    pub path: String,
    /// Names and values of the query string.
    pub query: Vec<(String, String)>,
    pub body: Option<Value>,
}

impl Call {
    pub fn get(path: impl Into<String>) -> Self {
        Self { method: Method::Get, path: path.into(), query: Vec::new(), body: None }
    }

    pub fn post(path: impl Into<String>, body: &impl serde::Serialize) -> Self {
        let body = serde_json::to_value(body).expect("requests are JSON");
        Self { method: Method::Post, path: path.into(), query: Vec::new(), body: Some(body) }
    }

    pub fn delete(path: impl Into<String>) -> Self {
        Self { method: Method::Delete, path: path.into(), query: Vec::new(), body: None }
    }
}

/// A server that can be asked. `token` is the access token of the account that asks.
#[async_trait]
pub trait Remote: Send + Sync + 'static {
    /// Answers the body: JSON, or `Value::Null` where there is none.
    async fn call(&self, token: Option<&str>, call: &Call) -> Result<Value, RemoteError>;

    async fn push(&self, token: &str, push: &Push) -> Result<PushAnswer, RemoteError>;

    async fn pull(&self, token: &str, pull: &Pull) -> Result<Box<dyn PullLines>, RemoteError>;

    async fn live(&self, token: &str) -> Result<Box<dyn Live>, RemoteError>;
}
