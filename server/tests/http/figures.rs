//! What staff see of whole clinics.

use mediconnect_domain::accounts::Role;
use mediconnect_server::testing::TestServer;
use serde_json::{Value, json};

fn today_and_the_next() -> String {
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let until = today.checked_add(jiff::ToSpan::days(6)).unwrap();
    format!("/v1/admin/figures?from={today}&until={until}&zone=UTC")
}

#[tokio::test]
async fn figures_count_what_happened_and_only_in_the_clinics_one_runs() {
    let server = TestServer::start().await;
    let admin = server.super_admin("Ada Admin").await;
    let (harbour, hillside) =
        (server.practice(&admin, "Harbour").await, server.practice(&admin, "Hillside").await);
    let role = Role::ClinicAdmin { clinics: vec![hillside.clinic_id] };
    let hill_admin = server.staff(&admin, "Hilda Hill", role).await;
    let asha = server.patient("Asha Rao").await;
    let book = async |hours: i64| -> String {
        let reply =
            asha.client.post("/v1/patients/appointments", &harbour.booking(asha.patient_id, hours)).await;
        reply.is(201).id()
    };
    let (kept, given_up) = (book(30).await, book(32).await);
    harbour.doctor.client.post(&format!("/v1/doctors/appointments/{kept}/accept"), &()).await.is(200);
    let cancel = json!({ "reason": "not_needed" });
    asha.client.post(&format!("/v1/patients/appointments/{given_up}/cancel"), &cancel).await.is(200);

    let all = admin.client.get(&today_and_the_next()).await.is(200).body;
    assert_eq!(
        (&all["now"]["visits"], &all["now"]["booked"], &all["now"]["cancelled"]),
        (&json!(2), &json!(1), &json!(1))
    );
    assert_eq!(all["per_day"].as_array().map(Vec::len), Some(7));
    let by_day: u64 =
        all["per_day"].as_array().unwrap().iter().map(|day| day["figures"]["visits"].as_u64().unwrap()).sum();
    let by_hour: u64 =
        all["load"].as_array().unwrap().iter().map(|cell| cell["visits"].as_u64().unwrap()).sum();
    assert_eq!((by_day, by_hour), (2, 2));
    assert_eq!(all["by_specialty"], json!([{ "specialty": "Cardiology", "visits": 2 }]));
    let elsewhere = hill_admin.client.get(&today_and_the_next()).await.is(200).body;
    assert_eq!(elsewhere["now"]["visits"], 0);

    for (query, field) in [
        ("from=2026-01-02&until=2026-01-01&zone=UTC", "until"),
        ("from=2026-01-01&until=2026-01-01&zone=X", "zone"),
    ] {
        let reply = admin.client.get(&format!("/v1/admin/figures?{query}")).await.is(422);
        assert_eq!(reply.body["errors"][0]["path"], field);
    }
}

#[tokio::test]
async fn tables_are_paged_filtered_and_cut_to_the_clinics_one_runs() {
    let server = TestServer::start().await;
    let admin = server.super_admin("Ada Admin").await;
    let (harbour, hillside) =
        (server.practice(&admin, "Harbour").await, server.practice(&admin, "Hillside").await);
    let role = Role::ClinicAdmin { clinics: vec![harbour.clinic_id] };
    let own = server.staff(&admin, "Hanna Harbour", role).await;
    let asha = server.patient("Asha Rao").await;
    for (practice, hours) in [(&harbour, 30), (&harbour, 32), (&harbour, 34), (&hillside, 36)] {
        let booking = practice.booking(asha.patient_id, hours);
        asha.client.post("/v1/patients/appointments", &booking).await.is(201);
    }
    let mut seen: Vec<Value> = Vec::new();
    let mut path = "/v1/admin/appointments?limit=2".to_owned();
    loop {
        let page = own.client.get(&path).await.is(200).body;
        seen.extend(page["items"].as_array().unwrap().iter().cloned());
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("/v1/admin/appointments?limit=2&cursor={cursor}");
    }
    assert_eq!(seen.len(), 3);
    assert!(seen.iter().all(|line| line["patient_name"] == "Asha Rao"));
    assert!(seen.is_sorted_by_key(|line| line["appointment"]["start"].as_str().unwrap().to_owned()));
    let all = admin.client.get("/v1/admin/appointments?text=asha").await.is(200).body;
    assert_eq!(all["items"].as_array().map(Vec::len), Some(4));
    let none = admin.client.get("/v1/admin/appointments?text=%25").await.is(200).body;
    assert_eq!(none["items"], json!([]));
    let queue = admin.client.get("/v1/admin/doctors?standing=verified&sort=name").await.is(200).body;
    assert_eq!(queue["items"].as_array().map(Vec::len), Some(2));
    let activity = admin.client.get("/v1/admin/activity?limit=3").await.is(200).body;
    assert_eq!(activity["items"][0]["command"], "appointments.book");
    assert_eq!(activity["items"][0]["actor_name"], "Asha Rao");
    let bad = admin.client.get("/v1/admin/appointments?cursor=nonsense").await.is(422);
    assert_eq!(bad.body["errors"][0]["path"], "cursor");
}
