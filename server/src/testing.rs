//! A real server in this process, on a free port and a folder that goes with it, and those who use it as types: anyone,
//! a patient, a doctor, an admin. For the tests of this crate and of those that need a server.

pub mod cluster;

use std::sync::Once;

use jiff::Timestamp;
use mediconnect_domain::{
    AccountId, ClinicId, DeviceId, DoctorId, LinkId, PatientId, RoleId, SpecialtyId, VisitTypeId,
    accounts::{
        Role,
        open::{OpenDoctorAccount, OpenPatientAccount},
    },
    settings::Language,
    sign_in::{DeviceInfo, SignIn, SignUpDoctor, SignUpPatient, SignedIn, Tokens},
    time::Zone,
};
use reqwest::{Method, StatusCode, header::HeaderMap};
use secrecy::SecretString;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::{
    auth::first_admin,
    clock::{Random, SystemRandom},
    config::{Config, Settings},
    mail::Letter,
    serve::{self, Running},
};

/// Everybody's password.
pub const PASSWORD: &str = "monsoon ferry lantern";

/// A running server. Its folder goes when it is dropped; [`TestServer::stop`] ends it properly before.
pub struct TestServer {
    pub url: String,
    pub running: Running,
    folder: TempDir,
    settings: Settings,
}

/// A new UUIDv7.
pub fn new_id() -> Uuid {
    SystemRandom.id(Timestamp::now())
}

impl TestServer {
    /// Without limits that one machine, which is all clients at once, would run into.
    pub async fn start() -> Self {
        Self::start_with(Settings::default()).await
    }

    /// On a database of its own in a PostgreSQL.
    pub async fn on_postgres() -> Self {
        let database = Some(cluster::database().await.into());
        Self::start_with(Settings { database, ..Settings::default() }).await
    }

    /// With these settings, the limits aside where they are left out.
    pub async fn start_with(settings: Settings) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self::start_in(folder, settings).await
    }

    /// The server of another life, on what it left.
    pub async fn again(self) -> Self {
        let Self { running, folder, settings, .. } = self;
        running.stop().await;
        Self::start_in(folder, settings).await
    }

    /// The same with other settings.
    pub async fn again_with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.settings);
        self.again().await
    }

    async fn start_in(folder: TempDir, settings: Settings) -> Self {
        const PLENTY: u32 = 1_000_000;
        let settings = Settings {
            data: Some(folder.path().to_owned()),
            listen: Some(([127, 0, 0, 1], 0).into()),
            requests_per_min_address: settings.requests_per_min_address.or(Some(PLENTY)),
            requests_per_min_account: settings.requests_per_min_account.or(Some(PLENTY)),
            requests_per_min_device: settings.requests_per_min_device.or(Some(PLENTY)),
            login_per_min: settings.login_per_min.or(Some(PLENTY)),
            // Most tests are about something else than signing in.
            staff_without_second_factor: settings.staff_without_second_factor.or(Some(true)),
            dev_mailbox: settings.dev_mailbox.or(Some(settings.mail_server.is_none())),
            ..settings
        };
        let config = Config::of(settings.clone()).expect("settings");
        let running = serve::start(config).await.expect("the server starts");
        Self { url: format!("http://{}", running.address), running, folder, settings }
    }

    pub async fn stop(self) {
        self.running.stop().await;
    }

    /// Stops it and keeps what it left, for a server in a process of its own.
    pub async fn into_folder(self) -> TempDir {
        let Self { running, folder, .. } = self;
        running.stop().await;
        folder
    }

    /// The newest e-mail to this address, once there are so many to it.
    pub async fn letter(&self, to: &str, count: usize) -> Letter {
        let within = tokio::time::timeout(std::time::Duration::from_secs(20), async {
            loop {
                let letters = self.letters(to);
                if let Some(newest) = letters.first().filter(|_| letters.len() >= count) {
                    return newest.clone();
                }
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        });
        within.await.expect("the e-mail comes")
    }

    /// All e-mails to this address, the newest first.
    pub fn letters(&self, to: &str) -> Vec<Letter> {
        let held = self.running.app.post.held().expect("tests have a mailbox");
        held.into_iter().filter(|letter| letter.to == to).collect()
    }

    /// Waits until no e-mail is left to be sent.
    pub async fn mail_is_out(&self) {
        let waiting = || {
            self.running.app.store().read(|tx| {
                Box::pin(async move { Ok(tx.one("SELECT 1 FROM mail LIMIT 1", &[]).await?.is_some()) })
            })
        };
        while waiting().await.expect("the store answers") {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    /// Someone who is not signed in.
    pub fn anonymous(&self) -> Client {
        Client::new(&self.url)
    }

    /// A new patient, signed in.
    pub async fn patient(&self, name: &str) -> Patient {
        let (account_id, patient_id) = (AccountId(new_id()), PatientId(new_id()));
        let account = OpenPatientAccount {
            account_id,
            patient_id,
            link_id: LinkId(new_id()),
            name: name.into(),
            email: email(name),
            language: Language::En,
            zone: zone(),
        };
        let sign_up = SignUpPatient { account, password: PASSWORD.into(), device: device(), code: None };
        let reply = self.anonymous().post("/v1/auth/register/patient", &sign_up).await;
        let client = self.anonymous().signed_in(&reply.is(201).read::<SignedIn>().tokens);
        Patient { client, account_id, patient_id }
    }

    /// A doctor who has registered and nothing else.
    pub async fn doctor(&self, name: &str) -> Doctor {
        let (account_id, doctor_id) = (AccountId(new_id()), DoctorId(new_id()));
        let account = OpenDoctorAccount {
            account_id,
            doctor_id,
            name: name.into(),
            email: email(name),
            language: Language::En,
            zone: zone(),
        };
        let sign_up = SignUpDoctor { account, password: PASSWORD.into(), device: device(), code: None };
        let reply = self.anonymous().post("/v1/auth/register/doctor", &sign_up).await;
        let client = self.anonymous().signed_in(&reply.is(201).read::<SignedIn>().tokens);
        Doctor { client, account_id, doctor_id }
    }

    /// A new super admin, signed in.
    pub async fn super_admin(&self, name: &str) -> Admin {
        let password = Some(SecretString::from(PASSWORD));
        first_admin::create(&self.running.app, &email(name), name, password).await.expect("a new admin");
        self.sign_in(&email(name), PASSWORD).await
    }

    /// A new member of staff, signed in.
    pub async fn staff(&self, by: &Admin, name: &str, role: Role) -> Admin {
        let new = json!({ "name": name, "email": email(name), "role": role, "language": "en" });
        let reply = by.client.post("/v1/admin/staff", &new).await.is(201);
        let password = reply.body["password"].as_str().expect("a first password").to_owned();
        self.sign_in(&email(name), &password).await
    }

    /// A new session of this account.
    pub async fn sign_in(&self, email: &str, password: &str) -> Admin {
        let reply = self.anonymous().post("/v1/auth/login", &credentials(email, password)).await;
        let signed_in: SignedIn = reply.is(200).read();
        Admin { account_id: signed_in.account.id, client: self.anonymous().signed_in(&signed_in.tokens) }
    }

    /// A clinic with a verified doctor who sees patients all day, every day.
    pub async fn practice(&self, admin: &Admin, name: &str) -> Practice {
        let clinic: Value = admin.client.post("/v1/admin/clinics", &clinic_form(name)).await.is(201).body;
        let specialty = json!({ "name": { "en": "Cardiology", "hi": "हृदय रोग" }, "active": true });
        let specialty: Value = admin.client.post("/v1/admin/specialties", &specialty).await.is(201).body;
        let visit_type: Value =
            admin.client.post("/v1/admin/visit-types", &visit_type_form()).await.is(201).body;
        let doctor = self.doctor(&format!("Doctor of {name}")).await;
        let (clinic_id, visit_type_id) = (id_in(&clinic), id_in(&visit_type));
        let specialty_id: SpecialtyId = id_in(&specialty);
        let submission = json!({ "clinics": [clinic_id], "license": {
            "number": new_id(), "authority": "Medical Council", "country": "IN", "valid_until": "2099-01-01",
        }});
        doctor.client.post("/v1/doctors/me/submit", &submission).await.is(200);
        let page = json!({ "name": format!("Dr. {name}"), "specialties": [specialty_id], "about": "",
            "languages": ["en"], "education": [], "certifications": [], "practising_since": 2010 });
        doctor.client.put("/v1/doctors/me", &page).await.is(200);
        let path = format!("/v1/admin/doctors/{}/verify", doctor.doctor_id);
        admin.client.post(&path, &()).await.is(200);
        let me = doctor.client.get("/v1/doctors/me").await.is(200).body;
        let role_id: RoleId = match me["roles"].get(0) {
            Some(role) => id_in(role),
            None => {
                let new = json!({ "doctor_id": doctor.doctor_id, "clinic_id": clinic_id });
                id_in(&admin.client.post("/v1/admin/roles", &new).await.is(201).body)
            }
        };
        let path = format!("/v1/doctors/schedule/{role_id}");
        doctor.client.put(&path, &all_day_rules(visit_type_id)).await.is(200);
        Practice { doctor, clinic_id, role_id, visit_type_id }
    }
}

/// Someone who asks the server, signed in or not.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    pub access: Option<String>,
    pub refresh: Option<String>,
}

impl Client {
    pub fn new(url: &str) -> Self {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // Somebody else may have installed one; either will do.
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        Self { http: reqwest::Client::new(), url: url.to_owned(), access: None, refresh: None }
    }

    pub fn signed_in(&self, tokens: &Tokens) -> Self {
        let (access, refresh) = (Some(tokens.access.clone()), Some(tokens.refresh.clone()));
        Self { access, refresh, ..self.clone() }
    }

    /// A program with an API token.
    pub fn with_token(&self, token: &str) -> Self {
        Self { access: Some(token.to_owned()), refresh: None, ..self.clone() }
    }

    /// A request to be filled in.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.url));
        match &self.access {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> Reply {
        let response = request.send().await.expect("the server answers");
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.expect("the answer comes whole");
        Reply { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::Null), text }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &impl Serialize) -> Reply {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    pub async fn put(&self, path: &str, body: &impl Serialize) -> Reply {
        self.send(self.request(Method::PUT, path).json(body)).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// A write that can be repeated.
    pub async fn post_with_key(&self, path: &str, key: &str, body: &impl Serialize) -> Reply {
        self.send(self.request(Method::POST, path).header("idempotency-key", key).json(body)).await
    }
}

pub struct Patient {
    pub client: Client,
    pub account_id: AccountId,
    pub patient_id: PatientId,
}

pub struct Doctor {
    pub client: Client,
    pub account_id: AccountId,
    pub doctor_id: DoctorId,
}

pub struct Admin {
    pub client: Client,
    pub account_id: AccountId,
}

/// A clinic, its doctor, and what they offer.
pub struct Practice {
    pub doctor: Doctor,
    pub clinic_id: ClinicId,
    pub role_id: RoleId,
    pub visit_type_id: VisitTypeId,
}

impl Practice {
    /// The body of a booking, so many hours from now on the hour.
    pub fn booking(&self, patient: PatientId, in_hours: i64) -> Value {
        let hour = Timestamp::now().as_second() / 3600 + in_hours;
        let start = Timestamp::from_second(hour * 3600).expect("a time not far from now");
        json!({ "patient_id": patient, "role_id": self.role_id, "visit_type_id": self.visit_type_id, "start": start })
    }
}

/// What the server said.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// `null` where it is no JSON.
    pub body: Value,
    pub text: String,
}

impl Reply {
    /// This reply, if it has this status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }

    /// The code of a problem.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    #[track_caller]
    pub fn read<T: DeserializeOwned>(&self) -> T {
        serde_json::from_value(self.body.clone()).unwrap_or_else(|error| panic!("{error} in {}", self.text))
    }

    /// The `id` of what was answered.
    #[track_caller]
    pub fn id<T: DeserializeOwned>(&self) -> T {
        id_in(&self.body)
    }
}

#[track_caller]
fn id_in<T: DeserializeOwned>(body: &Value) -> T {
    serde_json::from_value(body["id"].clone()).unwrap_or_else(|error| panic!("{error} in {body}"))
}

/// The address of a person with this name.
pub fn email(name: &str) -> String {
    format!("{}@example.org", name.to_lowercase().replace([' ', '\''], "."))
}

/// What somebody signs in with, from a new device.
pub fn credentials(email: &str, password: &str) -> SignIn {
    SignIn { email: email.into(), password: password.into(), device: device() }
}

/// A new device.
pub fn device() -> DeviceInfo {
    DeviceInfo { id: DeviceId(new_id()), name: "Test device".into() }
}

fn zone() -> Zone {
    Zone::new("Asia/Kolkata").expect("a zone that exists")
}

/// The form of a clinic in order.
pub fn clinic_form(name: &str) -> Value {
    json!({ "active": true, "details": {
        "name": name,
        "address": { "street": "1 Harbour Road", "city": "Mumbai", "postal_code": "400001", "country": "IN" },
        "place": { "latitude": 18.9, "longitude": 72.8 },
        "zone": "UTC", "phone": "+912212345678", "currency": "INR",
        "policy": { "cancel_notice_min": 60, "late_cancel_allowed": true, "no_show_after_min": 30,
                    "answer_before_min": 30, "offer_hold_min": 60 },
    }})
}

fn visit_type_form() -> Value {
    json!({ "active": true, "details": {
        "name": { "en": "Consultation", "hi": "परामर्श" }, "mode": "in_person",
        "default_length_min": 30, "default_capacity": 1,
    }})
}

fn all_day_rules(visit_type: VisitTypeId) -> Value {
    let weekly: Vec<Value> = (1..=7)
        .map(|day| json!({ "weekday": day, "start_min": 0, "end_min": 1440, "visit_types": null }))
        .collect();
    json!({
        "zone": "UTC", "weekly": weekly, "overrides": [],
        "offerings": [{ "visit_type_id": visit_type, "length_min": 30, "buffer_before_min": 0, "buffer_after_min": 0,
            "capacity": 1, "price": { "amount_minor": 50000, "currency": "INR" }, "mode": "in_person" }],
        "step_min": 30, "minimum_notice_min": 0, "horizon_days": 60, "daily_cap": null, "auto_confirm": false,
        "cancel_notice_min": 60,
    })
}
