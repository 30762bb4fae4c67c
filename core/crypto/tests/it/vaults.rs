use mediconnect_crypto::{id::*, public::*, secret::*};

use crate::kit::*;

/// Opens the doctor's grant as the doctor.
fn doctor_opens(shared: &Shared, log: &MemberLog, grant: &[u8]) -> Result<Opened, GrantError> {
    shared.doctor.secrets.open_grant(log, grant, NOW)
}

#[test]
fn a_doctor_admitted_for_one_epoch_reads_that_epoch_and_nothing_older() {
    let mut shared = Shared::new();
    let before = shared.units[0].key.epoch_key().seal(&place(), b"older", &mut rng(1)).unwrap();
    let remaining = vec![shared.patient.recipient(), shared.doctor.recipient()];
    shared.change(Change { new_epoch: true, remaining, ..Change::default() });
    let unit = shared.last();
    assert_eq!(unit.log.epoch(), 2);
    let grant =
        unit.grants.iter().find(|g| Grant::parse(g).unwrap().terms.to == shared.doctor.account()).unwrap();
    let key = epoch_key(doctor_opens(&shared, &unit.log, grant).unwrap());
    assert_eq!(key.epoch(), 2);
    let error = key.open(&place(), &before).unwrap_err();
    assert_eq!(error, RecordError::AnotherEpoch { expected: 2, found: 1 });
    let now = unit.key.epoch_key().seal(&place(), b"newer", &mut rng(2)).unwrap();
    assert_eq!(key.open(&place(), &now).unwrap().as_slice(), b"newer");
}

#[test]
fn the_chain_key_reads_everything_older() {
    let mut shared = Shared::new();
    let first = shared.last().key.epoch_key().seal(&place(), b"first", &mut rng(1)).unwrap();
    for _ in 0..3 {
        let remaining = vec![shared.patient.recipient(), shared.doctor.recipient()];
        shared.change(Change { new_epoch: true, remaining, ..Change::default() });
    }
    let unit = shared.last();
    let mine =
        unit.grants.iter().find(|g| Grant::parse(g).unwrap().terms.to == shared.patient.account()).unwrap();
    let key = chain_key(shared.patient.secrets.open_grant(&unit.log, mine, NOW).unwrap());
    assert_eq!(key.epoch(), 4);
    assert_eq!(key.epoch_key_of(&unit.log, 1).unwrap().open(&place(), &first).unwrap().as_slice(), b"first");
    assert!(key.epoch_key_of(&unit.log, 5).is_err());
    assert!(key.epoch_key_of(&unit.log, 0).is_err());
    let first_key = shared.units[0].key.clone();
    assert!(first_key.older(&unit.log).unwrap().is_none());
}

#[test]
fn a_revoke_is_one_unit_after_which_new_content_stays_closed_to_the_removed() {
    let mut shared = Shared::new();
    let old_grant = shared.doctors_grant().to_vec();
    let old_key = epoch_key(doctor_opens(&shared, &shared.last().log, &old_grant).unwrap());
    let (remove, remaining) = (vec![shared.doctor.account()], vec![shared.patient.recipient()]);
    let revoked = shared.change(Change { remove, remaining, ..Change::default() });
    assert_eq!((revoked.log.epoch(), revoked.log.members().count(), revoked.grants.len()), (2, 1, 1));
    let (entry, log) = (revoked.entry.clone(), revoked.log.clone());
    let new = revoked.key.epoch_key().seal(&place(), b"after", &mut rng(2)).unwrap();
    assert!(old_key.open(&place(), &new).is_err());
    assert_eq!(SealedRecord::parse(&new).unwrap().epoch, log.epoch());
    assert_eq!(doctor_opens(&shared, &log, &old_grant).unwrap_err(), GrantError::Withdrawn);
    let before = &shared.units[1].log;
    let incomplete = before.append::<Vec<u8>>(&shared.patient.list, &entry, &[]).unwrap_err();
    assert_eq!(incomplete, MemberLogError::GrantsDiffer { at: 2 });
}

#[test]
fn nobody_who_stays_is_forgotten_in_a_revoke() {
    let shared = Shared::new();
    let refused = shared.try_change(Change {
        new_epoch: true,
        remaining: vec![shared.patient.recipient()],
        ..Change::default()
    });
    assert_eq!(refused.unwrap_err(), VaultError::NoRecipient { account: shared.doctor.account() });
}

#[test]
fn a_grant_is_for_its_recipient_and_for_the_key_it_was_sealed_to() {
    let mut shared = Shared::new();
    let (grant, log) = (shared.doctors_grant().to_vec(), shared.last().log.clone());
    let other = shared.patient.secrets.open_grant(&log, &grant, NOW).unwrap_err();
    assert_eq!(other, GrantError::AnotherRecipient);
    // The doctor rotates; the older opening key still opens what was sealed to it.
    let tablet = device(shared.doctor.account(), 50, &mut rng(3));
    let doctor = &mut shared.doctor;
    doctor.take(doctor.secrets.admit(&doctor.list, &doctor.phone, tablet.public().clone()));
    let (rotated, entry) =
        doctor.secrets.remove(&doctor.list, &tablet, doctor.phone.public().id, &mut rng(4));
    doctor.take(entry);
    assert!(rotated.open_grant(&log, &grant, NOW).is_ok());
    assert_eq!(doctor.recipient().generation, 2);
}

#[test]
fn a_grant_counts_until_it_expires_and_the_term_can_be_prolonged() {
    let mut shared = Shared::new();
    let (grant, log) = (shared.doctors_grant().to_vec(), shared.last().log.clone());
    let at = |log: &MemberLog, now| shared.doctor.secrets.open_grant(log, &grant, now).map(|_| ());
    assert_eq!(at(&log, NOW + 999), Ok(()));
    assert_eq!(at(&log, NOW + 1000), Err(GrantError::Expired));
    let mut longer = shared.doctor.invited(Role::Reader, Access::Epoch);
    longer.expires_at_ms = Some(NOW + 5000);
    shared.change(Change { admit: vec![longer], ..Change::default() });
    let log = &shared.last().log;
    assert_eq!(shared.doctor.secrets.open_grant(log, &grant, NOW + 4999).map(|_| ()), Ok(()));
}

#[test]
fn a_grant_that_the_log_does_not_announce_is_refused() {
    let shared = Shared::new();
    let first_log = &shared.units[0].log;
    assert_eq!(
        doctor_opens(&shared, first_log, shared.doctors_grant()).unwrap_err(),
        GrantError::NotAnnounced
    );
    let other = Shared { units: Vec::new(), patient: Person::new(13), doctor: Person::new(12) };
    let elsewhere = ChainKey::found(
        &other.patient.owner(),
        VaultId([9; 16]),
        vec![
            other.patient.invited(Role::Owner, Access::Chain),
            other.doctor.invited(Role::Reader, Access::Chain),
        ],
        &mut rng(5),
    )
    .unwrap();
    let replayed = doctor_opens(&shared, &shared.last().log, &elsewhere.grants[1]).unwrap_err();
    assert_eq!(replayed, GrantError::AnotherVault);
}

#[test]
fn one_record_is_shared_without_the_vault_and_withdrawn_again() {
    let mut shared = Shared::new();
    let specialist = Person::new(14);
    let key = shared.last().key.epoch_key();
    let (text, second) = (place(), RecordPlace { revision: 2, ..place() });
    let sealed = key.seal(&text, b"one", &mut rng(1)).unwrap();
    let later = key.seal(&second, b"two", &mut rng(2)).unwrap();
    let content = key.content_key(&text, &sealed).unwrap();
    let share =
        Share { to: specialist.recipient(), key: &content, purpose: "opinion".into(), expires_at_ms: None };
    let unit = shared.change(Change { share: vec![share], ..Change::default() });
    let (grant, log) = (unit.grants[0].clone(), unit.log.clone());
    assert_eq!((log.epoch(), log.members().count()), (1, 2));
    let Opened::Record(opened) = specialist.secrets.open_grant(&log, &grant, NOW).unwrap() else { panic!() };
    assert_eq!(opened.open(&text, &sealed).unwrap().as_slice(), b"one");
    assert_eq!(opened.open(&second, &later).unwrap_err(), RecordError::AnotherField);

    let withdraw = vec![Grant::parse(&grant).unwrap().hash()];
    let unit = shared.change(Change { withdraw: withdraw.clone(), ..Change::default() });
    assert_eq!(specialist.secrets.open_grant(&unit.log, &grant, NOW).unwrap_err(), GrantError::Withdrawn);
    let twice = shared.try_change(Change { withdraw, ..Change::default() }).unwrap_err();
    assert_eq!(twice, VaultError::Refused(MemberLogError::NotThere { at: 4 }));
}

#[test]
fn a_record_of_an_older_epoch_can_be_shared_too() {
    let mut shared = Shared::new();
    let old = shared.last().key.epoch_key();
    let sealed = old.seal(&place(), b"old", &mut rng(1)).unwrap();
    let (remove, remaining) = (vec![shared.doctor.account()], vec![shared.patient.recipient()]);
    shared.change(Change { remove, remaining, ..Change::default() });
    let content = old.content_key(&place(), &sealed).unwrap();
    let share =
        Share { to: shared.doctor.recipient(), key: &content, purpose: "copy".into(), expires_at_ms: None };
    let unit = shared.change(Change { share: vec![share], ..Change::default() });
    let (log, grant) = (unit.log.clone(), unit.grants[0].clone());
    let Opened::Record(opened) = doctor_opens(&shared, &log, &grant).unwrap() else { panic!() };
    assert_eq!(opened.open(&place(), &sealed).unwrap().as_slice(), b"old");
}

#[test]
fn readers_and_strangers_write_no_entries() {
    let shared = Shared::new();
    let (last, ghost) = (shared.last(), Person::new(66));
    let admit = || vec![ghost.invited(Role::Reader, Access::Chain)];
    for writer in [&shared.doctor, &ghost] {
        let change = Change { admit: admit(), ..Change::default() };
        let refused = last.key.change(&last.log, &writer.owner(), &change, &mut rng(1)).unwrap_err();
        assert_eq!(refused, VaultError::Refused(MemberLogError::NotAnOwner { at: 2 }));
    }
}

#[test]
fn a_former_owner_writes_no_more_entries() {
    let mut shared = Shared::new();
    let guardian = Person::new(15);
    shared.change(Change { admit: vec![guardian.invited(Role::Owner, Access::Chain)], ..Change::default() });
    let unit = shared.last();
    let change =
        Change { admit: vec![Person::new(16).invited(Role::Reader, Access::Epoch)], ..Change::default() };
    assert!(unit.key.change(&unit.log, &guardian.owner(), &change, &mut rng(1)).is_ok());
    let remaining = vec![shared.patient.recipient(), shared.doctor.recipient()];
    shared.change(Change { remove: vec![guardian.account()], remaining, ..Change::default() });
    let unit = shared.last();
    let refused = unit.key.change(&unit.log, &guardian.owner(), &change, &mut rng(2)).unwrap_err();
    assert_eq!(refused, VaultError::Refused(MemberLogError::NotAnOwner { at: 4 }));
}

#[test]
fn rights_are_taken_with_a_new_epoch_only_and_an_owner_always_remains() {
    let mut shared = Shared::new();
    let at = |at| VaultError::Refused(MemberLogError::NeedsNewEpoch { at });
    let demoted = shared.patient.invited(Role::Reader, Access::Chain);
    assert_eq!(shared.try_change(Change { admit: vec![demoted], ..Change::default() }).unwrap_err(), at(2));
    let half_blind = Person::new(15).invited(Role::Owner, Access::Epoch);
    let refused = shared.try_change(Change { admit: vec![half_blind], ..Change::default() }).unwrap_err();
    assert_eq!(refused, VaultError::Refused(MemberLogError::NoOwner { at: 2 }));
    let (remove, remaining) = (vec![shared.patient.account()], vec![shared.doctor.recipient()]);
    let refused = shared.try_change(Change { remove, remaining, ..Change::default() }).unwrap_err();
    assert_eq!(refused, VaultError::Refused(MemberLogError::NoOwner { at: 2 }));
    // A doctor who lost everything comes back with a new identity: out and in, in one entry.
    let reborn = Person::new(12);
    let fresh = AccountSecrets::generate(HERE, reborn.account(), &mut rng(99));
    let list = DeviceList::verify(
        &pinned(reborn.account()),
        &[fresh.found(&device(reborn.account(), 98, &mut rng(98)))],
    );
    let invitation =
        Invitation { to: Recipient::of(&list.unwrap()), ..reborn.invited(Role::Reader, Access::Epoch) };
    let silently = Change { admit: vec![invitation.clone()], ..Change::default() };
    assert_eq!(shared.try_change(silently).unwrap_err(), at(2));
    let change = Change {
        admit: vec![invitation],
        remove: vec![reborn.account()],
        remaining: vec![shared.patient.recipient()],
        ..Change::default()
    };
    assert_eq!(shared.change(change).log.member(reborn.account()).unwrap().identity, fresh.identity());
}

#[test]
fn a_stale_key_writes_no_entry() {
    let mut shared = Shared::new();
    let old = shared.last().key.clone();
    let remaining = vec![shared.patient.recipient(), shared.doctor.recipient()];
    shared.change(Change { new_epoch: true, remaining, ..Change::default() });
    let refused = old.change(&shared.last().log, &shared.patient.owner(), &Change::default(), &mut rng(1));
    assert_eq!(refused.unwrap_err(), VaultError::NotThatKey);
}

#[test]
fn two_owners_at_once_give_a_fork_that_the_server_refuses() {
    let mut shared = Shared::new();
    let change =
        |n| Change { admit: vec![Person::new(n).invited(Role::Reader, Access::Epoch)], ..Change::default() };
    let lost = shared.try_change(change(17)).unwrap();
    shared.change(change(18));
    let refused = shared.last().log.append(&shared.patient.list, &lost.entry, &lost.grants).unwrap_err();
    assert_eq!(refused, MemberLogError::Chain(ChainError::Gap { expected: 3, found: 2 }));
}

#[test]
fn a_log_is_verified_from_its_founder_to_the_head_seen_last() {
    let mut shared = Shared::new();
    let (remove, remaining) = (vec![shared.doctor.account()], vec![shared.patient.recipient()]);
    shared.change(Change { remove, remaining, ..Change::default() });
    let (entries, head) = (shared.entries(), shared.last().log.head());
    let verify = |pin: VaultPin, entries: &[Vec<u8>]| {
        MemberLog::verify(&pin, &[&shared.patient.list], entries).map(|log| log.head())
    };
    let seen = VaultPin { head: Some(head), ..shared.pin() };
    assert_eq!(verify(seen, &entries), Ok(head));
    let rollback = ChainError::Rollback { remembered: 3, shown: 2 };
    assert_eq!(verify(seen, &entries[..2]), Err(MemberLogError::Chain(rollback)));
    let doctor = VaultPin { founder: shared.doctor.account(), ..shared.pin() };
    assert_eq!(verify(doctor, &entries), Err(MemberLogError::Founding));
    let key = VaultPin { founder_identity: shared.doctor.secrets.identity(), ..shared.pin() };
    assert_eq!(verify(key, &entries), Err(MemberLogError::Founding));
    let elsewhere = VaultPin { vault: VaultId([9; 16]), ..shared.pin() };
    assert_eq!(verify(elsewhere, &entries), Err(MemberLogError::AnotherVault));
    assert_eq!(verify(shared.pin(), &[]), Err(MemberLogError::Empty));
    // Someone else's valid first entry, shown as the beginning of this log.
    let forged = Shared { patient: Person::new(13), ..Shared::new() };
    let invited = vec![forged.patient.invited(Role::Owner, Access::Chain)];
    let fake = ChainKey::found(&forged.patient.owner(), VAULT, invited, &mut rng(1)).unwrap();
    assert_eq!(verify(shared.pin(), &[fake.entry]), Err(MemberLogError::Founding));
}

#[test]
fn a_unit_with_swapped_doubled_or_foreign_grants_is_refused() {
    let shared = Shared::new();
    let invite = |n| Person::new(n).invited(Role::Reader, Access::Epoch);
    let unit =
        shared.try_change(Change { admit: vec![invite(17), invite(18)], ..Change::default() }).unwrap();
    let (log, owner) = (&shared.last().log, &shared.patient.list);
    let [a, b] = [&unit.grants[0], &unit.grants[1]];
    assert!(log.append(owner, &unit.entry, &[a, b]).is_ok());
    for grants in [vec![b, a], vec![a, a], vec![a], vec![a, b, b]] {
        assert_eq!(
            log.append(owner, &unit.entry, &grants).unwrap_err(),
            MemberLogError::GrantsDiffer { at: 2 }
        );
    }
    let foreign = &shared.units[0].grants[0];
    assert!(log.append(owner, &unit.entry, &[a, foreign]).is_err());
}

#[test]
fn a_removed_phone_cannot_take_over_a_vault_though_it_knows_the_identity_key() {
    let mut shared = Shared::new();
    let (tablet, rng) = (device(shared.patient.account(), 50, &mut rng(1)), &mut rng(2));
    let patient = &mut shared.patient;
    let (stolen, before) = (patient.list.clone(), patient.list.head().length);
    patient.take(patient.secrets.admit(&patient.list, &patient.phone, tablet.public().clone()));
    let (rotated, entry) = patient.secrets.remove(&patient.list, &tablet, patient.phone.public().id, rng);
    patient.take(entry);
    let remaining = || vec![shared.patient.recipient(), shared.doctor.recipient()];
    let own = Owner { secrets: &rotated, device: &tablet, list: &shared.patient.list };
    let last = shared.last();
    let fresh = Change { new_epoch: true, remaining: remaining(), ..Change::default() };
    let unit = last.key.change(&last.log, &own, &fresh, rng).unwrap();

    // The thief knows identity key and old epoch, and says which devices there were then.
    let thief = Owner { list: &stolen, ..shared.patient.owner() };
    let accomplice = || vec![Person::new(66).invited(Role::Reader, Access::Chain)];
    let change = Change { admit: accomplice(), ..Change::default() };
    let forged = last.key.change(&last.log, &thief, &change, rng).unwrap();
    assert!(last.log.extend(&[&shared.patient.list], &[&unit.entry]).is_ok());
    let head = unit.log.head();
    let late = unit.key.change(&unit.log, &thief, &change, rng).unwrap_err();
    assert_eq!(late, VaultError::Refused(MemberLogError::DeviceListWentBack { at: 3 }));
    let now = Owner { list: &shared.patient.list, ..thief };
    let late = unit.key.change(&unit.log, &now, &change, rng).unwrap_err();
    assert_eq!(late, VaultError::Refused(MemberLogError::NotADevice { at: 3 }));
    // Written between the removal and the new epoch it would fork the log; whoever saw the new epoch notices.
    let pin = VaultPin { head: Some(head), ..shared.pin() };
    let entries = [shared.entries(), vec![forged.entry]].concat();
    let refused = MemberLog::verify(&pin, &[&shared.patient.list], &entries).unwrap_err();
    assert_eq!(refused, MemberLogError::Chain(ChainError::Fork { at: 2 }));
    assert_eq!(before, 1);
}

#[test]
fn a_log_whose_writers_device_list_is_missing_or_anothers_is_not_believed() {
    let shared = Shared::new();
    let missing = MemberLogError::NoDeviceList { account: shared.patient.account() };
    for lists in [&[][..], &[&shared.doctor.list][..]] {
        assert_eq!(MemberLog::verify(&shared.pin(), lists, &shared.entries()).unwrap_err(), missing);
    }
    let fake = Person::new(13);
    let list = vec![AccountSecrets::generate(HERE, shared.patient.account(), &mut rng(1)).found(&fake.phone)];
    let list = DeviceList::verify(&pinned(shared.patient.account()), &list).unwrap();
    assert_eq!(MemberLog::verify(&shared.pin(), &[&list], &shared.entries()).unwrap_err(), missing);
}

#[test]
fn grants_from_before_a_removal_do_not_come_back_with_a_second_admission() {
    let mut shared = Shared::new();
    let (old_grant, doctor) = (shared.doctors_grant().to_vec(), shared.doctor.account());
    let remaining = vec![shared.patient.recipient()];
    shared.change(Change { remove: vec![doctor], remaining, ..Change::default() });
    let admit = vec![shared.doctor.invited(Role::Reader, Access::Epoch)];
    let unit = shared.change(Change { admit, ..Change::default() });
    let (log, grant) = (unit.log.clone(), unit.grants[0].clone());
    assert_eq!(doctor_opens(&shared, &log, &old_grant).unwrap_err(), GrantError::Withdrawn);
    assert_eq!(epoch_key(doctor_opens(&shared, &log, &grant).unwrap()).epoch(), 2);
}
