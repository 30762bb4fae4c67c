//! Whoever tries to break it: with input that is well formed and means no good.

use std::collections::BTreeSet;

use futures::future::join_all;
use jiff::Timestamp;
use mediconnect_server::testing::{PASSWORD, Practice, TestServer, credentials, device, email, new_id};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const BOOK: &str = "/v1/patients/appointments";

async fn practice(server: &TestServer) -> (mediconnect_server::testing::Admin, Practice) {
    let admin = server.super_admin("Ada Admin").await;
    let practice = server.practice(&admin, "Harbour").await;
    (admin, practice)
}

pub async fn texts_that_a_database_does_not_take_are_refused_before_it(server: TestServer) {
    let admin = server.super_admin("Ada Admin").await.client;
    let asha = server.patient("Asha Rao").await;
    let mut profile = asha.client.get("/v1/patients/me").await.is(200).body["profile"].clone();
    profile["name"] = "Asha\0Rao".into();
    let update =
        json!({ "name": "profiles.update", "args": { "patient_id": asha.patient_id, "profile": profile } });
    assert_eq!(asha.client.post("/v1/commands", &update).await.is(400).code(), "malformed");
    let mut sign_in = serde_json::to_value(credentials(&email("Asha Rao"), PASSWORD)).unwrap();
    sign_in["device"]["name"] = "Phone\0".into();
    server.anonymous().post("/v1/auth/login", &sign_in).await.is(400);
    admin.get("/v1/admin/patients?text=%00").await.is(422);
    let cursor = format!("{}00", new_id().simple());
    admin.get(&format!("/v1/admin/patients?cursor={cursor}")).await.is(422);
    let lane = json!({ "protocol": 1, "device": new_id(), "commands": [{ "id": new_id(), "lane": "a\0", "seq": 1,
        "name": "notices.read", "args": {}, "depends_on": [], "replaces": null }] });
    asha.client.post("/v1/sync/push", &lane).await.is(400);
    assert_eq!(admin.get("/v1/admin/patients").await.is(200).body["items"].as_array().map(Vec::len), Some(1));
}

pub async fn instants_at_the_ends_of_time_are_answered(server: TestServer) {
    let (admin, practice) = practice(&server).await;
    let asha = server.patient("Asha Rao").await;
    let (role, kind) = (practice.role_id, practice.visit_type_id);
    for at in [Timestamp::MIN, Timestamp::MAX] {
        let mut booking = practice.booking(asha.patient_id, 30);
        booking["start"] = json!(at);
        let mut hold = booking.clone();
        hold["token"] = "a token of sixteen and more".into();
        let series = json!({ "patient_id": asha.patient_id, "role_id": role, "visit_type_id": kind, "start": at,
            "recurrence": { "every": "week", "interval": 1, "count": 4 } });
        let of = format!("role_id={role}&visit_type_id={kind}");
        let day = jiff::SignedDuration::from_hours(24);
        let (from, until) = match at == Timestamp::MIN {
            true => (at, at + day),
            false => (at - day, at),
        };
        let replies = [
            asha.client.post(BOOK, &booking).await,
            asha.client.post("/v1/patients/holds", &hold).await,
            asha.client.post("/v1/patients/series", &series).await,
            asha.client.get(&format!("/v1/slots?{of}&from={from}&until={until}")).await,
            asha.client.get(&format!("/v1/slots/why?{of}&start={at}")).await,
            admin.client.get(&format!("/v1/admin/appointments?from={at}&until={at}")).await,
        ];
        for reply in replies {
            assert!(!reply.status.is_server_error(), "{at}: {}", reply.text);
        }
        let args = json!({ "appointment_id": new_id(), "patient_id": asha.patient_id, "role_id": role,
            "visit_type_id": kind, "start": at, "hold_token": null });
        let by_name = json!({ "name": "appointments.book", "args": args });
        let reply = asha.client.post("/v1/commands", &by_name).await.is(200);
        assert_eq!(reply.body["outcome"]["is"], "refused", "{}", reply.text);
    }
    for day in ["-009999-01-01", "9999-12-31"] {
        let days = json!([{ "date": day, "part": null }]);
        let request = json!({ "patient_id": asha.patient_id, "clinic_id": practice.clinic_id, "wish": {
            "about": "new_problem", "urgency": "soon", "mode": "video", "specialty_id": null, "doctor_id": null, "days": days }});
        let place = json!({ "patient_id": asha.patient_id, "role_id": role, "visit_type_id": kind,
            "wish": { "from": day, "until": day, "parts": [] }});
        for reply in [
            asha.client.post("/v1/patients/consultations", &request).await,
            asha.client.post("/v1/patients/waitlist", &place).await,
            admin.client.get(&format!("/v1/admin/figures?from={day}&until={day}&zone=Asia/Kolkata")).await,
        ] {
            assert!(!reply.status.is_server_error(), "{day}: {}", reply.text);
        }
    }
}

pub async fn long_questions_and_forged_cursors_are_answered(server: TestServer) {
    let admin = server.super_admin("Ada Admin").await.client;
    let lists = ["patients", "accounts", "appointments", "doctors", "consultations"]
        .map(|name| format!("/v1/admin/{name}"));
    let id = new_id().simple();
    let forged = [
        "x".into(),
        "0".repeat(32) + "zz",
        format!("{id}0"),
        format!("{id}ff"),
        format!("{id}+1"),
        "%F0%9F%A6%80".repeat(9),
        "-1".into(),
        "' OR 1=1 --".into(),
    ];
    for list in lists {
        let reply = admin.get(&format!("{list}?text={}", "%25".repeat(19_000))).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (422, "invalid"), "{list}");
        for cursor in &forged {
            let reply = admin.get(&format!("{list}?cursor={cursor}")).await;
            assert_eq!(reply.status, 422, "{list} {cursor}: {}", reply.text);
        }
    }
    for cursor in ["18446744073709551616", "-1", "x"] {
        admin.get(&format!("/v1/admin/activity?cursor={cursor}")).await.is(422);
    }
    admin.get(&format!("/v1/admin/activity?cursor={}", u64::MAX)).await.is(200);
}

pub async fn sign_ins_and_what_fails_of_them_are_in_the_audit(server: TestServer) {
    let admin = server.super_admin("Ada Admin").await.client;
    let asha = server.patient("Asha Rao").await;
    let tablet = server.sign_in(&email("Asha Rao"), PASSWORD).await;
    tablet.client.post("/v1/auth/logout", &()).await.is(204);
    for address in [email("Asha Rao"), "nobody@example.org".into()] {
        server.anonymous().post("/v1/auth/login", &credentials(&address, "not the right one")).await.is(401);
    }
    let token = json!({ "refresh": asha.client.refresh });
    for status in [200, 200, 200, 200, 401] {
        asha.client.post("/v1/auth/refresh", &token).await.is(status);
    }
    let activity = admin.get("/v1/admin/activity").await.is(200);
    let lines = activity.body["items"].as_array().unwrap();
    let told: Vec<_> = lines
        .iter()
        .map(|line| (line["command"].as_str().unwrap(), line["outcome"].as_str().unwrap(), &line["subject"]))
        .filter(|(command, ..)| command.starts_with("auth."))
        .collect();
    let own = json!(format!("account:{}", asha.account_id));
    let newest_first = [
        ("auth.refresh", "token_used_before", &own),
        ("auth.sign_in", "wrong_credentials", &Value::Null),
        ("auth.sign_in", "wrong_credentials", &own),
        ("auth.sign_out", "accepted", &own),
        ("auth.sign_in", "accepted", &own),
        ("auth.sign_in", "accepted", &own),
    ];
    assert_eq!(told[..6], newest_first);
    assert!(!activity.text.contains("example.org"), "{}", activity.text);
}

pub async fn one_refresh_token_used_many_times_at_once_has_one_successor(server: TestServer) {
    let asha = server.patient("Asha Rao").await;
    let token = json!({ "refresh": asha.client.refresh });
    let replies = join_all((0..16).map(|_| asha.client.post("/v1/auth/refresh", &token))).await;
    let given = replies.iter().filter(|reply| reply.status == 200);
    let successors: BTreeSet<_> = given.map(|reply| reply.body["refresh"].to_string()).collect();
    assert_eq!(successors.len(), 1);
    // So many at once are no lost answers: the session is over for all who have the token.
    assert!(replies.iter().any(|reply| reply.status == 401));
    asha.client.get("/v1/account").await.is(401);
}

pub async fn one_key_with_many_bodies_at_once_books_one_of_them(server: TestServer) {
    let (_, practice) = practice(&server).await;
    let asha = server.patient("Asha Rao").await;
    let bodies: Vec<Value> = (30..46).map(|hour| practice.booking(asha.patient_id, hour)).collect();
    let replies = join_all(bodies.iter().map(|body| asha.client.post_with_key(BOOK, "one", body))).await;
    let made = replies.iter().filter(|reply| reply.status == 201).count();
    assert_eq!(made, 1);
    for reply in replies.iter().filter(|reply| reply.status != 201) {
        let said = (reply.status.as_u16(), reply.code());
        assert!([(409, "idempotency_in_flight"), (422, "idempotency_mismatch")].contains(&said), "{said:?}");
    }
    let visits = asha.client.get(BOOK).await.is(200).body;
    assert_eq!(visits["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_compressed_body_is_not_unpacked() {
    let server = TestServer::start().await;
    let anyone = server.anonymous();
    // An empty object, as gzip.
    let packed =
        [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0xae, 0x05, 0, 0x43, 0xbf, 0xa6, 0xa3, 2, 0, 0, 0];
    let request = anyone.request(Method::POST, "/v1/auth/login").header("content-type", "application/json");
    let reply = anyone.send(request.header("content-encoding", "gzip").body(packed.to_vec())).await;
    assert_eq!(reply.is(415).code(), "unsupported_media_type");
}

#[tokio::test]
async fn made_up_methods_are_one_figure_and_other_origins_are_told_nothing() {
    let server = TestServer::start().await;
    let anyone = server.anonymous();
    for method in ["BREW", "TRACE", "PROPFIND"] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        anyone.send(anyone.request(method, "/v1/clinics")).await.is(405);
    }
    let figures = anyone.get("/metrics").await.is(200).text;
    assert!(figures.contains("method=\"other\"") && !figures.contains("BREW"), "{figures}");
    let asked = anyone.request(Method::OPTIONS, "/v1/account").header("origin", "https://elsewhere.example");
    let reply = anyone.send(asked.header("access-control-request-method", "GET")).await;
    assert!(!reply.status.is_success());
    assert!(reply.headers.keys().all(|name| !name.as_str().starts_with("access-control")));
}

#[tokio::test]
async fn other_ways_to_write_a_path_lead_nowhere() {
    let server = TestServer::start().await;
    let token = server.patient("Asha Rao").await.client.access.unwrap();
    let id = new_id();
    for path in [
        "/v1//account".into(),
        "/V1/account".into(),
        "/v1/account/".into(),
        "/v1/account%00".into(),
        "/v1/account%2f".into(),
        "/v1/../metrics".into(),
        "/v1/%2e%2e/metrics".into(),
        "/v1/patients/files/%2e%2e%2fme".into(),
        format!("/v1/patients/files/{{{id}}}"),
        format!("/v1/patients/files/{id}%0d%0aset-cookie:a=b"),
        format!("/v1/accounts?{}", "a".repeat(60_000)),
    ] {
        // As it is written: a client would straighten it out.
        let answer =
            raw(&server, &format!("GET {path} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {token}")).await;
        assert!(answer.starts_with("HTTP/1.1 404 ") && answer.contains("\"not_found\""), "{path}: {answer}");
        assert!(!answer.contains("set-cookie:"), "{path}: {answer}");
    }
    for (head, status) in [
        (format!("GET /health?{} HTTP/1.1", "a".repeat(70_000)), ["414", "431"]),
        (format!("GET /health HTTP/1.1\r\nx-long: {}", "a".repeat(70_000)), ["431", "400"]),
        (format!("GET /health HTTP/1.1{}", "\r\nx-many: a".repeat(200)), ["431", "400"]),
        ("GET /health HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2".into(), ["400", "400"]),
        (
            "POST /v1/auth/login HTTP/1.1\r\ncontent-length: 9\r\ntransfer-encoding: nonsense".into(),
            ["400", "400"],
        ),
    ] {
        let answer = raw(&server, &head).await;
        let said = answer.get(9..12).unwrap_or_default();
        assert!(status.contains(&said), "{}: {answer}", &head[..60]);
    }
}

/// The answer to this head of a request, with its end added.
async fn raw(server: &TestServer, head: &str) -> String {
    let mut connection = TcpStream::connect(server.running.address).await.unwrap();
    // The server may answer and close before it has read all.
    let _ = connection.write_all(format!("{head}\r\nconnection: close\r\n\r\n").as_bytes()).await;
    let mut answer = Vec::new();
    let _ = connection.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_command_that_builds_on_thousands_is_not_looked_into() {
    let server = TestServer::start().await;
    let asha = server.patient("Asha Rao").await;
    let push = |depends_on: Vec<uuid::Uuid>| {
        json!({ "protocol": 1, "device": device().id, "commands": [{ "id": new_id(), "lane": "a", "seq": 1,
            "name": "notices.read", "args": {}, "schema": 1, "depends_on": depends_on, "replaces": null }] })
    };
    let many: Vec<_> = std::iter::repeat_with(new_id).take(1_001).collect();
    let refused = asha.client.post("/v1/sync/push", &push(many)).await.is(422);
    assert!(refused.text.contains("1000"), "{}", refused.text);
    asha.client.post("/v1/sync/push", &push(vec![new_id()])).await.is(200);
}
