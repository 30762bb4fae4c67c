//! The tables of sign-in: one password per account, and its sessions.

use jiff::Timestamp;
use mediconnect_domain::{AccountId, DeviceId};
use uuid::Uuid;

use crate::{
    storage::{Fields, StoreError, Tx},
    values,
};

/// One signed-in device.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    pub id: Uuid,
    pub account: AccountId,
    pub device: DeviceId,
    pub device_name: String,
    pub created_at: Timestamp,
    /// When its tokens were last changed for new ones.
    pub used_at: Timestamp,
    /// The hash of the refresh token that is good now.
    pub token: String,
    /// The one before, for a device that did not get the answer to its last exchange.
    pub previous: Option<Previous>,
    /// When its owner last proved who they are, by signing in or by stepping up.
    pub proved_at: Timestamp,
    /// Whether ever with a second factor.
    pub second_factor: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Previous {
    pub token: String,
    /// From which the successor was made.
    pub salt: [u8; 16],
    /// How often it was answered again.
    pub repeats: u32,
}

const COLUMNS: &str = "id, account, device, device_name, created_at, used_at, token, previous_token, previous_salt, previous_repeats, \
                       proved_at, second_factor";

fn session(row: &Fields) -> Result<Session, StoreError> {
    let previous = match row.maybe(7, Fields::text)? {
        None => None,
        Some(token) => {
            let salt =
                row.bytes(8)?.try_into().map_err(|_| StoreError::Corrupt("salt of a session".into()))?;
            Some(Previous {
                token: token.to_owned(),
                salt,
                repeats: row.int(9)?.try_into().unwrap_or(u32::MAX),
            })
        }
    };
    Ok(Session {
        id: row.uuid(0)?,
        account: AccountId(row.uuid(1)?),
        device: DeviceId(row.uuid(2)?),
        device_name: row.text(3)?.to_owned(),
        created_at: row.time(4)?,
        used_at: row.time(5)?,
        token: row.text(6)?.to_owned(),
        previous,
        proved_at: row.time(10)?,
        second_factor: row.flag(11)?,
    })
}

/// A session that has not ended.
pub async fn live(tx: &mut dyn Tx, id: Uuid) -> Result<Option<Session>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM session WHERE id = ?1 AND ended_at IS NULL");
    tx.one(&sql, &values![id]).await?.as_ref().map(session).transpose()
}

/// The live sessions of an account, the latest used first.
pub async fn of_account(tx: &mut dyn Tx, account: AccountId) -> Result<Vec<Session>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM session WHERE account = ?1 AND ended_at IS NULL ORDER BY used_at DESC, id"
    );
    tx.query(&sql, &values![account.0]).await?.iter().map(session).collect()
}

/// Whether this device was ever signed in to this account.
pub async fn knows(tx: &mut dyn Tx, account: AccountId, device: DeviceId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM session WHERE account = ?1 AND device = ?2 LIMIT 1";
    Ok(tx.one(sql, &values![account.0, device.0]).await?.is_some())
}

/// Stores a new session. An earlier one of the same device ends: a device has one.
pub async fn begin(tx: &mut dyn Tx, new: &Session) -> Result<(), StoreError> {
    let end = "UPDATE session SET ended_at = ?3 WHERE account = ?1 AND device = ?2 AND ended_at IS NULL";
    let insert = "INSERT INTO session (id, account, device, device_name, created_at, used_at, token, proved_at, \
                  second_factor) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    tx.execute_all(vec![
        (end, values![new.account.0, new.device.0, new.created_at].into()),
        (
            insert,
            values![
                new.id,
                new.account.0,
                new.device.0,
                &new.device_name,
                new.created_at,
                new.used_at,
                &new.token,
                new.proved_at,
                new.second_factor
            ]
            .into(),
        ),
    ])
    .await
}

/// Stores the tokens and the time of use of a session after an exchange.
pub async fn exchange(tx: &mut dyn Tx, changed: &Session) -> Result<(), StoreError> {
    let (token, salt, repeats) = match &changed.previous {
        None => (None, None, 0),
        Some(previous) => (Some(&previous.token), Some(previous.salt.as_slice()), previous.repeats),
    };
    let sql = "UPDATE session SET used_at = ?2, token = ?3, previous_token = ?4, previous_salt = ?5, \
               previous_repeats = ?6 WHERE id = ?1";
    tx.execute(sql, &values![changed.id, changed.used_at, &changed.token, token, salt, repeats])
        .await
        .map(|_| ())
}

/// Ends sessions of an account: the one given, or all but `except`. Answers which.
pub async fn end(
    tx: &mut dyn Tx,
    account: AccountId,
    only: Option<Uuid>,
    except: Option<Uuid>,
    now: Timestamp,
) -> Result<Vec<Uuid>, StoreError> {
    let mut ended = Vec::new();
    for session in of_account(tx, account).await? {
        if only.is_none_or(|only| only == session.id) && except != Some(session.id) {
            tx.execute("UPDATE session SET ended_at = ?2 WHERE id = ?1", &values![session.id, now]).await?;
            ended.push(session.id);
        }
    }
    Ok(ended)
}

/// The owner of a session has just proved who they are.
pub async fn prove(tx: &mut dyn Tx, id: Uuid, second_factor: bool, now: Timestamp) -> Result<(), StoreError> {
    let sql = match second_factor {
        true => "UPDATE session SET proved_at = ?2, second_factor = 1 WHERE id = ?1",
        false => "UPDATE session SET proved_at = ?2 WHERE id = ?1",
    };
    tx.execute(sql, &values![id, now]).await.map(drop)
}

/// The second factor of an account is gone: no session counts as begun with one.
pub async fn forget_second_factor(tx: &mut dyn Tx, account: AccountId) -> Result<(), StoreError> {
    tx.execute("UPDATE session SET second_factor = 0 WHERE account = ?1", &values![account.0]).await.map(drop)
}

/// Whether the account's e-mail address was proven to be its owner's.
pub async fn is_verified(tx: &mut dyn Tx, account: AccountId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM login WHERE account = ?1 AND verified_at IS NOT NULL";
    Ok(tx.one(sql, &values![account.0]).await?.is_some())
}

/// The account's e-mail address is its owner's.
pub async fn verify(tx: &mut dyn Tx, account: AccountId, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE login SET verified_at = ?2 WHERE account = ?1 AND verified_at IS NULL";
    tx.execute(sql, &values![account.0, now]).await.map(drop)
}

/// The hash of an account's password; `None` for accounts that nobody can sign in to.
pub async fn password(tx: &mut dyn Tx, account: AccountId) -> Result<Option<String>, StoreError> {
    let row = tx.one("SELECT password FROM login WHERE account = ?1", &values![account.0]).await?;
    row.map(|row| row.text(0).map(str::to_owned)).transpose()
}

pub async fn set_password(
    tx: &mut dyn Tx,
    account: AccountId,
    hash: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO login (account, password, changed_at) VALUES (?1, ?2, ?3) \
               ON CONFLICT (account) DO UPDATE SET password = excluded.password, changed_at = excluded.changed_at";
    tx.execute(sql, &values![account.0, hash, now]).await.map(|_| ())
}
