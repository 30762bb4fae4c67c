//! A key of a vault, sealed to one account, under terms that its owner signed.
//!
//! HPKE says nothing about who sealed, so the owner's identity key signs terms and ciphertext, and the terms are HPKE's
//! `info`: a grant cannot be moved to another recipient, vault, epoch or installation. The member log names the hash of
//! every grant, so none can be slipped in and none brought back after it was withdrawn.

use super::{DeviceList, RecordPlace, SIGNATURE, SealingKey, VerifyingKey};
use crate::{
    canonical::{DecodeError, Reader, Writer},
    hash::{self, Hash},
    id::{AccountId, InstallationId, VaultId},
    suite::Format,
};

/// Which key a grant holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Of one epoch, without a way back.
    Epoch,
    /// Of an epoch and by it of all older ones.
    Chain,
    /// Of one field of one revision of one record, sealed in that epoch.
    Record { place: RecordPlace, epoch: u64 },
}

/// Whom to seal to: one generation of an account's sealing key, out of its verified device list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    pub account: AccountId,
    pub identity: VerifyingKey,
    pub generation: u64,
    pub sealing: SealingKey,
}

impl Recipient {
    pub fn of(list: &DeviceList) -> Self {
        let (generation, sealing) = list.sealing();
        Self { account: list.account(), identity: *list.identity(), generation, sealing: sealing.clone() }
    }
}

/// What was agreed, signed and bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    pub installation: InstallationId,
    pub vault: VaultId,
    /// The entry of the member log that announces it.
    pub entry: u64,
    pub epoch: u64,
    /// The owner who gives it.
    pub by: AccountId,
    pub to: AccountId,
    pub to_identity: VerifyingKey,
    /// Which of the recipient's sealing keys, counted from 1, and its hash.
    pub to_generation: u64,
    pub to_sealing: Hash,
    pub scope: Scope,
    /// A code, such as `treatment`.
    pub purpose: String,
    /// Milliseconds since 1970. After it clients refuse the grant and the server serves nothing by it.
    pub expires_at_ms: Option<u64>,
}

/// Why a grant is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GrantError {
    #[error(transparent)]
    Decode(#[from] DecodeError),
    #[error("the grant names a key that is none")]
    Key(#[from] super::KeyError),
    #[error("the grant is of another installation or vault")]
    AnotherVault,
    #[error("the member log does not announce this grant")]
    NotAnnounced,
    #[error("the grant was withdrawn, or its recipient is no longer a member")]
    Withdrawn,
    #[error("the grant has expired")]
    Expired,
    #[error("the grant is for another account, identity or sealing key")]
    AnotherRecipient,
    #[error("the grant was not signed by the owner it names")]
    Signature,
    #[error("the key inside does not open, or is not the one that the vault's owners announced")]
    NotThatKey,
}

/// A grant, parsed. Only [`super::MemberLog`] can say whether it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub terms: Terms,
    /// HPKE's encapsulated key and ciphertext.
    pub(crate) encapsulated: Vec<u8>,
    pub(crate) ciphertext: Vec<u8>,
    pub(crate) hash: Hash,
}

impl Grant {
    pub fn parse(bytes: &[u8]) -> Result<Self, GrantError> {
        let (body, _) = bytes.split_last_chunk::<SIGNATURE>().ok_or(DecodeError::Truncated)?;
        let mut reader = Reader::stored(Format::Grant, body)?;
        let grant = Self {
            terms: read_terms(&mut reader)?,
            encapsulated: reader.bytes()?.to_vec(),
            ciphertext: reader.bytes()?.to_vec(),
            hash: hash::labelled(Format::Grant.label(), bytes),
        };
        reader.end()?;
        Ok(grant)
    }

    /// The grant, if `owner` signed it.
    pub(crate) fn verified(bytes: &[u8], owner: &VerifyingKey) -> Result<Self, GrantError> {
        let grant = Self::parse(bytes)?;
        let (body, signature) = bytes.split_last_chunk().ok_or(DecodeError::Truncated)?;
        if owner.signed(Format::Grant, body, signature) { Ok(grant) } else { Err(GrantError::Signature) }
    }

    /// How the member log names it.
    pub fn hash(&self) -> Hash {
        self.hash
    }
}

pub(crate) fn write_terms(terms: &Terms) -> Writer {
    let writer = Writer::stored(Format::Grant)
        .bytes(&terms.installation.0)
        .bytes(&terms.vault.0)
        .number(terms.entry)
        .number(terms.epoch)
        .bytes(&terms.by.0)
        .bytes(&terms.to.0)
        .bytes(&terms.to_identity.to_bytes())
        .number(terms.to_generation)
        .bytes(&terms.to_sealing);
    let writer = match &terms.scope {
        Scope::Epoch => writer.number(1),
        Scope::Chain => writer.number(2),
        Scope::Record { place, epoch } => place.write(writer.number(3)).number(*epoch),
    };
    writer.text(&terms.purpose).optional_number(terms.expires_at_ms)
}

fn read_terms(reader: &mut Reader<'_>) -> Result<Terms, GrantError> {
    Ok(Terms {
        installation: InstallationId(reader.array()?),
        vault: VaultId(reader.array()?),
        entry: reader.number()?,
        epoch: reader.number()?,
        by: AccountId(reader.array()?),
        to: AccountId(reader.array()?),
        to_identity: VerifyingKey::from_bytes(reader.bytes()?)?,
        to_generation: reader.number()?,
        to_sealing: reader.array()?,
        scope: match reader.number()? {
            1 => Scope::Epoch,
            2 => Scope::Chain,
            3 => Scope::Record { place: RecordPlace::read(reader)?, epoch: reader.number()? },
            _ => return Err(DecodeError::FieldValue.into()),
        },
        purpose: reader.text()?.to_owned(),
        expires_at_ms: reader.optional_number()?,
    })
}
