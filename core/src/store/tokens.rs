//! What ties a store to a session: its tokens, and the device id under which its lanes count.

use mediconnect_domain::{DeviceId, Row, Stored, accounts::Account, sign_in::Tokens};
use mediconnect_records as records;
use rusqlite::Connection;
use uuid::Uuid;

use super::{Store, StoreError, meta::Meta};

const DEVICE: Meta<DeviceId> = Meta::new("device");
const TOKENS: Meta<Tokens> = Meta::new("tokens");

impl Store {
    /// The device id of this store, `first` at the first call. Lanes count per device: a store that begins anew must not
    /// count under an old id.
    pub(crate) fn device(&self, first: DeviceId) -> Result<DeviceId, StoreError> {
        self.write(|connection, _| match DEVICE.get(connection)? {
            Some(device) => Ok(device),
            None => DEVICE.set(connection, &first).map(|()| first),
        })
    }

    /// Under another incarnation of the server lanes begin anew.
    pub(super) fn renew_device(connection: &Connection, incarnation: Uuid) -> Result<(), StoreError> {
        if let Some(device) = DEVICE.get(connection)? {
            DEVICE.set(connection, &DeviceId::derive(&[device.0.as_bytes(), incarnation.as_bytes()]))?;
        }
        connection.execute("DELETE FROM lane", [])?;
        Ok(())
    }

    pub(crate) fn tokens(&self) -> Result<Option<Tokens>, StoreError> {
        self.read_raw(|connection| TOKENS.get(connection))
    }

    pub(crate) fn set_tokens(&self, tokens: &Tokens) -> Result<(), StoreError> {
        self.write(|connection, _| TOKENS.set(connection, tokens))
    }

    /// What signing in told of the account, so that the rules know who acts before the first pull.
    pub(crate) fn introduce(&self, account: &Account) -> Result<(), StoreError> {
        self.write(|connection, changed| {
            if records::get(connection, Account::KIND, account.id.0)?.is_none() {
                let body = serde_json::to_string(account).expect("an account is JSON");
                records::put(connection, &Row::new(Account::KIND, account.id.0, 0, body))?;
                changed.record(Account::KIND);
            }
            Ok(())
        })
    }
}
