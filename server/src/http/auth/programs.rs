//! API tokens: made, listed and ended by their owner.

use std::sync::Arc;

use axum::{Json, extract::State, response::NoContent};
use mediconnect_domain::{
    Refusal,
    fetch::Page,
    sign_in::{self, ApiScope, ApiToken, ApiTokenLine, NewApiToken},
};
use uuid::Uuid;

use super::{
    second_factor::{not_verified, verified_first},
    valid,
};
use crate::{
    app::App,
    auth::{api_tokens, steps},
    http::{
        extract::{At, Sent},
        gate::Identity,
        problem::{Answer, Problem},
        route::{Policy, Route, delete, get, post},
        write::Told,
    },
    mail::{self, Kind, To},
};

pub fn routes() -> Vec<Route> {
    vec![
        post(
            sign_in::API_TOKENS,
            Policy::SignedIn,
            "Makes a token by which a program can use one's account. Told once.",
            make,
        )
        .fresh(),
        get(sign_in::API_TOKENS, Policy::SignedIn, "Lists one's API tokens.", list),
        delete("/v1/auth/tokens/{id}", Policy::SignedIn, "Ends an API token.", end),
    ]
}

async fn make(
    State(app): State<Arc<App>>,
    who: Identity,
    Sent(new): Sent<NewApiToken>,
) -> Answer<Told<ApiToken>> {
    valid(&new)?;
    let admin = |scope: &ApiScope| matches!(scope, ApiScope::AdminRead | ApiScope::AdminWrite);
    if new.scopes.iter().any(admin) && !who.role.is_staff() {
        return Err(Problem::field("scopes", "are for staff"));
    }
    let (shared, now, id, mail) = (app.clone(), app.now(), app.new_id(), app.new_id());
    let guards = [who.account.0];
    let made = app.store().write(&guards, move |tx| {
        let (app, who, new) = (shared.clone(), who.clone(), new.clone());
        Box::pin(async move {
            if !verified_first(&app, tx, &who).await? {
                return Ok(Err(not_verified()));
            }
            let Some(token) = api_tokens::make(tx, id, who.account, &new, now).await? else {
                let limit = u32::try_from(api_tokens::MOST).unwrap_or(u32::MAX);
                return Ok(Err(Refusal::TooMany { limit }.into()));
            };
            mail::queue(tx, mail, Kind::ApiTokenMade, &To::Account(who.account), now).await?;
            steps::note(tx, "auth.api_token", who.account, id, now).await?;
            Ok(Ok(token))
        })
    });
    Ok(Told(made.await??))
}

async fn list(State(app): State<Arc<App>>, who: Identity) -> Answer<Json<Page<ApiTokenLine>>> {
    let now = app.now();
    let found = app.store().read(move |tx| Box::pin(api_tokens::of_account(tx, who.account, now)));
    Ok(Json(Page { items: found.await?, next_cursor: None }))
}

async fn end(State(app): State<Arc<App>>, who: Identity, At(id): At<Uuid>) -> Answer<NoContent> {
    let (account, now) = (who.account, app.now());
    let guards = [account.0];
    let ended = app.store().write(&guards, move |tx| {
        Box::pin(async move {
            let ended = api_tokens::end(tx, account, Some(id), now).await?;
            if !ended.is_empty() {
                steps::note(tx, "auth.api_token_ended", account, id, now).await?;
            }
            Ok(ended)
        })
    });
    let ended = ended.await?;
    match ended.is_empty() {
        true => Err(Problem::not_found()),
        false => {
            app.forget_sessions(ended);
            Ok(NoContent)
        }
    }
}
