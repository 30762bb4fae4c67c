//! The second step of signing in, proving oneself once more, and what an account has for it.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode, response::NoContent};
use mediconnect_domain::sign_in::{
    self, AccountSecurity, Fresh, RecoveryCodes, SecondStep, SignedIn, StepUp, TotpCode, TotpSetUp, problem,
};

use super::{compare, own, valid};
use crate::{
    app::App,
    auth::{
        second_factor,
        steps::{self, Again},
        table,
    },
    http::{
        extract::Sent,
        gate::Identity,
        problem::{Answer, Problem},
        route::{Policy, Route, delete, get, post},
    },
    mail::{self, Kind, To},
    storage::{StoreError, Tx},
};

pub fn routes() -> Vec<Route> {
    vec![
        post(sign_in::SECOND_FACTOR, Policy::SignIn, "Takes the second step of signing in.", second_step),
        post(sign_in::STEP_UP, Policy::Own, "Proves once more who sits there, for some minutes.", step_up),
        get(sign_in::SECURITY, Policy::Own, "Says how one's account is protected.", security),
        post(sign_in::TOTP, Policy::Own, "Sets up an authenticator app.", set_up).fresh(),
        post(
            sign_in::TOTP_CONFIRM,
            Policy::Own,
            "Puts the authenticator app in force by a code of it. Tells the recovery codes once.",
            confirm,
        )
        .fresh(),
        delete(sign_in::TOTP, Policy::Own, "Signs in without a second factor again.", turn_off).fresh(),
        post(
            sign_in::RECOVERY_CODES,
            Policy::Own,
            "Makes new recovery codes in place of all earlier ones. Tells them once.",
            renew_codes,
        )
        .fresh(),
    ]
}

fn wrong_code(status: StatusCode) -> Problem {
    Problem::new(status, problem::WRONG_CODE)
}

async fn second_step(State(app): State<Arc<App>>, Sent(sent): Sent<SecondStep>) -> Answer<Json<SignedIn>> {
    valid(&sent)?;
    let signed_in = steps::second(&app, &sent.challenge, &sent.code).await?;
    signed_in.map(Json).ok_or_else(|| wrong_code(StatusCode::UNAUTHORIZED))
}

async fn step_up(
    State(app): State<Arc<App>>,
    who: Identity,
    Sent(sent): Sent<StepUp>,
) -> Answer<Json<Fresh>> {
    valid(&sent)?;
    let account = own(&app, &who).await?;
    let proof = match sent {
        StepUp::Code { code } => Again::Code(code),
        StepUp::Password { password } => {
            compare(&app, &who, &account, &password, "auth.step_up").await?;
            Again::Password
        }
    };
    match steps::step_up(&app, &account, who.session, who.device, proof).await? {
        true => Ok(Json(Fresh { until: app.now() + app.config.proof_counts })),
        false => Err(wrong_code(StatusCode::FORBIDDEN)),
    }
}

async fn security(State(app): State<Arc<App>>, who: Identity) -> Answer<Json<AccountSecurity>> {
    let id = who.account;
    let found = app.store().read(move |tx| {
        Box::pin(async move {
            let verified = table::is_verified(tx, id).await?;
            let totp = second_factor::is_on(tx, id).await?;
            Ok((verified, totp, second_factor::recovery_codes_left(tx, id).await?))
        })
    });
    let (email_verified, totp, left) = found.await?;
    Ok(Json(AccountSecurity {
        email_verified,
        email_works: app.post.is_on(),
        totp,
        recovery_codes_left: u32::try_from(left).unwrap_or(u32::MAX),
        second_factor_demanded: app.config.demands_second_factor(&who.role),
        second_factor_used: who.second_factor,
        fresh_until: who.fresh_until,
    }))
}

/// Whoever has taken somebody else's address must not be able to keep its owner out with a factor of their own.
pub(super) async fn verified_first(app: &App, tx: &mut dyn Tx, who: &Identity) -> Result<bool, StoreError> {
    Ok(!app.post.is_on() || table::is_verified(tx, who.account).await?)
}

pub(super) fn not_verified() -> Problem {
    Problem::new(StatusCode::FORBIDDEN, problem::EMAIL_NOT_VERIFIED)
}

async fn set_up(State(app): State<Arc<App>>, who: Identity) -> Answer<Json<TotpSetUp>> {
    let account = own(&app, &who).await?;
    let (shared, guards) = (app.clone(), [who.account.0]);
    let made = app.store().write(&guards, move |tx| {
        let (app, who, account) = (shared.clone(), who.clone(), account.clone());
        Box::pin(async move {
            if !verified_first(&app, tx, &who).await? {
                return Ok(Err(not_verified()));
            }
            let issuer = &app.config.installation_name;
            let made = second_factor::set_up(tx, &app.keys, who.account, issuer, &account.email).await?;
            Ok(made.ok_or_else(|| Problem::new(StatusCode::CONFLICT, "already_exists")))
        })
    });
    made.await?.map(Json)
}

async fn confirm(
    State(app): State<Arc<App>>,
    who: Identity,
    Sent(sent): Sent<TotpCode>,
) -> Answer<Json<RecoveryCodes>> {
    valid(&sent)?;
    let (shared, session, now, mail) = (app.clone(), who.session, app.now(), app.new_id());
    let guards = [who.account.0];
    let confirmed = app.store().write(&guards, move |tx| {
        let (app, who, code) = (shared.clone(), who.clone(), sent.code.clone());
        Box::pin(async move {
            let codes = second_factor::confirm(tx, &app.keys, who.account, &code, now).await?;
            if codes.is_some() {
                table::prove(tx, who.session, true, now).await?;
                mail::queue(tx, mail, Kind::SecondFactorOn, &To::Account(who.account), now).await?;
                steps::note(tx, "auth.second_factor_on", who.account, who.session, now).await?;
            }
            Ok(codes)
        })
    });
    let codes = confirmed.await?.ok_or_else(|| wrong_code(StatusCode::FORBIDDEN))?;
    app.seen.invalidate(&session);
    Ok(Json(RecoveryCodes { codes }))
}

const OFF: &str = "auth.second_factor_off";

async fn turn_off(State(app): State<Arc<App>>, who: Identity) -> Answer<NoContent> {
    match steps::end_second_factor(&app, who.account, who.account, OFF, who.session).await? {
        true => Ok(NoContent),
        false => Err(Problem::not_found()),
    }
}

async fn renew_codes(State(app): State<Arc<App>>, who: Identity) -> Answer<Json<RecoveryCodes>> {
    let (account, session, now, keys) = (who.account, who.session, app.now(), app.keys.clone());
    let guards = [account.0];
    let codes = app.store().write(&guards, move |tx| {
        let keys = keys.clone();
        Box::pin(async move {
            if !second_factor::is_on(tx, account).await? {
                return Ok(None);
            }
            steps::note(tx, "auth.recovery_codes", account, session, now).await?;
            second_factor::renew_recovery_codes(tx, &keys, account).await.map(Some)
        })
    });
    let codes = codes.await?.ok_or_else(Problem::not_found)?;
    Ok(Json(RecoveryCodes { codes }))
}
