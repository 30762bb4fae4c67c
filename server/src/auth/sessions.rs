//! Sessions: signing in, exchanging the refresh token, ending.
//!
//! Each exchange gives a new refresh token and makes the old one worthless; an old one that is used all the same is a copy,
//! and the session ends for both who hold it. One case is no theft: the answer to an exchange was lost on the way and the
//! device asks again with the token it has. So the successor of a token follows from the token, a salt stored with the
//! session and a key of the server: within [`GRACE`], at most [`REPEATS`] times and as long as the successor was not itself
//! exchanged, the previous token gets the same successor once more. A thief who copied the previous token gains nothing
//! from it that copying the current one would not have given, and is found out at the next exchange.

use jiff::{SignedDuration, Timestamp};
use mediconnect_domain::{
    AccountId, Answer, DeviceId, Kind, Need, Record, Row,
    accounts::{Account, AccountStatus, email_key},
    sign_in::{DeviceInfo, Tokens},
};
use secrecy::SecretString;
use uuid::Uuid;

use super::{
    api_tokens,
    keys::Keys,
    one_time,
    table::{self, Previous, Session},
    tokens::{self, Bearer, Refresh},
};
use crate::{
    app::App,
    audit, mail,
    storage::{StoreError, Tx},
};

/// How long the previous refresh token is answered again, and how often.
pub const GRACE: SignedDuration = SignedDuration::from_secs(60);
pub const REPEATS: u32 = 3;

/// A session ends when its device was not heard of for this long.
pub const IDLE: SignedDuration = SignedDuration::from_hours(60 * 24);
/// The same for staff, whose tokens are changed every ten minutes while they work.
pub const STAFF_IDLE: SignedDuration = SignedDuration::from_mins(15);
/// Staff sign in again after this long in any case.
pub const STAFF_AT_MOST: SignedDuration = SignedDuration::from_hours(12);

/// A session before its refresh token is handed out.
pub struct Opened {
    pub session: Session,
    pub refresh: Refresh,
}

impl Opened {
    /// A new session of this device, whose owner has just proved who they are.
    pub fn new(
        id: Uuid,
        account: AccountId,
        device: &DeviceInfo,
        second_factor: bool,
        now: Timestamp,
    ) -> Self {
        let refresh = Refresh { session: id, secret: rand::random() };
        let session = Session {
            id,
            account,
            device: device.id,
            device_name: device.name.clone(),
            created_at: now,
            used_at: now,
            token: refresh.hash(),
            previous: None,
            proved_at: now,
            second_factor,
        };
        Self { session, refresh }
    }

    /// What the device is given.
    pub fn tokens(&self, keys: &Keys, now: Timestamp) -> Tokens {
        let bearer = Bearer { account: self.session.account, session: self.session.id };
        Tokens {
            session_id: self.session.id,
            access: tokens::access(keys, bearer, now),
            access_expires_at: now + tokens::ACCESS_FOR,
            refresh: self.refresh.text(keys),
        }
    }
}

/// What is known about somebody who wants to sign in.
pub struct Candidate {
    pub account: Option<Account>,
    pub password: Option<String>,
    /// The device was signed in to this account before.
    pub known_device: bool,
}

/// Looks up an e-mail address.
pub async fn candidate(app: &App, email: &str, device: DeviceId) -> Result<Candidate, StoreError> {
    let key = email_key(email);
    app.store()
        .read(move |tx| {
            let key = key.clone();
            Box::pin(async move {
                let Some(account) = account_by(tx, Need::Unique(key)).await? else {
                    return Ok(Candidate { account: None, password: None, known_device: false });
                };
                let password = table::password(tx, account.id).await?;
                let known_device = table::knows(tx, account.id, device).await?;
                Ok(Candidate { account: Some(account), password, known_device })
            })
        })
        .await
}

/// The account that answers this need.
pub async fn account_by(tx: &mut dyn Tx, need: Need) -> Result<Option<Account>, StoreError> {
    let Some(Answer::Rows(rows)) = tx.fetch(&[need]).await?.pop() else { return Ok(None) };
    Ok(rows.iter().find(|row| row.kind == Kind::Account).and_then(Row::read))
}

/// The account with this id.
pub async fn account(tx: &mut dyn Tx, id: AccountId) -> Result<Option<Account>, StoreError> {
    account_by(tx, Need::record::<Account>(id)).await
}

/// Stores a new session of this account.
pub async fn begin(app: &App, opened: &Opened, account: &Account) -> Result<(), StoreError> {
    let (session, account) = (opened.session.clone(), account.clone());
    app.store()
        .write(&[], move |tx| {
            let (session, account) = (session.clone(), account.clone());
            Box::pin(async move { begin_in(tx, &session, &account).await })
        })
        .await
}

pub(super) async fn begin_in(
    tx: &mut dyn Tx,
    session: &Session,
    account: &Account,
) -> Result<(), StoreError> {
    table::begin(tx, session).await?;
    let deed = Deed { name: "auth.sign_in", outcome: audit::ACCEPTED, id: session.id };
    deed.note(tx, Some(account), session.created_at).await
}

/// Notes that somebody could not sign in as this account, or as nobody there is.
pub async fn note_failure(
    app: &App,
    account: Option<Account>,
    name: &'static str,
    outcome: &'static str,
) -> Result<(), StoreError> {
    let (now, deed) = (app.now(), Deed { name, outcome, id: app.new_id() });
    app.store()
        .write(&[], move |tx| {
            let account = account.clone();
            Box::pin(async move { deed.note(tx, account.as_ref(), now).await })
        })
        .await
}

/// Something about sign-ins, for the audit.
#[derive(Clone, Copy)]
pub(super) struct Deed {
    pub name: &'static str,
    pub outcome: &'static str,
    /// Of the session, or new where there is none.
    pub id: Uuid,
}

impl Deed {
    pub(super) async fn note(
        self,
        tx: &mut dyn Tx,
        account: Option<&Account>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let actor = account.filter(|_| self.outcome == audit::ACCEPTED).map(|account| account.id.0);
        let subject = account.map(|account| (Some(Kind::Account), account.id.0));
        let record = account.cloned().map(Record::from);
        let Self { name: command, outcome, id: command_id } = self;
        audit::Line { at, actor, command, command_id, subject, outcome, scopes: audit::scopes_of(&record) }
            .write(tx)
            .await
    }
}

/// Whether a session has not ended in the meantime, by another node or by the passing of time.
pub async fn goes_on(tx: &mut dyn Tx, id: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    let Some(session) = table::live(tx, id).await? else { return Ok(false) };
    Ok(account(tx, session.account).await?.is_some_and(|account| !is_over(&session, &account, now)))
}

/// Whether the password is the account's.
pub async fn proves(app: &App, candidate: &Candidate, password: &str) -> bool {
    app.hasher.matches(SecretString::from(password), candidate.password.clone()).await
}

/// What came of an exchange.
enum Exchanged {
    For(Box<Opened>),
    /// No such session, or it has just been ended.
    Ended(Option<Uuid>),
}

/// New tokens for a refresh token; `None` where its session has ended.
pub async fn refresh(app: &App, text: &str) -> Result<Option<Tokens>, StoreError> {
    let Some(token) = Refresh::read(&app.keys, text) else { return Ok(None) };
    let (now, salt, keys) = (app.now(), rand::random::<[u8; 16]>(), app.keys.clone());
    let exchanged = app
        .store()
        .write(&[token.session], move |tx| {
            let (token, keys) = (token.clone(), keys.clone());
            Box::pin(async move { exchange(tx, &keys, token, salt, now).await })
        })
        .await?;
    match exchanged {
        Exchanged::For(opened) => Ok(Some(opened.tokens(&app.keys, now))),
        Exchanged::Ended(id) => {
            app.forget_sessions(id);
            Ok(None)
        }
    }
}

async fn exchange(
    tx: &mut dyn Tx,
    keys: &Keys,
    token: Refresh,
    salt: [u8; 16],
    now: Timestamp,
) -> Result<Exchanged, StoreError> {
    let Some(session) = table::live(tx, token.session).await? else { return Ok(Exchanged::Ended(None)) };
    let (id, owner) = (session.id, session.account);
    let account = account(tx, owner).await?;
    let may_go_on = account.as_ref().is_some_and(|account| !is_over(&session, account, now));
    match turned(session, keys, &token, salt, now).filter(|_| may_go_on) {
        Some(opened) => {
            table::exchange(tx, &opened.session).await?;
            Ok(Exchanged::For(Box::new(opened)))
        }
        None => {
            table::end(tx, owner, Some(id), None, now).await?;
            let outcome = if may_go_on { "token_used_before" } else { "session_over" };
            Deed { name: "auth.refresh", outcome, id }.note(tx, account.as_ref(), now).await?;
            Ok(Exchanged::Ended(Some(id)))
        }
    }
}

/// Whether the time of a session, or of its account, is over.
fn is_over(session: &Session, account: &Account, now: Timestamp) -> bool {
    let idle = now.duration_since(session.used_at);
    let age = now.duration_since(session.created_at);
    match account.role.is_staff() {
        _ if account.status != AccountStatus::Active => true,
        true => idle > STAFF_IDLE || age > STAFF_AT_MOST,
        false => idle > IDLE,
    }
}

/// The session after an exchange of `token`; `None` where the token is a copy of an old one.
fn turned(
    mut session: Session,
    keys: &Keys,
    token: &Refresh,
    salt: [u8; 16],
    now: Timestamp,
) -> Option<Opened> {
    let presented = token.hash();
    let salt = if presented == session.token {
        session.previous = Some(Previous { token: presented, salt, repeats: 0 });
        session.used_at = now;
        salt
    } else {
        let lately = now.duration_since(session.used_at) <= GRACE;
        let previous = session.previous.as_mut().filter(|previous| previous.token == presented)?;
        if !lately || previous.repeats >= REPEATS {
            return None;
        }
        previous.repeats += 1;
        previous.salt
    };
    let refresh = Refresh { session: session.id, secret: keys.successor(&token.secret, &salt) };
    session.token = refresh.hash();
    Some(Opened { session, refresh })
}

/// Ends the sessions of an account: the one given, or all but `except`. Answers how many.
pub async fn end(
    app: &App,
    account: AccountId,
    only: Option<Uuid>,
    except: Option<Uuid>,
) -> Result<usize, StoreError> {
    let now = app.now();
    let ended = app
        .store()
        .write(&[account.0], move |tx| {
            Box::pin(async move {
                let ended = table::end(tx, account, only, except, now).await?;
                note_ended(tx, account, &ended, now).await.map(|()| ended)
            })
        })
        .await?;
    let count = ended.len();
    app.forget_sessions(ended);
    Ok(count)
}

async fn note_ended(
    tx: &mut dyn Tx,
    owner: AccountId,
    ended: &[Uuid],
    now: Timestamp,
) -> Result<(), StoreError> {
    let owner = account(tx, owner).await?;
    for id in ended.iter().copied() {
        Deed { name: "auth.sign_out", outcome: audit::ACCEPTED, id }.note(tx, owner.as_ref(), now).await?;
    }
    Ok(())
}

/// Sets a password and ends all sessions but `keep`, the one it was changed from.
pub async fn change_password(
    app: &App,
    account: AccountId,
    hash: String,
    keep: Option<Uuid>,
) -> Result<(), StoreError> {
    let (now, mail) = (app.now(), app.new_id());
    let ended = app
        .store()
        .write(&[account.0], move |tx| {
            let hash = hash.clone();
            Box::pin(async move { change_password_in(tx, account, &hash, keep, mail, now).await })
        })
        .await?;
    app.forget_sessions(ended);
    Ok(())
}

/// What was opened with the old password ends with it: sessions but `keep`, API tokens, secrets on their way by e-mail. Answers
/// what ended.
pub(super) async fn change_password_in(
    tx: &mut dyn Tx,
    account: AccountId,
    hash: &str,
    keep: Option<Uuid>,
    mail: Uuid,
    now: Timestamp,
) -> Result<Vec<Uuid>, StoreError> {
    table::set_password(tx, account, hash, now).await?;
    let owner = self::account(tx, account).await?;
    let deed = Deed { name: "auth.password", outcome: audit::ACCEPTED, id: account.0 };
    deed.note(tx, owner.as_ref(), now).await?;
    one_time::withdraw(tx, account).await?;
    mail::queue(tx, mail, mail::Kind::PasswordChanged, &mail::To::Account(account), now).await?;
    let mut ended = table::end(tx, account, None, keep, now).await?;
    note_ended(tx, account, &ended, now).await?;
    ended.extend(api_tokens::end(tx, account, None, now).await?);
    Ok(ended)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);
    const SALT: [u8; 16] = [5; 16];

    fn opened() -> Opened {
        let id = |name: &[u8]| mediconnect_domain::id::derive(&[name]);
        let device = DeviceInfo { id: DeviceId(id(b"phone")), name: "Phone".into() };
        Opened::new(id(b"session"), AccountId(id(b"asha")), &device, false, NOW)
    }

    fn after(s: i64) -> Timestamp {
        NOW + SignedDuration::from_secs(s)
    }

    #[test]
    fn a_lost_answer_is_given_again_for_a_minute() {
        let (keys, first) = (Keys::from_secret(&[7; 32]), opened());
        let second = turned(first.session, &keys, &first.refresh, SALT, NOW).unwrap();
        let again = turned(second.session.clone(), &keys, &first.refresh, [9; 16], after(60)).unwrap();
        assert!(again.refresh == second.refresh);
        assert_eq!(again.session.token, second.session.token);
        assert!(turned(second.session, &keys, &first.refresh, SALT, after(61)).is_none());
    }

    #[test]
    fn an_old_token_is_not_answered_once_its_successor_was_used() {
        let (keys, first) = (Keys::from_secret(&[7; 32]), opened());
        let second = turned(first.session, &keys, &first.refresh, SALT, NOW).unwrap();
        let third = turned(second.session, &keys, &second.refresh, [6; 16], after(1)).unwrap();
        assert!(turned(third.session, &keys, &first.refresh, SALT, after(2)).is_none());
    }

    #[test]
    fn a_lost_answer_is_not_given_again_without_end() {
        let (keys, first) = (Keys::from_secret(&[7; 32]), opened());
        let mut session = turned(first.session, &keys, &first.refresh, SALT, NOW).unwrap().session;
        for _ in 0..REPEATS {
            session = turned(session, &keys, &first.refresh, SALT, after(1)).unwrap().session;
        }
        assert!(turned(session, &keys, &first.refresh, SALT, after(1)).is_none());
    }
}
