//! The key with which a clinic vouches for its doctors and its desk.

use super::{key::Key, keys::SigningKey};
use crate::{
    id::{AccountId, ClinicId, InstallationId},
    public::{Certificate, CertifiedAs, ClinicPin, VerifyingKey},
    random::CryptoRng,
    suite::Format,
};
use secrecy::{ExposeSecret, SecretBox};

/// Signs certificates. It lies on a super admin's device and never at the server.
#[derive(Debug)]
pub struct ClinicKey {
    installation: InstallationId,
    clinic: ClinicId,
    key: SigningKey,
}

impl ClinicKey {
    pub fn generate(installation: InstallationId, clinic: ClinicId, rng: &mut impl CryptoRng) -> Self {
        Self { installation, clinic, key: SigningKey::new(&Key::generate(rng)) }
    }

    /// What a keystore kept.
    pub fn new(installation: InstallationId, clinic: ClinicId, bytes: &SecretBox<[u8; 32]>) -> Self {
        Self { installation, clinic, key: SigningKey::new(&Key::copy_of(bytes.expose_secret())) }
    }

    /// For the keystore alone.
    pub fn expose(&self) -> &[u8; 32] {
        self.key.seed()
    }

    /// For invitations and the QR code in the waiting room.
    pub fn pin(&self) -> ClinicPin {
        ClinicPin { installation: self.installation, clinic: self.clinic, key: self.key.public() }
    }

    /// Certifies an identity key from and until a time (milliseconds since 1970).
    pub fn certify(
        &self,
        account: AccountId,
        identity: VerifyingKey,
        part: CertifiedAs,
        valid_ms: std::ops::Range<u64>,
    ) -> Vec<u8> {
        let certificate = Certificate {
            installation: self.installation,
            clinic: self.clinic,
            account,
            identity,
            part,
            from_ms: valid_ms.start,
            until_ms: valid_ms.end,
        };
        self.key.sign(Format::Certificate, certificate.body())
    }
}
