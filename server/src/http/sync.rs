//! The doors of sync: what is said is in [`mediconnect_domain::wire`], what happens in [`crate::sync`] and [`crate::live`].

use std::{sync::Arc, time::Duration};

use axum::{
    Extension, Json,
    body::{Body, Bytes},
    extract::{State, WebSocketUpgrade, ws::rejection::WebSocketUpgradeRejection},
    http::StatusCode,
    response::Response,
};
use futures::StreamExt;
use mediconnect_domain::{
    sign_in::problem,
    wire::{Pull, PullLine, Push, PushAnswer},
};
use tokio_stream::wrappers::ReceiverStream;

use super::{
    extract::Sent,
    gate::{self, Identity},
    media::{self, Media},
    problem::{Answer, Problem},
    route::{Policy, Route, get, post},
};
use crate::{
    app::App,
    connections::Place,
    live::socket::Stream,
    sync::{
        self, pull,
        push::{self, PushError},
    },
};

pub fn routes() -> Vec<Route> {
    vec![
        post("/v1/sync/push", Policy::SignedIn, "Takes commands from a device's outbox.", push),
        post(
            "/v1/sync/pull",
            Policy::SignedIn,
            "Gives a device the rows it may hold, one JSON text a line.",
            pull,
        ),
        get("/v1/sync/live", Policy::SignedIn, "Opens the live stream (WebSocket).", live),
    ]
}

fn not_spoken() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, problem::PROTOCOL)
}

async fn push(
    State(app): State<Arc<App>>,
    who: Identity,
    Sent(sent): Sent<Push>,
) -> Answer<Json<PushAnswer>> {
    let proven = gate::is_proven(&app, &who).await?;
    match push::push(&app.executor, who.account, &sent, proven).await {
        Ok(answer) => Ok(Json(answer)),
        Err(PushError::Protocol) => Err(not_spoken()),
        Err(PushError::Store(error)) => Err(error.into()),
        Err(error) => Err(Problem::field("commands", error.to_string())),
    }
}

/// JSON texts, one a line.
struct Lines;

impl Media for Lines {
    const TYPE: &'static str = "application/x-ndjson";
    const ABOUT: &'static str = "One JSON text a line, each of this form.";
    type Content = PullLine;
}

async fn pull(
    State(app): State<Arc<App>>,
    who: Identity,
    Sent(sent): Sent<Pull>,
) -> Answer<media::Of<Lines>> {
    if !sync::speaks(sent.protocol) {
        return Err(not_spoken());
    }
    let lines = ReceiverStream::new(pull::stream(app.store(), who.account, sent, app.now()));
    let texts = lines.map(|line| {
        let mut text = serde_json::to_vec(&line)?;
        text.push(b'\n');
        Ok::<_, serde_json::Error>(Bytes::from(text))
    });
    Ok(media::Of::new(Body::from_stream(texts)))
}

async fn live(
    State(app): State<Arc<App>>,
    who: Identity,
    place: Option<Extension<Arc<Place>>>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Answer<Response> {
    let upgrade = upgrade.map_err(|_| Problem::new(StatusCode::UPGRADE_REQUIRED, "upgrade_required"))?;
    if app.live.count_of(who.account) >= app.config.streams_per_account {
        return Err(Problem::slow_down(app.config.ping_every_s));
    }
    let seat = app.live.join(who.account, who.session);
    let executor = &app.executor;
    let stream = Stream {
        live: app.live.clone(),
        store: executor.store.clone(),
        clock: executor.clock.clone(),
        ping_every: Duration::from_secs(app.config.ping_every_s),
    };
    // A device says nothing but 'still here'.
    let upgrade = upgrade.max_message_size(4 * 1024);
    Ok(upgrade.on_upgrade(move |socket| async move {
        stream.serve(socket, seat, (who.account, who.session)).await;
        drop(place);
    }))
}
