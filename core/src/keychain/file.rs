//! Keys in files, for devices without a key store.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Mutex,
};

use mediconnect_crypto::sealed_file;
use secrecy::SecretString;
use zeroize::{Zeroize, Zeroizing};

use super::{KeyBytes, Keychain, KeychainError};
use crate::store::lock;

type Keys = BTreeMap<String, KeyBytes>;

/// Keys in a file that only its owner can read. As safe as the owner's account on this machine, no safer.
pub struct KeyFile {
    path: PathBuf,
    turn: Mutex<()>,
}

impl KeyFile {
    pub fn new(path: PathBuf) -> Self {
        Self { path, turn: Mutex::default() }
    }
}

impl Keychain for KeyFile {
    fn load(&self, name: &str) -> Result<Option<KeyBytes>, KeychainError> {
        let _turn = lock(&self.turn);
        let Some(text) = read(&self.path)? else { return Ok(None) };
        Ok(parse(&text)?.remove(name))
    }

    fn store(&self, name: &str, key: &KeyBytes) -> Result<(), KeychainError> {
        self.change(|keys| drop(keys.insert(name.to_owned(), key.clone())))
    }

    fn forget(&self, name: &str) -> Result<(), KeychainError> {
        self.change(|keys| drop(keys.remove(name)))
    }

    fn kind(&self) -> &'static str {
        "key_file"
    }
}

impl KeyFile {
    fn change(&self, change: impl FnOnce(&mut Keys)) -> Result<(), KeychainError> {
        let _turn = lock(&self.turn);
        let mut keys = match read(&self.path)? {
            Some(text) => parse(&text)?,
            None => Keys::new(),
        };
        change(&mut keys);
        Ok(replace(&self.path, write_down(&keys).as_bytes())?)
    }
}

/// Keys in a file sealed with a passphrase; see [`mediconnect_crypto::sealed_file`].
pub struct SealedFile {
    path: PathBuf,
    passphrase: SecretString,
    /// The keys, once the passphrase has opened the file: deriving its key is slow on purpose.
    open: Mutex<Option<Keys>>,
}

impl SealedFile {
    pub fn new(path: PathBuf, passphrase: SecretString) -> Self {
        Self { path, passphrase, open: Mutex::default() }
    }

    fn with<R>(&self, work: impl FnOnce(&mut Keys) -> Result<R, KeychainError>) -> Result<R, KeychainError> {
        let mut open = lock(&self.open);
        if open.is_none() {
            *open = Some(match read(&self.path)? {
                Some(sealed) => {
                    let text = sealed_file::open(&self.passphrase, &sealed)
                        .map_err(|_| KeychainError::WrongPassphrase)?;
                    parse(&text)?
                }
                None => Keys::new(),
            });
        }
        work(open.get_or_insert_default())
    }

    fn write(&self, keys: &Keys) -> Result<(), KeychainError> {
        let (mut salt, mut nonce) = ([0; 16], [0; 24]);
        for bytes in [&mut salt[..], &mut nonce[..]] {
            getrandom::fill(bytes).map_err(|error| KeychainError::Failed(error.to_string()))?;
        }
        let sealed = sealed_file::seal(&self.passphrase, salt, nonce, write_down(keys).as_bytes());
        Ok(replace(&self.path, &sealed)?)
    }
}

impl Keychain for SealedFile {
    fn load(&self, name: &str) -> Result<Option<KeyBytes>, KeychainError> {
        self.with(|keys| Ok(keys.get(name).cloned()))
    }

    fn store(&self, name: &str, key: &KeyBytes) -> Result<(), KeychainError> {
        self.with(|keys| {
            keys.insert(name.to_owned(), key.clone());
            self.write(keys)
        })
    }

    fn forget(&self, name: &str) -> Result<(), KeychainError> {
        self.with(|keys| {
            keys.remove(name);
            self.write(keys)
        })
    }

    fn kind(&self) -> &'static str {
        "sealed_file"
    }
}

/// One line a key: its name, a space, hex.
fn write_down(keys: &Keys) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::new());
    for (name, key) in keys {
        let mut hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        text.push_str(&format!("{name} "));
        text.push_str(&hex);
        text.push('\n');
        hex.zeroize();
    }
    text
}

fn parse(text: &[u8]) -> Result<Keys, KeychainError> {
    let damaged = || KeychainError::File(io::Error::new(io::ErrorKind::InvalidData, "not a key file"));
    let text = std::str::from_utf8(text).map_err(|_| damaged())?;
    let line = |line: &str| {
        let (name, hex) = line.rsplit_once(' ')?;
        let mut key = Zeroizing::new([0; 32]);
        if hex.len() != 64 || !hex.is_ascii() {
            return None;
        }
        for (at, byte) in key.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok()?;
        }
        Some((name.to_owned(), key))
    };
    text.lines().map(|text| line(text).ok_or_else(damaged)).collect()
}

fn read(path: &Path) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes beside it, then renames: the file is the old one or the new one, never half of it.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::io::Write;
    let beside = path.with_extension("new");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    // The rename itself is durable once the folder is.
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> KeyBytes {
        Zeroizing::new([byte; 32])
    }

    #[test]
    fn a_key_file_keeps_keys_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        KeyFile::new(path.clone()).store("device", &key(1)).unwrap();
        let again = KeyFile::new(path.clone());
        assert_eq!(again.load("device").unwrap(), Some(key(1)));
        again.forget("device").unwrap();
        assert_eq!(again.load("device").unwrap(), None);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_sealed_file_opens_with_its_passphrase_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.sealed");
        SealedFile::new(path.clone(), "right horse".into()).store("device", &key(7)).unwrap();
        let wrong = SealedFile::new(path.clone(), "wrong horse".into());
        assert!(matches!(wrong.load("device"), Err(KeychainError::WrongPassphrase)));
        assert!(
            matches!(wrong.store("device", &key(8)), Err(KeychainError::WrongPassphrase)),
            "nor written over"
        );
        let right = SealedFile::new(path.clone(), "right horse".into());
        assert_eq!(right.load("device").unwrap(), Some(key(7)));
        let shown = fs::read(&path).unwrap();
        assert!(!shown.windows(8).any(|part| part == b"07070707"));
    }

    #[test]
    fn keys_that_lie_in_a_file_are_looked_for_there_even_if_a_key_store_answers_later() {
        let folder = tempfile::tempdir().unwrap();
        KeyFile::new(folder.path().join("keys")).store("device", &key(1)).unwrap();
        let keychain = crate::keychain::platform_or_file(folder.path());
        assert_eq!((keychain.kind(), keychain.load("device").unwrap()), ("key_file", Some(key(1))));
    }

    #[test]
    fn a_damaged_key_file_is_an_error_and_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        fs::write(&path, "device 12").unwrap();
        assert!(matches!(KeyFile::new(path.clone()).store("other", &key(1)), Err(KeychainError::File(_))));
        assert_eq!(fs::read_to_string(&path).unwrap(), "device 12");
    }
}
