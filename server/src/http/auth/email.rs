//! What goes by e-mail: showing that an address is one's own, and a lost password.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::NoContent};
use mediconnect_domain::sign_in::{
    self, BeginSignUp, ForgotPassword, MailProof, ResetPassword, VerifyEmail, problem,
};
use secrecy::SecretString;

use super::{own, strong, valid};
use crate::{
    app::App,
    auth::{
        address,
        one_time::{Kept, Purpose},
    },
    http::{
        extract::Sent,
        gate::Identity,
        problem::{Answer, Problem},
        route::{Policy, Route, post},
    },
};

pub fn routes() -> Vec<Route> {
    vec![
        post(
            sign_in::SIGN_UP_BEGIN,
            Policy::SignIn,
            "Sends an e-mail to whoever wants to sign up. The answer is the same for all.",
            begin_sign_up,
        ),
        post(
            sign_in::FORGOT,
            Policy::SignIn,
            "Sends an e-mail with which a new password can be set, if somebody has that address. The answer is the same for all.",
            forgot,
        ),
        post(
            sign_in::RESET,
            Policy::SignIn,
            "Sets a new password by what the e-mail brought. All sessions end.",
            reset,
        ),
        post(sign_in::SEND_EMAIL, Policy::Own, "Sends an e-mail by which one's address is verified.", send),
        post(
            sign_in::VERIFY_EMAIL,
            Policy::SignIn,
            "Verifies an address by what the e-mail brought.",
            verify,
        ),
    ]
}

fn mail_is_on(app: &App) -> Answer<()> {
    match app.post.is_on() {
        true => Ok(()),
        false => Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, problem::NO_MAIL)),
    }
}

fn wrong_code() -> Problem {
    Problem::new(StatusCode::FORBIDDEN, problem::WRONG_CODE)
}

async fn begin_sign_up(State(app): State<Arc<App>>, Sent(sent): Sent<BeginSignUp>) -> Answer<NoContent> {
    valid(&sent)?;
    mail_is_on(&app)?;
    address::ask_for_sign_up(&app, &sent.email, sent.language).await?;
    Ok(NoContent)
}

/// Goes on only with the code of the e-mail to this address: what comes after would tell whether there is an account.
pub(super) async fn signs_up(app: &App, email: &str, code: Option<String>) -> Answer<()> {
    let needed = || Problem::new(StatusCode::FORBIDDEN, problem::EMAIL_CODE_NEEDED);
    match address::may_sign_up(app, email, &code.ok_or_else(needed)?).await? {
        true => Ok(()),
        false => Err(wrong_code()),
    }
}

async fn forgot(State(app): State<Arc<App>>, Sent(sent): Sent<ForgotPassword>) -> Answer<NoContent> {
    valid(&sent)?;
    mail_is_on(&app)?;
    address::ask_for_reset(&app, &sent.email).await?;
    Ok(NoContent)
}

/// A password that is too weak does not use the proof up.
async fn reset(State(app): State<Arc<App>>, Sent(sent): Sent<ResetPassword>) -> Answer<NoContent> {
    valid(&sent)?;
    let (kept, account) = redeemable(&app, Purpose::ResetPassword, &sent.proof).await?;
    let new = SecretString::from(sent.new);
    strong(&app, &new, &account.email, &account.name).await?;
    let hash = app.hasher.hash(new).await;
    match address::reset(&app, kept, &account, hash).await? {
        true => Ok(NoContent),
        false => Err(wrong_code()),
    }
}

async fn send(State(app): State<Arc<App>>, who: Identity) -> Answer<NoContent> {
    mail_is_on(&app)?;
    let account = own(&app, &who).await?;
    address::ask_for_verification(&app, &account).await?.map_err(Problem::slow_down)?;
    Ok(NoContent)
}

async fn verify(State(app): State<Arc<App>>, Sent(sent): Sent<VerifyEmail>) -> Answer<NoContent> {
    valid(&sent)?;
    let (kept, _) = redeemable(&app, Purpose::VerifyEmail, &sent.proof).await?;
    match address::verify(&app, kept).await? {
        true => Ok(NoContent),
        false => Err(wrong_code()),
    }
}

async fn redeemable(
    app: &App,
    purpose: Purpose,
    proof: &MailProof,
) -> Answer<(Kept, mediconnect_domain::accounts::Account)> {
    address::redeemable(app, purpose, proof).await?.ok_or_else(wrong_code)
}
