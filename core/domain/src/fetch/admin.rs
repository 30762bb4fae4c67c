//! What the admin app reads: tables, and figures that lead to their rows.
//!
//! Lists share `cursor`, `limit` (1 to 100, 50 where left out), `sort` and `descending`. What an actor sees is cut to the
//! actor's scopes by the server; filters only narrow it.

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Fetch, Page};
use crate::{
    AccountId, ClinicId, ConsultationId, DoctorId, PatientId,
    accounts::{Account, AccountStatus},
    appointments::{Appointment, State},
    audit::AuditReport,
    consultations::{Consultation, ConsultationState, Urgency},
    directory::{Doctor, Standing},
    profiles::{Link, Patient, PatientStatus},
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Appointments {
    pub clinic_id: Option<ClinicId>,
    pub doctor_id: Option<DoctorId>,
    pub patient_id: Option<PatientId>,
    pub state: Option<State>,
    /// Starts at or after.
    pub from: Option<Timestamp>,
    /// Starts before.
    pub until: Option<Timestamp>,
    /// Part of the patient's or doctor's name.
    pub text: Option<String>,
    pub sort: Option<AppointmentSort>,
    pub descending: Option<bool>,
    pub cursor: Option<String>,
    pub limit: Option<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AppointmentSort {
    Start,
    State,
    Doctor,
    Clinic,
}

/// A visit with the patient's name, which the record does not carry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppointmentLine {
    pub patient_name: String,
    pub appointment: Appointment,
}

impl Fetch for Appointments {
    const PATH: &'static str = "/v1/admin/appointments";
    type Answer = Page<AppointmentLine>;
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Consultations {
    pub clinic_id: Option<ClinicId>,
    pub doctor_id: Option<DoctorId>,
    pub patient_id: Option<PatientId>,
    pub state: Option<ConsultationState>,
    pub urgency: Option<Urgency>,
    pub text: Option<String>,
    pub descending: Option<bool>,
    pub cursor: Option<String>,
    pub limit: Option<u8>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConsultationLine {
    pub patient_name: String,
    pub doctor_name: Option<String>,
    pub consultation: Consultation,
}

impl Fetch for Consultations {
    const PATH: &'static str = "/v1/admin/consultations";
    type Answer = Page<ConsultationLine>;
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Doctors {
    pub standing: Option<Standing>,
    pub clinic_id: Option<ClinicId>,
    pub text: Option<String>,
    pub sort: Option<DoctorSort>,
    pub descending: Option<bool>,
    pub cursor: Option<String>,
    pub limit: Option<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DoctorSort {
    Name,
    Standing,
    RegisteredAt,
    SubmittedAt,
}

impl Fetch for Doctors {
    const PATH: &'static str = "/v1/admin/doctors";
    type Answer = Page<Doctor>;
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Patients {
    /// Part of the name, phone or e-mail, or a birth date.
    pub text: Option<String>,
    pub clinic_id: Option<ClinicId>,
    pub status: Option<PatientStatus>,
    pub descending: Option<bool>,
    pub cursor: Option<String>,
    pub limit: Option<u8>,
}

impl Fetch for Patients {
    const PATH: &'static str = "/v1/admin/patients";
    type Answer = Page<Patient>;
}

/// Files that may be of the same person: same birth date and a like name, or the same phone or e-mail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Doubles {
    pub name: String,
    pub birth_date: Option<Date>,
    pub phone: Option<String>,
    pub email: Option<String>,
}

impl Fetch for Doubles {
    const PATH: &'static str = "/v1/admin/patients/doubles";
    type Answer = Page<Patient>;
}

/// The accounts that act for a patient.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PatientLinks {
    pub patient_id: PatientId,
}

impl Fetch for PatientLinks {
    const PATH: &'static str = "/v1/admin/patients/links";
    type Answer = Page<Link>;
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accounts {
    /// `patient`, `doctor`, `clinic_admin`, `support_admin`, `super_admin`, or `staff` for the three admin roles.
    pub role: Option<RoleFilter>,
    pub status: Option<AccountStatus>,
    pub text: Option<String>,
    pub descending: Option<bool>,
    pub cursor: Option<String>,
    pub limit: Option<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoleFilter {
    Patient,
    Doctor,
    ClinicAdmin,
    SupportAdmin,
    SuperAdmin,
    Staff,
}

impl Fetch for Accounts {
    const PATH: &'static str = "/v1/admin/accounts";
    type Answer = Page<Account>;
}

/// Who did what, newest first: the audit lines of the actor's scopes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// Of this account only.
    pub actor_id: Option<AccountId>,
    /// About this record only.
    pub subject_id: Option<Uuid>,
    pub outcome: Option<ActivityOutcome>,
    /// The name of a command, or its beginning up to a dot: `auth`, `read`, `appointments.book`.
    pub command: Option<String>,
    /// First instant, inclusive.
    pub from: Option<Timestamp>,
    /// Last instant, exclusive.
    pub until: Option<Timestamp>,
    /// With what people only do for themselves, what they read, and what the server computes anew.
    pub everything: Option<bool>,
    pub cursor: Option<String>,
    pub limit: Option<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActivityOutcome {
    Accepted,
    Refused,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ActivityLine {
    /// The number of the line: it never changes, and later lines have higher ones.
    pub number: u64,
    pub at: Timestamp,
    pub actor_id: Option<AccountId>,
    /// `None` is the server itself.
    pub actor_name: Option<String>,
    /// The command's name.
    pub command: String,
    /// `accepted` or the refusal's code.
    pub outcome: String,
    pub subject: Option<String>,
}

impl Fetch for Activity {
    const PATH: &'static str = "/v1/admin/activity";
    type Answer = Page<ActivityLine>;
}

/// Reads the whole audit and compares it with its seals.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckAudit {}

impl Fetch for CheckAudit {
    const PATH: &'static str = "/v1/admin/audit/check";
    type Answer = AuditReport;
}

/// The live figures. `clinic_id` narrows them to one clinic; days are of `zone`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    pub clinic_id: Option<ClinicId>,
    /// First day, inclusive.
    pub from: Date,
    /// Last day, inclusive; at most 366 days after `from`.
    pub until: Date,
    /// IANA zone in which days are counted.
    pub zone: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FiguresAnswer {
    pub as_of: Timestamp,
    /// Of the stretch, and of the equally long stretch before it.
    pub now: FigureSet,
    pub before: FigureSet,
    pub per_day: Vec<DayFigures>,
    /// Visits by ISO weekday (1 Monday) and hour of start, in `zone`.
    pub load: Vec<LoadCell>,
    pub by_specialty: Vec<SpecialtyFigures>,
    pub waiting_requests: u32,
    pub verification_queue: u32,
    pub accounts_by_role: Vec<RoleCount>,
    pub active_accounts: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FigureSet {
    /// Visits that start in the stretch, holds and expired ones aside.
    pub visits: u32,
    pub fulfilled: u32,
    pub cancelled: u32,
    pub late_cancelled: u32,
    pub noshow: u32,
    pub requested: u32,
    pub booked: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DayFigures {
    pub date: Date,
    pub figures: FigureSet,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LoadCell {
    pub weekday: u8,
    pub hour: u8,
    pub visits: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SpecialtyFigures {
    pub specialty: String,
    pub visits: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RoleCount {
    pub role: String,
    pub active: u32,
    pub disabled: u32,
}

impl Fetch for Figures {
    const PATH: &'static str = "/v1/admin/figures";
    type Answer = FiguresAnswer;
}

/// One request with all its history; the same line as in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OneConsultation {
    pub consultation_id: ConsultationId,
}

impl Fetch for OneConsultation {
    const PATH: &'static str = "/v1/admin/consultations/one";
    type Answer = ConsultationLine;
}
