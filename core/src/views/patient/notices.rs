//! Where a notice leads in the patient's app.

use mediconnect_domain::{AppointmentId, ConsultationId, notices::Subject};

/// What a notice is about, to be opened from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadsTo {
    Visit(AppointmentId),
    Waitlist,
    Request(ConsultationId),
    People,
}

pub fn leads_to(subject: &Subject) -> Option<LeadsTo> {
    match subject {
        Subject::VisitRequested { visit }
        | Subject::VisitBooked { visit }
        | Subject::VisitDeclined { visit }
        | Subject::VisitExpired { visit }
        | Subject::VisitMoved { visit, .. }
        | Subject::VisitCancelled { visit, .. }
        | Subject::VisitMissed { visit } => Some(LeadsTo::Visit(visit.appointment_id)),
        Subject::WaitlistOffer { .. } => Some(LeadsTo::Waitlist),
        Subject::ConsultationOpened { consultation_id, .. }
        | Subject::ConsultationChanged { consultation_id, .. } => Some(LeadsTo::Request(*consultation_id)),
        Subject::LinkGranted { .. } | Subject::LinkEnded { .. } => Some(LeadsTo::People),
        Subject::StandingChanged { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::patient::examples::*;

    #[test]
    fn what_is_about_somebody_one_cares_for_leads_to_them() {
        let subject = Subject::LinkEnded { patient_id: child_id(), patient_name: "Arun Shah".into() };
        assert_eq!(leads_to(&subject), Some(LeadsTo::People));
    }
}
