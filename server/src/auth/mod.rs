//! Who somebody is: passwords, sessions and tokens. What they may do is a matter of records, not of this module.
//!
//! A person signs in on a device and gets a session with two tokens ([`tokens`]). Sessions and passwords lie in tables of
//! their own ([`table`]), written in the same transactions as records: an account and its password are made together or
//! not at all ([`sign_up`]). An e-mail proves whose an address is and gives back a lost password ([`address`], by secrets of
//! [`one_time`]); an authenticator app is the second step ([`second_factor`]); programs have tokens of their own
//! ([`api_tokens`]). How often any of it may be tried is kept in the store ([`attempts`]).

pub mod address;
pub mod api_tokens;
pub mod attempts;
pub mod first_admin;
pub mod keys;
pub mod one_time;
pub mod password;
pub mod second_factor;
pub mod sessions;
pub mod sign_up;
pub mod steps;
pub mod table;
pub mod tokens;

use crate::{app::App, storage::StoreError};

/// Forgets tries and secrets whose time is over.
pub async fn forget(app: &App) -> Result<(), StoreError> {
    let (now, store) = (app.now(), app.store());
    while store.write(&[], move |tx| Box::pin(attempts::forget(tx, now))).await? > 0 {}
    while store.write(&[], move |tx| Box::pin(one_time::forget(tx, now))).await? > 0 {}
    Ok(())
}
