//! An installation with one clinic and one doctor, on a store in memory and a clock that the test sets.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jiff::{SignedDuration, Timestamp, civil, tz::TimeZone};
use mediconnect_crypto::receipt::ReceiptKey;
use mediconnect_domain::{
    AccountId, ClinicId, Command, CommandId, DoctorId, LinkId, Money, PatientId, RoleId, VisitTypeId, Zone,
    accounts::open::{OpenDoctorAccount, OpenPatientAccount},
    directory::{
        ClinicDetails, License, LocalText, Place, Policy, VisitTypeDetails,
        role::AddRole,
        set_up::{SaveClinic, SaveVisitType},
        standing::{SubmitForVerification, VerifyDoctor},
    },
    id,
    money::Currency,
    profiles::Address,
    scheduling::{
        rules::{Mode, Offering, Rules, WeeklyBlock},
        schedule::SaveSchedule,
    },
    settings::Language,
    wire::Outcome,
};
use mediconnect_server::{
    execute::Executor,
    storage::{Publish, Store, sqlite::Inline},
};
use uuid::Uuid;

/// A Monday morning.
pub const START: &str = "2026-11-23T06:00:00Z";

/// A clock that moves when it is told to.
#[derive(Clone)]
pub struct HandClock(Arc<AtomicI64>);

impl HandClock {
    pub fn at(now: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(now.as_millisecond())))
    }

    pub fn advance(&self, by: SignedDuration) {
        self.0.fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
    }

    pub fn time(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

impl mediconnect_server::clock::Clock for HandClock {
    fn now(&self) -> Timestamp {
        self.time()
    }
}

impl mediconnect_core::Clock for HandClock {
    fn now(&self) -> Timestamp {
        self.time()
    }
}

/// An id that follows from its name.
pub fn named(name: &str) -> Uuid {
    id::derive(&[b"test", name.as_bytes()])
}

pub struct Clinic {
    pub executor: Executor,
    pub clock: HandClock,
    /// Nine o'clock of the first day.
    pub nine: Timestamp,
    pub clinic: ClinicId,
    pub doctor: DoctorId,
    pub doctor_account: AccountId,
    pub role: RoleId,
    pub visit_type: VisitTypeId,
}

/// A patient with an account.
#[derive(Clone, Copy)]
pub struct Person {
    pub account: AccountId,
    pub patient: PatientId,
    pub link: LinkId,
}

impl Clinic {
    pub async fn open() -> Self {
        let clock = HandClock::at(START.parse().unwrap());
        let quiet: Publish = Arc::new(|_| {});
        let store = Store::Inline(Inline::in_memory(named("incarnation"), quiet).unwrap());
        let executor = Executor { store, clock: Arc::new(clock.clone()), key: ReceiptKey::new(&[5; 32]) };
        Self::on(executor, clock).await
    }

    /// The same on the executor of a running server.
    pub async fn on(executor: Executor, clock: HandClock) -> Self {
        let today = clock.time().to_zoned(TimeZone::UTC).date();
        let clinic = Self {
            executor,
            clock,
            nine: today.at(9, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp(),
            clinic: ClinicId(named("clinic")),
            doctor: DoctorId(named("doctor")),
            doctor_account: AccountId(named("doctor's account")),
            role: RoleId(named("role")),
            visit_type: VisitTypeId(named("visit type")),
        };
        clinic.set_up().await;
        clinic
    }

    async fn set_up(&self) {
        let (clinic_id, visit_type_id, doctor_id) = (self.clinic, self.visit_type, self.doctor);
        self.must(SaveClinic { clinic_id, details: clinic_details(), active: true }).await;
        let name = LocalText { en: "Consultation".into(), hi: "परामर्श".into() };
        let details =
            VisitTypeDetails { name, mode: Mode::InPerson, default_length_min: 30, default_capacity: 1 };
        self.must(SaveVisitType { visit_type_id, details, active: true }).await;
        self.must(OpenDoctorAccount {
            account_id: self.doctor_account,
            doctor_id,
            name: "Dr. Asha Rao".into(),
            email: "asha@example.org".into(),
            language: Language::En,
            zone: Zone::utc(),
        })
        .await;
        self.employ().await;
    }

    /// The same clinic with another doctor, who has just registered.
    pub async fn with_doctor(&self, doctor_account: AccountId, doctor: DoctorId) -> Self {
        let (executor, clock) = (self.executor.clone(), self.clock.clone());
        let role = RoleId(named("second role"));
        let clinic = Self { executor, clock, doctor, doctor_account, role, ..*self };
        clinic.employ().await;
        clinic
    }

    /// Verifies the doctor and opens the schedule.
    async fn employ(&self) {
        let (clinic_id, doctor_id, role_id) = (self.clinic, self.doctor, self.role);
        let license = License {
            number: doctor_id.to_string(),
            authority: "Council".into(),
            country: "IN".into(),
            valid_until: civil::date(2030, 1, 1),
        };
        self.must(SubmitForVerification { doctor_id, license, clinics: vec![clinic_id] }).await;
        self.must(VerifyDoctor { doctor_id }).await;
        self.must(AddRole { role_id, doctor_id, clinic_id }).await;
        self.must(SaveSchedule { role_id, rules: self.rules() }).await;
    }

    fn rules(&self) -> Rules {
        let block = |weekday| WeeklyBlock { weekday, start_min: 9 * 60, end_min: 17 * 60, visit_types: None };
        Rules {
            weekly: (1..=7).map(block).collect(),
            offerings: vec![Offering {
                visit_type_id: self.visit_type,
                length_min: 30,
                buffer_before_min: 0,
                buffer_after_min: 0,
                capacity: 1,
                price: Money { amount_minor: 50_000, currency: Currency::Inr },
                mode: Mode::InPerson,
            }],
            step_min: 30,
            minimum_notice_min: 60,
            ..Rules::closed(Zone::utc())
        }
    }

    /// Runs a command as the server itself.
    pub async fn must(&self, command: impl Into<Command>) {
        let command = command.into();
        let (name, id) =
            (command.name(), CommandId(named(&format!("{} {}", command.name(), command.args()))));
        let outcome = self.executor.as_system(id, command).await.unwrap();
        assert!(matches!(outcome, Outcome::Accepted { .. }), "{name}: {outcome:?}");
    }

    pub async fn person(&self, name: &str) -> Person {
        let person = Person {
            account: AccountId(named(&format!("{name}'s account"))),
            patient: PatientId(named(name)),
            link: LinkId(named(&format!("{name}'s link"))),
        };
        self.must(OpenPatientAccount {
            account_id: person.account,
            patient_id: person.patient,
            link_id: person.link,
            name: name.into(),
            email: format!("{name}@example.org"),
            language: Language::En,
            zone: Zone::utc(),
        })
        .await;
        person
    }

    /// The start of a half hour on a day from now, counted from nine o'clock.
    pub fn slot(&self, days: i64, half_hours: i64) -> Timestamp {
        self.nine + SignedDuration::from_hours(24 * days) + SignedDuration::from_mins(30 * half_hours)
    }
}

fn clinic_details() -> ClinicDetails {
    ClinicDetails {
        name: "Banyan".into(),
        address: Address {
            street: "12 Lake Street".into(),
            city: "Pune".into(),
            postal_code: "411001".into(),
            country: "IN".into(),
        },
        place: Place { latitude: 18.52, longitude: 73.86 },
        zone: Zone::utc(),
        phone: "+912055500100".into(),
        currency: Currency::Inr,
        policy: Policy::default(),
    }
}
