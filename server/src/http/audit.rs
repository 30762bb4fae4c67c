//! The audit over the API: its head for everybody, to be kept and compared, and its check for super admins.
//! Its lines are read as [`mediconnect_domain::fetch::admin::Activity`].

use std::sync::Arc;

use axum::{Json, extract::State};
use mediconnect_domain::{
    audit::{self, AskHead, AuditReport, HeadAnswer},
    fetch::{Fetch, admin::CheckAudit},
};

use super::{
    extract::Asked,
    problem::Answer,
    route::{Policy, Route, get},
};
use crate::{
    app::App,
    audit::{seal, verify::verify},
};

pub fn routes() -> Vec<Route> {
    vec![
        get(audit::HEAD, Policy::SignedIn, "Shows the newest seal of the audit, and one asked for.", head),
        get(
            CheckAudit::PATH,
            Policy::SuperAdmin,
            "Reads the whole audit and compares it with its seals.",
            check,
        ),
    ]
}

async fn head(State(app): State<Arc<App>>, Asked(asked): Asked<AskHead>) -> Answer<Json<HeadAnswer>> {
    let read = app.store().read(move |tx| {
        Box::pin(async move {
            let asked = match asked.number {
                Some(number) => seal::numbered(tx, number).await?,
                None => None,
            };
            Ok(HeadAnswer {
                head: seal::last(tx).await?.map(|seal| seal.head),
                asked: asked.map(|seal| seal.head),
            })
        })
    });
    Ok(Json(read.await?))
}

async fn check(
    State(app): State<Arc<App>>,
    Asked(CheckAudit {}): Asked<CheckAudit>,
) -> Answer<Json<AuditReport>> {
    // One at a time: it reads everything that was ever written.
    let _turn = app.checking.lock().await;
    Ok(Json(verify(app.store(), &app.executor.key.public(), &[]).await?))
}
