//! Records that a connection has read or written lately.
//!
//! The server's writer decides most commands about records it has just written: with these at hand it neither asks the
//! database for them nor reads them from their text again.

use hashlink::LruCache;
use mediconnect_domain::{Answer, Change, Kind, Need, Row};
use rusqlite::{Connection, OptionalExtension, Result, ToSql, params};
use uuid::Uuid;

use crate::{
    Written,
    rows::{IDS_BY_INDEX, IDS_BY_TIME, Owner, STORED, TAKE_KEY, UPSERT},
    tables::rows_of,
};

/// As a row of `record` is: gone ones have their last revision and no body.
#[derive(Clone, Debug, Default)]
struct Stored {
    rev: u64,
    row: Option<Row>,
}

/// What the writing connection of a database knows. Only that connection may write while this is in use, or
/// [`Cache::begin`] must be called at the beginning of each transaction.
pub struct Cache {
    stored: LruCache<(Kind, Uuid), Stored>,
    /// Changes when another connection has written.
    version: i64,
}

impl Cache {
    /// Keeps so many records.
    pub fn new(capacity: usize) -> Self {
        Self { stored: LruCache::new(capacity), version: 0 }
    }

    /// To be called when a transaction has begun: what others have written since the last one is read anew.
    pub fn begin(&mut self, connection: &Connection) -> Result<()> {
        let mut statement = connection.prepare_cached("PRAGMA data_version")?;
        let version = statement.query_row([], |row| row.get(0))?;
        if self.version != version {
            self.clear();
            self.version = version;
        }
        Ok(())
    }

    /// To be called when something was rolled back.
    pub fn clear(&mut self) {
        self.stored.clear();
    }

    /// Answers what the rules ask, in the order of the needs.
    pub fn fetch(&mut self, connection: &Connection, needs: &[Need]) -> Result<Vec<Answer>> {
        needs.iter().map(|need| self.rows_of(connection, need).map(Answer::Rows)).collect()
    }

    fn rows_of(&mut self, connection: &Connection, need: &Need) -> Result<Vec<Row>> {
        match need {
            Need::Record { kind, id } => Ok(self.stored(connection, *kind, *id)?.row.into_iter().collect()),
            Need::Unique(_) => rows_of(connection, need),
            Need::Range { index, owner, from, to } => {
                self.rows(connection, IDS_BY_INDEX, params![index.name(), owner.as_bytes(), from, to])
            }
            Need::Overlap { resource, span } => {
                let (from, to) = (span.start.as_microsecond(), span.end.as_microsecond());
                self.rows(connection, IDS_BY_TIME, params![resource.as_bytes(), from, to])
            }
        }
    }

    fn rows(&mut self, connection: &Connection, sql: &str, params: &[&dyn ToSql]) -> Result<Vec<Row>> {
        let mut statement = connection.prepare_cached(sql)?;
        let mut found = statement.query(params)?;
        let mut rows = Vec::new();
        while let Some(key) = found.next()? {
            let Some(kind) = Kind::from_name(key.get_ref(0)?.as_str()?) else { continue };
            rows.extend(self.stored(connection, kind, Uuid::from_bytes(key.get(1)?))?.row);
        }
        Ok(rows)
    }

    fn stored(&mut self, connection: &Connection, kind: Kind, id: Uuid) -> Result<Stored> {
        if let Some(stored) = self.stored.get(&(kind, id)) {
            return Ok(stored.clone());
        }
        let mut statement = connection.prepare_cached(STORED)?;
        let found = statement.query_row(params![kind.name(), id.as_bytes()], |row| {
            let (rev, body) = (row.get(0)?, row.get_ref(1)?.as_str_or_null()?);
            Ok(Stored { rev, row: body.map(|body| Row::new(kind, id, rev, body)) })
        });
        let stored = found.optional()?.unwrap_or_default();
        self.stored.insert((kind, id), stored.clone());
        Ok(stored)
    }

    /// Writes what rules decided: revisions go up by one, unique keys must be free. What records give up is freed before
    /// anything is taken, so that two records may trade places.
    pub fn write(&mut self, mut connection: &Connection, changes: Vec<Change>) -> Result<Vec<Written>> {
        let mut all = Vec::with_capacity(changes.len());
        for change in changes {
            let (kind, id) = change.key();
            let before = self.stored(connection, kind, id)?;
            let written = Written::of(change, before.rev, before.row);
            let derived = written.derived();
            Owner { kind: kind.name(), id }.free(&derived.0, &derived.1, &mut connection)?;
            all.push((written, derived));
        }
        for (written, (before, after)) in &all {
            let Written { kind, id, rev, now, .. } = written;
            let key = Owner { kind: kind.name(), id: *id };
            let body = now.as_ref().map(|row| &*row.body);
            connection.prepare_cached(UPSERT)?.execute(params![key.kind, id.as_bytes(), rev, body])?;
            key.take(before, after, TAKE_KEY, &mut connection)?;
            self.stored.insert((*kind, *id), Stored { rev: *rev, row: now.clone() });
        }
        Ok(all.into_iter().map(|(written, _)| written).collect())
    }
}

#[cfg(test)]
mod tests {
    use mediconnect_domain::{AccountId, DoctorId, record::Index, settings::Follow};

    use super::*;
    use crate::{Options, TABLES, migrate_records, open};

    fn follow(favourite: bool) -> Follow {
        let id = |name: &str| mediconnect_domain::id::derive(&[name.as_bytes()]);
        let (account_id, doctor_id) = (AccountId(id("account")), DoctorId(id("doctor")));
        let id = Follow::id_of(account_id, doctor_id);
        Follow { id, account_id, doctor_id, favourite, at: "2026-03-02T08:00:00Z".parse().unwrap() }
    }

    struct Writer {
        database: Connection,
        cache: Cache,
    }

    impl Writer {
        fn at(path: &std::path::Path) -> Self {
            let mut database = open(path, &Options::default()).unwrap();
            migrate_records(&mut database, &[TABLES]).unwrap();
            Self { database, cache: Cache::new(2) }
        }

        fn write(&mut self, favourite: bool) -> u64 {
            let change = Change::put(follow(favourite));
            self.cache.write(&self.database, vec![change]).unwrap().remove(0).rev
        }

        fn seen(&mut self) -> Vec<(u64, bool)> {
            let needs = [
                Need::record::<Follow>(follow(true).id),
                Need::all(Index::FollowsOfAccount, follow(true).account_id),
            ];
            let answers = self.cache.fetch(&self.database, &needs).unwrap();
            assert_eq!(answers[0], answers[1], "by id and by index");
            let Answer::Rows(rows) = &answers[0] else { panic!() };
            rows.iter().map(|row| (row.rev, row.read::<Follow>().unwrap().favourite)).collect()
        }
    }

    #[test]
    fn what_was_written_is_at_hand_and_what_was_rolled_back_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = Writer::at(&folder.path().join("records.db"));
        writer.write(true);
        writer.database.execute_batch("BEGIN").unwrap();
        assert_eq!((writer.write(false), writer.seen()), (2, vec![(2, false)]));
        writer.database.execute_batch("ROLLBACK").unwrap();
        writer.cache.clear();
        assert_eq!(writer.seen(), [(1, true)]);
        assert_eq!(writer.write(true), 2);
    }

    #[test]
    fn what_another_connection_wrote_is_seen_by_the_next_transaction() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records.db");
        let (mut one, mut other) = (Writer::at(&path), Writer::at(&path));
        one.cache.begin(&one.database).unwrap();
        assert_eq!((one.write(true), one.seen()), (1, vec![(1, true)]));
        assert_eq!(other.write(false), 2);
        one.cache.begin(&one.database).unwrap();
        assert_eq!(one.seen(), [(2, false)]);
        assert_eq!(one.write(true), 3);
    }

    #[test]
    fn a_removed_record_is_known_as_gone() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = Writer::at(&folder.path().join("records.db"));
        writer.write(true);
        let gone = Change::Remove { kind: Kind::Follow, id: follow(true).id.0 };
        writer.cache.write(&writer.database, vec![gone]).unwrap();
        assert!(writer.seen().is_empty());
        assert_eq!(writer.write(true), 3);
    }
}
