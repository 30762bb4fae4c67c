//! Keys that are gone with the process: tests.

use std::{collections::HashMap, sync::Mutex};

use super::{KeyBytes, Keychain, KeychainError};
use crate::store::lock;

#[derive(Default)]
pub struct MemoryKeychain {
    keys: Mutex<HashMap<String, KeyBytes>>,
}

impl Keychain for MemoryKeychain {
    fn load(&self, name: &str) -> Result<Option<KeyBytes>, KeychainError> {
        Ok(lock(&self.keys).get(name).cloned())
    }

    fn store(&self, name: &str, key: &KeyBytes) -> Result<(), KeychainError> {
        lock(&self.keys).insert(name.to_owned(), key.clone());
        Ok(())
    }

    fn forget(&self, name: &str) -> Result<(), KeychainError> {
        lock(&self.keys).remove(name);
        Ok(())
    }

    fn kind(&self) -> &'static str {
        "memory"
    }
}
