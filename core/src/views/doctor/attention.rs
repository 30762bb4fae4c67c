//! What waits for the doctor, in numbers for the tabs and the bell.

use jiff::Timestamp;

use super::requests;
use crate::{Records, StoreError, views::notices};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attention {
    /// Requests, with and without a time, that wait for the doctor's answer.
    pub requests: u32,
    pub unread: u32,
}

pub fn attention(records: &Records, now: Timestamp) -> Result<Attention, StoreError> {
    let asked = requests::asked(records)?.iter().filter(|one| one.waits_for_doctor()).count();
    let to_book = requests::to_book(records, now)?.len();
    Ok(Attention { requests: (asked + to_book) as u32, unread: notices::unread(records)? })
}

#[cfg(test)]
mod tests {
    use mediconnect_domain::{
        appointments::State,
        consultations::{ConsultationState, Urgency},
    };

    use super::*;
    use crate::views::doctor::examples::*;

    #[test]
    fn what_the_patient_must_answer_does_not_wait_for_the_doctor() {
        let mut rows = practice();
        rows.extend([
            visit(1, patient_id(), "2026-03-03T09:00:00Z", State::Requested).into(),
            consultation(1, Urgency::Soon, ConsultationState::Triaged).into(),
            consultation(2, Urgency::Soon, ConsultationState::Offered).into(),
        ]);
        assert_eq!(read(&rows, |records| attention(records, now())), Attention { requests: 2, unread: 0 });
    }
}
