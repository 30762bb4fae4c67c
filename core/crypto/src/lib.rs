//! Digests, signatures and sealed files. Pure apart from key files: no clock, no randomness of its own.

pub mod receipt;
pub mod sealed_file;
