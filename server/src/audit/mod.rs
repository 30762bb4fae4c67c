//! The audit: a line for everything that somebody did or tried, written in the transaction of the deed. Ids only, no
//! personal data: what somebody typed is never in it.
//!
//! [`seal`] makes lines that were written hard to change, [`verify`] finds out, [`witness`] keeps what it is compared with.

pub mod seal;
pub mod verify;
pub mod witness;

use std::collections::BTreeSet;

use jiff::Timestamp;
use mediconnect_domain::{Kind, Record, access::Scope};
use uuid::Uuid;

use crate::{
    storage::{StoreError, Tx, Value},
    values,
};

/// What is written where it was done.
pub const ACCEPTED: &str = "accepted";
/// What the lines of looking at something begin with; see [`crate::http::watch`].
pub const READ: &str = "read.";
/// What the lines of being turned away from a route begin with.
pub const GATE: &str = "gate.";

/// One line.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    pub at: Timestamp,
    /// The account; `None` is the server itself, or somebody unknown.
    pub actor: Option<Uuid>,
    pub command: &'a str,
    pub command_id: Uuid,
    /// The record it was about, and its kind where that is known.
    pub subject: Option<(Option<Kind>, Uuid)>,
    /// [`ACCEPTED`], or the code of why not.
    pub outcome: &'a str,
    /// Who may see the line beside super admins.
    pub scopes: BTreeSet<Scope>,
}

/// What a command was about, of what it wrote: rules put what makes room and what comes along first, and what it is about last.
/// Who is told of it comes after all.
pub fn subject_of(written: impl DoubleEndedIterator<Item = (Kind, Uuid)>) -> Option<(Option<Kind>, Uuid)> {
    written.rev().find(|(kind, _)| *kind != Kind::Notice).map(|(kind, id)| (Some(kind), id))
}

impl Line<'_> {
    /// The statement that writes it.
    pub fn statement(&self) -> (&'static str, Vec<Value>) {
        let sql = "INSERT INTO audit (at, actor, command, command_id, subject_kind, subject, outcome, scopes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let (kind, id) =
            (self.subject.and_then(|(kind, _)| kind).map(Kind::name), self.subject.map(|(_, id)| id));
        let scopes = self.scopes.iter().fold(String::from(" "), |text, scope| format!("{text}{scope} "));
        let values =
            values![self.at, self.actor, self.command, self.command_id, kind, id, self.outcome, scopes];
        (sql, values.into())
    }

    pub async fn write(&self, tx: &mut dyn Tx) -> Result<(), StoreError> {
        let (sql, values) = self.statement();
        tx.execute(sql, &values).await.map(drop)
    }
}

/// The clinics and the support that may see lines about these records.
pub fn scopes_of<'r>(records: impl IntoIterator<Item = &'r Record>) -> BTreeSet<Scope> {
    let scopes = records.into_iter().flat_map(Record::scopes);
    scopes.filter(|scope| matches!(scope, Scope::Clinic(_) | Scope::Support)).collect()
}
