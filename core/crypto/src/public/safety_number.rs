//! Sixty digits that two people compare aloud to know that nobody stands between them.
//!
//! As in Signal: thirty digits for each side, made by hashing its identity key many times, so that a look-alike costs
//! 5,200 hashes a try; both sides see the same number whoever shows it.

use sha2::{Digest, Sha512};

use super::VerifyingKey;
use crate::{
    canonical::Writer,
    id::{AccountId, InstallationId},
    suite::Format,
};

const ROUNDS: usize = 5200;
const GROUPS: usize = 6;

/// One of the two.
#[derive(Clone, Copy, Debug)]
pub struct Side {
    pub account: AccountId,
    pub identity: VerifyingKey,
}

/// Twelve groups of five digits, with a blank between two groups. The order of the sides does not matter.
pub fn safety_number(installation: InstallationId, one: &Side, other: &Side) -> String {
    let mut halves = [digits(installation, one), digits(installation, other)];
    halves.sort();
    halves.join(" ")
}

fn digits(installation: InstallationId, side: &Side) -> String {
    let key = side.identity.to_bytes();
    let fields =
        Writer::bound(Format::SafetyNumber).bytes(&installation.0).bytes(&side.account.0).bytes(&key).done();
    let mut hash = Sha512::digest(fields);
    for _ in 1..ROUNDS {
        hash = Sha512::new().chain_update(hash).chain_update(key).finalize();
    }
    let groups = hash.chunks_exact(5).take(GROUPS).map(|chunk| {
        let number = chunk.iter().fold(0u64, |number, byte| number << 8 | u64::from(*byte));
        format!("{:05}", number % 100_000)
    });
    groups.collect::<Vec<_>>().join(" ")
}
