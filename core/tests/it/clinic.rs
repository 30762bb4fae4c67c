//! An installation with one clinic and one doctor, on a store in memory and a clock that the test sets.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jiff::{SignedDuration, Timestamp};
use mediconnect_crypto::receipt::ReceiptKey;
use mediconnect_domain::{
    AccountId, Command, CommandId, DoctorId, RoleId, VisitTypeId,
    scheduling::rules::Rules,
    testing::{self, Doctor, weekly, zone},
    wire::Outcome,
};
use mediconnect_server::{
    execute::Executor,
    storage::{Publish, Store, sqlite::Inline},
};

pub use mediconnect_domain::testing::{Person, id as named};

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

pub struct Clinic {
    pub executor: Executor,
    pub clock: HandClock,
    /// When it opened.
    start: Timestamp,
    pub doctor: DoctorId,
    pub doctor_account: AccountId,
    pub role: RoleId,
    pub visit_type: VisitTypeId,
}

impl Clinic {
    pub async fn open() -> Self {
        let clock = HandClock::at(testing::START.parse().unwrap());
        let quiet: Publish = Arc::new(|_| {});
        let store = Store::Inline(Inline::in_memory(named("incarnation"), quiet).unwrap());
        let executor = Executor { store, clock: Arc::new(clock.clone()), key: ReceiptKey::new(&[5; 32]) };
        Self::on(executor, clock).await
    }

    /// The same on the executor of a running server.
    pub async fn on(executor: Executor, clock: HandClock) -> Self {
        let (start, Doctor { account, doctor, role }) = (clock.time(), testing::doctor("asha"));
        let visit_type = testing::visit();
        let clinic = Self { executor, clock, start, doctor, doctor_account: account, role, visit_type };
        for (_, command) in testing::set_up(&["asha"], &[], &rules()) {
            clinic.must(command).await;
        }
        clinic
    }

    /// The same clinic with another doctor, who has just registered.
    pub async fn with_doctor(&self, doctor_account: AccountId, doctor: DoctorId) -> Self {
        let (executor, clock) = (self.executor.clone(), self.clock.clone());
        let role = RoleId(named("second role"));
        for (_, command) in testing::employ(Doctor { account: doctor_account, doctor, role }, &rules()) {
            self.must(command).await;
        }
        Self { executor, clock, doctor, doctor_account, role, ..*self }
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
        self.must(testing::open_patient(name)).await;
        testing::person(name)
    }

    /// The start of a half hour on a day from the first, counted from nine o'clock.
    pub fn slot(&self, days: i64, half_hours: i64) -> Timestamp {
        let zone = zone().rules();
        let date = zone.to_datetime(self.start).date().saturating_add(SignedDuration::from_hours(24 * days));
        let nine = date.at(9, 0, 0, 0).to_zoned(zone).unwrap().timestamp();
        nine + SignedDuration::from_mins(30 * half_hours)
    }
}

/// Every day from 9 to 17, on the half hour.
fn rules() -> Rules {
    Rules { weekly: weekly(1..=7, 9..17), step_min: 30, minimum_notice_min: 60, ..testing::rules() }
}
