//! 64 devices want one time, 200 times over: one gets it each time, and the others hear what else is free.

use std::collections::BTreeMap;

use futures::future::join_all;
use jiff::Timestamp;
use mediconnect_domain::{
    AppointmentId, Refusal, RoleId, VisitTypeId,
    appointments::Appointment,
    wire::{Outcome, Receipt},
};
use mediconnect_server::{
    config::Settings,
    testing::{Patient, Practice, Reply, TestServer, new_id},
};
use rand::{SeedableRng, seq::SliceRandom};
use serde_json::json;

use mediconnect_server::testing::cluster;

const DEVICES: usize = 64;
const ROUNDS: usize = 200;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_64_wins_each_of_200_slots_on_sqlite() {
    race(TestServer::start().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_64_wins_each_of_200_slots_on_postgres() {
    let database = Some(cluster::database().await.into());
    race(TestServer::start_with(Settings { database, ..Settings::default() }).await).await;
}

async fn race(server: TestServer) {
    let admin = server.super_admin("Root").await;
    let practice = server.practice(&admin, "Race").await;
    let mut racers = Vec::new();
    for n in 0..DEVICES {
        racers.push(server.patient(&format!("Racer {n}")).await);
    }
    let mut dice = rand_chacha::ChaCha8Rng::seed_from_u64(64);
    let mut won: BTreeMap<AppointmentId, Timestamp> = BTreeMap::new();
    for round in 0..ROUNDS {
        racers.shuffle(&mut dice);
        let start = half_hour(round);
        let tries = racers.iter().map(|racer| book(racer, &practice, start));
        let tries = join_all(tries).await;
        let winners: Vec<_> = tries.iter().filter(|one| one.accepted()).collect();
        assert_eq!(winners.len(), 1, "round {round}");
        won.insert(winners[0].appointment, start);
        for one in tries.iter().filter(|one| !one.accepted()) {
            one.heard_of_other_times(start);
        }
        replayed_the_same(&racers, &tries, round).await;
    }
    checked(&practice, &won).await;
    server.stop().await;
}

/// Full half hours from tomorrow on.
fn half_hour(n: usize) -> Timestamp {
    let tomorrow = Timestamp::now().as_second() / 3600 * 3600 + 24 * 3600;
    Timestamp::from_second(tomorrow + n as i64 * 1800).expect("a time not far from now")
}

struct Try {
    key: String,
    body: serde_json::Value,
    appointment: AppointmentId,
    reply: Reply,
}

async fn book(racer: &Patient, practice: &Practice, start: Timestamp) -> Try {
    let appointment = AppointmentId(new_id());
    let (role_id, visit_type_id): (RoleId, VisitTypeId) = (practice.role_id, practice.visit_type_id);
    let body = json!({ "name": "appointments.book", "args": {
        "appointment_id": appointment, "patient_id": racer.patient_id, "role_id": role_id,
        "visit_type_id": visit_type_id, "start": start, "hold_token": null,
    }});
    let key = new_id().to_string();
    let reply = racer.client.post_with_key("/v1/commands", &key, &body).await.is(200);
    Try { key, body, appointment, reply }
}

impl Try {
    fn outcome(&self) -> Outcome {
        self.reply.read::<Receipt>().outcome
    }

    fn accepted(&self) -> bool {
        matches!(self.outcome(), Outcome::Accepted { .. })
    }

    fn heard_of_other_times(&self, start: Timestamp) {
        let Outcome::Refused { refusal } = self.outcome() else { panic!("not refused") };
        let Refusal::SlotTaken { next_free } = refusal else { panic!("{refusal:?}") };
        assert!(!next_free.is_empty() && next_free.iter().all(|other| *other > start), "{next_free:?}");
    }
}

/// A winner and a loser send the same again and get the same bytes.
async fn replayed_the_same(racers: &[Patient], tries: &[Try], round: usize) {
    let winner = tries.iter().position(Try::accepted).expect("there is a winner");
    let loser = (winner + 1 + round) % tries.len();
    for n in [winner, if loser == winner { (loser + 1) % tries.len() } else { loser }] {
        let again = racers[n].client.post_with_key("/v1/commands", &tries[n].key, &tries[n].body).await;
        assert_eq!(again.text, tries[n].reply.text);
    }
}

/// The doctor's visits are exactly those that were won, each at its own time.
async fn checked(practice: &Practice, won: &BTreeMap<AppointmentId, Timestamp>) {
    let mut found: BTreeMap<AppointmentId, Timestamp> = BTreeMap::new();
    let mut cursor = String::new();
    loop {
        let page =
            practice.doctor.client.get(&format!("/v1/doctors/appointments?limit=100{cursor}")).await.is(200);
        for item in page.body["items"].as_array().expect("items") {
            let visit: Appointment = serde_json::from_value(item.clone()).expect("a visit");
            assert!(found.insert(visit.id, visit.start).is_none(), "a visit is listed twice");
        }
        let Some(next) = page.body["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(&found, won);
}
