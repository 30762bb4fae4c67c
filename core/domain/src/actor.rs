//! Who acts.

use serde::{Deserialize, Serialize};

use crate::AccountId;

/// Who submits a command. What an account may do is read from its records, never from the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    Account(AccountId),
    /// The server itself: expiry, no-show, refresh of what is derived, and setting up.
    System,
}
