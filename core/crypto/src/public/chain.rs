//! Append-only logs whose entries name the one before: how a missing, swapped or withheld entry is noticed.

use crate::{
    canonical::{DecodeError, Reader, Writer},
    hash::{self, Hash},
    suite::Format,
};

/// How far a log goes and what it says up to there, in one hash. Keep it: whoever shows less or something else later is
/// lying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Entries.
    pub length: u64,
    /// Of the last entry, which names the one before it.
    pub hash: Hash,
}

/// Where the entries of a log do not follow from one another or from what was seen before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    #[error("entry {found} where entry {expected} comes next")]
    Gap { expected: u64, found: u64 },
    #[error("entry {at} does not follow from the one before it, or is not the one seen earlier")]
    Fork { at: u64 },
    #[error("{shown} entries were shown where {remembered} were seen before")]
    Rollback { remembered: u64, shown: u64 },
}

impl Head {
    /// Of a log without entries.
    pub const EMPTY: Self = Self { length: 0, hash: [0; 32] };

    /// The head after `entry`, whose fields say that it is `link`.
    pub(crate) fn follow(&self, link: &Link, format: Format, entry: &[u8]) -> Result<Self, ChainError> {
        if link.index != self.length {
            return Err(ChainError::Gap { expected: self.length, found: link.index });
        }
        if link.previous != self.hash {
            return Err(ChainError::Fork { at: link.index });
        }
        Ok(Self { length: self.length + 1, hash: hash::labelled(format.label(), entry) })
    }

    pub(crate) fn next(&self) -> Link {
        Link { index: self.length, previous: self.hash }
    }

    /// Called for every head on the way: the remembered one must be passed unchanged.
    pub(crate) fn passes(&self, remembered: Option<&Head>) -> Result<(), ChainError> {
        match remembered {
            Some(known) if known.length == self.length && known.hash != self.hash => {
                Err(ChainError::Fork { at: self.length.saturating_sub(1) })
            }
            _ => Ok(()),
        }
    }

    /// Called for the last head: the remembered one must have been reached.
    pub(crate) fn reaches(&self, remembered: Option<&Head>) -> Result<(), ChainError> {
        match remembered {
            Some(known) if known.length > self.length => {
                Err(ChainError::Rollback { remembered: known.length, shown: self.length })
            }
            _ => Ok(()),
        }
    }
}

/// The place that an entry claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub index: u64,
    pub previous: Hash,
}

impl Link {
    pub(crate) fn write(&self, writer: Writer) -> Writer {
        writer.number(self.index).bytes(&self.previous)
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self { index: reader.number()?, previous: reader.array()? })
    }
}
