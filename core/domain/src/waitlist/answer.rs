//! Answering an offer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{WaitlistEntry, WaitlistState, offer};
use crate::{
    Change, Context, Facts, Halt, Refusal, Rule, WaitlistId,
    access::Party,
    appointments::{Appointment, State, placing},
    directory::PractitionerRole,
};

/// Takes the time on offer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct AcceptPlace {
    #[garde(skip)]
    pub waitlist_id: WaitlistId,
}

impl Rule for AcceptPlace {
    const NAME: &'static str = "waitlist.accept";

    fn lane(&self) -> String {
        format!("waitlist:{}", self.waitlist_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.waitlist_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let (entry, by, visit) = on_offer(facts, cx, self.waitlist_id)?;
        let visit = visit.into_state(State::Booked, by, cx.now);
        let patient = placing::active_patient(facts, visit.patient_id)?;
        let role: PractitionerRole = facts.get(visit.role_id)?;
        let mut changes = placing::introduce(facts, cx, &patient, &role)?;
        changes.push(Change::put(visit));
        changes.push(Change::put(WaitlistEntry {
            state: WaitlistState::Accepted,
            offer_expires_at: None,
            ..entry
        }));
        Ok(changes)
    }
}

/// Lets the time go to the next and keeps waiting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct PassPlace {
    #[garde(skip)]
    pub waitlist_id: WaitlistId,
}

impl Rule for PassPlace {
    const NAME: &'static str = "waitlist.pass";

    fn lane(&self) -> String {
        format!("waitlist:{}", self.waitlist_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.waitlist_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let (mut entry, by, visit) = on_offer(facts, cx, self.waitlist_id)?;
        let changes = offer::give_back(facts, cx, &entry, by)?;
        entry.back_to_waiting(visit.start);
        Ok(changes.into_iter().chain([Change::put(entry)]).collect())
    }
}

/// The entry with the visit on offer, and that the offer still stands.
fn on_offer(
    facts: &Facts,
    cx: &Context,
    id: WaitlistId,
) -> Result<(WaitlistEntry, Party, Appointment), Halt> {
    let entry: WaitlistEntry = facts.get(id)?;
    let by = entry.party(facts, cx)?;
    let (WaitlistState::Offered, Some(offered)) = (entry.state, entry.offered) else {
        return Err(entry.wrong_state());
    };
    let visit: Appointment = facts.get(offered)?;
    match visit.state == State::Held && visit.occupies_at(cx.now) {
        true => Ok((entry, by, visit)),
        false => Err(Refusal::OfferExpired.into()),
    }
}
