//! Writes that are sent again.

use futures::future::join_all;
use mediconnect_server::testing::TestServer;
use serde_json::{Value, json};

const BOOK: &str = "/v1/patients/appointments";

pub async fn a_booking_sent_again_with_its_key_is_one_booking_and_answers_the_same(server: TestServer) {
    let admin = server.super_admin("Ada Admin").await;
    let practice = server.practice(&admin, "Harbour").await;
    let asha = server.patient("Asha Rao").await;
    let booking = practice.booking(asha.patient_id, 30);
    let first = asha.client.post_with_key(BOOK, "one", &booking).await.is(201);
    let again = asha.client.post_with_key(BOOK, "one", &booking).await.is(201);
    assert_eq!(first.text, again.text);
    let id = first.body["id"].as_str().unwrap();
    asha.client.post(&format!("{BOOK}/{id}/cancel"), &json!({ "reason": "not_needed" })).await.is(200);
    let later = asha.client.post_with_key(BOOK, "one", &booking).await.is(201);
    assert_eq!(first.text, later.text);
    let visits = asha.client.get(BOOK).await.is(200).body;
    assert_eq!(visits["items"].as_array().map(Vec::len), Some(1));
}

pub async fn a_key_with_another_body_is_refused_and_another_account_has_keys_of_its_own(server: TestServer) {
    let admin = server.super_admin("Ada Admin").await;
    let practice = server.practice(&admin, "Harbour").await;
    let (asha, ravi) = (server.patient("Asha Rao").await, server.patient("Ravi Menon").await);
    asha.client.post_with_key(BOOK, "one", &practice.booking(asha.patient_id, 30)).await.is(201);
    let other = asha.client.post_with_key(BOOK, "one", &practice.booking(asha.patient_id, 31)).await.is(422);
    assert_eq!(other.code(), "idempotency_mismatch");
    ravi.client.post_with_key(BOOK, "one", &practice.booking(ravi.patient_id, 32)).await.is(201);
    let too_long = "k".repeat(201);
    asha.client.post_with_key(BOOK, &too_long, &practice.booking(asha.patient_id, 33)).await.is(422);
}

pub async fn a_refusal_sent_again_is_the_same_refusal(server: TestServer) {
    let admin = server.super_admin("Ada Admin").await;
    let practice = server.practice(&admin, "Harbour").await;
    let (asha, ravi) = (server.patient("Asha Rao").await, server.patient("Ravi Menon").await);
    let taken: Value = asha.client.post(BOOK, &practice.booking(asha.patient_id, 30)).await.is(201).body;
    let first = ravi.client.post_with_key(BOOK, "late", &practice.booking(ravi.patient_id, 30)).await.is(409);
    assert_eq!(first.code(), "slot_taken");
    let path = format!("{BOOK}/{}/cancel", taken["id"].as_str().unwrap());
    asha.client.post(&path, &json!({ "reason": "not_needed" })).await.is(200);
    let again = ravi.client.post_with_key(BOOK, "late", &practice.booking(ravi.patient_id, 30)).await.is(409);
    assert_eq!(first.text, again.text);
    ravi.client.post_with_key(BOOK, "new", &practice.booking(ravi.patient_id, 30)).await.is(201);
}

pub async fn the_same_key_at_the_same_time_takes_effect_once(server: TestServer) {
    let admin = server.super_admin("Ada Admin").await;
    let practice = server.practice(&admin, "Harbour").await;
    let asha = server.patient("Asha Rao").await;
    let booking = practice.booking(asha.patient_id, 30);
    let replies = join_all((0..16).map(|_| asha.client.post_with_key(BOOK, "once", &booking))).await;
    let made: Vec<&str> =
        replies.iter().filter(|reply| reply.status == 201).map(|reply| reply.text.as_str()).collect();
    assert!(!made.is_empty() && made.iter().all(|text| *text == made[0]));
    let others = replies.iter().filter(|reply| reply.status != 201);
    assert!(others.into_iter().all(|reply| reply.status == 409 && reply.code() == "idempotency_in_flight"));
    let visits = asha.client.get(BOOK).await.is(200).body;
    assert_eq!(visits["items"].as_array().map(Vec::len), Some(1));
}

pub async fn of_many_who_want_one_slot_one_gets_it_and_the_others_hear_of_other_times(server: TestServer) {
    let admin = server.super_admin("Ada Admin").await;
    let practice = server.practice(&admin, "Harbour").await;
    let names: Vec<String> = (0..16).map(|number| format!("Patient {number}")).collect();
    let patients = join_all(names.iter().map(|name| server.patient(name))).await;
    let bookings: Vec<Value> =
        patients.iter().map(|patient| practice.booking(patient.patient_id, 30)).collect();
    let attempts =
        patients.iter().zip(&bookings).map(|(patient, booking)| patient.client.post(BOOK, booking));
    let replies = join_all(attempts).await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 1);
    for reply in replies.iter().filter(|reply| reply.status != 201) {
        assert_eq!((reply.status.as_u16(), reply.code()), (409, "slot_taken"));
        assert!(reply.body["refusal"]["next_free"].as_array().is_some_and(|free| !free.is_empty()));
    }
}
