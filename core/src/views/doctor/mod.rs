//! What the doctor's app shows.
//!
//! Everything comes from the practice as this device holds it: the schedule, leave, visits and requests of one doctor. The
//! scheduling engine runs here too, so that free times, previews and the reasons against a time need no network. The
//! server decides in the end; what it refuses comes back as [`refusals`].

pub mod attention;
pub mod calendar;
pub mod day;
pub mod leave;
pub mod notices;
pub mod practice;
pub mod preview;
pub mod profile;
pub mod refusals;
pub mod requests;
pub mod schedule;
pub mod standing;
pub mod times;
pub mod visits;

#[cfg(test)]
mod examples;
