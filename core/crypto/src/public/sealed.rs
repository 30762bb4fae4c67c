//! A sealed field as those without keys see it, and the place it belongs to.

use crate::{
    canonical::{DecodeError, Reader, Writer},
    id::{AccountId, InstallationId, RecordId, VaultId},
    padding,
    suite::{Format, HEADER},
};

/// Which field of which revision of which record. It is bound as associated data: content opens at its place only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordPlace {
    pub installation: InstallationId,
    pub vault: VaultId,
    /// Of the record, such as `history`.
    pub kind: String,
    /// The sealed field within it, such as `text`.
    pub field: String,
    pub id: RecordId,
    /// Of the content, counted by its author: one more than that which it replaces.
    pub revision: u64,
    pub author: AccountId,
}

impl RecordPlace {
    /// The associated data: the place, the epoch, and by the header the suite.
    pub(crate) fn bound(&self, epoch: u64) -> Vec<u8> {
        let writer = Writer::bound(Format::Record);
        self.write(writer).number(epoch).done()
    }

    pub(crate) fn write(&self, writer: Writer) -> Writer {
        writer
            .bytes(&self.installation.0)
            .bytes(&self.vault.0)
            .text(&self.kind)
            .text(&self.field)
            .bytes(&self.id.0)
            .number(self.revision)
            .bytes(&self.author.0)
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            installation: InstallationId(reader.array()?),
            vault: VaultId(reader.array()?),
            kind: reader.text()?.to_owned(),
            field: reader.text()?.to_owned(),
            id: RecordId(reader.array()?),
            revision: reader.number()?,
            author: AccountId(reader.array()?),
        })
    }
}

/// Nonce, key and tag of the wrapped content key.
pub(crate) const WRAPPED_KEY: usize = 24 + 32 + 16;
/// What sealing adds to the padded content: commitment, nonce, tag.
const SEAL: u64 = 32 + 24 + 16;
/// What all of it adds: header, epoch, revision, author, wrapped key, seal.
pub(crate) const RECORD_OVERHEAD: usize = HEADER + 8 + 8 + 16 + WRAPPED_KEY + SEAL as usize;

/// What a sealed field says about itself to everyone. A server checks with it that the author is who is writing, that the
/// revision is the next, and that the epoch is the vault's present one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealedRecord {
    pub epoch: u64,
    pub revision: u64,
    pub author: AccountId,
    /// Size of the content with its padding, in bytes.
    pub padded: u64,
}

impl SealedRecord {
    pub fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        let head = RecordHead::parse(bytes)?;
        Ok(Self { epoch: head.epoch, revision: head.revision, author: head.author, padded: head.padded })
    }
}

/// The parts of a sealed field.
pub(crate) struct RecordHead<'a> {
    pub epoch: u64,
    pub revision: u64,
    pub author: AccountId,
    pub wrap_nonce: &'a [u8; 24],
    pub wrapped: &'a [u8; 48],
    /// Commitment, nonce, ciphertext, tag.
    pub sealed: &'a [u8],
    pub padded: u64,
}

impl<'a> RecordHead<'a> {
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        fn take<'a, const N: usize>(rest: &mut &'a [u8]) -> Result<&'a [u8; N], DecodeError> {
            let (array, after) = rest.split_first_chunk().ok_or(DecodeError::Truncated)?;
            *rest = after;
            Ok(array)
        }
        let rest = &mut Format::Record.strip(bytes)?;
        let mut head = Self {
            epoch: u64::from_be_bytes(*take(rest)?),
            revision: u64::from_be_bytes(*take(rest)?),
            author: AccountId(*take(rest)?),
            wrap_nonce: take(rest)?,
            wrapped: take(rest)?,
            sealed: rest,
            padded: 0,
        };
        head.padded = (head.sealed.len() as u64).checked_sub(SEAL).ok_or(DecodeError::Truncated)?;
        if head.padded != padding::bucket(head.padded) {
            return Err(DecodeError::FieldLength);
        }
        Ok(head)
    }
}
