//! Single values of a store.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Serialize, de::DeserializeOwned};

use super::StoreError;

/// The name and type of a value.
pub(crate) struct Meta<T>(&'static str, std::marker::PhantomData<T>);

impl<T: Serialize + DeserializeOwned> Meta<T> {
    pub(crate) const fn new(name: &'static str) -> Self {
        Self(name, std::marker::PhantomData)
    }

    /// `None` where it was never set, or was written in a form that this build cannot read.
    pub(crate) fn get(&self, connection: &Connection) -> Result<Option<T>, StoreError> {
        let mut statement = connection.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
        let text: Option<String> = statement.query_row([self.0], |row| row.get(0)).optional()?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    pub(crate) fn set(&self, connection: &Connection, value: &T) -> Result<(), StoreError> {
        let text = serde_json::to_string(value).expect("meta values are JSON");
        let sql = "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        connection.prepare_cached(sql)?.execute(params![self.0, text])?;
        Ok(())
    }

    pub(crate) fn clear(&self, connection: &Connection) -> Result<(), StoreError> {
        connection.execute("DELETE FROM meta WHERE key = ?1", [self.0])?;
        Ok(())
    }
}
