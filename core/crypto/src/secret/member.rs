//! The keys of one device, recovery key or passkey. All three follow from 32 bytes in the same way, so that an account
//! is wrapped, opened and recovered by the same code.

use std::fmt;

use secrecy::{ExposeSecret, SecretBox};

use super::{
    key::Key,
    keys::{OpeningKey, SigningKey},
};
use crate::{
    canonical::Writer,
    id::{AccountId, InstallationId, MemberId},
    public::{Member, MemberKind, Statement},
    random::CryptoRng,
    suite::Format,
};

/// The 32 bytes from which a member's keys follow: a device keeps them in the platform's keystore.
#[derive(Clone)]
pub struct MemberSecret(pub(crate) Key);

impl MemberSecret {
    /// For a new device.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self(Key::generate(rng))
    }

    /// What a keystore kept, or the output of WebAuthn's PRF extension for a passkey.
    pub fn new(bytes: &SecretBox<[u8; 32]>) -> Self {
        Self(Key::copy_of(bytes.expose_secret()))
    }

    /// For the keystore alone.
    pub fn expose(&self) -> &[u8; 32] {
        self.0.expose()
    }
}

impl fmt::Debug for MemberSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemberSecret([secret])")
    }
}

/// The keys of a device, a recovery key or a passkey, for one account.
#[derive(Debug)]
pub struct MemberKeys {
    pub(crate) installation: InstallationId,
    pub(crate) account: AccountId,
    member: Member,
    signing: SigningKey,
    opening: OpeningKey,
}

impl MemberKeys {
    /// The same secret gives the same keys for an account; another account or kind gets others.
    pub fn derive(
        installation: InstallationId,
        account: AccountId,
        id: MemberId,
        kind: MemberKind,
        secret: &MemberSecret,
    ) -> Self {
        let bound = Writer::bound(Format::DeviceEntry)
            .bytes(&installation.0)
            .bytes(&account.0)
            .number(kind as u64)
            .done();
        let signing = SigningKey::new(&secret.0.derive(&[&bound, b"signing"]));
        let opening = OpeningKey::new(secret.0.derive(&[&bound, b"opening"]));
        let member = Member { id, kind, verifying: signing.public(), sealing: opening.public() };
        Self { installation, account, member, signing, opening }
    }

    /// The public half, for the device list.
    pub fn public(&self) -> &Member {
        &self.member
    }

    pub(crate) fn signing(&self) -> &SigningKey {
        &self.signing
    }

    pub(crate) fn opening(&self) -> &OpeningKey {
        &self.opening
    }

    /// Signs a note or a prescription; [`Statement::verify`] checks it. Store it beside the content.
    pub fn sign(&self, about: &StatementAbout<'_>, content: &[u8]) -> Vec<u8> {
        let statement = Statement {
            installation: self.installation,
            account: self.account,
            member: self.member.id,
            list_length: about.list_length,
            kind: about.kind.to_owned(),
            id: about.id,
            revision: about.revision,
            signed_at_ms: about.signed_at_ms,
            content: Statement::content_hash(content),
        };
        self.signing.sign(Format::Statement, statement.body())
    }
}

/// Which record is signed, and when (milliseconds since 1970).
#[derive(Clone, Copy, Debug)]
pub struct StatementAbout<'a> {
    pub kind: &'a str,
    pub id: crate::id::RecordId,
    pub revision: u64,
    /// Entries of the signer's device list.
    pub list_length: u64,
    pub signed_at_ms: u64,
}
