//! Accounts: who signs in, in which role.
//!
//! Passwords, sessions and tokens are the server's and never records. Staff are accounts in an admin role.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AccountId, ClinicId, DoctorId, Kind, Stored,
    access::Scope,
    record::{Index, IndexKey},
    settings::Language,
};

/// Someone who signs in. Id is the account's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Account {
    pub id: AccountId,
    pub role: Role,
    pub status: AccountStatus,
    /// As the person wants to be called.
    pub name: String,
    /// Lower case; unique.
    pub email: String,
    pub language: Language,
    pub created_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Role {
    Patient,
    Doctor {
        doctor_id: DoctorId,
    },
    /// Runs these clinics; also works at their front desk.
    ClinicAdmin {
        clinics: Vec<ClinicId>,
    },
    /// Helps users; sees no medical content and changes no set-up.
    SupportAdmin,
    SuperAdmin,
}

impl Role {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Doctor { .. } => "doctor",
            Self::ClinicAdmin { .. } => "clinic_admin",
            Self::SupportAdmin => "support_admin",
            Self::SuperAdmin => "super_admin",
        }
    }

    pub fn is_staff(&self) -> bool {
        matches!(self, Self::ClinicAdmin { .. } | Self::SupportAdmin | Self::SuperAdmin)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountStatus {
    Active,
    Disabled,
}

/// Serialises changes of who is staff: the last super admin must stay one, also when two demote each other at once.
pub const STAFF_GUARD: Uuid = Uuid::from_u128(0x6d65_6469_7374_7000_8000_0000_0000_0001);

/// The unique key of an e-mail address.
pub fn email_key(email: &str) -> String {
    format!("email:{}", email.trim().to_lowercase())
}

impl Stored for Account {
    const KIND: Kind = Kind::Account;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        let mut scopes = vec![Scope::Account(self.id), Scope::Support, Scope::Installation];
        if let Role::ClinicAdmin { clinics } = &self.role {
            scopes.extend(clinics.iter().copied().map(Scope::Clinic));
        }
        scopes
    }

    fn unique_keys(&self) -> Vec<String> {
        vec![email_key(&self.email)]
    }

    fn index_keys(&self) -> Vec<IndexKey> {
        let staff = |owner| IndexKey::new(Index::StaffByRole, owner, self.role.name());
        match &self.role {
            Role::ClinicAdmin { clinics } => clinics.iter().map(|clinic| staff(clinic.0)).collect(),
            Role::SuperAdmin | Role::SupportAdmin => vec![staff(Uuid::nil())],
            // So that a doctor's account is found from the doctor.
            Role::Doctor { doctor_id } => vec![staff(doctor_id.0)],
            Role::Patient => Vec::new(),
        }
    }
}

pub mod open;
pub mod staff;
