//! Signing up, in and out. See [`mediconnect_domain::sign_in`] for what is said.

mod email;
mod page;
mod programs;
mod second_factor;

pub use page::LINK;

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode, response::NoContent};
use garde::Validate;
use mediconnect_domain::{
    AccountId, Command, Refusal,
    accounts::Account,
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
    write::Told,
};
use crate::{
    app::App,
    auth::{
        address, sessions, sign_up,
        steps::{self, First},
        table,
    },
};

pub fn routes() -> Vec<Route> {
    let mut routes = vec![
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
        get(sign_in::SESSIONS, Policy::Own, "Lists where one is signed in.", list),
        delete("/v1/auth/sessions/current", Policy::Own, "Signs out.", sign_out),
        post("/v1/auth/logout", Policy::Own, "Signs out.", sign_out),
        delete("/v1/auth/sessions/{id}", Policy::Own, "Signs another device out.", end),
        post(sign_in::PASSWORD, Policy::Own, "Changes one's password.", change_password),
    ];
    routes.extend(
        [email::routes(), page::routes(), second_factor::routes(), programs::routes()].into_iter().flatten(),
    );
    routes
}

type Entered = Answer<Told<SignedIn>>;

async fn register_patient(State(app): State<Arc<App>>, Sent(new): Sent<SignUpPatient>) -> Entered {
    valid(&new)?;
    let (id, email, name) = (new.account.account_id, new.account.email.clone(), new.account.name.clone());
    register(&app, id, (&email, &name), new.account.into(), new.password, new.device, new.code).await
}

async fn register_doctor(State(app): State<Arc<App>>, Sent(new): Sent<SignUpDoctor>) -> Entered {
    valid(&new)?;
    let (id, email, name) = (new.account.account_id, new.account.email.clone(), new.account.name.clone());
    register(&app, id, (&email, &name), new.account.into(), new.password, new.device, new.code).await
}

async fn register(
    app: &App,
    id: AccountId,
    (email, name): (&str, &str),
    open: Command,
    password: String,
    device: DeviceInfo,
    code: Option<String>,
) -> Entered {
    let password = SecretString::from(password);
    strong(app, &password, email, name).await?;
    if app.config.sign_up_by_code {
        self::email::signs_up(app, email, code).await?;
    }
    match sign_up::sign_up(app, id, open, &password, &device).await? {
        Ok(signed_in) => {
            if app.config.sign_up_by_code {
                address::verified_before(app, signed_in.account.id).await?;
            }
            Ok(Told(signed_in))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

fn valid<T: Validate<Context = ()>>(sent: &T) -> Answer<()> {
    sent.validate().map_err(|report| Refusal::from(report).into())
}

async fn strong(app: &App, password: &SecretString, email: &str, name: &str) -> Answer<()> {
    app.hasher.accepts(password, email, name).await.map_err(|weakness| {
        let errors = vec![FieldError::new("password", weakness.to_string())];
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, problem::WEAK_PASSWORD).with_errors(errors)
    })
}

async fn sign_in(State(app): State<Arc<App>>, Sent(sent): Sent<SignIn>) -> Answer<Json<SignedIn>> {
    valid(&sent)?;
    match steps::first(&app, &sent).await? {
        First::In(signed_in) => Ok(Json(*signed_in)),
        First::Challenged(challenge) => {
            let mut problem = Problem::new(StatusCode::UNAUTHORIZED, problem::MFA_REQUIRED);
            problem.said.challenge = Some(challenge);
            Err(problem)
        }
        First::Wrong => Err(Problem::new(StatusCode::UNAUTHORIZED, problem::WRONG_CREDENTIALS)),
        First::Disabled => Err(Refusal::AccountDisabled.into()),
    }
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
    let account = own(&app, &who).await?;
    compare(&app, &who, &account, &sent.current, "auth.password").await?;
    let new = SecretString::from(sent.new);
    strong(&app, &new, &account.email, &account.name).await?;
    sessions::change_password(&app, who.account, app.hasher.hash(new).await, Some(who.session)).await?;
    Ok(NoContent)
}

/// The account that asks.
async fn own(app: &App, who: &Identity) -> Answer<Account> {
    let id = who.account;
    let found = app.store().read(move |tx| Box::pin(async move { sessions::account(tx, id).await }));
    found.await?.ok_or_else(Problem::unauthenticated)
}

/// Goes on only with the password of the account that asks. A stolen access token must not be a way to try passwords.
async fn compare(
    app: &App,
    who: &Identity,
    account: &Account,
    password: &str,
    deed: &'static str,
) -> Answer<()> {
    steps::may_try(app, &account.email, Some(who.device)).await?.map_err(Problem::slow_down)?;
    let candidate = sessions::candidate(app, &account.email, who.device).await?;
    if sessions::proves(app, &candidate, password).await {
        return Ok(());
    }
    sessions::note_failure(app, candidate.account, deed, problem::WRONG_CREDENTIALS).await?;
    Err(Problem::new(StatusCode::FORBIDDEN, problem::WRONG_CREDENTIALS))
}
