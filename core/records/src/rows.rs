//! The SQL of the tables, written once for SQLite and PostgreSQL, and which rows a write touches.

use mediconnect_domain::record::{Busy, IndexKey};
use uuid::Uuid;

use crate::{Derived, diff};

/// Parameters: kind, id. Columns of this and the next three: kind, id, rev, body.
pub const GET: &str =
    "SELECT kind, id, rev, body FROM record WHERE kind = ?1 AND id = ?2 AND body IS NOT NULL";

/// Parameter: the unique key.
pub const BY_KEY: &str =
    "SELECT r.kind, r.id, r.rev, r.body FROM uniq u JOIN record r ON r.kind = u.kind AND r.id = u.id
     WHERE u.key = ?1 AND r.body IS NOT NULL";

/// Parameters: index, owner, from, to.
pub const BY_INDEX: &str = "SELECT r.kind, r.id, r.rev, r.body FROM idx i JOIN record r ON r.kind = i.kind AND r.id = i.id
     WHERE i.name = ?1 AND i.owner = ?2 AND i.sort >= ?3 AND i.sort < ?4 AND r.body IS NOT NULL ORDER BY i.sort, i.id";

/// Parameters as of [`BY_INDEX`]. Columns: kind, id.
pub const IDS_BY_INDEX: &str = "SELECT kind, id FROM idx
     WHERE name = ?1 AND owner = ?2 AND sort >= ?3 AND sort < ?4 ORDER BY sort, id";

/// Parameters: resource, from, to. A record with two spans of the resource comes once.
pub const BY_TIME: &str = "SELECT r.kind, r.id, r.rev, r.body FROM record r JOIN (
         SELECT kind, id, min(start) AS start FROM span WHERE resource = ?1 AND start < ?3 AND until > ?2 GROUP BY kind, id
     ) s ON r.kind = s.kind AND r.id = s.id WHERE r.body IS NOT NULL ORDER BY s.start, r.id";

/// Parameters as of [`BY_TIME`]. Columns: kind, id.
pub const IDS_BY_TIME: &str = "SELECT kind, id FROM span WHERE resource = ?1 AND start < ?3 AND until > ?2
     GROUP BY kind, id ORDER BY min(start), id";

/// Parameters: kind, id. Columns: rev, body; also of removed records.
pub const STORED: &str = "SELECT rev, body FROM record WHERE kind = ?1 AND id = ?2";

/// Parameters: kind, id, rev, body.
pub const UPSERT: &str = "INSERT INTO record (kind, id, rev, body) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT (kind, id) DO UPDATE SET rev = excluded.rev, body = excluded.body";

/// Takes a unique key; an error where another record has it.
pub const TAKE_KEY: &str = "INSERT INTO uniq (key, kind, id) VALUES (?1, ?2, ?3)";

/// Takes a unique key from whoever has it.
pub const SEIZE_KEY: &str = "INSERT INTO uniq (key, kind, id) VALUES (?1, ?2, ?3)
     ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, id = excluded.id";

const FREE_KEY: &str = "DELETE FROM uniq WHERE key = ?1 AND kind = ?2 AND id = ?3";
const FREE_INDEX: &str =
    "DELETE FROM idx WHERE name = ?1 AND owner = ?2 AND sort = ?3 AND kind = ?4 AND id = ?5";
const FREE_TIME: &str =
    "DELETE FROM span WHERE resource = ?1 AND start = ?2 AND kind = ?3 AND id = ?4 AND seat = ?5";
const ADD_INDEX: &str =
    "INSERT INTO idx (name, owner, sort, kind, id) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
const TAKE_TIME: &str =
    "INSERT INTO span (resource, start, until, session, seat, kind, id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

/// One parameter of a statement.
#[derive(Clone, Copy, Debug)]
pub enum Param<'a> {
    Text(&'a str),
    Id(&'a Uuid),
    Int(i64),
}

/// Where statements go: to a connection, or into a list.
pub trait Statements {
    type Error;
    fn run(&mut self, sql: &'static str, params: &[Param<'_>]) -> Result<(), Self::Error>;
}

/// The record that rows beside `record` belong to.
#[derive(Clone, Copy, Debug)]
pub struct Owner {
    pub kind: &'static str,
    pub id: Uuid,
}

impl Owner {
    /// Deletes what followed from the old form and does not from the new one.
    pub fn free<S: Statements>(&self, was: &Derived, now: &Derived, to: &mut S) -> Result<(), S::Error> {
        let (kind, id) = (Param::Text(self.kind), Param::Id(&self.id));
        for key in diff(&was.unique, &now.unique).gone {
            to.run(FREE_KEY, &[Param::Text(key), kind, id])?;
        }
        for IndexKey { index, owner, sort } in diff(&was.index, &now.index).gone {
            to.run(FREE_INDEX, &[Param::Text(index.name()), Param::Id(owner), Param::Text(sort), kind, id])?;
        }
        for Busy { resource, seat, span, .. } in diff(&was.busy, &now.busy).gone {
            let (start, seat) = (Param::Int(span.start.as_microsecond()), Param::Int((*seat).into()));
            to.run(FREE_TIME, &[Param::Id(resource), start, kind, id, seat])?;
        }
        Ok(())
    }

    /// Inserts what follows from the new form and did not from the old one. `take_key` is [`TAKE_KEY`] or [`SEIZE_KEY`].
    pub fn take<S: Statements>(
        &self,
        was: &Derived,
        now: &Derived,
        take_key: &'static str,
        to: &mut S,
    ) -> Result<(), S::Error> {
        let (kind, id) = (Param::Text(self.kind), Param::Id(&self.id));
        for key in diff(&was.unique, &now.unique).new {
            to.run(take_key, &[Param::Text(key), kind, id])?;
        }
        for IndexKey { index, owner, sort } in diff(&was.index, &now.index).new {
            to.run(ADD_INDEX, &[Param::Text(index.name()), Param::Id(owner), Param::Text(sort), kind, id])?;
        }
        for Busy { resource, session, seat, span } in diff(&was.busy, &now.busy).new {
            let (start, until) =
                (Param::Int(span.start.as_microsecond()), Param::Int(span.end.as_microsecond()));
            let place =
                [Param::Id(resource), start, until, Param::Id(session), Param::Int((*seat).into()), kind, id];
            to.run(TAKE_TIME, &place)?;
        }
        Ok(())
    }
}
