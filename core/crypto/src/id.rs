//! What is bound to keys and content: sixteen bytes each, with a type of its own.
//!
//! Whatever names these things elsewhere converts into them through its UUID, so that this crate can lie below the rules.

use std::fmt;

use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id.into_bytes())
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid {
                Uuid::from_bytes(id.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), Uuid::from_bytes(self.0))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                Uuid::from_bytes(self.0).fmt(f)
            }
        }
    )*};
}

ids! {
    /// The tenant. All keys and content are bound to one.
    InstallationId,
    /// Someone who signs in.
    AccountId,
    /// A device, a recovery key or a passkey: what can open an account.
    MemberId,
    VaultId,
    ClinicId,
    /// A record that has sealed fields.
    RecordId,
    FileId,
}
