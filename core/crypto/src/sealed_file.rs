//! A small file that a passphrase opens.
//!
//! Argon2id (RFC 9106) with 19 MiB, two passes and one lane (the parameters OWASP names) makes the key, XChaCha20-Poly1305
//! seals. The file is: a magic word, salt (16), nonce (24), ciphertext; all before the ciphertext is bound as associated
//! data, so that nothing of it can be swapped.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

const MAGIC: &[u8; 8] = b"MCSEAL1\n";
const SALT: usize = 16;
const NONCE: usize = 24;
const HEAD: usize = MAGIC.len() + SALT + NONCE;

/// The passphrase is wrong, or the file is not what was sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the passphrase is wrong, or the file is damaged")]
pub struct NotOpened;

/// Seals `content`. Salt and nonce must be random and new each time.
pub fn seal(passphrase: &SecretString, salt: [u8; SALT], nonce: [u8; NONCE], content: &[u8]) -> Vec<u8> {
    let mut file = Vec::with_capacity(HEAD + content.len() + 16);
    file.extend_from_slice(MAGIC);
    file.extend_from_slice(&salt);
    file.extend_from_slice(&nonce);
    let payload = Payload { msg: content, aad: &file };
    let sealed = cipher(passphrase, &salt).encrypt(&nonce.into(), payload);
    // The cipher refuses only what is larger than 256 GiB.
    file.extend(sealed.expect("small files can be sealed"));
    file
}

/// The content of a sealed file.
pub fn open(passphrase: &SecretString, file: &[u8]) -> Result<Zeroizing<Vec<u8>>, NotOpened> {
    let (head, sealed) = file.split_at_checked(HEAD).ok_or(NotOpened)?;
    let (salt, nonce) = head.strip_prefix(MAGIC).ok_or(NotOpened)?.split_at(SALT);
    let payload = Payload { msg: sealed, aad: head };
    let nonce: &XNonce = nonce.try_into().map_err(|_| NotOpened)?;
    let content = cipher(passphrase, salt).decrypt(nonce, payload);
    content.map(Zeroizing::new).map_err(|_| NotOpened)
}

fn cipher(passphrase: &SecretString, salt: &[u8]) -> XChaCha20Poly1305 {
    let params = Params::new(19 * 1024, 2, 1, Some(32)).expect("the parameters lie within Argon2's limits");
    let mut key = Zeroizing::new([0u8; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.expose_secret().as_bytes(), salt, key.as_mut_slice())
        .expect("salt and output have lengths that Argon2 takes");
    XChaCha20Poly1305::new((&*key).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed() -> (SecretString, Vec<u8>) {
        let passphrase = SecretString::from("a long passphrase");
        let file = seal(&passphrase, [1; 16], [2; 24], b"content");
        (passphrase, file)
    }

    #[test]
    fn what_was_sealed_opens_with_the_same_passphrase_only() {
        let (passphrase, file) = sealed();
        assert_eq!(open(&passphrase, &file).unwrap().as_slice(), b"content");
        assert_eq!(open(&SecretString::from("another"), &file), Err(NotOpened));
    }

    #[test]
    fn a_change_of_any_byte_or_length_is_noticed() {
        let (passphrase, file) = sealed();
        for at in 0..file.len() {
            let mut changed = file.clone();
            changed[at] ^= 1;
            assert_eq!(open(&passphrase, &changed), Err(NotOpened), "byte {at}");
        }
        for length in [0, 7, HEAD - 1, HEAD, file.len() - 1] {
            assert_eq!(open(&passphrase, &file[..length]), Err(NotOpened), "length {length}");
        }
    }
}
