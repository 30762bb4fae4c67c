//! What the server did not accept: what it was about, why, and what can be done.

use jiff::Timestamp;
use mediconnect_domain::{AppointmentId, Command, appointments::Appointment};

use super::visits::summary;
use crate::{
    PendingCommand, Records, StoreError,
    views::refusals::{Refused, refused},
};

/// A refused command as its card shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct RefusalCard {
    pub refused: Refused,
    pub patient: Option<String>,
    pub start: Option<Timestamp>,
    pub leads_to: Option<LeadsTo>,
}

/// The screen on which a refused command can be looked at and done in another way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadsTo {
    Visit(AppointmentId),
    Request(mediconnect_domain::ConsultationId),
    Schedule(mediconnect_domain::RoleId),
    Leave,
    Profile,
    Reviews,
    Verification,
}

/// All refused commands, the oldest first.
pub fn refusals(
    records: &Records,
    pending: &[PendingCommand],
    now: Timestamp,
) -> Result<Vec<RefusalCard>, StoreError> {
    refused(pending, now).into_iter().map(|one| card(records, one)).collect()
}

fn card(records: &Records, refused: Refused) -> Result<RefusalCard, StoreError> {
    let command = refused.command.as_ref();
    let leads_to = command.and_then(leads_to);
    let visit = match leads_to {
        Some(LeadsTo::Visit(id)) => records.get::<Appointment>(id)?,
        _ => None,
    };
    let known = match &visit {
        Some(visit) => summary(records, visit.doctor_id, visit.patient_id)?,
        None => None,
    };
    let start = match command {
        Some(Command::Reschedule(moving)) => Some(moving.start),
        Some(Command::OfferConsultation(offer)) => Some(offer.start),
        _ => visit.as_ref().map(|visit| visit.start),
    };
    Ok(RefusalCard { patient: known.map(|summary| summary.name), start, leads_to, refused })
}

/// The screen that a command of the doctor's app came from.
pub fn leads_to(command: &Command) -> Option<LeadsTo> {
    Some(match command {
        Command::Accept(command) => LeadsTo::Visit(command.appointment_id),
        Command::Decline(command) => LeadsTo::Visit(command.appointment_id),
        Command::Reschedule(command) => LeadsTo::Visit(command.appointment_id),
        Command::Cancel(command) => LeadsTo::Visit(command.appointment_id),
        Command::CheckIn(command) => LeadsTo::Visit(command.appointment_id),
        Command::Start(command) => LeadsTo::Visit(command.appointment_id),
        Command::Complete(command) => LeadsTo::Visit(command.appointment_id),
        Command::MarkNoShow(command) => LeadsTo::Visit(command.appointment_id),
        Command::OfferConsultation(command) => LeadsTo::Request(command.consultation_id),
        Command::DeclineConsultation(command) => LeadsTo::Request(command.consultation_id),
        Command::SaveSchedule(command) => LeadsTo::Schedule(command.role_id),
        Command::AddLeave(_) | Command::RemoveLeave(_) => LeadsTo::Leave,
        Command::UpdateDoctorDetails(_) => LeadsTo::Profile,
        Command::ReplyToReview(_) => LeadsTo::Reviews,
        Command::SubmitForVerification(_) => LeadsTo::Verification,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use mediconnect_domain::{
        CommandId, Refusal,
        appointments::{State, accept::Accept, reschedule::Reschedule},
        id::derive,
    };

    use super::*;
    use crate::{PendingState, views::doctor::examples::*};

    fn refused_one(command: Command, refusal: Refusal) -> PendingCommand {
        PendingCommand {
            id: CommandId(derive(&[b"command"])),
            name: command.name().into(),
            command: Some(command),
            state: PendingState::Refused { refusal },
            submitted_at: now(),
            blocked_by: None,
        }
    }

    #[test]
    fn an_answer_that_came_too_late_names_the_patient_and_the_visit() {
        let cancelled = visit(1, patient_id(), "2026-03-03T09:00:00Z", State::Cancelled);
        let mut rows = practice();
        rows.push(cancelled.clone().into());
        let refusal =
            Refusal::WrongState { kind: mediconnect_domain::Kind::Appointment, state: "cancelled".into() };
        let outbox = [refused_one(Accept { appointment_id: cancelled.id }.into(), refusal)];
        let cards = read(&rows, |records| refusals(records, &outbox, now()));
        assert_eq!(cards[0].patient.as_deref(), Some("Mina Shah"));
        assert_eq!(cards[0].start, Some(cancelled.start));
        assert_eq!(cards[0].leads_to, Some(LeadsTo::Visit(cancelled.id)));
        assert!(!cards[0].refused.may_retry);
    }

    #[test]
    fn a_refused_move_is_shown_at_the_time_that_was_wanted() {
        let own = visit(1, patient_id(), "2026-03-03T09:00:00Z", State::Booked);
        let mut rows = practice();
        rows.push(own.clone().into());
        let moving = Reschedule {
            appointment_id: own.id,
            expected_start: own.start,
            role_id: None,
            start: at("2026-03-04T09:00:00Z"),
        };
        let outbox = [refused_one(moving.clone().into(), Refusal::SlotTaken { next_free: vec![] })];
        let cards = read(&rows, |records| refusals(records, &outbox, now()));
        assert_eq!(cards[0].start, Some(moving.start));
    }
}
