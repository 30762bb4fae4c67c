//! Where the doctor stands with verification: what is done, what is missing, what happens next.

use jiff::{Timestamp, civil::Date};
use mediconnect_domain::{
    ClinicId, DoctorId,
    directory::{Clinic, Doctor, DoctorProfile, License, Standing, standing::SubmitForVerification},
    valid::{FieldError, checked},
};

use super::{
    practice::{own_doctor, workplaces},
    schedule::fields_of,
};
use crate::{Records, StoreError};

#[derive(Clone, Debug, PartialEq)]
pub struct Verification {
    pub doctor_id: DoctorId,
    pub name: String,
    pub standing: Standing,
    /// The reviewer's words, where the doctor was rejected or suspended.
    pub reason: Option<String>,
    /// When the present standing began.
    pub since: Option<Timestamp>,
    pub submitted_at: Option<Timestamp>,
    pub pending: bool,
    pub license: Option<License>,
    pub chosen: Vec<ClinicId>,
    /// Clinics to choose from.
    pub clinics: Vec<ClinicChoice>,
    pub missing: Vec<Missing>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ClinicChoice {
    pub id: ClinicId,
    pub name: String,
    pub city: String,
}

/// What stands between the doctor and the first booking, in the order in which it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    License,
    /// The public page says no specialty.
    Specialty,
    /// A clinic must give the doctor a role.
    Role,
    /// No hours or no kinds of visit in any schedule.
    Hours,
}

impl Verification {
    pub fn may_submit(&self) -> bool {
        matches!(self.standing, Standing::Registered | Standing::Rejected)
    }
}

/// `None` where the account is no doctor's, or nothing of it has come yet.
pub fn verification(records: &Records) -> Result<Option<Verification>, StoreError> {
    let Some(id) = own_doctor(records)? else { return Ok(None) };
    let Some(doctor) = records.get::<Doctor>(id)? else { return Ok(None) };
    let mut clinics: Vec<Clinic> = records.all()?;
    clinics.retain(|clinic| clinic.active);
    let mut clinics: Vec<ClinicChoice> = clinics
        .into_iter()
        .map(|clinic| ClinicChoice {
            id: clinic.id,
            name: clinic.details.name,
            city: clinic.details.address.city,
        })
        .collect();
    clinics.sort_by(|a, b| a.name.cmp(&b.name));
    let last = doctor.history.last();
    let says_why = matches!(doctor.standing, Standing::Rejected | Standing::Suspended | Standing::Removed);
    Ok(Some(Verification {
        doctor_id: id,
        name: doctor.name.clone(),
        standing: doctor.standing,
        reason: last.and_then(|moment| moment.reason.clone()).filter(|_| says_why),
        since: last.map(|moment| moment.at),
        submitted_at: doctor.submitted_at,
        pending: records.is_pending(mediconnect_domain::Kind::Doctor, id)?,
        license: doctor.license.clone(),
        chosen: doctor.clinics.clone(),
        clinics,
        missing: missing(records, &doctor)?,
    }))
}

fn missing(records: &Records, doctor: &Doctor) -> Result<Vec<Missing>, StoreError> {
    let profile: Option<DoctorProfile> = records.get(doctor.id)?;
    let places = workplaces(records)?;
    let specialised = profile.is_some_and(|profile| !profile.details.specialties.is_empty());
    let opens = places
        .iter()
        .filter_map(|place| place.rules())
        .filter(|rules| !rules.offerings.is_empty())
        .any(|rules| !rules.weekly.is_empty() || !rules.overrides.is_empty());
    let handed_in = !matches!(doctor.standing, Standing::Registered | Standing::Rejected);
    let checks = [
        (handed_in, Missing::License),
        (specialised, Missing::Specialty),
        (!places.is_empty(), Missing::Role),
        (opens, Missing::Hours),
    ];
    Ok(checks.into_iter().filter(|(done, _)| !done).map(|(_, missing)| missing).collect())
}

/// What is handed in, as its fields hold it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    pub number: String,
    pub authority: String,
    pub country: String,
    pub valid_until: String,
    pub clinics: Vec<ClinicId>,
}

impl Draft {
    /// What was handed in before, to be mended.
    pub fn of(verification: &Verification) -> Self {
        let license = verification.license.clone();
        let field = |read: fn(&License) -> String| license.as_ref().map(read).unwrap_or_default();
        Self {
            number: field(|license| license.number.clone()),
            authority: field(|license| license.authority.clone()),
            country: field(|license| license.country.clone()),
            valid_until: field(|license| license.valid_until.to_string()),
            clinics: verification.chosen.clone(),
        }
    }

    /// The command, or what is wrong with which field.
    pub fn command(
        &self,
        doctor_id: DoctorId,
        today: Date,
    ) -> Result<SubmitForVerification, Vec<FieldError>> {
        let (valid_until, mut wrong) = match self.valid_until.parse::<Date>() {
            Ok(date) if date > today => (date, Vec::new()),
            Ok(date) => (date, vec![FieldError::new("license.valid_until", "must be in the future")]),
            Err(_) => (today, vec![FieldError::new("license.valid_until", "must be filled in")]),
        };
        let license = License {
            number: self.number.trim().to_owned(),
            authority: self.authority.trim().to_owned(),
            country: self.country.trim().to_uppercase(),
            valid_until,
        };
        let command = SubmitForVerification { doctor_id, license, clinics: self.clinics.clone() };
        if let Err(refusal) = checked(&command.clone().into()) {
            wrong.splice(0..0, fields_of(&refusal));
        }
        if wrong.is_empty() { Ok(command) } else { Err(wrong) }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use mediconnect_domain::directory::StandingMoment;

    use super::*;
    use crate::views::doctor::examples::*;

    fn standing_of(standing: Standing, reason: Option<&str>) -> Verification {
        let mut doctor = doctor();
        doctor.standing = standing;
        let reason = reason.map(str::to_owned);
        doctor.history.push(StandingMoment { at: now(), standing, reason, by: None });
        let mut rows = newcomer();
        rows.push(doctor.into());
        read(&rows, verification).expect("a doctor")
    }

    #[test]
    fn a_newcomer_is_told_all_that_is_missing_in_order() {
        let shown = standing_of(Standing::Registered, None);
        assert_eq!(shown.missing, [Missing::License, Missing::Role, Missing::Hours]);
        assert!(shown.may_submit());
        assert_eq!(shown.clinics[0].name, "Linden Practice");
    }

    #[test]
    fn a_rejected_doctor_reads_why_and_may_hand_in_again() {
        let shown = standing_of(Standing::Rejected, Some("The scan cannot be read."));
        assert_eq!(shown.reason.as_deref(), Some("The scan cannot be read."));
        assert!(shown.may_submit() && shown.missing.contains(&Missing::License));
        assert!(!standing_of(Standing::Suspended, Some("Under review")).may_submit());
    }

    #[test]
    fn a_doctor_with_hours_lacks_nothing() {
        assert_eq!(read(&practice(), verification).expect("a doctor").missing, []);
    }

    #[test]
    fn what_is_handed_in_is_checked_field_by_field() {
        let today = date(2026, 3, 1);
        let draft = Draft {
            number: "MH-12345".into(),
            authority: "Medical Council".into(),
            country: "in".into(),
            valid_until: "2030-01-31".into(),
            clinics: vec![clinic_id(0)],
        };
        let command = draft.command(doctor_id(0), today).expect("all is there");
        assert_eq!(command.license.country, "IN");
        let wrong = |draft: Draft| {
            draft
                .command(doctor_id(0), today)
                .expect_err("wrong")
                .into_iter()
                .map(|error| error.path)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            wrong(Draft { valid_until: "2026-02-01".into(), ..draft.clone() }),
            ["license.valid_until"]
        );
        assert_eq!(wrong(Draft { number: " ".into(), ..draft.clone() }), ["license.number"]);
        assert_eq!(wrong(Draft { clinics: vec![], ..draft }), ["clinics"]);
        let nothing = wrong(Draft::default());
        for field in
            ["license.number", "license.authority", "license.country", "license.valid_until", "clinics"]
        {
            assert!(nothing.contains(&field.to_owned()), "{field}");
        }
    }
}
