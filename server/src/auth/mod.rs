//! Who somebody is: passwords, sessions and tokens. What they may do is a matter of records, not of this module.
//!
//! A person signs in on a device and gets a session with two tokens ([`tokens`]). Sessions and passwords lie in tables of
//! their own ([`table`]), written in the same transactions as records: an account and its password are made together or
//! not at all ([`sign_up`]).

pub mod first_admin;
pub mod keys;
pub mod password;
pub mod sessions;
pub mod sign_up;
pub mod table;
pub mod tokens;
