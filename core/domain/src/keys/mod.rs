//! The keys of an account as the server keeps them: signed, wrapped, sealed. Nothing here opens anything; see docs/security.md.

use mediconnect_crypto::public::{DeviceList, DeviceListError, Pinned};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{AccountId, Halt, Kind, Refusal, Stored, access::Scope, blob::Blob, id};

/// The keys of one account, with the account's id. Present since a device of the account made them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct KeyRing {
    pub account_id: AccountId,
    /// The installation that the keys are bound to, as devices name it.
    pub installation: Uuid,
    /// The entries of the device list, the first one first.
    pub entries: Vec<Blob>,
    /// The account key, wrapped for each present member of the list.
    pub wraps: Vec<Wrap>,
    /// The account's secrets, sealed under the account key.
    pub secrets: Blob,
}

/// The installation that keys are bound to. It follows from the receipt key (hex) that devices pinned at their first contact:
/// so a device knows it offline, and a server that takes another's place cannot have old keys used for it.
pub fn installation_of(receipt_key: &str) -> Uuid {
    id::derive(&[b"installation", receipt_key.as_bytes()])
}

/// The account key for one device, recovery key or passkey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct Wrap {
    #[garde(skip)]
    pub member_id: Uuid,
    #[garde(dive)]
    pub key: Blob,
}

impl KeyRing {
    /// The device list, checked from its first entry.
    pub fn list(&self) -> Result<DeviceList, DeviceListError> {
        let (installation, account) = (self.installation.into(), self.account_id.0.into());
        DeviceList::verify(&Pinned { installation, account, identity: None, head: None }, &self.entries)
    }

    /// That the keys wrapped are those of the members, each once.
    fn covers(&self, list: &DeviceList) -> Result<(), Halt> {
        let mut members: Vec<Uuid> = list.members().map(|member| member.id.into()).collect();
        let mut wrapped: Vec<Uuid> = self.wraps.iter().map(|wrap| wrap.member_id).collect();
        members.sort();
        wrapped.sort();
        if members == wrapped { Ok(()) } else { Err(Refusal::KeysRefused.into()) }
    }
}

impl Stored for KeyRing {
    const KIND: Kind = Kind::KeyRing;

    fn id(&self) -> Uuid {
        self.account_id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Account(self.account_id)]
    }
}

/// A signed list is refused as a whole: it says nothing more to whoever sent it, and the app's own check found it before.
pub(crate) fn refused<E>(_: E) -> Halt {
    Refusal::KeysRefused.into()
}

pub mod change;
pub mod found;
