//! An owner who does not keep to the rules: entries and grants that are signed rightly and built wrongly, with
//! docs/security.md and the owner's own keys.

use ed25519_dalek::Signer;
use hpke::{Deserializable, Kem, OpModeS, Serializable, aead, kdf, kem::XWing};
use mediconnect_crypto::{Hash, id::*, public::*, secret::*};

use crate::{
    by_the_book::{Anna, anna, bound, derive, device_seeds, field, number, seal},
    kit::*,
};

/// Anna's vault with no one else in it, and all she can sign with.
struct Dishonest {
    anna: Anna,
    founded: VaultWrite,
    seeds: [[u8; 32]; 2],
}

/// The fields of an entry that these tests vary.
struct Entry {
    epoch: u64,
    check: Hash,
    back: Vec<u8>,
    removed: Vec<AccountId>,
    admitted: Vec<VaultMember>,
    grants: Vec<Hash>,
}

fn sign(seed: [u8; 32], label: &str, bytes: &[u8]) -> Vec<u8> {
    let key = ed25519_dalek::SigningKey::from_bytes(&seed);
    let signature = key.sign(&[&field(label.as_bytes())[..], bytes].concat());
    [bytes, &signature.to_bytes()].concat()
}

fn list(items: Vec<Vec<u8>>) -> Vec<u8> {
    [number(items.len() as u64), items.concat()].concat()
}

impl Dishonest {
    fn new() -> Self {
        let anna = anna();
        let account_key = AccountKey::generate(&mut rng(50));
        let sealed = anna.person.secrets.seal(&account_key, &mut rng(51));
        let identity = crate::by_the_book::account_seeds(account_key.expose(), &sealed)[0];
        let [device, _] = device_seeds(&anna.secret, anna.person.account());
        let invited = vec![anna.person.invited(Role::Owner, Access::Chain)];
        let founded = ChainKey::found(&anna.person.owner(), VAULT, invited, &mut rng(52)).unwrap();
        Self { anna, founded, seeds: [identity, device] }
    }

    /// What the founding entry says of the key of the first epoch.
    fn check(&self) -> Hash {
        self.founded.entry[3 + 20 + 20 + 12 + 36 + 20 + 20 + 12 + 12 + 4..][..32].try_into().unwrap()
    }

    /// An entry that does nothing.
    fn empty(&self) -> Entry {
        Entry {
            epoch: 1,
            check: self.check(),
            back: Vec::new(),
            removed: Vec::new(),
            admitted: Vec::new(),
            grants: Vec::new(),
        }
    }

    /// The entry after the founding one.
    fn sign(&self, entry: &Entry) -> Vec<u8> {
        self.sign_at(self.founded.log.head(), entry)
    }

    fn sign_at(&self, head: Head, entry: &Entry) -> Vec<u8> {
        let member = |member: &VaultMember| {
            [
                field(&member.account.0),
                field(&member.identity.to_bytes()),
                number(member.role as u64),
                number(member.access as u64),
                field(member.purpose.as_bytes()),
                member.expires_at_ms.map_or(field(b""), number),
            ]
            .concat()
        };
        let person = &self.anna.person;
        let body = [
            vec![7, 1, 1],
            field(&HERE.0),
            field(&VAULT.0),
            number(head.length),
            field(&head.hash),
            field(&person.account().0),
            field(&person.phone.public().id.0),
            number(1),
            number(entry.epoch),
            field(&entry.check),
            field(&entry.back),
            list(entry.removed.iter().map(|account| field(&account.0)).collect()),
            list(entry.admitted.iter().map(member).collect()),
            list(Vec::new()),
            list(entry.grants.iter().map(|hash| field(hash)).collect()),
        ]
        .concat();
        let label = "mediconnect/member-log-entry";
        sign(self.seeds[1], label, &sign(self.seeds[0], label, &body))
    }

    fn append(&self, entry: &Entry, grants: &[&[u8]]) -> Result<MemberLog, MemberLogError> {
        self.founded.log.append(&self.anna.person.list, &self.sign(entry), grants)
    }

    /// A grant of any 32 bytes, rightly sealed and signed.
    fn give(&self, terms: &[u8], to: &SealingKey, key: &[u8; 32]) -> Vec<u8> {
        let to = <XWing as Kem>::PublicKey::from_bytes(to.to_bytes()).unwrap();
        let (encapsulated, ciphertext) = hpke::single_shot_seal_with_rng::<
            aead::ChaCha20Poly1305,
            kdf::HkdfSha256,
            XWing,
        >(&OpModeS::Base, &to, terms, key, b"", &mut rng(54))
        .unwrap();
        let body = [terms, &field(&encapsulated.to_bytes()), &field(&ciphertext)].concat();
        sign(self.seeds[0], "mediconnect/grant", &body)
    }

    /// An honest entry that admits the doctor, and its grant.
    fn admits(&self, doctor: &Person) -> (Entry, Vec<u8>) {
        let change = Change { admit: vec![doctor.invited(Role::Reader, Access::Epoch)], ..Change::default() };
        let owner = self.anna.person.owner();
        let unit = self.founded.key.change(&self.founded.log, &owner, &change, &mut rng(53)).unwrap();
        let grant = unit.grants[0].clone();
        let entry = Entry {
            admitted: vec![unit.log.member(doctor.account()).unwrap().clone()],
            grants: vec![Grant::parse(&grant).unwrap().hash()],
            ..self.empty()
        };
        (entry, grant)
    }
}

#[test]
fn what_keeps_to_the_rules_is_taken() {
    let (dishonest, doctor) = (Dishonest::new(), Person::new(12));
    assert_eq!(dishonest.append(&dishonest.empty(), &[]).unwrap().epoch(), 1);
    let (entry, grant) = dishonest.admits(&doctor);
    assert_eq!(dishonest.append(&entry, &[&grant]).unwrap().members().count(), 2);
}

#[test]
fn epochs_and_their_keys_follow_one_another() {
    let dishonest = Dishonest::new();
    let refused = |entry: Entry| dishonest.append(&entry, &[]).unwrap_err();
    let empty = || dishonest.empty();
    let epoch = |expected, found| MemberLogError::Epoch { at: 1, expected, found };
    assert_eq!(refused(Entry { epoch: 2, ..empty() }), epoch(1, 2));
    assert_eq!(refused(Entry { back: vec![1; 104], ..empty() }), epoch(2, 1));
    assert_eq!(refused(Entry { epoch: 3, back: vec![1; 104], ..empty() }), epoch(2, 3));
    assert_eq!(refused(Entry { check: [9; 32], ..empty() }), MemberLogError::AnotherKey { at: 1 });
    let begins = Entry { epoch: 2, back: vec![1; 104], ..empty() };
    assert_eq!(refused(begins), MemberLogError::GrantsIncomplete { at: 1 });
}

#[test]
fn nobody_is_removed_without_a_new_epoch_nor_admitted_without_a_grant() {
    let (dishonest, doctor) = (Dishonest::new(), Person::new(12));
    let removed = vec![dishonest.anna.person.account()];
    let refused = dishonest.append(&Entry { removed, ..dishonest.empty() }, &[]).unwrap_err();
    assert_eq!(refused, MemberLogError::NeedsNewEpoch { at: 1 });
    let (entry, _) = dishonest.admits(&doctor);
    let refused = dishonest.append(&Entry { grants: Vec::new(), ..entry }, &[]).unwrap_err();
    assert_eq!(refused, MemberLogError::GrantsIncomplete { at: 1 });
}

#[test]
fn log_and_grant_agree_on_who_may_read_how_much_for_what_and_how_long() {
    let (dishonest, doctor) = (Dishonest::new(), Person::new(12));
    let refused = |change: &dyn Fn(&mut VaultMember)| {
        let (mut entry, grant) = dishonest.admits(&doctor);
        change(&mut entry.admitted[0]);
        dishonest.append(&entry, &[&grant]).unwrap_err()
    };
    let error = GrantError::AnotherRecipient;
    let differs = MemberLogError::Grant { at: 1, grant: 0, error };
    assert_eq!(refused(&|member| member.expires_at_ms = None), differs);
    assert_eq!(refused(&|member| member.purpose = "research".into()), differs);
    assert_eq!(refused(&|member| member.access = Access::Chain), differs);
    assert_eq!(refused(&|member| member.identity = Person::new(13).secrets.identity()), differs);
    assert_eq!(refused(&|member| member.account = AccountId([13; 16])), differs);
    let (entry, grant) = dishonest.admits(&doctor);
    let nobody = dishonest.append(&Entry { admitted: Vec::new(), ..entry }, &[&grant]).unwrap_err();
    assert_eq!(nobody, differs);
}

#[test]
fn a_grant_with_another_key_than_the_announced_one_is_noticed_by_its_recipient() {
    let (dishonest, doctor) = (Dishonest::new(), Person::new(12));
    let (entry, grant) = dishonest.admits(&doctor);
    let terms = &grant[..grant.len() - 64 - (4 + 48) - (4 + 1120)];
    let forged = dishonest.give(terms, doctor.list.sealing().1, &[66; 32]);
    let grants = vec![Grant::parse(&forged).unwrap().hash()];
    let log = dishonest.append(&Entry { grants, ..entry }, &[&forged]).unwrap();
    let refused = doctor.secrets.open_grant(&log, &forged, NOW).unwrap_err();
    assert_eq!(refused, GrantError::NotThatKey);
}

#[test]
fn a_way_back_that_leads_to_another_key_is_noticed() {
    let dishonest = Dishonest::new();
    let person = &dishonest.anna.person;
    let (chain_key, (generation, sealing)) = ([77; 32], person.list.sealing());
    let fields = [field(&HERE.0), field(&VAULT.0), number(2)];
    let at = bound("mediconnect/member-log-entry", 7, &fields);
    let epoch_key: [u8; 32] = derive(&chain_key, b"mediconnect/chain-key/epoch");
    let terms = [
        vec![8, 1, 1],
        field(&HERE.0),
        field(&VAULT.0),
        number(1),
        number(2),
        field(&person.account().0),
        field(&person.account().0),
        field(&person.secrets.identity().to_bytes()),
        number(generation),
        field(&sealing.hash()),
        number(2),
        field(b"treatment"),
        field(b""),
    ]
    .concat();
    let grant = dishonest.give(&terms, sealing, &chain_key);
    let entry = Entry {
        epoch: 2,
        check: derive(&epoch_key, &[&at[..], b"check"].concat()),
        back: seal(&chain_key, "mediconnect/member-log-entry", 7, &at, &[66; 32]),
        grants: vec![Grant::parse(&grant).unwrap().hash()],
        ..dishonest.empty()
    };
    let log = dishonest.append(&entry, &[&grant]).unwrap();
    let opened = crate::kit::chain_key(person.secrets.open_grant(&log, &grant, NOW).unwrap());
    assert_eq!(opened.older(&log).unwrap_err(), GrantError::NotThatKey);
}

#[test]
fn a_log_is_founded_by_its_founder_with_nothing_before() {
    let dishonest = Dishonest::new();
    let person = &dishonest.anna.person;
    let pin = VaultPin {
        installation: HERE,
        vault: VAULT,
        founder: person.account(),
        founder_identity: person.secrets.identity(),
        head: None,
    };
    let member = || vec![dishonest.founded.log.member(person.account()).unwrap().clone()];
    let founds = |entry: &Entry| {
        let bytes = dishonest.sign_at(Head::EMPTY, entry);
        MemberLog::verify(&pin, &[&person.list], &[bytes]).map(|log| log.epoch())
    };
    let honest = || Entry { admitted: member(), ..dishonest.empty() };
    assert_eq!(founds(&honest()), Ok(1));
    let founding = Err(MemberLogError::Founding);
    assert_eq!(founds(&dishonest.empty()), founding);
    assert_eq!(founds(&Entry { back: vec![1; 104], ..honest() }), founding);
    assert_eq!(founds(&Entry { removed: vec![person.account()], ..honest() }), founding);
    let reader = vec![VaultMember { role: Role::Reader, ..member().remove(0) }];
    assert_eq!(founds(&Entry { admitted: reader, ..honest() }), founding);
    let other = Err(MemberLogError::Epoch { at: 0, expected: 1, found: 2 });
    assert_eq!(founds(&Entry { epoch: 2, ..honest() }), other);
}
