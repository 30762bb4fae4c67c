//! Questions that the server answers page by page: lists over whole clinics, searches beyond what a device holds, times.
//!
//! Each is a struct: its fields are the query string, `PATH` is where it is asked, `Answer` is what comes back. The client's
//! `fetch` and the server's handlers share them, so neither can drift from the other.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

pub mod admin;
pub mod keys;
pub mod times;

/// A question that is asked with GET.
pub trait Fetch: Serialize + DeserializeOwned {
    /// Under the server's root, such as `/v1/admin/appointments`.
    const PATH: &'static str;
    type Answer: Serialize + DeserializeOwned;
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Give it back as `cursor` for the next page; `None` at the end.
    pub next_cursor: Option<String>,
}
