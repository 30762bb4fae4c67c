//! Values as both databases know them, so that SQL text and the code around it are written once.
//!
//! SQL is written with `?1`, `?2`, …; ids are `uuid` on PostgreSQL and 16 bytes on SQLite; instants are microseconds since
//! 1970; JSON bodies are text.

use jiff::Timestamp;
use uuid::Uuid;

use super::StoreError;

/// One value of a parameter or of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Int(i64),
    Text(String),
    Uuid(Uuid),
    Bytes(Vec<u8>),
}

macro_rules! from {
    ($($type:ty: |$value:ident| $made:expr),* $(,)?) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Self {
                $made
            }
        }
    )*};
}

from! {
    i64: |value| Value::Int(value),
    i32: |value| Value::Int(value.into()),
    u32: |value| Value::Int(value.into()),
    u16: |value| Value::Int(value.into()),
    u8: |value| Value::Int(value.into()),
    u64: |value| Value::Int(i64::try_from(value).unwrap_or(i64::MAX)),
    bool: |value| Value::Int(value.into()),
    &str: |value| Value::Text(value.to_owned()),
    &String: |value| Value::Text(value.clone()),
    String: |value| Value::Text(value),
    Uuid: |value| Value::Uuid(value),
    &[u8]: |value| Value::Bytes(value.to_vec()),
    Vec<u8>: |value| Value::Bytes(value),
    Timestamp: |value| Value::Int(value.as_microsecond()),
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

/// The parameters of a statement: `values![account, "text", 5_i64]`.
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { [$($crate::storage::Value::from($value)),*] };
}

/// The columns of one row that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Fields(pub Vec<Value>);

impl Fields {
    pub fn is_null(&self, column: usize) -> bool {
        matches!(self.0.get(column), None | Some(Value::Null))
    }

    pub fn int(&self, column: usize) -> Result<i64, StoreError> {
        match self.0.get(column) {
            Some(Value::Int(value)) => Ok(*value),
            other => Err(wrong("an integer", column, other)),
        }
    }

    /// An integer that is never negative.
    pub fn count(&self, column: usize) -> Result<u64, StoreError> {
        u64::try_from(self.int(column)?).map_err(|_| wrong("a count", column, self.0.get(column)))
    }

    pub fn flag(&self, column: usize) -> Result<bool, StoreError> {
        Ok(self.int(column)? != 0)
    }

    pub fn text(&self, column: usize) -> Result<&str, StoreError> {
        match self.0.get(column) {
            Some(Value::Text(value)) => Ok(value),
            other => Err(wrong("text", column, other)),
        }
    }

    pub fn bytes(&self, column: usize) -> Result<&[u8], StoreError> {
        match self.0.get(column) {
            Some(Value::Bytes(value)) => Ok(value),
            other => Err(wrong("bytes", column, other)),
        }
    }

    pub fn uuid(&self, column: usize) -> Result<Uuid, StoreError> {
        match self.0.get(column) {
            Some(Value::Uuid(value)) => Ok(*value),
            Some(Value::Bytes(value)) => {
                Uuid::from_slice(value).map_err(|_| wrong("an id", column, self.0.get(column)))
            }
            other => Err(wrong("an id", column, other)),
        }
    }

    pub fn time(&self, column: usize) -> Result<Timestamp, StoreError> {
        Timestamp::from_microsecond(self.int(column)?)
            .map_err(|_| wrong("an instant", column, self.0.get(column)))
    }

    /// `None` where the column is NULL: `fields.maybe(3, Fields::uuid)`.
    pub fn maybe<'f, T>(
        &'f self,
        column: usize,
        read: impl FnOnce(&'f Self, usize) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        if self.is_null(column) { Ok(None) } else { read(self, column).map(Some) }
    }
}

fn wrong(expected: &str, column: usize, found: Option<&Value>) -> StoreError {
    let found = match found {
        None => "nothing",
        Some(Value::Null) => "null",
        Some(Value::Int(_)) => "an integer",
        Some(Value::Text(_)) => "text",
        Some(Value::Uuid(_)) => "an id",
        Some(Value::Bytes(_)) => "bytes",
    };
    StoreError::Corrupt(format!("column {column} holds {found}, expected {expected}"))
}
