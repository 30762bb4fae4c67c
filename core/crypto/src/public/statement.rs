//! A note or a prescription with its doctor's signature: made by a device of the account's list over canonical bytes,
//! checked where it is shown or exported.

use super::{DeviceList, SIGNATURE};
use crate::{
    canonical::{DecodeError, Reader, Writer},
    hash::Hash,
    id::{AccountId, InstallationId, MemberId, RecordId},
    suite::Format,
};

/// What was signed, beside the content itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub installation: InstallationId,
    pub account: AccountId,
    /// The device that signed.
    pub member: MemberId,
    /// How many entries the account's device list had then.
    pub list_length: u64,
    /// Such as `prescription`.
    pub kind: String,
    pub id: RecordId,
    pub revision: u64,
    /// What the signer's clock said, in milliseconds since 1970. Nobody else vouches for it.
    pub signed_at_ms: u64,
    /// SHA-256 of the content.
    pub content: Hash,
}

/// Why a signature does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    #[error(transparent)]
    Decode(#[from] DecodeError),
    #[error("signed for another account")]
    AnotherAccount,
    #[error("signed by a device that is not in the account's list")]
    NotAMember,
    #[error("the signature does not fit")]
    Signature,
    #[error("other content was signed")]
    AnotherContent,
}

impl Statement {
    /// Checks against the device list of the account that is said to have signed. A device that was removed since has
    /// signed rightly before; but whoever has it now may put an old date on something new, so where
    /// [`DeviceList::member`] no longer knows it, believe only what the server's receipts date before the removal.
    pub fn verify(bytes: &[u8], signer: &DeviceList, content: &[u8]) -> Result<Self, StatementError> {
        let (body, signature) = bytes.split_last_chunk::<SIGNATURE>().ok_or(DecodeError::Truncated)?;
        let statement = Self::read(body)?;
        if (statement.installation, statement.account) != (signer.installation(), signer.account()) {
            return Err(StatementError::AnotherAccount);
        }
        let member = signer.member_at(statement.member, statement.list_length);
        let member = member.ok_or(StatementError::NotAMember)?;
        if !member.verifying.signed(Format::Statement, body, signature) {
            return Err(StatementError::Signature);
        }
        if statement.content != Self::content_hash(content) {
            return Err(StatementError::AnotherContent);
        }
        Ok(statement)
    }

    pub(crate) fn content_hash(content: &[u8]) -> Hash {
        crate::hash::labelled("mediconnect/statement-content", content)
    }

    /// All before the signature.
    pub(crate) fn body(&self) -> Vec<u8> {
        Writer::stored(Format::Statement)
            .bytes(&self.installation.0)
            .bytes(&self.account.0)
            .bytes(&self.member.0)
            .number(self.list_length)
            .text(&self.kind)
            .bytes(&self.id.0)
            .number(self.revision)
            .number(self.signed_at_ms)
            .bytes(&self.content)
            .done()
    }

    fn read(body: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::stored(Format::Statement, body)?;
        let statement = Self {
            installation: InstallationId(reader.array()?),
            account: AccountId(reader.array()?),
            member: MemberId(reader.array()?),
            list_length: reader.number()?,
            kind: reader.text()?.to_owned(),
            id: RecordId(reader.array()?),
            revision: reader.number()?,
            signed_at_ms: reader.number()?,
            content: reader.array()?,
        };
        reader.end()?;
        Ok(statement)
    }
}
