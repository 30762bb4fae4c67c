//! What a rule may ask before it decides.
//!
//! A rule asks [`Facts`]; what is not there yet stops the rule with [`Halt::Missing`], the executor fetches everything
//! missing in one batch and runs the rule again. So one pure function serves the device's store, SQLite and PostgreSQL.
//! A server knows everything and answers rows or none; a device may answer [`Answer::NotHeld`].

use std::{cell::RefCell, collections::HashMap};

use uuid::Uuid;

use crate::{
    Context, Kind, Refusal, Row, Stored,
    decide::Halt,
    record::{Index, IndexKey},
    time::Span,
};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Need {
    Record {
        kind: Kind,
        id: Uuid,
    },
    /// The record that has this unique key.
    Unique(String),
    /// Records of one index and owner with `from <= sort < to`.
    Range {
        index: Index,
        owner: Uuid,
        from: String,
        to: String,
    },
    /// Records that occupy time of `resource` within `span`.
    Overlap {
        resource: Uuid,
        span: Span,
    },
}

impl Need {
    pub fn record<T: Stored>(id: impl Into<Uuid>) -> Self {
        Self::Record { kind: T::KIND, id: id.into() }
    }

    pub fn all(index: Index, owner: impl Into<Uuid>) -> Self {
        Self::Range { index, owner: owner.into(), from: String::new(), to: "~".into() }
    }

    pub fn range(index: Index, owner: impl Into<Uuid>, from: String, to: String) -> Self {
        Self::Range { index, owner: owner.into(), from, to }
    }

    pub fn overlap(resource: impl Into<Uuid>, span: Span) -> Self {
        Self::Overlap { resource: resource.into(), span }
    }

    /// Whether a record with this index entry belongs to the answer.
    pub fn covers(&self, key: &IndexKey) -> bool {
        matches!(self, Self::Range { index, owner, from, to }
            if *index == key.index && *owner == key.owner && *from <= key.sort && key.sort < *to)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// All there is; empty where there is none.
    Rows(Vec<Row>),
    /// This device does not hold what would answer it.
    NotHeld,
}

/// The answers so far, and what was asked in vain.
#[derive(Debug, Default)]
pub struct Facts {
    known: HashMap<Need, Answer>,
    missing: RefCell<Vec<Need>>,
}

impl Answer {
    /// The rows; a device may not hold them.
    fn rows(&self) -> Result<&[Row], Halt> {
        match self {
            Self::Rows(rows) => Ok(rows),
            Self::NotHeld => Err(Halt::NotHeld),
        }
    }
}

impl Facts {
    pub fn learn(&mut self, need: Need, answer: Answer) {
        self.known.insert(need, answer);
    }

    /// What the last run asked in vain.
    pub fn take_missing(&self) -> Vec<Need> {
        std::mem::take(&mut self.missing.borrow_mut())
    }

    fn ask(&self, need: Need) -> Result<&Answer, Halt> {
        match self.known.get(&need) {
            Some(answer) => Ok(answer),
            None => {
                self.missing.borrow_mut().push(need);
                Err(Halt::Missing)
            }
        }
    }

    /// Asks for all of these at once, so that they come in one batch.
    pub fn want(&self, needs: impl IntoIterator<Item = Need>) -> Result<(), Halt> {
        let mut missing = self.missing.borrow_mut();
        let before = missing.len();
        missing.extend(needs.into_iter().filter(|need| !self.known.contains_key(need)));
        if missing.len() == before { Ok(()) } else { Err(Halt::Missing) }
    }

    /// The record, or `None` where there is none.
    pub fn find<T: Stored>(&self, id: impl Into<Uuid>) -> Result<Option<T>, Halt> {
        Ok(self.ask(Need::record::<T>(id))?.rows()?.first().and_then(Row::read))
    }

    /// The record; without it the command is refused as not found.
    pub fn get<T: Stored>(&self, id: impl Into<Uuid>) -> Result<T, Halt> {
        self.find(id)?.ok_or(Halt::Refused(Refusal::NotFound { kind: T::KIND }))
    }

    /// Whether there is a record with this id already. A device that does not hold it says no.
    pub fn is_taken<T: Stored>(&self, cx: &Context, id: impl Into<Uuid>) -> Result<bool, Halt> {
        match self.find::<T>(id) {
            Err(Halt::NotHeld) => Ok(cx.skips(None::<T>)?.is_some()),
            found => Ok(found?.is_some()),
        }
    }

    pub fn unique(&self, key: impl Into<String>) -> Result<Option<Row>, Halt> {
        Ok(self.ask(Need::Unique(key.into()))?.rows()?.first().cloned())
    }

    /// The typed records of an answer. Records of another kind in the same index are left out.
    pub fn list<T: Stored>(&self, need: Need) -> Result<Vec<T>, Halt> {
        Ok(self.view(need)?.cloned().collect())
    }

    /// The same, to look at.
    pub fn view<T: Stored>(&self, need: Need) -> Result<impl Iterator<Item = &T>, Halt> {
        Ok(self.ask(need)?.rows()?.iter().filter_map(|row| T::in_record(row.record()?)))
    }

    /// The same where a device may not hold it: `None` is 'cannot know here', which only the list of
    /// optimistic skips (see [`crate::decide::Context::skips`]) may turn into a decision.
    pub fn list_if_held<T: Stored>(&self, need: Need) -> Result<Option<Vec<T>>, Halt> {
        match self.list(need) {
            Err(Halt::NotHeld) => Ok(None),
            other => other.map(Some),
        }
    }
}
