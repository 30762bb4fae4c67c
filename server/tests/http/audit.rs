//! What the audit tells, to whom, and that it can be checked from outside.

use std::time::Duration;

use axum::http::Method;
use mediconnect_domain::{
    accounts::Role,
    audit::{AuditHead, HeadAnswer},
};
use mediconnect_server::{
    http::{route::Policy, routes},
    testing::{Client, TestServer},
};
use serde_json::Value;

/// Lines of the audit as this member of staff sees them, newest first.
async fn lines(client: &Client, filter: &str) -> Vec<Value> {
    let page = client.get(&format!("/v1/admin/activity?everything=true&limit=100{filter}")).await.is(200);
    page.body["items"].as_array().unwrap().clone()
}

pub async fn looking_at_patients_leaves_a_line_and_looking_again_none(server: TestServer) {
    let admin = server.super_admin("Ada Admin").await;
    let practice = server.practice(&admin, "Harbour").await;
    let asha = server.patient("Asha Rao").await;
    let visit =
        asha.client.post("/v1/patients/appointments", &practice.booking(asha.patient_id, 30)).await.is(201);
    let clinic_admin =
        server.staff(&admin, "Cara Clinic", Role::ClinicAdmin { clinics: vec![practice.clinic_id] }).await;
    let file = format!("/v1/admin/patients/{}", asha.patient_id);
    for _ in 0..3 {
        clinic_admin.client.get(&file).await.is(200);
        clinic_admin.client.get("/v1/admin/patients").await.is(200);
        let doctor = &practice.doctor.client;
        doctor.get(&format!("/v1/doctors/appointments/{}", visit.body["id"].as_str().unwrap())).await.is(200);
        asha.client.get(&format!("/v1/patients/files/{}", asha.patient_id)).await.is(200);
    }
    let of_file =
        lines(&admin.client, &format!("&command=read.patient&subject_id={}", asha.patient_id)).await;
    assert_eq!(of_file.len(), 1, "{of_file:?}");
    assert_eq!(
        (&of_file[0]["actor_name"], &of_file[0]["outcome"]),
        (&"Cara Clinic".into(), &"accepted".into())
    );
    let reads = lines(&admin.client, "&command=read").await;
    let count = |command: &str| reads.iter().filter(|line| line["command"] == command).count();
    assert_eq!((count("read.patient"), count("read.patients"), count("read.visit")), (1, 1, 1), "{reads:?}");
    // Who looked is for those who run the installation, and not among what happened in a clinic.
    assert!(lines(&clinic_admin.client, "&command=read").await.is_empty());
    let feed = admin.client.get("/v1/admin/activity?limit=100").await.is(200);
    assert!(!feed.text.contains("read."), "{}", feed.text);
}

pub async fn being_turned_away_leaves_a_line(server: TestServer) {
    let admin = server.super_admin("Ada Admin").await;
    let asha = server.patient("Asha Rao").await;
    let stan = server.patient("Stan Stranger").await;
    stan.client.get("/v1/admin/patients").await.is(403);
    stan.client.get(&format!("/v1/patients/files/{}", asha.patient_id)).await.is(404);
    let turned = lines(&admin.client, &format!("&command=gate&actor_id={}", stan.account_id)).await;
    assert_eq!(turned.len(), 2, "{turned:?}");
    let turned = lines(&admin.client, &format!("&outcome=refused&actor_id={}", stan.account_id)).await;
    let told: Vec<(&str, &str)> = turned
        .iter()
        .map(|line| (line["command"].as_str().unwrap(), line["outcome"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [("gate.GET /v1/patients/files/{id}", "not_found"), ("gate.GET /v1/admin/patients", "not_allowed")]
    );
    assert_eq!(turned[0]["subject"], asha.patient_id.to_string());
    let wrong = admin.client.get("/v1/admin/activity?command=read%25").await.is(422);
    assert_eq!(wrong.body["errors"][0]["path"], "command");
}

/// The head as this client is told it, once there is one past `number`.
async fn head_past(client: &Client, number: u64) -> AuditHead {
    for _ in 0..100 {
        let answer: HeadAnswer =
            serde_json::from_value(client.get("/v1/audit/head").await.is(200).body).unwrap();
        if let Some(head) = answer.head.filter(|head| head.number > number) {
            return head;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no seal was made in ten seconds")
}

pub async fn a_running_server_seals_its_audit_and_shows_the_head_to_everyone(server: TestServer) {
    let admin = server.super_admin("Ada Admin").await;
    let asha = server.patient("Asha Rao").await;
    let first = head_past(&asha.client, 0).await;
    server.patient("Ben Bose").await;
    let second = head_past(&asha.client, first.number).await;
    let key = server.anonymous().get("/v1/installation").await.is(200).body["receipt_key"].clone();
    let signed = AuditHead::signed_bytes(second.number, &second.hash, second.at);
    assert!(mediconnect_crypto::receipt::verify(key.as_str().unwrap(), &signed, &second.signature));
    let asked = |number: u64| format!("/v1/audit/head?number={number}");
    let again = asha.client.get(&asked(first.number)).await.is(200);
    assert_eq!(again.body["asked"], serde_json::to_value(&first).unwrap());
    assert_eq!(asha.client.get(&asked(1_000_000)).await.is(200).body["asked"], Value::Null);
    asha.client.get("/v1/audit/head?number=first").await.is(422);
    let report = admin.client.get("/v1/admin/audit/check").await.is(200);
    assert_eq!(report.body["findings"], Value::Array(Vec::new()), "{}", report.text);
    assert!(report.body["seals"].as_u64().unwrap() >= second.number);
}

/// What these show is of nobody in particular, or the caller's own.
const NOBODYS: [&str; 10] = [
    "/v1/admin/activity",
    "/v1/admin/audit/check",
    "/v1/admin/doctors",
    "/v1/admin/doctors/{id}",
    "/v1/admin/figures",
    "/v1/admin/schedules/{id}",
    "/v1/doctors/availability",
    "/v1/doctors/leave",
    "/v1/doctors/me",
    "/v1/doctors/schedule/{id}",
];

#[test]
fn whatever_shows_others_than_patients_something_of_patients_says_so() {
    for route in routes() {
        let for_others =
            matches!(route.policy, Policy::Doctor | Policy::Staff | Policy::ClinicStaff | Policy::SuperAdmin);
        if route.method == Method::GET && for_others {
            let named = NOBODYS.contains(&route.path);
            assert_ne!(
                route.shows.is_some(),
                named,
                "{} must say what it shows, or be named here",
                route.path
            );
        }
    }
}
