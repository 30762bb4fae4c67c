//! What is noted of every request, and what every answer carries.
//!
//! The log has method, route, status and duration: never the path itself (it holds ids), never a query (it holds what was
//! searched for), never a body. The request's id is in the log and in the answer, so that both can be brought together.

use std::time::{Duration, Instant};

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tracing::Instrument;
use uuid::Uuid;

use super::problem::Problem;

/// The longest a handler may take. Streams and sockets go on after it has answered.
const WITHIN: Duration = Duration::from_secs(30);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const ON_EVERY_ANSWER: [(HeaderName, HeaderValue); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000; includeSubDomains")),
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'")),
];

/// The method as a label of figures. Any word can be sent as a method; each would be a figure of its own, for ever.
fn known(method: &Method) -> &str {
    let standard = [Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::HEAD, Method::OPTIONS];
    if standard.contains(method) { method.as_str() } else { "other" }
}

pub async fn observe(request: Request, next: Next) -> Response {
    let id = Uuid::now_v7();
    let method = request.method().clone();
    let route =
        request.extensions().get::<MatchedPath>().map_or("none".to_owned(), |path| path.as_str().to_owned());
    let span = tracing::info_span!("request", %id, %method, route);
    let began = Instant::now();
    let answered = tokio::time::timeout(WITHIN, next.run(request).instrument(span.clone())).await;
    let mut response = answered.unwrap_or_else(|_| {
        let mut problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable");
        problem.retry_after_s = Some(1);
        problem.into_response()
    });
    let (status, took) = (response.status(), began.elapsed());
    span.in_scope(|| tracing::info!(status = status.as_u16(), took_us = took.as_micros(), "answered"));
    let labels =
        [("method", known(&method).to_owned()), ("route", route), ("status", status.as_u16().to_string())];
    metrics::histogram!("mediconnect_request_seconds", &labels).record(took.as_secs_f64());
    let headers = response.headers_mut();
    for (name, value) in ON_EVERY_ANSWER {
        headers.entry(name).or_insert(value);
    }
    if let Ok(id) = HeaderValue::try_from(id.to_string()) {
        headers.insert(REQUEST_ID, id);
    }
    response
}
