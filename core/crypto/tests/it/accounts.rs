use mediconnect_crypto::{id::*, public::*, secret::*};

use crate::kit::*;

fn recovery_member(account: AccountId, key: &RecoveryKey) -> MemberKeys {
    MemberKeys::derive(HERE, account, MemberId([0xee; 16]), MemberKind::RecoveryKey, &key.secret())
}

#[test]
fn every_member_of_the_list_opens_the_account_and_nobody_else() {
    let (mut anna, rng) = (Person::new(11), &mut rng(1));
    let key = AccountKey::generate(rng);
    let sealed = anna.secrets.seal(&key, rng);
    let recovery = recovery_member(anna.account(), &RecoveryKey::generate(rng));
    let prf = MemberSecret::generate(rng);
    let passkey = MemberKeys::derive(HERE, anna.account(), MemberId([0xdd; 16]), MemberKind::Passkey, &prf);
    for member in [&recovery, &passkey] {
        anna.take(anna.secrets.admit(&anna.list, &anna.phone, member.public().clone()));
    }
    for member in [&anna.phone, &recovery, &passkey] {
        let wrapped = key.wrap(&anna.list, member.public().id, rng).unwrap();
        let unwrapped = AccountKey::unwrap(&anna.list, member, &wrapped).unwrap();
        let opened = AccountSecrets::open(&anna.list, &unwrapped, &sealed).unwrap();
        assert_eq!(opened.identity(), anna.secrets.identity());
        let stranger = device(anna.account(), 11, rng);
        assert_eq!(AccountKey::unwrap(&anna.list, &stranger, &wrapped).unwrap_err(), {
            if member.public().id == stranger.public().id {
                AccountError::NotAMember
            } else {
                AccountError::AnotherAccount
            }
        });
    }
}

#[test]
fn with_the_recovery_key_alone_a_new_phone_joins_and_removes_the_lost_one() {
    let (mut anna, rng) = (Person::new(11), &mut rng(2));
    let paper = RecoveryKey::generate(rng);
    let recovery = recovery_member(anna.account(), &paper);
    anna.take(anna.secrets.admit(&anna.list, &anna.phone, recovery.public().clone()));
    let key = AccountKey::generate(rng);
    let (sealed, wrapped) =
        (anna.secrets.seal(&key, rng), key.wrap(&anna.list, recovery.public().id, rng).unwrap());

    let typed = RecoveryKey::from_words(&paper.to_words().to_uppercase()).unwrap();
    let recovery = recovery_member(anna.account(), &typed);
    let key = AccountKey::unwrap(&anna.list, &recovery, &wrapped).unwrap();
    let secrets = AccountSecrets::open(&anna.list, &key, &sealed).unwrap();
    let phone = device(anna.account(), 77, rng);
    anna.take(secrets.admit(&anna.list, &recovery, phone.public().clone()));
    let (rotated, entry) = secrets.remove(&anna.list, &phone, anna.phone.public().id, rng);
    anna.take(entry);
    assert_eq!(anna.list.members().count(), 2);
    assert_eq!((rotated.generation(), anna.list.sealing().0), (2, 2));
    assert_eq!(rotated.identity(), *anna.list.identity());
}

#[test]
fn a_removed_phone_cannot_write_to_the_list_though_it_knows_the_identity_key() {
    let (mut anna, rng) = (Person::new(11), &mut rng(3));
    let tablet = device(anna.account(), 50, rng);
    anna.take(anna.secrets.admit(&anna.list, &anna.phone, tablet.public().clone()));
    let (_, entry) = anna.secrets.remove(&anna.list, &tablet, anna.phone.public().id, rng);
    anna.take(entry);
    let accomplice = device(anna.account(), 66, rng);
    let forged = anna.secrets.admit(&anna.list, &anna.phone, accomplice.public().clone());
    assert_eq!(anna.list.append(&forged).unwrap_err(), DeviceListError::NotAMember { at: 3 });
}

#[test]
fn keys_from_before_a_removal_are_refused_after_it() {
    let (mut anna, rng) = (Person::new(11), &mut rng(4));
    let tablet = device(anna.account(), 50, rng);
    anna.take(anna.secrets.admit(&anna.list, &anna.phone, tablet.public().clone()));
    let key = AccountKey::generate(rng);
    let (sealed, wrapped) =
        (anna.secrets.seal(&key, rng), key.wrap(&anna.list, anna.phone.public().id, rng).unwrap());
    let (rotated, entry) = anna.secrets.remove(&anna.list, &anna.phone, tablet.public().id, rng);
    anna.take(entry);
    let stale = AccountError::Generation { expected: 2, found: 1 };
    assert_eq!(AccountKey::unwrap(&anna.list, &anna.phone, &wrapped).unwrap_err(), stale);
    assert_eq!(AccountSecrets::open(&anna.list, &key, &sealed).unwrap_err(), stale);
    assert_eq!(key.wrap(&anna.list, tablet.public().id, rng).unwrap_err(), AccountError::NotAMember);
    let fresh = AccountKey::generate(rng);
    let sealed = rotated.seal(&fresh, rng);
    assert_eq!(AccountSecrets::open(&anna.list, &fresh, &sealed).unwrap().generation(), 2);
    assert_eq!(AccountSecrets::open(&anna.list, &key, &sealed).unwrap_err(), AccountError::NotOpened);
}

#[test]
fn a_server_cannot_hand_out_an_account_of_its_own_making() {
    let (anna, rng) = (Person::new(11), &mut rng(5));
    let fake = AccountSecrets::generate(HERE, anna.account(), rng);
    let key = AccountKey::generate(rng);
    let wrapped = key.wrap(&anna.list, anna.phone.public().id, rng).unwrap();
    let unwrapped = AccountKey::unwrap(&anna.list, &anna.phone, &wrapped).unwrap();
    let sealed = fake.seal(&key, rng);
    assert_eq!(
        AccountSecrets::open(&anna.list, &unwrapped, &sealed).unwrap_err(),
        AccountError::NotThoseKeys
    );

    let forged = vec![fake.found(&anna.phone)];
    let identity = Some(anna.secrets.identity());
    let known = Pinned { identity, ..pinned(anna.account()) };
    assert_eq!(DeviceList::verify(&known, &forged).unwrap_err(), DeviceListError::AnotherIdentity);
}

#[test]
fn a_list_that_forks_skips_or_goes_back_is_refused() {
    let (mut anna, rng) = (Person::new(11), &mut rng(6));
    let (one, two) = (device(anna.account(), 51, rng), device(anna.account(), 52, rng));
    let fork = anna.secrets.admit(&anna.list, &anna.phone, two.public().clone());
    anna.take(anna.secrets.admit(&anna.list, &anna.phone, one.public().clone()));
    anna.take(anna.secrets.admit(&anna.list, &one, two.public().clone()));
    let verify = |head, entries: &[&Vec<u8>]| {
        let pinned = Pinned { head, ..pinned(anna.account()) };
        DeviceList::verify(&pinned, entries).map(|list| list.head())
    };
    let [first, second, third] = [0, 1, 2].map(|n| &anna.entries[n]);
    let newest = verify(None, &[first, second, third]).unwrap();
    let head = Some(newest);
    assert_eq!(verify(head, &[first, second, third]), Ok(newest));

    let chain = |error| Err(DeviceListError::Chain(error));
    assert_eq!(verify(None, &[first, third]), chain(ChainError::Gap { expected: 1, found: 2 }));
    assert_eq!(verify(None, &[first, &fork, third]), chain(ChainError::Fork { at: 2 }));
    assert_eq!(verify(head, &[first, second]), chain(ChainError::Rollback { remembered: 3, shown: 2 }));
    let seen = Some(verify(None, &[first, second]).unwrap());
    assert_eq!(verify(seen, &[first, &fork]), chain(ChainError::Fork { at: 1 }));
    assert_eq!(verify(None, &[]), Err(DeviceListError::Empty));
    assert!(matches!(verify(None, &[first, first]), Err(DeviceListError::Chain(ChainError::Gap { .. }))));
}

#[test]
fn ids_and_keys_are_never_used_twice() {
    let (mut anna, rng) = (Person::new(11), &mut rng(7));
    let tablet = device(anna.account(), 50, rng);
    let again = anna.secrets.admit(&anna.list, &anna.phone, anna.phone.public().clone());
    assert_eq!(anna.list.append(&again).unwrap_err(), DeviceListError::Reused { at: 1 });
    anna.take(anna.secrets.admit(&anna.list, &anna.phone, tablet.public().clone()));
    let (_, entry) = anna.secrets.remove(&anna.list, &anna.phone, tablet.public().id, rng);
    anna.take(entry);
    for member in [
        tablet.public().clone(),
        Member { id: MemberId([9; 16]), ..tablet.public().clone() },
        Member { id: tablet.public().id, ..device(anna.account(), 8, rng).public().clone() },
        Member {
            id: MemberId([8; 16]),
            verifying: *anna.list.identity(),
            ..device(anna.account(), 8, rng).public().clone()
        },
        Member {
            id: MemberId([7; 16]),
            sealing: anna.list.generations()[0].clone(),
            ..device(anna.account(), 7, rng).public().clone()
        },
    ] {
        let entry = anna.secrets.admit(&anna.list, &anna.phone, member);
        assert_eq!(anna.list.append(&entry).unwrap_err(), DeviceListError::Reused { at: 3 });
    }
}

#[test]
fn nobody_removes_themselves_or_a_stranger() {
    let (anna, rng) = (Person::new(11), &mut rng(8));
    let remove = |id, rng: &mut Rng| anna.secrets.remove(&anna.list, &anna.phone, id, rng).1;
    let own = remove(anna.phone.public().id, rng);
    assert_eq!(anna.list.append(&own).unwrap_err(), DeviceListError::RemovesItself { at: 1 });
    let strange = remove(MemberId([9; 16]), rng);
    assert_eq!(anna.list.append(&strange).unwrap_err(), DeviceListError::NotThere { at: 1 });
}

#[test]
fn a_list_of_another_account_or_installation_is_refused() {
    let anna = Person::new(11);
    for pinned in [
        pinned(AccountId([12; 16])),
        Pinned { installation: InstallationId([9; 16]), ..pinned(anna.account()) },
    ] {
        assert_eq!(DeviceList::verify(&pinned, &anna.entries).unwrap_err(), DeviceListError::AnotherAccount);
    }
}

#[test]
fn recovery_keys_survive_paper_and_camera() {
    let key = RecoveryKey::generate(&mut rng(9));
    let words = key.to_words();
    assert_eq!(words.split(' ').count(), 24);
    let keys = |key: &RecoveryKey| recovery_member(AccountId([11; 16]), key).public().clone();
    let shouted = format!("  {}\n", words.to_uppercase().replace(' ', " \t"));
    assert_eq!(keys(&RecoveryKey::from_words(&shouted).unwrap()), keys(&key));
    let payload = key.to_payload();
    assert!(payload.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == ':'));
    assert_eq!(keys(&RecoveryKey::from_payload(&payload.to_lowercase()).unwrap()), keys(&key));
}

#[test]
fn a_slip_in_a_recovery_key_is_named_without_repeating_the_secret() {
    let key = RecoveryKey::generate(&mut rng(10));
    let words = key.to_words();
    let list: Vec<&str> = words.split(' ').collect();
    assert_eq!(
        RecoveryKey::from_words(&list[..23].join(" ")).unwrap_err(),
        RecoveryError::WordCount { found: 23 }
    );
    let mut wrong = list.clone();
    wrong[4] = "allergie";
    let error = RecoveryKey::from_words(&wrong.join(" ")).unwrap_err();
    assert_eq!(error, RecoveryError::UnknownWord { position: 5 });
    assert!(!error.to_string().contains("allergie"));
    let mut swapped = list;
    swapped.swap(0, 1);
    assert_eq!(RecoveryKey::from_words(&swapped.join(" ")).unwrap_err(), RecoveryError::Checksum);
    let payload = key.to_payload();
    let misread = format!("{}A", &payload[..payload.len() - 1]);
    assert!(RecoveryKey::from_payload(&misread).is_err());
    assert!(RecoveryKey::from_payload("MCCLINIC:AAAA").is_err());
}

#[test]
fn the_same_words_give_other_keys_for_another_account_or_kind() {
    let secret = RecoveryKey::generate(&mut rng(11)).secret();
    let keys = |account, kind| {
        MemberKeys::derive(HERE, AccountId([account; 16]), MemberId([1; 16]), kind, &secret)
            .public()
            .verifying
    };
    let one = keys(11, MemberKind::RecoveryKey);
    assert_ne!(one, keys(12, MemberKind::RecoveryKey));
    assert_ne!(one, keys(11, MemberKind::Passkey));
    assert_eq!(one, keys(11, MemberKind::RecoveryKey));
}
