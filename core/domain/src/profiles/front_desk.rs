//! The front desk: patients who call or walk in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Link, Patient, PatientStatus, PatientSummary, update::born};
use crate::{
    Change, ClinicId, Context, Facts, Halt, Kind, Need, PatientId, Refusal, Rule, access,
    appointments::Appointment, consultations::Consultation, directory::Clinic, profiles::Profile,
    record::Index, waitlist::WaitlistEntry,
};

/// A patient without an account, known to the clinic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct RegisterPatient {
    #[garde(skip)]
    pub patient_id: PatientId,
    #[garde(skip)]
    pub clinic_id: ClinicId,
    #[garde(dive)]
    pub profile: Profile,
}

impl Rule for RegisterPatient {
    const NAME: &'static str = "profiles.register";

    fn lane(&self) -> String {
        format!("patient:{}", self.patient_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.patient_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        access::runs_clinic(facts, cx, self.clinic_id)?;
        facts.get::<Clinic>(self.clinic_id)?;
        born(&self.profile, cx)?;
        if facts.is_taken::<Patient>(cx, self.patient_id)? {
            return Err(Refusal::AlreadyExists { kind: Kind::Patient }.into());
        }
        Ok(vec![Change::put(Patient {
            id: self.patient_id,
            profile: self.profile.clone(),
            status: PatientStatus::Active,
            clinics: vec![self.clinic_id],
            merged_into: None,
            registered_at: cx.now,
        })])
    }
}

/// Two files of one person become one: visits, requests and links move to the kept file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct MergePatients {
    #[garde(skip)]
    pub kept: PatientId,
    #[garde(skip)]
    pub merged: PatientId,
}

impl Rule for MergePatients {
    const NAME: &'static str = "profiles.merge";

    fn lane(&self) -> String {
        format!("patient:{}", self.kept)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.kept.0, self.merged.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        if self.kept == self.merged {
            return Err(Refusal::field("merged", "must be another file").into());
        }
        facts.want([Need::record::<Patient>(self.kept), Need::record::<Patient>(self.merged)])?;
        let (mut kept, merged): (Patient, Patient) = (facts.get(self.kept)?, facts.get(self.merged)?);
        super::knows(facts, cx, &kept)?;
        super::knows(facts, cx, &merged)?;
        if [&kept, &merged].iter().any(|patient| patient.status != PatientStatus::Active) {
            return Err(Refusal::PatientInactive.into());
        }
        let mut changes = self.moved(facts, &kept)?;
        for clinic in &merged.clinics {
            if !kept.clinics.contains(clinic) {
                kept.clinics.push(*clinic);
            }
        }
        let gone = Patient { status: PatientStatus::Merged, merged_into: Some(kept.id), ..merged };
        changes.extend([Change::put(kept), Change::put(gone)]);
        Ok(changes)
    }
}

impl MergePatients {
    /// What belonged to the merged file, under the kept one. Links of an account that acts for both stay with the kept file.
    fn moved(&self, facts: &Facts, kept: &Patient) -> Result<Vec<Change>, Halt> {
        let of = |index| Need::all(index, self.merged);
        let kept_links = Need::all(Index::PatientLinks, self.kept);
        facts.want([
            of(Index::PatientTime),
            of(Index::RequestsOfPatient),
            of(Index::WaitlistOfPatient),
            of(Index::PatientLinks),
            of(Index::SummariesOfPatient),
            kept_links.clone(),
        ])?;
        let patient_id = self.kept;
        let mut changes = Vec::new();
        let visits = facts.list::<Appointment>(of(Index::PatientTime))?;
        changes.extend(visits.into_iter().map(|visit| Change::put(Appointment { patient_id, ..visit })));
        let requests = facts.list::<Consultation>(of(Index::RequestsOfPatient))?;
        changes
            .extend(requests.into_iter().map(|request| Change::put(Consultation { patient_id, ..request })));
        let entries = facts.list::<WaitlistEntry>(of(Index::WaitlistOfPatient))?;
        changes.extend(entries.into_iter().map(|entry| Change::put(WaitlistEntry { patient_id, ..entry })));
        let there = facts.list::<Link>(kept_links)?;
        for link in facts.list::<Link>(of(Index::PatientLinks))? {
            let acts_already = there.iter().any(|other| other.account_id == link.account_id);
            changes.push(match acts_already {
                true => Change::Remove { kind: Kind::Link, id: link.id.0 },
                false => Change::put(Link { patient_id, patient_name: kept.profile.name.clone(), ..link }),
            });
        }
        for summary in facts.list::<PatientSummary>(of(Index::SummariesOfPatient))? {
            changes.push(Change::Remove { kind: Kind::PatientSummary, id: summary.id.0 });
            changes.push(Change::put(PatientSummary::of(summary.doctor_id, kept, summary.since)));
        }
        Ok(changes)
    }
}
