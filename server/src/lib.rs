//! The MediConnect sync server.
//!
//! [`serve`] starts and stops it; [`app`] is what its requests share. Handlers ([`http`]) decode, call [`execute`] or read a snapshot of the [`storage`], and encode. [`execute`] is the only
//! writer of records. [`sync`] takes what devices did and gives them what they may hold, [`live`] tells them at once,
//! [`jobs`] does what time brings, [`mail`] reaches people outside of the app. Every read asks [`rights`].

pub mod app;
pub mod audit;
pub mod auth;
pub mod backup;
pub mod clock;
pub mod config;
pub mod connections;
pub mod demo;
pub mod execute;
pub mod http;
pub mod jobs;
pub mod live;
pub mod mail;
pub mod reads;
pub mod rights;
pub mod serve;
pub mod storage;
pub mod sync;
#[cfg(feature = "testing")]
pub mod testing;
