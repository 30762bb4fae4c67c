//! The half that a server is built on knows no secret, and secrets do not print.

use std::{fs, path::Path};

use mediconnect_crypto::{id::*, secret::*};

use crate::kit::*;

#[test]
fn the_public_half_names_nothing_of_the_secret_half() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/public");
    let mut seen = 0;
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            for word in ["secret::", "secrecy", "SigningKey::from", "decrypt", "Xchacha", "XChaCha"] {
                assert!(!line.contains(word), "{}: {line}", path.display());
            }
        }
        seen += 1;
    }
    assert!(seen > 8, "{seen} files");
}

#[test]
fn no_secret_prints() {
    let (mut shared, rng) = (Shared::new(), &mut rng(1));
    let device = MemberSecret::generate(rng);
    let account = AccountKey::generate(rng);
    let recovery = RecoveryKey::generate(rng);
    let clinic = ClinicKey::generate(HERE, ClinicId([5; 16]), rng);
    let file = FileKey::generate(5, rng);
    let key = shared.last().key.epoch_key();
    let sealed = key.seal(&place(), b"text", rng).unwrap();
    let content = key.content_key(&place(), &sealed).unwrap();
    let unit = shared.change(Change::default());
    let printed = format!(
        "{device:?} {account:?} {recovery:?} {clinic:?} {file:?} {key:?} {content:?} {:?} {:?} {:?}",
        unit.key,
        Person::new(11).secrets,
        Person::new(11).phone,
    );
    let hidden = [device.expose(), account.expose(), clinic.expose()].map(|secret| secret.to_vec());
    for secret in hidden.iter().chain([&file.to_bytes()[19..].to_vec()]) {
        let hex = data_encoding::HEXLOWER.encode(&secret[..4]);
        let list = format!("{}, {}, {}", secret[0], secret[1], secret[2]);
        assert!(!printed.contains(&hex) && !printed.contains(&list), "{printed}");
    }
    for word in recovery.to_words().split(' ').filter(|word| word.len() > 5) {
        assert!(!printed.contains(word), "{word}");
    }
    assert!(printed.contains("[secret]"));
}

#[test]
fn a_seeded_source_repeats_to_the_byte() {
    let seal = || Shared::new().last().entry.clone();
    assert_eq!(seal(), seal());
}
