//! What waits for the doctor's answer: requests to book a time, and requests without a time given to this doctor.

use jiff::Timestamp;
use mediconnect_domain::{
    AppointmentId, ConsultationId, Kind, PatientId, RoleId,
    appointments::Appointment,
    consultations::{About, Consultation, ConsultationState, PreferredDay, Urgency},
    directory::{Clinic, PractitionerRole},
    record::{Index, sort_key},
    scheduling::rules::Mode,
};

use super::{
    practice::own_doctor,
    visits::{VisitLine, lines, summary},
};
use crate::{Records, StoreError};

/// A request without a time, as far as it is the doctor's.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub id: ConsultationId,
    pub patient_id: PatientId,
    /// `None` for somebody who has not been here.
    pub patient: Option<String>,
    pub clinic: String,
    /// The doctor's role at that clinic; without one no time can be offered.
    pub role_id: Option<RoleId>,
    pub about: About,
    pub urgency: Urgency,
    pub mode: Mode,
    pub days: Vec<PreferredDay>,
    pub state: ConsultationState,
    pub opened_at: Timestamp,
    /// The time on offer, or the visit it became.
    pub visit: Option<(AppointmentId, Timestamp)>,
    pub offer_expires_at: Option<Timestamp>,
    pub pending: bool,
}

impl Asked {
    /// The doctor's turn.
    pub fn waits_for_doctor(&self) -> bool {
        matches!(self.state, ConsultationState::New | ConsultationState::Triaged)
    }
}

/// Requests to book that wait for an answer, the soonest visit first. What has run out is not shown.
pub fn to_book(records: &Records, now: Timestamp) -> Result<Vec<VisitLine>, StoreError> {
    let Some(doctor) = own_doctor(records)? else { return Ok(Vec::new()) };
    let mut visits: Vec<Appointment> = records.range(Index::AskedOfDoctor, doctor, &sort_key(now), "~")?;
    visits.retain(|visit| visit.answer_by > now);
    lines(records, &visits, now)
}

/// Requests without a time given to the doctor: those to be answered first, the most urgent on top.
pub fn asked(records: &Records) -> Result<Vec<Asked>, StoreError> {
    let Some(doctor) = own_doctor(records)? else { return Ok(Vec::new()) };
    let requests: Vec<Consultation> = records.all_of(Index::OpenRequestsOfDoctor, doctor)?;
    let mut found = Vec::new();
    for request in requests {
        found.push(request_of(records, request)?);
    }
    found.sort_by_key(|one| (!one.waits_for_doctor(), std::cmp::Reverse(one.urgency), one.opened_at));
    Ok(found)
}

/// `None` where it was not given to this doctor.
pub fn one(records: &Records, id: ConsultationId) -> Result<Option<Asked>, StoreError> {
    let request: Option<Consultation> = records.get(id)?;
    let own = request.filter(|request| request.assigned.is_some());
    match (own, own_doctor(records)?) {
        (Some(request), doctor) if request.assigned == doctor => Ok(Some(request_of(records, request)?)),
        _ => Ok(None),
    }
}

fn request_of(records: &Records, request: Consultation) -> Result<Asked, StoreError> {
    let doctor = own_doctor(records)?;
    let clinic: Option<Clinic> = records.get(request.clinic_id)?;
    let roles: Vec<PractitionerRole> = match doctor {
        Some(doctor) => records.all_of(Index::RolesOfDoctor, doctor)?,
        None => Vec::new(),
    };
    let known = doctor.map(|doctor| summary(records, doctor, request.patient_id)).transpose()?.flatten();
    let offered = request.appointment_id.map(|id| records.get::<Appointment>(id)).transpose()?.flatten();
    Ok(Asked {
        id: request.id,
        patient_id: request.patient_id,
        patient: known.map(|summary| summary.name),
        clinic: clinic.map(|clinic| clinic.details.name).unwrap_or_default(),
        role_id: roles
            .iter()
            .find(|role| role.clinic_id == request.clinic_id && role.active)
            .map(|role| role.id),
        about: request.wish.about,
        urgency: request.wish.urgency,
        mode: request.wish.mode,
        days: request.wish.days,
        state: request.state,
        opened_at: request.opened_at,
        visit: offered.map(|visit| (visit.id, visit.start)),
        offer_expires_at: request.offer_expires_at,
        pending: records.is_pending(Kind::Consultation, request.id)?,
    })
}

#[cfg(test)]
mod tests {
    use mediconnect_domain::appointments::State;

    use super::*;
    use crate::views::doctor::examples::*;

    #[test]
    fn only_what_can_still_be_answered_is_asked() {
        let mut rows = practice();
        let open = Appointment {
            answer_by: at("2026-03-03T08:00:00Z"),
            ..visit(1, patient_id(), "2026-03-03T09:00:00Z", State::Requested)
        };
        let over = Appointment {
            answer_by: now(),
            ..visit(2, child_id(), "2026-03-04T09:00:00Z", State::Requested)
        };
        rows.extend([open.clone().into(), over.into()]);
        rows.push(visit(3, child_id(), "2026-03-05T09:00:00Z", State::Booked).into());
        let shown = read(&rows, |records| to_book(records, now()));
        assert_eq!(shown.iter().map(|line| line.id).collect::<Vec<_>>(), [open.id]);
    }

    #[test]
    fn the_most_urgent_that_waits_for_the_doctor_is_first() {
        let mut rows = practice();
        rows.extend([
            consultation(1, Urgency::Routine, ConsultationState::Triaged).into(),
            consultation(2, Urgency::Urgent, ConsultationState::Triaged).into(),
            consultation(3, Urgency::Urgent, ConsultationState::Offered).into(),
            consultation(4, Urgency::Urgent, ConsultationState::Declined).into(),
        ]);
        let shown = read(&rows, asked);
        let order: Vec<_> = shown.iter().map(|one| (one.urgency, one.state)).collect();
        assert_eq!(
            order,
            [
                (Urgency::Urgent, ConsultationState::Triaged),
                (Urgency::Routine, ConsultationState::Triaged),
                (Urgency::Urgent, ConsultationState::Offered),
            ]
        );
        assert_eq!(shown[0].role_id, Some(role_id(0)));
    }

    #[test]
    fn a_request_given_to_nobody_is_not_the_doctors() {
        let request =
            Consultation { assigned: None, ..consultation(1, Urgency::Soon, ConsultationState::New) };
        let mut rows = practice();
        rows.push(request.clone().into());
        assert_eq!(read(&rows, |records| one(records, request.id)), None);
    }
}
