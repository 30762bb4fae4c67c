//! Whatever is signed or sealed, and then changed by one bit, counts for nothing.

use mediconnect_crypto::{id::*, public::*, secret::*};

use crate::kit::*;

/// Some bits all over the bytes, always including the first and the last.
fn flips(bytes: &[u8], at_most: usize) -> impl Iterator<Item = (usize, Vec<u8>)> {
    let bits = bytes.len() * 8;
    let step = (bits / at_most).max(1) | 1;
    (0..bits).step_by(step).chain([bits - 1]).map(move |bit| {
        let mut changed = bytes.to_vec();
        changed[bit / 8] ^= 1 << (bit % 8);
        (bit, changed)
    })
}

#[test]
fn a_device_list_entry() {
    let (mut anna, rng) = (Person::new(11), &mut rng(1));
    let tablet = device(anna.account(), 50, rng);
    anna.take(anna.secrets.admit(&anna.list, &anna.phone, tablet.public().clone()));
    let (_, entry) = anna.secrets.remove(&anna.list, &anna.phone, tablet.public().id, rng);
    anna.take(entry);
    for n in 0..3 {
        for (bit, changed) in flips(&anna.entries[n], 150) {
            let mut entries = anna.entries.clone();
            entries[n] = changed;
            assert!(DeviceList::verify(&pinned(anna.account()), &entries).is_err(), "entry {n}, bit {bit}");
        }
    }
}

#[test]
fn the_fields_of_a_device_list_entry() {
    let anna = Person::new(11);
    // All before the first key of 1216 bytes, and both signatures.
    let entry = &anna.entries[0];
    for (bit, changed) in
        flips(entry, usize::MAX).filter(|(bit, _)| *bit < 250 * 8 || *bit > (entry.len() - 128) * 8)
    {
        assert!(DeviceList::verify(&pinned(anna.account()), &[changed]).is_err(), "bit {bit}");
    }
}

#[test]
fn a_member_log_entry_and_its_grants() {
    let mut shared = Shared::new();
    let (remove, remaining) = (vec![shared.doctor.account()], vec![shared.patient.recipient()]);
    shared.change(Change { remove, remaining, ..Change::default() });
    let (entries, owners) = (shared.entries(), &[&shared.patient.list]);
    for n in 0..entries.len() {
        for (bit, changed) in flips(&entries[n], 300) {
            let mut entries = entries.clone();
            entries[n] = changed;
            assert!(MemberLog::verify(&shared.pin(), owners, &entries).is_err(), "entry {n}, bit {bit}");
        }
    }
    let (unit, before) = (&shared.units[1], &shared.units[0].log);
    for (bit, changed) in flips(&unit.grants[0], 300) {
        assert!(before.append(owners[0], &unit.entry, &[&changed]).is_err(), "bit {bit} of the grant");
        assert!(
            shared.doctor.secrets.open_grant(&unit.log, &changed, NOW).is_err(),
            "bit {bit} of the grant"
        );
    }
}

#[test]
fn a_wrapped_account_key() {
    let (anna, rng) = (Person::new(11), &mut rng(2));
    let wrapped = AccountKey::generate(rng).wrap(&anna.list, anna.phone.public().id, rng).unwrap();
    for (bit, changed) in flips(&wrapped, 300) {
        assert!(AccountKey::unwrap(&anna.list, &anna.phone, &changed).is_err(), "bit {bit}");
    }
}

#[test]
fn sealed_account_secrets() {
    let (anna, rng) = (Person::new(11), &mut rng(3));
    let key = AccountKey::generate(rng);
    for (bit, changed) in flips(&anna.secrets.seal(&key, rng), usize::MAX) {
        assert!(AccountSecrets::open(&anna.list, &key, &changed).is_err(), "bit {bit}");
    }
}

#[test]
fn a_certificate() {
    let clinic = ClinicKey::generate(HERE, ClinicId([5; 16]), &mut rng(4));
    let anna = Person::new(11);
    let bytes = clinic.certify(anna.account(), anna.secrets.identity(), CertifiedAs::Doctor, NOW..NOW + 10);
    for (bit, changed) in flips(&bytes, usize::MAX) {
        assert!(Certificate::verify(&changed, &clinic.pin(), NOW).is_err(), "bit {bit}");
    }
}

#[test]
fn a_statement() {
    let doctor = Person::new(12);
    let about = StatementAbout {
        kind: "note",
        id: RecordId([7; 16]),
        revision: 1,
        list_length: 1,
        signed_at_ms: NOW,
    };
    for (bit, changed) in flips(&doctor.phone.sign(&about, b"well"), usize::MAX) {
        assert!(Statement::verify(&changed, &doctor.list, b"well").is_err(), "bit {bit}");
    }
}

#[test]
fn a_signed_head_of_the_key_log() {
    let key = LogKey::new(&secrecy::SecretBox::new(Box::new([1; 32])));
    for (bit, changed) in flips(&key.sign(&KeyLog::default().head(HERE, NOW)), usize::MAX) {
        assert!(LogHead::verify(&changed, HERE, &key.public()).is_err(), "bit {bit}");
    }
}

#[test]
fn keys_of_low_order_or_with_a_second_spelling_are_no_keys() {
    let identity = |y: [u8; 32]| VerifyingKey::from_bytes(&y).unwrap_err();
    let mut one = [0; 32];
    one[0] = 1;
    assert_eq!(identity(one), KeyError::LowOrder);
    assert_eq!(identity([0; 32]), KeyError::LowOrder);
    // y = p + 3 spells the point of y = 3 a second time.
    let mut second = [0xff; 32];
    (second[0], second[31]) = (0xf0, 0x7f);
    assert_eq!(identity(second), KeyError::Encoding);
    assert_eq!(VerifyingKey::from_bytes(&[1; 31]).unwrap_err(), KeyError::Length);

    let good = *Person::new(11).list.sealing().1.to_bytes();
    let sealing = |x25519: [u8; 32]| {
        let mut key = good;
        key[1184..].copy_from_slice(&x25519);
        SealingKey::from_bytes(&key)
    };
    assert_eq!(sealing([0; 32]).unwrap_err(), KeyError::LowOrder);
    assert_eq!(sealing(one).unwrap_err(), KeyError::LowOrder);
    let mut order_8 = data_encoding::HEXLOWER
        .decode(b"e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")
        .unwrap();
    assert_eq!(sealing(order_8.clone().try_into().unwrap()).unwrap_err(), KeyError::LowOrder);
    order_8[31] |= 0x80;
    assert_eq!(sealing(order_8.try_into().unwrap()).unwrap_err(), KeyError::LowOrder);
    let mut unreduced = good;
    unreduced[..3].copy_from_slice(&[0xff; 3]);
    assert_eq!(SealingKey::from_bytes(&unreduced).unwrap_err(), KeyError::Encoding);
}
