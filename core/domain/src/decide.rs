//! How a command becomes effects.

use garde::Validate;
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{Actor, Answer, Change, Command, CommandId, Facts, Need, Refusal, notice, valid};

/// A kind of command: its arguments and its rule. Implemented once per operation, listed once in the registry.
pub trait Rule: Serialize + DeserializeOwned + Clone + Validate<Context = ()> + Into<Command> {
    /// `area.operation`, stable on the wire.
    const NAME: &'static str;

    /// Commands of one lane keep their order; one that is refused or stuck blocks its lane only.
    fn lane(&self) -> String;

    /// What must not change while this is decided: doctors, patients, accounts.
    fn guards(&self) -> Vec<Uuid>;

    /// The changes, or why not. Must ask `facts` for all it depends on and must be deterministic.
    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt>;
}

/// Who decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authority {
    /// The server: its word is final.
    Final,
    /// A device: a guess until the server has answered.
    Optimistic,
}

#[derive(Clone, Debug)]
pub struct Context {
    pub actor: Actor,
    pub now: Timestamp,
    pub authority: Authority,
    pub command: CommandId,
}

impl Context {
    /// What a phone cannot know and therefore skips; the whole list:
    /// 1. other patients' visits, the leave and the rules of a doctor when a patient books, holds or moves a visit;
    /// 2. a patient's visits with other doctors when a doctor moves a visit or offers a time;
    /// 3. whether a unique key (an e-mail address, a license number) is taken elsewhere.
    pub fn skips<T>(&self, held: Option<T>) -> Result<Option<T>, Halt> {
        match (held, self.authority) {
            (None, Authority::Final) => Err(Halt::NotHeld),
            (held, _) => Ok(held),
        }
    }

    /// An id that this command creates besides those it names; the same at each replay.
    pub fn id(&self, name: &str) -> Uuid {
        crate::id::derive(&[self.command.0.as_bytes(), name.as_bytes()])
    }
}

/// Why a rule stopped without changes.
#[derive(Clone, Debug, PartialEq)]
pub enum Halt {
    /// Facts are missing: fetch them and run again.
    Missing,
    /// This device cannot decide it; the server will.
    NotHeld,
    Refused(Refusal),
}

impl From<Refusal> for Halt {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// What a decided command does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effects {
    /// One per record, in the order decided.
    pub changes: Vec<Change>,
}

/// Decides once with the facts at hand.
pub fn step(command: &Command, facts: &Facts, cx: &Context) -> Result<Effects, Halt> {
    let mut changes = valid::checked(command)?.decide(facts, cx)?;
    if cx.authority == Authority::Final {
        changes.extend(notice::consequences(&changes, facts, cx)?);
    }
    Ok(Effects { changes: last_of_each(changes) })
}

/// Decides, fetching what is asked for in batches. `fetch` answers in the order of the needs.
pub fn run<E>(
    command: &Command,
    cx: &Context,
    mut fetch: impl FnMut(&[Need]) -> Result<Vec<Answer>, E>,
) -> Result<Result<Effects, Halt>, E> {
    let mut facts = Facts::default();
    loop {
        match step(command, &facts, cx) {
            Err(Halt::Missing) => {
                let needs = missing(&facts);
                let answers = fetch(&needs)?;
                for (need, answer) in needs.into_iter().zip(answers) {
                    facts.learn(need, answer);
                }
            }
            decided => return Ok(decided),
        }
    }
}

/// The needs of the last step, each once.
pub fn missing(facts: &Facts) -> Vec<Need> {
    let mut seen = std::collections::HashSet::new();
    facts.take_missing().into_iter().filter(|need| seen.insert(need.clone())).collect()
}

/// A rule that changes a record twice means the last form.
fn last_of_each(changes: Vec<Change>) -> Vec<Change> {
    let mut last: Vec<Change> = Vec::with_capacity(changes.len());
    for change in changes {
        let key = change.key();
        match last.iter_mut().find(|earlier| earlier.key() == key) {
            Some(earlier) => *earlier = change,
            None => last.push(change),
        }
    }
    last
}
