//! What time brings.

use jiff::SignedDuration;
use mediconnect_domain::{
    access::Scope,
    appointments::{Appointment, State, hold::HoldTime},
    profiles::{Permission, unlink::GrantCaregiver},
    settings::follow::FollowDoctor,
    *,
};
use mediconnect_server::jobs::Jobs;

use crate::{device::Device, kit::*};

pub async fn a_hold_expires_once_at_its_time(kit: &Kit) {
    let mut jobs = Jobs::new(kit.executor.clone());
    kit.pass(SignedDuration::from_secs(2));
    jobs.step().await.unwrap();
    let hold = HoldTime {
        appointment_id: AppointmentId(id("held")),
        patient_id: kit.ann.patient,
        role_id: kit.dora.role,
        visit_type_id: kit.visit,
        start: at("2026-03-03T09:00:00Z"),
        token: "a token of sixteen".into(),
    };
    kit.act(kit.ann.account, hold).await.unwrap();
    let state = async || kit.get::<Appointment>(id("held")).await.unwrap().state;
    kit.pass(SignedDuration::from_mins(9));
    jobs.step().await.unwrap();
    assert_eq!(state().await, State::Held);
    kit.pass(SignedDuration::from_mins(1));
    // Two nodes look at the same time.
    let mut other = Jobs::new(kit.executor.clone());
    let (one, two) = tokio::join!(jobs.step(), other.step());
    assert!(one.unwrap() + two.unwrap() >= 1);
    assert_eq!(state().await, State::Expired);
    let expired = kit.number("SELECT count(*) FROM audit WHERE command = 'appointments.expire'").await;
    assert_eq!(expired, 1);
    kit.book(kit.bob, kit.dora, "free again", "2026-03-03T09:00:00Z").await.unwrap();
}

pub async fn availability_is_computed_once_for_many_changes(kit: &Kit) {
    let mut jobs = Jobs::new(kit.executor.clone());
    kit.pass(SignedDuration::from_secs(2));
    jobs.step().await.unwrap();
    assert_eq!(jobs.step().await.unwrap(), 0, "nothing is left");
    for hour in 9..12 {
        kit.book(kit.ann, kit.dora, &format!("visit {hour}"), &format!("2026-03-03T{hour:02}:00:00Z"))
            .await
            .unwrap();
    }
    assert_eq!(jobs.step().await.unwrap(), 0, "not at once");
    kit.pass(SignedDuration::from_secs(1));
    assert_eq!(jobs.step().await.unwrap(), 1, "one run for three changes");
    let follow = FollowDoctor { doctor_id: kit.dora.doctor, favourite: true };
    kit.act(kit.ann.account, follow).await.unwrap();
    let mut ann = Device::new(kit.ann.account);
    ann.pull(kit).await;
    let weeks = &ann.buckets[&Scope::Availability(kit.dora.doctor)].rows;
    assert!(!weeks.is_empty(), "a device that follows the doctor has the times on offer");
}

pub async fn a_link_that_runs_out_takes_its_bucket_along(kit: &Kit) {
    let end = kit.now() + SignedDuration::from_hours(1);
    let grant = GrantCaregiver {
        link_id: LinkId(id("link")),
        patient_id: kit.ann.patient,
        email: "bob@example.org".into(),
        permissions: vec![Permission::Read],
        expires_at: Some(end),
    };
    kit.act(kit.ann.account, grant).await.unwrap();
    let live = "SELECT count(*) FROM granted WHERE bucket LIKE 'patient:%' AND live = 1";
    assert_eq!(kit.number(live).await, 3);
    kit.pass(SignedDuration::from_hours(1));
    let mut jobs = Jobs::new(kit.executor.clone());
    jobs.step().await.unwrap();
    assert_eq!(kit.number(live).await, 2);
    assert_eq!(kit.number("SELECT count(*) FROM due WHERE key LIKE 'link:%'").await, 0, "and that is that");
}
