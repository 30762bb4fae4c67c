//! What staff see and do. Lists are cut to the clinics one runs; whether a change is allowed is the rules' matter.

mod figures;
mod lists;
mod manage;
mod staff;

use std::collections::BTreeSet;

use mediconnect_domain::{AccountId, access::Scope};

use super::{problem::Problem, route::Route};
use crate::{
    reads::ListError,
    rights::rights,
    storage::{StoreError, Tx},
};

pub fn routes() -> Vec<Route> {
    [lists::routes(), figures::routes(), manage::routes(), staff::routes()].into_iter().flatten().collect()
}

/// The scopes by which staff see whole clinics. What one sees as a patient or of the directory is no part of it.
async fn staff_scopes(
    tx: &mut dyn Tx,
    account: AccountId,
    now: jiff::Timestamp,
) -> Result<BTreeSet<Scope>, StoreError> {
    let mut scopes = rights(tx, account, now).await?.scopes;
    scopes.retain(|scope| !scope.is_bucket());
    Ok(scopes)
}

impl From<ListError> for Problem {
    fn from(error: ListError) -> Self {
        match error {
            ListError::Cursor => Self::field("cursor", "is not from this list"),
            ListError::Store(error) => error.into(),
        }
    }
}
