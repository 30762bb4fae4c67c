//! What follows from a change for those whom it concerns: the one table of notices for the whole product.

use crate::{Change, Context, Facts, Halt};

/// The notices that these changes cause, as changes. Decided on the server only.
pub fn consequences(_changes: &[Change], _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
    Ok(Vec::new())
}
