//! Patients, and the accounts that act for them.
//!
//! A patient is a person, not a sign-in: a child has no account, a caller registered at the front desk may never have one.

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AccountId, ClinicId, Context, DoctorId, Facts, Halt, Kind, LinkId, PatientId, Refusal, Stored, SummaryId,
    Zone,
    access::{self, Scope},
    accounts::{Account, Role},
    record::{Index, IndexKey},
    settings::Language,
    valid,
};

/// A patient's administrative file. Holds nothing medical.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Patient {
    pub id: PatientId,
    pub profile: Profile,
    pub status: PatientStatus,
    /// Clinics that know this patient: registered there, or with a visit or request there.
    pub clinics: Vec<ClinicId>,
    /// Where the file went when two of one person were merged.
    pub merged_into: Option<PatientId>,
    pub registered_at: Timestamp,
}

/// What a person says of themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
pub struct Profile {
    #[garde(length(chars, max = 120), custom(valid::line))]
    pub name: String,
    #[garde(skip)]
    pub birth_date: Option<Date>,
    #[garde(skip)]
    pub sex: Option<Sex>,
    /// International form, `+` and digits (ITU-T E.164).
    #[garde(inner(pattern(r"^\+[1-9][0-9]{6,14}$")))]
    pub phone: Option<String>,
    #[garde(inner(email, length(max = 254)))]
    pub email: Option<String>,
    #[garde(dive)]
    pub address: Option<Address>,
    #[garde(dive)]
    pub emergency_contact: Option<EmergencyContact>,
    #[garde(dive)]
    pub insurance: Option<Insurance>,
    #[garde(skip)]
    pub language: Language,
    #[garde(skip)]
    pub zone: Zone,
}

impl Profile {
    /// A profile that says only a name.
    pub fn named(name: &str, language: Language, zone: Zone) -> Self {
        Self {
            name: name.to_owned(),
            birth_date: None,
            sex: None,
            phone: None,
            email: None,
            address: None,
            emergency_contact: None,
            insurance: None,
            language,
            zone,
        }
    }
}

/// Administrative sex (HL7 FHIR R4 AdministrativeGender).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    Female,
    Male,
    Other,
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
pub struct Address {
    #[garde(length(chars, max = 200), custom(valid::line))]
    pub street: String,
    #[garde(length(chars, max = 100), custom(valid::line))]
    pub city: String,
    #[garde(length(chars, max = 20), custom(valid::printable))]
    pub postal_code: String,
    /// ISO 3166-1 alpha-2.
    #[garde(pattern(r"^[A-Z]{2}$"))]
    pub country: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
pub struct EmergencyContact {
    #[garde(length(chars, max = 120), custom(valid::line))]
    pub name: String,
    #[garde(length(chars, max = 60), custom(valid::printable))]
    pub relation: String,
    #[garde(pattern(r"^\+[1-9][0-9]{6,14}$"))]
    pub phone: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
pub struct Insurance {
    #[garde(length(chars, max = 120), custom(valid::line))]
    pub insurer: String,
    #[garde(length(chars, max = 60), custom(valid::line))]
    pub member_number: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PatientStatus {
    Active,
    Deactivated,
    Merged,
}

impl Stored for Patient {
    const KIND: Kind = Kind::Patient;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        let mut scopes = vec![Scope::Patient(self.id), Scope::Support, Scope::Installation];
        scopes.extend(self.clinics.iter().copied().map(Scope::Clinic));
        scopes
    }
}

/// The actor is staff of a clinic that knows this patient, or a super admin.
pub(crate) fn knows(facts: &Facts, cx: &Context, patient: &Patient) -> Result<(), Halt> {
    if cx.actor == crate::Actor::System {
        return Ok(());
    }
    match access::account(facts, cx)?.role {
        Role::SuperAdmin => Ok(()),
        Role::ClinicAdmin { clinics } if clinics.iter().any(|clinic| patient.clinics.contains(clinic)) => {
            Ok(())
        }
        _ => Err(Refusal::NotFound { kind: Kind::Patient }.into()),
    }
}

/// That an account acts for a patient.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    pub id: LinkId,
    pub account_id: AccountId,
    pub patient_id: PatientId,
    pub relation: Relation,
    pub permissions: Vec<Permission>,
    pub expires_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    pub granted_by: AccountId,
    pub granted_at: Timestamp,
    /// Names as they were at granting, so that either side can show the link.
    pub account_name: String,
    pub patient_name: String,
}

impl Link {
    /// A link with all permissions, without an end.
    pub fn new(id: LinkId, account: &Account, patient: &Patient, relation: Relation, at: Timestamp) -> Self {
        Self {
            id,
            account_id: account.id,
            patient_id: patient.id,
            relation,
            permissions: Permission::ALL.to_vec(),
            expires_at: None,
            revoked_at: None,
            granted_by: account.id,
            granted_at: at,
            account_name: account.name.clone(),
            patient_name: patient.profile.name.clone(),
        }
    }

    pub fn allows(&self, permission: Permission, now: Timestamp) -> bool {
        self.is_live(now) && self.permissions.contains(&permission)
    }

    pub fn is_live(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The patient themself.
    Oneself,
    /// Parent or legal guardian.
    Guardian,
    /// Somebody the patient or guardian lets help.
    Caregiver,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// See the file, visits and requests.
    Read,
    /// Book, move, cancel, ask.
    Book,
    /// Change the file and who may act.
    Manage,
}

impl Permission {
    pub const ALL: [Self; 3] = [Self::Read, Self::Book, Self::Manage];
}

impl Stored for Link {
    const KIND: Kind = Kind::Link;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        vec![
            Scope::Account(self.account_id),
            Scope::Patient(self.patient_id),
            Scope::Support,
            Scope::Installation,
        ]
    }

    fn index_keys(&self) -> Vec<IndexKey> {
        vec![
            IndexKey::new(Index::AccountLinks, self.account_id, ""),
            IndexKey::new(Index::PatientLinks, self.patient_id, ""),
        ]
    }

    /// At its expiry the link is written once more, so that grants are derived anew and devices learn of it.
    fn due(&self) -> Option<crate::record::Due> {
        let at = self.expires_at.filter(|_| self.revoked_at.is_none())?;
        let command = unlink::ExpireLink { link_id: self.id }.into();
        Some(crate::record::Due { key: format!("link:{}", self.id), at, command })
    }
}

/// What a doctor sees of a patient who has or had a visit with them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PatientSummary {
    pub id: SummaryId,
    pub doctor_id: DoctorId,
    pub patient_id: PatientId,
    pub name: String,
    pub birth_date: Option<Date>,
    pub sex: Option<Sex>,
    pub phone: Option<String>,
    pub since: Timestamp,
}

impl PatientSummary {
    pub fn id_of(doctor: DoctorId, patient: PatientId) -> SummaryId {
        SummaryId::derive(&[b"summary", doctor.0.as_bytes(), patient.0.as_bytes()])
    }

    pub fn of(doctor_id: DoctorId, patient: &Patient, since: Timestamp) -> Self {
        let Profile { name, birth_date, sex, phone, .. } = patient.profile.clone();
        Self {
            id: Self::id_of(doctor_id, patient.id),
            doctor_id,
            patient_id: patient.id,
            name,
            birth_date,
            sex,
            phone,
            since,
        }
    }
}

impl Stored for PatientSummary {
    const KIND: Kind = Kind::PatientSummary;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Practice(self.doctor_id)]
    }

    fn index_keys(&self) -> Vec<IndexKey> {
        vec![IndexKey::new(Index::SummariesOfPatient, self.patient_id, "")]
    }
}

pub mod dependants;
pub mod front_desk;
pub mod status;
pub mod unlink;
pub mod update;
