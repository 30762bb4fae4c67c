//! What anyone may hold: public keys, signatures, logs and their proofs. A server needs this half alone, to check what it
//! is handed before it stores it; nothing here can open anything, and nothing here imports [`crate::secret`].

mod certificate;
mod chain;
mod device_list;
mod grant;
mod key_log;
mod keys;
mod member_log;
mod safety_number;
mod sealed;
mod statement;

pub use certificate::{Certificate, CertificateError, CertifiedAs, ClinicPin};
pub use chain::{ChainError, Head};
pub use device_list::{DeviceList, DeviceListError, Member, MemberKind, Pinned};
pub use grant::{Grant, GrantError, Recipient, Scope, Terms};
pub use key_log::{KeyLog, LogError, LogHead, LogLeaf, LogView, Proof, Subject};
pub use keys::{KeyError, SealingKey, VerifyingKey};
pub use member_log::{Access, MemberLog, MemberLogError, Role, VaultMember, VaultPin};
pub use safety_number::{Side, safety_number};
pub use sealed::{RecordPlace, SealedRecord};
pub use statement::{Statement, StatementError};

pub(crate) use chain::Link;
pub(crate) use device_list::{DeviceAction, DeviceEntry};
pub(crate) use grant::write_terms;
pub(crate) use keys::refuse_low_order;
pub(crate) use member_log::MemberEntry;
pub(crate) use sealed::{RECORD_OVERHEAD, RecordHead};

/// Bytes of an Ed25519 signature.
pub const SIGNATURE: usize = 64;
