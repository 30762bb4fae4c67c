//! One public log of everyone's keys, so that a server cannot show one identity to the doctor and another to the patient
//! without either being found out.
//!
//! A Merkle tree as in RFC 9162 (SHA-256; leaves under 0x00, nodes under 0x01). Whenever an account's identity or device
//! list changes, or a vault's member log, the server appends a leaf and signs the new head. A client keeps the last head,
//! asks for a proof that the next one extends it, and for a proof that its own leaf is in it. What this cannot show is
//! that there is no *second* leaf for the same subject: an owner finds that by comparing heads, and two people by
//! comparing safety numbers.

use ct_merkle::{ConsistencyProof, InclusionProof, RootHash, mem_backed_tree::MemoryBackedTree};
use sha2::Sha256;

use super::{Head, SIGNATURE, VerifyingKey};
use crate::{
    canonical::{DecodeError, Reader, Writer},
    hash::Hash,
    id::{AccountId, InstallationId, VaultId},
    suite::Format,
};

/// What a leaf speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Its identity key; the head is its device list's.
    Account { account: AccountId, identity: VerifyingKey },
    /// The head is its member log's.
    Vault(VaultId),
}

/// One leaf: how far the log of a subject had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogLeaf {
    pub installation: InstallationId,
    pub subject: Subject,
    pub head: Head,
}

impl LogLeaf {
    pub fn to_bytes(&self) -> Vec<u8> {
        let writer = Writer::stored(Format::LogLeaf).bytes(&self.installation.0);
        let writer = match &self.subject {
            Subject::Account { account, identity } => {
                writer.number(1).bytes(&account.0).bytes(&identity.to_bytes())
            }
            Subject::Vault(vault) => writer.number(2).bytes(&vault.0),
        };
        writer.number(self.head.length).bytes(&self.head.hash).done()
    }
}

/// Size and root of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogHead {
    pub installation: InstallationId,
    /// Leaves.
    pub size: u64,
    pub root: Hash,
    /// When the server signed it, in milliseconds since 1970.
    pub signed_at_ms: u64,
}

/// Why what the server says of its log is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    #[error(transparent)]
    Decode(#[from] DecodeError),
    #[error("the head is of another installation")]
    AnotherInstallation,
    #[error("the head was not signed by the log's key")]
    Signature,
    #[error("the log shrank from {remembered} to {shown} leaves")]
    Rollback { remembered: u64, shown: u64 },
    #[error("the new head does not extend the one seen before")]
    NotConsistent,
    #[error("the leaf is not where it is said to be")]
    NotIncluded,
}

/// No log here comes near; keeps arithmetic on sizes that a server made up within bounds.
const MOST_LEAVES: u64 = 1 << 48;

impl LogHead {
    /// Checks a signed head.
    pub fn verify(bytes: &[u8], installation: InstallationId, key: &VerifyingKey) -> Result<Self, LogError> {
        let (body, signature) = bytes.split_last_chunk::<SIGNATURE>().ok_or(DecodeError::Truncated)?;
        let mut reader = Reader::stored(Format::LogHead, body)?;
        let head = Self {
            installation: InstallationId(reader.array()?),
            size: reader.number()?,
            root: reader.array()?,
            signed_at_ms: reader.number()?,
        };
        reader.end()?;
        if head.size > MOST_LEAVES {
            return Err(DecodeError::FieldValue.into());
        }
        if head.installation != installation {
            return Err(LogError::AnotherInstallation);
        }
        if !key.signed(Format::LogHead, body, signature) {
            return Err(LogError::Signature);
        }
        Ok(head)
    }

    /// All before the signature.
    pub(crate) fn body(&self) -> Vec<u8> {
        Writer::stored(Format::LogHead)
            .bytes(&self.installation.0)
            .number(self.size)
            .bytes(&self.root)
            .number(self.signed_at_ms)
            .done()
    }

    fn root(&self) -> RootHash<Sha256> {
        RootHash::new(self.root.into(), self.size)
    }
}

/// The hashes of a proof, 32 bytes each, in the order of RFC 9162.
pub type Proof = Vec<u8>;

/// What a client knows of the log. Keep it between syncs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogView {
    head: LogHead,
}

impl LogView {
    /// Begins with a head that was verified and that came from an old device or, at first contact, from the server.
    pub fn begin(head: LogHead) -> Self {
        Self { head }
    }

    pub fn head(&self) -> &LogHead {
        &self.head
    }

    /// The view after a newer head, if that extends this one.
    pub fn advance(&self, newer: LogHead, consistency: &[u8]) -> Result<Self, LogError> {
        if newer.installation != self.head.installation {
            return Err(LogError::AnotherInstallation);
        }
        let (remembered, shown) = (self.head.size, newer.size);
        if shown < remembered {
            return Err(LogError::Rollback { remembered, shown });
        }
        // Everything extends the empty log, by an empty proof (RFC 9162 §2.1.4).
        let consistent = if remembered == 0 {
            consistency.is_empty() && (shown > 0 || newer.root == self.head.root)
        } else {
            ConsistencyProof::try_from_bytes(consistency.to_vec())
                .is_ok_and(|proof| newer.root().verify_consistency(&self.head.root(), &proof).is_ok())
        };
        if consistent { Ok(Self { head: newer }) } else { Err(LogError::NotConsistent) }
    }

    /// Whether the leaf is in the log, as number `index` from 0.
    pub fn includes(&self, leaf: &LogLeaf, index: u64, inclusion: &[u8]) -> Result<(), LogError> {
        let proof = InclusionProof::try_from_bytes(inclusion.to_vec()).map_err(|_| LogError::NotIncluded)?;
        let included = leaf.installation == self.head.installation
            && self.head.root().verify_inclusion(&leaf.to_bytes(), index, &proof).is_ok();
        if included { Ok(()) } else { Err(LogError::NotIncluded) }
    }
}

/// The log as the server keeps it: appends and proves. Its leaves are stored elsewhere and pushed again at a start.
#[derive(Clone, Debug, Default)]
pub struct KeyLog(MemoryBackedTree<Sha256, Vec<u8>>);

impl KeyLog {
    /// Appends the bytes of a leaf and says its index.
    pub fn push(&mut self, leaf: Vec<u8>) -> u64 {
        self.0.push(leaf);
        self.0.len() - 1
    }

    pub fn size(&self) -> u64 {
        self.0.len()
    }

    pub fn head(&self, installation: InstallationId, signed_at_ms: u64) -> LogHead {
        LogHead { installation, size: self.size(), root: (*self.0.root().as_bytes()).into(), signed_at_ms }
    }

    /// Proves that a leaf is in the whole log; `None` if there is no such leaf.
    pub fn prove_inclusion(&self, index: u64) -> Option<Proof> {
        let index = usize::try_from(index).ok().filter(|index| *index < self.0.items().len())?;
        Some(self.0.prove_inclusion(index).as_bytes().to_vec())
    }

    /// Proves that the log extends its first `size` leaves; `None` if it never had as many.
    pub fn prove_consistency(&self, size: u64) -> Option<Proof> {
        let added = usize::try_from(self.size().checked_sub(size)?).ok()?;
        let proof = if size == 0 { Vec::new() } else { self.0.prove_consistency(added).as_bytes().to_vec() };
        Some(proof)
    }
}
