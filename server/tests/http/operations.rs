//! What whoever runs the server relies on.

use mediconnect_server::{
    config::Settings,
    http::{docs, routes},
    testing::TestServer,
};
use serde_json::Value;

#[tokio::test]
async fn health_readiness_and_figures_of_the_process_are_told_without_personal_data() {
    let server = TestServer::start().await;
    let asha = server.patient("Asha Rao").await;
    asha.client.get(&format!("/v1/patients/files/{}", asha.patient_id)).await.is(200);
    assert_eq!(server.anonymous().get("/health").await.is(200).body["status"], "ok");
    server.anonymous().get("/ready").await.is(200);
    let figures = server.anonymous().get("/metrics").await.is(200).text;
    assert!(figures.contains("mediconnect_request_seconds"), "{figures}");
    assert!(figures.contains("/v1/patients/files/{id}") && !figures.contains(&asha.patient_id.to_string()));
}

#[tokio::test]
async fn every_answer_has_a_request_id_and_the_security_headers_and_no_cors() {
    let server = TestServer::start().await;
    let mut ids = Vec::new();
    for path in ["/health", "/v1/nothing", "/v1/account", "/docs"] {
        let reply = server.anonymous().get(path).await;
        let header = |name: &str| reply.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(header("x-content-type-options").as_deref(), Some("nosniff"));
        assert_eq!(header("cache-control").as_deref(), Some("no-store"));
        assert!(header("content-security-policy").unwrap().contains("frame-ancestors 'none'"));
        assert_eq!(header("access-control-allow-origin"), None);
        ids.push(header("x-request-id").unwrap());
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 4);
}

#[tokio::test]
async fn problems_have_one_shape() {
    let server = TestServer::start().await;
    let anyone = server.anonymous();
    let replies = [
        (anyone.get("/v1/nothing").await, 404, "not_found"),
        (anyone.delete("/health").await, 405, "method_not_allowed"),
        (anyone.get("/v1/account").await, 401, "unauthenticated"),
        (anyone.get("/v1/clinics/../../etc/passwd").await, 404, "not_found"),
    ];
    for (reply, status, code) in replies {
        assert_eq!((reply.status.as_u16(), reply.code()), (status, code));
        assert_eq!(reply.headers["content-type"], "application/problem+json");
        assert_eq!(reply.body["status"], status);
        assert_eq!(reply.body["type"], format!("urn:mediconnect:problem:{code}"));
    }
}

#[tokio::test]
async fn one_address_cannot_ask_without_end() {
    let server =
        TestServer::start_with(Settings { requests_per_min_address: Some(5), ..Settings::default() }).await;
    let anyone = server.anonymous();
    let mut last = None;
    for _ in 0..6 {
        last = Some(anyone.get("/v1/clinics").await);
    }
    let last = last.unwrap().is(429);
    assert!(last.headers.contains_key("retry-after"));
}

#[test]
fn the_description_has_every_route_with_its_problems() {
    let document: Value = serde_json::from_str(&docs::DOCUMENT).unwrap();
    for route in routes() {
        let operation = &document["paths"][route.path][route.method.as_str().to_lowercase()];
        assert_eq!(operation["summary"], route.about, "{} {}", route.method, route.path);
        let problem = &operation["responses"]["default"]["content"]["application/problem+json"];
        assert!(problem.is_object(), "{} {} describes no problem", route.method, route.path);
        let secured = operation["security"].is_array();
        assert_eq!(secured, route.policy.needs_account(), "{} {}", route.method, route.path);
    }
}

#[tokio::test]
async fn a_stopped_server_starts_again_where_it_was() {
    let server = TestServer::start().await;
    let admin = server.super_admin("Ada Admin").await;
    let practice = server.practice(&admin, "Harbour").await;
    let receipt_key = server.anonymous().get("/v1/installation").await.body["receipt_key"].clone();
    let server = server.again().await;
    let clinics = server.anonymous().get("/v1/clinics").await.is(200).body;
    assert_eq!(clinics["items"][0]["id"], practice.clinic_id.to_string());
    assert_eq!(server.anonymous().get("/v1/installation").await.body["receipt_key"], receipt_key);
}
