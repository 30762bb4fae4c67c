//! Every kind of record and every command, a line each.
//!
//! Nothing else in the product lists them: storage, sync, the outbox, the API and the access checks work through the
//! enums made here.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::Error};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Change, Context, Facts, Halt, Rule, Stored,
    access::Scope,
    record::{Busy, Due, IndexKey},
};

/// A type that a [`Record`] may hold.
pub trait InRecord: Into<Record> {
    fn in_record(record: &Record) -> Option<&Self>;
}

macro_rules! records {
    ($($area:ident :: $name:ident),* $(,)?) => {
        /// The kinds of record, named on the wire in snake case.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind { $($name),* }

        impl Kind {
            pub const ALL: &[Kind] = &[$(Kind::$name),*];
        }

        /// A record of any kind.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Record { $($name(crate::$area::$name)),* }

        $(impl From<crate::$area::$name> for Record {
            fn from(record: crate::$area::$name) -> Self {
                Record::$name(record)
            }
        }

        impl InRecord for crate::$area::$name {
            fn in_record(record: &Record) -> Option<&Self> {
                match record {
                    Record::$name(record) => Some(record),
                    _ => None,
                }
            }
        })*

        impl Record {
            pub fn kind(&self) -> Kind {
                match self { $(Record::$name(_) => Kind::$name),* }
            }
            pub fn id(&self) -> Uuid {
                match self { $(Record::$name(record) => record.id()),* }
            }
            /// The JSON text that is stored and sent.
            pub fn body(&self) -> String {
                let body = match self { $(Record::$name(record) => serde_json::to_string(record)),* };
                body.expect("records are made of values that JSON can say")
            }
            /// The record in a body; an error where this build cannot read its form.
            pub fn read(kind: Kind, body: &str) -> Result<Self, serde_json::Error> {
                match kind { $(Kind::$name => serde_json::from_str(body).map(Record::$name)),* }
            }
            pub fn scopes(&self) -> Vec<Scope> {
                match self { $(Record::$name(record) => record.scopes()),* }
            }
            pub fn buckets(&self) -> Vec<Scope> {
                match self { $(Record::$name(record) => record.buckets()),* }
            }
            pub fn unique_keys(&self) -> Vec<String> {
                match self { $(Record::$name(record) => record.unique_keys()),* }
            }
            pub fn index_keys(&self) -> Vec<IndexKey> {
                match self { $(Record::$name(record) => record.index_keys()),* }
            }
            pub fn busy(&self) -> Vec<Busy> {
                match self { $(Record::$name(record) => record.busy()),* }
            }
            pub fn due(&self) -> Option<Due> {
                match self { $(Record::$name(record) => record.due()),* }
            }
            pub fn stirs(&self) -> Vec<Due> {
                match self { $(Record::$name(record) => record.stirs()),* }
            }
        }
    };
}

macro_rules! commands {
    ($($area:ident :: $file:ident :: $name:ident),* $(,)?) => {
        /// Every change there is.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Command { $($name(crate::$area::$file::$name)),* }

        $(impl From<crate::$area::$file::$name> for Command {
            fn from(command: crate::$area::$file::$name) -> Self {
                Command::$name(command)
            }
        })*

        impl Command {
            /// The names of all commands.
            pub const NAMES: &[&str] = &[$(<crate::$area::$file::$name as Rule>::NAME),*];

            pub fn name(&self) -> &'static str {
                match self { $(Command::$name(_) => <crate::$area::$file::$name as Rule>::NAME),* }
            }
            pub fn lane(&self) -> String {
                match self { $(Command::$name(command) => command.lane()),* }
            }
            /// Sorted, each once.
            pub fn guards(&self) -> Vec<Uuid> {
                let mut guards = match self { $(Command::$name(command) => command.guards()),* };
                guards.sort();
                guards.dedup();
                guards
            }
            /// Whether somebody must have proven in the last minutes who sits there: rights of staff, somebody's access, a
            /// doctor's standing, a clinic's terms, and what cannot be taken back.
            pub fn is_grave(&self) -> bool {
                matches!(
                    self,
                    Command::AddStaff(_)
                        | Command::ChangeStaffRole(_)
                        | Command::SetAccountActive(_)
                        | Command::SuspendDoctor(_)
                        | Command::RemoveDoctor(_)
                        | Command::SaveClinic(_)
                        | Command::MergePatients(_)
                )
            }
            pub fn validate(&self) -> Result<(), garde::Report> {
                match self { $(Command::$name(command) => garde::Validate::validate(command)),* }
            }
            pub(crate) fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
                match self { $(Command::$name(command) => command.decide(facts, cx)),* }
            }
            pub fn args(&self) -> Value {
                let args = match self { $(Command::$name(command) => serde_json::to_value(command)),* };
                args.expect("commands are made of values that JSON can say")
            }
            /// The command of this name and these arguments; `None` where the name is unknown.
            pub fn read(name: &str, args: &str) -> Option<Result<Self, serde_json::Error>> {
                $(if name == <crate::$area::$file::$name as Rule>::NAME {
                    return Some(strict(args).map(Command::$name));
                })*
                None
            }
            /// The JSON schemas of all commands' arguments, by name.
            pub fn schemas(generator: &mut schemars::SchemaGenerator) -> Vec<(&'static str, schemars::Schema)> {
                vec![$((
                    <crate::$area::$file::$name as Rule>::NAME,
                    generator.subschema_for::<crate::$area::$file::$name>(),
                )),*]
            }
        }
    };
}

records! {
    accounts::Account,
    profiles::Patient,
    profiles::Link,
    profiles::PatientSummary,
    settings::Settings,
    settings::Follow,
    directory::Clinic,
    directory::Specialty,
    directory::VisitType,
    directory::Doctor,
    directory::DoctorProfile,
    directory::PractitionerRole,
    scheduling::Schedule,
    scheduling::Leave,
    scheduling::AvailabilityWeek,
    appointments::Appointment,
    waitlist::WaitlistEntry,
    consultations::Consultation,
    reviews::Review,
    reviews::Rating,
    notices::Notice,
    keys::KeyRing,
    vaults::Vault,
    history::HistoryEntry,
}

commands! {
    accounts::open::OpenPatientAccount,
    accounts::open::OpenDoctorAccount,
    accounts::staff::AddStaff,
    accounts::staff::ChangeStaffRole,
    accounts::staff::SetAccountActive,
    profiles::update::UpdateProfile,
    profiles::dependants::AddDependant,
    profiles::unlink::GrantCaregiver,
    profiles::unlink::RevokeLink,
    profiles::unlink::ExpireLink,
    profiles::front_desk::RegisterPatient,
    profiles::front_desk::MergePatients,
    profiles::status::SetPatientActive,
    directory::set_up::SaveClinic,
    directory::set_up::SaveSpecialty,
    directory::set_up::SaveVisitType,
    directory::profile::UpdateDoctorDetails,
    directory::standing::SubmitForVerification,
    directory::standing::VerifyDoctor,
    directory::standing::RejectDoctor,
    directory::standing::SuspendDoctor,
    directory::standing::ReinstateDoctor,
    directory::standing::RemoveDoctor,
    directory::role::AddRole,
    directory::role::EndRole,
    scheduling::schedule::SaveSchedule,
    scheduling::leave::AddLeave,
    scheduling::leave::RemoveLeave,
    scheduling::availability::RefreshAvailability,
    appointments::hold::HoldTime,
    appointments::hold::ReleaseHold,
    appointments::book::Book,
    appointments::series::BookSeries,
    appointments::accept::Accept,
    appointments::accept::Decline,
    appointments::reschedule::Reschedule,
    appointments::cancel::Cancel,
    appointments::attend::CheckIn,
    appointments::attend::Start,
    appointments::attend::Complete,
    appointments::no_show::MarkNoShow,
    appointments::expire::Expire,
    appointments::reopen::Reopen,
    appointments::note::AddVisitNote,
    waitlist::join::JoinWaitlist,
    waitlist::join::LeaveWaitlist,
    waitlist::answer::AcceptPlace,
    waitlist::answer::PassPlace,
    waitlist::expire::ExpireEntry,
    consultations::open::OpenConsultation,
    consultations::assign::AssignConsultation,
    consultations::offer::OfferConsultation,
    consultations::answer::AcceptConsultation,
    consultations::answer::RefuseConsultationOffer,
    consultations::answer::WithdrawConsultation,
    consultations::decline::DeclineConsultation,
    consultations::expire::ExpireConsultation,
    consultations::note::AddConsultationNote,
    reviews::write::WriteReview,
    reviews::reply::ReplyToReview,
    notices::read::MarkNoticesRead,
    settings::save::SaveSettings,
    settings::follow::FollowDoctor,
    settings::follow::UnfollowDoctor,
    keys::found::FoundKeys,
    keys::change::ChangeKeys,
    vaults::found::FoundVault,
    vaults::change::ChangeVault,
    history::write::WriteHistory,
    history::remove::RemoveHistory,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Patient => "patient",
            Self::Link => "link",
            Self::PatientSummary => "patient_summary",
            Self::Settings => "settings",
            Self::Follow => "follow",
            Self::Clinic => "clinic",
            Self::Specialty => "specialty",
            Self::VisitType => "visit_type",
            Self::Doctor => "doctor",
            Self::DoctorProfile => "doctor_profile",
            Self::PractitionerRole => "practitioner_role",
            Self::Schedule => "schedule",
            Self::Leave => "leave",
            Self::AvailabilityWeek => "availability_week",
            Self::Appointment => "appointment",
            Self::WaitlistEntry => "waitlist_entry",
            Self::Consultation => "consultation",
            Self::Review => "review",
            Self::Rating => "rating",
            Self::Notice => "notice",
            Self::KeyRing => "key_ring",
            Self::Vault => "vault",
            Self::HistoryEntry => "history_entry",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// Reads arguments and refuses fields that nothing reads. The types themselves ignore unknown fields, since they also lie in
/// records, and an older app must read what a newer server wrote.
fn strict<T: Serialize + serde::de::DeserializeOwned>(args: &str) -> Result<T, serde_json::Error> {
    let given: Value = serde_json::from_str(args)?;
    let read: T = serde_json::from_str(args)?;
    match unread(&given, &serde_json::to_value(&read)?) {
        Some(path) => Err(serde_json::Error::custom(format!("unknown field `{path}`"))),
        None => Ok(read),
    }
}

/// The path of the first field of `given` that `read` does not have: what nothing reads.
pub fn unread(given: &Value, read: &Value) -> Option<String> {
    let below =
        |step: String, path: String| if path.starts_with('[') { step + &path } else { step + "." + &path };
    match (given, read) {
        (Value::Object(given), Value::Object(read)) => {
            given.iter().find_map(|(name, value)| match read.get(name) {
                None => Some(name.clone()),
                Some(read) => unread(value, read).map(|path| below(name.clone(), path)),
            })
        }
        (Value::Array(given), Value::Array(read)) => given
            .iter()
            .zip(read)
            .enumerate()
            .find_map(|(n, (given, read))| unread(given, read).map(|path| below(format!("[{n}]"), path))),
        _ => None,
    }
}

/// A command as JSON: `{"name": …, "args": …}`.
impl Serialize for Command {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Named { name: self.name().into(), args: self.args() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Command {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Named { name, args } = Named::deserialize(deserializer)?;
        Self::read(&name, &args.to_string())
            .ok_or_else(|| D::Error::custom("unknown command"))?
            .map_err(D::Error::custom)
    }
}

#[derive(Serialize, Deserialize)]
struct Named {
    name: String,
    args: Value,
}
