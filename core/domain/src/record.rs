//! What a record is: a kind, an id, a body, and what follows from the body.
//!
//! Storage knows nothing else about records. Who may read one, on which devices it lies, what it is found by, which
//! time it occupies and when it wants to be looked at again are all answers of [`Stored`], given from the body alone.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

pub use crate::registry::{InRecord, Kind};
use crate::{
    access::Scope,
    registry::{Command, Record},
    time::Span,
};

/// A type of record. Implemented once per kind, listed once in the registry.
pub trait Stored: Serialize + DeserializeOwned + Clone + InRecord + Send + 'static {
    const KIND: Kind;

    fn id(&self) -> Uuid;

    /// Who may read it.
    fn scopes(&self) -> Vec<Scope>;

    /// Where it is synced to: a subset of the scopes.
    fn buckets(&self) -> Vec<Scope> {
        self.scopes().into_iter().filter(Scope::is_bucket).collect()
    }

    /// Keys that no other record of the installation may have.
    fn unique_keys(&self) -> Vec<String> {
        Vec::new()
    }

    /// What it is found by.
    fn index_keys(&self) -> Vec<IndexKey> {
        Vec::new()
    }

    /// The time it occupies.
    fn busy(&self) -> Vec<Busy> {
        Vec::new()
    }

    /// When the server should act on it if nothing else happens, and how. Replaced at each write, gone with the record.
    fn due(&self) -> Option<Due> {
        None
    }

    /// What must be computed anew because this record changed. Several changes before it runs cause one run.
    fn stirs(&self) -> Vec<Due> {
        Vec::new()
    }
}

/// One entry in an index: records with the same `index` and `owner`, ordered by `sort`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IndexKey {
    pub index: Index,
    pub owner: Uuid,
    /// Sorts as text; instants are written by [`sort_key`].
    pub sort: String,
}

impl IndexKey {
    pub fn new(index: Index, owner: impl Into<Uuid>, sort: impl Into<String>) -> Self {
        Self { index, owner: owner.into(), sort: sort.into() }
    }
}

/// An instant as text that sorts by time.
pub fn sort_key(instant: Timestamp) -> String {
    format!("{:016}", instant.as_millisecond().max(0))
}

/// The indexes the rules and screens ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Index {
    /// Links by account.
    AccountLinks,
    /// Links by patient.
    PatientLinks,
    /// Staff and doctors' accounts by clinic; the installation's by nil.
    StaffByRole,
    RolesOfDoctor,
    RolesOfClinic,
    /// Leave by doctor, sorted by its end.
    LeaveOfDoctor,
    /// Appointments by doctor, sorted by start.
    DoctorTime,
    /// Appointments that wait for the doctor's answer, sorted by start.
    AskedOfDoctor,
    /// Appointments by patient, sorted by start.
    PatientTime,
    /// Appointments of a series.
    Series,
    /// Waiting entries by doctor, sorted by joining.
    WaitlistOfDoctor,
    WaitlistOfPatient,
    RequestsOfPatient,
    RequestsOfDoctor,
    /// Requests without a time that are open, sorted by opening.
    OpenRequestsOfDoctor,
    ReviewsOfDoctor,
    NoticesOfAccount,
    FollowsOfAccount,
    SummariesOfPatient,
    AvailabilityOfRole,
    /// Vaults by member, sorted by the end of the membership.
    VaultsOfMember,
    /// Entries of a medical history by vault, sorted by when they were made.
    HistoryOfVault,
}

impl Index {
    pub fn name(self) -> &'static str {
        match self {
            Self::AccountLinks => "account_links",
            Self::PatientLinks => "patient_links",
            Self::StaffByRole => "staff_by_role",
            Self::RolesOfDoctor => "roles_of_doctor",
            Self::RolesOfClinic => "roles_of_clinic",
            Self::LeaveOfDoctor => "leave_of_doctor",
            Self::DoctorTime => "doctor_time",
            Self::AskedOfDoctor => "asked_of_doctor",
            Self::PatientTime => "patient_time",
            Self::Series => "series",
            Self::WaitlistOfDoctor => "waitlist_of_doctor",
            Self::WaitlistOfPatient => "waitlist_of_patient",
            Self::RequestsOfPatient => "requests_of_patient",
            Self::RequestsOfDoctor => "requests_of_doctor",
            Self::OpenRequestsOfDoctor => "open_requests_of_doctor",
            Self::ReviewsOfDoctor => "reviews_of_doctor",
            Self::NoticesOfAccount => "notices_of_account",
            Self::FollowsOfAccount => "follows_of_account",
            Self::SummariesOfPatient => "summaries_of_patient",
            Self::AvailabilityOfRole => "availability_of_role",
            Self::VaultsOfMember => "vaults_of_member",
            Self::HistoryOfVault => "history_of_vault",
        }
    }
}

/// Time that a record occupies. Two records may share `resource` and time only within one `session`, on other `seat`s.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Busy {
    /// The doctor or the patient.
    pub resource: Uuid,
    /// The visit, or the group slot whose seats it shares.
    pub session: Uuid,
    pub seat: u16,
    /// With the visit's own buffers.
    pub span: Span,
}

/// A command the server is to run as [`crate::Actor::System`].
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    /// Two dues of one key are one.
    pub key: String,
    pub at: Timestamp,
    pub command: Command,
}

/// A record as storage holds it. Cheap to clone; its clones share what was read from the body.
#[derive(Clone, Debug)]
pub struct Row {
    pub kind: Kind,
    pub id: Uuid,
    /// Counts the writes of this record within an incarnation of the store.
    pub rev: u64,
    /// The JSON text that the rules produced.
    pub body: Arc<str>,
    record: Arc<OnceLock<Option<Record>>>,
}

impl Row {
    pub fn new(kind: Kind, id: Uuid, rev: u64, body: impl Into<Arc<str>>) -> Self {
        Self { kind, id, rev, body: body.into(), record: Arc::default() }
    }

    /// A record that need not be read from its body again.
    pub fn of(record: Record, rev: u64) -> Self {
        let (kind, id, body) = (record.kind(), record.id(), record.body().into());
        Self { kind, id, rev, body, record: Arc::new(OnceLock::from(Some(record))) }
    }

    /// The record; `None` where a newer server wrote a form this build cannot read.
    pub fn record(&self) -> Option<&Record> {
        self.record.get_or_init(|| Record::read(self.kind, &self.body).ok()).as_ref()
    }

    /// The typed record; `None` as well where it is of another kind.
    pub fn read<T: Stored>(&self) -> Option<T> {
        self.record().and_then(T::in_record).cloned()
    }
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        (self.kind, self.id, self.rev, &self.body) == (other.kind, other.id, other.rev, &other.body)
    }
}

/// What a rule wants done to the records.
// A handful live for the time of one decision; boxing would only hide the record.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Put(Record),
    Remove { kind: Kind, id: Uuid },
}

impl Change {
    pub fn put(record: impl Into<Record>) -> Self {
        Self::Put(record.into())
    }
}

/// Where a list goes on; opaque to callers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Cursor(pub String);

impl Change {
    /// Which record it is about.
    pub fn key(&self) -> (Kind, Uuid) {
        match self {
            Self::Put(record) => (record.kind(), record.id()),
            Self::Remove { kind, id } => (*kind, *id),
        }
    }
}
