//! Copies of a server's data, sealed to a key that the server does not have.
//!
//! The server knows the public key of the pair and writes copies; the secret one lies offline with the operator and is needed
//! to read one back. A copy is a head and then the chunks of a file ([`super::FileSealer`]); the head holds the file's
//! key, sealed by HPKE.

use std::fmt;

use zeroize::Zeroizing;

use super::{
    file::{FileError, FileKey, FileOpener, FilePlace, FileSealer},
    key::Key,
    keys::{OpeningKey, Sealed, seal_to},
};
use crate::{
    canonical::{DecodeError, Reader, Writer},
    id::{FileId, InstallationId, VaultId},
    payload::{self, PayloadError},
    public::{KeyError, SealingKey},
    random::{self, CryptoRng},
    suite::Format,
};

/// Opens copies. Kept offline.
pub struct BackupKey(OpeningKey);

/// To whom copies are sealed.
#[derive(Clone, Debug)]
pub struct BackupRecipient(SealingKey);

/// Why a copy or a key for copies was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    #[error("not a key for copies: {0}")]
    NotAKey(#[from] PayloadError),
    #[error("not a key for copies: {0}")]
    Key(#[from] KeyError),
    #[error("not a copy: {0}")]
    NotABackup(#[from] DecodeError),
    #[error("the copy was sealed to another key")]
    AnotherKey,
    #[error(transparent)]
    Content(#[from] FileError),
}

/// A chunk of a copy holds 2^20 bytes.
const POWER: u8 = 20;
/// Copies are of no vault.
const NO_VAULT: VaultId = VaultId([0; 16]);

impl BackupKey {
    const PREFIX: &str = "MCBACKUPKEY";

    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self(OpeningKey::new(Key::generate(rng)))
    }

    pub fn recipient(&self) -> BackupRecipient {
        BackupRecipient(self.0.public())
    }

    /// As a line of text.
    pub fn to_text(&self) -> Zeroizing<String> {
        let fields = Zeroizing::new(Writer::stored(Format::Backup).bytes(self.0.seed()).done());
        payload::encode(Self::PREFIX, &fields)
    }

    pub fn from_text(text: &str) -> Result<Self, BackupError> {
        let bytes = payload::decode(Self::PREFIX, text.trim())?;
        let mut reader = Reader::stored(Format::Backup, &bytes)?;
        let key = Key::from_slice(reader.bytes()?).ok_or(DecodeError::FieldLength)?;
        reader.end()?;
        Ok(Self(OpeningKey::new(key)))
    }
}

impl fmt::Debug for BackupKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BackupKey([secret])")
    }
}

impl BackupRecipient {
    const PREFIX: &str = "MCBACKUPTO";

    /// As a line of text.
    pub fn to_text(&self) -> String {
        let fields = Writer::stored(Format::Backup).bytes(self.0.to_bytes()).done();
        payload::encode(Self::PREFIX, &fields).to_string()
    }

    pub fn from_text(text: &str) -> Result<Self, BackupError> {
        let bytes = payload::decode(Self::PREFIX, text.trim())?;
        let mut reader = Reader::stored(Format::Backup, &bytes)?;
        let key = SealingKey::from_bytes(reader.bytes()?)?;
        reader.end()?;
        Ok(Self(key))
    }

    /// Begins a copy of `length` bytes: its head, which is stored first, and what seals its chunks.
    pub fn begin(
        &self,
        installation: InstallationId,
        length: u64,
        rng: &mut impl CryptoRng,
    ) -> Result<(Vec<u8>, FileSealer), BackupError> {
        let id = FileId(random::array(rng));
        let key = FileKey::generate(length, rng);
        let sealer = FileSealer::new(&FilePlace { installation, vault: NO_VAULT, id }, &key, POWER, rng)?;
        let (encapsulated, sealed) = seal_to(&self.0, &info(installation, id), &key.to_bytes(), rng);
        let head = Writer::stored(Format::Backup)
            .bytes(&installation.0)
            .bytes(&id.0)
            .bytes(&encapsulated)
            .bytes(&sealed)
            .bytes(sealer.head())
            .done();
        Ok((head, sealer))
    }
}

impl BackupKey {
    /// Opens the copy with this head: of which installation it is, how long, and what opens its chunks.
    pub fn open(&self, head: &[u8]) -> Result<(InstallationId, u64, FileOpener), BackupError> {
        let mut reader = Reader::stored(Format::Backup, head)?;
        let (installation, id) = (InstallationId(reader.array()?), FileId(reader.array()?));
        let sealed = Sealed::new(reader.bytes()?, reader.bytes()?)?;
        let file = reader.bytes()?;
        reader.end()?;
        let key = self.0.open(&info(installation, id), &sealed).ok_or(BackupError::AnotherKey)?;
        let key = FileKey::from_bytes(&key)?;
        let opener = FileOpener::new(&FilePlace { installation, vault: NO_VAULT, id }, &key, file)?;
        Ok((installation, key.length(), opener))
    }
}

fn info(installation: InstallationId, id: FileId) -> Vec<u8> {
    Writer::bound(Format::Backup).bytes(&installation.0).bytes(&id.0).done()
}
