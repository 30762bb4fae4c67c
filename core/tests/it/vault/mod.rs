//! Sealed history on real devices: written offline, read on another device of the same account, shared with a doctor and taken
//! back; and what a server that is not honest achieves.

mod dishonest;
mod shared;

use crate::accounts::{Device, PASSWORD, Server};
use mediconnect_core::{
    KeysState, RecoverError, VaultError, WordsState,
    vault::{Entry, Opened},
    views::history::{HistoryLine, history},
};
use mediconnect_domain::{
    HistoryId, LinkId, PatientId, VaultId, Zone,
    blob::Blob,
    history::{
        HistoryEntry,
        content::{Content, EntryKind, Severity, What},
    },
    keys::KeyRing,
    profiles::{Link, Profile, Relation, dependants::AddDependant},
    settings::Language,
    vaults::{Vault, VaultOf},
};

fn allergy(substance: &str) -> Content {
    let what =
        What::Allergy { substance: substance.into(), reaction: "hives".into(), severity: Severity::Severe };
    Content { what, note: String::new() }
}

fn patient_of(device: &Device) -> PatientId {
    let links = device.client.all::<Link>().unwrap();
    links.iter().find(|link| link.relation == Relation::Oneself).unwrap().patient_id
}

fn vault_of(patient_id: PatientId) -> VaultId {
    VaultOf::History { patient_id }.vault()
}

fn entries(device: &Device, patient: PatientId) -> Result<Vec<Entry>, VaultError> {
    let now = device.client.now();
    device.client.read_sealed(|records, vaults| Ok(vaults.entries(records, vault_of(patient), now))).unwrap()
}

fn titles(device: &Device, patient: PatientId) -> Vec<String> {
    let title = |entry: Entry| match &*entry.opened {
        Opened::Content { content, .. } => content.title().to_owned(),
        Opened::Unreadable(why) => format!("{why:?}"),
    };
    entries(device, patient).unwrap().into_iter().map(title).collect()
}

fn state(device: &Device) -> KeysState {
    device.client.read_sealed(|records, vaults| vaults.state(records)).unwrap()
}

impl Device {
    async fn sync(&self) {
        self.client.sync_now().await.unwrap();
    }

    fn writes(&self, substance: &str) -> HistoryId {
        self.client.write_history(patient_of(self), None, &allergy(substance)).unwrap()
    }

    fn words(&self) -> String {
        self.client.recovery_words().unwrap().expect("they wait to be written down").to_string()
    }

    /// Another device of the same account, with nothing but the words.
    async fn beside(server: &Server, name: &str) -> Self {
        let device = server.device();
        device.client.sign_in(&format!("{name}@example.org"), PASSWORD).await.unwrap();
        device.sync().await;
        device
    }

    /// Everything as it lies in this device's files.
    fn holds(&self, text: &str) -> bool {
        let files = std::fs::read_dir(self.folder()).unwrap();
        files.map(|file| std::fs::read(file.unwrap().path()).unwrap()).any(|bytes| contains(&bytes, text))
    }
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_offline_is_read_by_a_second_device_that_knows_the_words() {
    let server = Server::start().await;
    let phone = server.device();
    phone.sign_up("meera").await;
    assert_eq!(state(&phone), KeysState::Ready);
    assert_eq!(phone.client.pending().unwrap(), [], "keys and vault were taken");
    let (patient, words) = (patient_of(&phone), phone.words());

    phone.online(false);
    phone.writes("penicillin");
    assert_eq!(titles(&phone, patient), ["penicillin"]);
    let phone = phone.restarted();
    assert_eq!(titles(&phone, patient), ["penicillin"], "from the keychain and the outbox");
    phone.online(true);
    phone.sync().await;
    assert_eq!(phone.client.pending().unwrap(), []);

    let tablet = Device::beside(&server, "meera").await;
    assert_eq!(state(&tablet), KeysState::Locked);
    assert!(matches!(entries(&tablet, patient), Err(VaultError::Locked)));
    let wrong = server.device();
    wrong.sign_up("jonas").await;
    let foreign = tablet.client.recover(&wrong.words()).unwrap_err();
    assert!(matches!(foreign, RecoverError::AnotherAccount), "{foreign}");
    assert!(matches!(tablet.client.recover("not words"), Err(RecoverError::Words(_))));
    tablet.online(false);
    tablet.client.recover(&words).unwrap();
    assert_eq!(titles(&tablet, patient), ["penicillin"], "at once, before the server knows");
    tablet.online(true);
    tablet.sync().await;
    assert_eq!(tablet.client.pending().unwrap(), []);
    tablet.writes("latex");
    tablet.sync().await;
    phone.sync().await;
    assert_eq!(titles(&phone, patient), ["penicillin", "latex"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guardian_keeps_the_history_of_a_child() {
    let server = Server::start().await;
    let phone = server.device();
    phone.sign_up("meera").await;
    let profile = Profile::named("Arun", Language::En, Zone::utc());
    let (patient_id, link_id) = (PatientId(phone.client.new_id()), LinkId(phone.client.new_id()));
    phone.client.submit(AddDependant { patient_id, link_id, profile }).unwrap();
    phone.sync().await;
    assert_eq!(phone.client.pending().unwrap(), []);
    phone.client.write_history(patient_id, None, &allergy("peanuts")).unwrap();
    phone.sync().await;
    let tablet = Device::beside(&server, "meera").await;
    tablet.client.recover(&phone.words()).unwrap();
    assert_eq!(titles(&tablet, patient_id), ["peanuts"]);
    assert_eq!(titles(&tablet, patient_of(&phone)), Vec::<String>::new(), "not in one's own");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_screen_shows_entries_by_kind_marks_what_waits_and_finds_words() {
    let server = Server::start().await;
    let phone = server.device();
    phone.sign_up("meera").await;
    let patient = patient_of(&phone);
    let shown = || {
        let now = phone.client.now();
        phone.client.read_sealed(|records, vaults| history(records, vaults, patient, now)).unwrap()
    };
    let asthma = What::Condition { name: "Asthma".into(), since: None, resolved: true };
    let asthma = Content { what: asthma, note: "as a child, Überempfindlich".into() };
    phone.client.write_history(patient, None, &asthma).unwrap();
    phone.writes("penicillin");
    phone.sync().await;
    phone.writes("latex");
    let titles = |search: &str| -> Vec<(EntryKind, Vec<String>)> {
        let title = |line: &HistoryLine| line.content().unwrap().title().to_owned();
        let groups = shown().groups(search).into_iter();
        groups.map(|(kind, lines)| (kind, lines.iter().map(title).collect())).collect()
    };
    let allergies = (EntryKind::Allergy, vec!["latex".to_owned(), "penicillin".to_owned()]);
    let conditions = (EntryKind::Condition, vec!["Asthma".to_owned()]);
    assert_eq!(titles(""), [allergies.clone(), conditions.clone()]);
    assert_eq!(titles("HIVES"), [allergies]);
    assert_eq!(titles("über child"), [conditions]);
    assert_eq!(titles("über hives"), []);
    assert_eq!(shown().lines.iter().map(|line| line.pending).collect::<Vec<_>>(), [true, false, false]);
    assert_eq!(shown(), shown(), "what did not change is not opened again");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_words_are_gone_from_the_device_once_they_are_written_down_and_still_good() {
    let server = Server::start().await;
    let phone = server.device();
    phone.sign_up("meera").await;
    assert_eq!(phone.client.words_state().unwrap(), WordsState::Unsaved);
    let words = phone.words();
    phone.client.words_are_saved().unwrap();
    assert_eq!(phone.client.words_state().unwrap(), WordsState::NotHere);
    assert!(phone.client.recovery_words().unwrap().is_none());
    phone.writes("penicillin");
    phone.sync().await;
    let patient = patient_of(&phone);
    phone.client.sign_out().await.unwrap();
    let phone = Device::beside(&server, "meera").await;
    assert_eq!(state(&phone), KeysState::Locked, "signing out took the keys along");
    phone.client.recover(&words).unwrap();
    assert_eq!(titles(&phone, patient), ["penicillin"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_the_server_nor_a_file_of_the_device_holds_a_word_of_it() {
    let server = Server::start().await;
    let phone = server.device();
    let session = phone.sign_up("meera").await;
    phone.writes("canary-in-the-mine");
    phone.sync().await;
    phone.writes("canary-in-the-outbox");
    let words = phone.words();
    assert!(!phone.holds("canary") && !phone.holds(&words));
    let patient = patient_of(&phone);
    let stored = server.stored();
    assert!(stored.iter().any(|bytes| contains(bytes, &session.email)), "this does look into the store");
    let ids = vault_of(patient).to_string();
    assert!(stored.iter().any(|bytes| contains(bytes, &ids)));
    let sealed: Vec<Blob> =
        phone.client.all::<HistoryEntry>().unwrap().into_iter().map(|entry| entry.content).collect();
    for secret in ["canary", &words, "penicillin", "hives"] {
        assert!(!stored.iter().any(|bytes| contains(bytes, secret)), "{secret}");
        assert!(!sealed.iter().any(|blob| contains(&blob.0, secret)), "{secret}");
    }
    // Padding: how long the text is cannot be told within a bucket.
    assert_eq!(sealed[0].0.len(), sealed[1].0.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_made_once_whatever_cuts_in() {
    let server = Server::start().await;
    let phone = server.device();
    phone.client.sign_up_patient(crate::accounts::patient("meera")).await.unwrap();
    phone.gate.mute(true);
    // The first pull comes, then the keys are made, and the push is cut: again and again.
    let mut phone = phone;
    for _ in 0..3 {
        assert!(phone.client.sync_now().await.is_err());
        phone = phone.restarted();
    }
    assert_eq!(phone.client.pending().unwrap().len(), 2, "one set of keys, one vault");
    let made: KeyRing = phone.client.all::<KeyRing>().unwrap().remove(0);
    phone.writes("penicillin");
    phone.gate.mute(false);
    phone.sync().await;
    assert_eq!(phone.client.pending().unwrap(), []);
    assert_eq!(phone.client.all::<KeyRing>().unwrap(), [made]);
    assert_eq!(phone.client.all::<Vault>().unwrap().len(), 1);
    assert_eq!(titles(&phone, patient_of(&phone)), ["penicillin"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_devices_that_make_keys_at_once_one_wins_and_nothing_written_is_lost() {
    let server = Server::start().await;
    let (phone, tablet) = (server.device(), server.device());
    phone.client.sign_up_patient(crate::accounts::patient("meera")).await.unwrap();
    tablet.client.sign_in("meera@example.org", PASSWORD).await.unwrap();
    for device in [&phone, &tablet] {
        device.gate.mute(true);
        assert!(device.client.sync_now().await.is_err());
    }
    let patient = patient_of(&phone);
    phone.writes("penicillin");
    tablet.writes("latex");
    assert_eq!(titles(&tablet, patient), ["latex"]);
    phone.gate.mute(false);
    phone.sync().await;
    tablet.gate.mute(false);
    tablet.sync().await;
    assert_eq!(state(&tablet), KeysState::Locked, "its own keys were not taken");
    assert_eq!(tablet.client.words_state().unwrap(), WordsState::NotHere, "its words would open nothing");
    assert_eq!(phone.client.words_state().unwrap(), WordsState::Unsaved);
    assert!(!tablet.client.pending().unwrap().is_empty(), "what was written waits");
    tablet.client.recover(&phone.words()).unwrap();
    tablet.sync().await;
    assert_eq!(tablet.client.pending().unwrap(), []);
    phone.sync().await;
    for device in [&phone, &tablet] {
        assert_eq!(titles(device, patient), ["penicillin", "latex"]);
    }
}
