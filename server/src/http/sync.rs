//! The doors of sync: what is said is in [`mediconnect_domain::wire`], what happens in [`crate::sync`] and [`crate::live`].

use std::sync::Arc;

use aide::{OperationOutput, generate::GenContext, openapi};
use axum::{
    Json,
    body::{Body, Bytes},
    extract::{State, WebSocketUpgrade, ws::rejection::WebSocketUpgradeRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::StreamExt;
use mediconnect_domain::{
    sign_in::problem,
    wire::{Pull, PullLine, Push, PushAnswer},
};
use tokio_stream::wrappers::ReceiverStream;

use super::{
    extract::Sent,
    gate::Identity,
    problem::{Answer, Problem},
    route::{Policy, Route, get, post},
};
use crate::{
    app::App,
    live::socket::Stream,
    sync::{
        self, pull,
        push::{self, PushError},
    },
};

pub fn routes() -> Vec<Route> {
    vec![
        post("/v1/sync/push", Policy::SignedIn, "Takes commands from a device's outbox.", push),
        post("/v1/sync/pull", Policy::SignedIn, "Gives a device the rows it may hold, one JSON text a line.", pull),
        get("/v1/sync/live", Policy::SignedIn, "Opens the live stream (WebSocket).", live),
    ]
}

/// JSON texts, one a line.
const LINES: &str = "application/x-ndjson";

fn not_spoken() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, problem::PROTOCOL)
}

async fn push(State(app): State<Arc<App>>, who: Identity, Sent(sent): Sent<Push>) -> Answer<Json<PushAnswer>> {
    match push::push(&app.executor, who.account, &sent).await {
        Ok(answer) => Ok(Json(answer)),
        Err(PushError::Protocol) => Err(not_spoken()),
        Err(PushError::Store(error)) => Err(error.into()),
        Err(error) => Err(Problem::field("commands", error.to_string())),
    }
}

/// Lines of JSON ([`PullLine`]).
struct Lines(Response);

impl IntoResponse for Lines {
    fn into_response(self) -> Response {
        self.0
    }
}

impl OperationOutput for Lines {
    type Inner = PullLine;

    fn operation_response(ctx: &mut GenContext, operation: &mut openapi::Operation) -> Option<openapi::Response> {
        let mut response = Json::<PullLine>::operation_response(ctx, operation)?;
        response.description = "One JSON text a line, each of this form.".into();
        response.content = response.content.into_values().map(|line| (LINES.into(), line)).collect();
        Some(response)
    }

    fn inferred_responses(
        ctx: &mut GenContext,
        operation: &mut openapi::Operation,
    ) -> Vec<(Option<u16>, openapi::Response)> {
        Self::operation_response(ctx, operation).map(|response| (Some(200), response)).into_iter().collect()
    }
}

async fn pull(State(app): State<Arc<App>>, who: Identity, Sent(sent): Sent<Pull>) -> Answer<Lines> {
    if !sync::speaks(sent.protocol) {
        return Err(not_spoken());
    }
    let lines = ReceiverStream::new(pull::stream(app.store(), who.account, sent, app.now()));
    let texts = lines.map(|line| {
        let mut text = serde_json::to_vec(&line)?;
        text.push(b'\n');
        Ok::<_, serde_json::Error>(Bytes::from(text))
    });
    let headers = [(header::CONTENT_TYPE, LINES)];
    Ok(Lines((headers, Body::from_stream(texts)).into_response()))
}

async fn live(
    State(app): State<Arc<App>>,
    who: Identity,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Answer<Response> {
    let upgrade = upgrade.map_err(|_| Problem::new(StatusCode::UPGRADE_REQUIRED, "upgrade_required"))?;
    let executor = &app.executor;
    let stream = Stream { live: app.live.clone(), store: executor.store.clone(), clock: executor.clock.clone() };
    // A device says nothing but 'still here'.
    let upgrade = upgrade.max_message_size(4 * 1024);
    Ok(upgrade.on_upgrade(move |socket| async move { stream.serve(socket, who.account, who.session).await }))
}
