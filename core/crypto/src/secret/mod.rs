//! What only its owner may hold. Every secret here is wiped when it is dropped, prints as nothing, and appears in no error.

mod account;
mod backup;
mod clinic;
mod committed;
mod file;
mod grant;
mod key;
mod keys;
mod log_key;
mod member;
mod record;
mod recovery;
mod vault;

pub use account::{AccountError, AccountKey, AccountSecrets};
pub use backup::{BackupError, BackupKey, BackupRecipient};
pub use clinic::ClinicKey;
pub use file::{CHUNK_SIZES, FileError, FileKey, FileOpener, FilePlace, FileSealer};
pub use grant::Opened;
pub use keys::{OpeningKey, SigningKey};
pub use log_key::LogKey;
pub use member::{MemberKeys, MemberSecret, StatementAbout};
pub use record::{ContentKey, EpochKey, RecordError};
pub use recovery::{RecoveryError, RecoveryKey};
pub use vault::{ChainKey, Change, Invitation, Owner, Share, VaultError, VaultWrite};
