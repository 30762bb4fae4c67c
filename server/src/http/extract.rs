//! How requests become values: JSON bodies, query strings and ids in paths, each refused with a problem that names the field.

use aide::{OperationInput, generate::GenContext, openapi};
use axum::{
    Json,
    body::{Body, Bytes, HttpBody},
    extract::{FromRequest, FromRequestParts, Query, RawPathParams, Request},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use futures::StreamExt;
use mediconnect_domain::{registry, valid::FieldError};
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::problem::Problem;

/// The largest body that is read.
pub const BODY_LIMIT: usize = 1024 * 1024;

/// A larger body is thrown away up to this size, so that a client which is still sending gets to read the answer.
const DRAIN_LIMIT: usize = 32 * 1024 * 1024;

/// A JSON body. Fields that nothing reads are refused.
#[derive(Debug)]
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned + Serialize, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let is_json = says_json(request.headers()) && is_plain(request.headers());
        let bytes = read(request.into_body()).await?;
        match is_json {
            true => parse(&bytes).map(Self),
            false => Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type")),
        }
    }
}

/// `application/json`, in UTF-8 where it says a character set.
fn says_json(headers: &HeaderMap) -> bool {
    let Some(Ok(value)) = headers.get(header::CONTENT_TYPE).map(|value| value.to_str()) else { return false };
    let mut parts = value.split(';').map(|part| part.trim().to_ascii_lowercase());
    parts.next().as_deref() == Some("application/json")
        && parts
            .filter_map(|part| part.strip_prefix("charset=").map(str::to_owned))
            .all(|charset| charset.trim_matches('"') == "utf-8")
}

/// Compressed bodies are not taken: a small one can be a large one.
fn is_plain(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_ENCODING).is_none_or(|coding| coding == "identity")
}

/// The whole body, if it is small enough.
pub async fn read(body: Body) -> Result<Bytes, Problem> {
    let mut too_large = body.size_hint().lower() > BODY_LIMIT as u64;
    let mut kept = Vec::new();
    let mut seen = 0;
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "malformed"))?;
        seen += chunk.len();
        too_large |= seen > BODY_LIMIT;
        if seen > DRAIN_LIMIT {
            break;
        }
        if !too_large {
            kept.extend_from_slice(&chunk);
        }
    }
    match too_large {
        true => Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large")),
        false => Ok(kept.into()),
    }
}

/// What the bytes say. 400 where they are no JSON, 422 where they are JSON of another shape or say more than is read.
pub fn parse<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<T, Problem> {
    let given: Value = serde_json::from_slice(bytes).map_err(|error| malformed(&error.to_string()))?;
    if holds_nul(&given) {
        return Err(malformed(NUL));
    }
    let read: T = serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_slice(bytes))
        .map_err(|error| unreadable(&path(error.path()), without_position(&error.inner().to_string())))?;
    let kept = serde_json::to_value(&read).map_err(anyhow::Error::from)?;
    match registry::unread(&given, &kept) {
        Some(path) => Err(Problem::field(&path, "unknown field")),
        None => Ok(read),
    }
}

/// U+0000 ends texts elsewhere, and PostgreSQL takes none: no text has one.
const NUL: &str = "texts hold no U+0000";

fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(holds_nul),
        Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || holds_nul(value)),
        _ => false,
    }
}

/// As in the request: `address.city`; empty for the body itself.
fn path(path: &serde_path_to_error::Path) -> String {
    let text = path.to_string();
    if text == "." { String::new() } else { text }
}

fn malformed(message: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "malformed").with_errors(vec![FieldError::new("", message)])
}

/// The field at `path` cannot be read. Of one that is missing serde gives the path to what it is missing from, and its
/// name in the message alone ([`serde::de::Error::missing_field`]).
fn unreadable(path: &str, message: &str) -> Problem {
    let missing = message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`'));
    match missing {
        Some(name) if path.is_empty() => Problem::field(name, "missing field"),
        Some(name) => Problem::field(&format!("{path}.{name}"), "missing field"),
        None => Problem::field(path, message),
    }
}

/// serde_json adds where in the text it was; the path says it better.
fn without_position(message: &str) -> &str {
    message.rsplit_once(" at line ").map_or(message, |(before, _)| before)
}

/// A query string. Names that the type does not know are refused by the type.
#[derive(Debug)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        if parts.uri.query().is_some_and(|query| query.contains("%00")) {
            return Err(Problem::field("query", NUL));
        }
        let Query(value) = Query::try_from_uri(&parts.uri).map_err(|rejection| {
            let text = rejection.body_text();
            let text = text.strip_prefix("Failed to deserialize query string: ").unwrap_or(&text);
            match text.split_once(": ") {
                Some((path, message)) if !path.contains(' ') => Problem::field(path, message),
                _ if text.starts_with("missing field") => unreadable("", text),
                _ => Problem::field("query", text),
            }
        })?;
        Ok(Self(value))
    }
}

/// The `{id}` of a path. A text that is no id names nothing that exists.
#[derive(Clone, Copy, Debug)]
pub struct At<T>(pub T);

impl<T: std::str::FromStr, S: Send + Sync> FromRequestParts<S> for At<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let params =
            RawPathParams::from_request_parts(parts, state).await.map_err(|_| Problem::not_found())?;
        let id = params.iter().find(|(name, _)| *name == "id").and_then(|(_, text)| text.parse().ok());
        id.map(Self).ok_or_else(Problem::not_found)
    }
}

impl<T: JsonSchema> OperationInput for Sent<T> {
    fn operation_input(ctx: &mut GenContext, operation: &mut openapi::Operation) {
        Json::<T>::operation_input(ctx, operation);
    }
}

impl<T: JsonSchema> OperationInput for Asked<T> {
    fn operation_input(ctx: &mut GenContext, operation: &mut openapi::Operation) {
        Query::<T>::operation_input(ctx, operation);
    }
}

#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
struct IdInPath {
    /// A UUIDv7.
    id: uuid::Uuid,
}

impl<T> OperationInput for At<T> {
    fn operation_input(ctx: &mut GenContext, operation: &mut openapi::Operation) {
        axum::extract::Path::<IdInPath>::operation_input(ctx, operation);
    }
}
