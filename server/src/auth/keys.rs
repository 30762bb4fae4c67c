//! The server's own signing key, in one file of the data folder.
//!
//! From the one secret follow the key that signs access tokens and the key that refresh tokens are made with, each for its
//! purpose only (BLAKE3's key derivation). Several nodes of one installation share the file.

use std::{io::Write, path::Path};

use anyhow::{Context, ensure};
use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey};
use zeroize::Zeroizing;

use crate::config::refuse_readable_by_others;

pub struct Keys {
    pub sign: jsonwebtoken::EncodingKey,
    pub verify: jsonwebtoken::DecodingKey,
    refresh: Zeroizing<[u8; 32]>,
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
        }
    }

    /// The keys of this data folder, made at the first start.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join("session.key");
        if !path.exists() {
            create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        }
        refuse_readable_by_others(&path)?;
        let bytes = Zeroizing::new(std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?);
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
}

fn create(path: &Path) -> anyhow::Result<()> {
    let secret = Zeroizing::new(rand::random::<[u8; 32]>());
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(secret.as_slice())?;
    Ok(file.sync_all()?)
}
