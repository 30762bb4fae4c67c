use mediconnect_crypto::{id::*, public::*, secret::LogKey};
use proptest::prelude::*;

use crate::kit::*;

fn leaf(n: u64) -> LogLeaf {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&n.to_be_bytes());
    LogLeaf {
        installation: HERE,
        subject: Subject::Vault(VaultId(id)),
        head: Head { length: n, hash: [7; 32] },
    }
}

fn log(size: u64) -> KeyLog {
    let mut log = KeyLog::default();
    for n in 0..size {
        assert_eq!(log.push(leaf(n).to_bytes()), n);
    }
    log
}

fn key(n: u8) -> LogKey {
    LogKey::new(&secrecy::SecretBox::new(Box::new([n; 32])))
}

#[test]
fn a_head_counts_when_the_logs_key_signed_it_for_this_installation() {
    let head = log(3).head(HERE, NOW);
    let signed = key(1).sign(&head);
    assert_eq!(LogHead::verify(&signed, HERE, &key(1).public()), Ok(head));
    assert_eq!(LogHead::verify(&signed, HERE, &key(2).public()), Err(LogError::Signature));
    let elsewhere = InstallationId([9; 16]);
    assert_eq!(LogHead::verify(&signed, elsewhere, &key(1).public()), Err(LogError::AnotherInstallation));
    let absurd = key(1).sign(&LogHead { size: u64::MAX, ..head });
    assert!(matches!(LogHead::verify(&absurd, HERE, &key(1).public()), Err(LogError::Decode(_))));
}

#[test]
fn every_leaf_of_logs_of_every_size_is_proved_and_no_other() {
    for size in 1..40 {
        let log = log(size);
        let view = LogView::begin(log.head(HERE, NOW));
        for index in 0..size {
            let proof = log.prove_inclusion(index).unwrap();
            assert_eq!(view.includes(&leaf(index), index, &proof), Ok(()));
            let refused = Err(LogError::NotIncluded);
            assert_eq!(view.includes(&leaf(index + 1), index, &proof), refused);
            assert_eq!(view.includes(&leaf(index), size, &proof), refused);
            assert_eq!(view.includes(&leaf(index), index, &[&proof[..], &[0; 32]].concat()), refused);
        }
        assert_eq!(log.prove_inclusion(size), None);
    }
}

#[test]
fn a_log_that_grows_is_followed_and_one_that_changes_or_shrinks_is_not() {
    let newest = log(39);
    for size in 0..39 {
        let view = LogView::begin(log(size).head(HERE, NOW));
        let proof = newest.prove_consistency(size).unwrap();
        let head = newest.head(HERE, NOW);
        assert_eq!(view.advance(head, &proof).map(|view| *view.head()), Ok(head), "from {size}");
        if size > 0 {
            let forked = LogHead { root: [9; 32], ..*view.head() };
            assert_eq!(LogView::begin(forked).advance(head, &proof), Err(LogError::NotConsistent));
            assert_eq!(view.advance(LogHead { root: [9; 32], ..head }, &proof), Err(LogError::NotConsistent));
        }
        let back = LogView::begin(head).advance(*view.head(), &[]);
        assert_eq!(back, Err(LogError::Rollback { remembered: 39, shown: size }));
    }
    assert_eq!(newest.prove_consistency(40), None);
    let same = LogView::begin(newest.head(HERE, NOW));
    assert!(same.advance(newest.head(HERE, NOW + 1), &[]).is_ok());
    let rewritten = LogHead { root: [9; 32], ..newest.head(HERE, NOW) };
    assert_eq!(same.advance(rewritten, &[]), Err(LogError::NotConsistent));
}

#[test]
fn a_server_that_swaps_someones_identity_in_the_log_is_found_out() {
    let anna = Person::new(11);
    let own = |identity| LogLeaf {
        installation: HERE,
        subject: Subject::Account { account: anna.account(), identity },
        head: anna.list.head(),
    };
    let mut shown_to_others = log(5);
    let index = shown_to_others.push(own(Person::new(66).secrets.identity()).to_bytes());
    let view = LogView::begin(shown_to_others.head(HERE, NOW));
    let proof = shown_to_others.prove_inclusion(index).unwrap();
    let asked = view.includes(&own(anna.secrets.identity()), index, &proof);
    assert_eq!(asked, Err(LogError::NotIncluded));
    let mut shown_to_anna = log(5);
    shown_to_anna.push(own(anna.secrets.identity()).to_bytes());
    let two_faced = view.advance(shown_to_anna.head(HERE, NOW), &[]);
    assert_eq!(two_faced, Err(LogError::NotConsistent));
}

#[test]
fn a_leaf_of_another_installation_proves_nothing_here() {
    let foreign = LogLeaf { installation: InstallationId([9; 16]), ..leaf(0) };
    let mut log = KeyLog::default();
    log.push(foreign.to_bytes());
    let view = LogView::begin(log.head(HERE, NOW));
    assert_eq!(view.includes(&foreign, 0, &log.prove_inclusion(0).unwrap()), Err(LogError::NotIncluded));
}

proptest! {
    #[test]
    fn any_bit_of_a_proof_counts(size in 2u64..300, at: prop::sample::Index, bit: prop::sample::Index) {
        let log = log(size);
        let index = at.index(size as usize) as u64;
        let view = LogView::begin(log.head(HERE, NOW));
        let mut proof = log.prove_inclusion(index).unwrap();
        let flip = bit.index(proof.len() * 8);
        proof[flip / 8] ^= 1 << (flip % 8);
        prop_assert_eq!(view.includes(&leaf(index), index, &proof), Err(LogError::NotIncluded));

        let old = index + 1;
        let earlier = LogView::begin(self::log(old).head(HERE, NOW));
        let mut proof = log.prove_consistency(old).unwrap();
        if !proof.is_empty() {
            let flip = bit.index(proof.len() * 8);
            proof[flip / 8] ^= 1 << (flip % 8);
            prop_assert_eq!(earlier.advance(log.head(HERE, NOW), &proof), Err(LogError::NotConsistent));
        }
    }

    #[test]
    fn junk_proofs_are_refused_and_never_panic(
        junk in prop::collection::vec(any::<u8>(), 0..400),
        size in 0u64..1 << 48,
        index: u64,
        older in 1u64..1 << 48,
    ) {
        let head = LogHead { installation: HERE, size, root: [1; 32], signed_at_ms: NOW };
        prop_assert!(LogView::begin(head).includes(&leaf(1), index, &junk).is_err());
        let old = LogHead { size: older, root: [2; 32], ..head };
        prop_assert!(LogView::begin(old).advance(head, &junk).is_err());
    }
}
