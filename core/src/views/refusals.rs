//! What the server did not accept, as far as it is the same for everyone: the command, why, and what can be done at once.

use jiff::Timestamp;
use mediconnect_domain::{
    AppointmentId, Command, CommandId, Refusal,
    appointments::{book::Book, reschedule::Reschedule},
    consultations::offer::OfferConsultation,
    refusal::Remedy,
};
use uuid::Uuid;

use crate::{PendingCommand, PendingState};

/// A refused command.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    pub command_id: CommandId,
    /// `None` where a newer build of the app wrote it.
    pub command: Option<Command>,
    pub refusal: Refusal,
    /// Starts that can be asked for instead, each with one tap.
    pub other_times: Vec<Timestamp>,
    pub may_retry: bool,
}

/// All refused commands, the oldest first.
pub fn refused(pending: &[PendingCommand], now: Timestamp) -> Vec<Refused> {
    let card = |one: &PendingCommand| {
        let PendingState::Refused { refusal } = &one.state else { return None };
        let movable = one.command.as_ref().is_some_and(has_start);
        Some(Refused {
            command_id: one.id,
            other_times: if movable { other_times(refusal, now) } else { Vec::new() },
            may_retry: refusal.remedies().contains(&Remedy::Retry),
            refusal: refusal.clone(),
            command: one.command.clone(),
        })
    };
    pending.iter().filter_map(card).collect()
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

fn has_start(command: &Command) -> bool {
    matches!(command, Command::Book(_) | Command::Reschedule(_) | Command::OfferConsultation(_))
}

impl Refused {
    /// The same wish at another start. A booking and an offer become a new visit with the id given, so that the refused
    /// one and this can never be taken for each other.
    pub fn with_start(&self, start: Timestamp, fresh: Uuid) -> Option<Command> {
        let appointment_id = AppointmentId(fresh);
        Some(match self.command.as_ref()? {
            Command::Book(book) => Book { appointment_id, start, hold_token: None, ..book.clone() }.into(),
            Command::Reschedule(moving) => Reschedule { start, ..moving.clone() }.into(),
            Command::OfferConsultation(offer) => {
                OfferConsultation { appointment_id, start, ..offer.clone() }.into()
            }
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use mediconnect_domain::{
        ConsultationId, RoleId, VisitTypeId,
        appointments::{CancelReason, cancel::Cancel},
        id::derive,
    };

    use super::*;
    use crate::views::patient::examples::*;

    fn refused_one(command: Command, refusal: Refusal) -> Refused {
        let pending = PendingCommand {
            id: CommandId(derive(&[b"command"])),
            name: command.name().into(),
            command: Some(command),
            state: PendingState::Refused { refusal },
            submitted_at: now(),
            blocked_by: None,
        };
        refused(&[pending], now()).remove(0)
    }

    #[test]
    fn only_times_that_still_lie_ahead_are_offered_and_only_for_what_has_a_time() {
        let next_free = vec![at("2026-02-01T08:00:00Z"), at("2026-03-02T08:20:00Z")];
        let taken = Refusal::SlotTaken { next_free };
        let booking = refused_one(book().into(), taken.clone());
        assert_eq!(booking.other_times, [at("2026-03-02T08:20:00Z")]);
        let cancel = Cancel { appointment_id: book().appointment_id, reason: CancelReason::CannotCome };
        let cancelling = refused_one(cancel.into(), taken);
        assert!(cancelling.other_times.is_empty());
        assert_eq!(cancelling.with_start(now(), derive(&[b"fresh"])), None);
    }

    #[test]
    fn another_start_makes_a_new_visit_of_a_booking_and_of_an_offer() {
        let (start, fresh) = (at("2026-03-02T08:20:00Z"), derive(&[b"fresh"]));
        let booking = refused_one(book().into(), Refusal::DoctorNotListed);
        let Some(Command::Book(again)) = booking.with_start(start, fresh) else { panic!("a booking") };
        assert_eq!((again.start, again.appointment_id.0, again.patient_id), (start, fresh, child_id()));
        let offer = OfferConsultation {
            consultation_id: ConsultationId(derive(&[b"consultation"])),
            appointment_id: AppointmentId(derive(&[b"offer"])),
            role_id: RoleId(derive(&[b"role"])),
            visit_type_id: VisitTypeId(derive(&[b"type"])),
            start: at("2026-03-02T08:00:00Z"),
        };
        let offering = refused_one(offer.clone().into(), Refusal::DoctorNotListed);
        let Some(Command::OfferConsultation(again)) = offering.with_start(start, fresh) else {
            panic!("an offer")
        };
        assert_eq!((again.start, again.appointment_id.0), (start, fresh));
        assert_eq!(again.consultation_id, offer.consultation_id);
    }

    #[test]
    fn another_start_moves_the_same_visit() {
        let moving = Reschedule {
            appointment_id: book().appointment_id,
            expected_start: book().start,
            role_id: None,
            start: at("2026-03-04T09:00:00Z"),
        };
        let other = at("2026-03-04T10:00:00Z");
        let refused = refused_one(moving.clone().into(), Refusal::DoctorNotListed);
        assert_eq!(
            refused.with_start(other, derive(&[b"fresh"])),
            Some(Reschedule { start: other, ..moving }.into())
        );
    }
}
