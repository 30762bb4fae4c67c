//! Reading and writing the tables.

use mediconnect_domain::{Answer, Change, Kind, Need, Record, Row};
use rusqlite::{
    Connection, OptionalExtension, Result, ToSql, params,
    types::{ToSqlOutput, ValueRef},
};
use uuid::Uuid;

use crate::{
    Derived,
    rows::{BY_INDEX, BY_KEY, BY_TIME, GET, Owner, Param, SEIZE_KEY, STORED, Statements, TAKE_KEY, UPSERT},
};

/// Answers what the rules ask, in the order of the needs.
pub fn fetch(connection: &Connection, needs: &[Need]) -> Result<Vec<Answer>> {
    needs.iter().map(|need| rows_of(connection, need).map(Answer::Rows)).collect()
}

fn rows_of(connection: &Connection, need: &Need) -> Result<Vec<Row>> {
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
        rows.push(Row { kind, id: Uuid::from_bytes(row.get(1)?), rev: row.get(2)?, body: row.get(3)? });
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
    let (_, was) = stored(connection, row.kind, row.id)?;
    let was = Derived::of_any(was.as_ref());
    let now = Derived::of_any(Record::read(row.kind, &row.body).ok().as_ref());
    let key = Owner { kind: row.kind.name(), id: row.id };
    key.free(&was, &now, &mut connection)?;
    connection.prepare_cached(UPSERT)?.execute(params![key.kind, row.id.as_bytes(), row.rev, row.body])?;
    // Two records may claim one key on a device while the server has not decided: the last one is found.
    key.take(&was, &now, SEIZE_KEY, &mut connection)
}

/// Deletes a record without a trace.
pub fn forget(mut connection: &Connection, kind: Kind, id: Uuid) -> Result<()> {
    let (_, was) = stored(connection, kind, id)?;
    let key = Owner { kind: kind.name(), id };
    key.free(&Derived::of_any(was.as_ref()), &Derived::default(), &mut connection)?;
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
    pub was: Option<Record>,
    /// `None`: it was removed.
    pub now: Option<Record>,
    /// The text stored.
    pub body: Option<String>,
}

/// Writes what rules decided: revisions go up by one, unique keys must be free. What records give up is freed before
/// anything is taken, so that two records may trade places.
pub fn write(mut connection: &Connection, changes: &[Change]) -> Result<Vec<Written>> {
    let mut all = Vec::with_capacity(changes.len());
    for change in changes {
        let (kind, id) = change.key();
        let (rev_before, was) = stored(connection, kind, id)?;
        let now = match change {
            Change::Put(record) => Some(record.clone()),
            Change::Remove { .. } => None,
        };
        let (before, after) = (Derived::of_any(was.as_ref()), Derived::of_any(now.as_ref()));
        Owner { kind: kind.name(), id }.free(&before, &after, &mut connection)?;
        let body = now.as_ref().map(Record::body);
        all.push((Written { kind, id, rev_before, rev: rev_before + 1, was, now, body }, before, after));
    }
    for (written, before, after) in &all {
        let key = Owner { kind: written.kind.name(), id: written.id };
        connection.prepare_cached(UPSERT)?.execute(params![
            key.kind,
            key.id.as_bytes(),
            written.rev,
            written.body
        ])?;
        key.take(before, after, TAKE_KEY, &mut connection)?;
    }
    Ok(all.into_iter().map(|(written, ..)| written).collect())
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

/// The revision that a record has or had, and the record as far as this build can read it.
fn stored(connection: &Connection, kind: Kind, id: Uuid) -> Result<(u64, Option<Record>)> {
    let mut statement = connection.prepare_cached(STORED)?;
    let found = statement.query_row(params![kind.name(), id.as_bytes()], |row| {
        let body = row.get_ref(1)?.as_str_or_null()?;
        Ok((row.get(0)?, body.and_then(|body| Record::read(kind, body).ok())))
    });
    Ok(found.optional()?.unwrap_or_default())
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
    use crate::{TABLES, in_memory, migrate};

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
        let row = Row { kind: Follow::KIND, id: follow().id.0, rev: 7, body: body.to_string() };
        put(&database, &row).unwrap();
        assert_eq!(get(&database, row.kind, row.id).unwrap(), Some(row.clone()));
        assert_eq!(by_account(&database), [row]);
    }

    #[test]
    fn a_form_that_cannot_be_read_is_kept_and_found_by_its_id_until_it_can() {
        let database = database();
        let (kind, id) = (Follow::KIND, follow().id.0);
        put(&database, &Row { kind, id, rev: 1, body: Record::from(follow()).body() }).unwrap();
        let strange = Row { kind, id, rev: 2, body: r#"{"of":"another age"}"#.into() };
        put(&database, &strange).unwrap();
        assert_eq!(found(&database, Need::record::<Follow>(id)), [strange]);
        assert!(by_account(&database).is_empty());
        // The program was updated and can read it now.
        let body = Record::from(follow()).body();
        database.execute("UPDATE record SET body = ?1", [&body]).unwrap();
        rederive(&database).unwrap();
        assert_eq!(by_account(&database), [Row { kind, id, rev: 2, body }]);
    }

    #[test]
    fn what_is_forgotten_leaves_no_row_behind() {
        let database = database();
        put(
            &database,
            &Row { kind: Follow::KIND, id: follow().id.0, rev: 1, body: Record::from(follow()).body() },
        )
        .unwrap();
        forget(&database, Follow::KIND, follow().id.0).unwrap();
        for table in ["record", "uniq", "idx", "span"] {
            let rows: i64 =
                database.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
            assert_eq!(rows, 0, "{table}");
        }
    }
}
