//! Answers to the rules from what this device holds.
//!
//! Absence proves something only where the device holds every bucket in which the record could lie. Where it does not,
//! the answer is [`Answer::NotHeld`] and the rule decides whether it may go on without it. This is the one place that
//! says what a device knows.

use std::collections::{BTreeSet, HashSet};

use mediconnect_domain::{
    AccountId, Answer, DoctorId, Kind, Need, PatientId, Row, VaultId, access::Scope, accounts::Role,
    record::Index,
};
use rusqlite::Connection;
use uuid::Uuid;

use super::{Records, StoreError, buckets};

/// What the open account holds, and what the rules have read of it.
pub(super) struct Held<'a> {
    records: Records<'a>,
    account: AccountId,
    role: Option<Role>,
    buckets: BTreeSet<Scope>,
    /// Rows that came up in answers: what a command builds on.
    pub read: HashSet<(Kind, Uuid)>,
}

impl<'a> Held<'a> {
    pub fn new(connection: &'a Connection, account: AccountId) -> Result<Self, StoreError> {
        let records = Records::new(connection, account)?;
        let role = records.account()?.map(|account| account.role);
        let buckets = buckets::held(connection)?;
        Ok(Self { records, account, role, buckets, read: HashSet::new() })
    }

    pub fn answer(&mut self, needs: &[Need]) -> Result<Vec<Answer>, StoreError> {
        needs.iter().map(|need| self.answer_one(need)).collect()
    }

    fn answer_one(&mut self, need: &Need) -> Result<Answer, StoreError> {
        let rows = self.records.rows(need)?;
        let known = match need {
            Need::Record { kind, id } => !rows.is_empty() || self.would_hold(*kind, *id),
            Need::Unique(_) => !rows.is_empty(),
            Need::Range { index, owner, .. } => self.holds_index(*index, *owner)?,
            Need::Overlap { resource, .. } => {
                self.holds(Scope::Practice(DoctorId(*resource))) || self.holds_patient(*resource)?
            }
        };
        self.read.extend(rows.iter().map(|row: &Row| (row.kind, row.id)));
        Ok(if known { Answer::Rows(rows) } else { Answer::NotHeld })
    }

    /// Would a record of this kind and id be here if it existed and this account had to do with it?
    fn would_hold(&self, kind: Kind, id: Uuid) -> bool {
        let directory = self.holds(Scope::Directory);
        match (kind, &self.role) {
            (_, None) => false,
            (Kind::Account | Kind::Settings, _) => {
                id == self.account.0 && self.holds(Scope::Account(self.account))
            }
            (Kind::KeyRing, _) => id == self.account.0 && self.holds(Scope::Account(self.account)),
            (Kind::Follow | Kind::Notice, _) => self.holds(Scope::Account(self.account)),
            // Staff see all clinics' records through the server only.
            (_, Some(role)) if role.is_staff() => {
                matches!(kind, Kind::Clinic | Kind::Specialty | Kind::VisitType) && directory
            }
            (Kind::Clinic | Kind::Specialty | Kind::VisitType | Kind::DoctorProfile, _) => directory,
            (Kind::PractitionerRole | Kind::Rating | Kind::Review, _) => directory,
            // A record that a doctor's or patient's command names is in that doctor's or patient's own buckets or new.
            (Kind::Appointment | Kind::WaitlistEntry | Kind::Consultation | Kind::Link, _) => directory,
            (Kind::Vault | Kind::HistoryEntry, _) => directory,
            (Kind::Patient, Some(Role::Patient)) => directory,
            (
                Kind::Schedule | Kind::Leave | Kind::PatientSummary | Kind::Doctor,
                Some(Role::Doctor { doctor_id }),
            ) => self.holds(Scope::Practice(*doctor_id)),
            (Kind::Patient | Kind::Schedule | Kind::Leave | Kind::PatientSummary | Kind::Doctor, _) => false,
            (Kind::AvailabilityWeek, _) => false,
        }
    }

    fn holds_index(&self, index: Index, owner: Uuid) -> Result<bool, StoreError> {
        let staff = self.role.as_ref().is_none_or(Role::is_staff);
        Ok(match index {
            Index::AccountLinks
            | Index::NoticesOfAccount
            | Index::FollowsOfAccount
            | Index::VaultsOfMember => owner == self.account.0 && self.holds(Scope::Account(self.account)),
            Index::PatientLinks
            | Index::PatientTime
            | Index::WaitlistOfPatient
            | Index::RequestsOfPatient => self.holds_patient(owner)?,
            Index::DoctorTime
            | Index::AskedOfDoctor
            | Index::WaitlistOfDoctor
            | Index::RequestsOfDoctor
            | Index::OpenRequestsOfDoctor
            | Index::LeaveOfDoctor => self.holds(Scope::Practice(DoctorId(owner))),
            Index::RolesOfDoctor => {
                self.holds(Scope::Practice(DoctorId(owner))) || (!staff && self.holds(Scope::Directory))
            }
            Index::HistoryOfVault => self.holds(Scope::Vault(VaultId(owner))),
            Index::ReviewsOfDoctor => self.holds(Scope::Directory),
            // A patient's or doctor's series are whole here.
            Index::Series => !staff && self.holds(Scope::Directory),
            Index::AvailabilityOfRole => self.holds_times_of(owner)?,
            Index::StaffByRole | Index::RolesOfClinic | Index::SummariesOfPatient => false,
        })
    }

    /// A patient registered here, whom the server does not know yet, has nothing elsewhere.
    fn holds_patient(&self, id: Uuid) -> Result<bool, StoreError> {
        Ok(self.holds(Scope::Patient(PatientId(id))) || self.records.is_made_here(Kind::Patient, id)?)
    }

    fn holds_times_of(&self, role: Uuid) -> Result<bool, StoreError> {
        let role = self.records.get::<mediconnect_domain::directory::PractitionerRole>(role)?;
        Ok(role.is_some_and(|role| self.holds(Scope::Availability(role.doctor_id))))
    }

    fn holds(&self, bucket: Scope) -> bool {
        self.buckets.contains(&bucket)
    }
}
