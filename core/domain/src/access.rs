//! Who may read and do what: the one place.
//!
//! A record names the scopes that may read it; an actor has scopes, derived from records alone. A REST read, a list, a
//! search, an export, a sync pull and the live stream all ask [`readable`]. Devices are synced the scopes that are buckets.
//! Commands ask the functions below that name a right.

use std::{collections::BTreeSet, fmt, str::FromStr};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AccountId, Actor, ClinicId, Context, DoctorId, Facts, Halt, Need, PatientId, Refusal, VaultId,
    accounts::{Account, AccountStatus, Role},
    profiles::{Link, Permission},
    record::Index,
    settings::Follow,
    vaults::Vault,
};

/// A group of records that some may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Clinics, specialties, visit types, listed doctors, ratings, reviews: everyone.
    Directory,
    /// One account's own things.
    Account(AccountId),
    /// A patient's administrative file: those who act for the patient.
    Patient(PatientId),
    /// A doctor's practice: the doctor.
    Practice(DoctorId),
    /// A doctor's times on offer: devices that follow the doctor.
    Availability(DoctorId),
    /// What is sealed for the members of a vault: they alone.
    Vault(VaultId),
    /// A clinic's traffic: its admins, paged by the server.
    Clinic(ClinicId),
    /// What support staff may see of all clinics.
    Support,
    /// Everything of the installation that is not sealed: super admins.
    Installation,
}

impl Scope {
    /// Whether it is synced to devices. Clinic and installation are read page by page instead.
    pub fn is_bucket(&self) -> bool {
        !matches!(self, Self::Clinic(_) | Self::Support | Self::Installation)
    }

    fn parts(&self) -> (&'static str, Option<Uuid>) {
        match self {
            Self::Directory => ("directory", None),
            Self::Account(id) => ("account", Some(id.0)),
            Self::Patient(id) => ("patient", Some(id.0)),
            Self::Practice(id) => ("practice", Some(id.0)),
            Self::Availability(id) => ("availability", Some(id.0)),
            Self::Vault(id) => ("vault", Some(id.0)),
            Self::Clinic(id) => ("clinic", Some(id.0)),
            Self::Support => ("support", None),
            Self::Installation => ("installation", None),
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parts() {
            (name, Some(id)) => write!(f, "{name}:{id}"),
            (name, None) => f.write_str(name),
        }
    }
}

/// The text names no scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a scope")]
pub struct NotAScope;

impl FromStr for Scope {
    type Err = NotAScope;

    fn from_str(text: &str) -> Result<Self, NotAScope> {
        let (name, id) = text.split_once(':').map_or((text, None), |(name, id)| (name, Some(id)));
        let id = id.map(Uuid::parse_str).transpose().map_err(|_| NotAScope)?;
        Ok(match (name, id) {
            ("directory", None) => Self::Directory,
            ("support", None) => Self::Support,
            ("installation", None) => Self::Installation,
            ("account", Some(id)) => Self::Account(AccountId(id)),
            ("patient", Some(id)) => Self::Patient(PatientId(id)),
            ("practice", Some(id)) => Self::Practice(DoctorId(id)),
            ("availability", Some(id)) => Self::Availability(DoctorId(id)),
            ("vault", Some(id)) => Self::Vault(VaultId(id)),
            ("clinic", Some(id)) => Self::Clinic(ClinicId(id)),
            _ => return Err(NotAScope),
        })
    }
}

impl Serialize for Scope {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Scope {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Scope".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "directory, support, installation, or a name, a colon and an id" })
    }
}

/// What an account may read, derived from its records.
pub fn scopes_of(
    account: &Account,
    links: &[Link],
    follows: &[Follow],
    vaults: &[Vault],
    now: Timestamp,
) -> BTreeSet<Scope> {
    let mut scopes = BTreeSet::from([Scope::Account(account.id), Scope::Directory]);
    if account.status != AccountStatus::Active {
        return BTreeSet::from([Scope::Account(account.id)]);
    }
    match &account.role {
        Role::Patient => {}
        Role::Doctor { doctor_id } => {
            scopes.insert(Scope::Practice(*doctor_id));
        }
        Role::ClinicAdmin { clinics } => scopes.extend(clinics.iter().copied().map(Scope::Clinic)),
        Role::SupportAdmin => {
            scopes.insert(Scope::Support);
        }
        Role::SuperAdmin => scopes.extend([Scope::Support, Scope::Installation]),
    }
    let links =
        links.iter().filter(|link| link.account_id == account.id && link.allows(Permission::Read, now));
    scopes.extend(links.map(|link| Scope::Patient(link.patient_id)));
    scopes.extend(
        follows.iter().filter(|f| f.account_id == account.id).map(|f| Scope::Availability(f.doctor_id)),
    );
    let open = vaults.iter().filter(|vault| vault.member(account.id, now).is_some());
    scopes.extend(open.map(|vault| Scope::Vault(vault.id)));
    scopes
}

/// What [`scopes_of`] needs to know.
pub fn needs_of(account: AccountId) -> [Need; 4] {
    [
        Need::record::<Account>(account),
        Need::all(Index::AccountLinks, account),
        Need::all(Index::FollowsOfAccount, account),
        Need::all(Index::VaultsOfMember, account),
    ]
}

/// The scopes of an account from facts; `None` where there is no such account.
pub fn scopes_in(facts: &Facts, account: AccountId, now: Timestamp) -> Result<Option<BTreeSet<Scope>>, Halt> {
    let [own, links, follows, vaults] = needs_of(account);
    facts.want([own, links.clone(), follows.clone(), vaults.clone()])?;
    let Some(own) = facts.find::<Account>(account)? else { return Ok(None) };
    let (links, follows, vaults) = (facts.list(links)?, facts.list(follows)?, facts.list(vaults)?);
    Ok(Some(scopes_of(&own, &links, &follows, &vaults, now)))
}

/// Whether someone with these scopes may read a record with those.
pub fn readable(of_actor: &BTreeSet<Scope>, of_record: &[Scope]) -> bool {
    of_record.iter().any(|scope| of_actor.contains(scope))
}

/// The active account that acts.
pub fn account(facts: &Facts, cx: &Context) -> Result<Account, Halt> {
    let Actor::Account(id) = cx.actor else { return Err(Refusal::NotAllowed.into()) };
    let account = facts.find::<Account>(id)?.ok_or(Refusal::NotAllowed)?;
    match account.status {
        AccountStatus::Active => Ok(account),
        AccountStatus::Disabled => Err(Refusal::AccountDisabled.into()),
    }
}

/// The actor may act at all.
pub fn active(facts: &Facts, cx: &Context) -> Result<(), Halt> {
    if cx.actor == Actor::System { Ok(()) } else { account(facts, cx).map(drop) }
}

/// In what quality somebody acts on a visit or a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    Patient,
    Doctor,
    Clinic,
    System,
}

/// May the actor do `permission` for this patient, as the patient's side?
pub fn acts_for(
    facts: &Facts,
    cx: &Context,
    patient: PatientId,
    permission: Permission,
) -> Result<bool, Halt> {
    let Actor::Account(account) = cx.actor else { return Ok(cx.actor == Actor::System) };
    let links = facts.list::<Link>(Need::all(Index::AccountLinks, account))?;
    Ok(links.iter().any(|link| link.patient_id == patient && link.allows(permission, cx.now)))
}

/// The quality in which the actor may act on something between this patient, doctor and clinic.
/// Whoever has none is told that it does not exist.
pub fn party(
    facts: &Facts,
    cx: &Context,
    (patient, doctor, clinic): (PatientId, Option<DoctorId>, ClinicId),
    kind: crate::Kind,
) -> Result<Party, Halt> {
    if cx.actor == Actor::System {
        return Ok(Party::System);
    }
    let own = account(facts, cx)?;
    match &own.role {
        Role::Doctor { doctor_id } if Some(*doctor_id) == doctor => return Ok(Party::Doctor),
        Role::SuperAdmin => return Ok(Party::Clinic),
        Role::ClinicAdmin { clinics } if clinics.contains(&clinic) => return Ok(Party::Clinic),
        _ => {}
    }
    if acts_for(facts, cx, patient, Permission::Book)? {
        return Ok(Party::Patient);
    }
    match acts_for(facts, cx, patient, Permission::Read)? || matches!(own.role, Role::SupportAdmin) {
        true => Err(Refusal::NotAllowed.into()),
        false => Err(Refusal::NotFound { kind }.into()),
    }
}

/// The actor runs this clinic: a super admin or one of its clinic admins.
pub fn runs_clinic(facts: &Facts, cx: &Context, clinic: ClinicId) -> Result<(), Halt> {
    if cx.actor == Actor::System {
        return Ok(());
    }
    match account(facts, cx)?.role {
        Role::SuperAdmin => Ok(()),
        Role::ClinicAdmin { clinics } if clinics.contains(&clinic) => Ok(()),
        _ => Err(Refusal::NotAllowed.into()),
    }
}

/// The actor is a super admin.
pub fn runs_installation(facts: &Facts, cx: &Context) -> Result<(), Halt> {
    if cx.actor == Actor::System {
        return Ok(());
    }
    match account(facts, cx)?.role {
        Role::SuperAdmin => Ok(()),
        _ => Err(Refusal::NotAllowed.into()),
    }
}

/// The actor is this doctor.
pub fn is_doctor(facts: &Facts, cx: &Context, doctor: DoctorId) -> Result<bool, Halt> {
    if cx.actor == Actor::System {
        return Ok(true);
    }
    Ok(matches!(account(facts, cx)?.role, Role::Doctor { doctor_id } if doctor_id == doctor))
}
