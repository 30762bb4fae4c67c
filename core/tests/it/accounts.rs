//! Accounts on a device, against a server over HTTP.

use std::{
    future::Future,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use jiff::Timestamp;
use mediconnect_core::{
    Client, Clock, Config, ExecuteError, FetchError, NewDoctor, NewPatient, OsRandom, PendingState, Session,
    SignInError, StoreError, SystemClock,
    keychain::MemoryKeychain,
    remote::{Call, HttpOptions, HttpRemote, Remote, RemoteError},
    sync::{Live, PullLines, TransportError},
};
use mediconnect_domain::{
    AppointmentId, Kind, PatientId, Refusal, Zone,
    accounts::Role,
    appointments::{Appointment, State, accept::Accept, book::Book},
    fetch::times::Slots,
    profiles::Link,
    settings::Language,
    sign_in::{ApiScope, MailProof, NewApiToken, Problem, REFRESH, StepUp},
    wire::{Pull, PullLine, Push, PushAnswer},
};
use mediconnect_server::{
    config::{Config as ServerConfig, Settings},
    serve::{self, Running},
};
use serde_json::Value;
use totp_rs::Totp;

use crate::clinic::{Clinic, HandClock};

pub const PASSWORD: &str = "correct horse battery";

/// The network of one device: can be pulled, can break before an answer is back, and can make the server forget tokens.
pub struct Gate {
    remote: HttpRemote,
    open: AtomicBool,
    /// The next call reaches the server, and its answer does not come back.
    pub loses_answer: AtomicBool,
    /// The server no longer takes the access token.
    stale: AtomicBool,
    refreshes: AtomicUsize,
    /// Pushes are lost on the way.
    mute: AtomicBool,
    /// A server that is not honest: changes what it answers.
    lies: Mutex<Option<Arc<dyn Lies>>>,
}

/// What a dishonest server makes of its answers.
pub trait Lies: Send + Sync {
    fn about_rows(&self, _: &mut PullLine) {}
    fn about_answer(&self, _: &str, _: &mut Value) {}
}

/// Lines of a pull that were meddled with.
struct Meddled(Box<dyn PullLines>, Arc<dyn Lies>);

#[async_trait]
impl PullLines for Meddled {
    async fn next(&mut self) -> Result<Option<PullLine>, TransportError> {
        let mut line = self.0.next().await?;
        line.iter_mut().for_each(|line| self.1.about_rows(line));
        Ok(line)
    }
}

impl Gate {
    pub fn mute(&self, mute: bool) {
        self.mute.store(mute, Ordering::SeqCst);
    }

    pub fn lie(&self, lies: impl Lies + 'static) {
        *self.lies.lock().unwrap() = Some(Arc::new(lies));
    }

    fn lies(&self) -> Option<Arc<dyn Lies>> {
        self.lies.lock().unwrap().clone()
    }

    fn pass(&self, token: Option<&str>) -> Result<(), RemoteError> {
        if !self.open.load(Ordering::SeqCst) {
            return Err(RemoteError::Offline("by the test".into()));
        }
        match token.is_some() && self.stale.load(Ordering::SeqCst) {
            false => Ok(()),
            true => {
                let problem = serde_json::from_str::<Problem>(r#"{"status":401,"code":"unauthenticated"}"#);
                Err(RemoteError::Problem { problem: Box::new(problem.unwrap()), retry_after_s: None })
            }
        }
    }
}

#[async_trait]
impl Remote for Gate {
    async fn call(&self, token: Option<&str>, call: &Call) -> Result<Value, RemoteError> {
        self.pass(token)?;
        let mut answer = self.remote.call(token, call).await;
        if let (Some(lies), Ok(answer)) = (self.lies(), &mut answer) {
            lies.about_answer(&call.path, answer);
        }
        if call.path == REFRESH {
            self.refreshes.fetch_add(1, Ordering::SeqCst);
            self.stale.store(false, Ordering::SeqCst);
        }
        match self.loses_answer.swap(false, Ordering::SeqCst) {
            true => Err(RemoteError::Cut("by the test".into())),
            false => answer,
        }
    }

    async fn push(&self, token: &str, push: &Push) -> Result<PushAnswer, RemoteError> {
        self.pass(Some(token))?;
        if self.mute.load(Ordering::SeqCst) {
            return Err(RemoteError::Cut("by the test".into()));
        }
        self.remote.push(token, push).await
    }

    async fn pull(&self, token: &str, pull: &Pull) -> Result<Box<dyn PullLines>, RemoteError> {
        self.pass(Some(token))?;
        let lines = self.remote.pull(token, pull).await?;
        Ok(match self.lies() {
            Some(lies) => Box::new(Meddled(lines, lies)),
            None => lines,
        })
    }

    async fn live(&self, token: &str) -> Result<Box<dyn Live>, RemoteError> {
        self.pass(Some(token))?;
        self.remote.live(token).await
    }
}

pub struct Server {
    pub running: Running,
    pub clinic: Clinic,
    data: tempfile::TempDir,
}

impl Server {
    pub async fn start() -> Self {
        Self::start_with(Settings::default()).await
    }

    pub async fn start_with(settings: Settings) -> Self {
        let data = tempfile::tempdir().unwrap();
        let settings = Settings {
            staff_without_second_factor: settings.staff_without_second_factor.or(Some(true)),
            data: Some(data.path().join("data")),
            listen: Some(([127, 0, 0, 1], 0).into()),
            login_per_min: Some(1_000),
            dev_mailbox: Some(true),
            ..settings
        };
        let running = serve::start(ServerConfig::of(settings).unwrap()).await.unwrap();
        let clinic = Clinic::on(running.app.executor.clone(), HandClock::at(Timestamp::now())).await;
        Self { running, clinic, data }
    }

    /// Every value of every table, as somebody reads it who has the database and its key.
    pub fn stored(&self) -> Vec<Vec<u8>> {
        use rusqlite::types::ValueRef;
        let data = self.data.path().join("data");
        let hex = std::fs::read_to_string(data.join("database.key")).unwrap();
        let mut key = [0; 32];
        for (at, byte) in key.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap();
        }
        let key = mediconnect_records::Key::new(key);
        let synchronous = mediconnect_records::Synchronous::Normal;
        let options =
            mediconnect_records::Options { key: Some(&key), synchronous, cache_kib: 1024, read_only: true };
        let store = mediconnect_records::open(&data.join("mediconnect.db"), &options).unwrap();
        let mut tables = store.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").unwrap();
        let tables = tables.query_map([], |row| row.get(0)).unwrap().collect::<Result<Vec<String>, _>>();
        let mut values = Vec::new();
        for table in tables.unwrap() {
            let mut rows = store.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
            let columns = rows.column_count();
            let mut rows = rows.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                for column in 0..columns {
                    if let ValueRef::Text(bytes) | ValueRef::Blob(bytes) = row.get_ref(column).unwrap() {
                        values.push(bytes.to_vec());
                    }
                }
            }
        }
        values
    }

    pub fn device(&self) -> Device {
        self.device_by(Arc::new(SystemClock))
    }

    /// With a clock of its own.
    pub fn device_by(&self, clock: Arc<dyn Clock>) -> Device {
        let url: url::Url = format!("http://{}", self.running.address).parse().unwrap();
        let gate = Arc::new(Gate {
            remote: HttpRemote::new(url.clone(), HttpOptions::default()).unwrap(),
            open: AtomicBool::new(true),
            loses_answer: AtomicBool::new(false),
            stale: AtomicBool::new(false),
            refreshes: AtomicUsize::new(0),
            mute: AtomicBool::new(false),
            lies: Mutex::default(),
        });
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            dir: folder.path().join("app"),
            server: url,
            device_name: "test".into(),
            keychain: Arc::new(MemoryKeychain::default()),
            remote: gate.clone(),
            clock,
            random: Arc::new(OsRandom),
        };
        Device { client: Client::open(config.clone()).unwrap(), config, gate, folder }
    }
}

pub struct Device {
    pub client: Client,
    pub config: Config,
    pub gate: Arc<Gate>,
    folder: tempfile::TempDir,
}

impl Device {
    pub fn online(&self, online: bool) {
        self.gate.open.store(online, Ordering::SeqCst);
    }

    pub fn folder(&self) -> PathBuf {
        self.folder.path().join("app")
    }

    pub fn restarted(self) -> Self {
        let Self { client, config, gate, folder } = self;
        drop(client);
        Self { client: Client::open(config.clone()).unwrap(), config, gate, folder }
    }

    pub async fn sign_up(&self, name: &str) -> Session {
        let session = self.client.sign_up_patient(patient(name)).await.unwrap();
        self.client.sync_now().await.unwrap();
        session
    }

    fn patient(&self) -> PatientId {
        self.client.all::<Link>().unwrap()[0].patient_id
    }

    pub fn book(&self, clinic: &Clinic, half_hours: i64) -> Book {
        Book {
            appointment_id: AppointmentId(self.client.new_id()),
            patient_id: self.patient(),
            role_id: clinic.role,
            visit_type_id: clinic.visit_type,
            start: clinic.slot(2, half_hours),
            hold_token: None,
        }
    }

    fn state(&self, id: AppointmentId) -> Option<State> {
        self.client.get::<Appointment>(id).unwrap().map(|visit| visit.state)
    }

    /// Waits until a record of this kind makes it so.
    async fn until(&self, kind: Kind, so: impl Fn(&Self) -> bool) {
        let mut watch = self.client.watch(&[kind]);
        within(async {
            while !so(self) {
                assert!(watch.changed().await);
            }
        })
        .await;
    }
}

pub fn patient(name: &str) -> NewPatient {
    NewPatient {
        name: name.into(),
        email: format!("{name}@example.org"),
        password: PASSWORD.into(),
        language: Language::En,
        zone: Zone::utc(),
    }
}

async fn within<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), work).await.expect("in time")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_made_offline_reaches_the_doctor_live_and_the_answer_comes_back() {
    let server = Server::start().await;
    let (phone, desk) = (server.device(), server.device());
    phone.sign_up("meera").await;
    let doctor = NewDoctor {
        name: "Dr. Ito".into(),
        email: "ito@example.org".into(),
        password: PASSWORD.into(),
        language: Language::En,
        zone: Zone::utc(),
    };
    let session = desk.client.sign_up_doctor(doctor).await.unwrap();
    let Role::Doctor { doctor_id } = session.role else { panic!("{session:?}") };
    let clinic = server.clinic.with_doctor(session.account_id, doctor_id).await;
    phone.client.sync_now().await.unwrap();
    let loops = [tokio::spawn(phone.client.clone().run()), tokio::spawn(desk.client.clone().run())];

    phone.online(false);
    let book = phone.book(&clinic, 0);
    phone.client.submit(book.clone()).unwrap();
    assert_eq!(phone.state(book.appointment_id), Some(State::Requested));
    assert_eq!(phone.client.sync_state().waiting, 1);
    phone.online(true);
    phone.client.sync_now().await.unwrap();
    desk.until(Kind::Appointment, |desk| desk.state(book.appointment_id).is_some()).await;
    desk.client.submit(Accept { appointment_id: book.appointment_id }).unwrap();
    phone.until(Kind::Appointment, |phone| phone.state(book.appointment_id) == Some(State::Booked)).await;
    loops.iter().for_each(tokio::task::JoinHandle::abort);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_accounts_on_one_device_share_nothing_and_switch_without_network() {
    let server = Server::start().await;
    let phone = server.device();
    let meera = phone.sign_up("meera").await;
    let book = phone.book(&server.clinic, 1);
    phone.client.submit(book.clone()).unwrap();
    let jonas = phone.sign_up("jonas").await;
    assert_eq!(phone.state(book.appointment_id), None);
    assert_eq!(phone.client.pending().unwrap(), []);
    phone.online(false);
    let phone = phone.restarted();
    assert_eq!(phone.client.session().unwrap().account_id, jonas.account_id);
    assert_eq!(phone.client.switch(meera.account_id).unwrap().account_id, meera.account_id);
    assert_eq!(phone.state(book.appointment_id), Some(State::Requested));
    assert_eq!(phone.client.pending().unwrap().len(), 1);
    assert_eq!(phone.client.accounts().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_leaves_nothing_and_signing_in_again_works() {
    let server = Server::start().await;
    let phone = server.device();
    let meera = phone.sign_up("meera").await;
    phone.client.submit(phone.book(&server.clinic, 2)).unwrap();
    phone.client.sync_now().await.unwrap();
    phone.client.sign_out().await.unwrap();
    assert!(phone.client.session().is_none() && phone.client.accounts().unwrap().is_empty());
    assert!(matches!(phone.client.all::<Appointment>(), Err(StoreError::NotSignedIn)));
    assert!(phone.config.keychain.load(&meera.account_id.to_string()).unwrap().is_none());
    let files = std::fs::read_dir(phone.folder.path().join("app")).unwrap();
    let left: Vec<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    assert!(left.iter().all(|name| name.starts_with("device.db")), "{left:?}");

    phone.client.sign_in("meera@example.org", PASSWORD).await.unwrap();
    phone.client.sync_now().await.unwrap();
    assert_eq!(phone.client.all::<Appointment>().unwrap().len(), 1);
    phone.client.submit(phone.book(&server.clinic, 4)).unwrap();
    phone.client.sync_now().await.unwrap();
    assert_eq!(phone.client.pending().unwrap(), [], "its lanes count anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_session_keeps_what_is_here_and_goes_on_after_signing_in() {
    let server = Server::start().await;
    let (phone, laptop) = (server.device(), server.device());
    phone.sign_up("meera").await;
    laptop.client.sign_in("meera@example.org", PASSWORD).await.unwrap();
    let sessions = laptop.client.sessions().await.unwrap();
    let other = sessions.iter().find(|session| !session.current).unwrap();
    laptop.client.revoke_session(other.id).await.unwrap();
    let book = phone.book(&server.clinic, 3);
    phone.client.submit(book.clone()).unwrap();
    assert!(phone.client.sync_now().await.is_err());
    assert!(phone.client.session().unwrap().ended);
    let phone = phone.restarted();
    assert!(phone.client.session().unwrap().ended, "also after a restart");
    assert_eq!(phone.state(book.appointment_id), Some(State::Requested));
    phone.client.sign_in("meera@example.org", PASSWORD).await.unwrap();
    let state = phone.client.sync_now().await.unwrap();
    assert!(!state.session_ended && !phone.client.session().unwrap().ended);
    assert_eq!(phone.client.pending().unwrap(), []);
    assert_eq!(phone.state(book.appointment_id), Some(State::Requested));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_in_signing_in_has_a_name() {
    let server = Server::start().await;
    let phone = server.device();
    phone.sign_up("meera").await;
    let other = server.device();
    let wrong = other.client.sign_in("meera@example.org", "not the password").await;
    assert!(matches!(wrong, Err(SignInError::WrongCredentials)), "{wrong:?}");
    let unknown = other.client.sign_in("nobody@example.org", PASSWORD).await;
    assert!(matches!(unknown, Err(SignInError::WrongCredentials)), "{unknown:?}");
    let short = other.client.sign_up_patient(NewPatient { password: "short".into(), ..patient("ana") }).await;
    assert!(matches!(short, Err(SignInError::Refused(Refusal::Invalid { .. }))), "{short:?}");
    other.online(false);
    let offline = other.client.sign_in("meera@example.org", PASSWORD).await;
    assert!(matches!(offline, Err(SignInError::Offline)), "{offline:?}");
    assert!(other.client.session().is_none());
}

/// The eight digits of the newest e-mail, once there are so many.
async fn mailed_code(server: &Server, count: usize) -> String {
    let newest = async {
        loop {
            let held = server.running.app.post.held().unwrap();
            if held.len() >= count {
                return held[0].text.clone();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let text = within(newest).await;
    text.split_once("code is ").unwrap().1.chars().take(9).collect()
}

fn by_code(code: &str) -> MailProof {
    MailProof::Code { email: "meera@example.org".into(), code: code.to_owned() }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_verified_gets_a_second_factor_and_is_stepped_up_from_the_app() {
    let server = Server::start().await;
    let phone = server.device();
    phone.sign_up("meera").await;
    let unverified = phone.client.set_up_totp().await;
    assert!(matches!(unverified, Err(SignInError::EmailNotVerified)), "{unverified:?}");
    phone.client.send_verification().await.unwrap();
    let code = mailed_code(&server, 1).await;
    let wrong = phone.client.verify_email(by_code("0000 0000")).await;
    assert!(matches!(wrong, Err(SignInError::WrongCode)), "{wrong:?}");
    phone.client.verify_email(by_code(&code)).await.unwrap();
    assert!(phone.client.security().await.unwrap().email_verified);
    let totp = Totp::from_url(phone.client.set_up_totp().await.unwrap().uri).unwrap();
    let now = u64::try_from(Timestamp::now().as_second()).unwrap();
    let told = phone.client.confirm_totp(&totp.generate(now).to_string()).await.unwrap();
    assert_eq!(phone.client.security().await.unwrap().recovery_codes_left, 10);

    let tablet = server.device();
    let Err(SignInError::SecondFactor(challenge)) =
        tablet.client.sign_in("meera@example.org", PASSWORD).await
    else {
        panic!("a second step is wanted")
    };
    let wrong = tablet.client.second_step(&challenge, "000000").await;
    assert!(matches!(wrong, Err(SignInError::WrongCode)), "{wrong:?}");
    let session = tablet.client.second_step(&challenge, &told.codes[0]).await.unwrap();
    assert_eq!(session.email, "meera@example.org");
    tablet.client.sync_now().await.unwrap();
    let fresh = tablet.client.step_up(&StepUp::Code { code: told.codes[1].clone() }).await.unwrap();
    assert!(fresh.until > Timestamp::now());
    let new = NewApiToken { name: "Reminders".into(), scopes: vec![ApiScope::Read], days: 7 };
    let token = tablet.client.make_api_token(&new).await.unwrap();
    assert_eq!(tablet.client.api_tokens().await.unwrap(), vec![token.line.clone()]);
    tablet.client.end_api_token(token.line.id).await.unwrap();
    assert_eq!(tablet.client.renew_recovery_codes().await.unwrap().codes.len(), 10);
    tablet.client.turn_off_totp().await.unwrap();
    assert!(!tablet.client.security().await.unwrap().totp);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_up_begins_with_a_code_where_the_clinic_wants_it() {
    let settings = Settings { sign_up_by_code: Some(true), ..Settings::default() };
    let server = Server::start_with(settings).await;
    let phone = server.device();
    assert!(phone.client.installation().await.unwrap().sign_up_by_code);
    let without = phone.client.sign_up_patient(patient("meera")).await;
    assert!(matches!(without, Err(SignInError::EmailCodeNeeded)), "{without:?}");
    phone.client.begin_sign_up("meera@example.org", Language::En).await.unwrap();
    let code = mailed_code(&server, 1).await;
    let mistyped = phone.client.sign_up_patient_by(patient("meera"), Some("0000 0000".into())).await;
    assert!(matches!(mistyped, Err(SignInError::WrongCode)), "{mistyped:?}");
    phone.client.sign_up_patient_by(patient("meera"), Some(code)).await.unwrap();
    assert!(phone.client.security().await.unwrap().email_verified);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_set_anew_from_the_app() {
    let server = Server::start().await;
    let phone = server.device();
    phone.sign_up("meera").await;
    let lost = server.device();
    lost.client.forgot_password("nobody@example.org").await.unwrap();
    lost.client.forgot_password(" Meera@example.org").await.unwrap();
    let code = mailed_code(&server, 1).await;
    let weak = lost.client.reset_password(by_code(&code), "password123").await;
    assert!(matches!(weak, Err(SignInError::WeakPassword)), "{weak:?}");
    lost.client.reset_password(by_code(&code), "a lantern for the ferry").await.unwrap();
    assert!(matches!(phone.client.sessions().await, Err(SignInError::SessionEnded)));
    lost.client.sign_in("meera@example.org", "a lantern for the ferry").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn many_calls_that_meet_a_stale_token_exchange_it_once() {
    let server = Server::start().await;
    let phone = server.device();
    phone.sign_up("meera").await;
    phone.gate.stale.store(true, Ordering::SeqCst);
    let calls = (0..8).map(|_| phone.client.sessions());
    let answers = futures::future::join_all(calls).await;
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(phone.gate.refreshes.load(Ordering::SeqCst), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_asked_before_is_answered_without_network_and_says_from_when() {
    let server = Server::start().await;
    let phone = server.device();
    phone.sign_up("meera").await;
    let question = || Slots {
        role_id: server.clinic.role,
        visit_type_id: server.clinic.visit_type,
        from: server.clinic.slot(2, 0),
        until: server.clinic.slot(3, 0),
    };
    let fresh = phone.client.fetch(question()).await.unwrap();
    assert!(!fresh.kept && !fresh.answer.slots.is_empty());
    phone.online(false);
    let kept = phone.client.fetch(question()).await.unwrap();
    assert!(kept.kept);
    assert_eq!((kept.answer, kept.as_of), (fresh.answer, fresh.as_of));
    let new = phone.client.fetch(Slots { until: server.clinic.slot(4, 0), ..question() }).await;
    assert!(matches!(new, Err(FetchError::Offline)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_runs_now_waits_for_the_server_and_leaves_nothing_behind_when_it_cannot() {
    let server = Server::start().await;
    let phone = server.device();
    phone.sign_up("meera").await;
    let book = phone.book(&server.clinic, 5);
    phone.client.execute_now(book.clone()).await.unwrap();
    assert_eq!(phone.client.pending().unwrap(), []);
    let rival = server.device();
    rival.sign_up("jonas").await;
    let lost = rival.client.execute_now(rival.book(&server.clinic, 5)).await;
    assert!(matches!(lost, Err(ExecuteError::Refused(Refusal::SlotTaken { .. }))), "{lost:?}");
    rival.online(false);
    let offline = rival.client.execute_now(rival.book(&server.clinic, 6)).await;
    assert!(matches!(offline, Err(ExecuteError::Offline)), "{offline:?}");
    assert_eq!(rival.client.pending().unwrap(), []);
    assert_eq!(rival.client.all::<Appointment>().unwrap(), []);
    let waiting = rival.client.submit(rival.book(&server.clinic, 7)).unwrap();
    let pending = rival.client.pending().unwrap();
    assert_eq!((pending[0].id, &pending[0].state), (waiting, &PendingState::Pending));
}
