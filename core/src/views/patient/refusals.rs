//! What the server did not accept: what it was, why, and what can be done with one tap.

use jiff::Timestamp;
use mediconnect_domain::{
    AppointmentId, Command, ConsultationId, PatientId, Refusal, RoleId, VisitTypeId, WaitlistId,
    appointments::{Appointment, book::Book},
};

use super::{
    directory::{Directory, role_of},
    entry::history_behind,
    people::people,
};
use crate::{
    PendingCommand, PendingState, Records, StoreError,
    views::refusals::{Refused, refused},
};

/// A refused command as its card shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct RefusalCard {
    pub refused: Refused,
    pub about: About,
    /// Where more times are to be found.
    pub keep_looking: Option<Looking>,
    /// Whose medical history it was about: there it can be seen and mended.
    pub history_of: Option<PatientId>,
}

/// What the command was about, in the words a card needs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    pub doctor: Option<String>,
    pub patient: Option<String>,
    pub start: Option<Timestamp>,
}

/// The times page that a refused booking or move leads back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looking {
    pub role_id: RoleId,
    pub visit_type_id: VisitTypeId,
    pub moving: Option<AppointmentId>,
}

/// All refused commands, the oldest first.
pub fn refusals(
    records: &Records,
    pending: &[PendingCommand],
    now: Timestamp,
) -> Result<Vec<RefusalCard>, StoreError> {
    refused(pending, now).into_iter().map(|one| card(records, one, now)).collect()
}

fn card(records: &Records, refused: Refused, now: Timestamp) -> Result<RefusalCard, StoreError> {
    let command = refused.command.as_ref();
    Ok(RefusalCard {
        about: command.map(|command| about(records, command, now)).transpose()?.unwrap_or_default(),
        keep_looking: command.map(|command| looking(records, command)).transpose()?.flatten(),
        history_of: command.map(|command| history_behind(records, command)).transpose()?.flatten(),
        refused,
    })
}

fn about(records: &Records, command: &Command, now: Timestamp) -> Result<About, StoreError> {
    let patient_name = |id: PatientId| -> Result<Option<String>, StoreError> {
        let person = people(records, now)?.into_iter().find(|person| person.patient_id == id);
        Ok(person.filter(|person| !person.is_me()).map(|person| person.name))
    };
    if let Command::Book(book) = command {
        let doctor = doctor_of(records, book.role_id)?;
        return Ok(About { doctor, patient: patient_name(book.patient_id)?, start: Some(book.start) });
    }
    let Some(Concern::Visit(id)) = concern(command) else { return Ok(About::default()) };
    let Some(visit) = records.get::<Appointment>(id)? else { return Ok(About::default()) };
    let start = match command {
        Command::Reschedule(moving) => moving.start,
        _ => visit.start,
    };
    Ok(About {
        patient: patient_name(visit.patient_id)?,
        doctor: Some(visit.names.doctor),
        start: Some(start),
    })
}

fn doctor_of(records: &Records, role: RoleId) -> Result<Option<String>, StoreError> {
    let directory = Directory::read(records)?;
    Ok(role_of(&directory, role).map(|role| directory.doctors[&role.doctor_id].details.name.clone()))
}

fn looking(records: &Records, command: &Command) -> Result<Option<Looking>, StoreError> {
    Ok(match command {
        Command::Book(Book { role_id, visit_type_id, .. }) => {
            Some(Looking { role_id: *role_id, visit_type_id: *visit_type_id, moving: None })
        }
        Command::Reschedule(moving) => {
            records.get::<Appointment>(moving.appointment_id)?.map(|visit| Looking {
                role_id: moving.role_id.unwrap_or(visit.role_id),
                visit_type_id: visit.visit_type_id,
                moving: Some(visit.id),
            })
        }
        _ => None,
    })
}

/// The thing that a command of the patient's app is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concern {
    Visit(AppointmentId),
    Waitlist(WaitlistId),
    Request(ConsultationId),
    Person(PatientId),
}

pub fn concern(command: &Command) -> Option<Concern> {
    Some(match command {
        Command::Book(command) => Concern::Visit(command.appointment_id),
        Command::Reschedule(command) => Concern::Visit(command.appointment_id),
        Command::Cancel(command) => Concern::Visit(command.appointment_id),
        Command::WriteReview(command) => Concern::Visit(command.appointment_id),
        Command::JoinWaitlist(command) => Concern::Waitlist(command.waitlist_id),
        Command::LeaveWaitlist(command) => Concern::Waitlist(command.waitlist_id),
        Command::AcceptPlace(command) => Concern::Waitlist(command.waitlist_id),
        Command::PassPlace(command) => Concern::Waitlist(command.waitlist_id),
        Command::OpenConsultation(command) => Concern::Request(command.consultation_id),
        Command::AcceptConsultation(command) => Concern::Request(command.consultation_id),
        Command::RefuseConsultationOffer(command) => Concern::Request(command.consultation_id),
        Command::WithdrawConsultation(command) => Concern::Request(command.consultation_id),
        Command::UpdateProfile(command) => Concern::Person(command.patient_id),
        Command::AddDependant(command) => Concern::Person(command.patient_id),
        Command::GrantCaregiver(command) => Concern::Person(command.patient_id),
        _ => return None,
    })
}

/// What the outbox holds against a thing, if the server refused the last command about it.
pub fn refusal_of(pending: &[PendingCommand], thing: Concern) -> Option<Refusal> {
    let about = |one: &&PendingCommand| one.command.as_ref().and_then(concern) == Some(thing);
    pending.iter().rev().filter(about).find_map(|one| match &one.state {
        PendingState::Refused { refusal } => Some(refusal.clone()),
        PendingState::Pending | PendingState::Sent => None,
    })
}

#[cfg(test)]
mod tests {
    use mediconnect_domain::{CommandId, id::derive};

    use super::*;
    use crate::views::patient::examples::*;

    fn pending(command: Command, refusal: Refusal) -> PendingCommand {
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
    fn a_lost_race_keeps_what_was_wanted_and_leads_to_more_times() {
        let outbox = [pending(book().into(), Refusal::SlotTaken { next_free: vec![] })];
        let cards = read(&family(), |records| refusals(records, &outbox, now()));
        assert_eq!(cards[0].about.doctor.as_deref(), Some("Dr. Asha Rao"));
        assert_eq!(cards[0].about.patient.as_deref(), Some("Arun Shah"));
        let looking = cards[0].keep_looking.expect("more times can be looked for");
        assert_eq!((looking.role_id, looking.moving), (role_id(0), None));
    }

    #[test]
    fn a_refusal_is_found_by_the_thing_it_is_about() {
        let outbox = [pending(book().into(), Refusal::DoctorNotListed)];
        let visit = Concern::Visit(book().appointment_id);
        assert_eq!(refusal_of(&outbox, visit), Some(Refusal::DoctorNotListed));
        assert_eq!(refusal_of(&outbox, Concern::Person(child_id())), None);
    }
}
