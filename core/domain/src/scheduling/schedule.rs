//! Changing when a role can be booked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Schedule;
use crate::{
    Change, Context, Facts, Halt, Need, Refusal, RoleId, Rule,
    directory::{Clinic, PractitionerRole, VisitType},
    scheduling::rules::Rules,
};

/// The rules of a role, as edited. Visits already booked stay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct SaveSchedule {
    #[garde(skip)]
    pub role_id: RoleId,
    #[garde(dive)]
    pub rules: Rules,
}

impl Rule for SaveSchedule {
    const NAME: &'static str = "scheduling.save";

    fn lane(&self) -> String {
        format!("role:{}", self.role_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.role_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let mut role: PractitionerRole = facts.get(self.role_id)?;
        super::manages(facts, cx, role.doctor_id, &[role.clinic_id])?;
        let clinic: Clinic = facts.get(role.clinic_id)?;
        self.fits(&role, &clinic, facts)?;
        role.offerings = self.rules.offerings.clone();
        role.auto_confirm = self.rules.auto_confirm;
        role.minimum_notice_min = self.rules.minimum_notice_min;
        role.cancel_notice_min = self.rules.cancel_notice_min;
        let schedule = Schedule {
            id: role.id,
            doctor_id: role.doctor_id,
            clinic_id: role.clinic_id,
            rules: self.rules.clone(),
        };
        Ok(vec![Change::put(role), Change::put(schedule)])
    }
}

impl SaveSchedule {
    /// The zone is the clinic's, prices are in its currency, and the visit types exist.
    fn fits(&self, role: &PractitionerRole, clinic: &Clinic, facts: &Facts) -> Result<(), Halt> {
        if self.rules.zone != role.zone {
            return Err(Refusal::field("rules.zone", "must be the clinic's zone").into());
        }
        facts.want(
            self.rules.offerings.iter().map(|offering| Need::record::<VisitType>(offering.visit_type_id)),
        )?;
        for (n, offering) in self.rules.offerings.iter().enumerate() {
            let path = format!("rules.offerings[{n}]");
            if offering.price.currency != clinic.details.currency {
                return Err(Refusal::field(
                    &format!("{path}.price.currency"),
                    "must be the clinic's currency",
                )
                .into());
            }
            if facts.find::<VisitType>(offering.visit_type_id)?.is_none_or(|visit_type| !visit_type.active) {
                return Err(
                    Refusal::field(&format!("{path}.visit_type_id"), "must be a visit type in use").into()
                );
            }
        }
        Ok(())
    }
}
