//! Keeping a doctor at hand.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Follow;
use crate::{
    Change, Context, DoctorId, Facts, Halt, Kind, Need, Refusal, Rule, access, directory::DoctorProfile,
    record::Index,
};

/// Keeps the doctor's times on this account's devices. Of those only viewed, the twelve latest stay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct FollowDoctor {
    #[garde(skip)]
    pub doctor_id: DoctorId,
    #[garde(skip)]
    pub favourite: bool,
}

impl Rule for FollowDoctor {
    const NAME: &'static str = "settings.follow";

    fn lane(&self) -> String {
        "settings".into()
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let account = access::account(facts, cx)?;
        if !facts.get::<DoctorProfile>(self.doctor_id)?.listed {
            return Err(Refusal::DoctorNotListed.into());
        }
        let follows = facts.list::<Follow>(Need::all(Index::FollowsOfAccount, account.id))?;
        let before = follows.iter().find(|follow| follow.doctor_id == self.doctor_id);
        let favourite = self.favourite || before.is_some_and(|follow| follow.favourite);
        let others = || follows.iter().filter(|follow| follow.doctor_id != self.doctor_id);
        if favourite && others().filter(|follow| follow.favourite).count() >= MAX_FAVOURITES {
            return Err(Refusal::TooMany { limit: MAX_FAVOURITES as u32 }.into());
        }
        let mut viewed: Vec<_> = others().filter(|follow| !follow.favourite).collect();
        viewed.sort_by_key(|follow| std::cmp::Reverse(follow.at));
        let gone = viewed.into_iter().skip(MAX_VIEWED - 1);
        let mut changes: Vec<_> =
            gone.map(|follow| Change::Remove { kind: Kind::Follow, id: follow.id.0 }).collect();
        let (id, doctor_id) = (Follow::id_of(account.id, self.doctor_id), self.doctor_id);
        changes.push(Change::put(Follow { id, account_id: account.id, doctor_id, favourite, at: cx.now }));
        Ok(changes)
    }
}

/// No longer kept at hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct UnfollowDoctor {
    #[garde(skip)]
    pub doctor_id: DoctorId,
}

impl Rule for UnfollowDoctor {
    const NAME: &'static str = "settings.unfollow";

    fn lane(&self) -> String {
        "settings".into()
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let account = access::account(facts, cx)?;
        let follow: Follow = facts.get(Follow::id_of(account.id, self.doctor_id))?;
        Ok(vec![Change::Remove { kind: Kind::Follow, id: follow.id.0 }])
    }
}

const MAX_FAVOURITES: usize = 50;
const MAX_VIEWED: usize = 12;
