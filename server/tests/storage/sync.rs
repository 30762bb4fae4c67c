//! What devices are given.

use jiff::SignedDuration;
use mediconnect_domain::{
    access::Scope,
    appointments::Appointment,
    directory::{
        LocalText,
        set_up::SaveSpecialty,
        standing::{ReinstateDoctor, SuspendDoctor},
    },
    profiles::{
        Permission,
        unlink::{GrantCaregiver, RevokeLink},
    },
    settings::follow::FollowDoctor,
    wire::PROTOCOL,
    *,
};

use mediconnect_server::sync::compact::{Removals, compact};

use crate::{
    device::{Device, Pulled},
    kit::*,
};

pub async fn a_device_gets_all_then_the_same_then_what_is_new(kit: &Kit) {
    let mut ann = Device::new(kit.ann.account);
    let first = ann.pull(kit).await;
    assert!(first.rows > 0 && first.afresh.len() == ann.buckets.len());
    assert!(ann.holds(Kind::DoctorProfile, kit.dora.doctor) && ann.holds(Kind::Patient, kit.ann.patient));
    assert_eq!(ann.pull(kit).await, Pulled { same: true, ..Pulled::default() });
    kit.book(kit.ann, kit.dora, "visit", "2026-03-03T09:00:00Z").await.unwrap();
    let delta = ann.pull(kit).await;
    assert!(delta.afresh.is_empty(), "nothing comes again");
    assert_eq!(ann.get::<Appointment>(id("visit")), kit.get::<Appointment>(id("visit")).await);
    let mut dora = Device::new(kit.dora.account);
    dora.pull(kit).await;
    assert!(dora.holds(Kind::Appointment, id("visit")) && !dora.holds(Kind::Patient, kit.ann.patient));
    assert!(ann.pull(kit).await.same);
}

pub async fn another_patients_rows_never_arrive(kit: &Kit) {
    kit.book(kit.ann, kit.dora, "visit", "2026-03-03T09:00:00Z").await.unwrap();
    for account in [kit.bob.account, kit.emil.account, kit.admin] {
        let mut other = Device::new(account);
        other.pull(kit).await;
        let foreign = [
            Scope::Patient(kit.ann.patient),
            Scope::Account(kit.ann.account),
            Scope::Practice(kit.dora.doctor),
        ];
        assert!(other.buckets.keys().all(|bucket| !foreign.contains(bucket)));
        assert!(!other.holds(Kind::Appointment, id("visit")) && !other.holds(Kind::Patient, kit.ann.patient));
    }
}

pub async fn what_leaves_a_bucket_is_told_and_the_hash_agrees(kit: &Kit) {
    let mut ann = Device::new(kit.ann.account);
    ann.pull(kit).await;
    assert!(ann.holds(Kind::DoctorProfile, kit.dora.doctor));
    let suspend = SuspendDoctor { doctor_id: kit.dora.doctor, reason: "License ran out".into() };
    kit.act(kit.admin, suspend).await.unwrap();
    let pulled = ann.pull(kit).await;
    assert!(pulled.afresh.is_empty() && !ann.holds(Kind::DoctorProfile, kit.dora.doctor));
    let mut fresh = Device::new(kit.ann.account);
    fresh.pull(kit).await;
    assert!(!fresh.holds(Kind::DoctorProfile, kit.dora.doctor), "one that starts anew hears nothing of it");
    kit.act(kit.admin, ReinstateDoctor { doctor_id: kit.dora.doctor }).await.unwrap();
    ann.pull(kit).await;
    assert!(ann.holds(Kind::DoctorProfile, kit.dora.doctor), "and back");
}

fn caregiver(kit: &Kit, link: &str, expires_at: Option<jiff::Timestamp>) -> GrantCaregiver {
    GrantCaregiver {
        link_id: LinkId(id(link)),
        patient_id: kit.ann.patient,
        email: "bob@example.org".into(),
        permissions: vec![Permission::Read],
        expires_at,
    }
}

pub async fn a_right_that_is_given_again_is_another_generation(kit: &Kit) {
    let bucket = Scope::Patient(kit.ann.patient);
    let mut bob = Device::new(kit.bob.account);
    kit.act(kit.ann.account, caregiver(kit, "first", None)).await.unwrap();
    bob.pull(kit).await;
    let generation = bob.buckets[&bucket].generation;
    kit.act(kit.ann.account, RevokeLink { link_id: LinkId(id("first")) }).await.unwrap();
    let mut at_once = Device::new(kit.bob.account);
    at_once.pull(kit).await;
    assert!(!at_once.buckets.contains_key(&bucket));
    // Bob's own device was offline all the while.
    kit.act(kit.ann.account, caregiver(kit, "second", None)).await.unwrap();
    let pulled = bob.pull(kit).await;
    assert!(bob.buckets[&bucket].generation > generation);
    assert_eq!(pulled.afresh, [bucket]);
}

pub async fn a_right_that_ran_out_is_gone_before_anyone_wrote_so(kit: &Kit) {
    let bucket = Scope::Patient(kit.ann.patient);
    let end = kit.now() + SignedDuration::from_hours(1);
    kit.act(kit.ann.account, caregiver(kit, "for an hour", Some(end))).await.unwrap();
    let mut bob = Device::new(kit.bob.account);
    bob.pull(kit).await;
    assert!(bob.buckets.contains_key(&bucket));
    kit.pass(SignedDuration::from_hours(1));
    bob.pull(kit).await;
    assert!(!bob.buckets.contains_key(&bucket), "no job has run yet");
}

pub async fn a_bucket_comes_whole_where_the_cursor_cannot_be_continued(kit: &Kit) {
    let directory = Scope::Directory;
    let mut ann = Device::new(kit.ann.account);
    ann.pull(kit).await;
    // A row that went bad on the device: at the head, with another hash.
    let held = ann.buckets.get_mut(&directory).unwrap();
    let lost = held.rows.pop_first().unwrap();
    ann.buckets.get_mut(&Scope::Account(kit.ann.account)).unwrap().seq -= 1;
    let pulled = ann.pull(kit).await;
    assert_eq!(pulled.afresh, [directory], "only what differs comes again");
    assert!(ann.buckets[&directory].rows.contains_key(&lost.0));
    // Beyond the head: the server was restored and grew again.
    ann.buckets.get_mut(&directory).unwrap().seq += 100;
    assert_eq!(ann.pull(kit).await.afresh, [directory]);
    // Another life of the store.
    ann.incarnation = Some(id("another life"));
    let all = ann.buckets.len();
    assert_eq!(ann.pull(kit).await.afresh.len(), all);
    assert!(ann.pull(kit).await.same);
}

pub async fn long_buckets_come_in_pages(kit: &Kit) {
    let name = |n: usize| LocalText { en: format!("Specialty {n}"), hi: "विशेषता ".repeat(10) };
    for n in 0..620 {
        let specialty_id = SpecialtyId(id(&format!("specialty {n}")));
        kit.act(kit.admin, SaveSpecialty { specialty_id, name: name(n), active: true }).await.unwrap();
    }
    let mut ann = Device::new(kit.ann.account);
    let pulled = ann.pull(kit).await;
    assert!(pulled.rows > 620 && pulled.pages > ann.buckets.len() / 2);
    for n in 0..620 {
        assert!(ann.holds(Kind::Specialty, id(&format!("specialty {n}"))));
    }
    let follow = FollowDoctor { doctor_id: kit.dora.doctor, favourite: false };
    kit.act(kit.ann.account, follow).await.unwrap();
    let pulled = ann.pull(kit).await;
    assert!(ann.buckets.contains_key(&Scope::Availability(kit.dora.doctor)));
    assert!(!pulled.afresh.contains(&Scope::Directory));
}

pub async fn old_removals_are_forgotten_and_who_missed_one_starts_anew(kit: &Kit) {
    let (mut away, mut here) = (Device::new(kit.ann.account), Device::new(kit.ann.account));
    away.pull(kit).await;
    // Each time the doctor's page and role leave the directory and come back; what comes back is no removal any more.
    for doctor in [kit.dora.doctor, kit.emil.doctor] {
        kit.act(kit.admin, SuspendDoctor { doctor_id: doctor, reason: "License ran out".into() })
            .await
            .unwrap();
    }
    here.pull(kit).await;
    kit.act(kit.admin, ReinstateDoctor { doctor_id: kit.emil.doctor }).await.unwrap();
    let compacted = async |most, kept| {
        let removals = Removals { most, kept };
        kit.store.write(&[], move |tx| Box::pin(compact(tx, removals))).await.unwrap()
    };
    assert_eq!(compacted(100, 0).await, 0, "they are not too many");
    let before = kit.number("SELECT count(*) FROM entry WHERE deleted = 1").await;
    let forgotten = compacted(1, 0).await;
    assert!(forgotten > 0 && kit.number("SELECT count(*) FROM entry WHERE deleted = 1").await < before);
    let pulled = here.pull(kit).await;
    assert!(!pulled.afresh.contains(&Scope::Directory), "it had heard of all that was forgotten");
    assert!(!here.holds(Kind::DoctorProfile, kit.dora.doctor));
    let pulled = away.pull(kit).await;
    assert!(pulled.afresh.contains(&Scope::Directory));
    assert!(
        !away.holds(Kind::DoctorProfile, kit.dora.doctor) && away.holds(Kind::DoctorProfile, kit.emil.doctor)
    );
    assert!(away.pull(kit).await.same);
}

pub async fn an_unknown_account_gets_nothing(kit: &Kit) {
    let mut nobody = Device::new(AccountId(id("nobody")));
    let pulled = nobody.pull(kit).await;
    assert_eq!((pulled.rows, nobody.buckets.len()), (0, 0));
    assert!(mediconnect_server::sync::speaks(PROTOCOL) && !mediconnect_server::sync::speaks(PROTOCOL + 1));
    assert!(!mediconnect_server::sync::speaks(0));
}
