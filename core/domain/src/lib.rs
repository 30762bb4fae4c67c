//! The rules of MediConnect.
//!
//! Every change in the product is a [`Command`]. [`decide::run`] turns a command and the [`Facts`] it asks for
//! into [`Effects`] (changes to records and the notices that follow) or a [`Refusal`]. The same code runs on the phone,
//! optimistically, and on the server, where its word is final. Nothing here does I/O, reads a clock or draws randomness:
//! time, ids and the actor come in as arguments.
//!
//! One folder per area holds that area's records and one file per command; [`registry`] names them all, a line each.

pub mod access;
pub mod actor;
pub mod audit;
pub mod blob;
pub mod decide;
pub mod facts;
pub mod fetch;
pub mod id;
pub mod memory;
pub mod money;
pub mod notice;
pub mod record;
pub mod refusal;
pub mod registry;
pub mod sign_in;
#[cfg(feature = "testing")]
pub mod testing;
pub mod time;
pub mod valid;
pub mod wire;

pub mod accounts;
pub mod appointments;
pub mod consultations;
pub mod directory;
pub mod history;
pub mod keys;
pub mod notices;
pub mod profiles;
pub mod reviews;
pub mod scheduling;
pub mod settings;
pub mod vaults;
pub mod waitlist;

pub use actor::Actor;
pub use decide::{Authority, Context, Effects, Halt, Rule};
pub use facts::{Answer, Facts, Need};
pub use id::*;
pub use money::Money;
pub use record::{Change, Kind, Row, Stored};
pub use refusal::Refusal;
pub use registry::{Command, Record};
pub use time::{Span, Zone};
