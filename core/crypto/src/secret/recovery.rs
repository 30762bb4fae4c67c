//! The recovery key: 256 bits that a person keeps on paper, as 24 words or as a QR code.
//!
//! Words are those of BIP 39 (English), for their checksum and because paper and pencil know them. They stand for the key
//! itself; BIP 39's derivation from words and a passphrase is not used.

use std::fmt;

use bip39::{Language, Mnemonic};
use secrecy::{ExposeSecret, SecretBox};
use zeroize::Zeroizing;

use super::{key::Key, member::MemberSecret};
use crate::{
    canonical::{DecodeError, Reader, Writer},
    payload::{self, PayloadError},
    random::CryptoRng,
    suite::Format,
};

/// Opens an account when all its devices are lost.
#[derive(Clone)]
pub struct RecoveryKey(Key);

/// Why words or a QR code are not a recovery key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryError {
    #[error("{found} words where there should be 24")]
    WordCount { found: usize },
    /// Counted from 1. The word itself is not repeated: it is part of the secret.
    #[error("word {position} is not in the list")]
    UnknownWord { position: usize },
    #[error("the words do not fit together: one is wrong, or two are swapped")]
    Checksum,
    #[error(transparent)]
    Payload(#[from] PayloadError),
}

const WORDS: usize = 24;

impl RecoveryKey {
    const PREFIX: &str = "MCRECOVER";

    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self(Key::generate(rng))
    }

    /// What a keystore kept until it was written down.
    pub fn new(bytes: &SecretBox<[u8; 32]>) -> Self {
        Self(Key::copy_of(bytes.expose_secret()))
    }

    /// 24 words with a blank between them.
    pub fn to_words(&self) -> Zeroizing<String> {
        let words =
            Mnemonic::from_entropy_in(Language::English, self.0.expose()).expect("256 bits are 24 words");
        let mut text = Zeroizing::new(String::with_capacity(WORDS * 9));
        for word in words.words() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        text
    }

    /// Case and the kind of blanks do not matter.
    pub fn from_words(text: &str) -> Result<Self, RecoveryError> {
        let mut plain = Zeroizing::new(String::with_capacity(text.len()));
        for word in text.split_whitespace() {
            if !plain.is_empty() {
                plain.push(' ');
            }
            plain.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        }
        let found = plain.split(' ').filter(|word| !word.is_empty()).count();
        if found != WORDS {
            return Err(RecoveryError::WordCount { found });
        }
        let words =
            Mnemonic::parse_in_normalized(Language::English, &plain).map_err(|error| match error {
                bip39::Error::UnknownWord(index) => RecoveryError::UnknownWord { position: index + 1 },
                _ => RecoveryError::Checksum,
            })?;
        let entropy = Zeroizing::new(words.to_entropy());
        Key::from_slice(&entropy).map(Self).ok_or(RecoveryError::WordCount { found })
    }

    /// What a QR code holds: capital letters, digits and `:`.
    pub fn to_payload(&self) -> Zeroizing<String> {
        let fields = Zeroizing::new(Writer::stored(Format::RecoveryKey).bytes(self.0.expose()).done());
        payload::encode(Self::PREFIX, &fields)
    }

    pub fn from_payload(text: &str) -> Result<Self, RecoveryError> {
        let bytes = payload::decode(Self::PREFIX, text)?;
        let read = || -> Result<Key, DecodeError> {
            let mut reader = Reader::stored(Format::RecoveryKey, &bytes)?;
            let key = Key::from_slice(reader.bytes()?).ok_or(DecodeError::FieldLength)?;
            reader.end()?;
            Ok(key)
        };
        Ok(Self(read().map_err(PayloadError::Decode)?))
    }

    /// From it follow the keys of a member of kind [`crate::public::MemberKind::RecoveryKey`].
    pub fn secret(&self) -> MemberSecret {
        MemberSecret(self.0.clone())
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey([secret])")
    }
}
