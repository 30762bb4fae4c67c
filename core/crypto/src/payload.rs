//! Bytes as text for a QR code: a prefix, a colon, base32 (RFC 4648, no padding) of the bytes and a checksum.
//!
//! Capital letters, digits and the colon are QR's alphanumeric mode. The checksum finds slips of a camera or of someone
//! who types it; it protects against nobody.

use data_encoding::BASE32_NOPAD;
use zeroize::Zeroizing;

use crate::{canonical::DecodeError, hash};

/// Bytes of the checksum: the first of a SHA-256.
const CHECKSUM: usize = 4;

/// Why a text is not such a payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PayloadError {
    #[error("the text does not begin as expected")]
    Prefix,
    #[error("the text holds a letter that does not belong there, or ends too early")]
    Letters,
    #[error("the text was misread: its checksum differs")]
    Checksum,
    #[error(transparent)]
    Decode(#[from] DecodeError),
}

pub(crate) fn encode(prefix: &str, bytes: &[u8]) -> Zeroizing<String> {
    let checked = Zeroizing::new([bytes, &checksum(prefix, bytes)].concat());
    let mut text =
        Zeroizing::new(String::with_capacity(prefix.len() + 1 + BASE32_NOPAD.encode_len(checked.len())));
    text.push_str(prefix);
    text.push(':');
    BASE32_NOPAD.encode_append(&checked, &mut text);
    text
}

/// Case and blanks do not matter.
pub(crate) fn decode(prefix: &str, text: &str) -> Result<Zeroizing<Vec<u8>>, PayloadError> {
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    plain.extend(text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()));
    let letters =
        plain.strip_prefix(prefix).and_then(|rest| rest.strip_prefix(':')).ok_or(PayloadError::Prefix)?;
    let mut bytes =
        Zeroizing::new(BASE32_NOPAD.decode(letters.as_bytes()).map_err(|_| PayloadError::Letters)?);
    let length = bytes.len().checked_sub(CHECKSUM).ok_or(PayloadError::Letters)?;
    if checksum(prefix, &bytes[..length]) != bytes[length..] {
        return Err(PayloadError::Checksum);
    }
    bytes.truncate(length);
    Ok(bytes)
}

fn checksum(prefix: &str, bytes: &[u8]) -> [u8; CHECKSUM] {
    let [a, b, c, d, ..] = hash::labelled(prefix, bytes);
    [a, b, c, d]
}
