//! Accounts, sessions and tokens.

use std::time::{Duration, Instant};

use mediconnect_domain::sign_in::{SignedIn, Tokens};
use mediconnect_server::{
    auth::attempts::{self, Key},
    config::Settings,
    testing::{Client, PASSWORD, Reply, TestServer, credentials, device, new_id},
};
use serde_json::{Value, json};

async fn refresh(client: &Client, token: &str) -> Reply {
    client.post("/v1/auth/refresh", &json!({ "refresh": token })).await
}

fn held(client: &Client) -> String {
    client.refresh.clone().expect("a signed-in client")
}

pub async fn a_patient_signs_up_signs_in_again_and_signs_out(server: TestServer) {
    let asha = server.patient("Asha Rao").await;
    let me = asha.client.get("/v1/patients/me").await.is(200);
    assert_eq!(me.body["profile"]["name"], "Asha Rao");
    let second = server.sign_in("ASHA.RAO@example.org", PASSWORD).await;
    assert_eq!(second.account_id, asha.account_id);
    second.client.post("/v1/auth/logout", &()).await.is(204);
    assert_eq!(second.client.get("/v1/account").await.is(401).code(), "unauthenticated");
    refresh(&second.client, &held(&second.client)).await.is(401);
    asha.client.get("/v1/account").await.is(200);
}

pub async fn an_unknown_address_and_a_wrong_password_are_answered_alike(server: TestServer) {
    let _asha = server.patient("Asha Rao").await;
    let anyone = server.anonymous();
    let attempt = async |address: &str| {
        let began = Instant::now();
        let reply = anyone.post("/v1/auth/login", &credentials(address, "not the right one")).await.is(401);
        (reply.text, began.elapsed())
    };
    let (mut known, mut unknown) = (Duration::MAX, Duration::MAX);
    for _ in 0..5 {
        let (text, took) = attempt("asha.rao@example.org").await;
        let (other_text, other_took) = attempt("nobody@example.org").await;
        assert_eq!(text, other_text);
        (known, unknown) = (known.min(took), unknown.min(other_took));
    }
    let ratio = known.as_secs_f64() / unknown.as_secs_f64();
    assert!((0.4..2.5).contains(&ratio), "known {known:?}, unknown {unknown:?}");
}

pub async fn weak_passwords_and_taken_addresses_are_refused(server: TestServer) {
    let asha = server.patient("Asha Rao").await;
    let sign_up = |password: &str, address: &str| {
        json!({ "password": password, "device": device(), "account": {
            "account_id": new_id(), "patient_id": new_id(), "link_id": new_id(), "name": "Asha Rao",
            "email": address, "language": "en", "zone": "Asia/Kolkata" }})
    };
    let anyone = server.anonymous();
    for password in ["password123", "asha.other@example.org", "Asha  Rao  "] {
        let reply = anyone
            .post("/v1/auth/register/patient", &sign_up(password, "asha.other@example.org"))
            .await
            .is(422);
        assert!(["weak_password", "invalid"].contains(&reply.code()), "{}", reply.text);
    }
    let taken =
        anyone.post("/v1/auth/register/patient", &sign_up(PASSWORD, "Asha.Rao@example.org")).await.is(409);
    assert_eq!(taken.code(), "already_exists");
    asha.client.get("/v1/account").await.is(200);
}

pub async fn a_sign_up_sent_twice_makes_one_account_and_another_password_does_not_open_it(
    server: TestServer,
) {
    let (account, patient) = (new_id(), new_id());
    let link = new_id();
    let sign_up = |password: &str| {
        json!({ "password": password, "device": device(), "account": {
            "account_id": account, "patient_id": patient, "link_id": link, "name": "Asha Rao",
            "email": "asha@example.org", "language": "en", "zone": "Asia/Kolkata" }})
    };
    let anyone = server.anonymous();
    let first: SignedIn = anyone.post("/v1/auth/register/patient", &sign_up(PASSWORD)).await.is(201).read();
    let second: SignedIn = anyone.post("/v1/auth/register/patient", &sign_up(PASSWORD)).await.is(201).read();
    assert_eq!(first.account, second.account);
    anyone.post("/v1/auth/register/patient", &sign_up("somebody else entirely")).await.is(409);
}

pub async fn a_refresh_token_that_was_used_before_ends_the_session_for_everyone_who_has_it(
    server: TestServer,
) {
    let asha = server.patient("Asha Rao").await;
    let first = held(&asha.client);
    let second: Tokens = refresh(&asha.client, &first).await.is(200).read();
    let third: Tokens = refresh(&asha.client, &second.refresh).await.is(200).read();
    let now = asha.client.signed_in(&third);
    now.get("/v1/account").await.is(200);
    assert_eq!(refresh(&asha.client, &first).await.is(401).code(), "session_ended");
    now.get("/v1/account").await.is(401);
    refresh(&asha.client, &third.refresh).await.is(401);
}

pub async fn a_device_that_lost_the_answer_to_a_refresh_gets_it_again(server: TestServer) {
    let asha = server.patient("Asha Rao").await;
    let lost: Tokens = refresh(&asha.client, &held(&asha.client)).await.is(200).read();
    let again: Tokens = refresh(&asha.client, &held(&asha.client)).await.is(200).read();
    assert_eq!(lost.refresh, again.refresh);
    let next: Tokens = refresh(&asha.client, &again.refresh).await.is(200).read();
    asha.client.signed_in(&next).get("/v1/account").await.is(200);
}

pub async fn a_forged_refresh_token_is_refused_and_ends_nothing(server: TestServer) {
    let asha = server.patient("Asha Rao").await;
    let token = held(&asha.client);
    let forged: String =
        token.chars().enumerate().map(|(at, c)| if at == 40 { other(c) } else { c }).collect();
    refresh(&asha.client, &forged).await.is(401);
    asha.client.get("/v1/account").await.is(200);
    refresh(&asha.client, &token).await.is(200);
}

fn other(c: char) -> char {
    if c == 'A' { 'B' } else { 'A' }
}

pub async fn sessions_are_listed_and_ended_by_their_owner_only(server: TestServer) {
    let (asha, ravi) = (server.patient("Asha Rao").await, server.patient("Ravi Menon").await);
    let tablet = server.sign_in("asha.rao@example.org", PASSWORD).await;
    let sessions = asha.client.get("/v1/auth/sessions").await.is(200).body;
    let items = sessions["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    let other = items.iter().find(|session| session["current"] == false).unwrap();
    let path = format!("/v1/auth/sessions/{}", other["id"].as_str().unwrap());
    ravi.client.delete(&path).await.is(404);
    tablet.client.get("/v1/account").await.is(200);
    asha.client.delete(&path).await.is(204);
    tablet.client.get("/v1/account").await.is(401);
    asha.client.delete(&path).await.is(404);
}

pub async fn a_new_password_ends_all_other_sessions(server: TestServer) {
    let asha = server.patient("Asha Rao").await;
    let tablet = server.sign_in("asha.rao@example.org", PASSWORD).await;
    let change = |current: &str, new: &str| json!({ "current": current, "new": new });
    let wrong =
        asha.client.post("/v1/auth/password", &change("not the right one", "a better one than before")).await;
    assert_eq!(wrong.is(403).code(), "wrong_credentials");
    asha.client.post("/v1/auth/password", &change(PASSWORD, "welcome2026")).await.is(422);
    asha.client.post("/v1/auth/password", &change(PASSWORD, "a better one than before")).await.is(204);
    tablet.client.get("/v1/account").await.is(401);
    asha.client.get("/v1/account").await.is(200);
    let login = |password: &'static str| credentials("asha.rao@example.org", password);
    server.anonymous().post("/v1/auth/login", &login(PASSWORD)).await.is(401);
    server.anonymous().post("/v1/auth/login", &login("a better one than before")).await.is(200);
}

pub async fn staff_get_a_first_password_once_and_a_disabled_account_is_out_at_once(server: TestServer) {
    let admin = server.super_admin("Ada Admin").await;
    let new = json!({ "name": "Sam Support", "email": "sam@example.org", "role": { "name": "support_admin" }, "language": "en" });
    let first = admin.client.post_with_key("/v1/admin/staff", "sam", &new).await.is(201);
    let password = first.body["password"].as_str().unwrap();
    let again = admin.client.post_with_key("/v1/admin/staff", "sam", &new).await.is(201);
    assert_eq!((&again.body["account"], &again.body["password"]), (&first.body["account"], &Value::Null));
    let sam = server.sign_in("sam@example.org", password).await;
    sam.client.get("/v1/admin/accounts").await.is(200);
    let path = format!("/v1/admin/accounts/{}/active", sam.account_id);
    admin.client.post(&path, &json!({ "active": false, "reason": "left" })).await.is(200);
    sam.client.get("/v1/account").await.is(401);
    let disabled = server.anonymous().post("/v1/auth/login", &credentials("sam@example.org", password)).await;
    assert_eq!(disabled.is(403).code(), "account_disabled");
}

pub async fn sessions_outlive_the_server(server: TestServer) {
    let asha = server.patient("Asha Rao").await;
    let server = server.again().await;
    let client = server.anonymous();
    let tokens: Tokens = refresh(&client, &held(&asha.client)).await.is(200).read();
    client.signed_in(&tokens).get("/v1/patients/me").await.is(200);
}

/// Tries to sign in from a device that nobody knows until it is held back; then even the right password does not help.
async fn besiege(server: &TestServer, address: &str) {
    let anyone = server.anonymous();
    let limit = server.running.app.config.limits.sign_in;
    let keys = server.running.app.keys.clone();
    for _ in 0..limit {
        // As if from many networks: the limit of one address is not what is tested.
        forgive_address(server, &keys).await;
        anyone.post("/v1/auth/login", &credentials(address, "not the right one")).await.is(401);
    }
}

async fn forgive_address(server: &TestServer, keys: &std::sync::Arc<mediconnect_server::auth::keys::Keys>) {
    let keys = keys.clone();
    let forgiven = server.running.app.store().write(&[], move |tx| {
        let keys = keys.clone();
        Box::pin(async move {
            attempts::forgive(tx, &keys, &Key::From(std::net::Ipv4Addr::LOCALHOST.into())).await
        })
    });
    forgiven.await.unwrap();
}

async fn with_few_tries(server: TestServer) -> TestServer {
    server.again_with(|settings| settings.login_per_min = Some(3)).await
}

pub async fn a_stranger_who_tries_passwords_shuts_out_strangers_and_no_device_of_the_owner(
    server: TestServer,
) {
    let asha = server.patient("Asha Rao").await;
    let address = "asha.rao@example.org";
    let phone = credentials(address, PASSWORD);
    server.anonymous().post("/v1/auth/login", &phone).await.is(200);
    let server = with_few_tries(server).await;
    let keys = server.running.app.keys.clone();
    besiege(&server, address).await;
    forgive_address(&server, &keys).await;
    let wrong =
        server.anonymous().post("/v1/auth/login", &credentials(address, "not the right one")).await.is(401);
    let held_back = server.anonymous().post("/v1/auth/login", &credentials(address, PASSWORD)).await.is(401);
    assert_eq!(wrong.text, held_back.text, "whether the password was right is not told");
    server.anonymous().post("/v1/auth/login", &phone).await.is(200);
    drop(asha);
}

pub async fn tries_are_remembered_over_a_restart(server: TestServer) {
    let _asha = server.patient("Asha Rao").await;
    let server = with_few_tries(server).await;
    let right = credentials("asha.rao@example.org", PASSWORD);
    for _ in 0..3 {
        let wrong = credentials("asha.rao@example.org", "not the right one");
        server.anonymous().post("/v1/auth/login", &wrong).await.is(401);
    }
    server.anonymous().post("/v1/auth/login", &right).await.is(429);
    let server = server.again().await;
    server.anonymous().post("/v1/auth/login", &right).await.is(429);
    forgive_address(&server, &server.running.app.keys.clone()).await;
    server.anonymous().post("/v1/auth/login", &right).await.is(401);
}

#[tokio::test]
async fn a_locked_account_is_answered_like_a_wrong_password_in_body_and_time() {
    let server = TestServer::start().await;
    let _asha = server.patient("Asha Rao").await;
    let server = with_few_tries(server).await;
    let keys = server.running.app.keys.clone();
    besiege(&server, "asha.rao@example.org").await;
    let attempt = async |address: &str, password: &str| {
        forgive_address(&server, &keys).await;
        let began = Instant::now();
        let reply = server.anonymous().post("/v1/auth/login", &credentials(address, password)).await.is(401);
        (reply.text, began.elapsed())
    };
    let (mut locked, mut unknown) = (Duration::MAX, Duration::MAX);
    for n in 0..5 {
        let (text, took) = attempt("asha.rao@example.org", PASSWORD).await;
        let (other_text, other_took) = attempt(&format!("nobody{n}@example.org"), PASSWORD).await;
        assert_eq!(text, other_text);
        (locked, unknown) = (locked.min(took), unknown.min(other_took));
    }
    let ratio = locked.as_secs_f64() / unknown.as_secs_f64();
    assert!((0.4..2.5).contains(&ratio), "locked {locked:?}, unknown {unknown:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_sign_in_at_once_wait_for_their_turn_and_nobody_else_does() {
    let server = TestServer::start().await;
    let _asha = server.patient("Asha Rao").await;
    let began = Instant::now();
    let sign_in = |_| async {
        let own = credentials("asha.rao@example.org", PASSWORD);
        server.anonymous().post("/v1/auth/login", &own).await.status.as_u16()
    };
    let crowd = futures::future::join_all((0..60).map(sign_in));
    let others = async {
        let mut waits = Vec::new();
        for _ in 0..40 {
            let asked = Instant::now();
            server.anonymous().get("/v1/clinics").await.is(200);
            waits.push(asked.elapsed());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        waits.sort();
        waits[waits.len() / 2]
    };
    let (signed_in, median) = tokio::join!(crowd, others);
    assert!(signed_in.iter().all(|status| *status == 200), "{signed_in:?}");
    let all = began.elapsed();
    assert!(all < Duration::from_secs(12), "300 a minute would be 60 in 12 s; it took {all:?}");
    assert!(median < Duration::from_millis(400), "others waited {median:?}");
}

#[tokio::test]
async fn trying_passwords_is_slowed_down() {
    let server = TestServer::start_with(Settings { login_per_min: Some(3), ..Settings::default() }).await;
    let anyone = server.anonymous();
    for _ in 0..3 {
        anyone.post("/v1/auth/login", &credentials("asha@example.org", "not the right one")).await.is(401);
    }
    let reply =
        anyone.post("/v1/auth/login", &credentials("asha@example.org", "not the right one")).await.is(429);
    let seconds: u64 = reply.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds));
    assert_eq!(reply.code(), "too_many_requests");
    anyone.get("/v1/clinics").await.is(200);
}
