//! Verification of doctors.
//!
//! registered → submitted → verified | rejected (may resubmit); verified ⇄ suspended; removed keeps the past.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Clinic, Doctor, DoctorProfile, PractitionerRole, Standing};
use crate::{
    Actor, Change, ClinicId, Context, DoctorId, Facts, Halt, Kind, Need, Refusal, Rule, access,
    directory::License, record::Index, valid,
};

/// The doctor hands in the license and names the clinics they want to work at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct SubmitForVerification {
    #[garde(skip)]
    pub doctor_id: DoctorId,
    #[garde(dive)]
    pub license: License,
    #[garde(length(min = 1, max = 20))]
    pub clinics: Vec<ClinicId>,
}

impl Rule for SubmitForVerification {
    const NAME: &'static str = "directory.submit";

    fn lane(&self) -> String {
        format!("doctor:{}", self.doctor_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.doctor_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let mut doctor: Doctor = facts.get(self.doctor_id)?;
        if !access::is_doctor(facts, cx, self.doctor_id)? {
            return Err(Refusal::NotFound { kind: Kind::Doctor }.into());
        }
        if !matches!(doctor.standing, Standing::Registered | Standing::Rejected) {
            return Err(doctor.wrong_standing());
        }
        if self.license.valid_until <= crate::Zone::utc().rules().to_datetime(cx.now).date() {
            return Err(Refusal::field("license.valid_until", "must be in the future").into());
        }
        facts.want(self.clinics.iter().map(|clinic| Need::record::<Clinic>(*clinic)))?;
        for clinic in &self.clinics {
            facts.get::<Clinic>(*clinic)?;
        }
        doctor.license = Some(self.license.clone());
        doctor.clinics = self.clinics.clone();
        doctor.submitted_at = Some(cx.now);
        if license_is_taken(facts, cx, &doctor)? {
            return Err(Refusal::field("license.number", "is registered for another doctor").into());
        }
        Ok(vec![Change::put(doctor.into_standing(Standing::Submitted, None, cx))])
    }
}

/// An admin has checked the license. The doctor is listed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct VerifyDoctor {
    #[garde(skip)]
    pub doctor_id: DoctorId,
}

impl Rule for VerifyDoctor {
    const NAME: &'static str = "directory.verify";

    fn lane(&self) -> String {
        format!("doctor:{}", self.doctor_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.doctor_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let doctor = reviewed(facts, cx, self.doctor_id, &[Standing::Submitted])?;
        listed(facts, cx, doctor.into_standing(Standing::Verified, None, cx), true)
    }
}

/// An admin turns the submission down; the doctor reads why and may resubmit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct RejectDoctor {
    #[garde(skip)]
    pub doctor_id: DoctorId,
    #[garde(length(chars, max = 500), custom(valid::line))]
    pub reason: String,
}

impl Rule for RejectDoctor {
    const NAME: &'static str = "directory.reject";

    fn lane(&self) -> String {
        format!("doctor:{}", self.doctor_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.doctor_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let doctor = reviewed(facts, cx, self.doctor_id, &[Standing::Submitted])?;
        Ok(vec![Change::put(doctor.into_standing(Standing::Rejected, Some(self.reason.clone()), cx))])
    }
}

/// Takes a verified doctor out of the directory; no new bookings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct SuspendDoctor {
    #[garde(skip)]
    pub doctor_id: DoctorId,
    #[garde(length(chars, max = 500), custom(valid::line))]
    pub reason: String,
}

impl Rule for SuspendDoctor {
    const NAME: &'static str = "directory.suspend";

    fn lane(&self) -> String {
        format!("doctor:{}", self.doctor_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.doctor_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let doctor = reviewed(facts, cx, self.doctor_id, &[Standing::Verified])?;
        listed(facts, cx, doctor.into_standing(Standing::Suspended, Some(self.reason.clone()), cx), false)
    }
}

/// Lists a suspended doctor again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct ReinstateDoctor {
    #[garde(skip)]
    pub doctor_id: DoctorId,
}

impl Rule for ReinstateDoctor {
    const NAME: &'static str = "directory.reinstate";

    fn lane(&self) -> String {
        format!("doctor:{}", self.doctor_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.doctor_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let doctor = reviewed(facts, cx, self.doctor_id, &[Standing::Suspended])?;
        listed(facts, cx, doctor.into_standing(Standing::Verified, None, cx), true)
    }
}

/// Ends all roles; past visits keep the name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct RemoveDoctor {
    #[garde(skip)]
    pub doctor_id: DoctorId,
    #[garde(length(chars, max = 500), custom(valid::line))]
    pub reason: String,
}

impl Rule for RemoveDoctor {
    const NAME: &'static str = "directory.remove";

    fn lane(&self) -> String {
        format!("doctor:{}", self.doctor_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.doctor_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let from = [
            Standing::Registered,
            Standing::Submitted,
            Standing::Verified,
            Standing::Rejected,
            Standing::Suspended,
        ];
        let doctor = reviewed(facts, cx, self.doctor_id, &from)?;
        listed(facts, cx, doctor.into_standing(Standing::Removed, Some(self.reason.clone()), cx), false)
    }
}

/// The doctor in one of these standings, and that the actor may review: a super admin, or who runs a clinic that the
/// doctor works or asks to work at.
fn reviewed(facts: &Facts, cx: &Context, id: DoctorId, from: &[Standing]) -> Result<Doctor, Halt> {
    let doctor: Doctor = facts.get(id)?;
    if access::is_doctor(facts, cx, id)? && cx.actor != Actor::System {
        return Err(Refusal::OwnRights.into());
    }
    crate::scheduling::manages(facts, cx, id, &doctor.clinics)?;
    if from.contains(&doctor.standing) { Ok(doctor) } else { Err(doctor.wrong_standing()) }
}

/// The doctor with page and roles, in the directory or out of it.
fn listed(facts: &Facts, cx: &Context, doctor: Doctor, listed: bool) -> Result<Vec<Change>, Halt> {
    let roles = Need::all(Index::RolesOfDoctor, doctor.id);
    facts.want([roles.clone(), Need::record::<DoctorProfile>(doctor.id)])?;
    let mut profile: DoctorProfile = facts.get(doctor.id)?;
    profile.listed = listed;
    if listed {
        profile.verified_at = profile.verified_at.or(Some(cx.now));
    }
    let roles = facts.list::<PractitionerRole>(roles)?;
    let mut changes: Vec<_> =
        roles.into_iter().map(|role| Change::put(PractitionerRole { listed, ..role })).collect();
    changes.extend([Change::put(profile), Change::put(doctor)]);
    Ok(changes)
}

fn license_is_taken(facts: &Facts, cx: &Context, doctor: &Doctor) -> Result<bool, Halt> {
    use crate::Stored;
    let Some(key) = doctor.unique_keys().pop() else { return Ok(false) };
    let other = match facts.unique(key) {
        Err(Halt::NotHeld) => cx.skips(None)?,
        found => found?,
    };
    Ok(other.is_some_and(|row| row.id != doctor.id.0))
}
