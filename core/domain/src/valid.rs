//! Checks of shape and size that need no facts, with one path per error.

use garde::{Path, Report};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Command, Refusal};

/// What is wrong with one field. `path` is as in the request: `address.city`, `weekly[2].end_min`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldError {
    pub path: String,
    pub message: String,
}

impl FieldError {
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into() }
    }
}

impl From<Report> for Refusal {
    fn from(report: Report) -> Self {
        let error = |(path, error): &(Path, garde::Error)| FieldError::new(path.to_string(), error.message());
        Refusal::Invalid { fields: report.iter().map(error).collect() }
    }
}

/// The command, if its fields are in order.
pub fn checked(command: &Command) -> Result<&Command, Refusal> {
    command.validate().map(|()| command).map_err(Refusal::from)
}

/// For garde's `custom`: a text that is not blank and holds no control characters.
pub fn line(text: &str, _: &()) -> garde::Result {
    if text.trim().is_empty() {
        return Err(garde::Error::new("must not be blank"));
    }
    printable(text, &())
}

/// For garde's `custom`: a text without control characters, line ends aside.
pub fn printable(text: &str, _: &()) -> garde::Result {
    match text.chars().any(|c| c.is_control() && c != '\n') {
        true => Err(garde::Error::new("must not hold control characters")),
        false => Ok(()),
    }
}
