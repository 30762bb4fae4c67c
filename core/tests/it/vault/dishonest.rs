//! What a server achieves that is not honest: it is noticed, named, and harms nothing else.

use mediconnect_crypto::{
    id::MemberId,
    public::MemberKind,
    random::Source,
    secret::{AccountSecrets, MemberKeys, MemberSecret},
};
use mediconnect_domain::{AccountId, fetch::keys::PublicKeys, vaults::VaultMember, wire::PullLine};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use super::*;
use crate::accounts::Lies;

/// The device list of somebody who takes an account's place.
pub fn forged_list(of: &PublicKeys) -> Vec<Blob> {
    let rng = &mut Source(|bytes: &mut [u8]| getrandom::fill(bytes).unwrap());
    let (installation, account) = (of.installation.into(), of.account_id.0.into());
    let secrets = AccountSecrets::generate(installation, account, rng);
    let secret = MemberSecret::generate(rng);
    let device = MemberKeys::derive(installation, account, MemberId([7; 16]), MemberKind::Device, &secret);
    vec![secrets.found(&device).into()]
}

/// Changes records of one kind on their way to a device.
struct Rewrites<T, F> {
    kind: &'static str,
    rewrite: F,
    of: std::marker::PhantomData<fn(T)>,
}

fn rewrites<T, F: Fn(&mut T)>(kind: &'static str, rewrite: F) -> Rewrites<T, F> {
    Rewrites { kind, rewrite, of: std::marker::PhantomData }
}

impl<T: Serialize + DeserializeOwned, F: Fn(&mut T) + Send + Sync> Lies for Rewrites<T, F> {
    fn about_rows(&self, line: &mut PullLine) {
        let PullLine::Page { rows, .. } = line else { return };
        for row in rows.iter_mut().filter(|row| row.kind == self.kind) {
            let Some(body) = &row.body else { continue };
            let mut record: T = serde_json::from_str(body.get()).unwrap();
            (self.rewrite)(&mut record);
            row.body = Some(RawValue::from_string(serde_json::to_string(&record).unwrap()).unwrap());
        }
    }
}

/// Meera's phone, and her tablet, both with keys; one entry.
async fn two_devices(server: &Server) -> (Device, Device, PatientId, HistoryId) {
    let phone = server.device();
    phone.sign_up("meera").await;
    let entry = phone.writes("penicillin");
    phone.sync().await;
    let tablet = Device::beside(server, "meera").await;
    tablet.client.recover(&phone.words()).unwrap();
    tablet.sync().await;
    phone.sync().await;
    let patient = patient_of(&phone);
    assert_eq!(titles(&tablet, patient), ["penicillin"]);
    (phone, tablet, patient, entry)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_was_meddled_with_shows_as_such_and_the_others_are_read() {
    let server = Server::start().await;
    let (phone, tablet, patient, first) = two_devices(&server).await;
    let penicillin: HistoryEntry = phone.client.get(first).unwrap().unwrap();
    tablet.gate.lie(rewrites("history_entry", |entry: &mut HistoryEntry| {
        *entry.content.0.last_mut().unwrap() ^= 1;
    }));
    phone.writes("latex");
    phone.sync().await;
    tablet.sync().await;
    assert_eq!(titles(&tablet, patient), ["penicillin", "Altered"]);
    // Content from another place, and bytes that are nothing at all.
    for bytes in [penicillin.content.0.clone(), vec![], vec![1, 1, 1], vec![9; 400]] {
        tablet.gate.lie(rewrites("history_entry", move |entry: &mut HistoryEntry| {
            entry.content = Blob(bytes.clone());
        }));
        phone.writes("pollen");
        phone.sync().await;
        tablet.sync().await;
        assert_eq!(titles(&tablet, patient).last().unwrap(), "Altered");
    }
    assert_eq!(titles(&tablet, patient)[0], "penicillin");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_form_than_one_seen_before_is_not_shown_as_the_newest() {
    let server = Server::start().await;
    let (phone, tablet, patient, entry) = two_devices(&server).await;
    let old: HistoryEntry = phone.client.get(entry).unwrap().unwrap();
    let rewrite = |substance: &str| {
        phone.client.write_history(patient, Some(entry), &allergy(substance)).unwrap();
    };
    rewrite("penicillin and amoxicillin");
    phone.sync().await;
    tablet.sync().await;
    assert_eq!(titles(&tablet, patient), ["penicillin and amoxicillin"]);
    tablet.gate.lie(rewrites("history_entry", move |entry: &mut HistoryEntry| *entry = old.clone()));
    rewrite("penicillin, amoxicillin, ampicillin");
    phone.sync().await;
    tablet.sync().await;
    assert_eq!(titles(&tablet, patient), ["Older"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shorter_device_list_than_one_seen_before_closes_the_account_on_this_device() {
    let server = Server::start().await;
    let (phone, tablet, patient, _) = two_devices(&server).await;
    tablet.gate.lie(rewrites("key_ring", |ring: &mut KeyRing| ring.entries.truncate(2)));
    let third = Device::beside(&server, "meera").await;
    third.client.recover(&phone.words()).unwrap();
    third.sync().await;
    tablet.sync().await;
    assert!(matches!(state(&tablet), KeysState::Refused(_)));
    assert!(matches!(entries(&tablet, patient), Err(VaultError::OwnKeys(_))));
    let written = tablet.client.write_history(patient, None, &allergy("latex"));
    assert!(matches!(written, Err(VaultError::OwnKeys(_))));
    phone.sync().await;
    assert_eq!(titles(&phone, patient), ["penicillin"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_whom_no_owner_let_in_is_none_and_one_who_was_cannot_be_hidden() {
    let server = Server::start().await;
    let (phone, tablet, patient, _) = two_devices(&server).await;
    let desk = shared::Desk::open(&server).await;
    let ghost = AccountId(tablet.client.new_id());
    tablet.gate.lie(rewrites("vault", move |vault: &mut Vault| {
        let owner = vault.members[0].clone();
        vault.members = vec![owner.clone(), VaultMember { account_id: ghost, owner: false, ..owner }];
    }));
    phone.client.share_history(patient, desk.doctor, None).await.unwrap();
    phone.sync().await;
    tablet.sync().await;
    assert_eq!(shared::readers(&tablet, patient), [(desk.account, Some(desk.doctor))]);
    tablet.writes("latex");
    tablet.sync().await;
    assert_eq!(titles(&tablet, patient), ["penicillin", "latex"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vault_that_was_put_in_the_place_of_another_is_not_written_into() {
    let server = Server::start().await;
    let (phone, tablet, patient, _) = two_devices(&server).await;
    let desk = shared::Desk::open(&server).await;
    phone.client.share_history(patient, desk.doctor, None).await.unwrap();
    phone.sync().await;
    tablet.sync().await;
    tablet.gate.lie(rewrites("vault", |vault: &mut Vault| vault.entries.truncate(1)));
    phone.client.withdraw_history(patient, desk.account).await.unwrap();
    phone.sync().await;
    tablet.sync().await;
    let written = tablet.client.write_history(patient, None, &allergy("latex"));
    assert!(matches!(written, Err(VaultError::Vault(_))), "the doctor would still read it");
}
