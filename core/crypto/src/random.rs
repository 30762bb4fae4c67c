//! Where random bytes come from: always a parameter, so that tests and the simulation repeat.

use std::convert::Infallible;

pub use rand_core::CryptoRng;
use rand_core::{TryCryptoRng, TryRng, utils};

/// Any source of bytes as the generator that this crate asks for. The source must be fit for keys: the system's, or in
/// tests a seeded one.
///
/// ```
/// # use mediconnect_crypto::random::Source;
/// # use mediconnect_crypto::secret::AccountKey;
/// let key = AccountKey::generate(&mut Source(|bytes: &mut [u8]| bytes.fill(7)));
/// ```
pub struct Source<F>(pub F);

impl<F: FnMut(&mut [u8])> TryRng for Source<F> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        utils::next_word_via_fill(self)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        utils::next_word_via_fill(self)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        (self.0)(bytes);
        Ok(())
    }
}

impl<F: FnMut(&mut [u8])> TryCryptoRng for Source<F> {}

pub(crate) fn array<const N: usize>(rng: &mut impl CryptoRng) -> [u8; N] {
    let mut bytes = [0; N];
    rng.fill_bytes(&mut bytes);
    bytes
}
