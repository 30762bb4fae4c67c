//! Staff: who works in the admin app, in which role.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Account, AccountStatus, email_key};
use crate::{
    AccountId, Actor, Change, Context, Facts, Halt, Kind, Need, Refusal, Rule, access, accounts::Role,
    directory::Clinic, record::Index, settings::Language, settings::Settings, valid,
};

/// A new member of staff; the first password is set by the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct AddStaff {
    #[garde(skip)]
    pub account_id: AccountId,
    #[garde(length(chars, max = 120), custom(valid::line))]
    pub name: String,
    #[garde(email, length(max = 254))]
    pub email: String,
    #[garde(custom(staff_role))]
    pub role: Role,
    #[garde(skip)]
    pub language: Language,
}

impl Rule for AddStaff {
    const NAME: &'static str = "accounts.add_staff";

    fn lane(&self) -> String {
        format!("account:{}", self.account_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.account_id.0, crate::accounts::STAFF_GUARD]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        access::runs_installation(facts, cx)?;
        real_clinics(facts, &self.role)?;
        if facts.find::<Account>(self.account_id)?.is_some()
            || facts.unique(email_key(&self.email))?.is_some()
        {
            return Err(Refusal::AlreadyExists { kind: Kind::Account }.into());
        }
        let account = Account {
            id: self.account_id,
            role: self.role.clone(),
            status: AccountStatus::Active,
            name: self.name.trim().to_owned(),
            email: self.email.trim().to_lowercase(),
            language: self.language,
            created_at: cx.now,
        };
        let settings = Settings::new(account.id, self.language, crate::Zone::utc());
        Ok(vec![Change::put(account), Change::put(settings)])
    }
}

/// Another staff role, or other clinics.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct ChangeStaffRole {
    #[garde(skip)]
    pub account_id: AccountId,
    #[garde(custom(staff_role))]
    pub role: Role,
}

impl Rule for ChangeStaffRole {
    const NAME: &'static str = "accounts.change_role";

    fn lane(&self) -> String {
        format!("account:{}", self.account_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.account_id.0, crate::accounts::STAFF_GUARD]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        access::runs_installation(facts, cx)?;
        real_clinics(facts, &self.role)?;
        let account: Account = facts.get(self.account_id)?;
        if !account.role.is_staff() {
            return Err(Refusal::NotAllowed.into());
        }
        if cx.actor == Actor::Account(account.id) {
            return Err(Refusal::OwnRights.into());
        }
        keeps_a_super_admin(facts, &account)?;
        Ok(vec![Change::put(Account { role: self.role.clone(), ..account })])
    }
}

/// Disables an account or lets it in again. Sessions of a disabled account end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct SetAccountActive {
    #[garde(skip)]
    pub account_id: AccountId,
    #[garde(skip)]
    pub active: bool,
    #[garde(length(chars, max = 300), custom(valid::line))]
    pub reason: String,
}

impl Rule for SetAccountActive {
    const NAME: &'static str = "accounts.set_active";

    fn lane(&self) -> String {
        format!("account:{}", self.account_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.account_id.0, crate::accounts::STAFF_GUARD]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let account: Account = facts.get(self.account_id)?;
        may_disable(facts, cx, &account)?;
        let status = if self.active { AccountStatus::Active } else { AccountStatus::Disabled };
        if account.status == status {
            let state = if self.active { "active" } else { "disabled" };
            return Err(Refusal::WrongState { kind: Kind::Account, state: state.into() }.into());
        }
        if !self.active {
            keeps_a_super_admin(facts, &account)?;
        }
        Ok(vec![Change::put(Account { status, ..account })])
    }
}

/// For garde: an admin role, with at least one clinic where it is about clinics.
fn staff_role(role: &Role, _: &()) -> garde::Result {
    match role {
        Role::ClinicAdmin { clinics } if clinics.is_empty() => Err(garde::Error::new("must name a clinic")),
        role if role.is_staff() => Ok(()),
        _ => Err(garde::Error::new("must be a staff role")),
    }
}

fn real_clinics(facts: &Facts, role: &Role) -> Result<(), Halt> {
    let Role::ClinicAdmin { clinics } = role else { return Ok(()) };
    facts.want(clinics.iter().map(|clinic| Need::record::<Clinic>(*clinic)))?;
    clinics.iter().try_for_each(|clinic| facts.get::<Clinic>(*clinic).map(drop))
}

/// Super admins disable anyone but themselves; support admins patients and doctors.
fn may_disable(facts: &Facts, cx: &Context, account: &Account) -> Result<(), Halt> {
    let by = access::account(facts, cx)?;
    if by.id == account.id {
        return Err(Refusal::OwnRights.into());
    }
    match by.role {
        Role::SuperAdmin => Ok(()),
        Role::SupportAdmin if !account.role.is_staff() => Ok(()),
        Role::SupportAdmin | Role::ClinicAdmin { .. } => Err(Refusal::NotAllowed.into()),
        _ => Err(Refusal::NotFound { kind: Kind::Account }.into()),
    }
}

/// Refuses to take the role or the access of the last active super admin.
fn keeps_a_super_admin(facts: &Facts, losing: &Account) -> Result<(), Halt> {
    if losing.role != Role::SuperAdmin {
        return Ok(());
    }
    let staff = facts.list::<Account>(Need::all(Index::StaffByRole, Uuid::nil()))?;
    let stays = |account: &Account| {
        account.id != losing.id && account.role == Role::SuperAdmin && account.status == AccountStatus::Active
    };
    if staff.iter().any(stays) { Ok(()) } else { Err(Refusal::LastSuperAdmin.into()) }
}
