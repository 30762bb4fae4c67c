//! XChaCha20-Poly1305 that commits to its key.
//!
//! Poly1305 alone lets someone who knows two keys make a ciphertext that opens under both, to different contents: a record
//! that reads one way for the patient and another for the doctor. So a hash of the key stands beside the ciphertext and is
//! checked first (as in Albertini et al., 'How to Abuse and Fix Authenticated Encryption Without Key Commitment', 2022).
//!
//! Bytes: commitment (32), nonce (24), ciphertext with tag.

use chacha20poly1305::{AeadInOut, KeyInit, XChaCha20Poly1305};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::key::Key;
use crate::{
    hash,
    random::{self, CryptoRng},
    suite::Format,
};

pub(crate) const COMMITMENT: usize = 32;
pub(crate) const NONCE: usize = 24;
pub(crate) const TAG: usize = 16;

/// The cipher of a key within a format, and the commitment to it.
pub(crate) fn cipher(key: &Key, format: Format) -> (XChaCha20Poly1305, [u8; COMMITMENT]) {
    let derived = hash::expand::<64>(key.expose(), &[format.label().as_bytes(), &format.header(), b"seal"]);
    let (key, commitment) = derived.split_first_chunk::<32>().expect("64 bytes");
    (XChaCha20Poly1305::new(key.into()), commitment.try_into().expect("32 bytes"))
}

/// Appends what seals `size` bytes to `out`. `fill` appends them, and they are encrypted where it puts them: with all the
/// room reserved before, no copy of them stays behind.
pub(crate) fn seal(
    key: &Key,
    format: Format,
    bound: &[u8],
    size: usize,
    fill: impl FnOnce(&mut Vec<u8>),
    out: &mut Vec<u8>,
    rng: &mut impl CryptoRng,
) {
    let (cipher, commitment) = cipher(key, format);
    let nonce: [u8; NONCE] = random::array(rng);
    out.reserve_exact(COMMITMENT + NONCE + size + TAG);
    out.extend_from_slice(&commitment);
    out.extend_from_slice(&nonce);
    let at = out.len();
    fill(out);
    assert_eq!(out.len(), at + size, "as much as was announced");
    let tag = cipher
        .encrypt_inout_detached(&nonce.into(), bound, (&mut out[at..]).into())
        .expect("nothing sealed at once comes near 256 GiB");
    out.extend_from_slice(&tag);
}

/// `None` if the key, the bound bytes or the sealed bytes are others than those it was sealed with.
pub(crate) fn open(key: &Key, format: Format, bound: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (commitment, rest) = sealed.split_first_chunk::<COMMITMENT>()?;
    let (nonce, rest) = rest.split_first_chunk::<NONCE>()?;
    let (ciphertext, tag) = rest.split_last_chunk::<TAG>()?;
    let (cipher, expected) = cipher(key, format);
    if !bool::from(expected.ct_eq(commitment)) {
        return None;
    }
    let mut content = Zeroizing::new(ciphertext.to_vec());
    cipher
        .decrypt_inout_detached(nonce.into(), bound, content.as_mut_slice().into(), tag.into())
        .ok()
        .map(|()| content)
}
