//! A device, recovery key or passkey that comes or goes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{KeyRing, Wrap, refused};
use crate::{Change, Context, Facts, Halt, Refusal, Rule, access, blob::Blob};

/// Adds an entry to the account's device list. Whoever goes leaves a new generation behind: new secrets, and the account key
/// wrapped anew for all who stay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct ChangeKeys {
    #[garde(dive)]
    pub entry: Blob,
    #[garde(length(min = 1, max = 40), dive)]
    pub wraps: Vec<Wrap>,
    #[garde(dive)]
    pub secrets: Blob,
}

impl Rule for ChangeKeys {
    const NAME: &'static str = "keys.change";

    fn lane(&self) -> String {
        "keys".into()
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let account = access::account(facts, cx)?;
        let mut ring: KeyRing = facts.get(account.id)?;
        if ring.entries.len() >= MAX_ENTRIES {
            return Err(Refusal::TooMany { limit: MAX_ENTRIES as u32 }.into());
        }
        let list = ring.list().map_err(refused)?;
        // Somebody was faster: this entry follows another one than the last.
        let list = list.append(&self.entry.0).map_err(|_| Refusal::KeysMoved)?;
        ring.entries.push(self.entry.clone());
        (ring.wraps, ring.secrets) = (self.wraps.clone(), self.secrets.clone());
        ring.covers(&list)?;
        Ok(vec![Change::put(ring)])
    }
}

const MAX_ENTRIES: usize = 500;
