//! The record tables on SQLite, written once for the server and for devices.
//!
//! A record is a row of `record`; what it is found by (unique keys, index keys, the time it occupies) lies in three small
//! tables beside it and follows from the body alone ([`Derived`]). A write compares what followed from the old body with
//! what follows from the new one and touches the difference only. [`fetch`] answers the questions of the rules.
//!
//! The server writes with [`Cache::write`], which counts revisions and keeps removed records as empty rows, so that a record made
//! anew under its old id never repeats a revision. A device stores what it is sent with [`put`] and [`forget`].

mod cache;
mod database;
mod derived;
pub mod rows;
mod tables;

pub use cache::Cache;
pub use database::{
    Key, OLDEST_SQLITE, OpenError, Options, Synchronous, in_memory, migrate, migrate_records, open,
};
pub use derived::{DERIVATION, Derived, Diff, diff};
pub use tables::{Written, fetch, forget, get, put, rederive};

/// The tables of this crate: the first migration of every database that holds records.
pub const TABLES: &str = include_str!("tables.sql");
