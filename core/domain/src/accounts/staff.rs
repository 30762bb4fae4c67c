//! Staff: who works in the admin app, in which role.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AccountId, Change, Context, Facts, Halt, Refusal, Rule, accounts::Role, settings::Language, valid,
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

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
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

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
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

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
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
