//! Passwords: which are accepted, and how they are kept.
//!
//! Argon2id with the parameters of OWASP's Password Storage Cheat Sheet (19 MiB, 2 passes, 1 lane). One hash takes memory and
//! tens of milliseconds, so that only a few run at once, on threads of their own; the rest wait their turn.
//!
//! Which passwords thieves try first is known without asking anybody: zxcvbn carries the most common ones of past breaches, with
//! names and words, and estimates how many tries it takes to come to one (Wheeler, "zxcvbn: low-budget password strength
//! estimation", USENIX Security 2016).

use std::sync::Arc;

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;
use zxcvbn::{Score, zxcvbn};

/// Kibibytes, passes, lanes.
pub const MEMORY_KIB: u32 = 19 * 1024;
pub const PASSES: u32 = 2;
pub const LANES: u32 = 1;

/// The shortest and the longest that is accepted, in characters. Argon2 takes any length; the cap keeps requests small.
const LENGTH: std::ops::RangeInclusive<usize> = 10..=256;

/// Passwords below are found in under 10⁸ tries.
const STRONG: Score = Score::Three;

/// Why a password cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weakness {
    #[error("must have at least 10 characters")]
    Short,
    #[error("must have at most 256 characters")]
    Long,
    #[error("is known from breaches or easily guessed")]
    Common,
    #[error("must not be the name or the e-mail address")]
    Personal,
}

/// Accepts `password`, or says why not, for the person with this e-mail address and name.
fn check(password: &SecretString, email: &str, name: &str) -> Result<(), Weakness> {
    let password = password.expose_secret();
    let length = password.chars().count();
    if length < *LENGTH.start() {
        return Err(Weakness::Short);
    }
    if length > *LENGTH.end() {
        return Err(Weakness::Long);
    }
    let plain = squeezed(password);
    let mailbox = email.split('@').next().unwrap_or_default();
    if [email, mailbox, name].iter().any(|own| squeezed(own) == plain) {
        return Err(Weakness::Personal);
    }
    let own: Vec<&str> = [email, mailbox].into_iter().chain(name.split_whitespace()).collect();
    let strong = |password: &str| zxcvbn(password, &own).score() >= STRONG;
    if strong(password) && strong(&plain) { Ok(()) } else { Err(Weakness::Common) }
}

/// Lower case and without spaces and punctuation, so that `Pass-Word 123` is found.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Hashes and compares, a few at a time.
#[derive(Clone, Debug)]
pub struct Hasher {
    turns: Arc<Semaphore>,
    /// What a password is compared with where there is no account, so that both cost the same.
    decoy: Arc<str>,
}

impl Hasher {
    pub fn new(at_once: usize) -> Self {
        let decoy = hash(&SecretString::from("nobody has this password")).into();
        Self { turns: Arc::new(Semaphore::new(at_once)), decoy }
    }

    /// Accepts a password for the person with this e-mail address and name.
    pub async fn accepts(&self, password: &SecretString, email: &str, name: &str) -> Result<(), Weakness> {
        let (password, email, name) = (password.clone(), email.to_owned(), name.to_owned());
        self.in_turn(move || check(&password, &email, &name)).await
    }

    /// The password as it is kept (a PHC string).
    pub async fn hash(&self, password: SecretString) -> String {
        self.in_turn(move || hash(&password)).await
    }

    /// Whether the password is the one kept. Takes as long where none is kept.
    pub async fn matches(&self, password: SecretString, kept: Option<String>) -> bool {
        let known = kept.is_some();
        let against = kept.unwrap_or_else(|| self.decoy.to_string());
        let equal = self
            .in_turn(move || {
                argon2().verify_password(password.expose_secret().as_bytes(), against.as_str()).is_ok()
            })
            .await;
        equal && known
    }

    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let _turn = self.turns.acquire().await.expect("the semaphore is never closed");
        tokio::task::spawn_blocking(work).await.expect("hashing does not panic")
    }
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the parameters are in range");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash(password: &SecretString) -> String {
    let hash = argon2().hash_password(password.expose_secret().as_bytes());
    hash.expect("a salt of the right size can be hashed with").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(password: &str) -> Result<(), Weakness> {
        check(&SecretString::from(password), "asha.rao@example.org", "Asha Rao Menon")
    }

    #[test]
    fn short_common_and_personal_passwords_are_refused() {
        assert_eq!(verdict("nine char"), Err(Weakness::Short));
        assert_eq!(verdict("Password123"), Err(Weakness::Common));
        assert_eq!(verdict("Pass-Word 123"), Err(Weakness::Common));
        for known in
            ["aaaaaaaaaaaa", "qwertyuiop12", "iloveyou2024", "12345678910", "Welcome2026!", "Asha.Rao1990"]
        {
            assert_eq!(verdict(known), Err(Weakness::Common), "{known}");
        }
        assert_eq!(verdict("asha.rao@example.org"), Err(Weakness::Personal));
        assert_eq!(verdict("asha rao menon"), Err(Weakness::Personal));
        assert_eq!(verdict(&"é".repeat(300)), Err(Weakness::Long));
        for good in ["monsoon ferry lantern", "correct horse battery", "वर्षा नाव लालटेन", "k7#vQ2m!xR9t"]
        {
            assert_eq!(verdict(good), Ok(()), "{good}");
        }
    }

    #[tokio::test]
    async fn a_password_is_kept_with_argon2id_at_owasps_parameters() {
        let hasher = Hasher::new(1);
        let kept = hasher.hash("monsoon ferry lantern".into()).await;
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(hasher.matches("monsoon ferry lantern".into(), Some(kept.clone())).await);
        assert!(!hasher.matches("monsoon ferry lanterns".into(), Some(kept)).await);
        assert!(!hasher.matches("nobody has this password".into(), None).await);
    }
}
