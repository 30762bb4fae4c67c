//! Records in memory: the smallest thing the rules can run on.
//!
//! Tests of rules, the generator of the demo clinic and the reference of the storage conformance suite use it. It answers
//! every [`Need`] like a server: all there is.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    Actor, Answer, Authority, Change, Command, CommandId, Context, Effects, Halt, Kind, Need, Record, Row,
    Stored, decide,
    record::{Busy, Due, IndexKey},
};

/// What occupies one resource, by start.
type Diary = BTreeMap<(Timestamp, Uuid), (Busy, Kind)>;

/// Records with their indexes. Rows keep the JSON text, as every storage does.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    rows: BTreeMap<(Kind, Uuid), Row>,
    unique: HashMap<String, (Kind, Uuid)>,
    index: BTreeSet<(IndexKey, Kind, Uuid)>,
    busy: HashMap<Uuid, Diary>,
    /// What the records want done later, by key, and the keys by time.
    due: HashMap<String, Due>,
    due_at: BTreeSet<(Timestamp, String)>,
}

impl Memory {
    /// Runs a command as the server would and applies what it does.
    pub fn run(
        &mut self,
        command: impl Into<Command>,
        actor: Actor,
        now: Timestamp,
        id: CommandId,
    ) -> Result<Effects, Halt> {
        let context = Context { actor, now, authority: Authority::Final, command: id };
        let fetch = |needs: &[Need]| {
            Ok::<_, std::convert::Infallible>(needs.iter().map(|n| self.answer(n)).collect())
        };
        let Ok(decided) = decide::run(&command.into(), &context, fetch);
        let effects = decided?;
        for change in &effects.changes {
            self.apply(change);
        }
        Ok(effects)
    }

    pub fn answer(&self, need: &Need) -> Answer {
        let row = |kind: &Kind, id: &Uuid| self.rows.get(&(*kind, *id)).cloned();
        Answer::Rows(match need {
            Need::Record { kind, id } => row(kind, id).into_iter().collect(),
            Need::Unique(key) => {
                self.unique.get(key).and_then(|(kind, id)| row(kind, id)).into_iter().collect()
            }
            Need::Range { index, owner, from, .. } => {
                let start = IndexKey { index: *index, owner: *owner, sort: from.clone() };
                let entries = self.index.range((start, Kind::ALL[0], Uuid::nil())..);
                let within = entries.take_while(|(key, ..)| need.covers(key));
                within.filter_map(|(_, kind, id)| row(kind, id)).collect()
            }
            Need::Overlap { resource, span } => {
                let busy = self.busy.get(resource).into_iter().flatten();
                let overlapping = busy.filter(|(_, (busy, _))| busy.span.overlaps(span));
                overlapping.filter_map(|((_, id), (_, kind))| row(kind, id)).collect()
            }
        })
    }

    pub fn apply(&mut self, change: &Change) {
        let (kind, id) = change.key();
        let rev = self.forget(kind, id) + 1;
        let Change::Put(record) = change else { return };
        self.rows.insert((kind, id), Row::of(record.clone(), rev));
        self.unique.extend(record.unique_keys().into_iter().map(|key| (key, (kind, id))));
        self.index.extend(record.index_keys().into_iter().map(|key| (key, kind, id)));
        for busy in record.busy() {
            self.busy.entry(busy.resource).or_default().insert((busy.span.start, id), (busy, kind));
        }
        for due in record.due().into_iter().chain(record.stirs()) {
            self.cancel_due(&due.key);
            self.due_at.insert((due.at, due.key.clone()));
            self.due.insert(due.key.clone(), due);
        }
    }

    /// Takes a record out of all indexes; its last rev, or 0.
    fn forget(&mut self, kind: Kind, id: Uuid) -> u64 {
        let Some(row) = self.rows.remove(&(kind, id)) else { return 0 };
        let record = Record::read(kind, &row.body).expect("written by this build");
        for key in record.unique_keys() {
            self.unique.remove(&key);
        }
        for key in record.index_keys() {
            self.index.remove(&(key, kind, id));
        }
        for busy in record.busy() {
            self.busy.entry(busy.resource).or_default().remove(&(busy.span.start, id));
        }
        if let Some(due) = record.due() {
            self.cancel_due(&due.key);
        }
        row.rev
    }

    pub fn get<T: Stored>(&self, id: impl Into<Uuid>) -> Option<T> {
        self.rows.get(&(T::KIND, id.into())).and_then(Row::read)
    }

    pub fn all<T: Stored>(&self) -> Vec<T> {
        self.rows.values().filter(|row| row.kind == T::KIND).filter_map(Row::read).collect()
    }

    pub fn records(&self) -> impl Iterator<Item = Record> {
        self.rows.values().filter_map(|row| Record::read(row.kind, &row.body).ok())
    }

    /// Takes the earliest thing that is due by `now`.
    pub fn take_due(&mut self, now: Timestamp) -> Option<Due> {
        let (_, key) = self.due_at.first().filter(|(at, _)| *at <= now)?.clone();
        self.cancel_due(&key)
    }

    /// All that is to be done later.
    pub fn all_due(&self) -> impl Iterator<Item = &Due> {
        self.due_at.iter().filter_map(|(_, key)| self.due.get(key))
    }

    fn cancel_due(&mut self, key: &str) -> Option<Due> {
        let due = self.due.remove(key)?;
        self.due_at.remove(&(due.at, due.key.clone()));
        Some(due)
    }
}
