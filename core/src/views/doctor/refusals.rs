//! What the server did not accept: what it was about, why, and what can be done.

use jiff::Timestamp;
use mediconnect_domain::{
    AppointmentId, Command, CommandId, Refusal, appointments::Appointment, refusal::Remedy,
};

use super::visits::summary;
use crate::{PendingCommand, PendingState, Records, StoreError};

/// A refused command as its card shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    pub command_id: CommandId,
    /// `None` where a newer build of the app wrote it.
    pub command: Option<Command>,
    pub refusal: Refusal,
    pub patient: Option<String>,
    pub start: Option<Timestamp>,
    /// Starts that can be asked for instead, each with one tap.
    pub other_times: Vec<Timestamp>,
    pub may_retry: bool,
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
    Verification,
}

/// All refused commands, the oldest first.
pub fn refused(
    records: &Records,
    pending: &[PendingCommand],
    now: Timestamp,
) -> Result<Vec<Refused>, StoreError> {
    let mut cards = Vec::new();
    for one in pending {
        if let PendingState::Refused { refusal } = &one.state {
            cards.push(card(records, one, refusal, now)?);
        }
    }
    Ok(cards)
}

fn card(
    records: &Records,
    one: &PendingCommand,
    refusal: &Refusal,
    now: Timestamp,
) -> Result<Refused, StoreError> {
    let command = one.command.as_ref();
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
    let movable = matches!(command, Some(Command::Reschedule(_) | Command::OfferConsultation(_)));
    Ok(Refused {
        command_id: one.id,
        patient: known.map(|summary| summary.name),
        start,
        other_times: if movable { other_times(refusal, now) } else { Vec::new() },
        may_retry: refusal.remedies().contains(&Remedy::Retry),
        leads_to,
        refusal: refusal.clone(),
        command: command.cloned(),
    })
}

/// The times a refusal names that still lie ahead.
fn other_times(refusal: &Refusal, now: Timestamp) -> Vec<Timestamp> {
    match refusal {
        Refusal::SlotTaken { next_free } | Refusal::SlotNotOffered { next_free, .. } => {
            next_free.iter().copied().filter(|start| *start > now).collect()
        }
        _ => Vec::new(),
    }
}

/// The same wish at another start; an offer holds a fresh visit with the id given.
pub fn with_start(command: &Command, start: Timestamp, fresh: uuid::Uuid) -> Option<Command> {
    use mediconnect_domain::{appointments::reschedule::Reschedule, consultations::offer::OfferConsultation};
    match command {
        Command::Reschedule(moving) => Some(Reschedule { start, ..moving.clone() }.into()),
        Command::OfferConsultation(offer) => {
            Some(OfferConsultation { appointment_id: AppointmentId(fresh), start, ..offer.clone() }.into())
        }
        _ => None,
    }
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
        Command::SubmitForVerification(_) => LeadsTo::Verification,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use mediconnect_domain::{
        appointments::{State, accept::Accept, reschedule::Reschedule},
        id::derive,
    };

    use super::*;
    use crate::views::doctor::examples::*;

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
        let cards = read(&rows, |records| refused(records, &outbox, now()));
        assert_eq!(cards[0].patient.as_deref(), Some("Mina Shah"));
        assert_eq!(cards[0].start, Some(cancelled.start));
        assert_eq!(cards[0].leads_to, Some(LeadsTo::Visit(cancelled.id)));
        assert!(!cards[0].may_retry && cards[0].other_times.is_empty());
    }

    #[test]
    fn a_move_to_a_taken_time_offers_the_others_that_lie_ahead() {
        let own = visit(1, patient_id(), "2026-03-03T09:00:00Z", State::Booked);
        let mut rows = practice();
        rows.push(own.clone().into());
        let moving = Reschedule {
            appointment_id: own.id,
            expected_start: own.start,
            role_id: None,
            start: at("2026-03-04T09:00:00Z"),
        };
        let next_free = vec![at("2026-02-01T09:00:00Z"), at("2026-03-04T10:00:00Z")];
        let outbox = [refused_one(moving.clone().into(), Refusal::SlotTaken { next_free })];
        let cards = read(&rows, |records| refused(records, &outbox, now()));
        assert_eq!(cards[0].start, Some(moving.start));
        assert_eq!(cards[0].other_times, [at("2026-03-04T10:00:00Z")]);
        let other = with_start(&moving.into(), at("2026-03-04T10:00:00Z"), derive(&[b"fresh"]));
        assert!(
            matches!(other, Some(Command::Reschedule(moved)) if moved.start == at("2026-03-04T10:00:00Z"))
        );
    }
}
