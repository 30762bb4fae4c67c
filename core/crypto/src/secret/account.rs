//! An account's own keys: its identity, and one opening key for every generation of its device list.
//!
//! They lie at the server, sealed under the account key; the account key lies there too, once for each member of the device
//! list, wrapped by HPKE. Nothing a password gives opens either. What comes back is checked against the signed list, so a
//! server cannot hand out keys of its own or those from before a device was removed.

use std::fmt;

use secrecy::{ExposeSecret, SecretBox};

use super::{
    committed,
    key::Key,
    keys::{OpeningKey, Sealed, SigningKey, seal_to},
    member::MemberKeys,
};
use crate::{
    canonical::{DecodeError, Reader, Writer},
    id::{AccountId, InstallationId, MemberId},
    public::{DeviceAction, DeviceEntry, DeviceList, Head, Member, VerifyingKey},
    random::CryptoRng,
    suite::Format,
};

/// Why an account does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountError {
    #[error(transparent)]
    Decode(#[from] DecodeError),
    #[error("it is of another installation, account or member")]
    AnotherAccount,
    #[error("it is of generation {found}, the device list is at {expected}")]
    Generation { expected: u64, found: u64 },
    #[error("it was not made for this key, or was changed")]
    NotOpened,
    #[error("the keys inside are not those that the device list names")]
    NotThoseKeys,
    #[error("no such member in the device list")]
    NotAMember,
}

/// Opens the account's secrets. New with every generation.
pub struct AccountKey(Key);

impl AccountKey {
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self(Key::generate(rng))
    }

    /// What a keystore kept.
    pub fn new(bytes: &SecretBox<[u8; 32]>) -> Self {
        Self(Key::copy_of(bytes.expose_secret()))
    }

    /// For the keystore alone.
    pub fn expose(&self) -> &[u8; 32] {
        self.0.expose()
    }

    /// Wraps the key for a member of the list.
    pub fn wrap(
        &self,
        list: &DeviceList,
        member: MemberId,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, AccountError> {
        let member = list.member(member).ok_or(AccountError::NotAMember)?;
        let terms = wrap_terms(list, member);
        let (encapsulated, ciphertext) =
            seal_to(&member.sealing, &terms.clone().done(), self.0.expose(), rng);
        Ok(terms.bytes(&encapsulated).bytes(&ciphertext).done())
    }

    /// Unwraps it with a member's keys.
    pub fn unwrap(list: &DeviceList, keys: &MemberKeys, bytes: &[u8]) -> Result<Self, AccountError> {
        let mut reader = Reader::stored(Format::Wrap, bytes)?;
        let of = (InstallationId(reader.array()?), AccountId(reader.array()?));
        let generation = reader.number()?;
        let member = MemberId(reader.array()?);
        let (encapsulated, ciphertext) = (reader.bytes()?, reader.bytes()?);
        reader.end()?;
        if of != (list.installation(), list.account()) || member != keys.public().id {
            return Err(AccountError::AnotherAccount);
        }
        same_generation(list, generation)?;
        if list.member(member) != Some(keys.public()) {
            return Err(AccountError::NotAMember);
        }
        let terms = wrap_terms(list, keys.public()).done();
        let sealed = Sealed::new(encapsulated, ciphertext).map_err(|_| AccountError::NotOpened)?;
        let key = keys.opening().open(&terms, &sealed);
        key.and_then(|key| Key::from_slice(&key)).map(Self).ok_or(AccountError::NotOpened)
    }
}

impl fmt::Debug for AccountKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccountKey([secret])")
    }
}

fn wrap_terms(list: &DeviceList, member: &Member) -> Writer {
    Writer::stored(Format::Wrap)
        .bytes(&list.installation().0)
        .bytes(&list.account().0)
        .number(list.sealing().0)
        .bytes(&member.id.0)
}

fn same_generation(list: &DeviceList, found: u64) -> Result<(), AccountError> {
    let expected = list.sealing().0;
    if expected == found { Ok(()) } else { Err(AccountError::Generation { expected, found }) }
}

/// What an account signs and opens with.
pub struct AccountSecrets {
    installation: InstallationId,
    account: AccountId,
    identity: SigningKey,
    /// The first generation first.
    openings: Vec<OpeningKey>,
}

impl AccountSecrets {
    pub fn generate(installation: InstallationId, account: AccountId, rng: &mut impl CryptoRng) -> Self {
        let identity = SigningKey::new(&Key::generate(rng));
        Self { installation, account, identity, openings: vec![OpeningKey::new(Key::generate(rng))] }
    }

    pub fn installation(&self) -> InstallationId {
        self.installation
    }

    pub fn account(&self) -> AccountId {
        self.account
    }

    pub fn identity(&self) -> VerifyingKey {
        self.identity.public()
    }

    /// Counted from 1.
    pub fn generation(&self) -> u64 {
        self.openings.len() as u64
    }

    pub(crate) fn signing(&self) -> &SigningKey {
        &self.identity
    }

    pub(crate) fn opening(&self, generation: u64) -> Option<&OpeningKey> {
        self.openings.get(usize::try_from(generation.checked_sub(1)?).ok()?)
    }

    /// The first entry of the device list, with the first device.
    pub fn found(&self, device: &MemberKeys) -> Vec<u8> {
        let sealing = self.openings[0].public();
        self.entry(Head::EMPTY, device, DeviceAction::Found { member: device.public().clone(), sealing })
    }

    /// The entry by which `by` admits another member.
    pub fn admit(&self, list: &DeviceList, by: &MemberKeys, member: Member) -> Vec<u8> {
        self.entry(list.head(), by, DeviceAction::Admit { member })
    }

    /// The entry by which `by` removes another member, and the secrets of the new generation. Once the server has taken
    /// the entry: seal them under a new account key, wrap that for everyone who remains, and begin a new epoch in every
    /// vault that the removed one could read.
    pub fn remove(
        &self,
        list: &DeviceList,
        by: &MemberKeys,
        member: MemberId,
        rng: &mut impl CryptoRng,
    ) -> (Self, Vec<u8>) {
        let opening = OpeningKey::new(Key::generate(rng));
        let action = DeviceAction::Remove { member, sealing: opening.public() };
        let entry = self.entry(list.head(), by, action);
        let openings = self.openings.iter().cloned().chain([opening]).collect();
        let identity = SigningKey::new(&Key::copy_of(self.identity.seed()));
        (Self { installation: self.installation, account: self.account, identity, openings }, entry)
    }

    fn entry(&self, head: Head, by: &MemberKeys, action: DeviceAction) -> Vec<u8> {
        let entry = DeviceEntry {
            installation: self.installation,
            account: self.account,
            link: head.next(),
            identity: self.identity(),
            by: by.public().id,
            action,
        };
        let by_identity = self.identity.sign(Format::DeviceEntry, entry.body());
        by.signing().sign(Format::DeviceEntry, by_identity)
    }

    /// Seals the secrets under the account key, to be kept by the server.
    pub fn seal(&self, key: &AccountKey, rng: &mut impl CryptoRng) -> Vec<u8> {
        let terms = account_terms(self.installation, self.account, self.generation());
        let bound = terms.clone().done();
        let size = 32 * (1 + self.openings.len());
        let fill = |out: &mut Vec<u8>| {
            out.extend_from_slice(self.identity.seed());
            self.openings.iter().for_each(|opening| out.extend_from_slice(opening.seed()));
        };
        let mut sealed = Vec::new();
        committed::seal(&key.0, Format::Account, &bound, size, fill, &mut sealed, rng);
        terms.bytes(&sealed).done()
    }

    /// Opens them, and checks that they are what the verified list names.
    pub fn open(list: &DeviceList, key: &AccountKey, bytes: &[u8]) -> Result<Self, AccountError> {
        let mut reader = Reader::stored(Format::Account, bytes)?;
        let (installation, account) = (InstallationId(reader.array()?), AccountId(reader.array()?));
        let generation = reader.number()?;
        let sealed = reader.bytes()?;
        reader.end()?;
        if (installation, account) != (list.installation(), list.account()) {
            return Err(AccountError::AnotherAccount);
        }
        same_generation(list, generation)?;
        let terms = account_terms(installation, account, generation).done();
        let secrets =
            committed::open(&key.0, Format::Account, &terms, sealed).ok_or(AccountError::NotOpened)?;
        let mut seeds = secrets.chunks(32).map(Key::from_slice);
        let seed = seeds.next().flatten().ok_or(AccountError::NotThoseKeys)?;
        let openings: Option<Vec<_>> = seeds.map(|seed| seed.map(OpeningKey::new)).collect();
        let openings = openings.ok_or(AccountError::NotThoseKeys)?;
        let identity = SigningKey::new(&seed);
        let named = identity.public() == *list.identity()
            && openings.iter().map(OpeningKey::public).eq(list.generations().iter().cloned());
        if !named {
            return Err(AccountError::NotThoseKeys);
        }
        Ok(Self { installation, account, identity, openings })
    }
}

fn account_terms(installation: InstallationId, account: AccountId, generation: u64) -> Writer {
    Writer::stored(Format::Account).bytes(&installation.0).bytes(&account.0).number(generation)
}

impl fmt::Debug for AccountSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccountSecrets of {:?}, generation {}", self.account, self.generation())
    }
}
