//! One file per screen or per group of screens that belong together.

pub mod account;
pub mod confirm;
pub mod doctor;
pub mod entry;
pub mod find;
pub mod history;
pub mod home;
pub mod notices;
pub mod outbox;
pub mod people;
pub mod profile;
pub mod readers;
pub mod requests;
pub mod review;
pub mod settings;
pub mod times;
pub mod visit;
pub mod visits;
pub mod waitlist;
pub mod welcome;
