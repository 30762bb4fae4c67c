//! Reading and writing the tables.

use mediconnect_domain::{Answer, Change, Kind, Need, Record, Row};
use rusqlite::{
    Connection, Result, ToSql, params,
    types::{ToSqlOutput, ValueRef},
};
use uuid::Uuid;

use crate::{
    Derived,
    rows::{BY_INDEX, BY_KEY, BY_TIME, GET, Owner, Param, SEIZE_KEY, Statements, UPSERT},
};

/// Answers what the rules ask, in the order of the needs.
pub fn fetch(connection: &Connection, needs: &[Need]) -> Result<Vec<Answer>> {
    needs.iter().map(|need| rows_of(connection, need).map(Answer::Rows)).collect()
}

pub(crate) fn rows_of(connection: &Connection, need: &Need) -> Result<Vec<Row>> {
    match need {
        Need::Record { kind, id } => rows(connection, GET, params![kind.name(), id.as_bytes()]),
        Need::Unique(key) => rows(connection, BY_KEY, params![key]),
        Need::Range { index, owner, from, to } => {
            rows(connection, BY_INDEX, params![index.name(), owner.as_bytes(), from, to])
        }
        Need::Overlap { resource, span } => {
            let (from, to) = (span.start.as_microsecond(), span.end.as_microsecond());
            rows(connection, BY_TIME, params![resource.as_bytes(), from, to])
        }
    }
}

fn rows(connection: &Connection, sql: &str, params: &[&dyn ToSql]) -> Result<Vec<Row>> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut found = statement.query(params)?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        // A kind that this build does not know was written by a newer one; rules cannot ask for it.
        let Some(kind) = Kind::from_name(row.get_ref(0)?.as_str()?) else { continue };
        rows.push(Row::new(kind, Uuid::from_bytes(row.get(1)?), row.get(2)?, row.get_ref(3)?.as_str()?));
    }
    Ok(rows)
}

/// One record.
pub fn get(connection: &Connection, kind: Kind, id: Uuid) -> Result<Option<Row>> {
    Ok(rows(connection, GET, params![kind.name(), id.as_bytes()])?.pop())
}

/// Stores a record as it was sent, with all fields, known or not. A body that this build cannot read is kept and found by
/// its id alone, until [`rederive`] runs in a build that can.
pub fn put(mut connection: &Connection, row: &Row) -> Result<()> {
    let was = derived(connection, row.kind, row.id)?;
    let now = Derived::of_any(row.record());
    let key = Owner { kind: row.kind.name(), id: row.id };
    key.free(&was, &now, &mut connection)?;
    connection.prepare_cached(UPSERT)?.execute(params![key.kind, row.id.as_bytes(), row.rev, &*row.body])?;
    // Two records may claim one key on a device while the server has not decided: the last one is found.
    key.take(&was, &now, SEIZE_KEY, &mut connection)
}

/// Deletes a record without a trace.
pub fn forget(mut connection: &Connection, kind: Kind, id: Uuid) -> Result<()> {
    let was = derived(connection, kind, id)?;
    let key = Owner { kind: kind.name(), id };
    key.free(&was, &Derived::default(), &mut connection)?;
    connection
        .prepare_cached("DELETE FROM record WHERE kind = ?1 AND id = ?2")?
        .execute(params![key.kind, id.as_bytes()])?;
    Ok(())
}

/// A record before and after a write.
#[derive(Clone, Debug)]
pub struct Written {
    pub kind: Kind,
    pub id: Uuid,
    /// The revision before; 0 where there was none.
    pub rev_before: u64,
    pub rev: u64,
    /// `None`: it was not there.
    pub was: Option<Row>,
    /// `None`: it was removed.
    pub now: Option<Row>,
}

impl Written {
    /// What a change makes of a row, as the next revision.
    pub fn of(change: Change, rev_before: u64, was: Option<Row>) -> Self {
        let (kind, id) = change.key();
        let rev = rev_before + 1;
        let now = match change {
            Change::Put(record) => Some(Row::of(record, rev)),
            Change::Remove { .. } => None,
        };
        Self { kind, id, rev_before, rev, was, now }
    }

    /// The record before, as far as this build can read it.
    pub fn before(&self) -> Option<&Record> {
        self.was.as_ref().and_then(Row::record)
    }

    /// The record after; `None` where it was removed.
    pub fn after(&self) -> Option<&Record> {
        self.now.as_ref().and_then(Row::record)
    }

    /// What followed from it and what follows now.
    pub fn derived(&self) -> (Derived, Derived) {
        (Derived::of_any(self.before()), Derived::of_any(self.after()))
    }
}

/// Fills the tables beside `record` anew: after an update that changes what follows from a body.
pub fn rederive(mut connection: &Connection) -> Result<()> {
    connection.execute_batch("DELETE FROM uniq; DELETE FROM idx; DELETE FROM span")?;
    let mut statement = connection.prepare("SELECT kind, id, body FROM record WHERE body IS NOT NULL")?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let Some(kind) = Kind::from_name(row.get_ref(0)?.as_str()?) else { continue };
        let Ok(record) = Record::read(kind, row.get_ref(2)?.as_str()?) else { continue };
        let key = Owner { kind: kind.name(), id: Uuid::from_bytes(row.get(1)?) };
        key.take(&Derived::default(), &Derived::of(&record), SEIZE_KEY, &mut connection)?;
    }
    Ok(())
}

/// What follows from the record that is stored, as far as this build can read it.
fn derived(connection: &Connection, kind: Kind, id: Uuid) -> Result<Derived> {
    let stored = get(connection, kind, id)?;
    Ok(Derived::of_any(stored.as_ref().and_then(Row::record)))
}

/// Runs statements at once.
impl Statements for &Connection {
    type Error = rusqlite::Error;

    fn run(&mut self, sql: &'static str, params: &[Param<'_>]) -> Result<()> {
        self.prepare_cached(sql)?.execute(rusqlite::params_from_iter(params))?;
        Ok(())
    }
}

impl ToSql for Param<'_> {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Param::Text(text) => ValueRef::Text(text.as_bytes()),
            Param::Id(id) => ValueRef::Blob(id.as_bytes()),
            Param::Int(value) => ValueRef::Integer(*value),
        }))
    }
}

#[cfg(test)]
mod tests {
    use mediconnect_domain::{AccountId, DoctorId, Stored, record::Index, settings::Follow};

    use super::*;
    use crate::{TABLES, in_memory, migrate, migrate_records};

    fn database() -> Connection {
        let mut database = in_memory().unwrap();
        migrate(&mut database, &[TABLES]).unwrap();
        database
    }

    fn follow() -> Follow {
        let id = |name: &str| mediconnect_domain::id::derive(&[name.as_bytes()]);
        let (account_id, doctor_id) = (AccountId(id("account")), DoctorId(id("doctor")));
        let id = Follow::id_of(account_id, doctor_id);
        Follow { id, account_id, doctor_id, favourite: true, at: "2026-03-02T08:00:00Z".parse().unwrap() }
    }

    fn found(database: &Connection, need: Need) -> Vec<Row> {
        match fetch(database, &[need]).unwrap().remove(0) {
            Answer::Rows(rows) => rows,
            Answer::NotHeld => panic!("tables do not know what is not held"),
        }
    }

    fn by_account(database: &Connection) -> Vec<Row> {
        found(database, Need::all(Index::FollowsOfAccount, follow().account_id))
    }

    #[test]
    fn what_is_sent_is_kept_to_the_byte_with_fields_nobody_knows_here() {
        let database = database();
        let mut body: serde_json::Value = serde_json::to_value(follow()).unwrap();
        body["from_a_later_version"] = "kept".into();
        let row = Row::new(Follow::KIND, follow().id.0, 7, body.to_string());
        put(&database, &row).unwrap();
        assert_eq!(get(&database, row.kind, row.id).unwrap(), Some(row.clone()));
        assert_eq!(by_account(&database), [row]);
    }

    #[test]
    fn a_form_that_cannot_be_read_is_kept_and_found_by_its_id_until_it_can() {
        let database = database();
        let (kind, id) = (Follow::KIND, follow().id.0);
        put(&database, &Row::of(follow().into(), 1)).unwrap();
        let strange = Row::new(kind, id, 2, r#"{"of":"another age"}"#);
        put(&database, &strange).unwrap();
        assert_eq!(found(&database, Need::record::<Follow>(id)), [strange]);
        assert!(by_account(&database).is_empty());
        // The program was updated and can read it now.
        let body = Record::from(follow()).body();
        database.execute("UPDATE record SET body = ?1", [&body]).unwrap();
        rederive(&database).unwrap();
        assert_eq!(by_account(&database), [Row::new(kind, id, 2, body)]);
    }

    #[test]
    fn a_store_of_an_earlier_version_finds_its_records_by_the_keys_of_this_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records.db");
        let open = || {
            let mut database = crate::open(&path, &crate::Options::default()).unwrap();
            migrate_records(&mut database, &[TABLES]).unwrap();
            database
        };
        let database = open();
        put(&database, &Row::of(follow().into(), 1)).unwrap();
        database.execute_batch("DELETE FROM idx; UPDATE derivation SET version = 1").unwrap();
        assert!(by_account(&database).is_empty());
        drop(database);
        assert_eq!(by_account(&open()).len(), 1);
        // Nothing is derived twice.
        open().execute_batch("DELETE FROM idx").unwrap();
        assert!(by_account(&open()).is_empty());
    }

    #[test]
    fn what_is_forgotten_leaves_no_row_behind() {
        let database = database();
        put(&database, &Row::of(follow().into(), 1)).unwrap();
        forget(&database, Follow::KIND, follow().id.0).unwrap();
        for table in ["record", "uniq", "idx", "span"] {
            let rows: i64 =
                database.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
            assert_eq!(rows, 0, "{table}");
        }
    }
}
