//! Secrets that are good once and for a while: what an e-mail brings to verify an address or to reset a password, and what
//! ties the second step of a sign-in to the first.
//!
//! The long form has 256 random bits and is kept as a hash. The short one, eight digits to be typed from an e-mail, counts only
//! together with the address and dies after a few wrong guesses; it is kept as a fingerprint under a key of the server. A new
//! one takes the place of the one before.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use jiff::{SignedDuration, Timestamp};
use mediconnect_domain::{AccountId, DeviceId, sign_in::DeviceInfo};

use super::keys::Keys;
use crate::{
    storage::{Fields, StoreError, Tx},
    values,
};

/// What a secret is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Somebody without an account shows that an address is theirs; kept for the id that follows from it.
    SignUp,
    VerifyEmail,
    ResetPassword,
    /// The password was right; the second factor is to come.
    SecondStep,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::SignUp => "sign_up",
            Self::VerifyEmail => "verify_email",
            Self::ResetPassword => "reset_password",
            Self::SecondStep => "second_step",
        }
    }

    pub fn good_for(self) -> SignedDuration {
        match self {
            Self::SignUp => SignedDuration::from_hours(1),
            Self::VerifyEmail => SignedDuration::from_hours(24),
            Self::ResetPassword => SignedDuration::from_mins(15),
            Self::SecondStep => SignedDuration::from_mins(5),
        }
    }
}

/// Wrong guesses after which a short form is worthless, and a challenge whole. The link of an e-mail outlives them: it cannot be
/// guessed, and whoever guesses at codes must not be able to keep the owner from it.
pub const GUESSES: u32 = 5;

/// A secret as it is told, once.
pub struct OneTime {
    pub token: String,
    /// Digits.
    pub code: String,
}

impl OneTime {
    pub fn random() -> Self {
        let token = BASE64.encode(rand::random::<[u8; 32]>());
        // 2^64 is so much larger than 10^8 that no code is noticeably likelier.
        Self { token, code: format!("{:08}", rand::random::<u64>() % 100_000_000) }
    }
}

/// Whose it is, as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    pub account: AccountId,
    pub device: Option<DeviceInfo>,
    pub until: Timestamp,
    token: String,
}

fn hash(token: &str) -> String {
    blake3::hash(token.as_bytes()).to_hex().to_string()
}

fn fingerprint(keys: &Keys, purpose: Purpose, account: AccountId, code: &str) -> String {
    keys.fingerprint(&[b"code", purpose.name().as_bytes(), account.0.as_bytes(), plain(code).as_bytes()])
}

/// As typed, without what people put between.
pub fn plain(code: &str) -> String {
    code.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_lowercase()
}

/// Whose the secrets of an address are that has no account yet.
pub fn nobody(email: &str) -> AccountId {
    AccountId::derive(&[b"sign up", email.trim().to_lowercase().as_bytes()])
}

/// Keeps a new secret in place of the one before.
pub async fn keep(
    tx: &mut dyn Tx,
    keys: &Keys,
    purpose: Purpose,
    account: AccountId,
    device: Option<&DeviceInfo>,
    secret: &OneTime,
    now: Timestamp,
) -> Result<Timestamp, StoreError> {
    let until = now + purpose.good_for();
    let id = device.map(|device| device.id.0);
    let before = match id {
        None => "DELETE FROM one_time WHERE account = ?1 AND purpose = ?2",
        Some(_) => "DELETE FROM one_time WHERE account = ?1 AND purpose = ?2 AND device = ?3",
    };
    let mut of: Vec<_> = values![account.0, purpose.name()].into();
    of.extend(id.map(Into::into));
    tx.execute(before, &of).await?;
    let code = device.is_none().then(|| fingerprint(keys, purpose, account, &secret.code));
    let sql = "INSERT INTO one_time (token, purpose, account, code, device, device_name, until, tries) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0)";
    let name = device.map(|device| &device.name);
    let values = values![hash(&secret.token), purpose.name(), account.0, code, id, name, until];
    tx.execute(sql, &values).await?;
    Ok(until)
}

const COLUMNS: &str = "account, device, device_name, until, token, code";

fn read(row: &Fields) -> Result<Kept, StoreError> {
    let device = match row.maybe(1, Fields::uuid)? {
        None => None,
        Some(id) => Some(DeviceInfo { id: DeviceId(id), name: row.text(2)?.to_owned() }),
    };
    Ok(Kept { account: AccountId(row.uuid(0)?), device, until: row.time(3)?, token: row.text(4)?.to_owned() })
}

/// What the long form names, as long as it is good.
pub async fn by_token(
    tx: &mut dyn Tx,
    purpose: Purpose,
    token: &str,
    now: Timestamp,
) -> Result<Option<Kept>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM one_time WHERE token = ?1 AND purpose = ?2 AND until > ?3 AND tries < ?4"
    );
    let guesses = if purpose == Purpose::SecondStep { GUESSES } else { u32::MAX };
    let row = tx.one(&sql, &values![hash(token), purpose.name(), now, guesses]).await?;
    row.as_ref().map(read).transpose()
}

/// What the short form names for this account. A wrong one counts against it.
pub async fn by_code(
    tx: &mut dyn Tx,
    keys: &Keys,
    purpose: Purpose,
    account: AccountId,
    code: &str,
    now: Timestamp,
) -> Result<Option<Kept>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM one_time WHERE account = ?1 AND purpose = ?2 AND until > ?3 AND tries < ?4"
    );
    let row = tx.one(&sql, &values![account.0, purpose.name(), now, GUESSES]).await?;
    let Some(row) = row else { return Ok(None) };
    let kept = read(&row)?;
    // Both are fingerprints under a secret key: how far they agree tells nothing.
    if row.maybe(5, Fields::text)? == Some(fingerprint(keys, purpose, account, code).as_str()) {
        return Ok(Some(kept));
    }
    wrong(tx, &kept).await?;
    Ok(None)
}

/// Counts a wrong guess.
pub async fn wrong(tx: &mut dyn Tx, kept: &Kept) -> Result<(), StoreError> {
    tx.execute("UPDATE one_time SET tries = tries + 1 WHERE token = ?1", &values![&kept.token])
        .await
        .map(drop)
}

/// It is good no longer. False where it was used up already.
pub async fn use_up(tx: &mut dyn Tx, kept: &Kept) -> Result<bool, StoreError> {
    Ok(tx.execute("DELETE FROM one_time WHERE token = ?1", &values![&kept.token]).await? == 1)
}

/// All secrets of an account, for when its password changes.
pub async fn withdraw(tx: &mut dyn Tx, account: AccountId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM one_time WHERE account = ?1", &values![account.0]).await.map(drop)
}

/// Forgets those whose time is over, some at a time.
pub async fn forget(tx: &mut dyn Tx, now: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM one_time WHERE token IN (SELECT token FROM one_time WHERE until < ?1 LIMIT 500)";
    tx.execute(sql, &values![now]).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_holds_256_bits_and_a_code_eight_digits() {
        let (one, two) = (OneTime::random(), OneTime::random());
        assert_eq!(BASE64.decode(&one.token).unwrap().len(), 32);
        assert!(one.code.len() == 8 && one.code.chars().all(|c| c.is_ascii_digit()));
        assert_ne!(one.token, two.token);
        assert_eq!(plain(" 1234-5678 "), "12345678");
    }
}
