//! Which doctor works at which clinic.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Clinic, Doctor, DoctorProfile, PractitionerRole, Standing};
use crate::{
    Change, ClinicId, Context, DoctorId, Facts, Halt, Kind, Need, Refusal, RoleId, Rule, access,
    record::Index,
    scheduling::{Schedule, rules::Rules},
};

/// Gives a doctor a role at a clinic, with an empty schedule in the clinic's zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct AddRole {
    #[garde(skip)]
    pub role_id: RoleId,
    #[garde(skip)]
    pub doctor_id: DoctorId,
    #[garde(skip)]
    pub clinic_id: ClinicId,
}

impl Rule for AddRole {
    const NAME: &'static str = "directory.add_role";

    fn lane(&self) -> String {
        format!("doctor:{}", self.doctor_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.doctor_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        access::runs_clinic(facts, cx, self.clinic_id)?;
        facts.want([
            Need::record::<Doctor>(self.doctor_id),
            Need::record::<Clinic>(self.clinic_id),
            Need::record::<DoctorProfile>(self.doctor_id),
            Need::record::<PractitionerRole>(self.role_id),
            Need::all(Index::RolesOfDoctor, self.doctor_id),
        ])?;
        let mut doctor: Doctor = facts.get(self.doctor_id)?;
        if doctor.standing == Standing::Removed {
            return Err(doctor.wrong_standing());
        }
        let clinic: Clinic = facts.get(self.clinic_id)?;
        let profile: DoctorProfile = facts.get(self.doctor_id)?;
        let roles = facts.list::<PractitionerRole>(Need::all(Index::RolesOfDoctor, self.doctor_id))?;
        let ended = roles.into_iter().find(|role| role.clinic_id == self.clinic_id);
        if ended.as_ref().is_some_and(|role| role.active)
            || facts.find::<PractitionerRole>(self.role_id)?.is_some()
        {
            return Err(Refusal::AlreadyExists { kind: Kind::PractitionerRole }.into());
        }
        let mut changes = match ended {
            // A role that ended and comes back keeps its schedule.
            Some(role) => {
                vec![Change::put(PractitionerRole { active: true, listed: profile.listed, ..role })]
            }
            None => self.fresh(&clinic, profile.listed),
        };
        if !doctor.clinics.contains(&self.clinic_id) {
            doctor.clinics.push(self.clinic_id);
            changes.push(Change::put(doctor));
        }
        Ok(changes)
    }
}

/// Ends a role: no new bookings there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct EndRole {
    #[garde(skip)]
    pub role_id: RoleId,
}

impl Rule for EndRole {
    const NAME: &'static str = "directory.end_role";

    fn lane(&self) -> String {
        format!("role:{}", self.role_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.role_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let role: PractitionerRole = facts.get(self.role_id)?;
        access::runs_clinic(facts, cx, role.clinic_id)?;
        match role.active {
            true => Ok(vec![Change::put(PractitionerRole { active: false, ..role })]),
            false => Err(Refusal::WrongState { kind: Kind::PractitionerRole, state: "ended".into() }.into()),
        }
    }
}

impl AddRole {
    fn fresh(&self, clinic: &Clinic, listed: bool) -> Vec<Change> {
        let rules = Rules::closed(clinic.details.zone.clone());
        let role = PractitionerRole {
            id: self.role_id,
            doctor_id: self.doctor_id,
            clinic_id: self.clinic_id,
            active: true,
            listed,
            zone: rules.zone.clone(),
            offerings: Vec::new(),
            auto_confirm: rules.auto_confirm,
            minimum_notice_min: rules.minimum_notice_min,
            cancel_notice_min: rules.cancel_notice_min,
        };
        let schedule =
            Schedule { id: self.role_id, doctor_id: self.doctor_id, clinic_id: self.clinic_id, rules };
        vec![Change::put(role), Change::put(schedule)]
    }
}
