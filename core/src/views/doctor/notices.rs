//! Where a notice leads in the doctor's app.

use mediconnect_domain::{AppointmentId, ConsultationId, notices::Subject};

/// What a notice is about, to be opened from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadsTo {
    Visit(AppointmentId),
    Request(ConsultationId),
    Verification,
}

pub fn leads_to(subject: &Subject) -> Option<LeadsTo> {
    match subject {
        Subject::VisitRequested { visit }
        | Subject::VisitBooked { visit }
        | Subject::VisitDeclined { visit }
        | Subject::VisitExpired { visit }
        | Subject::VisitMoved { visit, .. }
        | Subject::VisitCancelled { visit, .. }
        | Subject::VisitMissed { visit }
        | Subject::WaitlistOffer { visit, .. } => Some(LeadsTo::Visit(visit.appointment_id)),
        Subject::ConsultationOpened { consultation_id, .. }
        | Subject::ConsultationChanged { consultation_id, .. } => Some(LeadsTo::Request(*consultation_id)),
        Subject::StandingChanged { .. } => Some(LeadsTo::Verification),
        Subject::LinkGranted { .. } | Subject::LinkEnded { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use mediconnect_domain::directory::Standing;

    use super::*;
    use crate::views::doctor::examples::*;

    #[test]
    fn a_change_of_standing_leads_to_where_the_doctor_stands() {
        let subject = Subject::StandingChanged { doctor_id: doctor_id(0), standing: Standing::Verified };
        assert_eq!(leads_to(&subject), Some(LeadsTo::Verification));
        let subject = Subject::LinkEnded { patient_id: patient_id(), patient_name: "Mina".into() };
        assert_eq!(leads_to(&subject), None);
    }
}
