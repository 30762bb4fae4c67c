//! The steps of showing who one is: the password, the second factor, and once more before something grave.
//!
//! A wrong password, an address that nobody has and an account at which too much was tried cost the same and are answered the
//! same; who holds the tries back is in [`super::attempts`]. A right password of an account with a second factor opens nothing
//! yet: it gives a challenge, which the second step brings back with a code.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use mediconnect_domain::{
    AccountId, DeviceId, Kind, Record,
    accounts::{Account, AccountStatus},
    sign_in::{Challenge, SignIn, SignedIn, problem},
};
use uuid::Uuid;

use super::{
    api_tokens,
    attempts::{self, Allowance, Key},
    keys::Keys,
    one_time::{self, OneTime, Purpose},
    second_factor,
    sessions::{self, Deed, Opened},
    table,
};
use crate::{
    app::App,
    audit, mail,
    storage::{StoreError, Tx},
};

/// Tries of one device, or of all strangers, over a day are those of a minute times this.
const MINUTES_A_DAY: u32 = 10;

/// Codes of the second factor that may be wrong.
const CODES: Allowance = Allowance { count: 10, within: SignedDuration::from_hours(1) };

/// What came of the first step.
pub enum First {
    Wrong,
    Disabled,
    In(Box<SignedIn>),
    Challenged(Challenge),
}

/// Signs in with a password, or begins to.
pub async fn first(app: &App, sent: &SignIn) -> Result<First, StoreError> {
    let candidate = sessions::candidate(app, &sent.email, sent.device.id).await?;
    let known = candidate.known_device.then_some(sent.device.id);
    let held_back = may_try(app, &sent.email, known).await?.is_err();
    let proven = sessions::proves(app, &candidate, &sent.password).await && !held_back;
    let Some(account) = candidate.account.clone().filter(|_| proven) else {
        let outcome = if held_back { "held_back" } else { problem::WRONG_CREDENTIALS };
        sessions::note_failure(app, candidate.account, "auth.sign_in", outcome).await?;
        return Ok(First::Wrong);
    };
    if account.status != AccountStatus::Active {
        sessions::note_failure(app, Some(account), "auth.sign_in", "account_disabled").await?;
        return Ok(First::Disabled);
    }
    go_on(app, account, candidate.password, sent).await
}

/// A session, or a challenge where the account has a second factor: if the password that was compared is still the account's, for
/// comparing takes its time.
async fn go_on(
    app: &App,
    account: Account,
    compared: Option<String>,
    sent: &SignIn,
) -> Result<First, StoreError> {
    let (now, keys, id, device) = (app.now(), app.keys.clone(), app.new_id(), sent.device.clone());
    let (owner, guards) = (account.clone(), [account.id.0]);
    let entered = app.store().write(&guards, move |tx| {
        let (keys, device, owner, compared) = (keys.clone(), device.clone(), owner.clone(), compared.clone());
        Box::pin(async move {
            if table::password(tx, owner.id).await? != compared {
                return Ok(Entered::Not);
            }
            if second_factor::is_on(tx, owner.id).await? {
                let secret = OneTime::random();
                let (purpose, device) = (Purpose::SecondStep, Some(&device));
                let until = one_time::keep(tx, &keys, purpose, owner.id, device, &secret, now).await?;
                return Ok(Entered::Half(Challenge { token: secret.token, expires_at: until }));
            }
            let opened = Opened::new(id, owner.id, &device, false, now);
            sessions::begin_in(tx, &opened.session, &owner).await?;
            Ok(Entered::Whole(Box::new(opened)))
        })
    });
    Ok(match entered.await? {
        Entered::Not => First::Wrong,
        Entered::Half(challenge) => First::Challenged(challenge),
        Entered::Whole(opened) => {
            let tokens = opened.tokens(&app.keys, now);
            First::In(Box::new(SignedIn { account, tokens }))
        }
    })
}

enum Entered {
    Not,
    Half(Challenge),
    Whole(Box<Opened>),
}

/// Takes one try at an account's password; or says after how many seconds there is one.
pub async fn may_try(app: &App, email: &str, known: Option<DeviceId>) -> Result<Result<(), u64>, StoreError> {
    let (now, keys, email) = (app.now(), app.keys.clone(), email.to_owned());
    let a_minute = app.config.limits.sign_in;
    let a_day = a_minute.saturating_mul(MINUTES_A_DAY);
    app.store()
        .write(&[], move |tx| {
            let (keys, email) = (keys.clone(), email.clone());
            Box::pin(async move {
                let tries = [
                    (Key::SignIn(&email, known), Allowance::a_minute(a_minute)),
                    (Key::SignInDaily(&email, known), Allowance::a_day(a_day)),
                ];
                for (key, allowance) in tries {
                    if let Err(wait_s) = attempts::take(tx, &keys, &key, allowance, now).await? {
                        return Ok(Err(wait_s));
                    }
                }
                Ok(Ok(()))
            })
        })
        .await
}

/// The second step: a session for the device that took the first. `None` where the code is wrong, or the challenge too old or
/// guessed at too often.
pub async fn second(app: &App, challenge: &str, code: &str) -> Result<Option<SignedIn>, StoreError> {
    let (now, keys, id, failure) = (app.now(), app.keys.clone(), app.new_id(), app.new_id());
    let (challenge, code) = (challenge.to_owned(), code.to_owned());
    let opened = app.store().write(&[], move |tx| {
        let (keys, challenge, code) = (keys.clone(), challenge.clone(), code.clone());
        Box::pin(async move {
            let found = one_time::by_token(tx, Purpose::SecondStep, &challenge, now).await?;
            let Some((kept, device)) =
                found.and_then(|kept| kept.device.clone().map(|device| (kept, device)))
            else {
                return Ok(None);
            };
            let account = sessions::account(tx, kept.account).await?;
            let Some(account) = account.filter(|account| account.status == AccountStatus::Active) else {
                return Ok(None);
            };
            let known = table::knows(tx, account.id, device.id).await?.then_some(device.id);
            if !takes_code(tx, &keys, &account, known, &code, now).await? {
                one_time::wrong(tx, &kept).await?;
                let deed = Deed { name: "auth.second_factor", outcome: problem::WRONG_CODE, id: failure };
                deed.note(tx, Some(&account), now).await?;
                return Ok(None);
            }
            one_time::use_up(tx, &kept).await?;
            let opened = Opened::new(id, account.id, &device, true, now);
            sessions::begin_in(tx, &opened.session, &account).await?;
            Ok(Some((opened, account)))
        })
    });
    Ok(opened.await?.map(|(opened, account)| {
        let tokens = opened.tokens(&app.keys, now);
        SignedIn { account, tokens }
    }))
}

/// Whether the code is the account's second factor, unless too many were tried.
pub async fn takes_code(
    tx: &mut dyn Tx,
    keys: &Arc<Keys>,
    account: &Account,
    known: Option<DeviceId>,
    code: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let key = Key::SecondFactor(&account.email, known);
    if attempts::take(tx, keys, &key, CODES, now).await?.is_err() {
        return Ok(false);
    }
    let right = second_factor::takes(tx, keys, account.id, code, now).await?;
    if right {
        attempts::forgive(tx, keys, &key).await?;
    }
    Ok(right)
}

/// How a session is proven once more.
#[derive(Clone, Debug)]
pub enum Again {
    /// The password was compared and is right.
    Password,
    Code(String),
}

/// Marks a session as just proven. False where the proof is not the account's: a password is none where there is a second
/// factor.
pub async fn step_up(
    app: &App,
    account: &Account,
    session: Uuid,
    device: DeviceId,
    proof: Again,
) -> Result<bool, StoreError> {
    let (now, keys, account) = (app.now(), app.keys.clone(), account.clone());
    let guards = [account.id.0];
    let proven = app.store().write(&guards, move |tx| {
        let (keys, account, proof) = (keys.clone(), account.clone(), proof.clone());
        Box::pin(async move {
            let second = second_factor::is_on(tx, account.id).await?;
            let proven = match (&proof, second) {
                (Again::Password, false) => true,
                (Again::Code(code), true) => takes_code(tx, &keys, &account, Some(device), code, now).await?,
                _ => false,
            };
            if proven {
                table::prove(tx, session, second, now).await?;
            }
            let outcome = if proven { audit::ACCEPTED } else { problem::WRONG_CODE };
            Deed { name: "auth.step_up", outcome, id: session }.note(tx, Some(&account), now).await?;
            Ok(proven)
        })
    });
    let proven = proven.await?;
    app.seen.invalidate(&session);
    Ok(proven)
}

/// Notes in the audit that somebody changed how their account is protected.
pub async fn note(
    tx: &mut dyn Tx,
    name: &'static str,
    account: AccountId,
    id: Uuid,
    now: Timestamp,
) -> Result<(), StoreError> {
    let owner = sessions::account(tx, account).await?;
    Deed { name, outcome: audit::ACCEPTED, id }.note(tx, owner.as_ref(), now).await
}

/// Signs an account in without a second factor from now on, and tells its owner. API tokens, which were made under it, end. False
/// where there was none. `deed` is what the audit calls it.
pub async fn end_second_factor(
    app: &App,
    account: AccountId,
    by: AccountId,
    deed: &'static str,
    id: Uuid,
) -> Result<bool, StoreError> {
    let (now, mail) = (app.now(), app.new_id());
    let ended = app
        .store()
        .write(&[account.0], move |tx| {
            Box::pin(async move {
                if !second_factor::turn_off(tx, account).await? {
                    return Ok(None);
                }
                table::forget_second_factor(tx, account).await?;
                mail::queue(tx, mail, mail::Kind::SecondFactorOff, &mail::To::Account(account), now).await?;
                let owner = sessions::account(tx, account).await?.map(Record::from);
                audit::Line {
                    at: now,
                    actor: Some(by.0),
                    command: deed,
                    command_id: id,
                    subject: Some((Some(Kind::Account), account.0)),
                    outcome: audit::ACCEPTED,
                    scopes: audit::scopes_of(&owner),
                }
                .write(tx)
                .await?;
                api_tokens::end(tx, account, None, now).await.map(Some)
            })
        })
        .await?;
    app.forget_account(account);
    let was_on = ended.is_some();
    app.forget_sessions(ended.into_iter().flatten());
    Ok(was_on)
}
