//! The first keys of an account.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{KeyRing, Wrap, refused};
use crate::{Change, Context, Facts, Halt, Kind, Refusal, Rule, access, blob::Blob};

/// Lays down the keys that the account's first device made. Done once: a second device is admitted by the first or by the
/// recovery key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct FoundKeys {
    #[garde(skip)]
    pub installation: Uuid,
    /// The device list from its first entry on: the device, and the recovery key that it admitted.
    #[garde(length(min = 1, max = 4), dive)]
    pub entries: Vec<Blob>,
    #[garde(length(min = 1, max = 4), dive)]
    pub wraps: Vec<Wrap>,
    #[garde(dive)]
    pub secrets: Blob,
}

impl Rule for FoundKeys {
    const NAME: &'static str = "keys.found";

    fn lane(&self) -> String {
        "keys".into()
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let account = access::account(facts, cx)?;
        if facts.find::<KeyRing>(account.id)?.is_some() {
            return Err(Refusal::AlreadyExists { kind: Kind::KeyRing }.into());
        }
        let Self { installation, entries, wraps, secrets } = self.clone();
        let ring = KeyRing { account_id: account.id, installation, entries, wraps, secrets };
        ring.covers(&ring.list().map_err(refused)?)?;
        Ok(vec![Change::put(ring)])
    }
}
