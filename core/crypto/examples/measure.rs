//! How long the operations take that happen per row, per chunk and per entry, on this machine.
//!
//! `cargo run --release -p mediconnect-crypto --example measure`. Beside each seal and open stands the bare AEAD on the
//! same bytes; batches take turns, and the fastest of each counts, which is the one least disturbed by others.

#![allow(clippy::disallowed_methods, reason = "it measures time")]

use std::{hint::black_box, time::Instant};

use chacha20poly1305::{AeadInOut, KeyInit, XChaCha20Poly1305};
use mediconnect_crypto::{id::*, public::*, secret::*};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

const HERE: InstallationId = InstallationId([1; 16]);
const VAULT: VaultId = VaultId([2; 16]);

const BATCHES: usize = 60;

/// The fastest time of one call of each, in microseconds.
fn race_us<const N: usize>(calls: usize, mut runners: [&mut dyn FnMut(); N]) -> [f64; N] {
    let mut fastest = [f64::INFINITY; N];
    for _ in 0..BATCHES {
        for (runner, fastest) in runners.iter_mut().zip(&mut fastest) {
            let start = Instant::now();
            (0..calls).for_each(|_| runner());
            *fastest = fastest.min(start.elapsed().as_secs_f64() * 1e6 / calls as f64);
        }
    }
    fastest
}

/// The cipher alone, where the bytes lie.
fn bare(size: usize) -> impl FnMut() {
    let cipher = XChaCha20Poly1305::new(&[1; 32].into());
    let mut bytes = vec![7; size];
    move || {
        let tag = cipher.encrypt_inout_detached(&[2; 24].into(), b"", bytes.as_mut_slice().into());
        black_box(tag.expect("few bytes"));
    }
}

fn main() {
    let rng = &mut ChaCha20Rng::seed_from_u64(1);
    let account = AccountId([3; 16]);
    let owner = AccountSecrets::generate(HERE, account, rng);
    let secret = MemberSecret::generate(rng);
    let phone = MemberKeys::derive(HERE, account, MemberId([4; 16]), MemberKind::Device, &secret);
    let entry = owner.found(&phone);
    let pinned = Pinned { installation: HERE, account, identity: None, head: None };
    let list = DeviceList::verify(&pinned, &[&entry]).expect("our own list");
    let invitation = Invitation {
        to: Recipient::of(&list),
        role: Role::Owner,
        access: Access::Chain,
        purpose: "own".into(),
        expires_at_ms: None,
    };
    let acts = Owner { secrets: &owner, device: &phone, list: &list };
    let unit = ChainKey::found(&acts, VAULT, vec![invitation], rng).expect("our own vault");
    let key = unit.key.epoch_key();
    let place = RecordPlace {
        installation: HERE,
        vault: VAULT,
        kind: "history".into(),
        field: "text".into(),
        id: RecordId([5; 16]),
        revision: 1,
        author: account,
    };
    for (size, calls) in [(100, 200), (400, 200), (4096, 100), (1 << 20, 2)] {
        let content = vec![7; size];
        let sealed = key.seal(&place, &content, rng).expect("the key is of this vault");
        let [bare, seal, open] = race_us(
            calls,
            [&mut bare(size), &mut || drop(black_box(key.seal(&place, &content, rng))), &mut || {
                drop(black_box(key.open(&place, &sealed)))
            }],
        );
        println!(
            "record of {size} B: bare {bare:.2} µs, seal {seal:.2} µs ({:.2}), open {open:.2} µs ({:.2}); {} B sealed",
            bare / seal,
            bare / open,
            sealed.len(),
        );
    }
    let file = FilePlace { installation: HERE, vault: VAULT, id: FileId([6; 16]) };
    let file_key = FileKey::generate(1 << 20, rng);
    let sealer = FileSealer::new(&file, &file_key, 20, rng).expect("an allowed size");
    let chunk = vec![7; 1 << 20];
    let sealed = sealer.seal(0, &chunk).expect("as long as it should be");
    let opener = FileOpener::new(&file, &file_key, sealer.head()).expect("our own file");
    let [bare, seal, open] = race_us(
        2,
        [&mut bare(1 << 20), &mut || drop(black_box(sealer.seal(0, &chunk))), &mut || {
            drop(black_box(opener.open(0, &sealed)))
        }],
    );
    println!(
        "chunk of 1 MiB: bare {bare:.0} µs, seal {seal:.0} µs ({:.2}), open {open:.0} µs ({:.2})",
        bare / seal,
        bare / open,
    );
    let [verify, open, change] = race_us(
        4,
        [
            &mut || drop(black_box(DeviceList::verify(&pinned, &[&entry]))),
            &mut || drop(black_box(owner.open_grant(&unit.log, &unit.grants[0], 0))),
            &mut || drop(black_box(unit.key.change(&unit.log, &acts, &Change::default(), rng))),
        ],
    );
    println!(
        "device list of one entry: verify {verify:.0} µs; grant: open {open:.0} µs; empty entry: {change:.0} µs"
    );
}
