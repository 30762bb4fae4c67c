//! The second factor: codes of an authenticator app (TOTP, RFC 6238: SHA-1, six digits, 30 seconds, as all apps have it) and
//! recovery codes for the day the phone is gone.
//!
//! The secret that app and server share must be readable by the server, so it is kept sealed under a key that is not in the
//! database. A code is good for its own step and the ones beside it, and once: the step used last is kept. Recovery codes have
//! 80 random bits, are kept as fingerprints, and each is good once.

use jiff::Timestamp;
use mediconnect_domain::{AccountId, sign_in::TotpSetUp};
use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

use super::{first_admin::LETTERS, keys::Keys, one_time::plain};
use crate::{
    storage::{Fields, StoreError, Tx},
    values,
};

/// How many recovery codes somebody gets.
pub const RECOVERY_CODES: usize = 10;

const SECRET_BYTES: usize = 20;

fn totp(secret: &[u8], issuer: &str, email: &str) -> Totp {
    // A colon divides issuer and name in the address of the QR code.
    let clean = |text: &str| text.replace(':', " ");
    let builder = Builder::new().with_secret(secret.to_vec()).with_account_name(clean(email));
    builder.with_issuer(Some(clean(issuer))).build().expect("a secret of 160 bits and names without colons")
}

fn place(account: AccountId) -> [u8; 20] {
    let mut place = *b"totp................";
    place[4..].copy_from_slice(account.0.as_bytes());
    place
}

/// Sets up an app; nothing is in force before a code of it was confirmed. `None` where one is in force already.
pub async fn set_up(
    tx: &mut dyn Tx,
    keys: &Keys,
    account: AccountId,
    issuer: &str,
    email: &str,
) -> Result<Option<TotpSetUp>, StoreError> {
    if is_on(tx, account).await? {
        return Ok(None);
    }
    let secret = Zeroizing::new(rand::random::<[u8; SECRET_BYTES]>());
    let sealed = keys.keep(&place(account), secret.as_slice(), rand::random());
    let sql = "INSERT INTO totp (account, secret, last_step) VALUES (?1, ?2, 0) \
               ON CONFLICT (account) DO UPDATE SET secret = excluded.secret, last_step = 0";
    tx.execute(sql, &values![account.0, sealed]).await?;
    let totp = totp(secret.as_slice(), issuer, email);
    let uri = totp.to_url().expect("the names are set");
    Ok(Some(TotpSetUp { uri, secret: totp.secret().to_base32() }))
}

/// Whether a second factor is in force.
pub async fn is_on(tx: &mut dyn Tx, account: AccountId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM totp WHERE account = ?1 AND confirmed_at IS NOT NULL";
    Ok(tx.one(sql, &values![account.0]).await?.is_some())
}

/// Puts what was set up in force, if the code is the app's. Answers the recovery codes, which replace all earlier ones.
pub async fn confirm(
    tx: &mut dyn Tx,
    keys: &Keys,
    account: AccountId,
    code: &str,
    now: Timestamp,
) -> Result<Option<Vec<String>>, StoreError> {
    if is_on(tx, account).await? || !takes_app_code(tx, keys, account, code, now).await? {
        return Ok(None);
    }
    let sql = "UPDATE totp SET confirmed_at = ?2 WHERE account = ?1";
    tx.execute(sql, &values![account.0, now]).await?;
    renew_recovery_codes(tx, keys, account).await.map(Some)
}

/// Whether the code is the account's second factor, of the app or a recovery code. It is used up.
pub async fn takes(
    tx: &mut dyn Tx,
    keys: &Keys,
    account: AccountId,
    code: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    if !is_on(tx, account).await? {
        return Ok(false);
    }
    Ok(takes_app_code(tx, keys, account, code, now).await?
        || takes_recovery_code(tx, keys, account, code, now).await?)
}

async fn takes_app_code(
    tx: &mut dyn Tx,
    keys: &Keys,
    account: AccountId,
    code: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let row = tx.one("SELECT secret, last_step FROM totp WHERE account = ?1", &values![account.0]).await?;
    let Some(row) = row else { return Ok(false) };
    let secret =
        keys.kept(&place(account), row.bytes(0)?).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let at = u64::try_from(now.as_second()).unwrap_or(0);
    let Some(step) = totp(&secret, "", "of no account").check(&plain(code), at) else { return Ok(false) };
    if step <= row.count(1)? {
        return Ok(false);
    }
    tx.execute("UPDATE totp SET last_step = ?2 WHERE account = ?1", &values![account.0, step]).await?;
    Ok(true)
}

fn fingerprint(keys: &Keys, account: AccountId, code: &str) -> String {
    keys.fingerprint(&[b"recovery code", account.0.as_bytes(), plain(code).as_bytes()])
}

async fn takes_recovery_code(
    tx: &mut dyn Tx,
    keys: &Keys,
    account: AccountId,
    code: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "UPDATE recovery_code SET used_at = ?3 WHERE account = ?1 AND code = ?2 AND used_at IS NULL";
    Ok(tx.execute(sql, &values![account.0, fingerprint(keys, account, code), now]).await? == 1)
}

/// New recovery codes in place of all earlier ones. They are told once.
pub async fn renew_recovery_codes(
    tx: &mut dyn Tx,
    keys: &Keys,
    account: AccountId,
) -> Result<Vec<String>, StoreError> {
    tx.execute("DELETE FROM recovery_code WHERE account = ?1", &values![account.0]).await?;
    let codes: Vec<String> = std::iter::repeat_with(recovery_code).take(RECOVERY_CODES).collect();
    for code in &codes {
        let sql = "INSERT INTO recovery_code (account, code) VALUES (?1, ?2)";
        tx.execute(sql, &values![account.0, fingerprint(keys, account, code)]).await?;
    }
    Ok(codes)
}

/// 80 random bits in four groups.
fn recovery_code() -> String {
    let random: [u8; 16] = rand::random();
    let letters: Vec<char> = random.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// How many recovery codes are left.
pub async fn recovery_codes_left(tx: &mut dyn Tx, account: AccountId) -> Result<u64, StoreError> {
    let sql = "SELECT COUNT(*) FROM recovery_code WHERE account = ?1 AND used_at IS NULL";
    let row = tx.one(sql, &values![account.0]).await?;
    row.map_or(Ok(0), |row: Fields| row.count(0))
}

/// There is no second factor any more.
pub async fn turn_off(tx: &mut dyn Tx, account: AccountId) -> Result<bool, StoreError> {
    tx.execute("DELETE FROM recovery_code WHERE account = ?1", &values![account.0]).await?;
    Ok(tx.execute("DELETE FROM totp WHERE account = ?1", &values![account.0]).await? > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Appendix B, SHA-1, of which six digits are shown.
        let totp = totp(b"12345678901234567890", "MediConnect", "asha@example.org");
        for (at, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert!(totp.check(code, at).is_some(), "{code} at {at}");
            assert!(totp.check(code, at + 60).is_none(), "{code} a minute after");
        }
    }

    #[test]
    fn a_recovery_code_has_80_bits_in_groups() {
        let code = recovery_code();
        assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [4, 4, 4, 4]);
        assert_ne!(code, recovery_code());
    }
}
