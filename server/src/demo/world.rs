//! The records, the clock and the dice of the demo, and what is still to happen in it.

use std::collections::BinaryHeap;

use jiff::Timestamp;
use mediconnect_domain::{
    AccountId, Actor, Change, ClinicId, Command, CommandId, Effects, Halt, Kind, NoticeId, Refusal,
    access::Scope,
    id,
    memory::Memory,
    notices::{Notice, read::MarkNoticesRead},
    scheduling::availability::RefreshAvailability,
};
use rand::{Rng, RngExt, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use crate::audit;

use super::{
    Demo, PASSWORD, SignIn, doctors::DemoDoctor, events::Event, people::DemoPatient, setup::Installation,
};

/// As many notices as one command takes.
const AT_ONCE: usize = 200;

/// How much of the past the list of recent activity shows.
const LOGGED: usize = 300;

/// A command as it was decided.
#[derive(Clone, Debug)]
pub struct LoggedCommand {
    pub at: Timestamp,
    pub actor: Actor,
    pub id: CommandId,
    pub command: &'static str,
    /// The record it wrote first.
    pub subject: Option<(Option<Kind>, Uuid)>,
    /// The clinics it was about.
    pub clinics: Vec<ClinicId>,
    /// `accepted` or the refusal's code.
    pub outcome: &'static str,
}

pub struct World {
    pub records: Memory,
    pub now: Timestamp,
    pub dice: ChaCha8Rng,
    events: BinaryHeap<Event>,
    commands: u64,
    log: Vec<LoggedCommand>,
}

impl World {
    pub fn new(begin: Timestamp, seed: u64) -> Self {
        Self {
            records: Memory::default(),
            now: begin,
            dice: ChaCha8Rng::seed_from_u64(seed),
            events: BinaryHeap::new(),
            commands: 0,
            log: Vec::new(),
        }
    }

    /// A fresh id of this instant.
    pub fn id(&mut self) -> Uuid {
        let mut random = [0; 10];
        self.dice.fill_bytes(&mut random);
        id::v7(self.now.as_millisecond().unsigned_abs(), random)
    }

    pub fn chance(&mut self, percent: u32) -> bool {
        self.dice.random_range(0..100) < percent
    }

    pub fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of.choose(&mut self.dice).expect("there is something to pick from").clone()
    }

    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        self.dice.random_range(low..=high)
    }

    pub fn submit(&mut self, actor: Actor, command: impl Into<Command>) -> Result<Effects, Refusal> {
        let command = command.into();
        self.commands += 1;
        let command_id = CommandId(id::derive(&[b"demo command", &self.commands.to_le_bytes()]));
        let name = command.name();
        let decided = match self.records.run(command, actor, self.now, command_id) {
            Err(Halt::Refused(refusal)) => Err(refusal),
            decided => Ok(decided.expect("records in memory answer everything")),
        };
        let outcome = decided.as_ref().map_or_else(Refusal::code, |_| "accepted");
        let written = decided.as_ref().map_or(&[][..], |effects| &effects.changes);
        let subject = audit::subject_of(written.iter().map(Change::key));
        let (at, clinics) = (self.now, clinics(written));
        self.log.push(LoggedCommand { at, actor, id: command_id, command: name, subject, clinics, outcome });
        decided
    }

    /// A command that the demo relies on.
    #[track_caller]
    pub fn must(&mut self, actor: Actor, command: impl Into<Command>) {
        let command = command.into();
        let name = command.name();
        if let Err(refusal) = self.submit(actor, command) {
            panic!("the demo's {name} was refused: {refusal:?}");
        }
    }

    pub fn plan(&mut self, event: Event) {
        self.events.push(event);
    }

    /// Lets everything happen that is planned or falls due until `end`, in order of time.
    pub fn live_until(&mut self, end: Timestamp) {
        loop {
            let planned = self.events.peek().map(|event| event.at).filter(|at| *at <= end);
            let horizon = planned.unwrap_or(end);
            if let Some(due) = self.records.take_due(horizon) {
                // What is on offer is computed once, at the end.
                if !matches!(due.command, Command::RefreshAvailability(_)) {
                    self.now = self.now.max(due.at);
                    let _ = self.submit(Actor::System, due.command);
                }
                continue;
            }
            let Some(event) = planned.and_then(|_| self.events.pop()) else { break };
            self.now = self.now.max(event.at);
            event.happen(self);
        }
        self.now = end;
    }

    /// These people have read all that they were told so far.
    pub fn read_notices(&mut self, people: &[SignIn]) {
        let unread: Vec<Notice> =
            self.records.all::<Notice>().into_iter().filter(|notice| notice.read_at.is_none()).collect();
        for person in people {
            let own = unread.iter().filter(|notice| notice.account_id == person.account_id);
            let own: Vec<NoticeId> = own.map(|notice| notice.id).collect();
            for some in own.chunks(AT_ONCE) {
                self.must(Actor::Account(person.account_id), MarkNoticesRead { notice_ids: some.to_vec() });
            }
        }
    }

    /// Computes what is on offer and hands everything over.
    pub fn finish(mut self, sign_ins: Vec<SignIn>, doctors: &[DemoDoctor]) -> Demo {
        for doctor in doctors {
            let refresh = RefreshAvailability { doctor_id: doctor.doctor_id };
            self.must(Actor::System, refresh);
        }
        let is_refresh =
            |line: &LoggedCommand| line.command == <RefreshAvailability as mediconnect_domain::Rule>::NAME;
        self.log.retain(|line| !is_refresh(line));
        let log = self.log.split_off(self.log.len().saturating_sub(LOGGED));
        Demo { records: self.records.records().collect(), sign_ins, log }
    }
}

fn clinics(written: &[Change]) -> Vec<ClinicId> {
    let mut clinics: Vec<ClinicId> = written
        .iter()
        .filter_map(|change| match change {
            Change::Put(record) => Some(record.scopes()),
            Change::Remove { .. } => None,
        })
        .flatten()
        .filter_map(|scope| match scope {
            Scope::Clinic(clinic) => Some(clinic),
            _ => None,
        })
        .collect();
    clinics.sort();
    clinics.dedup();
    clinics
}

pub fn sign_ins(
    installation: &Installation,
    doctors: &[DemoDoctor],
    patients: &[DemoPatient],
) -> Vec<SignIn> {
    let sign_in = |account_id: AccountId, email: &str, who: &str| SignIn {
        account_id,
        email: email.to_owned(),
        password: PASSWORD,
        who: who.to_owned(),
    };
    let staff = installation.staff.iter().map(|staff| sign_in(staff.account_id, &staff.email, &staff.who));
    let shown = doctors.iter().filter(|doctor| doctor.sign_in.is_some());
    let doctors =
        shown.map(|doctor| sign_in(doctor.account_id, &doctor.email, doctor.sign_in.unwrap_or_default()));
    let claimed = patients.iter().filter_map(|patient| Some((patient, patient.account?, patient.sign_in?)));
    let patients = claimed.map(|(patient, account, who)| sign_in(account, &patient.email, who));
    staff.chain(doctors).chain(patients).collect()
}
