//! Lists over whole scopes, paged by the database.

use futures::future::BoxFuture;
use mediconnect_domain::{Kind, Row, access::Scope};

use crate::{
    storage::{StoreError, Tx},
    values,
};

/// All records of a kind in one scope. For kinds of which there are few.
pub fn all_in<'t>(
    tx: &'t mut dyn Tx,
    scope: Scope,
    kind: Kind,
) -> BoxFuture<'t, Result<Vec<Row>, StoreError>> {
    Box::pin(async move {
        let sql = "SELECT r.id, r.rev, r.body FROM scope s JOIN record r ON r.kind = s.kind AND r.id = s.id \
                   WHERE s.scope = ?1 AND s.kind = ?2 AND r.body IS NOT NULL ORDER BY r.id";
        let found = tx.query(sql, &values![scope.to_string(), kind.name()]).await?;
        found.iter().map(|row| Ok(Row::new(kind, row.uuid(0)?, row.count(1)?, row.text(2)?))).collect()
    })
}
