//! What the patient app shows.
//!
//! Each screen is a plain struct and a function that reads it from the local store at one moment. Texts are chosen in the
//! app; everything that must be decided (what is upcoming, what may still be cancelled, which doctor fits) is decided and
//! tested here.

pub mod confirm;
pub mod directory;
pub mod doctor;
pub mod emergency;
pub mod entry;
pub mod find;
pub mod home;
pub mod ics;
pub mod notices;
pub mod people;
pub mod profile;
pub mod refusals;
pub mod requests;
pub mod sharing;
pub mod sign_up;
pub mod times;
pub mod visits;
pub mod waitlist;

#[cfg(test)]
pub(super) mod examples;
