//! Forgetting removals.
//!
//! An entry says the last thing that happened to a record in a bucket; that it is no longer there must be told to devices
//! that hold it. So removals stay, and in a bucket that turns over much they would be most of it. The oldest are forgotten
//! and the bucket's floor is raised to the last of them: a device whose cursor lies before that has missed one, and gets the
//! bucket whole.

use crate::{
    storage::{StoreError, Tx},
    values,
};

/// When a bucket's removals are too many, and how many of the newest stay.
#[derive(Clone, Copy, Debug)]
pub struct Removals {
    pub most: u64,
    pub kept: u64,
}

/// A device that was away while a thousand records left a bucket fetches it anew as fast as it would hear of them.
pub const REMOVALS: Removals = Removals { most: 4_000, kept: 1_000 };

/// Buckets that are looked at in one transaction.
const BUCKETS: u64 = 20;

/// Forgets removals of buckets that have too many, some buckets at a time; the number forgotten.
pub async fn compact(tx: &mut dyn Tx, removals: Removals) -> Result<u64, StoreError> {
    let sql = "SELECT bucket FROM entry WHERE deleted = 1 GROUP BY bucket HAVING count(*) > ?1 ORDER BY bucket LIMIT ?2";
    let mut forgotten = 0;
    for row in tx.query(sql, &values![removals.most, BUCKETS]).await? {
        let bucket = row.text(0)?;
        // The bucket's row is taken first, as every writer of its entries does.
        tx.execute("UPDATE bucket SET floor = floor WHERE id = ?1", &values![bucket]).await?;
        let last =
            "SELECT seq FROM entry WHERE bucket = ?1 AND deleted = 1 ORDER BY seq DESC LIMIT 1 OFFSET ?2";
        let Some(last) = tx.one(last, &values![bucket, removals.kept]).await? else { continue };
        let floor = last.count(0)?;
        let gone = "DELETE FROM entry WHERE bucket = ?1 AND deleted = 1 AND seq <= ?2";
        forgotten += tx.execute(gone, &values![bucket, floor]).await?;
        tx.execute("UPDATE bucket SET floor = ?2 WHERE id = ?1", &values![bucket, floor]).await?;
    }
    Ok(forgotten)
}
