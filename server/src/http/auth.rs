//! Signing up, in and out. See [`mediconnect_domain::sign_in`] for what is said.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode, response::NoContent};
use garde::Validate;
use mediconnect_domain::{
    AccountId, Command, Refusal,
    accounts::AccountStatus,
    fetch::Page,
    sign_in::{
        self, ChangePassword, DeviceInfo, Refresh, SessionLine, SignIn, SignUpDoctor, SignUpPatient,
        SignedIn, Tokens, problem,
    },
    valid::FieldError,
};
use secrecy::SecretString;
use uuid::Uuid;

use super::{
    extract::{At, Sent},
    gate::Identity,
    problem::{Answer, Problem},
    route::{Policy, Route, delete, get, post},
};
use crate::{
    app::App,
    auth::{
        password,
        sessions::{self, Opened},
        sign_up, table,
    },
};

pub fn routes() -> Vec<Route> {
    vec![
        post(
            sign_in::SIGN_UP_PATIENT,
            Policy::SignIn,
            "Opens a patient's account and signs in.",
            register_patient,
        ),
        post(
            sign_in::SIGN_UP_DOCTOR,
            Policy::SignIn,
            "Opens a doctor's account and signs in.",
            register_doctor,
        ),
        post("/v1/auth/login", Policy::SignIn, "Signs in.", sign_in),
        post(sign_in::SESSIONS, Policy::SignIn, "Signs in: begins a session.", sign_in),
        post(sign_in::REFRESH, Policy::Public, "Exchanges a refresh token for new tokens.", refresh),
        get(sign_in::SESSIONS, Policy::SignedIn, "Lists where one is signed in.", list),
        delete("/v1/auth/sessions/current", Policy::SignedIn, "Signs out.", sign_out),
        post("/v1/auth/logout", Policy::SignedIn, "Signs out.", sign_out),
        delete("/v1/auth/sessions/{id}", Policy::SignedIn, "Signs another device out.", end),
        post(sign_in::PASSWORD, Policy::SignedIn, "Changes one's password.", change_password),
    ]
}

type Entered = Answer<(StatusCode, Json<SignedIn>)>;

async fn register_patient(State(app): State<Arc<App>>, Sent(new): Sent<SignUpPatient>) -> Entered {
    valid(&new)?;
    let (id, email, name) = (new.account.account_id, new.account.email.clone(), new.account.name.clone());
    register(&app, id, (&email, &name), new.account.into(), new.password, new.device).await
}

async fn register_doctor(State(app): State<Arc<App>>, Sent(new): Sent<SignUpDoctor>) -> Entered {
    valid(&new)?;
    let (id, email, name) = (new.account.account_id, new.account.email.clone(), new.account.name.clone());
    register(&app, id, (&email, &name), new.account.into(), new.password, new.device).await
}

async fn register(
    app: &App,
    id: AccountId,
    (email, name): (&str, &str),
    open: Command,
    password: String,
    device: DeviceInfo,
) -> Entered {
    let password = SecretString::from(password);
    strong(&password, email, name)?;
    match sign_up::sign_up(app, id, open, &password, &device).await? {
        Ok(signed_in) => Ok((StatusCode::CREATED, Json(signed_in))),
        Err(refusal) => Err(refusal.into()),
    }
}

fn valid<T: Validate<Context = ()>>(sent: &T) -> Answer<()> {
    sent.validate().map_err(|report| Refusal::from(report).into())
}

fn strong(password: &SecretString, email: &str, name: &str) -> Answer<()> {
    password::check(password, email, name).map_err(|weakness| {
        let errors = vec![FieldError::new("password", weakness.to_string())];
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, problem::WEAK_PASSWORD).with_errors(errors)
    })
}

/// An unknown address and a wrong password cost the same and are answered the same.
async fn sign_in(State(app): State<Arc<App>>, Sent(sent): Sent<SignIn>) -> Answer<Json<SignedIn>> {
    valid(&sent)?;
    let wrong = || Problem::new(StatusCode::UNAUTHORIZED, problem::WRONG_CREDENTIALS);
    let candidate = sessions::candidate(&app, &sent.email, sent.device.id).await?;
    let known = candidate.known_device.then_some(sent.device.id);
    app.limiters.sign_in_to(&sent.email.trim().to_lowercase(), known)?;
    let proven = sessions::proves(&app, &candidate, &sent.password).await;
    let Some(account) = candidate.account.clone().filter(|_| proven) else {
        sessions::note_failure(&app, candidate.account, "auth.sign_in", problem::WRONG_CREDENTIALS).await?;
        return Err(wrong());
    };
    if account.status != AccountStatus::Active {
        sessions::note_failure(&app, Some(account), "auth.sign_in", "account_disabled").await?;
        return Err(Refusal::AccountDisabled.into());
    }
    let opened = Opened::new(app.new_id(), account.id, &sent.device, app.now());
    sessions::begin(&app, &opened, &account).await?;
    let tokens = opened.tokens(&app.keys, app.now());
    Ok(Json(SignedIn { account, tokens }))
}

async fn refresh(State(app): State<Arc<App>>, Sent(sent): Sent<Refresh>) -> Answer<Json<Tokens>> {
    let tokens = sessions::refresh(&app, &sent.refresh).await?;
    tokens.map(Json).ok_or_else(|| Problem::new(StatusCode::UNAUTHORIZED, problem::SESSION_ENDED))
}

async fn list(State(app): State<Arc<App>>, who: Identity) -> Answer<Json<Page<SessionLine>>> {
    let account = who.account;
    let found = app.store().read(move |tx| Box::pin(async move { table::of_account(tx, account).await }));
    let line = |session: table::Session| SessionLine {
        id: session.id,
        device_name: session.device_name,
        created_at: session.created_at,
        last_used_at: session.used_at,
        current: session.id == who.session,
    };
    Ok(Json(Page { items: found.await?.into_iter().map(line).collect(), next_cursor: None }))
}

async fn sign_out(State(app): State<Arc<App>>, who: Identity) -> Answer<NoContent> {
    sessions::end(&app, who.account, Some(who.session), None).await?;
    Ok(NoContent)
}

async fn end(State(app): State<Arc<App>>, who: Identity, At(id): At<Uuid>) -> Answer<NoContent> {
    match sessions::end(&app, who.account, Some(id), None).await? {
        0 => Err(Problem::not_found()),
        _ => Ok(NoContent),
    }
}

async fn change_password(
    State(app): State<Arc<App>>,
    who: Identity,
    Sent(sent): Sent<ChangePassword>,
) -> Answer<NoContent> {
    valid(&sent)?;
    let id = who.account;
    let found = app.store().read(move |tx| Box::pin(async move { sessions::account(tx, id).await }));
    let account = found.await?.ok_or_else(Problem::unauthenticated)?;
    // A stolen access token must not be a way to try passwords.
    app.limiters.sign_in_to(&account.email, Some(who.device))?;
    let candidate = sessions::candidate(&app, &account.email, who.device).await?;
    if !sessions::proves(&app, &candidate, &sent.current).await {
        let outcome = problem::WRONG_CREDENTIALS;
        sessions::note_failure(&app, candidate.account, "auth.password", outcome).await?;
        return Err(Problem::new(StatusCode::FORBIDDEN, problem::WRONG_CREDENTIALS));
    }
    let new = SecretString::from(sent.new);
    strong(&new, &account.email, &account.name)?;
    sessions::change_password(&app, who.account, app.hasher.hash(new).await, Some(who.session)).await?;
    Ok(NoContent)
}
