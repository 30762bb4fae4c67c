//! The core for Kotlin, Swift and Python: a thin surface over [`mediconnect_core::Client`].
//!
//! Commands go in by name and JSON arguments, records come out as JSON, in the forms of the API; so a new command or kind
//! of record needs no edit here. Calls that wait for the network are async. [`App`] runs its own threads: call
//! [`App::shutdown`] before the process ends.

mod errors;
mod surface;

pub use errors::AppError;
pub use surface::{App, Person, Watcher};

uniffi::setup_scaffolding!();
