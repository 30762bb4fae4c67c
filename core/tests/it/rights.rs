//! What a device may no longer see goes; what it does not understand stays.

use mediconnect_domain::{
    Kind, LinkId, Need,
    profiles::{
        Link, Patient, Permission,
        unlink::{GrantCaregiver, RevokeLink},
    },
};

use crate::{
    clinic::{Clinic, Person, named},
    device::{Device, Network},
};

/// Meera lets Jonas help, books, and his device has it.
async fn helped(clinic: &Clinic) -> (Device, Device, LinkId) {
    let (meera, jonas) = (clinic.person("meera").await, clinic.person("jonas").await);
    let (hers, his) =
        (Device::synced(clinic, meera.account).await, Device::synced(clinic, jonas.account).await);
    let link_id = LinkId(named("caregiver"));
    let permissions = vec![Permission::Read, Permission::Book];
    let email = "jonas@example.org".into();
    hers.submit(GrantCaregiver { link_id, patient_id: meera.patient, email, permissions, expires_at: None })
        .unwrap();
    hers.submit(hers.book(clinic, meera, clinic.slot(1, 0))).unwrap();
    hers.sync().await;
    his.sync().await;
    assert_eq!(his.visits().len(), 1);
    (hers, his, link_id)
}

#[tokio::test]
async fn what_was_revoked_is_hidden_at_once_even_if_the_pull_is_cut_and_then_purged() {
    let clinic = Clinic::open().await;
    let (hers, his, link_id) = helped(&clinic).await;
    hers.submit(RevokeLink { link_id }).unwrap();
    hers.sync().await;
    his.wire.set(Network::BreaksAfter(1));
    assert!(his.try_sync().await.is_err());
    assert_eq!(his.visits(), [], "hidden");
    assert_eq!(his.store.read(|records| records.all::<Patient>()).unwrap().len(), 1, "his own file stays");
    let rows = |device: &Device| device.store.read(|records| records.count(Kind::Appointment)).unwrap();
    assert_eq!(rows(&his), 1, "still on the device");
    his.wire.set(Network::Whole);
    his.sync().await;
    assert_eq!(rows(&his), 0, "purged");
    assert_eq!(hers.visits().len(), 1);
}

#[tokio::test]
async fn what_waits_for_a_file_that_was_revoked_is_refused_and_shown() {
    let clinic = Clinic::open().await;
    let (hers, his, link_id) = helped(&clinic).await;
    let meera = Person { account: his.wire.account, patient: hers.visits()[0].patient_id };
    his.submit(his.book(&clinic, meera, clinic.slot(2, 0))).unwrap();
    hers.submit(RevokeLink { link_id }).unwrap();
    hers.sync().await;
    his.sync().await;
    assert_eq!(his.visits(), []);
    let pending = his.pending();
    assert!(matches!(pending[0].state, mediconnect_core::PendingState::Refused { .. }), "{pending:?}");
}

#[tokio::test]
async fn revoked_and_granted_again_between_two_pulls_leaves_everything_in_place() {
    let clinic = Clinic::open().await;
    let (hers, his, link_id) = helped(&clinic).await;
    hers.submit(RevokeLink { link_id }).unwrap();
    hers.sync().await;
    let patient_id = hers.visits()[0].patient_id;
    hers.submit(GrantCaregiver {
        link_id: LinkId(named("again")),
        patient_id,
        email: "jonas@example.org".into(),
        permissions: vec![Permission::Read],
        expires_at: None,
    })
    .unwrap();
    hers.sync().await;
    his.sync().await;
    assert_eq!(his.visits(), hers.visits());
    let links = his.store.read(|records| records.all::<Link>()).unwrap();
    assert!(links.iter().any(|link| link.id == LinkId(named("again"))));
}

#[tokio::test]
async fn rows_and_fields_that_this_build_does_not_know_are_kept_as_they_came() {
    let clinic = Clinic::open().await;
    let meera = clinic.person("meera").await;
    let phone = Device::new(&clinic, meera.account);
    phone.wire.set(Network::SpeaksNewer);
    phone.sync().await;
    let need = Need::Record { kind: Kind::Account, id: meera.account.0 };
    let rows = phone.store.read(|records| records.rows(&need)).unwrap();
    assert!(rows[0].body.contains(r#""invented_later":true"#), "{}", rows[0].body);
    assert!(phone.store.read(|records| records.account()).unwrap().is_some(), "and read without it");
    phone.wire.pulls.lock().unwrap().clear();
    // The hash of the bucket counts the unknown row: it is held, so nothing is fetched anew.
    phone.wire.set(Network::Whole);
    assert_eq!(phone.try_sync().await.unwrap().rows, 0);
    assert_eq!(phone.wire.pulls.lock().unwrap().len(), 1);
}
