//! Reading records, for screens and for the rules.

use std::collections::HashSet;

use mediconnect_domain::{
    AccountId, Answer, CommandId, Kind, Need, Row, Stored, accounts::Account, record::Index,
};
use mediconnect_records as records;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{StoreError, buckets};

/// The account's records at one moment, with pending commands applied.
pub struct Records<'a> {
    connection: &'a Connection,
    account: AccountId,
    /// Some rows are revoked and wait to be purged: each row is looked at before it is shown.
    hiding: bool,
}

impl<'a> Records<'a> {
    pub(crate) fn new(connection: &'a Connection, account: AccountId) -> Result<Self, StoreError> {
        Ok(Self { connection, account, hiding: buckets::any_hidden(connection)? })
    }

    pub(super) fn connection(&self) -> &'a Connection {
        self.connection
    }

    /// Whether a first pull came to its end: what is not here now is not there either.
    pub fn is_whole(&self) -> Result<bool, StoreError> {
        Ok(buckets::WHOLE.get(self.connection)?.unwrap_or_default())
    }

    /// Whose records these are.
    pub fn account_id(&self) -> AccountId {
        self.account
    }

    /// The account itself, with its role.
    pub fn account(&self) -> Result<Option<Account>, StoreError> {
        self.get(self.account.0)
    }

    pub fn get<T: Stored>(&self, id: impl Into<Uuid>) -> Result<Option<T>, StoreError> {
        Ok(self.rows(&Need::record::<T>(id))?.first().and_then(Row::read))
    }

    /// All records of a kind, in the order they were made. For small kinds.
    pub fn all<T: Stored>(&self) -> Result<Vec<T>, StoreError> {
        Ok(self.rows_of_kind(T::KIND)?.iter().filter_map(Row::read).collect())
    }

    /// The same as rows.
    pub fn rows_of_kind(&self, kind: Kind) -> Result<Vec<Row>, StoreError> {
        let sql = "SELECT id, rev, body FROM record WHERE kind = ?1 AND body IS NOT NULL ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let found = statement.query_map([kind.name()], |row| {
            Ok(Row::new(kind, Uuid::from_bytes(row.get(0)?), row.get(1)?, row.get::<_, String>(2)?))
        })?;
        let rows: Vec<Row> = found.collect::<Result<_, _>>()?;
        self.shown(rows)
    }

    /// The records of one owner in an index with `from <= sort < to`, in that order. Instants are written by
    /// [`mediconnect_domain::record::sort_key`].
    pub fn range<T: Stored>(
        &self,
        index: Index,
        owner: impl Into<Uuid>,
        from: &str,
        to: &str,
    ) -> Result<Vec<T>, StoreError> {
        self.list(&Need::range(index, owner, from.to_owned(), to.to_owned()))
    }

    /// All records of one owner in an index.
    pub fn all_of<T: Stored>(&self, index: Index, owner: impl Into<Uuid>) -> Result<Vec<T>, StoreError> {
        self.list(&Need::all(index, owner))
    }

    /// The typed records that answer a need; records of other kinds in the same index are left out.
    pub fn list<T: Stored>(&self, need: &Need) -> Result<Vec<T>, StoreError> {
        Ok(self.rows(need)?.iter().filter(|row| row.kind == T::KIND).filter_map(Row::read).collect())
    }

    /// How many records of a kind this device holds.
    pub fn count(&self, kind: Kind) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT count(*) FROM record WHERE kind = ?1")?;
        Ok(statement.query_row([kind.name()], |row| row.get(0))?)
    }

    /// Whether a command that the server has not answered changed this record: mark it as pending.
    pub fn is_pending(&self, kind: Kind, id: impl Into<Uuid>) -> Result<bool, StoreError> {
        Ok(!self.pending_on(kind, id)?.is_empty())
    }

    /// The commands that changed this record and that the server has not answered.
    pub fn pending_on(&self, kind: Kind, id: impl Into<Uuid>) -> Result<Vec<CommandId>, StoreError> {
        let sql = "SELECT t.command FROM touched t JOIN outbox o ON o.id = t.command
                   WHERE t.kind = ?1 AND t.id = ?2 AND o.state IN ('pending', 'sent') ORDER BY o.position";
        let mut statement = self.connection.prepare_cached(sql)?;
        let ids = statement.query_map(params![kind.name(), id.into().as_bytes()], |row| {
            Ok(CommandId(Uuid::from_bytes(row.get(0)?)))
        })?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// The records of a kind that a command changed which the server has not answered: for long lists.
    pub fn pending_of(&self, kind: Kind) -> Result<HashSet<Uuid>, StoreError> {
        let sql = "SELECT DISTINCT t.id FROM touched t JOIN outbox o ON o.id = t.command
                   WHERE t.kind = ?1 AND o.state IN ('pending', 'sent')";
        let mut statement = self.connection.prepare_cached(sql)?;
        let ids = statement.query_map([kind.name()], |row| Ok(Uuid::from_bytes(row.get(0)?)))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Whether only pending commands know of this record.
    pub(super) fn is_made_here(&self, kind: Kind, id: Uuid) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM shadow WHERE kind = ?1 AND id = ?2 AND body IS NULL)";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(params![kind.name(), id.as_bytes()], |row| row.get(0))?)
    }

    /// The rows that answer a need, as far as this device holds them.
    pub fn rows(&self, need: &Need) -> Result<Vec<Row>, StoreError> {
        let mut answers = records::fetch(self.connection, std::slice::from_ref(need))?;
        match answers.pop() {
            Some(Answer::Rows(rows)) => self.shown(rows),
            _ => Ok(Vec::new()),
        }
    }

    fn shown(&self, rows: Vec<Row>) -> Result<Vec<Row>, StoreError> {
        if !self.hiding {
            return Ok(rows);
        }
        let mut shown = Vec::with_capacity(rows.len());
        for row in rows {
            if self.is_shown(&row)? {
                shown.push(row);
            }
        }
        Ok(shown)
    }

    /// A row is hidden when buckets name it and all of those are revoked.
    fn is_shown(&self, row: &Row) -> Result<bool, StoreError> {
        let sql = "SELECT min(b.hidden) FROM member m JOIN bucket b ON b.name = m.bucket WHERE m.kind = ?1 AND m.id = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let hidden: Option<Option<bool>> =
            statement.query_row(params![row.kind.name(), row.id.as_bytes()], |row| row.get(0)).optional()?;
        Ok(hidden.flatten() != Some(true))
    }
}
