//! Giving and opening grants: the one place where keys of a vault pass from one account to another.

use std::fmt;

use super::{
    account::AccountSecrets,
    key::Key,
    keys::{Sealed, seal_to},
    record::{ContentKey, EpochKey},
    vault::ChainKey,
};
use crate::{
    public::{GrantError, MemberLog, Recipient, Scope, Terms, write_terms},
    random::CryptoRng,
    suite::Format,
};

/// What a grant gave.
pub enum Opened {
    Epoch(EpochKey),
    Chain(ChainKey),
    Record(ContentKey),
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Epoch(key) => key.fmt(f),
            Self::Chain(key) => key.fmt(f),
            Self::Record(key) => key.fmt(f),
        }
    }
}

/// Seals a key under these terms to the recipient, with the owner's signature.
pub(crate) fn give(
    owner: &AccountSecrets,
    terms: &Terms,
    to: &Recipient,
    key: &Key,
    rng: &mut impl CryptoRng,
) -> Vec<u8> {
    let terms = write_terms(terms);
    let (encapsulated, ciphertext) = seal_to(&to.sealing, &terms.clone().done(), key.expose(), rng);
    owner.signing().sign(Format::Grant, terms.bytes(&encapsulated).bytes(&ciphertext).done())
}

impl AccountSecrets {
    /// Opens a grant that counts at this time (milliseconds since 1970) by the verified log. The key inside must be the
    /// one that the log names.
    pub fn open_grant(&self, log: &MemberLog, bytes: &[u8], now_ms: u64) -> Result<Opened, GrantError> {
        let grant = log.live(bytes, now_ms)?;
        let terms = &grant.terms;
        let mine = (terms.to, terms.to_identity) == (self.account(), self.identity());
        let opening =
            self.opening(terms.to_generation).filter(|_| mine).ok_or(GrantError::AnotherRecipient)?;
        if opening.public().hash() != terms.to_sealing {
            return Err(GrantError::AnotherRecipient);
        }
        let sealed = Sealed::new(&grant.encapsulated, &grant.ciphertext)?;
        let key = opening.open(&write_terms(terms).done(), &sealed);
        let key = key.and_then(|key| Key::from_slice(&key)).ok_or(GrantError::NotThatKey)?;
        let announced = |key: &EpochKey| log.check(terms.epoch) == Some(&key.check());
        match &terms.scope {
            Scope::Epoch => {
                let key = EpochKey::new(terms.installation, terms.vault, terms.epoch, key);
                announced(&key).then_some(Opened::Epoch(key))
            }
            Scope::Chain => {
                let key = ChainKey::new(terms.installation, terms.vault, terms.epoch, key);
                announced(&key.epoch_key()).then_some(Opened::Chain(key))
            }
            Scope::Record { place, epoch } => {
                Some(Opened::Record(ContentKey { place: place.clone(), epoch: *epoch, key }))
            }
        }
        .ok_or(GrantError::NotThatKey)
    }
}
