//! Opening a vault: its member log, checked, and the keys of those epochs that were granted to this account.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use jiff::Timestamp;
use mediconnect_crypto::{
    public::{DeviceList, MemberLog, VaultPin},
    secret::{ChainKey, EpochKey, Opened},
};
use mediconnect_domain::{VaultId, vaults::Vault};
use uuid::Uuid;

use super::{VaultError, Vaults, own::Own};
use crate::{Records, store::lock};

/// A vault whose log holds, with what this account may open of it.
pub(super) struct OpenVault {
    pub log: MemberLog,
    /// Opens the epoch it is of, and all before.
    pub chain: Option<ChainKey>,
    /// Keys of single epochs, granted or derived.
    epochs: Mutex<BTreeMap<u64, EpochKey>>,
    /// What it was read from.
    record: Vault,
    own: Arc<Own>,
}

impl OpenVault {
    /// One that was to be founded, and was not.
    pub fn never_founded(log: MemberLog, chain: ChainKey, record: Vault, own: Arc<Own>) -> Self {
        Self { log, chain: Some(chain), epochs: Mutex::default(), record, own }
    }

    pub fn id(&self) -> VaultId {
        self.record.id
    }

    /// The key of an epoch; `None` where it was not granted to this account.
    pub fn epoch_key(&self, epoch: u64) -> Option<EpochKey> {
        let mut epochs = lock(&self.epochs);
        if let Some(key) = epochs.get(&epoch) {
            return Some(key.clone());
        }
        let key = self.chain.as_ref()?.epoch_key_of(&self.log, epoch).ok()?;
        epochs.insert(epoch, key.clone());
        Some(key)
    }
}

impl Vaults {
    /// The vault, opened anew only where it has changed.
    pub(super) fn vault(
        &self,
        records: &Records,
        id: VaultId,
        now: Timestamp,
    ) -> Result<Arc<OpenVault>, VaultError> {
        let own = self.own(records)?;
        let record: Vault = records.get(id)?.ok_or(VaultError::NoVault)?;
        record.member(self.account, now).ok_or(VaultError::NoVault)?;
        if let Some(open) = lock(&self.open).get(&id)
            && open.record == record
            && Arc::ptr_eq(&open.own, &own)
        {
            return Ok(open.clone());
        }
        lock(&self.open).remove(&id);
        let open = Arc::new(self.open_vault(records, own, record, now)?);
        self.look_again(id);
        lock(&self.open).insert(id, open.clone());
        Ok(open)
    }

    fn open_vault(
        &self,
        records: &Records,
        own: Arc<Own>,
        record: Vault,
        now: Timestamp,
    ) -> Result<OpenVault, VaultError> {
        let log = self.member_log(records, &own, &record)?;
        let (mut chain, mut epochs) = (None::<ChainKey>, BTreeMap::new());
        let mut refused = None;
        for grant in record.grants.iter().filter(|grant| grant.to == self.account) {
            match own.secrets.open_grant(&log, &grant.grant.0, milliseconds(now)) {
                Ok(Opened::Chain(key)) if chain.as_ref().is_none_or(|known| known.epoch() < key.epoch()) => {
                    chain = Some(key);
                }
                Ok(Opened::Epoch(key)) => drop(epochs.insert(key.epoch(), key)),
                Ok(_) => {}
                Err(error) => refused = Some(error),
            }
        }
        match (chain.is_some() || !epochs.is_empty(), refused) {
            (true, _) => Ok(OpenVault { log, chain, epochs: Mutex::new(epochs), record, own }),
            (false, Some(error)) => Err(error.into()),
            (false, None) => Err(VaultError::NoVault),
        }
    }

    /// The log, from its first entry, with the lists of all who wrote it.
    pub(super) fn member_log(
        &self,
        records: &Records,
        own: &Own,
        record: &Vault,
    ) -> Result<MemberLog, VaultError> {
        let installation = self.installation()?;
        if record.installation != Uuid::from(installation) {
            return Err(VaultError::Vault("of another installation".into()));
        }
        let lists = record.writers.iter().map(|writer| self.list(records, own, *writer));
        let lists = lists.collect::<Result<Vec<DeviceList>, _>>()?;
        let founder = self.list(records, own, record.founder)?;
        let pin = VaultPin {
            installation,
            vault: record.id.0.into(),
            founder: record.founder.0.into(),
            founder_identity: *founder.identity(),
            head: records.log_head(record.id)?,
        };
        let lists: Vec<&DeviceList> = lists.iter().collect();
        Ok(MemberLog::verify(&pin, &lists, &record.entries)?)
    }
}

pub(super) fn milliseconds(at: Timestamp) -> u64 {
    u64::try_from(at.as_millisecond()).unwrap_or_default()
}
