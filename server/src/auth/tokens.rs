//! The two tokens of a signed-in device.
//!
//! The access token is a JWT (RFC 7519) signed with EdDSA, good for ten minutes; it names the session, whose life is looked up,
//! so that a session that was ended stops working long before its last token runs out. The refresh token is opaque: the
//! session's id and 256 bits; the server keeps a hash of it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, Header, Validation};
use mediconnect_domain::AccountId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::keys::Keys;

/// How long an access token is good for.
pub const ACCESS_FOR: SignedDuration = SignedDuration::from_mins(10);

const ISSUER: &str = "mediconnect";

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Claims {
    iss: String,
    sub: AccountId,
    /// The session.
    sid: Uuid,
    iat: i64,
    exp: i64,
}

/// Who a good access token speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bearer {
    pub account: AccountId,
    pub session: Uuid,
}

/// An access token for this session.
pub fn access(keys: &Keys, bearer: Bearer, now: Timestamp) -> String {
    let claims = Claims {
        iss: ISSUER.into(),
        sub: bearer.account,
        sid: bearer.session,
        iat: now.as_second(),
        exp: (now + ACCESS_FOR).as_second(),
    };
    jsonwebtoken::encode(&Header::new(Algorithm::EdDSA), &claims, &keys.sign).expect("the claims are JSON")
}

/// Who the token speaks for, if it is ours and has not run out.
pub fn read_access(keys: &Keys, token: &str, now: Timestamp) -> Option<Bearer> {
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_issuer(&[ISSUER]);
    validation.set_required_spec_claims(&["exp", "iss", "sub"]);
    // The server's clock decides, and it is not always the machine's: see below.
    validation.validate_exp = false;
    let claims = jsonwebtoken::decode::<Claims>(token, &keys.verify, &validation).ok()?.claims;
    (now.as_second() < claims.exp).then_some(Bearer { account: claims.sub, session: claims.sid })
}

/// A refresh token: which session, and the secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Refresh {
    pub session: Uuid,
    pub secret: [u8; 32],
}

impl Refresh {
    /// The token as the device keeps it. Carries a seal, by which one that was never ours is told from an old one.
    pub fn text(&self, keys: &Keys) -> String {
        BASE64.encode([self.session.as_bytes().as_slice(), &self.secret, &self.seal(keys)].concat())
    }

    pub fn read(keys: &Keys, text: &str) -> Option<Self> {
        let bytes = BASE64.decode(text).ok()?;
        let (session, rest) = bytes.split_at_checked(16)?;
        let (secret, seal) = rest.split_at_checked(32)?;
        let token = Self { session: Uuid::from_slice(session).ok()?, secret: secret.try_into().ok()? };
        // Hashes compare in constant time.
        (blake3::hash(seal) == blake3::hash(&token.seal(keys))).then_some(token)
    }

    /// What is kept of it. The secret is random, so a plain hash cannot be searched.
    pub fn hash(&self) -> String {
        blake3::hash(&self.secret).to_hex().to_string()
    }

    fn seal(&self, keys: &Keys) -> [u8; 16] {
        keys.seal(&[self.session.as_bytes(), &self.secret])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);

    fn bearer() -> Bearer {
        Bearer {
            account: AccountId::derive(&[b"asha"]),
            session: mediconnect_domain::id::derive(&[b"phone"]),
        }
    }

    #[test]
    fn an_access_token_is_good_for_ten_minutes() {
        let keys = Keys::from_secret(&[7; 32]);
        let token = access(&keys, bearer(), NOW);
        assert_eq!(read_access(&keys, &token, NOW + SignedDuration::from_secs(599)), Some(bearer()));
        assert_eq!(read_access(&keys, &token, NOW + ACCESS_FOR), None);
    }

    #[test]
    fn tokens_of_another_key_or_algorithm_are_refused() {
        let keys = Keys::from_secret(&[7; 32]);
        let foreign = access(&Keys::from_secret(&[8; 32]), bearer(), NOW);
        assert_eq!(read_access(&keys, &foreign, NOW), None);
        let unsigned = access(&keys, bearer(), NOW);
        let (_, claims) = unsigned.split_once('.').unwrap();
        let (claims, _) = claims.split_once('.').unwrap();
        let none = format!("{}.{claims}.", BASE64.encode(r#"{"alg":"none","typ":"JWT"}"#));
        assert_eq!(read_access(&keys, &none, NOW), None);
    }

    #[test]
    fn a_refresh_token_reads_back_and_one_that_was_never_ours_does_not() {
        let keys = Keys::from_secret(&[7; 32]);
        let token = Refresh { session: bearer().session, secret: [3; 32] };
        let text = token.text(&keys);
        assert!(Refresh::read(&keys, &text) == Some(token));
        let forged = format!("{}A", &text[..text.len() - 1]);
        assert!(["", "????", "AAAA", &forged].iter().all(|text| Refresh::read(&keys, text).is_none()));
    }
}
