//! The apps in a browser: the same root components that run on a phone, served to Chromium over a socket.
//!
//! Android's web view is Chromium too, and a browser can be driven, photographed and checked for accessibility.

pub mod doctor;
pub mod gallery;
pub mod host;
pub mod patient;
