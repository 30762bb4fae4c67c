//! People one cares for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Link, Patient, PatientStatus, Relation, update::born};
use crate::{
    Change, Context, Facts, Halt, Kind, LinkId, Need, PatientId, Refusal, Rule, access, accounts::Role,
    profiles::Profile, record::Index,
};

/// A new patient for whom the account is guardian.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct AddDependant {
    #[garde(skip)]
    pub patient_id: PatientId,
    #[garde(skip)]
    pub link_id: LinkId,
    #[garde(dive)]
    pub profile: Profile,
}

impl Rule for AddDependant {
    const NAME: &'static str = "profiles.add_dependant";

    fn lane(&self) -> String {
        "account".into()
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.patient_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let account = access::account(facts, cx)?;
        if account.role != Role::Patient {
            return Err(Refusal::NotAllowed.into());
        }
        born(&self.profile, cx)?;
        let links = facts.list::<Link>(Need::all(Index::AccountLinks, account.id))?;
        let wards = links.iter().filter(|link| link.relation == Relation::Guardian && link.is_live(cx.now));
        if wards.count() >= MAX_DEPENDANTS {
            return Err(Refusal::TooMany { limit: MAX_DEPENDANTS as u32 }.into());
        }
        if facts.is_taken::<Patient>(cx, self.patient_id)? || facts.is_taken::<Link>(cx, self.link_id)? {
            return Err(Refusal::AlreadyExists { kind: Kind::Patient }.into());
        }
        let patient = Patient {
            id: self.patient_id,
            profile: self.profile.clone(),
            status: PatientStatus::Active,
            clinics: Vec::new(),
            merged_into: None,
            registered_at: cx.now,
        };
        let link = Link::new(self.link_id, &account, &patient, Relation::Guardian, cx.now);
        Ok(vec![Change::put(patient), Change::put(link)])
    }
}

/// People one account is guardian of.
const MAX_DEPENDANTS: usize = 12;
