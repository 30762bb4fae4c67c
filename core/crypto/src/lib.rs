//! Keys, sealed content, and the proofs that go with them. Pure: no I/O (apart from the key files of a server), no clock;
//! time and randomness are parameters, so that a test or a simulated world repeats to the byte.
//!
//! # Who holds which key
//!
//! ```text
//! device, recovery key, passkey     32 bytes each ─→ Ed25519 and X-Wing keys, named in the account's device list
//!   └─ opens (HPKE) account key     new with every generation of the list
//!        └─ opens account secrets   identity key (Ed25519), one opening key (X-Wing) per generation
//!             └─ opens grants       signed by an owner of the vault, announced in its member log
//!                  ├─ chain key     of an epoch ─→ its epoch key, and the chain keys of all epochs before
//!                  ├─ epoch key     of one epoch; wraps the content key of each revision of each sealed field
//!                  └─ content key   of one revision of one field; in it may lie the key of a file
//! ```
//!
//! Nothing in that tree hangs on a password. Who may hold what is said by two logs that only grow: the **device list** of
//! an account, signed by its identity key and by the device that acts, and the **member log** of a vault, signed by its
//! owners. Removing someone from either brings new keys in the same step. A **clinic key** certifies the identity keys of
//! doctors and desks; a **key log** lets everyone check that all are shown the same keys; a **safety number** lets two
//! people check it without anyone's help.
//!
//! # Two halves
//!
//! [`public`] checks and never opens: a server is built on it. [`secret`] makes keys, seals and opens: it is for devices.
//! [`suite`] says which algorithms and versions there are. docs/security.md has every format byte by byte.

mod canonical;
mod hash;
pub mod id;
mod padding;
mod payload;
pub mod public;
pub mod random;
pub mod receipt;
pub mod sealed_file;
pub mod secret;
pub mod suite;

pub use canonical::DecodeError;
pub use hash::Hash;
pub use padding::{SMALLEST, bucket};
pub use payload::PayloadError;
