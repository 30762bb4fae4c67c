//! Many at once.

use futures::future::join_all;
use mediconnect_domain::{
    accounts::{
        Account, Role,
        staff::{AddStaff, ChangeStaffRole},
    },
    record::Index,
    settings::Language,
    wire::Outcome,
    *,
};
use mediconnect_server::execute::{Answered, Submission};

use crate::kit::*;

/// Runs all at the same time, on tasks of their own.
async fn at_once(kit: &Kit, submissions: Vec<Submission>) -> Vec<Outcome> {
    let run = |submission| {
        let executor = kit.executor.clone();
        tokio::spawn(async move { executor.submit(submission).await.unwrap() })
    };
    let answered = join_all(submissions.into_iter().map(run)).await;
    let outcome = |answered| match answered {
        Answered::Decided(decided) => decided.outcome,
        Answered::Blocked => panic!("nothing blocks a command over the API"),
    };
    answered.into_iter().map(|answered| outcome(answered.unwrap())).collect()
}

fn accepted(outcomes: &[Outcome]) -> usize {
    outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Accepted { .. })).count()
}

pub async fn of_64_who_want_one_time_one_wins(kit: &Kit) {
    let mut people = Vec::new();
    for n in 0..64 {
        people.push(kit.open_patient(&format!("patient{n}")).await);
    }
    let booking = |(n, who): (usize, &Person)| {
        let book = kit.booking(*who, kit.dora, &format!("visit {n}"), "2026-03-03T09:00:00Z");
        Submission::new(Actor::Account(who.account), kit.next_id(), "digest", book)
    };
    let outcomes = at_once(kit, people.iter().enumerate().map(booking).collect()).await;
    assert_eq!(accepted(&outcomes), 1);
    for outcome in outcomes {
        if let Outcome::Refused { refusal } = outcome {
            let Refusal::SlotTaken { next_free } = refusal else { panic!("{refusal:?}") };
            assert!(!next_free.is_empty(), "other times are offered");
        }
    }
    let span = Span::new(at("2026-03-03T09:00:00Z"), at("2026-03-03T09:30:00Z"));
    let Answer::Rows(rows) = kit.fetch(vec![Need::overlap(kit.dora.doctor, span)]).await.remove(0) else {
        panic!()
    };
    assert_eq!(rows.len(), 1);
}

pub async fn the_last_two_super_admins_cannot_demote_each_other(kit: &Kit) {
    let second = AccountId(id("second"));
    let staff = AddStaff {
        account_id: second,
        name: "Second".into(),
        email: "second@example.org".into(),
        role: Role::SuperAdmin,
        language: Language::En,
    };
    kit.act(kit.admin, staff).await.unwrap();
    let demote = |by: AccountId, whom: AccountId| {
        let change = ChangeStaffRole { account_id: whom, role: Role::SupportAdmin };
        Submission::new(Actor::Account(by), kit.next_id(), "digest", change)
    };
    let outcomes = at_once(kit, vec![demote(kit.admin, second), demote(second, kit.admin)]).await;
    assert_eq!(accepted(&outcomes), 1);
    let staff = kit.fetch(vec![Need::all(Index::StaffByRole, uuid::Uuid::nil())]).await.remove(0);
    let Answer::Rows(rows) = staff else { panic!() };
    let admins = rows
        .iter()
        .filter_map(|row| row.read::<Account>())
        .filter(|account| account.role == Role::SuperAdmin);
    assert_eq!(admins.count(), 1);
}

pub async fn writes_side_by_side_leave_every_bucket_whole(kit: &Kit) {
    let mut people = Vec::new();
    for n in 0..16 {
        people.push(kit.open_patient(&format!("patient{n}")).await);
    }
    let mut submissions = Vec::new();
    for (n, who) in people.iter().enumerate() {
        for (doctor, hour) in [(kit.dora, 8), (kit.emil, 12)] {
            let start =
                at("2026-03-03T00:00:00Z") + jiff::SignedDuration::from_mins(hour * 60 + 30 * (n as i64 % 8));
            let day = jiff::SignedDuration::from_hours(24 * (n as i64 / 8));
            let name = format!("visit {n} {hour}");
            let book = kit.booking(*who, doctor, &name, &(start + day).to_string());
            submissions.push(Submission::new(Actor::Account(who.account), kit.next_id(), "digest", book));
        }
    }
    let outcomes = at_once(kit, submissions).await;
    assert_eq!(accepted(&outcomes), 32, "{outcomes:?}");
}

pub async fn one_command_on_two_connections_takes_effect_once(kit: &Kit) {
    let book = kit.booking(kit.ann, kit.dora, "visit", "2026-03-03T09:00:00Z");
    let submission = Submission::new(Actor::Account(kit.ann.account), kit.next_id(), "digest", book);
    let outcomes = at_once(kit, vec![submission; 8]).await;
    assert_eq!(accepted(&outcomes), 8);
    assert!(outcomes.iter().all(|outcome| *outcome == outcomes[0]));
    assert_eq!(kit.number("SELECT count(*) FROM audit WHERE command = 'appointments.book'").await, 1);
}
