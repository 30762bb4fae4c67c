use mediconnect_crypto::{id::*, secret::*};
use proptest::prelude::*;

use crate::kit::*;

const PLACE: FilePlace = FilePlace { installation: HERE, vault: VAULT, id: FileId([4; 16]) };
const POWER: u8 = 12;

struct Sealed {
    key: FileKey,
    head: Vec<u8>,
    chunks: Vec<Vec<u8>>,
}

fn content(length: usize) -> Vec<u8> {
    (0..length).map(|n| (n * 7 % 251) as u8).collect()
}

fn seal(length: usize, seed: u64) -> Sealed {
    let (content, rng) = (content(length), &mut rng(seed));
    let key = FileKey::generate(length as u64, rng);
    let sealer = FileSealer::new(&PLACE, &key, POWER, rng).unwrap();
    let mut rest = content.as_slice();
    let chunks = (0..sealer.chunks()).map(|index| {
        let (chunk, after) = rest.split_at(sealer.content_length(index).unwrap() as usize);
        rest = after;
        sealer.seal(index, chunk).unwrap()
    });
    let chunks = chunks.collect();
    Sealed { head: sealer.head().to_vec(), key, chunks }
}

fn open(file: &Sealed, place: &FilePlace) -> Result<Vec<u8>, FileError> {
    let opener = FileOpener::new(place, &file.key, &file.head)?;
    let mut content = Vec::new();
    for index in 0..opener.chunks() {
        let none = Vec::new();
        let chunk = file.chunks.get(index as usize).unwrap_or(&none);
        content.extend_from_slice(&opener.open(index, chunk)?);
    }
    Ok(content)
}

#[test]
fn files_of_every_awkward_length_come_back() {
    for length in [0, 1, 4095, 4096, 4097, 8192, 10_000, 70_000] {
        let file = seal(length, 1);
        assert_eq!(open(&file, &PLACE).unwrap(), content(length), "length {length}");
        let key = FileKey::from_bytes(&file.key.to_bytes()).unwrap();
        assert_eq!(open(&Sealed { key, ..file }, &PLACE).unwrap().len(), length);
    }
}

#[test]
fn any_chunk_opens_alone() {
    let file = seal(20_000, 2);
    let opener = FileOpener::new(&PLACE, &file.key, &file.head).unwrap();
    assert_eq!(opener.open(3, &file.chunks[3]).unwrap().as_slice(), &content(20_000)[3 * 4096..4 * 4096]);
    assert_eq!(opener.sealed_length(3).unwrap(), file.chunks[3].len() as u64);
}

#[test]
fn cut_swapped_repeated_and_foreign_chunks_are_refused() {
    let file = || seal(20_000, 3);
    let mut cut = file();
    cut.chunks.pop();
    assert!(matches!(open(&cut, &PLACE), Err(FileError::ChunkLength { .. })));
    let mut swapped = file();
    swapped.chunks.swap(0, 1);
    assert_eq!(open(&swapped, &PLACE), Err(FileError::NotOpened { index: 0 }));
    let mut repeated = file();
    repeated.chunks[2] = repeated.chunks[1].clone();
    assert_eq!(open(&repeated, &PLACE), Err(FileError::NotOpened { index: 2 }));
    let mut foreign = file();
    foreign.chunks[1] = seal(20_000, 4).chunks[1].clone();
    assert_eq!(open(&foreign, &PLACE), Err(FileError::NotOpened { index: 1 }));
    let opener = FileOpener::new(&PLACE, &file().key, &file().head).unwrap();
    let chunks = opener.chunks();
    assert_eq!(opener.open(chunks, &[]).unwrap_err(), FileError::NoSuchChunk { index: chunks, chunks });
    assert!(opener.open(u64::MAX, &[]).is_err());
}

#[test]
fn an_earlier_chunk_does_not_pass_as_the_last() {
    // Two chunks, both full: were the flag not bound, the first could end the file.
    let file = seal(8192, 5);
    assert_eq!(file.chunks.len(), 2);
    let short = FileKey::from_bytes(&{
        let mut bytes = file.key.to_bytes().to_vec();
        bytes[7..15].copy_from_slice(&4096u64.to_be_bytes());
        bytes
    });
    let truncated = Sealed { key: short.unwrap(), head: file.head, chunks: file.chunks };
    assert_eq!(open(&truncated, &PLACE), Err(FileError::NotOpened { index: 0 }));
}

#[test]
fn a_file_opens_under_its_own_key_and_at_its_own_place_only() {
    let (one, two) = (seal(5000, 6), seal(5000, 7));
    let mixed = Sealed { key: two.key, head: one.head.clone(), chunks: one.chunks.clone() };
    assert_eq!(open(&mixed, &PLACE), Err(FileError::AnotherKey));
    let file = seal(5000, 6);
    for place in [
        FilePlace { installation: InstallationId([9; 16]), ..PLACE },
        FilePlace { vault: VaultId([9; 16]), ..PLACE },
        FilePlace { id: FileId([9; 16]), ..PLACE },
    ] {
        assert_eq!(open(&file, &place), Err(FileError::NotOpened { index: 0 }));
    }
}

#[test]
fn every_bit_of_the_head_and_of_a_chunk_counts() {
    let file = seal(300, 8);
    for bit in 0..file.head.len() * 8 {
        let mut changed =
            Sealed { key: file.key.clone(), head: file.head.clone(), chunks: file.chunks.clone() };
        changed.head[bit / 8] ^= 1 << (bit % 8);
        assert!(open(&changed, &PLACE).is_err(), "bit {bit} of the head");
    }
    let opener = FileOpener::new(&PLACE, &file.key, &file.head).unwrap();
    for bit in 0..file.chunks[0].len() * 8 {
        let mut chunk = file.chunks[0].clone();
        chunk[bit / 8] ^= 1 << (bit % 8);
        assert!(opener.open(0, &chunk).is_err(), "bit {bit} of the chunk");
    }
}

#[test]
fn chunks_that_are_too_small_too_large_or_too_many_are_refused() {
    let rng = &mut rng(9);
    let key = FileKey::generate(1000, rng);
    for power in [0, 11, 21, 255] {
        let refused = FileSealer::new(&PLACE, &key, power, rng).unwrap_err();
        assert_eq!(refused, FileError::ChunkSize { power });
    }
    let huge = FileKey::generate(1 << 60, rng);
    assert_eq!(FileSealer::new(&PLACE, &huge, 20, rng).unwrap_err(), FileError::ChunkSize { power: 20 });
    let sealer = FileSealer::new(&PLACE, &key, 12, rng).unwrap();
    let wrong = FileError::ChunkLength { index: 0, expected: 1000, found: 3 };
    assert_eq!(sealer.seal(0, b"abc").unwrap_err(), wrong);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn every_length_comes_back(length in 0usize..60_000, seed: u64) {
        prop_assert_eq!(open(&seal(length, seed), &PLACE).unwrap(), content(length));
    }
}
