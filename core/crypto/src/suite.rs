//! Which bytes are what: the format, its version, and the algorithms used together.
//!
//! Every format starts with these three bytes. A reader refuses what lies below the floor, so that nobody can talk it
//! into an older and weaker form, and what a later version wrote, so that it never guesses. Floors rise with a release
//! and never by anything a server says.

/// Algorithms that are used together; never mixed within one piece of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Suite {
    /// XChaCha20-Poly1305, HKDF-SHA-256, SHA-256, Ed25519 (RFC 8032), and HPKE (RFC 9180) with X-Wing, HKDF-SHA-256 and
    /// ChaCha20-Poly1305.
    One = 1,
}

impl Suite {
    /// What is written today.
    pub const CURRENT: Self = Self::One;
    /// The lowest that is still opened.
    pub const FLOOR: u8 = 1;
}

/// A kind of bytes that leave this crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Format {
    /// A sealed field of one revision of a record.
    Record = 1,
    /// The head of a chunked file.
    File = 2,
    /// What opens a file: its key and true length.
    FileKey = 3,
    /// An entry of an account's device list.
    DeviceEntry = 4,
    /// The secrets of an account under its account key.
    Account = 5,
    /// An account key, wrapped for one member of the device list.
    Wrap = 6,
    /// An entry of a vault's member log.
    MemberEntry = 7,
    /// A key of a vault for one account.
    Grant = 8,
    /// A clinic's word on who owns an identity key.
    Certificate = 9,
    /// What a clinic's invitation pins.
    ClinicPin = 10,
    /// A leaf of the key log.
    LogLeaf = 11,
    /// The signed size and root of the key log.
    LogHead = 12,
    /// A recovery key as a QR payload.
    RecoveryKey = 13,
    /// A signed note or prescription.
    Statement = 14,
    /// What identifies one side of a safety number.
    SafetyNumber = 15,
    /// The head of a copy of a server's data, and the keys of copies.
    Backup = 16,
}

/// Bytes before the fields of a format.
pub const HEADER: usize = 3;

/// Why the first three bytes were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    #[error("too short to be anything")]
    TooShort,
    #[error("not a {expected:?}")]
    AnotherFormat { expected: Format },
    #[error("{format:?} of version {version}, older than the oldest accepted ({floor})")]
    VersionBelowFloor { format: Format, version: u8, floor: u8 },
    #[error("{format:?} of version {version}, newer than this program knows ({newest})")]
    VersionFromTheFuture { format: Format, version: u8, newest: u8 },
    #[error("suite {suite}, weaker than the weakest accepted ({floor})")]
    SuiteBelowFloor { suite: u8, floor: u8 },
    #[error("suite {suite} is not known to this program")]
    SuiteFromTheFuture { suite: u8 },
}

impl Format {
    /// The lowest version that is opened, and the newest, which is written.
    const fn versions(self) -> (u8, u8) {
        (1, 1)
    }

    /// Separates what is signed, hashed or derived for one purpose from all others.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Record => "mediconnect/record",
            Self::File => "mediconnect/file",
            Self::FileKey => "mediconnect/file-key",
            Self::DeviceEntry => "mediconnect/device-list-entry",
            Self::Account => "mediconnect/account-secrets",
            Self::Wrap => "mediconnect/account-key-wrap",
            Self::MemberEntry => "mediconnect/member-log-entry",
            Self::Grant => "mediconnect/grant",
            Self::Certificate => "mediconnect/certificate",
            Self::ClinicPin => "mediconnect/clinic-pin",
            Self::LogLeaf => "mediconnect/key-log-leaf",
            Self::LogHead => "mediconnect/key-log-head",
            Self::RecoveryKey => "mediconnect/recovery-key",
            Self::Statement => "mediconnect/statement",
            Self::SafetyNumber => "mediconnect/safety-number",
            Self::Backup => "mediconnect/backup",
        }
    }

    /// The three bytes with which this format begins today.
    pub(crate) const fn header(self) -> [u8; HEADER] {
        [self as u8, self.versions().1, Suite::CURRENT as u8]
    }

    /// What follows an accepted header.
    pub(crate) fn strip(self, bytes: &[u8]) -> Result<&[u8], FormatError> {
        let (header, rest) = bytes.split_first_chunk::<HEADER>().ok_or(FormatError::TooShort)?;
        let [format, version, suite] = *header;
        let (floor, newest) = self.versions();
        if format != self as u8 {
            return Err(FormatError::AnotherFormat { expected: self });
        }
        if version < floor {
            return Err(FormatError::VersionBelowFloor { format: self, version, floor });
        }
        if version > newest {
            return Err(FormatError::VersionFromTheFuture { format: self, version, newest });
        }
        if suite < Suite::FLOOR {
            return Err(FormatError::SuiteBelowFloor { suite, floor: Suite::FLOOR });
        }
        if suite > Suite::CURRENT as u8 {
            return Err(FormatError::SuiteFromTheFuture { suite });
        }
        Ok(rest)
    }
}
