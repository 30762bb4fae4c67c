//! Who reaches what: every route of the table, as everyone, with everyone else's ids. The cases are made from the table
//! itself, so a new route is tested the day it is added.

use axum::http::Method;
use mediconnect_domain::accounts::Role;
use mediconnect_server::{
    http::{route::Policy, routes},
    testing::{Client, Patient, Practice, Reply, TestServer},
};
use serde_json::{Value, json};

/// What one patient has, and nobody else may learn of.
struct Secrets {
    patient: Patient,
    /// Ids and texts that must not turn up in another's answers.
    hidden: Vec<String>,
    /// Ids to put into paths.
    ids: Vec<String>,
}

struct Stage {
    server: TestServer,
    practice: Practice,
    victim: Secrets,
    stranger: Patient,
    other_practice: Practice,
    other_clinic_admin: Client,
    super_admin: Client,
}

impl Stage {
    async fn set(server: TestServer) -> Self {
        let admin = server.super_admin("Ada Admin").await;
        let practice = server.practice(&admin, "Harbour").await;
        let other_practice = server.practice(&admin, "Hillside").await;
        let role = Role::ClinicAdmin { clinics: vec![other_practice.clinic_id] };
        let other_clinic_admin = server.staff(&admin, "Olga Other", role).await.client;
        let victim = secrets(&server, &practice).await;
        let stranger = server.patient("Stan Stranger").await;
        Self {
            server,
            practice,
            victim,
            stranger,
            other_practice,
            other_clinic_admin,
            super_admin: admin.client,
        }
    }
}

async fn secrets(server: &TestServer, practice: &Practice) -> Secrets {
    let patient = server.patient("Vera Victim").await;
    let client = &patient.client;
    let visit =
        client.post("/v1/patients/appointments", &practice.booking(patient.patient_id, 30)).await.is(201);
    let request = json!({ "patient_id": patient.patient_id, "clinic_id": practice.clinic_id, "wish": {
        "about": "new_problem", "urgency": "soon", "mode": "video", "specialty_id": null, "doctor_id": null, "days": [] }});
    let request = client.post("/v1/patients/consultations", &request).await.is(201);
    // Beyond what can be booked: otherwise the server soon offers a time, and the place changes by itself.
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let wished = today.checked_add(jiff::ToSpan::days(90)).unwrap();
    let place = json!({ "patient_id": patient.patient_id, "role_id": practice.role_id,
        "visit_type_id": practice.visit_type_id,
        "wish": { "from": wished, "until": wished, "parts": [] }});
    let place = client.post("/v1/patients/waitlist", &place).await.is(201);
    let link = client.get("/v1/patients/links").await.is(200).body["items"][0]["id"].clone();
    let session = client.get("/v1/auth/sessions").await.is(200).body["items"][0]["id"].clone();
    let ids: Vec<String> = [&visit.body["id"], &request.body["id"], &place.body["id"], &link, &session]
        .iter()
        .map(|id| id.as_str().unwrap().to_owned())
        .chain([patient.patient_id.to_string(), patient.account_id.to_string()])
        .collect();
    let hidden = ids.iter().cloned().chain(["Vera Victim".into(), "vera.victim".into()]).collect();
    Secrets { patient, hidden, ids }
}

/// The calls of a route: one for each id that could be in its path, and for reads with each as a filter.
fn calls(path: &str, ids: &[String]) -> Vec<String> {
    match path.contains("{id}") {
        true => ids.iter().map(|id| path.replace("{id}", id)).collect(),
        false => vec![path.to_owned()],
    }
}

async fn call(client: &Client, method: &Method, path: &str) -> Reply {
    let request = client.request(method.clone(), path);
    let request = if *method == Method::GET { request } else { request.json(&json!({})) };
    client.send(request).await
}

/// Routes whose answer is no JSON or which end what the test needs.
fn is_left_out(path: &str) -> bool {
    ["/docs", "/openapi.json", "/v1/sync/live", "/v1/auth/logout", "/v1/auth/sessions/current"]
        .contains(&path)
}

pub async fn without_a_token_only_public_routes_answer(server: TestServer) {
    let ids = [mediconnect_server::testing::new_id().to_string()];
    for route in routes() {
        for path in calls(route.path, &ids) {
            let reply = call(&server.anonymous(), &route.method, &path).await;
            let refused = reply.status == 401 && reply.code() == "unauthenticated";
            assert_eq!(refused, route.policy.needs_account(), "{} {path}: {}", route.method, reply.status);
            assert!(!reply.status.is_server_error(), "{} {path}: {}", route.method, reply.text);
        }
    }
}

pub async fn each_role_passes_only_the_gates_of_its_policies(server: TestServer) {
    let stage = Stage::set(server).await;
    let support = stage.server.staff(&admin(&stage), "Sam Support", Role::SupportAdmin).await;
    let doctor_id = stage.practice.doctor.doctor_id;
    let roles = [
        (Role::Patient, &stage.stranger.client),
        (Role::Doctor { doctor_id }, &stage.practice.doctor.client),
        (Role::SupportAdmin, &support.client),
        (Role::ClinicAdmin { clinics: vec![] }, &stage.other_clinic_admin),
        (Role::SuperAdmin, &stage.super_admin),
    ];
    let ids = [mediconnect_server::testing::new_id().to_string()];
    for (role, client) in roles {
        for route in
            routes().into_iter().filter(|route| route.policy.needs_account() && !is_left_out(route.path))
        {
            let path = &calls(route.path, &ids)[0];
            let reply = call(client, &route.method, path).await;
            if !route.policy.admits(&role) {
                assert_eq!(reply.status, 403, "{role:?} {} {path}: {}", route.method, reply.text);
            }
            assert_ne!(reply.status, 401, "{role:?} {} {path}", route.method);
            assert!(!reply.status.is_server_error(), "{role:?} {} {path}: {}", route.method, reply.text);
        }
    }
}

fn admin(stage: &Stage) -> mediconnect_server::testing::Admin {
    mediconnect_server::testing::Admin {
        client: stage.super_admin.clone(),
        account_id: stage.stranger.account_id,
    }
}

pub async fn no_route_tells_a_stranger_anything_of_another_patient(server: TestServer) {
    let stage = Stage::set(server).await;
    let victim = &stage.victim;
    let strangers = [
        ("a patient", &stage.stranger.client),
        ("a doctor elsewhere", &stage.other_practice.doctor.client),
        ("an admin of another clinic", &stage.other_clinic_admin),
    ];
    let before = victim_view(victim).await;
    let nobody = mediconnect_server::testing::new_id().to_string();
    for (who, client) in strangers {
        for route in routes().into_iter().filter(|route| !is_left_out(route.path)) {
            for path in calls(route.path, &victim.ids) {
                let reply = call(client, &route.method, &path).await;
                let told = victim.hidden.iter().find(|text| reply.text.contains(text.as_str()));
                assert_eq!(told, None, "{who}: {} {path} told {}", route.method, reply.text);
                if route.method == Method::GET
                    && route.path.contains("{id}")
                    && route.policy != Policy::Public
                {
                    let unknown = call(client, &route.method, &route.path.replace("{id}", &nobody)).await;
                    assert_eq!((reply.status, &reply.text), (unknown.status, &unknown.text), "{who}: {path}");
                }
            }
        }
    }
    assert_eq!(victim_view(victim).await, before);
}

/// All that the victim sees of their own.
async fn victim_view(victim: &Secrets) -> Vec<Value> {
    let client = &victim.patient.client;
    let mut view = Vec::new();
    for path in [
        "/v1/patients/me",
        "/v1/patients/appointments",
        "/v1/patients/consultations",
        "/v1/patients/waitlist",
    ] {
        view.push(client.get(path).await.is(200).body);
    }
    view
}

pub async fn well_formed_writes_to_what_belongs_to_another_patient_change_nothing(server: TestServer) {
    let stage = Stage::set(server).await;
    let victim = &stage.victim;
    let before = victim_view(victim).await;
    let visit = before[1]["items"][0].clone();
    let visit_id = visit["id"].as_str().unwrap();
    let request_id = before[2]["items"][0]["id"].as_str().unwrap();
    let place_id = before[3]["items"][0]["id"].as_str().unwrap();
    let patient_id = victim.patient.patient_id;
    let profile = before[0]["profile"].clone();
    let writes = [
        (format!("/v1/patients/appointments/{visit_id}/cancel"), json!({ "reason": "cannot_come" })),
        (
            format!("/v1/patients/appointments/{visit_id}/reschedule"),
            json!({ "expected_start": visit["start"], "role_id": null, "start": visit["end"] }),
        ),
        ("/v1/patients/appointments".into(), stage.practice.booking(patient_id, 40)),
        (format!("/v1/consultations/{request_id}/withdraw"), json!({})),
        (format!("/v1/patients/waitlist/{place_id}/accept"), json!({})),
        (
            "/v1/commands".into(),
            json!({ "name": "profiles.update", "args": { "patient_id": patient_id, "profile": profile } }),
        ),
    ];
    for (path, body) in writes {
        let reply = stage.stranger.client.post(&path, &body).await;
        let refused = match path.as_str() {
            "/v1/commands" => reply.body["outcome"]["is"] == "refused",
            _ => [403, 404].contains(&reply.status.as_u16()),
        };
        assert!(refused, "{path}: {}", reply.text);
    }
    assert_eq!(victim_view(victim).await, before);
}

pub async fn a_pull_brings_a_stranger_nothing_of_another_patient(server: TestServer) {
    let stage = Stage::set(server).await;
    let pull = json!({ "protocol": 1, "incarnation": null, "checkpoint": "", "cursors": [] });
    for client in [&stage.stranger.client, &stage.other_practice.doctor.client] {
        let reply = client.post("/v1/sync/pull", &pull).await.is(200);
        assert!(reply.text.contains("\"line\":\"end\""), "{}", reply.text);
        let told = stage.victim.hidden.iter().find(|text| reply.text.contains(text.as_str()));
        assert_eq!(told, None);
    }
    let own = stage.victim.patient.client.post("/v1/sync/pull", &pull).await.is(200);
    assert!(own.text.contains("Vera Victim"));
}
