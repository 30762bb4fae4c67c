//! The rules, told as sentences about the product, on records in memory.

mod access;
mod booking;
mod consultations;
mod doctors;
mod keeping;
mod kit;
mod people;
mod registry;
mod vaults;
mod visits;
mod waitlist;
