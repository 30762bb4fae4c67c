//! What happens in the demo, when, and what follows from it.

use std::cmp::Ordering;

use jiff::Timestamp;
use mediconnect_domain::{
    AccountId, Actor, AppointmentId, Command, ConsultationId, Refusal,
    appointments::{
        Appointment, CancelReason, Origin, State,
        accept::{Accept, Decline},
        attend::{CheckIn, Complete, Start},
        book::Book,
        cancel::Cancel,
    },
    consultations::{Consultation, ConsultationState, answer::AcceptConsultation, offer::OfferConsultation},
    reviews::write::WriteReview,
    time::plus_min,
};

use super::{names, world::World};

/// Something planned for an instant.
pub struct Event {
    pub at: Timestamp,
    pub what: What,
}

pub enum What {
    /// A booking, and the life of the visit afterwards.
    Book {
        actor: Actor,
        book: Box<Book>,
        doctor: AccountId,
    },
    /// A booking that waits for its answer when the demo begins.
    Ask {
        actor: Actor,
        book: Box<Book>,
    },
    /// A time for somebody who sent a request.
    Offer {
        actor: Actor,
        offer: Box<OfferConsultation>,
    },
    /// A command; should it be refused, nothing else is lost.
    Do {
        actor: Actor,
        command: Box<Command>,
    },
    Review {
        account: AccountId,
        appointment_id: AppointmentId,
    },
    AnswerOffer {
        account: AccountId,
        consultation_id: ConsultationId,
    },
}

impl Event {
    pub fn new(at: Timestamp, what: What) -> Self {
        Self { at, what }
    }

    pub fn command(at: Timestamp, actor: Actor, command: impl Into<Command>) -> Self {
        Self::new(at, What::Do { actor, command: Box::new(command.into()) })
    }

    pub fn happen(self, world: &mut World) {
        match self.what {
            What::Book { actor, book, doctor } => booked(world, actor, *book, doctor),
            What::Ask { actor, book } => drop(place(world, actor, *book)),
            What::Offer { actor, offer } => {
                let _ = at_a_free_time(world, actor, *offer, |offer| &mut offer.start);
            }
            What::Do { actor, command } => {
                let _ = world.submit(actor, *command);
            }
            What::Review { account, appointment_id } => review(world, account, appointment_id),
            What::AnswerOffer { account, consultation_id } => answer(world, account, consultation_id),
        }
    }
}

/// Submits what wants a time, for another free one if that is gone; `None` where there is none to be had.
fn at_a_free_time<C: Clone + Into<Command>>(
    world: &mut World,
    actor: Actor,
    mut command: C,
    start: impl FnOnce(&mut C) -> &mut Timestamp,
) -> Option<C> {
    if let Err(refusal) = world.submit(actor, command.clone()) {
        let (Refusal::SlotTaken { next_free } | Refusal::SlotNotOffered { next_free, .. }) = refusal else {
            return None;
        };
        *start(&mut command) = *next_free.last()?;
        world.submit(actor, command.clone()).ok()?;
    }
    Some(command)
}

fn place(world: &mut World, actor: Actor, book: Book) -> Option<Appointment> {
    let book = at_a_free_time(world, actor, book, |book| &mut book.start)?;
    world.records.get(book.appointment_id)
}

/// Books and plans what becomes of the visit.
fn booked(world: &mut World, actor: Actor, book: Book, doctor: AccountId) {
    let Some(visit) = place(world, actor, book) else { return };
    let doctor = Actor::Account(doctor);
    let appointment_id = visit.id;
    if visit.state == State::Requested {
        let answer = plus_min(world.now, world.between(5, 20 * 60)).min(plus_min(visit.answer_by, -1));
        match world.between(0, 99) {
            0..3 => {
                let decline = Decline { appointment_id, reason: CancelReason::DoctorAway };
                return world.plan(Event::command(answer, doctor, decline));
            }
            3..5 => return,
            _ => world.plan(Event::command(answer, doctor, Accept { appointment_id })),
        }
    }
    attend(world, &visit, actor, doctor);
}

/// Cancelled, missed or kept.
fn attend(world: &mut World, visit: &Appointment, patient: Actor, doctor: Actor) {
    let appointment_id = visit.id;
    let lead = visit.start.duration_since(world.now).as_mins();
    match world.between(0, 99) {
        0..11 => {
            let reason = world.pick(&[
                CancelReason::CannotCome,
                CancelReason::NotNeeded,
                CancelReason::FoundOtherTime,
            ]);
            let at = plus_min(visit.start, -world.between(60, lead.clamp(61, 4 * 24 * 60)));
            world.plan(Event::command(at, patient, Cancel { appointment_id, reason }));
        }
        11..14 => {
            let at = plus_min(visit.start, -world.between(120, 2 * 24 * 60).min(lead));
            world.plan(Event::command(
                at,
                doctor,
                Cancel { appointment_id, reason: CancelReason::DoctorAway },
            ));
        }
        14..20 => {}
        _ => {
            let arrival = plus_min(visit.start, -world.between(0, 12));
            world.plan(Event::command(arrival, doctor, CheckIn { appointment_id }));
            let begin = plus_min(visit.start, world.between(0, 6));
            world.plan(Event::command(begin, doctor, Start { appointment_id }));
            let end = plus_min(visit.end, world.between(-5, 8));
            world.plan(Event::command(end, doctor, Complete { appointment_id }));
            if let (Actor::Account(account), Origin::Patient, true) =
                (patient, visit.origin, world.chance(22))
            {
                let at = plus_min(visit.end, world.between(60, 3 * 24 * 60));
                world.plan(Event::new(at, What::Review { account, appointment_id }));
            }
        }
    }
}

fn review(world: &mut World, account: AccountId, appointment_id: AppointmentId) {
    let stars = world.pick(&[5, 5, 5, 5, 4, 4, 4, 3, 3, 2, 1]);
    let text = if world.chance(70) { world.pick(names::reviews(stars)).to_owned() } else { String::new() };
    let _ = world.submit(Actor::Account(account), WriteReview { appointment_id, stars, text });
}

fn answer(world: &mut World, account: AccountId, consultation_id: ConsultationId) {
    let request = world.records.get::<Consultation>(consultation_id);
    if request.is_some_and(|request| request.state == ConsultationState::Offered) {
        let _ = world.submit(Actor::Account(account), AcceptConsultation { consultation_id });
    }
}

impl PartialEq for Event {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Event {}

impl PartialOrd for Event {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Event {
    /// The earliest is the greatest, as the heap gives the greatest first.
    fn cmp(&self, other: &Self) -> Ordering {
        other.at.cmp(&self.at).then_with(|| other.what.key().cmp(&self.what.key()))
    }
}

impl What {
    /// Orders events of one instant the same in every run.
    fn key(&self) -> (u8, uuid::Uuid) {
        match self {
            Self::Book { book, .. } | Self::Ask { book, .. } => (0, book.appointment_id.0),
            Self::Do { command, .. } => (1, command.guards().first().copied().unwrap_or_default()),
            Self::Review { appointment_id, .. } => (2, appointment_id.0),
            Self::AnswerOffer { consultation_id, .. } => (3, consultation_id.0),
            Self::Offer { offer, .. } => (4, offer.consultation_id.0),
        }
    }
}
