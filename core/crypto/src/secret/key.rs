//! Secret bytes, kept so that they do not end up elsewhere.

use std::fmt;

use secrecy::{ExposeSecret, SecretBox};
use subtle::ConstantTimeEq;

use crate::{hash, random::CryptoRng};

/// 32 secret bytes at one place in memory: never moved, wiped at the end, not printed, compared in constant time.
pub(crate) struct Key(SecretBox<[u8; 32]>);

impl Key {
    pub(crate) fn generate(rng: &mut impl CryptoRng) -> Self {
        Self(SecretBox::init_with_mut(|bytes: &mut [u8; 32]| rng.fill_bytes(bytes)))
    }

    pub(crate) fn copy_of(secret: &[u8; 32]) -> Self {
        Self(SecretBox::init_with_mut(|bytes: &mut [u8; 32]| bytes.copy_from_slice(secret)))
    }

    /// `None` where the length differs.
    pub(crate) fn from_slice(secret: &[u8]) -> Option<Self> {
        secret.try_into().ok().map(Self::copy_of)
    }

    /// Another key, for the purpose that `info` names.
    pub(crate) fn derive(&self, info: &[&[u8]]) -> Self {
        Self::copy_of(&hash::expand::<32>(self.expose(), info))
    }

    pub(crate) fn expose(&self) -> &[u8; 32] {
        self.0.expose_secret()
    }
}

impl Clone for Key {
    fn clone(&self) -> Self {
        Self::copy_of(self.expose())
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.expose().ct_eq(other.expose()).into()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}
