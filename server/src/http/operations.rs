//! For whoever runs the server: is it alive, is it ready, how is it doing.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use mediconnect_domain::{
    sign_in::{self, Installation},
    wire::PROTOCOL,
};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    problem::{Answer, Problem},
    route::{Policy, Route, get},
};
use crate::app::App;

pub fn routes() -> Vec<Route> {
    vec![
        get("/health", Policy::Public, "Says that the process answers.", health),
        get("/ready", Policy::Public, "Says whether requests can be served.", ready),
        get("/metrics", Policy::Machine, "Gives the figures of the process (Prometheus).", metrics),
        get(sign_in::INSTALLATION, Policy::Public, "Says which installation this is.", installation),
    ]
}

#[derive(Serialize, JsonSchema)]
struct Health {
    status: &'static str,
    version: &'static str,
}

async fn health() -> Json<Health> {
    Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION") })
}

async fn ready(State(app): State<Arc<App>>) -> Answer<Json<Health>> {
    let unavailable = || Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable");
    if app.is_stopping() {
        return Err(unavailable());
    }
    app.store().ping().await.map_err(|_| unavailable())?;
    Ok(health().await)
}

async fn metrics(State(app): State<Arc<App>>) -> String {
    ::metrics::gauge!("mediconnect_live_devices").set(u32::try_from(app.live.count()).unwrap_or(u32::MAX));
    app.metrics.render()
}

async fn installation(State(app): State<Arc<App>>) -> Json<Installation> {
    Json(Installation {
        name: app.config.installation_name.clone(),
        receipt_key: app.executor.key.public(),
        protocol: PROTOCOL,
        oldest_protocol: PROTOCOL.saturating_sub(2).max(1),
        sign_up_by_code: app.config.sign_up_by_code,
    })
}
