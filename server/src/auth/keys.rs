//! The server's own signing key, in one file of the data folder.
//!
//! From the one secret follow the key that signs access tokens and the key that refresh tokens are made with, each for its
//! purpose only (BLAKE3's key derivation). Several nodes of one installation share the file.

use std::path::Path;

use anyhow::{Context, ensure};
use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey};
use zeroize::Zeroizing;

use crate::{app::write_private, config::refuse_readable_by_others};

pub struct Keys {
    pub sign: jsonwebtoken::EncodingKey,
    pub verify: jsonwebtoken::DecodingKey,
    refresh: Zeroizing<[u8; 32]>,
    seal: Zeroizing<[u8; 32]>,
}

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
}

fn create(path: &Path) -> std::io::Result<()> {
    write_private(path, Zeroizing::new(rand::random::<[u8; 32]>()).as_slice())
}
