//! What the audit tells of reading: who was given something personal, and who was turned away.
//!
//! What devices and staff *do* is in the audit through [`crate::execute`]. Here stands what passes the gate without doing anything:
//! a page of patients that a desk looked at, a file that somebody asked for who may not see it. The line is written before the
//! answer leaves, so that nothing was given that the audit does not know. The same thing again within a minute, as of a table
//! that refreshes itself, is the same look.

use axum::{
    RequestExt as _,
    extract::{RawPathParams, Request},
    http::StatusCode,
};
use mediconnect_domain::accounts::Role;
use uuid::Uuid;

use super::{
    gate::Identity,
    problem::{Answer, Problem},
    route::Route,
};
use crate::{
    app::App,
    audit::{ACCEPTED, GATE, Line, READ},
};

/// One look of one session: what at, at whose, and what came of it.
pub type Look = (Uuid, String, Option<Uuid>, u16);

/// The record that a request names in its path.
pub async fn subject(request: &mut Request) -> Option<Uuid> {
    let named = request.extract_parts::<RawPathParams>().await.ok()?;
    named.iter().find_map(|(_, value)| Uuid::try_parse(value).ok())
}

/// Somebody was let through, and this is what they get.
pub async fn answered(
    app: &App,
    route: &Route,
    who: &Identity,
    subject: Option<Uuid>,
    status: StatusCode,
) -> Answer<()> {
    match route.shows {
        Some(what) if status.is_success() && !matches!(who.role, Role::Patient) => {
            note(app, who, format!("{READ}{what}"), subject, status, ACCEPTED).await
        }
        _ if status == StatusCode::FORBIDDEN => {
            turned_away(app, route, who, subject, &Problem::not_allowed()).await
        }
        // Asking for something that one may not know of looks the same as asking for nothing.
        _ if status == StatusCode::NOT_FOUND && subject.is_some() => {
            turned_away(app, route, who, subject, &Problem::not_found()).await
        }
        _ => Ok(()),
    }
}

/// Somebody was not let through.
pub async fn turned_away(
    app: &App,
    route: &Route,
    who: &Identity,
    subject: Option<Uuid>,
    why: &Problem,
) -> Answer<()> {
    let status = StatusCode::from_u16(why.said.status).unwrap_or(StatusCode::FORBIDDEN);
    let name = format!("{GATE}{} {}", route.method, route.path);
    note(app, who, name, subject, status, &why.said.code).await
}

async fn note(
    app: &App,
    who: &Identity,
    name: String,
    subject: Option<Uuid>,
    status: StatusCode,
    outcome: &str,
) -> Answer<()> {
    let look: Look = (who.session, name.clone(), subject, status.as_u16());
    if app.looks.contains_key(&look) {
        return Ok(());
    }
    let (at, actor, id, outcome) = (app.now(), who.account.0, app.new_id(), outcome.to_owned());
    let written = app.store().write(&[], move |tx| {
        let (name, outcome) = (name.clone(), outcome.clone());
        Box::pin(async move {
            let line = Line {
                at,
                actor: Some(actor),
                command: &name,
                command_id: id,
                subject: subject.map(|id| (None, id)),
                outcome: &outcome,
                scopes: Default::default(),
            };
            line.write(tx).await
        })
    });
    written.await?;
    app.looks.insert(look, ());
    Ok(())
}
