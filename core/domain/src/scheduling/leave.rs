//! Time away.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Leave;
use crate::{
    Change, Context, DoctorId, Facts, Halt, Kind, LeaveId, Need, Refusal, RoleId, Rule, Zone,
    directory::{Doctor, PractitionerRole},
    record::{Index, sort_key},
    scheduling::LeaveReason,
    scheduling::rules::LeaveTime,
};

/// Takes time out of the schedule. Visits already booked stay until somebody decides about each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct AddLeave {
    #[garde(skip)]
    pub leave_id: LeaveId,
    #[garde(skip)]
    pub doctor_id: DoctorId,
    #[garde(skip)]
    pub role_id: Option<RoleId>,
    #[garde(dive)]
    pub time: LeaveTime,
    #[garde(skip)]
    pub zone: Zone,
    #[garde(skip)]
    pub reason: LeaveReason,
}

impl Rule for AddLeave {
    const NAME: &'static str = "scheduling.add_leave";

    fn lane(&self) -> String {
        format!("doctor:{}", self.doctor_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.doctor_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let doctor: Doctor = facts.get(self.doctor_id)?;
        super::manages(facts, cx, self.doctor_id, &doctor.clinics)?;
        if facts.find::<Leave>(self.leave_id)?.is_some() {
            return Err(Refusal::AlreadyExists { kind: Kind::Leave }.into());
        }
        if self.time.span(&self.zone).end <= cx.now {
            return Err(Refusal::InThePast.into());
        }
        if let Some(role) = self.role_id {
            let role: PractitionerRole = facts.get(role)?;
            if role.doctor_id != self.doctor_id {
                return Err(Refusal::NotFound { kind: Kind::PractitionerRole }.into());
            }
        }
        let ahead = Need::range(Index::LeaveOfDoctor, self.doctor_id, sort_key(cx.now), "~".into());
        if facts.list::<Leave>(ahead)?.len() >= MAX_LEAVES {
            return Err(Refusal::TooMany { limit: MAX_LEAVES as u32 }.into());
        }
        Ok(vec![Change::put(Leave {
            id: self.leave_id,
            doctor_id: self.doctor_id,
            role_id: self.role_id,
            time: self.time.clone(),
            reason: self.reason,
            zone: self.zone.clone(),
            clinics: doctor.clinics,
        })])
    }
}

/// Gives the time back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct RemoveLeave {
    #[garde(skip)]
    pub leave_id: LeaveId,
}

impl Rule for RemoveLeave {
    const NAME: &'static str = "scheduling.remove_leave";

    fn lane(&self) -> String {
        format!("leave:{}", self.leave_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.leave_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let leave: Leave = facts.get(self.leave_id)?;
        super::manages(facts, cx, leave.doctor_id, &leave.clinics)?;
        let day = leave.time.span(&leave.zone);
        let mut changes = vec![Change::Remove { kind: Kind::Leave, id: leave.id.0 }];
        if day.end > cx.now {
            // The times are on offer again: the role's record is written so that they are computed anew.
            let roles = Need::all(Index::RolesOfDoctor, leave.doctor_id);
            changes.extend(facts.list::<PractitionerRole>(roles)?.into_iter().map(Change::put));
        }
        Ok(changes)
    }
}

/// Entries ahead that one doctor may have.
const MAX_LEAVES: usize = 200;
