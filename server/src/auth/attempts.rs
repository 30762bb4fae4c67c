//! How often something may be tried: to sign in, to guess a code, to have an e-mail sent.
//!
//! Kept in the store, so that a restart or another node gives nobody new tries. Each key has an allowance that fills up again
//! evenly (GCRA: one instant per key, at which the allowance is whole again). Keys are fingerprints: neither e-mail addresses
//! nor network addresses stand in the table.
//!
//! Tries at an account are counted for each device that was signed in to it before, and together for all other devices. So
//! somebody who tries passwords shuts out strangers, themself among them, and never a device of the owner.

use jiff::{SignedDuration, Timestamp};
use mediconnect_domain::DeviceId;

use super::keys::Keys;
use crate::{
    storage::{StoreError, Tx},
    values,
};

/// `count` tries, of which the last comes back after `within`.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    pub count: u32,
    pub within: SignedDuration,
}

impl Allowance {
    pub const fn a_minute(count: u32) -> Self {
        Self { count, within: SignedDuration::from_mins(1) }
    }

    pub const fn a_day(count: u32) -> Self {
        Self { count, within: SignedDuration::from_hours(24) }
    }

    /// When the allowance is whole after one try more; or how long until there is one.
    fn taken(self, whole_at: Timestamp, now: Timestamp) -> Result<Timestamp, SignedDuration> {
        let one = self.within / i32::try_from(self.count.max(1)).unwrap_or(i32::MAX);
        let next = whole_at.max(now) + one;
        match next.duration_since(now) <= self.within {
            true => Ok(next),
            false => Err(next.duration_since(now) - self.within),
        }
    }
}

/// What is tried, and by whom.
#[derive(Clone, Debug)]
pub enum Key<'a> {
    /// Signing in and the like, from a network address.
    From(std::net::IpAddr),
    /// Signing in to an address, by a device that was before, or by any other.
    SignIn(&'a str, Option<DeviceId>),
    /// The same over a day.
    SignInDaily(&'a str, Option<DeviceId>),
    /// The second factor of this account, likewise.
    SecondFactor(&'a str, Option<DeviceId>),
    /// The short code of an e-mail to this address.
    Code(&'a str),
    /// Having an e-mail sent to this address.
    Mail(&'a str),
}

impl Key<'_> {
    fn fingerprint(&self, keys: &Keys) -> String {
        let (what, whom, device): (&[u8], String, Option<DeviceId>) = match self {
            Self::From(address) => (b"from", address.to_string(), None),
            Self::SignIn(email, device) => (b"sign in", email.to_lowercase(), *device),
            Self::SignInDaily(email, device) => (b"sign in daily", email.to_lowercase(), *device),
            Self::SecondFactor(email, device) => (b"second factor", email.to_lowercase(), *device),
            Self::Code(email) => (b"code", email.to_lowercase(), None),
            Self::Mail(email) => (b"mail", email.to_lowercase(), None),
        };
        let device = device.map_or(Vec::new(), |device| device.0.as_bytes().to_vec());
        keys.fingerprint(&[b"attempt", what, whom.trim().as_bytes(), &device])
    }
}

/// Takes one try; or says after how many seconds there is one.
pub async fn take(
    tx: &mut dyn Tx,
    keys: &Keys,
    key: &Key<'_>,
    allowance: Allowance,
    now: Timestamp,
) -> Result<Result<(), u64>, StoreError> {
    let key = key.fingerprint(keys);
    let row = tx.one("SELECT whole_at FROM attempt WHERE key = ?1", &values![&key]).await?;
    let whole_at = row.map(|row| row.time(0)).transpose()?.unwrap_or(now);
    match allowance.taken(whole_at, now) {
        Err(wait) => Ok(Err(u64::try_from(wait.as_secs()).unwrap_or(0) + 1)),
        Ok(next) => {
            let sql = "INSERT INTO attempt (key, whole_at) VALUES (?1, ?2) \
                       ON CONFLICT (key) DO UPDATE SET whole_at = excluded.whole_at";
            tx.execute(sql, &values![key, next]).await?;
            Ok(Ok(()))
        }
    }
}

/// Gives the allowance of a key back: its owner has shown who they are.
pub async fn forgive(tx: &mut dyn Tx, keys: &Keys, key: &Key<'_>) -> Result<(), StoreError> {
    tx.execute("DELETE FROM attempt WHERE key = ?1", &values![key.fingerprint(keys)]).await.map(drop)
}

/// Forgets whoever has a whole allowance, some at a time.
pub async fn forget(tx: &mut dyn Tx, now: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM attempt WHERE key IN (SELECT key FROM attempt WHERE whole_at < ?1 LIMIT 500)";
    tx.execute(sql, &values![now]).await
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);

    #[test]
    fn an_allowance_is_used_up_and_comes_back_evenly() {
        let three = Allowance::a_minute(3);
        let mut whole_at = NOW;
        for _ in 0..3 {
            whole_at = three.taken(whole_at, NOW).unwrap();
        }
        assert_eq!(three.taken(whole_at, NOW), Err(SignedDuration::from_secs(20)));
        let later = NOW + SignedDuration::from_secs(20);
        let next = three.taken(whole_at, later).unwrap();
        assert!(three.taken(next, later).is_err());
        let much_later = NOW + SignedDuration::from_hours(1);
        let next = three.taken(whole_at, much_later).unwrap();
        assert!(three.taken(next, much_later).is_ok(), "and is never more than whole");
    }

    #[test]
    fn a_known_device_has_an_allowance_of_its_own() {
        let keys = Keys::from_secret(&[7; 32]);
        let phone = DeviceId::derive(&[b"phone"]);
        let of = |email, device| Key::SignIn(email, device).fingerprint(&keys);
        assert_ne!(of("asha@example.org", None), of("asha@example.org", Some(phone)));
        assert_eq!(of("Asha@example.org ", None), of("asha@example.org", None));
        assert!(!of("asha@example.org", None).contains("asha"));
    }
}
