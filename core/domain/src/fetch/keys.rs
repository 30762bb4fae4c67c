//! The device lists of others: what one seals to, and checks their signatures with. Wrapped keys and secrets are nobody's but the
//! owner's and are not among them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Fetch, Page};
use crate::{AccountId, DoctorId, VaultId, accounts::Role, blob::Blob, keys::KeyRing};

/// The keys of a doctor whom everyone can find. None where the doctor has made none yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeysOfDoctor {
    pub doctor_id: DoctorId,
}

impl Fetch for KeysOfDoctor {
    const PATH: &'static str = "/v1/keys/doctor";
    type Answer = Page<PublicKeys>;
}

/// The keys of all who are members of a vault or wrote its log, for those who may see the vault.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeysOfVault {
    pub vault_id: VaultId,
}

impl Fetch for KeysOfVault {
    const PATH: &'static str = "/v1/keys/vault";
    type Answer = Page<PublicKeys>;
}

/// An account's device list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PublicKeys {
    pub account_id: AccountId,
    /// Whose account it is, where it is a doctor's.
    pub doctor_id: Option<DoctorId>,
    pub installation: Uuid,
    /// The first entry first.
    pub entries: Vec<Blob>,
}

impl PublicKeys {
    pub fn of(ring: KeyRing, role: &Role) -> Self {
        let KeyRing { account_id, installation, entries, .. } = ring;
        let doctor_id = match role {
            Role::Doctor { doctor_id } => Some(*doctor_id),
            _ => None,
        };
        Self { account_id, doctor_id, installation, entries }
    }
}
