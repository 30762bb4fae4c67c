use mediconnect_crypto::secret::*;

use crate::kit::*;

/// A copy as it lies in a file: its head and its chunks.
fn copy(of: &[u8], to: &BackupRecipient, seed: u64) -> (Vec<u8>, Vec<Vec<u8>>) {
    let (head, sealer) = to.begin(HERE, of.len() as u64, &mut rng(seed)).unwrap();
    let mut rest = of;
    let chunks = (0..sealer.chunks()).map(|index| {
        let (chunk, after) = rest.split_at(sealer.content_length(index).unwrap() as usize);
        rest = after;
        sealer.seal(index, chunk).unwrap()
    });
    let chunks = chunks.collect();
    (head, chunks)
}

#[test]
fn a_copy_opens_with_the_offline_key_alone() {
    let key = BackupKey::generate(&mut rng(1));
    let content: Vec<u8> = (0..3_000_000_u32).map(|n| n as u8).collect();
    let to = BackupRecipient::from_text(&key.recipient().to_text()).unwrap();
    let (head, chunks) = copy(&content, &to, 2);
    let kept = BackupKey::from_text(&format!("{}\n", *key.to_text())).unwrap();
    let (installation, length, opener) = kept.open(&head).unwrap();
    assert_eq!((installation, length), (HERE, 3_000_000));
    let opened: Vec<u8> = chunks
        .iter()
        .enumerate()
        .flat_map(|(index, chunk)| opener.open(index as u64, chunk).unwrap().to_vec())
        .collect();
    assert_eq!(opened, content);
    let other = BackupKey::generate(&mut rng(3));
    assert_eq!(other.open(&head).map(drop), Err(BackupError::AnotherKey));
}

#[test]
fn a_head_with_any_byte_changed_or_missing_is_refused() {
    let key = BackupKey::generate(&mut rng(1));
    let (head, chunks) = copy(b"store", &key.recipient(), 2);
    for at in (0..head.len()).step_by(7) {
        let mut changed = head.clone();
        changed[at] ^= 1;
        let opened = key.open(&changed).and_then(|(_, _, opener)| Ok(opener.open(0, &chunks[0])?));
        assert!(opened.is_err(), "byte {at}");
        assert!(key.open(&head[..at]).is_err(), "length {at}");
    }
}

#[test]
fn keys_that_are_none_are_refused() {
    let key = BackupKey::generate(&mut rng(1));
    for text in ["", "MCBACKUPKEY:", "nonsense", &key.recipient().to_text()] {
        assert!(BackupKey::from_text(text).is_err(), "{text}");
    }
    assert!(BackupRecipient::from_text(&key.to_text()).is_err());
    assert!(!format!("{key:?}").contains(key.to_text().split(':').next_back().unwrap()));
}
