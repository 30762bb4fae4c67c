//! A clinic's word that an identity key is a doctor's, or that a desk's founder is its own.
//!
//! Patients pin the clinic's key from an invitation or a QR code in the waiting room. An identity without a valid
//! certificate of a pinned clinic is 'unverified', and the app says so before anything is sealed to it.

use super::{KeyError, SIGNATURE, VerifyingKey};
use crate::{
    canonical::{DecodeError, Reader, Writer},
    id::{AccountId, ClinicId, InstallationId},
    payload::{self, PayloadError},
    suite::Format,
};

/// The clinic's key as its patients pin it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClinicPin {
    pub installation: InstallationId,
    pub clinic: ClinicId,
    pub key: VerifyingKey,
}

impl ClinicPin {
    const PREFIX: &str = "MCCLINIC";

    /// Capital letters, digits and `:`, which a QR code packs tightest.
    pub fn to_text(&self) -> String {
        let fields = Writer::stored(Format::ClinicPin)
            .bytes(&self.installation.0)
            .bytes(&self.clinic.0)
            .bytes(&self.key.to_bytes());
        payload::encode(Self::PREFIX, &fields.done()).to_string()
    }

    pub fn from_text(text: &str) -> Result<Self, PayloadError> {
        let bytes = payload::decode(Self::PREFIX, text)?;
        let mut reader = Reader::stored(Format::ClinicPin, &bytes)?;
        let pin = Self {
            installation: InstallationId(reader.array()?),
            clinic: ClinicId(reader.array()?),
            key: VerifyingKey::from_bytes(reader.bytes()?).map_err(|_| DecodeError::FieldValue)?,
        };
        reader.end()?;
        Ok(pin)
    }
}

/// In which part an account is certified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum CertifiedAs {
    Doctor = 1,
    /// May found and own the vault of the clinic's desk.
    Desk = 2,
}

/// What a certificate says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Certificate {
    pub installation: InstallationId,
    pub clinic: ClinicId,
    pub account: AccountId,
    pub identity: VerifyingKey,
    pub part: CertifiedAs,
    /// Milliseconds since 1970: from then on, and until just before then.
    pub from_ms: u64,
    pub until_ms: u64,
}

/// Why an identity counts as unverified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    #[error(transparent)]
    Decode(#[from] DecodeError),
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error("the certificate is of another clinic than the pinned one")]
    AnotherClinic,
    #[error("the certificate was not signed by the pinned clinic key")]
    Signature,
    #[error("the certificate is not valid yet")]
    NotYet,
    #[error("the certificate has expired")]
    Expired,
    #[error("the certificate is for another account, key or part")]
    AnotherSubject,
}

impl Certificate {
    /// Checks a certificate against the pinned clinic at a time (milliseconds since 1970).
    pub fn verify(bytes: &[u8], pin: &ClinicPin, now_ms: u64) -> Result<Self, CertificateError> {
        let (body, signature) = bytes.split_last_chunk::<SIGNATURE>().ok_or(DecodeError::Truncated)?;
        let certificate = Self::read(body)?;
        if (certificate.installation, certificate.clinic) != (pin.installation, pin.clinic) {
            return Err(CertificateError::AnotherClinic);
        }
        if !pin.key.signed(Format::Certificate, body, signature) {
            return Err(CertificateError::Signature);
        }
        if now_ms < certificate.from_ms {
            return Err(CertificateError::NotYet);
        }
        if now_ms >= certificate.until_ms {
            return Err(CertificateError::Expired);
        }
        Ok(certificate)
    }

    /// Whether it speaks of this account, key and part.
    pub fn names(
        &self,
        account: AccountId,
        identity: &VerifyingKey,
        part: CertifiedAs,
    ) -> Result<(), CertificateError> {
        let named = (self.account, &self.identity, self.part) == (account, identity, part);
        if named { Ok(()) } else { Err(CertificateError::AnotherSubject) }
    }

    /// All before the signature.
    pub(crate) fn body(&self) -> Vec<u8> {
        Writer::stored(Format::Certificate)
            .bytes(&self.installation.0)
            .bytes(&self.clinic.0)
            .bytes(&self.account.0)
            .bytes(&self.identity.to_bytes())
            .number(self.part as u64)
            .number(self.from_ms)
            .number(self.until_ms)
            .done()
    }

    fn read(body: &[u8]) -> Result<Self, CertificateError> {
        let mut reader = Reader::stored(Format::Certificate, body)?;
        let certificate = Self {
            installation: InstallationId(reader.array()?),
            clinic: ClinicId(reader.array()?),
            account: AccountId(reader.array()?),
            identity: VerifyingKey::from_bytes(reader.bytes()?)?,
            part: match reader.number()? {
                1 => CertifiedAs::Doctor,
                2 => CertifiedAs::Desk,
                _ => return Err(DecodeError::FieldValue.into()),
            },
            from_ms: reader.number()?,
            until_ms: reader.number()?,
        };
        reader.end()?;
        Ok(certificate)
    }
}
