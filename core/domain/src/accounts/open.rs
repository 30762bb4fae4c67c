//! Opening an account: a patient for themself, a doctor who registers. Sign-up on the server submits these.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Account, AccountStatus, Role, email_key};
use crate::{
    AccountId, Actor, Change, Context, DoctorId, Facts, Halt, Kind, LinkId, PatientId, Refusal, Rule, Zone,
    directory::{Doctor, DoctorDetails, DoctorProfile, Standing, StandingMoment},
    profiles::{Link, Patient, PatientStatus, Profile, Relation},
    settings::Language,
    settings::Settings,
    valid,
};

/// A person signs up and becomes their own patient.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct OpenPatientAccount {
    #[garde(skip)]
    pub account_id: AccountId,
    #[garde(skip)]
    pub patient_id: PatientId,
    #[garde(skip)]
    pub link_id: LinkId,
    #[garde(length(chars, max = 120), custom(valid::line))]
    pub name: String,
    #[garde(email, length(max = 254))]
    pub email: String,
    #[garde(skip)]
    pub language: Language,
    #[garde(skip)]
    pub zone: Zone,
}

impl Rule for OpenPatientAccount {
    const NAME: &'static str = "accounts.open_patient";

    fn lane(&self) -> String {
        format!("account:{}", self.account_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.account_id.0, self.patient_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let account = fresh(facts, cx, self.account_id, &self.email, |email| Account {
            id: self.account_id,
            role: Role::Patient,
            status: AccountStatus::Active,
            name: self.name.trim().to_owned(),
            email,
            language: self.language,
            created_at: cx.now,
        })?;
        if facts.find::<Patient>(self.patient_id)?.is_some() || facts.find::<Link>(self.link_id)?.is_some() {
            return Err(Refusal::AlreadyExists { kind: Kind::Patient }.into());
        }
        let mut profile = Profile::named(&account.name, self.language, self.zone.clone());
        profile.email = Some(account.email.clone());
        let patient = Patient {
            id: self.patient_id,
            profile,
            status: PatientStatus::Active,
            clinics: Vec::new(),
            merged_into: None,
            registered_at: cx.now,
        };
        let link = Link::new(self.link_id, &account, &patient, Relation::Oneself, cx.now);
        let settings = Settings::new(account.id, self.language, self.zone.clone());
        Ok(vec![Change::put(account), Change::put(patient), Change::put(link), Change::put(settings)])
    }
}

/// A doctor registers; nothing is public until an admin has verified them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct OpenDoctorAccount {
    #[garde(skip)]
    pub account_id: AccountId,
    #[garde(skip)]
    pub doctor_id: DoctorId,
    #[garde(length(chars, max = 120), custom(valid::line))]
    pub name: String,
    #[garde(email, length(max = 254))]
    pub email: String,
    #[garde(skip)]
    pub language: Language,
    #[garde(skip)]
    pub zone: Zone,
}

impl Rule for OpenDoctorAccount {
    const NAME: &'static str = "accounts.open_doctor";

    fn lane(&self) -> String {
        format!("account:{}", self.account_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.account_id.0, self.doctor_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let doctor_id = self.doctor_id;
        let account = fresh(facts, cx, self.account_id, &self.email, |email| Account {
            id: self.account_id,
            role: Role::Doctor { doctor_id },
            status: AccountStatus::Active,
            name: self.name.trim().to_owned(),
            email,
            language: self.language,
            created_at: cx.now,
        })?;
        if facts.find::<Doctor>(doctor_id)?.is_some() {
            return Err(Refusal::AlreadyExists { kind: Kind::Doctor }.into());
        }
        let standing = Standing::Registered;
        let doctor = Doctor {
            id: doctor_id,
            account_id: account.id,
            name: account.name.clone(),
            email: account.email.clone(),
            standing,
            license: None,
            clinics: Vec::new(),
            registered_at: cx.now,
            submitted_at: None,
            history: vec![StandingMoment { at: cx.now, standing, reason: None, by: Some(account.id) }],
        };
        let details = DoctorDetails::named(&account.name, self.language);
        let profile = DoctorProfile { id: doctor_id, details, listed: false, verified_at: None };
        let settings = Settings::new(account.id, self.language, self.zone.clone());
        Ok(vec![Change::put(account), Change::put(doctor), Change::put(profile), Change::put(settings)])
    }
}

/// The account that is opened, if its id and address are free. The server opens accounts; nobody else's word counts.
fn fresh(
    facts: &Facts,
    cx: &Context,
    id: AccountId,
    email: &str,
    account: impl FnOnce(String) -> Account,
) -> Result<Account, Halt> {
    if cx.actor != Actor::System {
        return Err(Refusal::NotAllowed.into());
    }
    if facts.find::<Account>(id)?.is_some() || facts.unique(email_key(email))?.is_some() {
        return Err(Refusal::AlreadyExists { kind: Kind::Account }.into());
    }
    Ok(account(email.trim().to_lowercase()))
}
