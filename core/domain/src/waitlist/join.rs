//! Joining and leaving a waitlist.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{WaitlistEntry, WaitlistState, expire::end_of, offer};
use crate::{
    Change, Context, Facts, Halt, Kind, Need, PatientId, Refusal, RoleId, Rule, VisitTypeId, WaitlistId,
    access, appointments::placing, directory::PractitionerRole, record::Index, waitlist::Wish,
};

/// Waits for a time with this role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct JoinWaitlist {
    #[garde(skip)]
    pub waitlist_id: WaitlistId,
    #[garde(skip)]
    pub patient_id: PatientId,
    #[garde(skip)]
    pub role_id: RoleId,
    #[garde(skip)]
    pub visit_type_id: VisitTypeId,
    #[garde(dive)]
    pub wish: Wish,
}

impl Rule for JoinWaitlist {
    const NAME: &'static str = "waitlist.join";

    fn lane(&self) -> String {
        format!("booking:{}", self.patient_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.patient_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let role: PractitionerRole = facts.get(self.role_id)?;
        let whom = (self.patient_id, Some(role.doctor_id), role.clinic_id);
        access::party(facts, cx, whom, Kind::Patient)?;
        placing::active_patient(facts, self.patient_id)?;
        if !(role.active && role.listed) {
            return Err(Refusal::DoctorNotListed.into());
        }
        if role.offering(self.visit_type_id).is_none() {
            return Err(Refusal::field("visit_type_id", "is not offered by this doctor").into());
        }
        self.sensible(cx)?;
        let entries = facts.list::<WaitlistEntry>(Need::all(Index::WaitlistOfPatient, self.patient_id))?;
        let open = || entries.iter().filter(|entry| entry.state.is_open());
        let waits =
            open().any(|entry| (entry.role_id, entry.visit_type_id) == (self.role_id, self.visit_type_id));
        if waits || facts.is_taken::<WaitlistEntry>(cx, self.waitlist_id)? {
            return Err(Refusal::AlreadyExists { kind: Kind::WaitlistEntry }.into());
        }
        if open().count() >= MAX_ENTRIES {
            return Err(Refusal::TooMany { limit: MAX_ENTRIES as u32 }.into());
        }
        Ok(vec![Change::put(self.entry(&role, cx))])
    }
}

/// Waits no more; a time on offer is given back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct LeaveWaitlist {
    #[garde(skip)]
    pub waitlist_id: WaitlistId,
}

impl Rule for LeaveWaitlist {
    const NAME: &'static str = "waitlist.leave";

    fn lane(&self) -> String {
        format!("waitlist:{}", self.waitlist_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.waitlist_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let entry: WaitlistEntry = facts.get(self.waitlist_id)?;
        let by = entry.party(facts, cx)?;
        if !entry.state.is_open() {
            return Err(entry.wrong_state());
        }
        let mut changes = offer::give_back(facts, cx, &entry, by)?;
        changes.push(Change::put(WaitlistEntry {
            state: WaitlistState::Withdrawn,
            offered: None,
            offer_expires_at: None,
            ..entry
        }));
        Ok(changes)
    }
}

/// Open entries one patient may have.
const MAX_ENTRIES: usize = 10;

impl JoinWaitlist {
    fn sensible(&self, cx: &Context) -> Result<(), Halt> {
        let Wish { from, until, .. } = self.wish;
        if until < from {
            return Err(Refusal::field("wish.until", "must not be before the first day").into());
        }
        if end_of(&self.wish) <= cx.now {
            return Err(Refusal::InThePast.into());
        }
        match until.duration_since(from).as_hours() / 24 > MAX_DAYS {
            true => Err(Refusal::field("wish.until", "must be within half a year of the first day").into()),
            false => Ok(()),
        }
    }

    fn entry(&self, role: &PractitionerRole, cx: &Context) -> WaitlistEntry {
        WaitlistEntry {
            id: self.waitlist_id,
            patient_id: self.patient_id,
            doctor_id: role.doctor_id,
            role_id: role.id,
            clinic_id: role.clinic_id,
            visit_type_id: self.visit_type_id,
            wish: self.wish.clone(),
            state: WaitlistState::Waiting,
            joined_at: cx.now,
            offered: None,
            offer_expires_at: None,
            passed: Vec::new(),
        }
    }
}

const MAX_DAYS: i64 = 184;
