//! Public keys. One that parsed is safe to use: no low-order point, one spelling only.

use std::fmt;

use ed25519_dalek::Signature;
use hpke::{Deserializable, Serializable, kem::XWing};

use crate::{
    canonical::labelled,
    hash::{self, Hash},
    suite::Format,
};

/// Why bytes are not a public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("a public key has another length")]
    Length,
    #[error("not the one encoding of a public key")]
    Encoding,
    #[error("a point of low order, under which anything would verify or open")]
    LowOrder,
}

/// Checks signatures (Ed25519): of an account's identity, a device, a clinic or the key log.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct VerifyingKey(ed25519_dalek::VerifyingKey);

impl VerifyingKey {
    pub const LENGTH: usize = 32;

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let bytes = <&[u8; Self::LENGTH]>::try_from(bytes).map_err(|_| KeyError::Length)?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::Encoding)?;
        if key.is_weak() {
            return Err(KeyError::LowOrder);
        }
        if key.to_edwards().compress().to_bytes() != *bytes {
            return Err(KeyError::Encoding);
        }
        Ok(Self(key))
    }

    pub fn to_bytes(&self) -> [u8; Self::LENGTH] {
        self.0.to_bytes()
    }

    /// Whether this key signed these bytes as this format. Strict: no mixed-order points, no malleable signatures.
    pub(crate) fn signed(&self, format: Format, body: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(&labelled(format.label(), body), &Signature::from_bytes(signature)).is_ok()
    }

    pub(crate) fn of(secret: &ed25519_dalek::SigningKey) -> Self {
        Self(secret.verifying_key())
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifyingKey({})", data_encoding::HEXLOWER.encode(&self.to_bytes()))
    }
}

/// What one seals to (X-Wing: X25519 and ML-KEM-768): an account or a member of its device list.
#[derive(Clone, PartialEq, Eq)]
pub struct SealingKey(Box<[u8; Self::LENGTH]>);

impl SealingKey {
    pub const LENGTH: usize = 1216;

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let bytes = <&[u8; Self::LENGTH]>::try_from(bytes).map_err(|_| KeyError::Length)?;
        // FIPS 203 §7.2: every coefficient is reduced.
        type Key = <XWing as hpke::Kem>::PublicKey;
        Key::from_bytes(bytes).map_err(|_| KeyError::Encoding)?;
        let (_, x25519) = bytes.split_last_chunk().expect("longer than 32 bytes");
        refuse_low_order(x25519)?;
        Ok(Self(Box::new(*bytes)))
    }

    pub fn to_bytes(&self) -> &[u8; Self::LENGTH] {
        &self.0
    }

    /// Names the key where 1216 bytes would be too many.
    pub fn hash(&self) -> Hash {
        hash::labelled("mediconnect/sealing-key", self.0.as_slice())
    }

    pub(crate) fn of(key: &<XWing as hpke::Kem>::PublicKey) -> Self {
        let mut bytes = Box::new([0; Self::LENGTH]);
        key.write_exact(bytes.as_mut_slice());
        Self(bytes)
    }

    pub(crate) fn hpke(&self) -> <XWing as hpke::Kem>::PublicKey {
        Deserializable::from_bytes(self.0.as_slice()).expect("it parsed before")
    }
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealingKey({})", data_encoding::HEXLOWER.encode(&self.hash()[..8]))
    }
}

/// Every clamped scalar is a multiple of eight, so it takes exactly the points of low order to zero (RFC 7748 §6.1).
pub(crate) fn refuse_low_order(x25519: &[u8; 32]) -> Result<(), KeyError> {
    let product = x25519_dalek::x25519([1; 32], *x25519);
    if product == [0; 32] { Err(KeyError::LowOrder) } else { Ok(()) }
}
