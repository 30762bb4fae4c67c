//! Sealed fields of records.
//!
//! Every revision of every field has a content key of its own, which lies beside it, wrapped under the vault's epoch key.
//! So one field can be shared without sharing the vault, and a key that leaks opens one revision.

use chacha20poly1305::{AeadInOut, KeyInit, XChaCha20Poly1305};
use std::fmt;
use zeroize::Zeroizing;

use super::{committed, key::Key};
use crate::{
    canonical::{DecodeError, Writer},
    hash::{self, Hash},
    id::{AccountId, InstallationId, VaultId},
    padding,
    public::{RECORD_OVERHEAD, RecordHead, RecordPlace},
    random::{self, CryptoRng},
    suite::Format,
};

/// Why a field does not open, or cannot be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    #[error(transparent)]
    Decode(#[from] DecodeError),
    #[error("the key is of another vault")]
    AnotherVault,
    #[error("sealed in epoch {found}, and the key is of epoch {expected}")]
    AnotherEpoch { expected: u64, found: u64 },
    #[error("sealed as revision {found} where revision {expected} should be")]
    AnotherRevision { expected: u64, found: u64 },
    #[error("sealed by {found}, where {expected} is the author")]
    AnotherAuthor { expected: AccountId, found: AccountId },
    #[error("the key is of another field or record")]
    AnotherField,
    #[error("the content was changed, or belongs to another place or key")]
    NotOpened,
}

/// Seals and opens the records of one epoch of a vault.
#[derive(Clone)]
pub struct EpochKey {
    pub(crate) installation: InstallationId,
    pub(crate) vault: VaultId,
    pub(crate) epoch: u64,
    key: Key,
    wrapping: Key,
}

impl EpochKey {
    pub(crate) fn new(installation: InstallationId, vault: VaultId, epoch: u64, key: Key) -> Self {
        let wrapping = key.derive(&[b"mediconnect/epoch-key/wrap"]);
        Self { installation, vault, epoch, key, wrapping }
    }

    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    pub(crate) fn key(&self) -> &Key {
        &self.key
    }

    /// What the member log names this key by.
    pub(crate) fn check(&self) -> Hash {
        let bound = Writer::bound(Format::MemberEntry)
            .bytes(&self.installation.0)
            .bytes(&self.vault.0)
            .number(self.epoch)
            .done();
        *hash::expand::<32>(self.key.expose(), &[&bound, b"check"])
    }

    /// Seals content at its place, padded, under a new content key.
    pub fn seal(
        &self,
        place: &RecordPlace,
        content: &[u8],
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, RecordError> {
        self.is_of(place)?;
        let bound = place.bound(self.epoch);
        let content_key = Key::generate(rng);
        let nonce: [u8; committed::NONCE] = random::array(rng);
        let mut wrapped = Zeroizing::new(*content_key.expose());
        let tag = self
            .wrapper()
            .encrypt_inout_detached(&nonce.into(), &bound, wrapped.as_mut_slice().into())
            .expect("32 bytes are few");
        let size = padding::padded(content);
        let mut sealed = Vec::with_capacity(RECORD_OVERHEAD + size);
        sealed.extend_from_slice(&Format::Record.header());
        sealed.extend_from_slice(&self.epoch.to_be_bytes());
        sealed.extend_from_slice(&place.revision.to_be_bytes());
        sealed.extend_from_slice(&place.author.0);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(wrapped.as_slice());
        sealed.extend_from_slice(&tag);
        let fill = |out: &mut Vec<u8>| padding::pad(content, out);
        committed::seal(&content_key, Format::Record, &bound, size, fill, &mut sealed, rng);
        Ok(sealed)
    }

    /// Opens what was sealed at this place in this epoch.
    pub fn open(&self, place: &RecordPlace, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, RecordError> {
        self.is_of(place)?;
        let (head, bound) = (head_at(place, self.epoch, sealed)?, place.bound(self.epoch));
        open(&self.unwrap(&head, &bound)?, &head, &bound)
    }

    /// The key of this revision of this field alone, to be shared.
    pub fn content_key(&self, place: &RecordPlace, sealed: &[u8]) -> Result<ContentKey, RecordError> {
        self.is_of(place)?;
        let (head, bound) = (head_at(place, self.epoch, sealed)?, place.bound(self.epoch));
        let key = self.unwrap(&head, &bound)?;
        Ok(ContentKey { place: place.clone(), epoch: self.epoch, key })
    }

    fn unwrap(&self, head: &RecordHead<'_>, bound: &[u8]) -> Result<Key, RecordError> {
        let (wrapped, tag) = head.wrapped.split_first_chunk::<32>().expect("48 bytes");
        let mut key = Zeroizing::new(*wrapped);
        let tag: &[u8; committed::TAG] = tag.try_into().expect("16 bytes");
        self.wrapper()
            .decrypt_inout_detached(head.wrap_nonce.into(), bound, key.as_mut_slice().into(), tag.into())
            .map_err(|_| RecordError::NotOpened)?;
        Ok(Key::copy_of(&key))
    }

    fn wrapper(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.wrapping.expose().into())
    }

    fn is_of(&self, place: &RecordPlace) -> Result<(), RecordError> {
        let here = (place.installation, place.vault) == (self.installation, self.vault);
        if here { Ok(()) } else { Err(RecordError::AnotherVault) }
    }
}

impl fmt::Debug for EpochKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EpochKey({:?}, epoch {})", self.vault, self.epoch)
    }
}

/// Opens one revision of one field.
pub struct ContentKey {
    pub(crate) place: RecordPlace,
    pub(crate) epoch: u64,
    pub(crate) key: Key,
}

impl ContentKey {
    /// Where it opens something.
    pub fn place(&self) -> &RecordPlace {
        &self.place
    }

    pub fn open(&self, place: &RecordPlace, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, RecordError> {
        if *place != self.place {
            return Err(RecordError::AnotherField);
        }
        let head = head_at(place, self.epoch, sealed)?;
        open(&self.key, &head, &place.bound(self.epoch))
    }
}

fn open(key: &Key, head: &RecordHead<'_>, bound: &[u8]) -> Result<Zeroizing<Vec<u8>>, RecordError> {
    let content = committed::open(key, Format::Record, bound, head.sealed);
    let mut content = content.ok_or(RecordError::NotOpened)?;
    padding::unpad(&mut content).ok_or(RecordError::NotOpened)?;
    Ok(content)
}

impl fmt::Debug for ContentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentKey({:?})", self.place)
    }
}

/// The parts, if the clear ones say what is expected. They are bound as well; this only names the reason.
fn head_at<'a>(place: &RecordPlace, epoch: u64, sealed: &'a [u8]) -> Result<RecordHead<'a>, RecordError> {
    let head = RecordHead::parse(sealed)?;
    if head.epoch != epoch {
        return Err(RecordError::AnotherEpoch { expected: epoch, found: head.epoch });
    }
    if head.revision != place.revision {
        return Err(RecordError::AnotherRevision { expected: place.revision, found: head.revision });
    }
    if head.author != place.author {
        return Err(RecordError::AnotherAuthor { expected: place.author, found: head.author });
    }
    Ok(head)
}
