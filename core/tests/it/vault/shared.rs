//! A history that a doctor is let into, and put out of again.

use jiff::{SignedDuration, Timestamp};
use mediconnect_core::{FetchError, NewDoctor, Session, VaultError, views::patient::entry::refused_entries};
use mediconnect_domain::{
    AccountId, DoctorId, HistoryId, Kind, Refusal, Zone,
    accounts::Role,
    fetch::keys::{KeysOfDoctor, KeysOfVault, PublicKeys},
    history::{HistoryEntry, remove::RemoveHistory},
    settings::Language,
    vaults::Vault,
};

use super::*;
use crate::accounts::Lies;

/// A doctor's tablet, with keys made.
pub struct Desk {
    pub device: Device,
    pub account: AccountId,
    pub doctor: DoctorId,
}

impl Desk {
    pub async fn open(server: &Server) -> Self {
        let device = server.device();
        let doctor = NewDoctor {
            name: "Dr. Ito".into(),
            email: "ito@example.org".into(),
            password: PASSWORD.into(),
            language: Language::En,
            zone: Zone::utc(),
        };
        let Session { account_id, role, .. } = device.client.sign_up_doctor(doctor).await.unwrap();
        let Role::Doctor { doctor_id } = role else { panic!("a doctor") };
        server.clinic.with_doctor(account_id, doctor_id).await;
        device.sync().await;
        assert_eq!(state(&device), KeysState::Ready);
        Self { device, account: account_id, doctor: doctor_id }
    }
}

/// Meera with one entry, which Dr. Ito may read.
async fn shared(server: &Server) -> (Device, PatientId, Desk) {
    let (phone, desk) = (server.device(), Desk::open(server).await);
    phone.sign_up("meera").await;
    let patient = patient_of(&phone);
    phone.writes("penicillin");
    let until = Timestamp::now() + SignedDuration::from_hours(24 * 30);
    let account = phone.client.share_history(patient, desk.doctor, Some(until)).await.unwrap();
    assert_eq!(account, desk.account);
    phone.sync().await;
    desk.device.sync().await;
    (phone, patient, desk)
}

pub fn readers(device: &Device, patient: PatientId) -> Vec<(AccountId, Option<DoctorId>)> {
    let now = device.client.now();
    let readers =
        device.client.read_sealed(|records, vaults| vaults.readers(records, vault_of(patient), now)).unwrap();
    readers.into_iter().map(|reader| (reader.account, reader.doctor)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_doctor_reads_what_is_shared_and_what_is_written_after() {
    let server = Server::start().await;
    let (phone, patient, desk) = shared(&server).await;
    assert_eq!(titles(&desk.device, patient), ["penicillin"], "from before as well");
    phone.writes("latex");
    phone.sync().await;
    desk.device.sync().await;
    assert_eq!(titles(&desk.device, patient), ["penicillin", "latex"]);
    assert_eq!(readers(&phone, patient), [(desk.account, Some(desk.doctor))]);
    let device = desk.device.restarted();
    device.online(false);
    assert_eq!(titles(&device, patient), ["penicillin", "latex"], "in the room without network");
    // Another doctor's device knows nothing of it.
    let stranger = server.device();
    stranger.sign_up("jonas").await;
    assert!(matches!(entries(&stranger, patient), Err(VaultError::NoVault)));
    let asked = stranger.client.fetch(KeysOfVault { vault_id: vault_of(patient) }).await;
    assert!(matches!(asked, Err(FetchError::Problem(problem)) if problem.status == 404));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_put_out_is_refused_at_once_and_keeps_nothing() {
    let server = Server::start().await;
    let (phone, patient, desk) = shared(&server).await;
    let written: HistoryId = desk.device.client.write_history(patient, None, &allergy("iodine")).unwrap();
    desk.device.sync().await;
    phone.client.withdraw_history(patient, desk.account).await.unwrap();
    phone.writes("latex");
    phone.sync().await;
    assert_eq!(phone.client.pending().unwrap(), []);
    assert_eq!(readers(&phone, patient), []);
    // The doctor's device has not heard of it yet: the server refuses all the same.
    let late = desk.device.client.write_history(patient, None, &allergy("too late"));
    late.expect("it still has the old keys");
    assert!(desk.device.client.fetch(KeysOfVault { vault_id: vault_of(patient) }).await.is_err());
    desk.device.sync().await;
    let pending = desk.device.client.pending().unwrap();
    let refusal =
        mediconnect_core::PendingState::Refused { refusal: Refusal::NotFound { kind: Kind::Vault } };
    assert_eq!(pending.iter().map(|one| &one.state).collect::<Vec<_>>(), [&refusal]);
    assert!(matches!(entries(&desk.device, patient), Err(VaultError::NoVault)));
    assert_eq!(desk.device.client.all::<HistoryEntry>().unwrap(), []);
    assert_eq!(desk.device.client.all::<Vault>().unwrap(), []);
    assert_eq!(titles(&phone, patient), ["penicillin", "iodine", "latex"], "the patient reads all epochs");
    let vault_id = vault_of(patient);
    phone.client.submit(RemoveHistory { entry_id: written, vault_id }).unwrap();
    assert_eq!(titles(&phone, patient), ["penicillin", "latex"]);
    // Let in again, all of it can be read again.
    phone.client.share_history(patient, desk.doctor, None).await.unwrap();
    phone.sync().await;
    desk.device.sync().await;
    assert_eq!(titles(&desk.device, patient), ["penicillin", "latex"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_offline_while_an_epoch_began_is_sealed_anew() {
    let server = Server::start().await;
    let (phone, patient, desk) = shared(&server).await;
    let tablet = Device::beside(&server, "meera").await;
    tablet.client.recover(&phone.words()).unwrap();
    tablet.sync().await;
    tablet.online(false);
    let entry = tablet.writes("lat");
    tablet.client.write_history(patient, Some(entry), &allergy("latex")).unwrap();
    phone.client.withdraw_history(patient, desk.account).await.unwrap();
    phone.sync().await;
    tablet.online(true);
    tablet.sync().await;
    assert_eq!(tablet.client.pending().unwrap(), [], "not refused");
    phone.sync().await;
    assert_eq!(titles(&phone, patient), ["penicillin", "latex"]);
    let latex = phone
        .client
        .all::<HistoryEntry>()
        .unwrap()
        .into_iter()
        .map(|entry| mediconnect_crypto::public::SealedRecord::parse(&entry.content.0).unwrap().epoch);
    assert_eq!(latex.collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_on_both_sides_is_never_written_over_unasked() {
    let server = Server::start().await;
    let (phone, patient, desk) = shared(&server).await;
    let tablet = Device::beside(&server, "meera").await;
    tablet.client.recover(&phone.words()).unwrap();
    tablet.sync().await;
    let entry = phone.client.all::<HistoryEntry>().unwrap()[0].id;
    tablet.online(false);
    tablet.client.write_history(patient, Some(entry), &allergy("amoxicillin")).unwrap();
    phone.client.withdraw_history(patient, desk.account).await.unwrap();
    phone.client.write_history(patient, Some(entry), &allergy("ampicillin")).unwrap();
    phone.sync().await;
    tablet.online(true);
    tablet.sync().await;
    assert_eq!(titles(&tablet, patient), ["ampicillin"]);
    let pending = tablet.client.pending().unwrap();
    let now = tablet.client.now();
    let cards = tablet
        .client
        .read_sealed(|records, vaults| Ok(refused_entries(records, vaults, &pending, patient, now)));
    let card = cards.unwrap().remove(0);
    assert_eq!(card.form.expect("what was written is kept").title, "amoxicillin");
    tablet.client.rewrite_history(card.command_id, (patient, entry), &allergy("both")).unwrap();
    tablet.sync().await;
    assert_eq!(tablet.client.pending().unwrap(), []);
    phone.sync().await;
    assert_eq!(titles(&phone, patient), ["both"]);
}

/// Shows other keys for a doctor.
struct OtherKeys(PublicKeys);

impl Lies for OtherKeys {
    fn about_answer(&self, path: &str, answer: &mut serde_json::Value) {
        if path.starts_with("/v1/keys/") {
            answer["items"] = serde_json::to_value([&self.0]).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sealed_to_keys_that_have_changed_until_the_person_says_so() {
    let server = Server::start().await;
    let (phone, patient, desk) = shared(&server).await;
    let answer = phone.client.fetch(KeysOfDoctor { doctor_id: desk.doctor }).await.unwrap().answer;
    let known = answer.items[0].clone();
    let forged = PublicKeys { entries: dishonest::forged_list(&known), ..known };
    phone.gate.lie(OtherKeys(forged));
    for _ in 0..2 {
        let refused = phone.client.share_history(patient, desk.doctor, None).await.unwrap_err();
        assert!(
            matches!(refused, VaultError::KeyChanged { account } if account == desk.account),
            "{refused}"
        );
    }
    // What was sealed before stays readable; what is written goes on; and the doctor can be put out.
    assert_eq!(titles(&phone, patient), ["penicillin"]);
    phone.writes("latex");
    phone.client.acknowledge_keys(desk.account).unwrap();
    phone
        .client
        .share_history(patient, desk.doctor, None)
        .await
        .expect_err("the identity in the log is another");
    phone.client.withdraw_history(patient, desk.account).await.unwrap();
    phone
        .client
        .share_history(patient, desk.doctor, None)
        .await
        .expect("with the keys that were acknowledged");
}
