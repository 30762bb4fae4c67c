//! Letting an account act for a patient, and ending that.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Link, Patient, Relation};
use crate::{
    Actor, Change, Context, Facts, Halt, Kind, LinkId, Need, PatientId, Refusal, Rule, access,
    accounts::{Account, email_key},
    profiles::Permission,
    record::Index,
};

/// Lets the account with this e-mail address act for the patient.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct GrantCaregiver {
    #[garde(skip)]
    pub link_id: LinkId,
    #[garde(skip)]
    pub patient_id: PatientId,
    #[garde(email, length(max = 254))]
    pub email: String,
    #[garde(length(min = 1, max = 3))]
    pub permissions: Vec<Permission>,
    #[garde(skip)]
    pub expires_at: Option<Timestamp>,
}

impl Rule for GrantCaregiver {
    const NAME: &'static str = "profiles.grant_caregiver";

    fn lane(&self) -> String {
        format!("patient:{}", self.patient_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.patient_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let by = access::account(facts, cx)?;
        let patient: Patient = facts.get(self.patient_id)?;
        if !access::acts_for(facts, cx, self.patient_id, Permission::Manage)? {
            return Err(match access::acts_for(facts, cx, self.patient_id, Permission::Read)? {
                true => Refusal::NotAllowed.into(),
                false => Refusal::NotFound { kind: Kind::Patient }.into(),
            });
        }
        if self.expires_at.is_some_and(|end| end <= cx.now) {
            return Err(Refusal::field("expires_at", "must be in the future").into());
        }
        if !self.permissions.contains(&Permission::Read) {
            return Err(Refusal::field("permissions", "must contain read").into());
        }
        if facts.is_taken::<Link>(cx, self.link_id)? {
            return Err(Refusal::AlreadyExists { kind: Kind::Link }.into());
        }
        let carer = facts.unique(email_key(&self.email))?.and_then(|row| row.read::<Account>());
        let carer = carer.ok_or_else(|| Refusal::field("email", "has no account here yet"))?;
        let links = facts.list::<Link>(Need::all(Index::PatientLinks, self.patient_id))?;
        if links.iter().any(|link| link.account_id == carer.id && link.is_live(cx.now)) {
            return Err(Refusal::AlreadyExists { kind: Kind::Link }.into());
        }
        if links.iter().filter(|link| link.is_live(cx.now)).count() >= MAX_LINKS {
            return Err(Refusal::TooMany { limit: MAX_LINKS as u32 }.into());
        }
        let mut permissions = self.permissions.clone();
        permissions.dedup();
        Ok(vec![Change::put(Link {
            permissions,
            expires_at: self.expires_at,
            granted_by: by.id,
            ..Link::new(self.link_id, &carer, &patient, Relation::Caregiver, cx.now)
        })])
    }
}

/// Ends a link at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct RevokeLink {
    #[garde(skip)]
    pub link_id: LinkId,
}

impl Rule for RevokeLink {
    const NAME: &'static str = "profiles.revoke_link";

    fn lane(&self) -> String {
        format!("link:{}", self.link_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.link_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let link: Link = facts.get(self.link_id)?;
        access::active(facts, cx)?;
        let own = cx.actor == Actor::Account(link.account_id);
        if !own && !access::acts_for(facts, cx, link.patient_id, Permission::Manage)? {
            return Err(Refusal::NotFound { kind: Kind::Link }.into());
        }
        // One's own file cannot be left without its owner.
        if link.relation == Relation::Oneself {
            return Err(Refusal::NotAllowed.into());
        }
        ended(link, cx)
    }
}

/// A link that ran out (server only).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct ExpireLink {
    #[garde(skip)]
    pub link_id: LinkId,
}

impl Rule for ExpireLink {
    const NAME: &'static str = "profiles.expire_link";

    fn lane(&self) -> String {
        format!("link:{}", self.link_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.link_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        if cx.actor != Actor::System {
            return Err(Refusal::NotAllowed.into());
        }
        let link: Link = facts.get(self.link_id)?;
        match link.expires_at.is_some_and(|end| end <= cx.now) {
            true => ended(link, cx),
            false => Err(wrong_state("active")),
        }
    }
}

/// Accounts that act for one patient.
const MAX_LINKS: usize = 12;

fn ended(link: Link, cx: &Context) -> Result<Vec<Change>, Halt> {
    match link.revoked_at {
        Some(_) => Err(wrong_state("revoked")),
        None => Ok(vec![Change::put(Link { revoked_at: Some(cx.now), ..link })]),
    }
}

fn wrong_state(state: &str) -> Halt {
    Refusal::WrongState { kind: Kind::Link, state: state.into() }.into()
}
