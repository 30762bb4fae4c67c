//! SHA-256 under a label, and keys derived from keys (HKDF-SHA-256, RFC 5869).

use hkdf::Hkdf;
use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// The hash of bytes for one purpose.
pub(crate) fn labelled(label: &str, bytes: &[u8]) -> Hash {
    Sha256::digest(crate::canonical::labelled(label, bytes)).into()
}

/// Expands a key that is uniformly random already into another, or several, for the purpose that `info` names.
pub(crate) fn expand<const N: usize>(key: &[u8; 32], info: &[&[u8]]) -> zeroize::Zeroizing<[u8; N]> {
    let mut derived = zeroize::Zeroizing::new([0; N]);
    Hkdf::<Sha256>::from_prk(key)
        .expect("32 bytes are enough for SHA-256")
        .expand_multi_info(info, derived.as_mut_slice())
        .expect("at most 255 blocks are asked for");
    derived
}
