//! Taking up what was queued and handing it over, again and again until it is taken or too late.
//!
//! Whoever takes a row up moves its time on in the same step, so that of several servers one sends it, and one that dies while
//! it sends leaves it to be taken up again. An e-mail may then come twice; the secret in the later one counts.

use std::{sync::Arc, time::Duration};

use futures::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use mediconnect_domain::{
    AccountId, Need,
    accounts::{Account, AccountStatus, email_key},
    settings::Language,
};
use tokio::time::MissedTickBehavior;
use uuid::Uuid;

use super::{Kind, To, Undelivered, letter};
use crate::{
    app::App,
    auth::{
        keys::Keys,
        one_time::{self, OneTime, Purpose},
        sessions,
    },
    storage::{Fields, StoreError, Tx},
    values,
};

const EVERY: Duration = Duration::from_millis(250);
const BATCH: u64 = 20;
/// A mail server that is slow for one receiver does not keep the others waiting.
const AT_ONCE: usize = 4;
/// Longer than a sending may take.
const TAKEN_FOR: SignedDuration = SignedDuration::from_mins(3);
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(15);

/// Runs until the app stops.
pub async fn run(app: Arc<App>) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let stopped = app.stopped();
    tokio::pin!(stopped);
    loop {
        tokio::select! {
            () = &mut stopped => return,
            _ = tick.tick() => {
                if let Err(error) = step(&app).await {
                    tracing::error!(%error, "e-mail that waits could not be read");
                }
            }
        }
    }
}

/// A row that was taken up.
#[derive(Clone, Debug)]
struct Waiting {
    id: Uuid,
    kind: Option<Kind>,
    to: To,
    at: Timestamp,
    until: Timestamp,
    tries: u64,
}

/// Sends all that is due now; how much was handed over.
pub async fn step(app: &App) -> Result<usize, StoreError> {
    let now = app.now();
    let due = app.store().read(move |tx| Box::pin(due(tx, now))).await?;
    let send =
        |waiting: Waiting| async move { Ok(take_up(app, &waiting).await? && deliver(app, &waiting).await?) };
    let sent: Vec<Result<bool, StoreError>> =
        stream::iter(due).map(send).buffer_unordered(AT_ONCE).collect().await;
    sent.into_iter().try_fold(0, |count, sent| sent.map(|sent| count + usize::from(sent)))
}

async fn due(tx: &mut dyn Tx, now: Timestamp) -> Result<Vec<Waiting>, StoreError> {
    let sql = "SELECT id, kind, account, address, at, until, tries FROM mail WHERE at <= ?1 ORDER BY at, id LIMIT ?2";
    tx.query(sql, &values![now, BATCH]).await?.iter().map(waiting).collect()
}

fn waiting(row: &Fields) -> Result<Waiting, StoreError> {
    let to = match row.maybe(2, Fields::uuid)? {
        Some(account) => To::Account(AccountId(account)),
        None => To::Typed(row.text(3)?.to_owned()),
    };
    let kind = Kind::of_name(row.text(1)?);
    Ok(Waiting { id: row.uuid(0)?, kind, to, at: row.time(4)?, until: row.time(5)?, tries: row.count(6)? })
}

async fn take_up(app: &App, waiting: &Waiting) -> Result<bool, StoreError> {
    let (id, at, until) = (waiting.id, waiting.at, app.now() + TAKEN_FOR);
    let guards = [id];
    let taken = app.store().write(&guards, move |tx| {
        Box::pin(async move {
            let sql = "UPDATE mail SET at = ?3, tries = tries + 1 WHERE id = ?1 AND at = ?2";
            tx.execute(sql, &values![id, at, until]).await
        })
    });
    Ok(taken.await? == 1)
}

async fn deliver(app: &App, waiting: &Waiting) -> Result<bool, StoreError> {
    // A kind this version does not know: a newer one left it and will send it.
    let Some(kind) = waiting.kind else { return Ok(false) };
    let prepared = match app.post.is_on() {
        true => prepare(app, kind, waiting.to.clone()).await?,
        false => None,
    };
    let Some(prepared) = prepared else {
        done(app, waiting.id).await?;
        return Ok(false);
    };
    let content = letter::Content {
        kind,
        to: &prepared.to,
        language: prepared.language,
        installation: &app.config.installation_name,
        secret: prepared.secret.as_ref(),
        root: app.config.public_url.as_ref(),
    };
    let outcome = app.post.send(letter::write(&content, app.now())).await;
    let result = match outcome {
        Ok(()) => "sent",
        Err(Undelivered::ForGood) => "refused",
        Err(Undelivered::ForNow) => "failed",
    };
    metrics::counter!("mediconnect_mails", "kind" => kind.name(), "result" => result).increment(1);
    match outcome {
        Ok(()) => done(app, waiting.id).await.map(|()| true),
        Err(Undelivered::ForNow) if app.now() < waiting.until => {
            again_later(app, waiting).await?;
            Ok(false)
        }
        Err(error) => {
            tracing::warn!(mail = %waiting.id, kind = kind.name(), %error, "an e-mail is given up");
            done(app, waiting.id).await?;
            Ok(false)
        }
    }
}

/// Whom an e-mail goes to, and with what.
struct Prepared {
    to: String,
    language: Language,
    /// New for this sending.
    secret: Option<OneTime>,
}

/// `None` where there is nobody to write to.
async fn prepare(app: &App, kind: Kind, to: To) -> Result<Option<Prepared>, StoreError> {
    let (now, keys) = (app.now(), app.keys.clone());
    let guards: Vec<Uuid> = match &to {
        To::Account(account) => vec![account.0],
        To::Typed(_) => Vec::new(),
    };
    app.store()
        .write(&guards, move |tx| {
            let (keys, to) = (keys.clone(), to.clone());
            Box::pin(async move { prepare_in(tx, &keys, kind, &to, now).await })
        })
        .await
}

async fn prepare_in(
    tx: &mut dyn Tx,
    keys: &Keys,
    kind: Kind,
    to: &To,
    now: Timestamp,
) -> Result<Option<Prepared>, StoreError> {
    let need = match to {
        To::Account(id) => Need::record::<Account>(*id),
        To::Typed(address) => Need::Unique(email_key(address)),
    };
    let account = sessions::account_by(tx, need).await?;
    let (of, purpose, to, language) = match (kind, account, to) {
        (Kind::SignUp(language), None, To::Typed(address)) => {
            (one_time::nobody(address), Some(Purpose::SignUp), address.clone(), language)
        }
        (Kind::SignUp(_), Some(account), _) => (account.id, None, account.email, account.language),
        (kind, Some(account), _) if account.status == AccountStatus::Active => {
            let purpose = match kind {
                Kind::VerifyEmail => Some(Purpose::VerifyEmail),
                Kind::ResetPassword => Some(Purpose::ResetPassword),
                _ => None,
            };
            (account.id, purpose, account.email, account.language)
        }
        _ => return Ok(None),
    };
    let mut secret = None;
    if let Some(purpose) = purpose {
        let new = OneTime::random();
        one_time::keep(tx, keys, purpose, of, None, &new, now).await?;
        secret = Some(new);
    }
    Ok(Some(Prepared { to, language, secret }))
}

async fn done(app: &App, id: Uuid) -> Result<(), StoreError> {
    app.store()
        .write(&[id], move |tx| {
            Box::pin(
                async move { tx.execute("DELETE FROM mail WHERE id = ?1", &values![id]).await.map(drop) },
            )
        })
        .await
}

async fn again_later(app: &App, waiting: &Waiting) -> Result<(), StoreError> {
    let pause = SignedDuration::from_secs(1 << waiting.tries.min(10)).min(LONGEST_PAUSE);
    let (id, at) = (waiting.id, app.now() + pause);
    app.store()
        .write(&[id], move |tx| {
            Box::pin(async move {
                tx.execute("UPDATE mail SET at = ?2 WHERE id = ?1", &values![id, at]).await.map(drop)
            })
        })
        .await
}
