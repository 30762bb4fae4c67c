//! The account's own keys, as this device opens them.

use std::sync::Arc;

use mediconnect_crypto::{
    id::{InstallationId, MemberId},
    public::{DeviceList, MemberKind, Pinned},
    secret::{AccountKey, AccountSecrets, MemberKeys, MemberSecret, Owner, RecoveryKey},
};
use mediconnect_domain::{
    AccountId, id,
    keys::{KeyRing, Wrap, found::FoundKeys},
};
use secrecy::SecretBox;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{VaultError, Vaults, WordsState};
use crate::{
    Records, StoreError,
    keychain::{KeyBytes, Keychain, KeychainError},
    store::lock,
};

fn device_name(account: AccountId) -> String {
    format!("{account}.device")
}

fn words_name(account: AccountId) -> String {
    format!("{account}.words")
}

/// How this device stands to the account's keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeysState {
    /// The account's data is on its way, or its keys are being made.
    NotYet,
    Ready,
    /// The account has keys, and this device is not among those that open it.
    Locked,
    /// The server shows other keys than those this device knows. The reason is for a log, not for a person.
    Refused(String),
}

/// This device's keys.
pub(super) struct DeviceKeys {
    pub keys: MemberKeys,
}

/// The account's secrets and the list that says whose they are.
pub(super) struct Own {
    pub list: DeviceList,
    pub secrets: AccountSecrets,
    pub device: Arc<DeviceKeys>,
    /// What both were read from.
    ring: KeyRing,
}

impl Own {
    pub fn new(list: DeviceList, secrets: AccountSecrets, device: Arc<DeviceKeys>, ring: KeyRing) -> Self {
        Self { list, secrets, device, ring }
    }

    pub fn owner(&self) -> Owner<'_> {
        Owner { secrets: &self.secrets, device: &self.device.keys, list: &self.list }
    }
}

/// The keys of a device or recovery key. Its id follows from its public key, so that it is found again by its secret alone.
pub(super) fn member_keys(
    installation: InstallationId,
    account: AccountId,
    kind: MemberKind,
    secret: &MemberSecret,
) -> MemberKeys {
    let derive = |id| MemberKeys::derive(installation, account.0.into(), id, kind, secret);
    let verifying = derive(MemberId([0; 16])).public().verifying;
    derive(id::derive(&[b"member", &verifying.to_bytes()]).into())
}

/// The account key for every member of the list, and the secrets under it.
pub(super) fn wrapped(
    secrets: &AccountSecrets,
    list: &DeviceList,
    rng: &mut impl mediconnect_crypto::random::CryptoRng,
) -> Result<(Vec<Wrap>, Vec<u8>), VaultError> {
    let key = AccountKey::generate(rng);
    let mut wraps = Vec::new();
    for member in list.members().map(|member| member.id) {
        wraps.push(Wrap { member_id: member.into(), key: key.wrap(list, member, rng)?.into() });
    }
    Ok((wraps, secrets.seal(&key, rng)))
}

/// The secrets, for a member of the list.
pub(super) fn unwrapped(
    ring: &KeyRing,
    list: &DeviceList,
    member: &MemberKeys,
) -> Result<AccountSecrets, VaultError> {
    let id = Uuid::from(member.public().id);
    let wrap = ring.wraps.iter().find(|wrap| wrap.member_id == id).ok_or(VaultError::Locked)?;
    let key = AccountKey::unwrap(list, member, &wrap.key.0)?;
    Ok(AccountSecrets::open(list, &key, &ring.secrets.0)?)
}

impl Vaults {
    /// Looks into the keychain, once: it may be slow, and screens must not wait for it.
    pub(super) fn load(&self) -> Result<(), KeychainError> {
        let secret = self.keychain.load(&device_name(self.account))?;
        let device = secret.zip(self.installation).map(|(secret, here)| {
            let keys = member_keys(here, self.account, MemberKind::Device, &member_secret(&secret));
            Arc::new(DeviceKeys { keys })
        });
        *lock(&self.device) = device;
        let unsaved = self.keychain.load(&words_name(self.account))?.is_some();
        *lock(&self.words) = if unsaved { WordsState::Unsaved } else { WordsState::NotHere };
        Ok(())
    }

    /// This device's keys; made, and durable in the keychain, before anything that names them is.
    pub(super) fn device_keys(&self) -> Result<Arc<DeviceKeys>, VaultError> {
        self.installation()?;
        if let Some(device) = lock(&self.device).clone() {
            return Ok(device);
        }
        self.keychain.store(&device_name(self.account), &self.fresh())?;
        self.load()?;
        lock(&self.device).clone().ok_or(VaultError::NotYet)
    }

    /// The recovery key that waits to be written down; a new one where none does.
    pub(super) fn recovery_key(&self) -> Result<RecoveryKey, VaultError> {
        let name = words_name(self.account);
        let bytes = match self.keychain.load(&name)? {
            Some(bytes) => bytes,
            None => {
                let bytes = self.fresh();
                self.keychain.store(&name, &bytes)?;
                bytes
            }
        };
        *lock(&self.words) = WordsState::Unsaved;
        Ok(recovery_key(&bytes))
    }

    /// The recovery key as long as it waits to be written down.
    pub(super) fn unsaved_key(&self) -> Result<Option<RecoveryKey>, VaultError> {
        Ok(self.keychain.load(&words_name(self.account))?.map(|bytes| recovery_key(&bytes)))
    }

    /// From here on the words are on paper alone.
    pub(crate) fn forget_words(&self) -> Result<(), VaultError> {
        self.keychain.forget(&words_name(self.account))?;
        *lock(&self.words) = WordsState::NotHere;
        Ok(())
    }

    /// Forgets what the keychain holds for this account beside the key of its store.
    pub(crate) fn forget(keychain: &dyn Keychain, account: AccountId) -> Result<(), KeychainError> {
        keychain.forget(&device_name(account))?;
        keychain.forget(&words_name(account))
    }

    fn fresh(&self) -> KeyBytes {
        let mut bytes = Zeroizing::new([0; 32]);
        self.random.fill(bytes.as_mut_slice());
        bytes
    }

    /// New keys for an account that has none: this device and a recovery key.
    pub(super) fn found_keys(&self) -> Result<FoundKeys, VaultError> {
        let (installation, account) = (self.installation()?, self.account.0.into());
        let (device, recovery) = (self.device_keys()?, self.recovery_key()?);
        let recovery = member_keys(installation, self.account, MemberKind::RecoveryKey, &recovery.secret());
        let rng = &mut self.rng();
        let secrets = AccountSecrets::generate(installation, account, rng);
        let first = secrets.found(&device.keys);
        let pinned = Pinned { installation, account, identity: None, head: None };
        let list = DeviceList::verify(&pinned, std::slice::from_ref(&first))?;
        let second = secrets.admit(&list, &device.keys, recovery.public().clone());
        let list = list.append(&second)?;
        let (wraps, sealed) = wrapped(&secrets, &list, rng)?;
        Ok(FoundKeys {
            installation: installation.into(),
            entries: vec![first.into(), second.into()],
            wraps,
            secrets: sealed.into(),
        })
    }

    /// The account's device list, checked against what this device has seen of it.
    pub(super) fn own_list(&self, records: &Records) -> Result<(KeyRing, DeviceList), VaultError> {
        let Some(ring) = records.get::<KeyRing>(self.account)? else {
            return Err(if records.is_whole()? { VaultError::NoKeys } else { VaultError::NotYet });
        };
        let (installation, pin) = (self.installation()?, records.pin(self.account)?);
        if ring.installation != Uuid::from(installation) {
            return Err(VaultError::OwnKeys("of another installation".into()));
        }
        let pinned = Pinned {
            installation,
            account: self.account.0.into(),
            identity: pin.as_ref().map(|pin| pin.identity),
            head: pin.map(|pin| pin.head),
        };
        let list = DeviceList::verify(&pinned, &ring.entries)?;
        Ok((ring, list))
    }

    /// The account's secrets.
    pub(super) fn own(&self, records: &Records) -> Result<Arc<Own>, VaultError> {
        let known = lock(&self.own).clone();
        if let Some(own) = known
            && records.get::<KeyRing>(self.account)?.is_some_and(|ring| ring == own.ring)
        {
            return Ok(own);
        }
        let (ring, list) = self.own_list(records)?;
        let device = lock(&self.device).clone().ok_or(VaultError::Locked)?;
        if list.member(device.keys.public().id).is_none() {
            return Err(VaultError::Locked);
        }
        let secrets = unwrapped(&ring, &list, &device.keys)?;
        let own = Arc::new(Own::new(list, secrets, device, ring));
        *lock(&self.own) = Some(own.clone());
        Ok(own)
    }

    /// How this device stands to the account's keys.
    pub fn state(&self, records: &Records) -> Result<KeysState, StoreError> {
        Ok(match self.own(records) {
            Ok(_) => KeysState::Ready,
            Err(VaultError::Locked) => KeysState::Locked,
            Err(VaultError::OwnKeys(why)) => KeysState::Refused(why),
            Err(VaultError::Store(error)) => return Err(error),
            Err(_) => KeysState::NotYet,
        })
    }
}

pub(super) fn member_secret(bytes: &KeyBytes) -> MemberSecret {
    MemberSecret::new(&boxed(bytes))
}

fn recovery_key(bytes: &KeyBytes) -> RecoveryKey {
    RecoveryKey::new(&boxed(bytes))
}

fn boxed(bytes: &KeyBytes) -> SecretBox<[u8; 32]> {
    SecretBox::init_with_mut(|copy: &mut [u8; 32]| copy.copy_from_slice(bytes.as_slice()))
}
