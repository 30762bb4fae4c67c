//! Tokens for programs: what an account lets a script do in its name, for a while.
//!
//! A token names its row and holds 256 random bits of which a hash is kept. Its scopes are checked in the one gate, by the route
//! alone; nothing under `/v1/auth` takes one, so no token can make another or change how the account is protected. Tokens end
//! with the password they were made under.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use jiff::{SignedDuration, Timestamp};
use mediconnect_domain::{
    AccountId,
    sign_in::{ApiScope, ApiToken, ApiTokenLine, NewApiToken},
};
use uuid::Uuid;

use crate::{
    storage::{Fields, StoreError, Tx},
    values,
};

/// What every token begins with, so that one that leaked is recognised.
pub const PREFIX: &str = "mct_";

/// How exactly is kept when a token was used last.
const USE_NOTED_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// The most an account has at once.
pub const MOST: usize = 20;

/// A token as it is presented.
pub struct Presented {
    pub id: Uuid,
    hash: String,
}

/// Reads what looks like one of our tokens.
pub fn read(text: &str) -> Option<Presented> {
    let bytes = BASE64.decode(text.strip_prefix(PREFIX)?).ok()?;
    let (id, secret) = bytes.split_at_checked(16)?;
    let secret: [u8; 32] = secret.try_into().ok()?;
    Some(Presented { id: Uuid::from_slice(id).ok()?, hash: hash(&secret) })
}

fn hash(secret: &[u8; 32]) -> String {
    blake3::hash(secret).to_hex().to_string()
}

/// Makes a token; `None` where there are too many.
pub async fn make(
    tx: &mut dyn Tx,
    id: Uuid,
    account: AccountId,
    new: &NewApiToken,
    now: Timestamp,
) -> Result<Option<ApiToken>, StoreError> {
    if of_account(tx, account, now).await?.len() >= MOST {
        return Ok(None);
    }
    let secret: [u8; 32] = rand::random();
    let mut scopes = new.scopes.clone();
    scopes.sort();
    scopes.dedup();
    let names = scopes.iter().map(|scope| scope.name()).collect::<Vec<_>>().join(" ");
    let until = now + SignedDuration::from_hours(24 * i64::from(new.days));
    let sql = "INSERT INTO api_token (id, account, name, token, scopes, created_at, until) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let name = new.name.trim().to_owned();
    tx.execute(sql, &values![id, account.0, &name, hash(&secret), names, now, until]).await?;
    let token = format!("{PREFIX}{}", BASE64.encode([id.as_bytes().as_slice(), &secret].concat()));
    let line = ApiTokenLine { id, name, scopes, created_at: now, expires_at: until, last_used_at: None };
    Ok(Some(ApiToken { line, token }))
}

const LIVE: &str = "ended_at IS NULL AND until > ?2";
const COLUMNS: &str = "id, name, scopes, created_at, until, used_at";

fn line(row: &Fields) -> Result<ApiTokenLine, StoreError> {
    Ok(ApiTokenLine {
        id: row.uuid(0)?,
        name: row.text(1)?.to_owned(),
        scopes: scopes(row.text(2)?),
        created_at: row.time(3)?,
        expires_at: row.time(4)?,
        last_used_at: row.maybe(5, Fields::time)?,
    })
}

/// A scope this program does not know gives nothing.
fn scopes(text: &str) -> Vec<ApiScope> {
    text.split(' ').filter_map(ApiScope::of_name).collect()
}

/// The tokens of an account that are good, the newest first.
pub async fn of_account(
    tx: &mut dyn Tx,
    account: AccountId,
    now: Timestamp,
) -> Result<Vec<ApiTokenLine>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM api_token WHERE account = ?1 AND {LIVE} ORDER BY created_at DESC, id");
    tx.query(&sql, &values![account.0, now]).await?.iter().map(line).collect()
}

/// A token that is good.
pub struct Found {
    pub account: AccountId,
    pub scopes: Vec<ApiScope>,
    used_at: Option<Timestamp>,
}

impl Found {
    pub fn use_is_to_be_noted(&self, now: Timestamp) -> bool {
        self.used_at.is_none_or(|at| now.duration_since(at) >= USE_NOTED_EVERY)
    }
}

/// Whose token it is and what it is for, as long as it is good.
pub async fn look_up(
    tx: &mut dyn Tx,
    token: &Presented,
    now: Timestamp,
) -> Result<Option<Found>, StoreError> {
    let sql =
        format!("SELECT account, scopes, used_at FROM api_token WHERE id = ?1 AND {LIVE} AND token = ?3");
    let row = tx.one(&sql, &values![token.id, now, &token.hash]).await?;
    let found = |row: Fields| {
        let (account, scopes) = (AccountId(row.uuid(0)?), scopes(row.text(1)?));
        Ok(Found { account, scopes, used_at: row.maybe(2, Fields::time)? })
    };
    row.map(found).transpose()
}

/// Notes that a token was used.
pub async fn note_use(tx: &mut dyn Tx, id: Uuid, now: Timestamp) -> Result<(), StoreError> {
    tx.execute("UPDATE api_token SET used_at = ?2 WHERE id = ?1", &values![id, now]).await.map(drop)
}

/// Ends tokens of an account: the one given, or all. Answers which.
pub async fn end(
    tx: &mut dyn Tx,
    account: AccountId,
    only: Option<Uuid>,
    now: Timestamp,
) -> Result<Vec<Uuid>, StoreError> {
    let mut ended = Vec::new();
    for token in of_account(tx, account, now).await? {
        if only.is_none_or(|only| only == token.id) {
            tx.execute("UPDATE api_token SET ended_at = ?2 WHERE id = ?1", &values![token.id, now]).await?;
            ended.push(token.id);
        }
    }
    Ok(ended)
}
