//! What goes by e-mail: verification and reset, and what e-mails must not tell.

use std::time::{Duration, Instant};

use jiff::SignedDuration;
use mediconnect_domain::sign_in::SignedIn;
use mediconnect_server::{
    config::Settings,
    mail::Letter,
    testing::{Client, PASSWORD, Reply, TestServer, credentials, device, email, new_id},
    values,
};
use serde_json::{Value, json};

const FORGOT: &str = "/v1/auth/password/forgot";
const RESET: &str = "/v1/auth/password/reset";
const VERIFY: &str = "/v1/auth/email/verify";
const SECURITY: &str = "/v1/auth/security";
const NEW: &str = "a lantern for the ferry";

/// The eight digits of an e-mail.
fn code(letter: &Letter) -> String {
    let digits: String = letter
        .text
        .split_once("code is ")
        .expect("a code")
        .1
        .chars()
        .take(9)
        .filter(char::is_ascii_digit)
        .collect();
    assert_eq!(digits.len(), 8, "{}", letter.text);
    digits
}

/// The secret of the link in an e-mail.
fn token(letter: &Letter) -> String {
    let after = letter.text.split_once('#').expect("a link").1;
    let (_, token) = after.split_once('.').expect("a secret");
    token.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}

fn by_code(address: &str, code: &str) -> Value {
    json!({ "by": "code", "email": address, "code": code })
}

async fn forgot(client: &Client, address: &str) -> Reply {
    client.post(FORGOT, &json!({ "email": address })).await
}

async fn reset(client: &Client, proof: Value, new: &str) -> Reply {
    client.post(RESET, &json!({ "proof": proof, "new": new })).await
}

pub async fn an_address_is_verified_by_the_code_of_an_e_mail_once(server: TestServer) {
    let asha = server.patient("Asha Rao").await;
    let address = email("Asha Rao");
    assert_eq!(asha.client.get(SECURITY).await.is(200).body["email_verified"], false);
    asha.client.post("/v1/auth/email/send", &()).await.is(204);
    let letter = server.letter(&address, 1).await;
    assert!(!letter.text.contains("Asha"), "what people typed stays out: {}", letter.text);
    let verify =
        async |code: &str| asha.client.post(VERIFY, &json!({ "proof": by_code(&address, code) })).await;
    assert_eq!(verify("00000000").await.is(403).code(), "wrong_code");
    verify(&code(&letter)).await.is(204);
    assert_eq!(asha.client.get(SECURITY).await.is(200).body["email_verified"], true);
    assert_eq!(verify(&code(&letter)).await.is(403).code(), "wrong_code");
}

pub async fn a_code_dies_of_five_wrong_guesses_and_counts_for_its_own_address_and_purpose(
    server: TestServer,
) {
    let (asha, ravi) = (server.patient("Asha Rao").await, server.patient("Ravi Menon").await);
    let (address, other) = (email("Asha Rao"), email("Ravi Menon"));
    asha.client.post("/v1/auth/email/send", &()).await.is(204);
    let right = code(&server.letter(&address, 1).await);
    let anyone = server.anonymous();
    reset(&anyone, by_code(&address, &right), NEW).await.is(403);
    ravi.client.post(VERIFY, &json!({ "proof": by_code(&other, &right) })).await.is(403);
    for _ in 0..5 {
        anyone.post(VERIFY, &json!({ "proof": by_code(&address, "00000000") })).await.is(403);
    }
    anyone.post(VERIFY, &json!({ "proof": by_code(&address, &right) })).await.is(403);
    assert_eq!(asha.client.get(SECURITY).await.is(200).body["email_verified"], false);
}

pub async fn a_lost_password_is_set_anew_once_and_ends_all_that_was_opened_with_it(server: TestServer) {
    let asha = server.patient("Asha Rao").await;
    let address = email("Asha Rao");
    let tablet = server.sign_in(&address, PASSWORD).await;
    let anyone = server.anonymous();
    forgot(&anyone, &address.to_uppercase()).await.is(204);
    let letter = server.letter(&address, 1).await;
    let weak = reset(&anyone, by_code(&address, &code(&letter)), "password123").await.is(422);
    assert_eq!(weak.code(), "weak_password", "and the code is still good:");
    reset(&anyone, by_code(&address, &code(&letter)), NEW).await.is(204);
    for client in [&asha.client, &tablet.client] {
        client.get("/v1/account").await.is(401);
        client.post("/v1/auth/refresh", &json!({ "refresh": client.refresh })).await.is(401);
    }
    anyone.post("/v1/auth/login", &credentials(&address, PASSWORD)).await.is(401);
    let again = server.sign_in(&address, NEW).await;
    assert_eq!(
        again.client.get(SECURITY).await.is(200).body["email_verified"],
        true,
        "it showed whose it is"
    );
    assert_eq!(
        reset(&anyone, by_code(&address, &code(&letter)), PASSWORD).await.is(403).code(),
        "wrong_code"
    );
    let told = server.letter(&address, 2).await;
    assert!(told.subject.contains("changed"), "{told:?}");
}

/// As if so much time had passed for what e-mails and challenges brought.
pub async fn later(server: &TestServer, by: SignedDuration) {
    let us = i64::try_from(by.as_micros()).unwrap();
    let aged = server.running.app.store().write(&[], move |tx| {
        Box::pin(async move {
            tx.execute("UPDATE one_time SET until = until - ?1", &values![us]).await?;
            tx.execute("UPDATE api_token SET until = until - ?1", &values![us]).await
        })
    });
    aged.await.unwrap();
}

pub async fn a_reset_is_good_for_a_quarter_of_an_hour(server: TestServer) {
    server.patient("Asha Rao").await;
    let address = email("Asha Rao");
    let anyone = server.anonymous();
    for (count, minutes, status) in [(1, 15, 403), (2, 14, 204)] {
        forgot(&anyone, &address).await.is(204);
        let letter = server.letter(&address, count).await;
        later(&server, SignedDuration::from_mins(minutes)).await;
        reset(&anyone, by_code(&address, &code(&letter)), NEW).await.is(status);
    }
}

pub async fn one_proof_sent_many_times_at_once_sets_one_password(server: TestServer) {
    let _asha = server.patient("Asha Rao").await;
    let address = email("Asha Rao");
    let anyone = server.anonymous();
    forgot(&anyone, &address).await.is(204);
    let proof = by_code(&address, &code(&server.letter(&address, 1).await));
    let tries = (0..6).map(|n| {
        let (anyone, proof) = (anyone.clone(), proof.clone());
        async move { reset(&anyone, proof, &format!("{NEW} number {n}")).await.status.as_u16() }
    });
    let statuses = futures::future::join_all(tries).await;
    assert_eq!(statuses.iter().filter(|status| **status == 204).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [204, 403].contains(status)), "{statuses:?}");
}

pub async fn asking_for_a_reset_tells_nobody_whether_there_is_an_account(server: TestServer) {
    let names = ["Asha Rao", "Ravi Menon", "Meera Iyer", "Jonas Weber", "Ana Costa"];
    for name in names {
        server.patient(name).await;
    }
    let anyone = server.anonymous();
    let (mut known, mut unknown) = (Duration::MAX, Duration::MAX);
    for name in names {
        let ask = async |address: &str, best: &mut Duration| {
            let began = Instant::now();
            let reply = forgot(&anyone, address).await.is(204);
            *best = (*best).min(began.elapsed());
            let mut names: Vec<String> = reply.headers.keys().map(ToString::to_string).collect();
            names.sort();
            (reply.text, names)
        };
        let nobody = format!("nobody.{}", email(name));
        assert_eq!(ask(&email(name), &mut known).await, ask(&nobody, &mut unknown).await);
        let one = reset(&anyone, by_code(&email(name), "00000000"), NEW).await.is(403);
        let other = reset(&anyone, by_code(&nobody, "00000000"), NEW).await.is(403);
        assert_eq!(one.text, other.text);
    }
    let ratio = known.as_secs_f64() / unknown.as_secs_f64();
    assert!((0.33..3.0).contains(&ratio), "known {known:?}, unknown {unknown:?}");
    server.mail_is_out().await;
    assert!(server.running.app.post.held().unwrap().iter().all(|letter| !letter.to.starts_with("nobody")));
}

pub async fn nobody_can_fill_a_mailbox_with_resets(server: TestServer) {
    let _asha = server.patient("Asha Rao").await;
    for _ in 0..12 {
        forgot(&server.anonymous(), &email("Asha Rao")).await.is(204);
        server.mail_is_out().await;
    }
    assert_eq!(server.letters(&email("Asha Rao")).len(), 6);
}

pub async fn an_e_mail_that_waits_outlives_the_server_and_secrets_are_kept_hashed(server: TestServer) {
    let asha = server.patient("Asha Rao").await;
    let address = email("Asha Rao");
    asha.client.post("/v1/auth/email/send", &()).await.is(204);
    let server = server.again().await;
    let letter = server.letter(&address, 1).await;
    let dump = server.running.app.store().read(|tx| {
        Box::pin(async move {
            let rows = tx.query("SELECT token, code FROM one_time", &[]).await?;
            Ok(rows.iter().map(|row| format!("{row:?}")).collect::<String>())
        })
    });
    let dump = dump.await.unwrap();
    assert!(!dump.is_empty() && !dump.contains(&code(&letter)), "{dump}");
    let verify = json!({ "proof": by_code(&address, &code(&letter)) });
    server.anonymous().post(VERIFY, &verify).await.is(204);
}

pub async fn a_sign_up_by_code_tells_nobody_whether_there_is_an_account(server: TestServer) {
    server.patient("Asha Rao").await;
    let others = ["Ravi Menon", "Meera Iyer", "Jonas Weber", "Ana Costa"];
    for name in others {
        server.patient(name).await;
    }
    let server = server.again_with(|settings| settings.sign_up_by_code = Some(true)).await;
    let anyone = server.anonymous();
    assert_eq!(anyone.get("/v1/installation").await.is(200).body["sign_up_by_code"], true);
    let begin = async |address: &str| {
        let began = Instant::now();
        let said = json!({ "email": address, "language": "hi" });
        (anyone.post("/v1/auth/register/begin", &said).await.is(204).text, began.elapsed())
    };
    let (taken, free) = (email("Asha Rao"), "free@example.org".to_owned());
    let (one, other) = (begin(&taken).await, begin(&free).await);
    assert_eq!(one.0, other.0);
    let (mut known, mut unknown) = (one.1, other.1);
    for name in others {
        known = known.min(begin(&email(name)).await.1);
        unknown = unknown.min(begin(&format!("free.{}", email(name))).await.1);
    }
    let ratio = known.as_secs_f64() / unknown.as_secs_f64();
    assert!((0.33..3.0).contains(&ratio), "known {known:?}, unknown {unknown:?}");
    let sign_up = |address: &str, code: Value| {
        json!({ "password": PASSWORD, "device": device(), "code": code, "account": {
            "account_id": new_id(), "patient_id": new_id(), "link_id": new_id(), "name": "Asha Rao",
            "email": address, "language": "en", "zone": "Asia/Kolkata" }})
    };
    let register = async |body: &Value| anyone.post("/v1/auth/register/patient", body).await;
    for code in [json!(null), json!("00000000")] {
        let one = register(&sign_up(&taken, code.clone())).await.is(403);
        let other = register(&sign_up(&free, code)).await.is(403);
        assert_eq!(one.text, other.text);
    }
    let told = server.letter(&taken, 1).await;
    assert!(told.subject.contains("already") && !told.text.contains("code is"), "{told:?}");
    let letter = server.letter(&free, 1).await;
    assert!(letter.subject.contains("कोड"), "in the language that was asked for: {letter:?}");
    let digits: String = letter.text.chars().filter(char::is_ascii_digit).collect();
    let body = sign_up(&free, json!(digits));
    register(&body).await.is(201);
    let signed_in: SignedIn = register(&body).await.is(201).read();
    let client = anyone.signed_in(&signed_in.tokens);
    assert_eq!(client.get(SECURITY).await.is(200).body["email_verified"], true);
    server.sign_in(&taken, PASSWORD).await;
}

fn with_public_url() -> Settings {
    Settings { public_url: Some("https://clinic.example".into()), ..Settings::default() }
}

#[tokio::test]
async fn a_link_leads_to_the_address_of_the_settings_whatever_host_was_asked() {
    let server = TestServer::start_with(with_public_url()).await;
    let _asha = server.patient("Asha Rao").await;
    let anyone = server.anonymous();
    let forged = anyone.request(reqwest::Method::POST, FORGOT).json(&json!({ "email": email("Asha Rao") }));
    let forged = forged.header("host", "evil.example").header("x-forwarded-host", "evil.example");
    anyone.send(forged).await.is(204);
    let letter = server.letter(&email("Asha Rao"), 1).await;
    assert!(letter.text.contains("https://clinic.example/link?l=en#reset."), "{}", letter.text);
    assert!(!letter.text.contains("evil"), "{}", letter.text);
    let proof = json!({ "by": "link", "token": token(&letter) });
    reset(&anyone, proof.clone(), NEW).await.is(204);
    reset(&anyone, proof, NEW).await.is(403);
    server.sign_in(&email("Asha Rao"), NEW).await;
}

#[tokio::test]
async fn the_page_behind_a_link_changes_nothing_by_being_opened() {
    let server = TestServer::start_with(with_public_url()).await;
    let asha = server.patient("Asha Rao").await;
    asha.client.post("/v1/auth/email/send", &()).await.is(204);
    let letter = server.letter(&email("Asha Rao"), 1).await;
    let page = server.anonymous().get("/link?l=hi").await.is(200);
    assert!(page.text.contains("lang=\"hi\"") && page.text.contains("पुष्टि"), "{}", page.text);
    assert!(page.headers["content-security-policy"].to_str().unwrap().contains("script-src 'self'"));
    assert!(!page.text.contains('{') || page.text.contains(":root {"), "{}", page.text);
    server.anonymous().get("/link.js").await.is(200);
    assert_eq!(asha.client.get(SECURITY).await.is(200).body["email_verified"], false);
    for _ in 0..6 {
        let guess = json!({ "proof": by_code(&email("Asha Rao"), "00000000") });
        server.anonymous().post(VERIFY, &guess).await.is(403);
    }
    let proof = json!({ "proof": { "by": "link", "token": token(&letter) } });
    server.anonymous().post(VERIFY, &proof).await.is(204);
    assert_eq!(asha.client.get(SECURITY).await.is(200).body["email_verified"], true);
}

#[tokio::test]
async fn the_mailbox_is_there_on_a_development_server_only() {
    let server = TestServer::start().await;
    let asha = server.patient("Asha Rao").await;
    asha.client.post("/v1/auth/email/send", &()).await.is(204);
    let letter = server.letter(&email("Asha Rao"), 1).await;
    let page = server.anonymous().get("/dev/mailbox").await.is(200);
    assert!(page.text.contains(&letter.subject.replace('\'', "&#39;")), "{}", page.text);
    let letters = server.anonymous().get("/dev/mailbox/letters").await.is(200);
    assert_eq!(letters.body["items"][0]["to"], email("Asha Rao"));
    let real = TestServer::start_with(Settings { dev_mailbox: Some(false), ..Settings::default() }).await;
    for path in ["/dev/mailbox", "/dev/mailbox/letters"] {
        real.anonymous().get(path).await.is(404);
    }
    let asked = forgot(&real.anonymous(), &email("Asha Rao")).await.is(503);
    assert_eq!(asked.code(), "no_mail");
}
