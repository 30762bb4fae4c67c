//! The beginning of a vault.

use mediconnect_crypto::public::MemberLog;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Vault, VaultOf};
use crate::{
    Change, Context, Facts, Halt, Kind, Need, Refusal, Rule, access,
    blob::Blob,
    keys::{KeyRing, refused},
    profiles::{Patient, Permission},
};

/// Founds a patient's vault. Whoever may manage the patient's file does it, with keys of their own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct FoundVault {
    #[garde(skip)]
    pub of: VaultOf,
    #[garde(dive)]
    pub entry: Blob,
    #[garde(length(min = 1, max = 20), dive)]
    pub grants: Vec<Blob>,
}

impl Rule for FoundVault {
    const NAME: &'static str = "vaults.found";

    fn lane(&self) -> String {
        format!("vault:{}", self.of.vault())
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.of.vault().0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let (id, patient) = (self.of.vault(), self.of.patient());
        facts.want([Need::record::<Patient>(patient), Need::record::<Vault>(id)])?;
        let account = access::account(facts, cx)?.id;
        if !access::acts_for(facts, cx, patient, Permission::Manage)? {
            return Err(Refusal::NotFound { kind: Kind::Patient }.into());
        }
        facts.get::<Patient>(patient)?;
        if facts.is_taken::<Vault>(cx, id)? {
            return Err(Refusal::AlreadyExists { kind: Kind::Vault }.into());
        }
        let ring: KeyRing = facts.find(account)?.ok_or(Refusal::KeysRefused)?;
        let list = ring.list().map_err(refused)?;
        let mut vault = Vault {
            id,
            of: self.of,
            installation: ring.installation,
            founder: account,
            founder_identity: list.identity().to_bytes().to_vec().into(),
            entries: Vec::new(),
            writers: Vec::new(),
            grants: Vec::new(),
            epoch: 0,
            members: Vec::new(),
        };
        let log = MemberLog::found(&vault.pin()?, &list, &self.entry.0, &self.grants).map_err(refused)?;
        vault.follow(account, &log, &self.entry, &self.grants)?;
        Ok(vec![Change::put(vault)])
    }
}
