use std::fmt;

use ed25519_dalek::Signer;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable, aead, kdf, kem::XWing};
use zeroize::Zeroizing;

use super::key::Key;
use crate::{
    canonical::labelled,
    public::{SIGNATURE, SealingKey, VerifyingKey, refuse_low_order},
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
        let (_, x25519) = sealed.encapsulated.split_last_chunk()?;
        refuse_low_order(x25519).ok()?;
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
    pub encapsulated: &'a [u8],
    pub ciphertext: &'a [u8],
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
