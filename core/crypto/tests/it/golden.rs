//! The bytes of every format. When one of these tests fails, stored data of that format no longer opens: raise its version
//! and keep reading the old one, or undo the change.

use mediconnect_crypto::{id::*, public::*, secret::*};

use crate::kit::*;

/// Lines of 32 bytes.
fn dump(bytes: &[u8]) -> String {
    let lines = bytes.chunks(32).map(|line| data_encoding::HEXLOWER.encode(line));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_sealed_record() {
    let key = Shared::new().last().key.epoch_key();
    let sealed = key.seal(&place(), b"Penicillin: rash, 2019", &mut rng(1)).unwrap();
    insta::assert_snapshot!(dump(&sealed));
}

#[test]
fn a_file_and_its_key() {
    let rng = &mut rng(2);
    let place = FilePlace { installation: HERE, vault: VAULT, id: FileId([4; 16]) };
    let key = FileKey::generate(5, rng);
    let sealer = FileSealer::new(&place, &key, 12, rng).unwrap();
    let parts = [&key.to_bytes()[..], sealer.head(), &sealer.seal(0, b"x-ray").unwrap()].map(dump);
    insta::assert_snapshot!(parts.join("\n--\n"));
}

#[test]
fn a_copy_and_its_keys() {
    let rng = &mut rng(6);
    let key = BackupKey::generate(rng);
    let (head, sealer) = key.recipient().begin(HERE, 5, rng).unwrap();
    let texts = format!("{}\n--\n{}", *key.to_text(), key.recipient().to_text());
    let parts = [texts, dump(&head), dump(&sealer.seal(0, b"store").unwrap()[..32])];
    insta::assert_snapshot!(parts.join("\n--\n"));
}

#[test]
fn a_device_list() {
    let (mut anna, rng) = (Person::new(11), &mut rng(3));
    let tablet = device(anna.account(), 50, rng);
    anna.take(anna.secrets.admit(&anna.list, &anna.phone, tablet.public().clone()));
    let (_, entry) = anna.secrets.remove(&anna.list, &anna.phone, tablet.public().id, rng);
    anna.take(entry);
    let entries: Vec<_> = anna.entries.iter().map(|entry| dump(entry)).collect();
    insta::assert_snapshot!(entries.join("\n--\n"));
}

#[test]
fn an_account_and_a_wrap_of_its_key() {
    let (anna, rng) = (Person::new(11), &mut rng(4));
    let key = AccountKey::generate(rng);
    let wrap = key.wrap(&anna.list, anna.phone.public().id, rng).unwrap();
    insta::assert_snapshot!([anna.secrets.seal(&key, rng), wrap].map(|part| dump(&part)).join("\n--\n"));
}

#[test]
fn a_member_log_with_its_grants() {
    let mut shared = Shared::new();
    let key = shared.last().key.epoch_key();
    let sealed = key.seal(&place(), b"text", &mut rng(1)).unwrap();
    let content = key.content_key(&place(), &sealed).unwrap();
    let to = Person::new(14).recipient();
    let share = Share { to, key: &content, purpose: "opinion".into(), expires_at_ms: None };
    shared.change(Change { share: vec![share], ..Change::default() });
    let withdraw = vec![Grant::parse(&shared.last().grants[0]).unwrap().hash()];
    let (remove, remaining) = (vec![shared.doctor.account()], vec![shared.patient.recipient()]);
    shared.change(Change { remove, remaining, withdraw, ..Change::default() });
    let parts = shared.units.iter().flat_map(|unit| [&unit.entry].into_iter().chain(&unit.grants));
    insta::assert_snapshot!(parts.map(|part| dump(part)).collect::<Vec<_>>().join("\n--\n"));
}

#[test]
fn a_certificate_and_a_clinic_pin() {
    let clinic = ClinicKey::generate(HERE, ClinicId([5; 16]), &mut rng(5));
    let doctor = Person::new(12);
    let bytes =
        clinic.certify(doctor.account(), doctor.secrets.identity(), CertifiedAs::Doctor, NOW..NOW + 10);
    insta::assert_snapshot!(format!("{}\n--\n{}", dump(&bytes), clinic.pin().to_text()));
}

#[test]
fn leaves_and_heads_of_the_key_log() {
    let anna = Person::new(11);
    let account = Subject::Account { account: anna.account(), identity: anna.secrets.identity() };
    let leaf = |subject| LogLeaf { installation: HERE, subject, head: anna.list.head() };
    let leaves = [account, Subject::Vault(VAULT)].map(|subject| leaf(subject).to_bytes());
    let mut log = KeyLog::default();
    leaves.iter().for_each(|leaf| {
        log.push(leaf.clone());
    });
    let key = LogKey::new(&secrecy::SecretBox::new(Box::new([1; 32])));
    let [one, two] = leaves.map(|leaf| dump(&leaf));
    insta::assert_snapshot!([one, two, dump(&key.sign(&log.head(HERE, NOW)))].join("\n--\n"));
}

#[test]
fn a_recovery_key_on_paper() {
    let key = RecoveryKey::generate(&mut rng(6));
    let member = MemberKeys::derive(
        HERE,
        AccountId([11; 16]),
        MemberId([1; 16]),
        MemberKind::RecoveryKey,
        &key.secret(),
    );
    let keys = dump(&member.public().verifying.to_bytes());
    insta::assert_snapshot!(format!("{}\n{}\n{keys}", *key.to_words(), *key.to_payload()));
}

#[test]
fn a_statement() {
    let doctor = Person::new(12);
    let about = StatementAbout {
        kind: "prescription",
        id: RecordId([7; 16]),
        revision: 1,
        list_length: 1,
        signed_at_ms: NOW,
    };
    insta::assert_snapshot!(dump(&doctor.phone.sign(&about, b"Amoxicillin 500 mg")));
}

#[test]
fn a_safety_number() {
    let side = |n| {
        let person = Person::new(n);
        Side { account: person.account(), identity: person.secrets.identity() }
    };
    insta::assert_snapshot!(safety_number(HERE, &side(11), &side(12)));
}
