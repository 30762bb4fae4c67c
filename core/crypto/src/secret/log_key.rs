//! The key with which a server stands by its key log.

use super::{key::Key, keys::SigningKey};
use crate::{
    public::{LogHead, VerifyingKey},
    suite::Format,
};
use secrecy::{ExposeSecret, SecretBox};

/// Signs the heads of the key log: the one secret here that a server holds. It opens nothing.
#[derive(Debug)]
pub struct LogKey(SigningKey);

impl LogKey {
    pub fn new(seed: &SecretBox<[u8; 32]>) -> Self {
        Self(SigningKey::new(&Key::copy_of(seed.expose_secret())))
    }

    /// What clients check heads with.
    pub fn public(&self) -> VerifyingKey {
        self.0.public()
    }

    pub fn sign(&self, head: &LogHead) -> Vec<u8> {
        self.0.sign(Format::LogHead, head.body())
    }
}
