//! The server's last answers to questions, kept for when it cannot be reached.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{Store, StoreError};

/// How many are kept; the oldest go first.
const KEPT: u32 = 200;

impl Store {
    pub(crate) fn keep_answer(&self, question: &str, body: &str, as_of: Timestamp) -> Result<(), StoreError> {
        self.write(|connection, _| {
            let sql = "INSERT INTO answer (question, as_of, body) VALUES (?1, ?2, ?3)
                       ON CONFLICT (question) DO UPDATE SET as_of = excluded.as_of, body = excluded.body";
            connection.prepare_cached(sql)?.execute(params![question, as_of.as_microsecond(), body])?;
            let sql = "DELETE FROM answer WHERE question IN
                       (SELECT question FROM answer ORDER BY as_of DESC LIMIT -1 OFFSET ?1)";
            connection.prepare_cached(sql)?.execute([KEPT])?;
            Ok(())
        })
    }

    /// The last answer, and when the server gave it.
    pub(crate) fn kept_answer(&self, question: &str) -> Result<Option<(String, Timestamp)>, StoreError> {
        self.read_raw(|connection| {
            let sql = "SELECT body, as_of FROM answer WHERE question = ?1";
            let found = connection.prepare_cached(sql)?.query_row([question], |row| {
                Ok((row.get(0)?, Timestamp::from_microsecond(row.get(1)?).unwrap_or_default()))
            });
            Ok(found.optional()?)
        })
    }
}
