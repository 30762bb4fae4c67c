//! The areas, each once from end to end over REST.

use mediconnect_server::testing::TestServer;
use serde_json::json;

pub async fn a_visit_goes_from_a_free_slot_to_a_review(server: TestServer) {
    let admin = server.super_admin("Ada Admin").await;
    let practice = server.practice(&admin, "Harbour").await;
    let asha = server.patient("Asha Rao").await;
    let found = server.anonymous().get("/v1/doctors/search?text=harbour").await.is(200).body;
    assert_eq!(found["items"][0]["roles"][0]["id"], practice.role_id.to_string());
    let booking = practice.booking(asha.patient_id, 30);
    let start: jiff::Timestamp = booking["start"].as_str().unwrap().parse().unwrap();
    let until = start + jiff::SignedDuration::from_hours(1);
    let of = format!("role_id={}&visit_type_id={}", practice.role_id, practice.visit_type_id);
    let slots = format!("/v1/slots?{of}&from={start}&until={until}");
    let offered = asha.client.get(&slots).await.is(200).body;
    assert_eq!(offered["slots"].as_array().map(Vec::len), Some(2));

    let visit: String = asha.client.post("/v1/patients/appointments", &booking).await.is(201).id();
    let left = asha.client.get(&slots).await.is(200).body;
    assert_eq!(left["slots"].as_array().map(Vec::len), Some(1));
    let why = asha.client.get(&format!("/v1/slots/why?{of}&start={start}")).await.is(200).body;
    assert_eq!(why["why"]["code"], "taken");
    let next =
        asha.client.get(&format!("/v1/slots/next?role_ids={}&count=3", practice.role_id)).await.is(200).body;
    assert_eq!(next["roles"][0]["starts"].as_array().map(Vec::len), Some(3));

    let accepted =
        practice.doctor.client.post(&format!("/v1/doctors/appointments/{visit}/accept"), &()).await.is(200);
    assert_eq!(accepted.body["state"], "booked");
    let entry = asha.client.get(&format!("/v1/patients/appointments/{visit}/calendar.ics")).await.is(200);
    assert_eq!(entry.headers["content-type"], "text/calendar; charset=utf-8");
    assert!(entry.text.starts_with("BEGIN:VCALENDAR\r\n") && entry.text.contains("STATUS:CONFIRMED"));
    let notices = asha.client.get("/v1/notices").await.is(200).body;
    assert_eq!(notices["items"][0]["subject"]["name"], "visit_booked");
    let early = asha
        .client
        .post("/v1/patients/reviews", &json!({ "appointment_id": visit, "stars": 5, "text": "Good" }))
        .await;
    assert_eq!(early.is(409).code(), "wrong_state");
}

pub async fn settings_follows_and_dependants_are_the_accounts_own(server: TestServer) {
    let admin = server.super_admin("Ada Admin").await;
    let practice = server.practice(&admin, "Harbour").await;
    let asha = server.patient("Asha Rao").await;
    let settings = json!({ "language": "hi", "theme": "dark", "text_size": "large", "zone": "Asia/Kolkata",
        "notices": { "visits": true, "requests": false, "waitlist": true } });
    let saved = asha.client.put("/v1/settings", &settings).await.is(200).body;
    assert_eq!((&saved["language"], &saved["theme"]), (&json!("hi"), &json!("dark")));
    let path = format!("/v1/follows/{}", practice.doctor.doctor_id);
    asha.client.put(&path, &json!({ "favourite": true })).await.is(200);
    assert_eq!(asha.client.get("/v1/follows").await.is(200).body["items"].as_array().map(Vec::len), Some(1));
    asha.client.delete(&path).await.is(204);
    assert_eq!(asha.client.get("/v1/follows").await.is(200).body["items"], json!([]));
    let mut profile = asha.client.get("/v1/patients/me").await.is(200).body["profile"].clone();
    profile["name"] = json!("Kiran Rao");
    profile["email"] = json!(null);
    asha.client.post("/v1/patients/dependants", &json!({ "profile": profile })).await.is(201);
    let dependants = asha.client.get("/v1/patients/dependants").await.is(200).body;
    assert_eq!(dependants["items"][0]["profile"]["name"], "Kiran Rao");
}

pub async fn a_command_by_name_answers_its_signed_receipt(server: TestServer) {
    let asha = server.patient("Asha Rao").await;
    let unknown = asha.client.post("/v1/commands", &json!({ "name": "no.such", "args": {} })).await.is(422);
    assert_eq!(unknown.code(), "unknown_command");
    let follow =
        json!({ "name": "settings.follow", "args": { "doctor_id": asha.patient_id, "favourite": true } });
    let refused = asha.client.post("/v1/commands", &follow).await.is(200).body;
    assert_eq!(refused["outcome"]["is"], "refused");
    assert_eq!(refused["signature"].as_str().map(str::len), Some(128));
    let schemas = server.anonymous().get("/v1/commands/schemas").await.is(200).body;
    assert!(schemas["commands"]["appointments.book"].is_object());
}
