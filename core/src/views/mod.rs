//! What the screens show, computed from the local store: one folder per app, one file per feature.
//!
//! A view is a struct and a function that fills it from [`crate::Records`], called inside [`crate::Client::read`], so that
//! all of a screen comes from one moment.

pub mod admin;
pub mod doctor;
pub mod history;
pub mod notices;
pub mod patient;
pub mod refusals;
pub mod sign_up;
