//! One file per screen or per group of screens that belong together.

pub mod account;
pub mod confirm;
pub mod doctor;
pub mod find;
pub mod home;
pub mod notices;
pub mod outbox;
pub mod people;
pub mod profile;
pub mod requests;
pub mod review;
pub mod settings;
pub mod times;
pub mod visit;
pub mod visits;
pub mod waitlist;
pub mod welcome;
