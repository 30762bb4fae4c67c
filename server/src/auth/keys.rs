//! The server's own signing key, in one file of the data folder.
//!
//! From the one secret follow the key that signs access tokens, the key that refresh tokens are made with, the key of
//! authenticator secrets at rest and the key of fingerprints, each for its purpose only (BLAKE3's key derivation). Several nodes of one installation share the file.

use std::path::Path;

use anyhow::{Context, ensure};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey};
use zeroize::Zeroizing;

use crate::{app::write_private, config::refuse_readable_by_others};

pub struct Keys {
    pub sign: jsonwebtoken::EncodingKey,
    pub verify: jsonwebtoken::DecodingKey,
    refresh: Zeroizing<[u8; 32]>,
    seal: Zeroizing<[u8; 32]>,
    keep: Zeroizing<[u8; 32]>,
    fingerprint: Zeroizing<[u8; 32]>,
}

/// What was kept was written under another key, or altered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a secret of this store was kept under another key")]
pub struct OtherKey;

impl Keys {
    /// The keys that follow from `secret`.
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        let seed = Zeroizing::new(blake3::derive_key("mediconnect 2026 access token signature", secret));
        let signing = SigningKey::from_bytes(&seed);
        let der = signing.to_pkcs8_der().expect("an Ed25519 key has a PKCS #8 form");
        Self {
            sign: jsonwebtoken::EncodingKey::from_ed_der(der.as_bytes()),
            verify: jsonwebtoken::DecodingKey::from_ed_der(signing.verifying_key().as_bytes()),
            refresh: Zeroizing::new(blake3::derive_key("mediconnect 2026 refresh token successor", secret)),
            seal: Zeroizing::new(blake3::derive_key("mediconnect 2026 refresh token seal", secret)),
            keep: Zeroizing::new(blake3::derive_key("mediconnect 2026 secret kept at rest", secret)),
            fingerprint: Zeroizing::new(blake3::derive_key("mediconnect 2026 fingerprint", secret)),
        }
    }

    /// The keys of this data folder, made at the first start.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join("session.key");
        if !path.exists() {
            create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        }
        refuse_readable_by_others(&path)?;
        let bytes =
            Zeroizing::new(std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?);
        ensure!(bytes.len() == 32, "{} is not a key of 32 bytes", path.display());
        let secret = Zeroizing::new(<[u8; 32]>::try_from(bytes.as_slice())?);
        Ok(Self::from_secret(&secret))
    }

    /// The refresh token that follows `token`: the same each time for the same `salt`.
    pub fn successor(&self, token: &[u8; 32], salt: &[u8; 16]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_keyed(&self.refresh);
        hasher.update(token).update(salt);
        *hasher.finalize().as_bytes()
    }

    /// Proves that these parts came from this server.
    pub fn seal(&self, parts: &[&[u8]]) -> [u8; 16] {
        let mut hasher = blake3::Hasher::new_keyed(&self.seal);
        parts.iter().for_each(|part| {
            hasher.update(part);
        });
        let mut seal = [0; 16];
        hasher.finalize_xof().fill(&mut seal);
        seal
    }

    /// A secret that the server itself has to read again, as it may lie in the database. `place` is where: moved elsewhere,
    /// it does not open.
    pub fn keep(&self, place: &[u8], secret: &[u8], nonce: [u8; 24]) -> Vec<u8> {
        let payload = Payload { msg: secret, aad: place };
        let sealed = self.cipher().encrypt(&nonce.into(), payload).expect("memory holds it");
        [nonce.as_slice(), &sealed].concat()
    }

    /// What [`Keys::keep`] kept there.
    pub fn kept(&self, place: &[u8], kept: &[u8]) -> Result<Zeroizing<Vec<u8>>, OtherKey> {
        let (nonce, sealed) = kept.split_at_checked(24).ok_or(OtherKey)?;
        let nonce: &XNonce = nonce.try_into().map_err(|_| OtherKey)?;
        let opened = self.cipher().decrypt(nonce, Payload { msg: sealed, aad: place });
        opened.map(Zeroizing::new).map_err(|_| OtherKey)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.keep).into())
    }

    /// By which something short is found again: without the key it cannot be searched for by trying all.
    pub fn fingerprint(&self, parts: &[&[u8]]) -> String {
        let mut hasher = blake3::Hasher::new_keyed(&self.fingerprint);
        parts.iter().for_each(|part| {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        });
        hasher.finalize().to_hex().to_string()
    }
}

fn create(path: &Path) -> std::io::Result<()> {
    write_private(path, Zeroizing::new(rand::random::<[u8; 32]>()).as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_secret_opens_at_its_place_under_its_key_only() {
        let keys = Keys::from_secret(&[7; 32]);
        let kept = keys.keep(b"totp asha", b"twenty secret bytes!", [9; 24]);
        assert!(!kept.windows(6).any(|part| part == b"secret"));
        assert_eq!(keys.kept(b"totp asha", &kept).unwrap().as_slice(), b"twenty secret bytes!");
        assert_eq!(keys.kept(b"totp ravi", &kept), Err(OtherKey));
        assert_eq!(Keys::from_secret(&[8; 32]).kept(b"totp asha", &kept), Err(OtherKey));
        assert_eq!(keys.kept(b"totp asha", &kept[..10]), Err(OtherKey));
    }

    #[test]
    fn fingerprints_tell_where_one_part_ends() {
        let keys = Keys::from_secret(&[7; 32]);
        assert_eq!(keys.fingerprint(&[b"a", b"bc"]), keys.fingerprint(&[b"a", b"bc"]));
        assert_ne!(keys.fingerprint(&[b"a", b"bc"]), keys.fingerprint(&[b"ab", b"c"]));
        assert_ne!(keys.fingerprint(&[b"a"]), Keys::from_secret(&[8; 32]).fingerprint(&[b"a"]));
    }
}
