//! Bad input: a typed error, and nothing changes.

use mediconnect_server::testing::{TestServer, credentials, new_id};
use reqwest::Method;
use serde_json::{Value, json};

const BOOK: &str = "/v1/patients/appointments";

#[tokio::test]
async fn bodies_that_are_no_json_of_the_right_shape_are_refused_by_kind() {
    let server = TestServer::start().await;
    let asha = server.patient("Asha Rao").await;
    let deep = format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000));
    let huge = format!("\"{}\"", "x".repeat(10 * 1024 * 1024));
    let id = new_id();
    let visit = |start: &str| {
        format!(
            r#"{{"patient_id":"{id}","role_id":"{id}","visit_type_id":"{id}","start":"{start}","hold":null}}"#
        )
    };
    let json = "application/json";
    let cases: Vec<(&str, Vec<u8>, u16, &str)> = vec![
        (json, b"".into(), 400, "malformed"),
        (json, b"{".into(), 400, "malformed"),
        (json, b"{} {}".into(), 400, "malformed"),
        (json, vec![b'"', 0xff, 0xfe, b'"'], 400, "malformed"),
        (json, deep.into(), 400, "malformed"),
        (json, huge.into(), 413, "too_large"),
        ("text/plain", b"{}".into(), 415, "unsupported_media_type"),
        ("application/json; charset=latin1", b"{}".into(), 415, "unsupported_media_type"),
        ("application/x-www-form-urlencoded", b"a=b".into(), 415, "unsupported_media_type"),
        (json, b"{}".into(), 422, "invalid"),
        (json, b"[]".into(), 422, "invalid"),
        (json, b"null".into(), 422, "invalid"),
        (json, br#"{"patient_id":1}"#.into(), 422, "invalid"),
        (json, br#"{"patient_id":"8b1d8f4e-8f7c-4c1e-9f57-2f1d3c2b1a00"}"#.into(), 422, "invalid"),
        (json, br#"{"surprise":true}"#.into(), 422, "invalid"),
        (json, visit("tomorrow").into(), 422, "invalid"),
        (json, visit("2026-02-30T10:00:00Z").into(), 422, "invalid"),
        (json, visit("2026-11-21T10:00:00").into(), 422, "invalid"),
    ];
    for (content_type, body, status, code) in cases {
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        let request = asha.client.request(Method::POST, BOOK).header("content-type", content_type).body(body);
        let reply = asha.client.send(request).await;
        assert_eq!(
            (reply.status.as_u16(), reply.code()),
            (status, code),
            "{content_type} {shown}: {}",
            reply.text
        );
        assert_eq!(reply.headers["content-type"], "application/problem+json");
    }
    let visits = asha.client.get(BOOK).await.is(200).body;
    assert_eq!(visits["items"], json!([]));
}

#[tokio::test]
async fn a_wrong_field_is_named_with_its_path() {
    let server = TestServer::start().await;
    let asha = server.patient("Asha Rao").await;
    let before = asha.client.get("/v1/patients/me").await.is(200).body;
    let with = |path: &[&str], value: Value| {
        let mut profile = before["profile"].clone();
        profile["address"] =
            json!({ "street": "1 Road", "city": "Pune", "postal_code": "411001", "country": "IN" });
        let field = path.iter().fold(&mut profile, |at, name| &mut at[*name]);
        *field = value;
        profile
    };
    let cases = [
        (with(&["name"], json!("   ")), "name"),
        (with(&["name"], json!("x".repeat(500))), "name"),
        (with(&["name"], json!("bell\u{7}")), "name"),
        (with(&["zone"], json!("Mars/Olympus")), "zone"),
        (with(&["birth_date"], json!("2020-13-01")), "birth_date"),
        (with(&["phone"], json!("12")), "phone"),
        (with(&["address", "country"], json!("india")), "address.country"),
        (with(&["address", "planet"], json!("earth")), "address.planet"),
        (with(&["address", "city"], json!(7)), "address.city"),
    ];
    for (profile, path) in cases {
        let reply = asha.client.put("/v1/patients/me", &profile).await.is(422);
        let named = reply.body["errors"][0]["path"].as_str().unwrap_or_default().to_owned();
        assert!(named.ends_with(path), "{path}: {}", reply.text);
    }
    assert_eq!(asha.client.get("/v1/patients/me").await.is(200).body, before);
}

#[tokio::test]
async fn a_missing_field_is_named_with_its_path() {
    let server = TestServer::start().await;
    let asha = server.patient("Asha Rao").await;
    let without = |body: &Value, object: &str, field: &str| {
        let mut body = body.clone();
        body.pointer_mut(object).and_then(Value::as_object_mut).and_then(|held| held.remove(field)).unwrap();
        body
    };
    let sign_in = serde_json::to_value(credentials("asha@example.org", "of no account")).unwrap();
    let mut profile = asha.client.get("/v1/patients/me").await.is(200).body["profile"].clone();
    profile["address"] =
        json!({ "street": "1 Road", "city": "Pune", "postal_code": "411001", "country": "IN" });
    let replies = [
        (asha.client.post("/v1/auth/login", &json!({})).await, "email"),
        (asha.client.post("/v1/auth/login", &without(&sign_in, "", "password")).await, "password"),
        (asha.client.post("/v1/auth/login", &without(&sign_in, "/device", "id")).await, "device.id"),
        (asha.client.put("/v1/patients/me", &without(&profile, "/address", "city")).await, "address.city"),
        (asha.client.get(&format!("/v1/slots?role_id={}", new_id())).await, "visit_type_id"),
    ];
    for (reply, path) in replies {
        let reply = reply.is(422);
        assert_eq!(
            reply.body["errors"],
            json!([{ "path": path, "message": "missing field" }]),
            "{}",
            reply.text
        );
    }
}

#[tokio::test]
async fn query_strings_are_held_to_their_form() {
    let server = TestServer::start().await;
    let asha = server.patient("Asha Rao").await;
    let id = new_id();
    let bad = [
        "/v1/patients/appointments?surprise=1".to_owned(),
        "/v1/patients/appointments?limit=0".into(),
        "/v1/patients/appointments?limit=101".into(),
        "/v1/patients/appointments?limit=-1".into(),
        "/v1/patients/appointments?state=dreaming".into(),
        "/v1/patients/appointments?cursor=%00".into(),
        "/v1/doctors/search?sort=password".into(),
        format!("/v1/slots?role_id={id}"),
        format!(
            "/v1/slots?role_id={id}&visit_type_id={id}&from=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z"
        ),
        format!(
            "/v1/slots?role_id={id}&visit_type_id={id}&from=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z"
        ),
        "/v1/slots/next?role_ids=x&count=1".into(),
        format!("/v1/slots/next?role_ids={id}&count=200"),
    ];
    for path in bad {
        let reply = asha.client.get(&path).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (422, "invalid"), "{path}: {}", reply.text);
    }
}

#[tokio::test]
async fn a_booking_in_the_past_or_off_the_grid_is_refused_and_changes_nothing() {
    let server = TestServer::start().await;
    let admin = server.super_admin("Ada Admin").await;
    let practice = server.practice(&admin, "Harbour").await;
    let asha = server.patient("Asha Rao").await;
    let past = asha.client.post(BOOK, &practice.booking(asha.patient_id, -5)).await;
    assert!((400..500).contains(&past.status.as_u16()), "{}", past.text);
    let mut odd = practice.booking(asha.patient_id, 30);
    let start: jiff::Timestamp = odd["start"].as_str().unwrap().parse().unwrap();
    odd["start"] = json!(start + jiff::SignedDuration::from_mins(7));
    let odd = asha.client.post(BOOK, &odd).await.is(409);
    assert_eq!(odd.code(), "slot_not_offered");
    assert!(odd.body["refusal"]["next_free"].as_array().is_some_and(|free| !free.is_empty()), "{}", odd.text);
    assert_eq!(asha.client.get(BOOK).await.is(200).body["items"], json!([]));
}

#[tokio::test]
async fn a_protocol_of_the_future_is_told_apart_from_bad_input() {
    let server = TestServer::start().await;
    let asha = server.patient("Asha Rao").await;
    let pull = json!({ "protocol": 99, "incarnation": null, "checkpoint": "", "cursors": [] });
    assert_eq!(asha.client.post("/v1/sync/pull", &pull).await.is(400).code(), "protocol");
    let push = json!({ "protocol": 99, "device": new_id(), "commands": [] });
    assert_eq!(asha.client.post("/v1/sync/push", &push).await.is(400).code(), "protocol");
}

#[tokio::test]
async fn tokens_that_are_none_are_refused() {
    let server = TestServer::start().await;
    let asha = server.patient("Asha Rao").await;
    let good = asha.client.access.clone().unwrap();
    for value in
        ["", "Bearer", "Bearer x", "Basic YTpi", &format!("Bearer {good}x"), &format!("Basic {good}")]
    {
        let request = server.anonymous().request(Method::GET, "/v1/account").header("authorization", value);
        server.anonymous().send(request).await.is(401);
    }
    let long = credentials(&"x".repeat(300), "y");
    server.anonymous().post("/v1/auth/login", &long).await.is(422);
}
