//! A small clinic in memory: one admin, two doctors, two patients, a clock that stands until it is moved.

use jiff::{Timestamp, civil};
use mediconnect_domain::{
    accounts::Role,
    accounts::open::{OpenDoctorAccount, OpenPatientAccount},
    accounts::staff::AddStaff,
    appointments::{Appointment, book::Book},
    directory::{
        ClinicDetails, License, LocalText, Place, Policy, VisitTypeDetails,
        role::AddRole,
        set_up::{SaveClinic, SaveSpecialty, SaveVisitType},
        standing::{SubmitForVerification, VerifyDoctor},
    },
    memory::Memory,
    money::Currency,
    notices::Notice,
    profiles::Address,
    scheduling::{
        rules::{Mode, Offering, Rules, WeeklyBlock},
        schedule::SaveSchedule,
    },
    settings::Language,
    *,
};

/// Monday, 2 March 2026, 09:00 in Berlin.
pub const START: &str = "2026-03-02T08:00:00Z";

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

#[derive(Clone, Copy)]
pub struct Person {
    pub account: AccountId,
    pub patient: PatientId,
}

#[derive(Clone, Copy)]
pub struct Doctor {
    pub account: AccountId,
    pub doctor: DoctorId,
    pub role: RoleId,
}

/// The id of this name.
pub fn id(name: &str) -> uuid::Uuid {
    mediconnect_domain::id::derive(&[b"test", name.as_bytes()])
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn zone() -> Zone {
    Zone::new("Europe/Berlin").unwrap()
}

impl Clinic {
    pub fn new() -> Self {
        let mut clinic = Self {
            records: Memory::default(),
            now: at(START),
            commands: 0,
            admin: AccountId(id("admin")),
            clinic: ClinicId(id("clinic")),
            specialty: SpecialtyId(id("specialty")),
            visit: VisitTypeId(id("visit")),
            group: VisitTypeId(id("group")),
            ann: person("ann"),
            bob: person("bob"),
            dora: doctor("dora"),
            emil: doctor("emil"),
        };
        clinic.set_up();
        for name in ["ann", "bob"] {
            clinic.open_patient(name);
        }
        for name in ["dora", "emil"] {
            clinic.open_doctor(name);
            clinic.list_doctor(name);
        }
        clinic
    }

    fn set_up(&mut self) {
        self.system(AddStaff {
            account_id: self.admin,
            name: "Super".into(),
            email: "super@example.org".into(),
            role: Role::SuperAdmin,
            language: Language::En,
        });
        let admin = self.admin;
        self.as_account(
            admin,
            SaveClinic { clinic_id: self.clinic, details: clinic_details(), active: true },
        )
        .unwrap();
        let text = |en: &str| LocalText { en: en.into(), hi: en.into() };
        let specialty =
            SaveSpecialty { specialty_id: self.specialty, name: text("General practice"), active: true };
        self.as_account(admin, specialty).unwrap();
        for (visit_type_id, capacity) in [(self.visit, 1), (self.group, 3)] {
            let details = VisitTypeDetails {
                name: text("Visit"),
                mode: Mode::InPerson,
                default_length_min: 30,
                default_capacity: capacity,
            };
            self.as_account(admin, SaveVisitType { visit_type_id, details, active: true }).unwrap();
        }
    }

    pub fn open_patient(&mut self, name: &str) -> Person {
        let Person { account, patient } = person(name);
        self.system(OpenPatientAccount {
            account_id: account,
            patient_id: patient,
            link_id: LinkId(id(&format!("{name}'s link"))),
            name: name.into(),
            email: format!("{name}@example.org"),
            language: Language::En,
            zone: zone(),
        });
        person(name)
    }

    pub fn open_doctor(&mut self, name: &str) -> Doctor {
        let Doctor { account, doctor, .. } = doctor(name);
        self.system(OpenDoctorAccount {
            account_id: account,
            doctor_id: doctor,
            name: format!("Dr {name}"),
            email: format!("{name}@example.org"),
            language: Language::En,
            zone: zone(),
        });
        self::doctor(name)
    }

    /// License, verification, role and schedule.
    pub fn list_doctor(&mut self, name: &str) {
        let Doctor { account, doctor, role } = doctor(name);
        let submit =
            SubmitForVerification { doctor_id: doctor, license: license(name), clinics: vec![self.clinic] };
        self.as_account(account, submit).unwrap();
        let admin = self.admin;
        self.as_account(admin, VerifyDoctor { doctor_id: doctor }).unwrap();
        self.as_account(admin, AddRole { role_id: role, doctor_id: doctor, clinic_id: self.clinic }).unwrap();
        let rules = self.rules();
        self.as_account(account, SaveSchedule { role_id: role, rules }).unwrap();
    }

    /// Monday to Friday, 9 to 17, every quarter of an hour, confirmed by the doctor.
    pub fn rules(&self) -> Rules {
        let offering = |visit_type_id, capacity| Offering {
            visit_type_id,
            length_min: 30,
            buffer_before_min: 0,
            buffer_after_min: 0,
            capacity,
            price: Money { amount_minor: 5_000, currency: Currency::Eur },
            mode: Mode::InPerson,
        };
        let day = |weekday| WeeklyBlock { weekday, start_min: 9 * 60, end_min: 17 * 60, visit_types: None };
        Rules {
            weekly: (1..=5).map(day).collect(),
            offerings: vec![offering(self.visit, 1), offering(self.group, 3)],
            ..Rules::closed(zone())
        }
    }

    pub fn change_rules(&mut self, doctor: Doctor, change: impl FnOnce(&mut Rules)) {
        let mut rules = self.rules();
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

pub fn person(name: &str) -> Person {
    Person { account: AccountId(id(&format!("{name}'s account"))), patient: PatientId(id(name)) }
}

pub fn doctor(name: &str) -> Doctor {
    Doctor {
        account: AccountId(id(&format!("{name}'s account"))),
        doctor: DoctorId(id(name)),
        role: RoleId(id(&format!("{name}'s role"))),
    }
}

pub fn license(number: &str) -> License {
    License {
        number: number.into(),
        authority: "Chamber".into(),
        country: "DE".into(),
        valid_until: civil::date(2030, 1, 1),
    }
}

pub fn clinic_details() -> ClinicDetails {
    ClinicDetails {
        name: "Clinic".into(),
        address: Address {
            street: "Street 1".into(),
            city: "Berlin".into(),
            postal_code: "10115".into(),
            country: "DE".into(),
        },
        place: Place { latitude: 52.5, longitude: 13.4 },
        zone: zone(),
        phone: "+4930123456".into(),
        currency: Currency::Eur,
        policy: Policy::default(),
    }
}
