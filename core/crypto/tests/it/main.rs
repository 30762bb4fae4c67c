//! What holds of keys, sealed content and their proofs; see the crate's documentation.

mod accounts;
mod backups;
mod by_the_book;
mod dishonest;
mod files;
mod golden;
mod halves;
mod kit;
mod logs;
mod people;
mod records;
mod tampering;
mod vaults;
mod vectors;
