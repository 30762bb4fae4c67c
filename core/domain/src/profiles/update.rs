//! Changing a patient's file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Link, Patient, PatientStatus, PatientSummary, Permission};
use crate::{
    Authority, Change, Context, Facts, Halt, Kind, Need, PatientId, Refusal, Rule, access, profiles::Profile,
    record::Index,
};

/// The whole profile, as edited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct UpdateProfile {
    #[garde(skip)]
    pub patient_id: PatientId,
    #[garde(dive)]
    pub profile: Profile,
}

impl Rule for UpdateProfile {
    const NAME: &'static str = "profiles.update";

    fn lane(&self) -> String {
        format!("patient:{}", self.patient_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.patient_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let patient: Patient = facts.get(self.patient_id)?;
        may_change(facts, cx, &patient)?;
        if patient.status != PatientStatus::Active {
            return Err(Refusal::PatientInactive.into());
        }
        born(&self.profile, cx)?;
        let changed = Patient { profile: self.profile.clone(), ..patient };
        let mut changes = Vec::new();
        if cx.authority == Authority::Final {
            let summaries = Need::all(Index::SummariesOfPatient, changed.id);
            let links = Need::all(Index::PatientLinks, changed.id);
            facts.want([summaries.clone(), links.clone()])?;
            let anew =
                |old: PatientSummary| Change::put(PatientSummary::of(old.doctor_id, &changed, old.since));
            changes.extend(facts.list(summaries)?.into_iter().map(anew));
            let named = |link: Link| Change::put(Link { patient_name: changed.profile.name.clone(), ..link });
            let stale = |link: &Link| link.patient_name != changed.profile.name;
            changes.extend(facts.list(links)?.into_iter().filter(stale).map(named));
        }
        changes.push(Change::put(changed));
        Ok(changes)
    }
}

/// The patient's side with the right to manage, or a clinic that knows the patient.
fn may_change(facts: &Facts, cx: &Context, patient: &Patient) -> Result<(), Halt> {
    if access::acts_for(facts, cx, patient.id, Permission::Manage)? {
        return access::active(facts, cx);
    }
    match super::knows(facts, cx, patient) {
        Err(Halt::Refused(_)) if access::acts_for(facts, cx, patient.id, Permission::Read)? => {
            Err(Refusal::NotAllowed.into())
        }
        Err(Halt::Refused(_)) => Err(Refusal::NotFound { kind: Kind::Patient }.into()),
        known => known,
    }
}

/// Nobody is born in the future or more than 130 years ago.
pub(super) fn born(profile: &Profile, cx: &Context) -> Result<(), Halt> {
    let Some(birth) = profile.birth_date else { return Ok(()) };
    let today = profile.zone.rules().to_datetime(cx.now).date();
    match birth <= today && i32::from(today.year()) - i32::from(birth.year()) <= 130 {
        true => Ok(()),
        false => Err(Refusal::field("profile.birth_date", "must be a date of the last 130 years").into()),
    }
}
