//! What this device knows besides its accounts' stores: its own id, its accounts, the installation's receipt key.

use std::{path::Path, sync::Mutex};

use jiff::Timestamp;
use mediconnect_domain::{
    AccountId, DeviceId,
    accounts::{Account, Role},
    audit::{AuditHead, Witnessed},
};
use mediconnect_records::{self as records, Key, Options, Synchronous};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{StoreError, lock, meta::Meta};

const STEPS: &[&str] = &[
    "
CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE account (
    id       BLOB NOT NULL PRIMARY KEY,
    name     TEXT NOT NULL,
    email    TEXT NOT NULL,
    role     TEXT NOT NULL,
    -- The server ended the session: sign in again. The store and the outbox stay.
    ended    INTEGER NOT NULL DEFAULT 0,
    added_at INTEGER NOT NULL
) WITHOUT ROWID;
",
    "
CREATE TABLE app_lock (
    account  BLOB NOT NULL PRIMARY KEY,
    sealed   BLOB NOT NULL,
    pepper   TEXT NOT NULL,
    idle_s   INTEGER NOT NULL,
    wrong    INTEGER NOT NULL,
    tried_at INTEGER NOT NULL
) WITHOUT ROWID;
",
];

const DEVICE: Meta<DeviceId> = Meta::new("device");
const CURRENT: Meta<AccountId> = Meta::new("current");
const RECEIPT_KEY: Meta<String> = Meta::new("receipt_key");
const AUDIT_HEAD: Meta<AuditHead> = Meta::new("audit_head");
const AUDIT_ASKED: Meta<Timestamp> = Meta::new("audit_asked");
const AUDIT_ALARM: Meta<AuditAlarm> = Meta::new("audit_alarm");

/// The server's audit no longer goes through what this device saw of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditAlarm {
    /// When this device noticed.
    pub at: Timestamp,
    pub found: Witnessed,
    /// What it had seen.
    pub kept: AuditHead,
}

/// An account that was signed in on this device.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccountOnDevice {
    pub account_id: AccountId,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// The server ended its session: it can be read, and syncs again after signing in.
    pub ended: bool,
}

/// The PIN lock of one account; see [`crate::client::Client::set_pin`].
#[derive(Clone, Debug, PartialEq)]
pub struct LockRow {
    /// The key of the account's store, sealed under the PIN and the secret named `pepper`.
    pub sealed: Vec<u8>,
    pub pepper: String,
    pub idle_s: u32,
    /// Wrong PINs in a row, and when the last one was tried.
    pub wrong: u32,
    pub tried_at: Timestamp,
}

/// The device's own small database.
pub struct Registry {
    connection: Mutex<Connection>,
}

impl Registry {
    pub fn open(path: &Path, key: &Key) -> Result<Self, StoreError> {
        let options =
            Options { key: Some(key), synchronous: Synchronous::Full, cache_kib: 256, read_only: false };
        let mut connection = records::open(path, &options)?;
        records::migrate(&mut connection, STEPS)?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// The device id for the next store; `make` gives one at the first call.
    pub fn device(&self, make: impl FnOnce() -> Uuid) -> Result<DeviceId, StoreError> {
        let connection = lock(&self.connection);
        if let Some(device) = DEVICE.get(&connection)? {
            return Ok(device);
        }
        let device = DeviceId(make());
        DEVICE.set(&connection, &device)?;
        Ok(device)
    }

    /// Stores that begin from now on count under another id.
    pub fn forget_device(&self) -> Result<(), StoreError> {
        DEVICE.clear(&lock(&self.connection))
    }

    /// The installation's receipt key: the first one seen stays.
    pub fn pin_receipt_key(&self, key: &str) -> Result<String, StoreError> {
        let connection = lock(&self.connection);
        if let Some(pinned) = RECEIPT_KEY.get(&connection)? {
            return Ok(pinned);
        }
        RECEIPT_KEY.set(&connection, &key.to_owned())?;
        Ok(key.to_owned())
    }

    pub fn receipt_key(&self) -> Result<Option<String>, StoreError> {
        RECEIPT_KEY.get(&lock(&self.connection))
    }

    /// The newest head of the server's audit that this device saw.
    pub fn audit_head(&self) -> Result<Option<AuditHead>, StoreError> {
        AUDIT_HEAD.get(&lock(&self.connection))
    }

    /// Whether the audit was last looked at before this time.
    pub fn is_to_witness(&self, before: Timestamp) -> bool {
        AUDIT_ASKED.get(&lock(&self.connection)).is_ok_and(|asked| asked.is_none_or(|asked| asked < before))
    }

    pub fn audit_alarm(&self) -> Result<Option<AuditAlarm>, StoreError> {
        AUDIT_ALARM.get(&lock(&self.connection))
    }

    pub fn dismiss_audit_alarm(&self) -> Result<(), StoreError> {
        AUDIT_ALARM.clear(&lock(&self.connection))
    }

    /// Keeps the head seen now. The first alarm stays until it is dismissed.
    pub fn note_audit(
        &self,
        now: Timestamp,
        head: Option<AuditHead>,
        found: Witnessed,
    ) -> Result<(), StoreError> {
        let connection = lock(&self.connection);
        let kept = AUDIT_HEAD.get(&connection)?.filter(|_| found != Witnessed::Continued);
        if let Some(kept) = kept.filter(|_| !matches!(AUDIT_ALARM.get(&connection), Ok(Some(_)))) {
            AUDIT_ALARM.set(&connection, &AuditAlarm { at: now, found, kept })?;
        }
        AUDIT_ASKED.set(&connection, &now)?;
        match head {
            Some(head) => AUDIT_HEAD.set(&connection, &head),
            None => Ok(()),
        }
    }

    pub fn accounts(&self) -> Result<Vec<AccountOnDevice>, StoreError> {
        let connection = lock(&self.connection);
        let mut statement = connection
            .prepare_cached("SELECT id, name, email, role, ended FROM account ORDER BY added_at, id")?;
        let found = statement.query_map([], |row| {
            let role: String = row.get(3)?;
            Ok(AccountOnDevice {
                account_id: AccountId(Uuid::from_bytes(row.get(0)?)),
                name: row.get(1)?,
                email: row.get(2)?,
                role: serde_json::from_str(&role).unwrap_or(Role::Patient),
                ended: row.get(4)?,
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Notes that this account is signed in, and that it is the one in use.
    pub fn add(&self, account: &Account) -> Result<(), StoreError> {
        let role = serde_json::to_string(&account.role).expect("a role is JSON");
        let connection = lock(&self.connection);
        let sql = "INSERT INTO account (id, name, email, role, added_at)
                   VALUES (?1, ?2, ?3, ?4, (SELECT ifnull(max(added_at), 0) + 1 FROM account))
                   ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, role = excluded.role,
                       ended = 0";
        let values = params![account.id.0.as_bytes(), account.name, account.email, role];
        connection.execute(sql, values)?;
        CURRENT.set(&connection, &account.id)
    }

    pub fn current(&self) -> Result<Option<AccountId>, StoreError> {
        CURRENT.get(&lock(&self.connection))
    }

    pub fn make_current(&self, account: AccountId) -> Result<(), StoreError> {
        CURRENT.set(&lock(&self.connection), &account)
    }

    pub fn set_ended(&self, account: AccountId, ended: bool) -> Result<(), StoreError> {
        let sql = "UPDATE account SET ended = ?2 WHERE id = ?1 AND ended <> ?2";
        lock(&self.connection).execute(sql, params![account.0.as_bytes(), ended])?;
        Ok(())
    }

    /// The lock of an account; `None` where it has no PIN.
    pub fn lock_of(&self, account: AccountId) -> Result<Option<LockRow>, StoreError> {
        let connection = lock(&self.connection);
        let sql = "SELECT sealed, pepper, idle_s, wrong, tried_at FROM app_lock WHERE account = ?1";
        let mut statement = connection.prepare_cached(sql)?;
        let row = statement.query_row([account.0.as_bytes()], |row| {
            let tried_at: i64 = row.get(4)?;
            Ok(LockRow {
                sealed: row.get(0)?,
                pepper: row.get(1)?,
                idle_s: row.get(2)?,
                wrong: row.get(3)?,
                tried_at: Timestamp::from_millisecond(tried_at).unwrap_or(Timestamp::UNIX_EPOCH),
            })
        });
        Ok(row.optional()?)
    }

    /// Durable when this returns.
    pub fn set_lock(&self, account: AccountId, row: &LockRow) -> Result<(), StoreError> {
        let sql = "INSERT INTO app_lock (account, sealed, pepper, idle_s, wrong, tried_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                   ON CONFLICT (account) DO UPDATE SET sealed = excluded.sealed, pepper = excluded.pepper,
                       idle_s = excluded.idle_s, wrong = excluded.wrong, tried_at = excluded.tried_at";
        let LockRow { sealed, pepper, idle_s, wrong, tried_at } = row;
        let values = params![account.0.as_bytes(), sealed, pepper, idle_s, wrong, tried_at.as_millisecond()];
        lock(&self.connection).execute(sql, values)?;
        Ok(())
    }

    pub fn remove_lock(&self, account: AccountId) -> Result<(), StoreError> {
        lock(&self.connection).execute("DELETE FROM app_lock WHERE account = ?1", [account.0.as_bytes()])?;
        Ok(())
    }

    /// Forgets the account.
    pub fn remove(&self, account: AccountId) -> Result<(), StoreError> {
        let connection = lock(&self.connection);
        connection.execute("DELETE FROM account WHERE id = ?1", [account.0.as_bytes()])?;
        if CURRENT.get(&connection)? == Some(account) {
            CURRENT.clear(&connection)?;
        }
        Ok(())
    }
}
