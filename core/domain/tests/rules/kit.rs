//! A small clinic in memory: one admin, two doctors, two patients, a clock that stands until it is moved.

use jiff::Timestamp;
use mediconnect_domain::{
    appointments::{Appointment, book::Book},
    memory::Memory,
    notices::Notice,
    scheduling::{rules::Rules, schedule::SaveSchedule},
    testing, *,
};

pub use mediconnect_domain::testing::{
    Doctor, Person, START, clinic_details, doctor, id, license, person, rules, zone,
};

pub struct Clinic {
    pub records: Memory,
    pub now: Timestamp,
    commands: u64,
    pub admin: AccountId,
    pub clinic: ClinicId,
    pub specialty: SpecialtyId,
    /// 30 minutes, one patient.
    pub visit: VisitTypeId,
    /// 30 minutes, three patients.
    pub group: VisitTypeId,
    pub ann: Person,
    pub bob: Person,
    pub dora: Doctor,
    pub emil: Doctor,
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

impl Clinic {
    pub fn new() -> Self {
        let mut clinic = Self {
            records: Memory::default(),
            now: at(START),
            commands: 0,
            admin: testing::admin(),
            clinic: testing::clinic(),
            specialty: testing::specialty(),
            visit: testing::visit(),
            group: testing::group(),
            ann: person("ann"),
            bob: person("bob"),
            dora: doctor("dora"),
            emil: doctor("emil"),
        };
        for (actor, command) in testing::set_up(&["dora", "emil"], &["ann", "bob"], &rules()) {
            clinic.submit(actor, command).unwrap();
        }
        clinic
    }

    pub fn open_patient(&mut self, name: &str) -> Person {
        self.system(testing::open_patient(name));
        person(name)
    }

    pub fn open_doctor(&mut self, name: &str) -> Doctor {
        self.system(testing::open_doctor(name));
        doctor(name)
    }

    pub fn change_rules(&mut self, doctor: Doctor, change: impl FnOnce(&mut Rules)) {
        let mut rules = rules();
        change(&mut rules);
        self.as_account(doctor.account, SaveSchedule { role_id: doctor.role, rules }).unwrap();
    }

    pub fn as_account(
        &mut self,
        account: AccountId,
        command: impl Into<Command>,
    ) -> Result<Effects, Refusal> {
        self.submit(Actor::Account(account), command)
    }

    #[track_caller]
    pub fn system(&mut self, command: impl Into<Command>) -> Effects {
        self.submit(Actor::System, command).unwrap()
    }

    pub fn submit(&mut self, actor: Actor, command: impl Into<Command>) -> Result<Effects, Refusal> {
        self.commands += 1;
        let command_id = CommandId(id(&format!("command {}", self.commands)));
        match self.records.run(command, actor, self.now, command_id) {
            Ok(effects) => Ok(effects),
            Err(Halt::Refused(refusal)) => Err(refusal),
            Err(halt) => panic!("a server knows all: {halt:?}"),
        }
    }

    pub fn book(
        &mut self,
        who: Person,
        doctor: Doctor,
        name: &str,
        start: &str,
    ) -> Result<Appointment, Refusal> {
        let command = self.booking(who, doctor, name, start);
        self.as_account(who.account, command)?;
        Ok(self.visit(name))
    }

    pub fn booking(&self, who: Person, doctor: Doctor, name: &str, start: &str) -> Book {
        Book {
            appointment_id: AppointmentId(id(name)),
            patient_id: who.patient,
            role_id: doctor.role,
            visit_type_id: self.visit,
            start: at(start),
            hold_token: None,
        }
    }

    pub fn visit(&self, name: &str) -> Appointment {
        self.records.get(AppointmentId(id(name))).expect("there is such a visit")
    }

    /// Moves the clock and does what falls due until then, in order.
    pub fn advance_to(&mut self, instant: &str) {
        let end = at(instant);
        while let Some(due) = self.records.take_due(end) {
            self.now = self.now.max(due.at);
            let _ = self.submit(Actor::System, due.command);
        }
        self.now = end;
    }

    /// The names of what an account was told, oldest first.
    pub fn told(&self, account: AccountId) -> Vec<&'static str> {
        let mut notices = self.records.all::<Notice>();
        notices.retain(|notice| notice.account_id == account);
        notices.sort_by_key(|notice| notice.at);
        notices.iter().map(|notice| notice.subject.name()).collect()
    }
}
