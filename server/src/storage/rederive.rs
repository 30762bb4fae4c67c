//! What records are found by, derived anew on PostgreSQL when another version of the rules wrote it.

use mediconnect_records::{
    DERIVATION, Derived,
    rows::{Owner, TAKE_KEY},
};
use uuid::Uuid;

use super::{
    StoreError, Tx,
    postgres::{Batch, record_row},
};
use crate::values;

/// Derives anew what records are found by, where an earlier version wrote it.
pub async fn rederive(tx: &mut dyn Tx) -> Result<(), StoreError> {
    // Nodes that start together take turns.
    tx.query("SELECT 1 FROM meta WHERE name = 'steps' FOR UPDATE", &[]).await?;
    let found = tx.one("SELECT value FROM meta WHERE name = 'derivation'", &[]).await?;
    if found.as_ref().map(|row| row.text(0)).transpose()? == Some(DERIVATION.to_string().as_str()) {
        return Ok(());
    }
    for sql in ["DELETE FROM uniq", "DELETE FROM idx", "DELETE FROM span"] {
        tx.execute(sql, &[]).await?;
    }
    let mut last = (String::new(), Uuid::nil());
    loop {
        let sql = "SELECT kind, id, rev, body FROM record WHERE body IS NOT NULL AND (kind, id) > (?1, ?2) ORDER BY kind, id LIMIT 1000";
        let page = tx.query(sql, &values![&last.0, last.1]).await?;
        let Some(end) = page.last() else { break };
        last = (end.text(0)?.to_owned(), end.uuid(1)?);
        let mut batch = Batch::default();
        for fields in &page {
            let Some(row) = record_row(fields)? else { continue };
            let owner = Owner { kind: row.kind.name(), id: row.id };
            let Ok(()) =
                owner.take(&Derived::default(), &Derived::of_any(row.record()), TAKE_KEY, &mut batch);
        }
        tx.execute_all(batch.0).await?;
    }
    let sql = "INSERT INTO meta (name, value) VALUES ('derivation', ?1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    tx.execute(sql, &values![DERIVATION.to_string()]).await.map(drop)
}
