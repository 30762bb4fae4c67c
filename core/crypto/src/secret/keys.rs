//! The secret halves of [`crate::public`]'s keys: what signs, and what opens.

use std::fmt;

use ed25519_dalek::Signer;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable, aead, kdf, kem::XWing};
use zeroize::Zeroizing;

use super::key::Key;
use crate::{
    canonical::labelled,
    public::{KeyError, SIGNATURE, SealingKey, VerifyingKey, refuse_low_order},
    random::CryptoRng,
    suite::Format,
};

/// Signs (Ed25519). Wiped when dropped.
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    pub(crate) fn new(seed: &Key) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed.expose()))
    }

    pub fn public(&self) -> VerifyingKey {
        VerifyingKey::of(&self.0)
    }

    pub(crate) fn seed(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// The body with its signature behind it.
    pub(crate) fn sign(&self, format: Format, mut body: Vec<u8>) -> Vec<u8> {
        let signature: [u8; SIGNATURE] = self.0.sign(&labelled(format.label(), &body)).to_bytes();
        body.extend_from_slice(&signature);
        body
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey of {:?}", self.public())
    }
}

/// Opens what was sealed to its [`SealingKey`] (X-Wing). Kept as its seed; wiped when dropped.
pub struct OpeningKey(Key);

type Aead = aead::ChaCha20Poly1305;
type Kdf = kdf::HkdfSha256;

impl OpeningKey {
    pub(crate) fn new(seed: Key) -> Self {
        Self(seed)
    }

    pub fn public(&self) -> SealingKey {
        SealingKey::of(&XWing::sk_to_pk(&self.hpke()))
    }

    pub(crate) fn seed(&self) -> &[u8; 32] {
        self.0.expose()
    }

    fn hpke(&self) -> <XWing as Kem>::PrivateKey {
        Deserializable::from_bytes(self.0.expose()).expect("every 32 bytes are a seed")
    }

    /// RFC 9180 §6.1, base mode, one shot.
    pub(crate) fn open(&self, info: &[u8], sealed: &Sealed<'_>) -> Option<Zeroizing<Vec<u8>>> {
        let encapsulated = Deserializable::from_bytes(sealed.encapsulated).ok()?;
        hpke::single_shot_open::<Aead, Kdf, XWing>(
            &OpModeR::Base,
            &self.hpke(),
            &encapsulated,
            info,
            sealed.ciphertext,
            &[],
        )
        .ok()
        .map(Zeroizing::new)
    }
}

impl Clone for OpeningKey {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl fmt::Debug for OpeningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OpeningKey([secret])")
    }
}

/// What HPKE makes.
pub(crate) struct Sealed<'a> {
    encapsulated: &'a [u8],
    ciphertext: &'a [u8],
}

impl<'a> Sealed<'a> {
    /// Refuses encapsulated keys whose X25519 part is of low order: half of X-Wing would be no secret.
    pub(crate) fn new(encapsulated: &'a [u8], ciphertext: &'a [u8]) -> Result<Self, KeyError> {
        let (_, x25519) = encapsulated.split_last_chunk().ok_or(KeyError::Length)?;
        refuse_low_order(x25519)?;
        Ok(Self { encapsulated, ciphertext })
    }
}

/// Seals a few bytes to a public key: encapsulated key and ciphertext.
pub(crate) fn seal_to(
    key: &SealingKey,
    info: &[u8],
    content: &[u8],
    rng: &mut impl CryptoRng,
) -> (Vec<u8>, Vec<u8>) {
    let (encapsulated, ciphertext) = hpke::single_shot_seal_with_rng::<Aead, Kdf, XWing>(
        &OpModeS::Base,
        &key.hpke(),
        info,
        content,
        &[],
        rng,
    )
    .expect("a parsed key takes a short message");
    (encapsulated.to_bytes().to_vec(), ciphertext)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encapsulated_keys_of_low_order_are_refused_before_anything_is_opened() {
        let rng = &mut crate::random::Source(|bytes: &mut [u8]| bytes.fill(7));
        let key = OpeningKey::new(Key::generate(rng));
        let (mut encapsulated, ciphertext) = seal_to(&key.public(), b"info", b"content", rng);
        let sealed = Sealed::new(&encapsulated, &ciphertext).unwrap();
        assert_eq!(key.open(b"info", &sealed).unwrap().as_slice(), b"content");
        assert!(key.open(b"other", &sealed).is_none());
        encapsulated[1088..].fill(0);
        assert_eq!(Sealed::new(&encapsulated, &ciphertext).err(), Some(KeyError::LowOrder));
        assert_eq!(Sealed::new(&encapsulated[..31], &ciphertext).err(), Some(KeyError::Length));
    }
}
