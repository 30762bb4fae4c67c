//! What patients say of a doctor after a completed visit, and the aggregate.
//!
//! A review is public. It names no patient and no visit: its id follows from the visit's, so there is one per visit, and
//! only who knows the visit can tell which.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AppointmentId, DoctorId, Kind, ReviewId, Stored,
    access::Scope,
    record::{Index, IndexKey},
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Review {
    pub id: ReviewId,
    pub doctor_id: DoctorId,
    /// 1 to 5.
    pub stars: u8,
    pub text: String,
    /// The first of the month in which it was written: the day would tell the visit.
    pub month: Date,
    /// Counts the doctor's reviews, from 1.
    pub number: u32,
    /// Absent in reviews from before doctors could answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<Reply>,
}

/// What the doctor says in answer. Public, like the review; the doctor is the review's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reply {
    pub text: String,
}

impl Review {
    pub fn id_of(appointment: AppointmentId) -> ReviewId {
        ReviewId::derive(&[b"review", appointment.0.as_bytes()])
    }
}

impl Stored for Review {
    const KIND: Kind = Kind::Review;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Directory, Scope::Practice(self.doctor_id), Scope::Support, Scope::Installation]
    }

    fn buckets(&self) -> Vec<Scope> {
        vec![Scope::Directory]
    }

    fn index_keys(&self) -> Vec<IndexKey> {
        vec![IndexKey::new(Index::ReviewsOfDoctor, self.doctor_id, format!("{:08}", self.number))]
    }
}

/// All stars of a doctor. Has the doctor's id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rating {
    pub doctor_id: DoctorId,
    /// How many reviews gave one star, two stars, … five stars.
    pub by_stars: [u32; 5],
}

impl Rating {
    pub fn count(&self) -> u32 {
        self.by_stars.iter().sum()
    }

    /// The mean, 1.0 to 5.0; `None` without reviews.
    pub fn mean(&self) -> Option<f64> {
        let total: u32 = self.by_stars.iter().zip(1..).map(|(count, stars)| count * stars).sum();
        (self.count() > 0).then(|| f64::from(total) / f64::from(self.count()))
    }
}

impl Stored for Rating {
    const KIND: Kind = Kind::Rating;

    fn id(&self) -> Uuid {
        self.doctor_id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Directory, Scope::Support, Scope::Installation]
    }
}

pub mod reply;
pub mod write;
