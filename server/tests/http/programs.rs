//! API tokens: what a program may do with an account.

use jiff::SignedDuration;
use mediconnect_domain::{
    accounts::Role,
    sign_in::{ApiScope, ApiToken, TotpSetUp},
};
use mediconnect_server::{
    config::Settings,
    http::routes,
    testing::{Client, PASSWORD, TestServer},
};
use serde_json::{Value, json};

const TOKENS: &str = "/v1/auth/tokens";

async fn token(server: &TestServer, owner: &Client, scopes: Value) -> (ApiToken, Client) {
    let new = json!({ "name": "Reminders", "scopes": scopes, "days": 30 });
    let made: ApiToken = owner.post(TOKENS, &new).await.is(201).read();
    let program = server.anonymous().with_token(&made.token);
    (made, program)
}

/// Without e-mail nothing can be verified, so nothing is demanded.
async fn without_mail(server: TestServer) -> TestServer {
    server.again_with(|settings| settings.dev_mailbox = Some(false)).await
}

pub async fn a_token_does_what_its_scopes_say_and_nothing_else(server: TestServer) {
    let server = without_mail(server).await;
    let asha = server.patient("Asha Rao").await;
    let admin = server.super_admin("Ada Admin").await;
    let ids = mediconnect_server::testing::new_id().to_string();
    let cases = [
        (&asha.client, Role::Patient, vec![ApiScope::Read]),
        (&asha.client, Role::Patient, vec![ApiScope::Write]),
        (&admin.client, Role::SuperAdmin, vec![ApiScope::Read, ApiScope::AdminRead]),
        (&admin.client, Role::SuperAdmin, vec![ApiScope::Read, ApiScope::Write]),
    ];
    for (owner, role, scopes) in cases {
        let (_, program) = token(&server, owner, json!(scopes)).await;
        for route in routes().into_iter().filter(|route| route.policy.needs_account()) {
            let path = route.path.replace("{id}", &ids);
            let request = program.request(route.method.clone(), &path);
            let reply = program.send(request.json(&json!({}))).await;
            let may = route.scope(&role).is_some_and(|scope| scopes.contains(&scope));
            let refused = reply.code() == "scope_missing" || reply.code() == "not_allowed";
            if !may {
                assert!(refused && reply.status == 403, "{scopes:?} {} {path}: {}", route.method, reply.text);
            } else if route.policy.admits(&role) {
                assert_ne!(reply.code(), "scope_missing", "{scopes:?} {} {path}", route.method);
            }
            assert_ne!(reply.status, 401, "{} {path}", route.method);
            let protects = path.starts_with("/v1/auth") || path.starts_with("/v1/sync");
            assert!(!(protects && may), "no token reaches {path}");
        }
    }
    let admins = json!({ "name": "x", "scopes": ["admin_read"], "days": 1 });
    asha.client.post(TOKENS, &admins).await.is(422);
    let add_staff = json!({ "name": "accounts.add_staff", "args": {} });
    let (_, program) = token(&server, &admin.client, json!(["write"])).await;
    assert_eq!(program.post("/v1/commands", &add_staff).await.is(403).code(), "scope_missing");
}

pub async fn a_token_is_told_once_kept_hashed_and_ended_by_its_owner_only(server: TestServer) {
    let server = without_mail(server).await;
    let (asha, ravi) = (server.patient("Asha Rao").await, server.patient("Ravi Menon").await);
    let (made, program) = token(&server, &asha.client, json!(["read"])).await;
    assert_eq!(program.get("/v1/patients/me").await.is(200).body["profile"]["name"], "Asha Rao");
    let listed = asha.client.get(TOKENS).await.is(200);
    assert!(!listed.text.contains(&made.token));
    assert!(listed.body["items"][0]["last_used_at"].is_string(), "{}", listed.text);
    let dump = server.running.app.store().read(|tx| {
        Box::pin(async move { Ok(format!("{:?}", tx.query("SELECT * FROM api_token", &[]).await?)) })
    });
    assert!(!dump.await.unwrap().contains(&made.token[40..]));
    let path = format!("{TOKENS}/{}", made.line.id);
    ravi.client.delete(&path).await.is(404);
    let mut forged = made.token.clone();
    let last = if forged.pop() == Some('A') { 'Q' } else { 'A' };
    forged.push(last);
    program.with_token(&forged).get("/v1/patients/me").await.is(401);
    program.get("/v1/patients/me").await.is(200);
    asha.client.delete(&path).await.is(204);
    program.get("/v1/patients/me").await.is(401);
    asha.client.delete(&path).await.is(404);
}

pub async fn a_token_ends_on_its_day(server: TestServer) {
    let server = without_mail(server).await;
    let asha = server.patient("Asha Rao").await;
    let (_, program) = token(&server, &asha.client, json!(["read"])).await;
    crate::mail::later(&server, SignedDuration::from_hours(24 * 29)).await;
    program.get("/v1/account").await.is(200);
    crate::mail::later(&server, SignedDuration::from_hours(24)).await;
    program.get("/v1/account").await.is(401);
    assert_eq!(asha.client.get(TOKENS).await.is(200).body["items"], json!([]));
}

pub async fn a_new_password_ends_the_tokens(server: TestServer) {
    let server = without_mail(server).await;
    let asha = server.patient("Asha Rao").await;
    let (_, program) = token(&server, &asha.client, json!(["read"])).await;
    program.get("/v1/account").await.is(200);
    let change = json!({ "current": PASSWORD, "new": "a better one than before" });
    asha.client.post("/v1/auth/password", &change).await.is(204);
    program.get("/v1/account").await.is(401);
}

#[tokio::test]
async fn the_tokens_end_with_the_second_factor_they_were_made_under() {
    let server = without_mail(TestServer::start().await).await;
    let asha = server.patient("Asha Rao").await;
    let set_up: TotpSetUp = asha.client.post("/v1/auth/totp", &()).await.is(200).read();
    let now = u64::try_from(jiff::Timestamp::now().as_second()).unwrap();
    let code = totp_rs::Totp::from_url(&set_up.uri).unwrap().generate(now).to_string();
    asha.client.post("/v1/auth/totp/confirm", &json!({ "code": code })).await.is(200);
    let (_, program) = token(&server, &asha.client, json!(["read"])).await;
    program.get("/v1/account").await.is(200);
    asha.client.delete("/v1/auth/totp").await.is(204);
    program.get("/v1/account").await.is(401);
}

#[tokio::test]
async fn an_unverified_account_makes_no_token_where_there_is_e_mail() {
    let server = TestServer::start_with(Settings::default()).await;
    let asha = server.patient("Asha Rao").await;
    let new = json!({ "name": "Reminders", "scopes": ["read"], "days": 30 });
    assert_eq!(asha.client.post(TOKENS, &new).await.is(403).code(), "email_not_verified");
}
