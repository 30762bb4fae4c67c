use mediconnect_crypto::{DecodeError, id::*, public::*, secret::*, suite::FormatError};
use proptest::prelude::*;

use crate::kit::*;

const TEXT: &[u8] = b"Penicillin: rash, 2019";

fn sealed() -> (EpochKey, Vec<u8>) {
    let key = Shared::new().last().key.epoch_key();
    let sealed = key.seal(&place(), TEXT, &mut rng(1)).unwrap();
    (key, sealed)
}

#[test]
fn what_was_sealed_opens_at_its_place_only() {
    let (key, sealed) = sealed();
    assert_eq!(key.open(&place(), &sealed).unwrap().as_slice(), TEXT);
    let other = |change: &dyn Fn(&mut RecordPlace)| {
        let mut place = place();
        change(&mut place);
        key.open(&place, &sealed).unwrap_err()
    };
    assert_eq!(other(&|p| p.installation.0[0] ^= 1), RecordError::AnotherVault);
    assert_eq!(other(&|p| p.vault.0[0] ^= 1), RecordError::AnotherVault);
    assert_eq!(other(&|p| p.kind = "note".into()), RecordError::NotOpened);
    assert_eq!(other(&|p| p.field = "values".into()), RecordError::NotOpened);
    assert_eq!(other(&|p| p.id.0[15] ^= 1), RecordError::NotOpened);
    assert_eq!(other(&|p| p.revision = 2), RecordError::AnotherRevision { expected: 2, found: 1 });
    let (expected, found) = (AccountId([12; 16]), AccountId([11; 16]));
    assert_eq!(other(&|p| p.author = expected), RecordError::AnotherAuthor { expected, found });
}

#[test]
fn kind_and_field_do_not_run_into_each_other() {
    let (key, _) = sealed();
    let (one, other) = (
        RecordPlace { kind: "note".into(), field: "stext".into(), ..place() },
        RecordPlace { kind: "notes".into(), field: "text".into(), ..place() },
    );
    let sealed = key.seal(&one, TEXT, &mut rng(1)).unwrap();
    assert_eq!(key.open(&other, &sealed).unwrap_err(), RecordError::NotOpened);
}

#[test]
fn a_server_sees_epoch_revision_author_and_a_bucketed_size() {
    let (_, bytes) = sealed();
    let seen = SealedRecord::parse(&bytes).unwrap();
    assert_eq!(seen, SealedRecord { epoch: 1, revision: 1, author: AccountId([11; 16]), padded: 128 });
    assert!(!bytes.windows(5).any(|window| window == &TEXT[..5]));
    let (key, rng) = (sealed().0, &mut rng(2));
    let sizes = [0, 1, 127].map(|n| key.seal(&place(), &vec![7; n], rng).unwrap().len());
    assert_eq!(sizes, [bytes.len(); 3]);
}

#[test]
fn the_same_content_sealed_twice_shares_no_bytes_that_could_tell() {
    let (key, one) = sealed();
    let two = key.seal(&place(), TEXT, &mut rng(2)).unwrap();
    // Past header, epoch, revision and author.
    assert!(one[35..].iter().zip(&two[35..]).filter(|(a, b)| a == b).count() < 20);
}

#[test]
fn the_content_key_of_one_field_opens_no_other() {
    let (key, text) = sealed();
    let values_place = RecordPlace { field: "values".into(), ..place() };
    let values = key.seal(&values_place, b"7.4", &mut rng(3)).unwrap();
    let text_key = key.content_key(&place(), &text).unwrap();
    assert_eq!(text_key.open(&place(), &text).unwrap().as_slice(), TEXT);
    assert_eq!(text_key.open(&values_place, &values).unwrap_err(), RecordError::AnotherField);
    assert_eq!(text_key.open(&place(), &values).unwrap_err(), RecordError::NotOpened);
    let later = RecordPlace { revision: 2, ..place() };
    let second = key.seal(&later, b"none", &mut rng(4)).unwrap();
    assert_eq!(text_key.open(&later, &second).unwrap_err(), RecordError::AnotherField);
    let revision = RecordError::AnotherRevision { expected: 1, found: 2 };
    assert_eq!(text_key.open(&place(), &second).unwrap_err(), revision);
}

#[test]
fn a_wrapped_key_moved_to_another_envelope_opens_nothing() {
    let (key, text) = sealed();
    let mut mixed = key.seal(&place(), b"another text", &mut rng(5)).unwrap();
    mixed[35..107].copy_from_slice(&text[35..107]);
    assert_eq!(key.open(&place(), &mixed).unwrap_err(), RecordError::NotOpened);
    // With the commitment of that key as well, the content still belongs to another.
    mixed[107..139].copy_from_slice(&text[107..139]);
    assert_eq!(key.open(&place(), &mixed).unwrap_err(), RecordError::NotOpened);
}

#[test]
fn another_suite_version_or_format_is_refused_by_name() {
    let (key, sealed) = sealed();
    let refused = |at: usize, value| {
        let mut changed = sealed.clone();
        changed[at] = value;
        match key.open(&place(), &changed).unwrap_err() {
            RecordError::Decode(DecodeError::Format(error)) => error,
            other => panic!("{other}"),
        }
    };
    assert!(matches!(refused(0, 2), FormatError::AnotherFormat { .. }));
    assert!(matches!(refused(1, 0), FormatError::VersionBelowFloor { floor: 1, .. }));
    assert!(matches!(refused(1, 2), FormatError::VersionFromTheFuture { newest: 1, .. }));
    assert!(matches!(refused(2, 0), FormatError::SuiteBelowFloor { floor: 1, .. }));
    assert!(matches!(refused(2, 2), FormatError::SuiteFromTheFuture { suite: 2 }));
}

#[test]
fn every_bit_and_every_length_counts() {
    let (key, sealed) = sealed();
    for bit in 0..sealed.len() * 8 {
        let mut changed = sealed.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(key.open(&place(), &changed).is_err(), "bit {bit}");
    }
    for length in 0..sealed.len() {
        assert!(key.open(&place(), &sealed[..length]).is_err(), "length {length}");
    }
    assert!(key.open(&place(), &[&sealed[..], &[0]].concat()).is_err());
}

proptest! {
    #[test]
    fn every_content_comes_back(content in prop::collection::vec(any::<u8>(), 0..5000), seed: u64) {
        let (key, _) = sealed();
        let sealed = key.seal(&place(), &content, &mut rng(seed)).unwrap();
        let opened = key.open(&place(), &sealed).unwrap();
        prop_assert_eq!(opened.as_slice(), content.as_slice());
    }

    #[test]
    fn junk_is_refused_and_never_panics(junk in prop::collection::vec(any::<u8>(), 0..600)) {
        let (key, sealed) = sealed();
        prop_assert!(key.open(&place(), &junk).is_err());
        let head = junk.len().min(sealed.len());
        prop_assert!(key.open(&place(), &[&sealed[..head], &junk[..]].concat()).is_err());
    }
}
