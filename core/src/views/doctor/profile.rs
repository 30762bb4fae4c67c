//! The doctor's public page as the doctor edits it, and what patients say.

use jiff::Timestamp;
use mediconnect_domain::{
    DoctorId, Kind,
    directory::{DoctorDetails, DoctorProfile, Specialty, profile::UpdateDoctorDetails},
    record::Index,
    reviews::{Rating, Review},
    valid::{FieldError, checked},
};

use super::{practice::own_doctor, schedule::fields_of};
use crate::{Records, StoreError};

#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    pub doctor_id: DoctorId,
    pub details: DoctorDetails,
    /// Patients see the page.
    pub listed: bool,
    pub verified_at: Option<Timestamp>,
    pub pending: bool,
    /// To choose from, by English name.
    pub specialties: Vec<Specialty>,
    pub rating: Option<Rating>,
    /// The newest first.
    pub reviews: Vec<Review>,
}

/// How many reviews are shown.
const SHOWN: usize = 50;

pub fn profile(records: &Records) -> Result<Option<Profile>, StoreError> {
    let Some(id) = own_doctor(records)? else { return Ok(None) };
    let Some(page) = records.get::<DoctorProfile>(id)? else { return Ok(None) };
    let mut specialties: Vec<Specialty> = records.all()?;
    specialties.retain(|one| one.active || page.details.specialties.contains(&one.id));
    specialties.sort_by(|a, b| a.name.en.cmp(&b.name.en));
    let reviews: Vec<Review> = records.all_of(Index::ReviewsOfDoctor, id)?;
    Ok(Some(Profile {
        doctor_id: id,
        details: page.details,
        listed: page.listed,
        verified_at: page.verified_at,
        pending: records.is_pending(Kind::DoctorProfile, id)?,
        specialties,
        rating: records.get(id)?,
        reviews: reviews.into_iter().rev().take(SHOWN).collect(),
    }))
}

/// One entry per line, as text fields hold it.
pub fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The command, or what is wrong with which field.
pub fn command(doctor_id: DoctorId, details: DoctorDetails) -> Result<UpdateDoctorDetails, Vec<FieldError>> {
    let command = UpdateDoctorDetails { doctor_id, details };
    match checked(&command.clone().into()) {
        Ok(_) => Ok(command),
        Err(refusal) => Err(fields_of(&refusal)),
    }
}

#[cfg(test)]
mod tests {
    use mediconnect_domain::ReviewId;

    use super::*;
    use crate::views::doctor::examples::*;

    #[test]
    fn the_newest_review_is_first_beside_the_distribution() {
        let review = |number: u32| Review {
            id: ReviewId::derive(&[&number.to_le_bytes()]),
            doctor_id: doctor_id(0),
            stars: 5,
            text: String::new(),
            month: jiff::civil::date(2026, 2, 1),
            number,
            reply: None,
        };
        let mut rows = practice();
        rows.extend([review(1).into(), review(2).into()]);
        let shown = read(&rows, profile).expect("a page");
        assert_eq!(shown.reviews.iter().map(|review| review.number).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(shown.rating.map(|rating| rating.count()), Some(20));
    }

    #[test]
    fn a_page_without_a_name_is_not_sent() {
        let details = read(&practice(), profile).expect("a page").details;
        assert!(command(doctor_id(0), details.clone()).is_ok());
        let wrong =
            command(doctor_id(0), DoctorDetails { name: " ".into(), ..details }).expect_err("no name");
        assert_eq!(wrong[0].path, "details.name");
    }

    #[test]
    fn lines_are_entries() {
        assert_eq!(lines_of(" MD, Pune \n\n DM\n"), ["MD, Pune", "DM"]);
    }
}
