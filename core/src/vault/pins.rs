//! The device lists of others: the first one seen counts, and from then on only what follows from it.
//!
//! Somebody who lost all devices and the recovery key comes back under another identity. So does whoever the server would like
//! to put in their place. This device cannot tell the two apart: the person asks, and says so.

use mediconnect_crypto::public::{DeviceList, DeviceListError, Pinned};
use mediconnect_domain::{AccountId, blob::Blob, fetch::keys::PublicKeys};

use super::{VaultError, Vaults, own::Own};
use crate::{Records, store::Pin};

impl Vaults {
    /// Takes in what the server shows as somebody's keys.
    pub(crate) fn learn(&self, shown: &PublicKeys) -> Result<(), VaultError> {
        let account = shown.account_id;
        if account == self.account {
            return Ok(());
        }
        let known = self.store.read(|records| records.pin(account))?;
        if known.as_ref().is_some_and(|pin| pin.entries == shown.entries && pin.doubt.is_none()) {
            return Ok(());
        }
        match (self.verify(account, shown, known.as_ref()), known) {
            (Ok(list), _) => {
                Ok(self.store.keep_pin(account, &Pin::of(&list, &shown.entries, shown.doctor_id))?)
            }
            (Err(DeviceListError::AnotherIdentity), Some(known)) => {
                // It must be a list at all, to be acknowledged.
                self.verify(account, shown, None).map_err(|error| doubtful(account, &error))?;
                let doubt = Some(shown.entries.clone());
                self.store.keep_pin(account, &Pin { doubt, ..known })?;
                Err(VaultError::KeyChanged { account })
            }
            (Err(error), _) => Err(doubtful(account, &error)),
        }
    }

    /// The person has made sure that the keys shown since are right.
    pub(crate) fn acknowledge(&self, account: AccountId) -> Result<(), VaultError> {
        let known = self.store.read(|records| records.pin(account))?;
        let doctor = known.as_ref().and_then(|pin| pin.doctor);
        let Some(entries) = known.and_then(|pin| pin.doubt) else { return Ok(()) };
        let list = self.list_of(account, &entries, None).map_err(|error| doubtful(account, &error))?;
        Ok(self.store.keep_pin(account, &Pin::of(&list, &entries, doctor))?)
    }

    /// The device list of an account as this device holds it. Good for checking what was signed; sealing asks
    /// [`Vaults::recipient_list`].
    pub(super) fn list(
        &self,
        records: &Records,
        own: &Own,
        account: AccountId,
    ) -> Result<DeviceList, VaultError> {
        if account == self.account {
            return Ok(own.list.clone());
        }
        let pin = records.pin(account)?.ok_or(VaultError::NotFetched { account })?;
        self.list_of(account, &pin.entries, Some(&pin)).map_err(|error| doubtful(account, &error))
    }

    /// The same for sealing: refused while another identity was shown and nobody has acknowledged it.
    pub(super) fn recipient_list(
        &self,
        records: &Records,
        own: &Own,
        account: AccountId,
    ) -> Result<DeviceList, VaultError> {
        match records.pin(account)?.is_some_and(|pin| pin.doubt.is_some()) {
            true => Err(VaultError::KeyChanged { account }),
            false => self.list(records, own, account),
        }
    }

    fn verify(
        &self,
        account: AccountId,
        shown: &PublicKeys,
        known: Option<&Pin>,
    ) -> Result<DeviceList, DeviceListError> {
        let here = self.installation.map(uuid::Uuid::from);
        if here != Some(shown.installation) {
            return Err(DeviceListError::AnotherAccount);
        }
        self.list_of(account, &shown.entries, known)
    }

    fn list_of(
        &self,
        account: AccountId,
        entries: &[Blob],
        known: Option<&Pin>,
    ) -> Result<DeviceList, DeviceListError> {
        let pinned = Pinned {
            installation: self.installation.ok_or(DeviceListError::AnotherAccount)?,
            account: account.0.into(),
            identity: known.map(|pin| pin.identity),
            head: known.map(|pin| pin.head),
        };
        DeviceList::verify(&pinned, entries)
    }
}

fn doubtful(account: AccountId, error: &DeviceListError) -> VaultError {
    VaultError::Vault(format!("the keys of {account}: {error}"))
}
