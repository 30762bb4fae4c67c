//! Lists over many records, filtered, sorted and paged by the database, and cut to what the asker may read.
//!
//! What can be filtered and sorted by is a [`Column`], so no text of a request becomes SQL. A page continues after a row
//! (sort value and id), not at an offset: rows that come and go meanwhile move nothing.

use std::collections::BTreeSet;

use jiff::Timestamp;
use mediconnect_domain::{Kind, Row, access::Scope};
use uuid::Uuid;

use crate::{
    audit,
    storage::{Dialect, Fields, StoreError, Tx, Value},
};

/// What a list can be filtered and sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Of visits and waiting entries.
    State,
    Start,
    DoctorId,
    PatientId,
    DoctorName,
    ClinicName,
    /// The name in the patient's file, from a record that has `patient_id`.
    PatientName,
    /// Of requests: the doctor it was given to.
    Assigned,
    Urgency,
    OpenedAt,
    /// Of doctors and accounts.
    Name,
    Email,
    Standing,
    RegisteredAt,
    SubmittedAt,
    CreatedAt,
    /// Of patients and accounts.
    Status,
    RoleName,
    /// Of patients.
    ProfileName,
    ProfilePhone,
    ProfileEmail,
    BirthDate,
}

impl Column {
    fn path(self) -> &'static str {
        match self {
            Self::State => "r.body ->> 'state'",
            Self::Start => "r.body ->> 'start'",
            Self::DoctorId => "r.body ->> 'doctor_id'",
            Self::PatientId => "r.body ->> 'patient_id'",
            Self::DoctorName => "r.body -> 'names' ->> 'doctor'",
            Self::ClinicName => "r.body -> 'names' ->> 'clinic'",
            Self::PatientName => "p.body -> 'profile' ->> 'name'",
            Self::Assigned => "r.body ->> 'assigned'",
            Self::Urgency => "r.body -> 'wish' ->> 'urgency'",
            Self::OpenedAt => "r.body ->> 'opened_at'",
            Self::Name => "r.body ->> 'name'",
            Self::Email => "r.body ->> 'email'",
            Self::Standing => "r.body ->> 'standing'",
            Self::RegisteredAt => "r.body ->> 'registered_at'",
            Self::SubmittedAt => "r.body ->> 'submitted_at'",
            Self::CreatedAt => "r.body ->> 'created_at'",
            Self::Status => "r.body ->> 'status'",
            Self::RoleName => "r.body -> 'role' ->> 'name'",
            Self::ProfileName => "r.body -> 'profile' ->> 'name'",
            Self::ProfilePhone => "r.body -> 'profile' ->> 'phone'",
            Self::ProfileEmail => "r.body -> 'profile' ->> 'email'",
            Self::BirthDate => "r.body -> 'profile' ->> 'birth_date'",
        }
    }

    /// As text that is never null and sorts the same on both databases, without regard to case.
    fn sql(self, dialect: Dialect) -> String {
        let text = match self {
            Self::PatientName => {
                let id = dialect.id("r.body ->> 'patient_id'");
                format!("(SELECT {} FROM record p WHERE p.kind = 'patient' AND p.id = {id})", self.path())
            }
            _ => format!("({})", self.path()),
        };
        let collation = match dialect {
            Dialect::Sqlite => "",
            Dialect::Postgres => " COLLATE \"C\"",
        };
        format!("lower(coalesce({text}, '')){collation}")
    }
}

impl Dialect {
    /// An id that is written as text, as the id of a row.
    fn id(self, text: &str) -> String {
        match self {
            Self::Sqlite => format!("unhex(replace({text}, '-', ''))"),
            Self::Postgres => format!("({text})::uuid"),
        }
    }
}

/// A list of records of one kind.
#[derive(Clone, Debug)]
pub struct Listing {
    pub kind: Kind,
    /// What the asker may read: a record must have one of these scopes.
    pub readable: BTreeSet<Scope>,
    /// A record must have all of these as well: for filters by clinic.
    pub within: Vec<Scope>,
    pub filters: Vec<Filter>,
    pub sort: Column,
    pub descending: bool,
    /// From an earlier page.
    pub cursor: Option<String>,
    pub limit: usize,
}

#[derive(Clone, Debug)]
pub enum Filter {
    Is(Column, String),
    OneOf(Column, Vec<String>),
    AtLeast(Column, String),
    Below(Column, String),
    /// Part of one of these, in any case.
    Text(Vec<Column>, String),
}

impl Filter {
    pub fn is(column: Column, value: impl ToString) -> Self {
        Self::Is(column, value.to_string())
    }
}

impl Listing {
    /// All records of a kind that the asker may read, sorted.
    pub fn new(kind: Kind, readable: BTreeSet<Scope>, sort: Column) -> Self {
        Self {
            kind,
            readable,
            within: Vec::new(),
            filters: Vec::new(),
            sort,
            descending: false,
            cursor: None,
            limit: 50,
        }
    }
}

/// A page of rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    pub rows: Vec<Row>,
    pub next_cursor: Option<String>,
}

/// Why a list was not read.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ListError {
    #[error("the cursor is not from this list")]
    Cursor,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The question for a page and one row more. Columns: kind, id, rev, body, the value sorted by.
fn page(listing: &Listing, dialect: Dialect) -> Result<Query, ListError> {
    let sort = listing.sort.sql(dialect);
    let mut query = Query::of(listing, dialect);
    if let Some(cursor) = &listing.cursor {
        let (value, id) = read_cursor(cursor).ok_or(ListError::Cursor)?;
        let order = if listing.descending { "<" } else { ">" };
        let (value, id) = (query.place(value), query.place(id));
        // The pair alone would find the place in no index.
        query
            .sql
            .push_str(&format!(" AND {sort} {order}= {value} AND ({sort}, r.id) {order} ({value}, {id})"));
    }
    let direction = if listing.descending { "DESC" } else { "ASC" };
    let limit = query.place(listing.limit as u64 + 1);
    query.sql = format!(
        "SELECT r.kind, r.id, r.rev, r.body, {sort} FROM {} WHERE {} ORDER BY 5 {direction}, r.id {direction} LIMIT {limit}",
        query.from, query.sql
    );
    Ok(query)
}

/// A page of a list.
pub async fn list(tx: &mut dyn Tx, listing: &Listing) -> Result<Rows, ListError> {
    let query = page(listing, tx.dialect())?;
    let found = tx.query(&query.sql, &query.values).await?;
    let page = &found[..found.len().min(listing.limit)];
    let last = page.last().filter(|_| found.len() > listing.limit);
    let next_cursor =
        last.map(|last| Ok::<_, StoreError>(cursor(last.text(4)?, last.uuid(1)?))).transpose()?;
    let row = |fields: &Fields| -> Result<Row, StoreError> {
        Ok(Row::new(listing.kind, fields.uuid(1)?, fields.count(2)?, fields.text(3)?))
    };
    Ok(Rows { rows: page.iter().map(row).collect::<Result<_, _>>()?, next_cursor })
}

/// How many records a list has in all.
pub async fn count(tx: &mut dyn Tx, listing: &Listing) -> Result<u64, StoreError> {
    let query = Query::of(listing, tx.dialect());
    let sql = format!("SELECT count(*) FROM {} WHERE {}", query.from, query.sql);
    let found = tx.one(&sql, &query.values).await?;
    found.map_or(Ok(0), |fields| fields.count(0))
}

/// How many records of a list have each value of `columns`, the values in lower case.
pub async fn count_by(
    tx: &mut dyn Tx,
    listing: &Listing,
    columns: &[Column],
) -> Result<Vec<(Vec<String>, u64)>, StoreError> {
    let query = Query::of(listing, tx.dialect());
    let shown: Vec<String> = columns.iter().map(|column| column.sql(tx.dialect())).collect();
    let places: Vec<String> = (1..=columns.len()).map(|at| at.to_string()).collect();
    let sql = format!(
        "SELECT {}, count(*) FROM {} WHERE {} GROUP BY {}",
        shown.join(", "),
        query.from,
        query.sql,
        places.join(", ")
    );
    let group = |fields: &Fields| {
        let values = (0..columns.len()).map(|at| fields.text(at).map(str::to_owned));
        Ok((values.collect::<Result<_, StoreError>>()?, fields.count(columns.len())?))
    };
    tx.query(&sql, &query.values).await?.iter().map(group).collect()
}

/// A condition that grows, with its values.
struct Query {
    from: String,
    sql: String,
    values: Vec<Value>,
}

impl Query {
    fn of(listing: &Listing, dialect: Dialect) -> Self {
        // The kind is written out: the indexes of lists are each over one kind, which a parameter would hide.
        let sql = format!("r.body IS NOT NULL AND r.kind = '{}'", listing.kind.name());
        let mut query = Self { from: "record r".into(), sql, values: Vec::new() };
        query.in_scopes(&listing.readable);
        let has_few = |scope: &&Scope| matches!(scope, Scope::Patient(_) | Scope::Practice(_));
        if let Some(scope) = listing.within.iter().find(has_few) {
            query.begin_with(listing.kind, scope);
        }
        for scope in &listing.within {
            query.in_scopes(&BTreeSet::from([*scope]));
        }
        listing.filters.iter().for_each(|filter| query.filter(filter, dialect));
        query
    }

    /// Adds a value; where it stands.
    fn place(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    fn in_scopes(&mut self, scopes: &BTreeSet<Scope>) {
        if scopes.is_empty() {
            // Who may read nothing finds nothing.
            return self.sql.push_str(" AND 1 = 0");
        }
        let places: Vec<String> = scopes.iter().map(|scope| self.place(scope.to_string())).collect();
        let places = places.join(", ");
        self.sql.push_str(&format!(
            " AND EXISTS (SELECT 1 FROM scope s WHERE s.kind = r.kind AND s.id = r.id AND s.scope IN ({places}))"
        ));
    }

    /// Looks up the few records of a scope instead of reading on in the list's order until enough of them were met. The
    /// order of a CROSS JOIN is kept.
    fn begin_with(&mut self, kind: Kind, scope: &Scope) {
        let (kind, place) = (kind.name(), self.place(scope.to_string()));
        self.from = "scope few CROSS JOIN record r".into();
        self.sql.push_str(&format!(" AND few.scope = {place} AND few.kind = '{kind}' AND r.id = few.id"));
    }

    fn filter(&mut self, filter: &Filter, dialect: Dialect) {
        let condition = match filter {
            Filter::Is(column, value) => self.compare(*column, "=", value, dialect),
            Filter::AtLeast(column, value) => self.compare(*column, ">=", value, dialect),
            Filter::Below(column, value) => self.compare(*column, "<", value, dialect),
            Filter::OneOf(column, values) if values.is_empty() => format!("{} IS NULL", column.sql(dialect)),
            Filter::OneOf(column, values) => {
                let places: Vec<String> =
                    values.iter().map(|value| self.place(value.to_lowercase())).collect();
                format!("{} IN ({})", column.sql(dialect), places.join(", "))
            }
            Filter::Text(columns, text) => {
                let place = self.place(like(text));
                let like = |column: &Column| format!("{} LIKE {place} ESCAPE '\\'", column.sql(dialect));
                format!("({})", columns.iter().map(like).collect::<Vec<_>>().join(" OR "))
            }
        };
        self.sql.push_str(&format!(" AND {condition}"));
    }

    fn compare(&mut self, column: Column, operator: &str, value: &str, dialect: Dialect) -> String {
        let place = self.place(value.to_lowercase());
        format!("{} {operator} {place}", column.sql(dialect))
    }
}

/// A pattern that finds `text` anywhere.
fn like(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.to_lowercase().chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern + "%"
}

fn cursor(value: &str, id: Uuid) -> String {
    let value: String = value.bytes().map(|byte| format!("{byte:02x}")).collect();
    format!("{}{value}", id.simple())
}

fn read_cursor(cursor: &str) -> Option<(String, Uuid)> {
    let (id, value) = cursor.split_at_checked(32)?;
    let bytes: Option<Vec<u8>> = (0..value.len())
        .step_by(2)
        .map(|at| value.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect();
    let value = String::from_utf8(bytes?).ok().filter(|value| !value.contains('\0'))?;
    Some((value, Uuid::try_parse(id).ok()?))
}

/// One line of the audit.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditLine {
    pub seq: u64,
    pub at: Timestamp,
    /// `None` is the server itself.
    pub actor: Option<Uuid>,
    pub command: String,
    pub outcome: String,
    /// The record it was about, and its kind where that is known.
    pub subject: Option<(Option<Kind>, Uuid)>,
}

/// Which lines of the audit.
#[derive(Clone, Debug, Default)]
pub struct AuditAsk {
    pub actor: Option<Uuid>,
    pub subject: Option<Uuid>,
    /// Only what took effect, or only what did not.
    pub accepted: Option<bool>,
    /// A command's name, or what stands before its dot.
    pub command: Option<String>,
    pub from: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// Commands that are left out.
    pub without: &'static [&'static str],
    /// With what was only read, and who was turned away from a page.
    pub with_reads: bool,
    /// Lines older than this one.
    pub before: Option<u64>,
    pub limit: usize,
}

/// Lines of the audit that these scopes may see, newest first.
pub async fn audit_lines(
    tx: &mut dyn Tx,
    scopes: &BTreeSet<Scope>,
    asked: &AuditAsk,
) -> Result<Vec<AuditLine>, StoreError> {
    let mut query = Query { from: "audit".into(), sql: "1 = 1".into(), values: Vec::new() };
    if !scopes.contains(&Scope::Installation) {
        let own = scopes.iter().filter(|scope| matches!(scope, Scope::Clinic(_) | Scope::Support));
        let conditions: Vec<String> =
            own.map(|scope| format!("scopes LIKE {}", query.place(format!("% {scope} %")))).collect();
        match conditions.is_empty() {
            true => return Ok(Vec::new()),
            false => query.sql = format!("({})", conditions.join(" OR ")),
        }
    }
    let also = |query: &mut Query, column: &str, value: Option<Value>| {
        if let Some(value) = value {
            let place = query.place(value);
            query.sql.push_str(&format!(" AND {column} {place}"));
        }
    };
    also(&mut query, "actor =", asked.actor.map(Value::from));
    also(&mut query, "subject =", asked.subject.map(Value::from));
    also(&mut query, "at >=", asked.from.map(Value::from));
    also(&mut query, "at <", asked.until.map(Value::from));
    also(&mut query, "seq <", asked.before.map(Value::from));
    let outcome = asked.accepted.map(|accepted| if accepted { "outcome =" } else { "outcome <>" });
    also(&mut query, outcome.unwrap_or_default(), outcome.map(|_| audit::ACCEPTED.into()));
    if let Some(command) = &asked.command {
        let (whole, begin) = (query.place(command.as_str()), query.place(format!("{command}.%")));
        query.sql.push_str(&format!(" AND (command = {whole} OR command LIKE {begin})"));
    }
    let without: Vec<String> = asked.without.iter().map(|command| query.place(*command)).collect();
    if !without.is_empty() {
        query.sql.push_str(&format!(" AND command NOT IN ({})", without.join(", ")));
    }
    for looks in [audit::READ, audit::GATE].into_iter().filter(|_| !asked.with_reads) {
        let looks = query.place(format!("{looks}%"));
        query.sql.push_str(&format!(" AND command NOT LIKE {looks}"));
    }
    let limit = query.place(asked.limit as u64);
    let sql = format!(
        "SELECT seq, at, actor, command, outcome, subject_kind, subject FROM audit WHERE {} ORDER BY seq DESC LIMIT {limit}",
        query.sql
    );
    tx.query(&sql, &query.values).await?.iter().map(audit_line).collect()
}

fn audit_line(fields: &Fields) -> Result<AuditLine, StoreError> {
    let subject = fields.maybe(6, Fields::uuid)?;
    let kind = fields.maybe(5, Fields::text)?.and_then(Kind::from_name);
    Ok(AuditLine {
        seq: fields.count(0)?,
        at: fields.time(1)?,
        actor: fields.maybe(2, Fields::uuid)?,
        command: fields.text(3)?.to_owned(),
        outcome: fields.text(4)?.to_owned(),
        subject: subject.map(|id| (kind, id)),
    })
}

/// What the figures count of a visit.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitFigure {
    pub start: Timestamp,
    pub state: String,
    pub late: bool,
    pub doctor: Uuid,
}

/// All visits that start in `from..until`, as far as these scopes may see them, of one clinic if it is named.
pub async fn visit_figures(
    tx: &mut dyn Tx,
    scopes: &BTreeSet<Scope>,
    clinic: Option<Scope>,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<VisitFigure>, StoreError> {
    let mut listing = Listing::new(Kind::Appointment, scopes.clone(), Column::Start);
    listing.within.extend(clinic);
    listing.filters.push(Filter::AtLeast(Column::Start, from.to_string()));
    listing.filters.push(Filter::Below(Column::Start, until.to_string()));
    let query = Query::of(&listing, tx.dialect());
    let sql = format!(
        "SELECT r.body ->> 'start', r.body ->> 'state', r.body ->> 'doctor_id',
             CASE WHEN r.body -> 'cancellation' ->> 'late' IN ('true', '1') THEN 1 ELSE 0 END
         FROM {} WHERE {}",
        query.from, query.sql
    );
    let damaged = || StoreError::Corrupt("a visit".into());
    let figure = |fields: &Fields| {
        Ok(VisitFigure {
            start: fields.text(0)?.parse().map_err(|_| damaged())?,
            state: fields.text(1)?.to_owned(),
            doctor: fields.text(2)?.parse().map_err(|_| damaged())?,
            late: fields.flag(3)?,
        })
    };
    tx.query(&sql, &query.values).await?.iter().map(figure).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use mediconnect_domain::{ClinicId, PatientId};

    use super::*;
    use crate::storage::{Store, sqlite::Inline};

    fn everything(kind: Kind, sort: Column) -> Listing {
        Listing::new(kind, BTreeSet::from([Scope::Installation]), sort)
    }

    /// How SQLite goes about a page, one step a line.
    async fn plan(listing: Listing) -> String {
        let store = Store::Inline(Inline::in_memory(Uuid::nil(), Arc::new(|_| {})).unwrap());
        let read = store.read(move |tx| {
            let listing = listing.clone();
            Box::pin(async move {
                let query = page(&listing, tx.dialect()).expect("a cursor of this list");
                let steps = tx.query(&format!("EXPLAIN QUERY PLAN {}", query.sql), &query.values).await?;
                steps.iter().map(|step| step.text(3).map(str::to_owned)).collect::<Result<Vec<_>, _>>()
            })
        });
        read.await.unwrap().join("\n")
    }

    #[tokio::test]
    async fn the_lists_of_the_admins_are_read_in_the_order_of_an_index() {
        let lists = [
            (Kind::Appointment, Column::Start, "list_visit_start"),
            (Kind::Consultation, Column::OpenedAt, "list_request_opened"),
            (Kind::Patient, Column::ProfileName, "list_patient_name"),
            (Kind::Account, Column::Name, "list_account_name"),
            (Kind::Doctor, Column::Name, "list_doctor_name"),
        ];
        for (kind, sort, index) in lists {
            let after = Some(cursor("m", Uuid::nil()));
            for (descending, cursor) in [(false, None), (true, None), (false, after.clone()), (true, after)] {
                let is_second = cursor.is_some();
                let listing = Listing { descending, cursor, ..everything(kind, sort) };
                let plan = plan(listing).await;
                assert!(plan.contains(index) && !plan.contains("USE TEMP B-TREE"), "{index}: {plan}");
                let seeks = plan.contains(if descending { "<expr><?" } else { "<expr>>?" });
                assert_eq!(seeks, is_second, "{index}: {plan}");
            }
        }
    }

    #[tokio::test]
    async fn filters_use_the_indexes_and_few_rows_are_looked_up() {
        let between = vec![
            Filter::AtLeast(Column::Start, "2026-03-02".into()),
            Filter::Below(Column::Start, "2026-03-03".into()),
        ];
        let clinic = vec![Scope::Clinic(ClinicId::derive(&[b"clinic"]))];
        let visits = everything(Kind::Appointment, Column::Start);
        let day = Listing { filters: between, within: clinic, ..visits.clone() };
        let found = plan(day).await;
        assert!(found.contains("list_visit_start (kind=? AND <expr>>? AND <expr><?)"), "{found}");
        let patient = vec![Scope::Patient(PatientId::derive(&[b"ann"]))];
        let found = plan(Listing { within: patient, ..visits }).await;
        let few = "SEARCH few USING PRIMARY KEY (scope=? AND kind=?)\nSEARCH r USING INDEX sqlite_autoindex_record_1 (kind=? AND id=?)";
        assert!(found.starts_with(few), "{found}");
        for (column, index) in [
            (Column::BirthDate, "list_patient_birth"),
            (Column::ProfilePhone, "list_patient_phone"),
            (Column::ProfileEmail, "list_patient_email"),
        ] {
            let filters = vec![Filter::is(column, "1990-02-01")];
            let found = plan(Listing { filters, ..everything(Kind::Patient, column) }).await;
            assert!(found.contains(&format!("{index} (kind=? AND <expr>=?")), "{index}: {found}");
        }
    }
}
