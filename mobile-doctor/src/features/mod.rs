//! One file per screen or per group of screens that belong together.

pub mod calendar;
pub mod history;
pub mod leave;
pub mod more;
pub mod notices;
pub mod outbox;
pub mod profile;
pub mod requests;
pub mod reviews;
pub mod schedule;
pub mod settings;
pub mod times;
pub mod today;
pub mod verification;
pub mod visit;
pub mod welcome;
