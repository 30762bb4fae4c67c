//! The key with which a server signs its word on commands, and how a device checks it.
//!
//! Ed25519 (RFC 8032): deterministic, so that a receipt given twice is the same twice.

use std::{fmt, fs, io::Write, path::Path};

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use zeroize::Zeroizing;

/// Signs receipts.
#[derive(Clone)]
pub struct ReceiptKey(SigningKey);

/// Why a key file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    #[error("{path}: {error}")]
    Io { path: String, error: std::io::Error },
    #[error("{path} is not a key of 32 bytes")]
    Size { path: String },
    #[error("{path} can be read by others; make it readable by its owner only (chmod 600)")]
    ReadableByOthers { path: String },
}

impl ReceiptKey {
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The key in a file, made with `fresh` at the first start. The file is the owner's alone.
    pub fn open(path: &Path, fresh: impl FnOnce() -> [u8; 32]) -> Result<Self, KeyFileError> {
        let io = |error| KeyFileError::Io { path: path.display().to_string(), error };
        match create(path) {
            Ok(mut file) => {
                let secret = Zeroizing::new(fresh());
                file.write_all(secret.as_slice()).and_then(|()| file.sync_all()).map_err(io)?;
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(io(error)),
        }
        if readable_by_others(path).map_err(io)? {
            return Err(KeyFileError::ReadableByOthers { path: path.display().to_string() });
        }
        let bytes = Zeroizing::new(fs::read(path).map_err(io)?);
        let secret = <[u8; 32]>::try_from(bytes.as_slice());
        let secret =
            Zeroizing::new(secret.map_err(|_| KeyFileError::Size { path: path.display().to_string() })?);
        Ok(Self::new(&secret))
    }

    /// The signature of these bytes, hex.
    pub fn sign(&self, bytes: &[u8]) -> String {
        hex(&self.0.sign(bytes).to_bytes())
    }

    /// What devices check with, hex.
    pub fn public(&self) -> String {
        hex(self.0.verifying_key().as_bytes())
    }
}

impl fmt::Debug for ReceiptKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReceiptKey({})", self.public())
    }
}

/// Whether `signature` is that of `bytes` under `public`; both hex. Low-order keys and other malformed input are refused.
pub fn verify(public: &str, bytes: &[u8], signature: &str) -> bool {
    let Some(key) = unhex::<32>(public).and_then(|key| VerifyingKey::from_bytes(&key).ok()) else {
        return false;
    };
    let Some(signature) = unhex::<64>(signature) else { return false };
    key.verify_strict(bytes, &Signature::from_bytes(&signature)).is_ok()
}

fn create(path: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(unix)]
fn readable_by_others(path: &Path) -> std::io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::metadata(path)?.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn readable_by_others(_: &Path) -> std::io::Result<bool> {
    Ok(false)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032, section 7.1, test 2.
    #[test]
    fn the_published_vector_holds() {
        let secret = unhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb").unwrap();
        let key = ReceiptKey::new(&secret);
        assert_eq!(key.public(), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        let signature = key.sign(&[0x72]);
        assert!(signature.starts_with("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8f"));
        assert!(verify(&key.public(), &[0x72], &signature));
    }

    #[test]
    fn a_changed_byte_another_key_and_malformed_input_are_refused() {
        let key = ReceiptKey::new(&[1; 32]);
        let signature = key.sign(b"accepted");
        assert!(verify(&key.public(), b"accepted", &signature));
        assert!(!verify(&key.public(), b"Accepted", &signature));
        assert!(!verify(&ReceiptKey::new(&[2; 32]).public(), b"accepted", &signature));
        for broken in ["", "zz", &signature[2..], &"é".repeat(64), &"+1".repeat(64)] {
            assert!(!verify(&key.public(), b"accepted", broken));
        }
        // A low-order point would let anybody sign anything.
        assert!(!verify(&format!("01{}", "00".repeat(31)), b"accepted", &signature));
    }

    #[test]
    fn the_key_is_made_once_for_its_owner_alone_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("receipt.key");
        let first = ReceiptKey::open(&path, || [5; 32]).unwrap();
        let again = ReceiptKey::open(&path, || [6; 32]).unwrap();
        assert_eq!(first.public(), again.public());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
            let refused = ReceiptKey::open(&path, || [6; 32]);
            assert!(matches!(refused, Err(KeyFileError::ReadableByOthers { .. })));
        }
    }

    #[test]
    fn a_file_of_another_size_is_no_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("receipt.key");
        create(&path).unwrap().write_all(b"short").unwrap();
        assert!(matches!(ReceiptKey::open(&path, || [0; 32]), Err(KeyFileError::Size { .. })));
    }
}
