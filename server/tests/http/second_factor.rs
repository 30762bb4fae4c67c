//! The second step of signing in, and being asked again before what is grave.

use jiff::{SignedDuration, Timestamp};
use mediconnect_domain::{
    AccountId,
    accounts::Role,
    sign_in::{RecoveryCodes, SignedIn, TotpSetUp},
    wire::{PROTOCOL, SCHEMA},
};
use mediconnect_server::{
    config::Settings,
    http::{route::Policy, routes},
    testing::{Admin, Client, PASSWORD, Patient, Reply, TestServer, credentials, device, email, new_id},
    values,
};
use serde_json::{Value, json};
use totp_rs::Totp;
use uuid::Uuid;

const TOTP: &str = "/v1/auth/totp";
const CONFIRM: &str = "/v1/auth/totp/confirm";
const SECOND: &str = "/v1/auth/second-factor";
const STEP_UP: &str = "/v1/auth/step-up";
const CODES: &str = "/v1/auth/recovery-codes";

/// Somebody's authenticator app. Each code is of a later step, so that none is used twice; the server takes one step ahead.
struct App {
    totp: Totp,
    next: u64,
}

impl App {
    fn of(set_up: &TotpSetUp) -> Self {
        let totp = Totp::from_url(&set_up.uri).unwrap();
        assert_eq!(totp.secret().to_base32(), set_up.secret);
        Self { totp, next: now() / 30 - 1 }
    }

    /// A code that was not used before: at most three in half a minute.
    fn code(&mut self) -> String {
        let code = self.totp.generate(self.next * 30).to_string();
        self.next += 1;
        code
    }
}

fn now() -> u64 {
    u64::try_from(Timestamp::now().as_second()).unwrap()
}

/// With an address that is verified, which a second factor wants.
async fn verified(server: &TestServer, client: &Client, address: &str) {
    client.post("/v1/auth/email/send", &()).await.is(204);
    let letter = server.letter(address, 1).await;
    let code: String = letter.text.split_once("code is ").unwrap().1.chars().take(9).collect();
    let proof = json!({ "proof": { "by": "code", "email": address, "code": code } });
    client.post("/v1/auth/email/verify", &proof).await.is(204);
}

async fn with_app(server: &TestServer, name: &str) -> (Patient, App, Vec<String>) {
    let patient = server.patient(name).await;
    verified(server, &patient.client, &email(name)).await;
    let (app, codes) = set_up(&patient.client).await;
    (patient, app, codes)
}

async fn set_up(client: &Client) -> (App, Vec<String>) {
    let mut app = App::of(&client.post(TOTP, &()).await.is(200).read());
    let codes: RecoveryCodes = client.post(CONFIRM, &json!({ "code": app.code() })).await.is(200).read();
    (app, codes.codes)
}

async fn challenge(server: &TestServer, address: &str, password: &str) -> String {
    let reply = server.anonymous().post("/v1/auth/login", &credentials(address, password)).await.is(401);
    assert_eq!(reply.code(), "mfa_required");
    assert!(!reply.text.contains("refresh"), "{}", reply.text);
    reply.body["challenge"]["token"].as_str().unwrap().to_owned()
}

async fn second(server: &TestServer, challenge: &str, code: &str) -> Reply {
    server.anonymous().post(SECOND, &json!({ "challenge": challenge, "code": code })).await
}

pub async fn signing_in_takes_a_second_step_once_an_app_is_confirmed(server: TestServer) {
    let asha = server.patient("Asha Rao").await;
    let address = email("Asha Rao");
    assert_eq!(asha.client.post(TOTP, &()).await.is(403).code(), "email_not_verified");
    verified(&server, &asha.client, &address).await;
    let set_up: TotpSetUp = asha.client.post(TOTP, &()).await.is(200).read();
    assert!(set_up.uri.starts_with("otpauth://totp/MediConnect:asha.rao"), "{}", set_up.uri);
    server.sign_in(&address, PASSWORD).await;
    let mut app = App::of(&set_up);
    assert_eq!(asha.client.post(CONFIRM, &json!({ "code": "000000" })).await.is(403).code(), "wrong_code");
    let told: RecoveryCodes = asha.client.post(CONFIRM, &json!({ "code": app.code() })).await.is(200).read();
    assert_eq!(told.codes.len(), 10);
    asha.client.post(TOTP, &()).await.is(409);
    let challenge = challenge(&server, &address, PASSWORD).await;
    let signed_in: SignedIn = second(&server, &challenge, &app.code()).await.is(200).read();
    let tablet = server.anonymous().signed_in(&signed_in.tokens);
    let security = tablet.get("/v1/auth/security").await.is(200).body;
    assert_eq!((&security["totp"], &security["second_factor_used"]), (&json!(true), &json!(true)));
    let stored = server.running.app.store().read(|tx| {
        Box::pin(async move { Ok(tx.one("SELECT secret FROM totp", &[]).await?.unwrap().bytes(0)?.to_vec()) })
    });
    let secret = Totp::from_url(&set_up.uri).unwrap().secret().as_bytes().to_vec();
    assert!(!stored.await.unwrap().windows(secret.len()).any(|part| part == secret), "the secret is sealed");
    assert_eq!(server.letter(&address, 2).await.to, address, "and the owner is told");
    tablet.delete(TOTP).await.is(204);
    server.sign_in(&address, PASSWORD).await;
}

pub async fn a_code_of_the_app_works_once(server: TestServer) {
    let (_asha, mut app, _) = with_app(&server, "Asha Rao").await;
    let address = email("Asha Rao");
    let code = app.code();
    let first = challenge(&server, &address, PASSWORD).await;
    second(&server, &first, &code).await.is(200);
    second(&server, &first, &app.code()).await.is(401);
    let next = challenge(&server, &address, PASSWORD).await;
    assert_eq!(second(&server, &next, &code).await.is(401).code(), "wrong_code");
}

pub async fn recovery_codes_work_once_and_are_kept_as_fingerprints(server: TestServer) {
    let (asha, mut app, codes) = with_app(&server, "Asha Rao").await;
    let address = email("Asha Rao");
    let typed = codes[3].replace('-', " ").to_uppercase();
    let first = challenge(&server, &address, PASSWORD).await;
    second(&server, &first, &typed).await.is(200);
    let next = challenge(&server, &address, PASSWORD).await;
    second(&server, &next, &typed).await.is(401);
    assert_eq!(asha.client.get("/v1/auth/security").await.is(200).body["recovery_codes_left"], 9);
    let dump = server.running.app.store().read(|tx| {
        Box::pin(async move { Ok(format!("{:?}", tx.query("SELECT * FROM recovery_code", &[]).await?)) })
    });
    let dump = dump.await.unwrap();
    assert!(codes.iter().all(|code| !dump.contains(code) && !dump.contains(&code.replace('-', ""))));
    let renewed: RecoveryCodes = asha.client.post(CODES, &()).await.is(200).read();
    second(&server, &challenge(&server, &address, PASSWORD).await, &codes[4]).await.is(401);
    second(&server, &challenge(&server, &address, PASSWORD).await, &renewed.codes[0]).await.is(200);
    second(&server, &challenge(&server, &address, PASSWORD).await, &app.code()).await.is(200);
}

pub async fn a_challenge_dies_of_wrong_codes_and_is_of_its_device(server: TestServer) {
    let (_asha, mut app, _) = with_app(&server, "Asha Rao").await;
    let address = email("Asha Rao");
    let guessed = challenge(&server, &address, PASSWORD).await;
    let own = challenge(&server, &address, PASSWORD).await;
    for _ in 0..5 {
        second(&server, &guessed, "000000").await.is(401);
    }
    let code = app.code();
    second(&server, &guessed, &code).await.is(401);
    second(&server, "made up", &code).await.is(401);
    second(&server, &own, &code).await.is(200);
    let wrong = server.anonymous().post("/v1/auth/login", &credentials(&address, "not the right one")).await;
    assert_eq!(wrong.is(401).code(), "wrong_credentials", "without the password nobody learns of the factor");
}

pub async fn a_challenge_is_good_for_five_minutes(server: TestServer) {
    let (_asha, mut app, _) = with_app(&server, "Asha Rao").await;
    let old = challenge(&server, &email("Asha Rao"), PASSWORD).await;
    crate::mail::later(&server, SignedDuration::from_mins(5)).await;
    let code = app.code();
    second(&server, &old, &code).await.is(401);
    let new = challenge(&server, &email("Asha Rao"), PASSWORD).await;
    crate::mail::later(&server, SignedDuration::from_mins(4)).await;
    second(&server, &new, &code).await.is(200);
}

pub async fn a_reset_password_does_not_go_around_the_second_factor(server: TestServer) {
    let (asha, mut app, _) = with_app(&server, "Asha Rao").await;
    let (address, new) = (email("Asha Rao"), "a lantern for the ferry");
    server.mail_is_out().await;
    let before = server.letters(&address).len();
    server.anonymous().post("/v1/auth/password/forgot", &json!({ "email": address })).await.is(204);
    let letter = server.letter(&address, before + 1).await;
    let code: String = letter.text.split_once("code is ").unwrap().1.chars().take(9).collect();
    let sent = json!({ "proof": { "by": "code", "email": address, "code": code }, "new": new });
    server.anonymous().post("/v1/auth/password/reset", &sent).await.is(204);
    asha.client.get("/v1/account").await.is(401);
    let challenge = challenge(&server, &address, new).await;
    second(&server, &challenge, &app.code()).await.is(200);
}

/// As if the session had been proven so long ago.
async fn aged(server: &TestServer, session: AccountId, by: SignedDuration) {
    let (account, at) = (session.0, Timestamp::now() - by);
    let aged = server.running.app.store().write(&[], move |tx| {
        Box::pin(async move {
            tx.execute("UPDATE session SET proved_at = ?2 WHERE account = ?1", &values![account, at]).await
        })
    });
    aged.await.unwrap();
    server.running.app.forget_account(session);
}

pub async fn what_is_grave_wants_a_proof_of_the_last_minutes(server: TestServer) {
    let asha = server.patient("Asha Rao").await;
    verified(&server, &asha.client, &email("Asha Rao")).await;
    let grave: Vec<_> = routes().into_iter().filter(|route| route.fresh).collect();
    assert!(grave.iter().any(|route| route.path == TOTP) && grave.len() >= 5);
    let minutes = SignedDuration::from_mins;
    aged(&server, asha.account_id, minutes(5) + SignedDuration::from_secs(1)).await;
    for route in grave.iter().filter(|route| route.policy.admits(&Role::Patient)) {
        let request = asha.client.request(route.method.clone(), route.path).json(&json!({}));
        let reply = asha.client.send(request).await.is(403);
        assert_eq!(reply.code(), "step_up_needed", "{} {}", route.method, route.path);
    }
    let with = |password: &str| json!({ "by": "password", "password": password });
    asha.client.post(STEP_UP, &with("not the right one")).await.is(403);
    asha.client.post(TOTP, &()).await.is(403);
    asha.client.post(STEP_UP, &with(PASSWORD)).await.is(200);
    let (mut app, _) = set_up(&asha.client).await;
    aged(&server, asha.account_id, minutes(10)).await;
    let only_password = asha.client.post(STEP_UP, &with(PASSWORD)).await.is(403);
    assert_eq!(only_password.code(), "wrong_code", "with a second factor a password is no proof");
    asha.client.post(STEP_UP, &json!({ "by": "code", "code": app.code() })).await.is(200);
    asha.client.post(CODES, &()).await.is(200);
    aged(&server, asha.account_id, minutes(4)).await;
    asha.client.post(CODES, &()).await.is(200);
}

#[tokio::test]
async fn staff_without_a_second_factor_get_nothing_but_the_way_to_one() {
    let server =
        TestServer::start_with(Settings { staff_without_second_factor: Some(false), ..Settings::default() })
            .await;
    let Admin { client, .. } = server.super_admin("Ada Admin").await;
    let ids = [mediconnect_server::testing::new_id().to_string()];
    let mut held_back = 0;
    for route in
        routes().into_iter().filter(|route| route.policy.needs_account() && route.policy != Policy::Own)
    {
        let path = route.path.replace("{id}", &ids[0]);
        let reply = client.send(client.request(route.method.clone(), &path).json(&json!({}))).await;
        let admitted = route.policy.admits(&Role::SuperAdmin);
        assert_eq!(reply.status, 403, "{} {path}: {}", route.method, reply.text);
        assert_eq!(reply.code(), if admitted { "second_factor_needed" } else { "not_allowed" }, "{path}");
        held_back += usize::from(admitted);
    }
    assert!(held_back > 40);
    client.get("/v1/account").await.is(200);
    let security: Value = client.get("/v1/auth/security").await.is(200).body;
    assert_eq!(security["second_factor_demanded"], true);
    verified(&server, &client, &email("Ada Admin")).await;
    let (mut app, _) = set_up(&client).await;
    client.get("/v1/admin/accounts").await.is(200);
    let challenge = challenge(&server, &email("Ada Admin"), PASSWORD).await;
    let signed_in: SignedIn = second(&server, &challenge, &app.code()).await.is(200).read();
    server.anonymous().signed_in(&signed_in.tokens).get("/v1/admin/accounts").await.is(200);
    client.delete(TOTP).await.is(204);
    client.get("/v1/admin/accounts").await.is(403);
}

#[tokio::test]
async fn a_super_admin_helps_staff_who_lost_the_app_and_nobody_helps_themself() {
    let server = TestServer::start().await;
    let ada = server.super_admin("Ada Admin").await;
    let sam = server.staff(&ada, "Sam Support", Role::SupportAdmin).await;
    verified(&server, &sam.client, &email("Sam Support")).await;
    set_up(&sam.client).await;
    let path = |id| format!("/v1/admin/accounts/{id}/second-factor/reset");
    let why = json!({ "identified": "in_person" });
    sam.client.post(&path(ada.account_id), &why).await.is(403);
    ada.client.post(&path(ada.account_id), &why).await.is(403);
    ada.client.post(&path(sam.account_id), &json!({ "identified": "by_the_voice" })).await.is(422);
    ada.client.post(&path(sam.account_id), &why).await.is(204);
    sam.client.get("/v1/account").await.is(401);
    let none = ada.client.post(&path(sam.account_id), &why).await.is(409);
    assert_eq!(none.body["refusal"]["state"], "without_second_factor");
    let lines = ada.client.get("/v1/admin/activity").await.is(200).body;
    let lines = lines["items"].as_array().unwrap();
    let reset = lines.iter().find(|line| line["command"] == "auth.second_factor_reset_in_person");
    assert_eq!(reset.unwrap()["actor_name"], "Ada Admin", "{lines:?}");
}

#[tokio::test]
async fn a_clinic_helps_its_own_doctors_who_lost_the_app_and_support_everybody_who_is_no_staff() {
    let server = TestServer::start().await;
    let ada = server.super_admin("Ada Admin").await;
    let (banyan, harbour) = (server.practice(&ada, "Banyan").await, server.practice(&ada, "Harbour").await);
    let of = |clinic| Role::ClinicAdmin { clinics: vec![clinic] };
    let own = server.staff(&ada, "Cleo Clinic", of(banyan.clinic_id)).await;
    let other = server.staff(&ada, "Olga Other", of(harbour.clinic_id)).await;
    let sam = server.staff(&ada, "Sam Support", Role::SupportAdmin).await;
    let doctor = banyan.doctor;
    let address = doctor.client.get("/v1/account").await.is(200).body["email"].as_str().unwrap().to_owned();
    verified(&server, &doctor.client, &address).await;
    set_up(&doctor.client).await;
    let why = json!({ "identified": "call_back" });
    let of_doctor = format!("/v1/admin/doctors/{}/second-factor/reset", doctor.doctor_id);
    let of_account = format!("/v1/admin/accounts/{}/second-factor/reset", doctor.account_id);
    other.client.post(&of_doctor, &why).await.is(404);
    own.client.post(&of_account, &why).await.is(404);
    own.client.post(&of_doctor, &why).await.is(204);
    doctor.client.get("/v1/account").await.is(401);
    let asha = server.patient("Asha Rao").await;
    verified(&server, &asha.client, &email("Asha Rao")).await;
    set_up(&asha.client).await;
    let of_asha = format!("/v1/admin/accounts/{}/second-factor/reset", asha.account_id);
    own.client.post(&of_asha, &why).await.is(404);
    sam.client.post(&of_asha, &why).await.is(204);
    asha.client.get("/v1/account").await.is(401);
    let again = server.sign_in(&email("Asha Rao"), PASSWORD).await;
    assert_eq!(again.account_id, asha.account_id, "the password alone is enough");
}

#[tokio::test]
async fn a_grave_command_wants_a_proof_by_its_route_by_its_name_and_from_an_outbox() {
    let server = TestServer::start().await;
    let ada = server.super_admin("Ada Admin").await;
    let sam = server.staff(&ada, "Sam Support", Role::SupportAdmin).await;
    aged(&server, ada.account_id, SignedDuration::from_mins(6)).await;
    let args = json!({ "account_id": sam.account_id, "active": false, "reason": "Left the clinic" });
    let named = json!({ "name": "accounts.set_active", "args": args });
    let by_route = format!("/v1/admin/accounts/{}/active", sam.account_id);
    let routed = json!({ "active": false, "reason": "Left the clinic" });
    assert_eq!(ada.client.post(&by_route, &routed).await.is(403).code(), "step_up_needed");
    assert_eq!(ada.client.post("/v1/commands", &named).await.is(403).code(), "step_up_needed");
    let push = |id: Uuid| {
        let envelope = json!({
            "id": id, "name": "accounts.set_active", "args": args, "lane": format!("account:{}", sam.account_id),
            "seq": 1, "depends_on": [], "replaces": null, "schema": SCHEMA,
        });
        json!({ "protocol": PROTOCOL, "device": device().id, "commands": [envelope] })
    };
    let pushed = ada.client.post("/v1/sync/push", &push(new_id())).await.is(200).body;
    assert_eq!(pushed["receipts"][0]["outcome"]["refusal"]["code"], "step_up_needed", "{pushed}");
    sam.client.get("/v1/account").await.is(200);
    ada.client.post(STEP_UP, &json!({ "by": "password", "password": PASSWORD })).await.is(200);
    let done = ada.client.post("/v1/commands", &named).await.is(200).body;
    assert_eq!(done["outcome"]["is"], "accepted", "{done}");
}
