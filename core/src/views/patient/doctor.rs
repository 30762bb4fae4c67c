//! A doctor's page: who they are, where they see patients, for what price, and what patients say.

use jiff::Timestamp;
use mediconnect_domain::{
    DoctorId, RoleId,
    directory::{ClinicDetails, DoctorDetails, LocalText, PractitionerRole},
    record::Index,
    reviews::Review,
    scheduling::rules::Offering,
    settings::Follow,
};

use super::directory::Directory;
use crate::{Records, StoreError};

#[derive(Clone, Debug, PartialEq)]
pub struct DoctorPage {
    pub id: DoctorId,
    pub details: DoctorDetails,
    pub specialties: Vec<LocalText>,
    pub verified_at: Option<Timestamp>,
    pub rating: Option<f64>,
    /// How many gave one star, two stars, … five stars.
    pub by_stars: [u32; 5],
    /// The newest first.
    pub reviews: Vec<Review>,
    /// Those where the person lives first.
    pub places: Vec<Workplace>,
    pub favourite: bool,
}

/// Where the doctor can be seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Workplace {
    pub role_id: RoleId,
    pub clinic: ClinicDetails,
    pub offerings: Vec<(Offering, LocalText)>,
    pub auto_confirm: bool,
}

/// How many reviews the page holds.
const REVIEWS: usize = 50;

/// `None` where the doctor is not listed (any more).
pub fn page(records: &Records, id: DoctorId) -> Result<Option<DoctorPage>, StoreError> {
    let directory = Directory::read(records)?;
    let Some(doctor) = directory.doctors.get(&id) else { return Ok(None) };
    let rating = directory.ratings.get(&id);
    let mut reviews: Vec<Review> = records.all_of(Index::ReviewsOfDoctor, id)?;
    reviews.reverse();
    reviews.truncate(REVIEWS);
    let mut roles: Vec<_> = directory.roles.iter().filter(|role| role.doctor_id == id).collect();
    roles.sort_by_key(|role| !directory.is_at_home(role));
    let follow: Option<Follow> = records.get(Follow::id_of(records.account_id(), id))?;
    Ok(Some(DoctorPage {
        id,
        specialties: directory.specialties_of(doctor),
        details: doctor.details.clone(),
        verified_at: doctor.verified_at,
        rating: rating.and_then(|rating| rating.mean()),
        by_stars: rating.map_or([0; 5], |rating| rating.by_stars),
        reviews,
        places: roles.into_iter().map(|role| workplace(&directory, role)).collect(),
        favourite: follow.is_some_and(|follow| follow.favourite),
    }))
}

fn workplace(directory: &Directory, role: &PractitionerRole) -> Workplace {
    let named = |offering: &Offering| {
        let visit_type = directory.visit_types.get(&offering.visit_type_id)?;
        Some((offering.clone(), visit_type.details.name.clone()))
    };
    Workplace {
        role_id: role.id,
        clinic: directory.clinics[&role.clinic_id].details.clone(),
        offerings: role.offerings.iter().filter_map(named).collect(),
        auto_confirm: role.auto_confirm,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use mediconnect_domain::{ReviewId, id::derive};

    use super::*;
    use crate::views::patient::examples::*;

    #[test]
    fn the_page_names_places_prices_and_the_latest_reviews_first() {
        let mut rows = family();
        rows.extend((1..=3).map(|number| {
            let id = ReviewId(derive(&[b"review", &[number as u8]]));
            let text = format!("Review {number}");
            let month = date(2026, 1, 1);
            Review { id, doctor_id: doctor_id(0), stars: 5, text, month, number, reply: None }.into()
        }));
        let shown = read(&rows, |records| page(records, doctor_id(0))).expect("listed");
        assert_eq!(shown.reviews[0].text, "Review 3");
        assert_eq!(shown.by_stars[4], 15);
        assert_eq!(shown.places[0].offerings[1].1.en, "Video consultation");
        assert!(!shown.favourite);
        assert_eq!(read(&rows, |records| page(records, doctor_id(9))), None);
    }
}
