//! What an account may read, from its records: asked by every read, pull, list and socket.

use std::collections::BTreeSet;

use jiff::Timestamp;
use mediconnect_domain::{
    AccountId, Facts, Halt, Kind,
    access::{self, Scope},
    profiles::Link,
    vaults::Vault,
};

use crate::storage::{StoreError, Tx};

/// What an account may read at an instant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rights {
    /// Empty where there is no such account.
    pub scopes: BTreeSet<Scope>,
    /// The earliest instant at which some of it ends by itself.
    pub until: Option<Timestamp>,
}

impl Rights {
    /// What devices may hold.
    pub fn buckets(&self) -> impl Iterator<Item = Scope> + '_ {
        self.scopes.iter().copied().filter(Scope::is_bucket)
    }

    /// Whether they may no longer hold at `now`.
    pub fn ended(&self, now: Timestamp) -> bool {
        self.until.is_some_and(|until| until <= now)
    }
}

/// The rights of an account.
pub async fn rights(tx: &mut dyn Tx, account: AccountId, now: Timestamp) -> Result<Rights, StoreError> {
    let needs = access::needs_of(account);
    let answers = tx.fetch(&needs).await?;
    let mut facts = Facts::default();
    let mut until = None;
    for (need, answer) in needs.into_iter().zip(answers) {
        if let mediconnect_domain::Answer::Rows(rows) = &answer {
            let links = rows.iter().filter(|row| row.kind == Kind::Link).filter_map(|row| row.read::<Link>());
            let ends = links.filter(|link| link.is_live(now)).filter_map(|link| link.expires_at);
            let vaults = rows.iter().filter_map(|row| row.read::<Vault>());
            let closes = vaults.filter_map(|vault| vault.member(account, now)?.expires_at);
            until = until.into_iter().chain(ends).chain(closes).min();
        }
        facts.learn(need, answer);
    }
    match access::scopes_in(&facts, account, now) {
        Ok(scopes) => Ok(Rights { scopes: scopes.unwrap_or_default(), until }),
        Err(Halt::Refused(refusal)) => Err(StoreError::Refused(refusal.code().into())),
        Err(_) => Err(StoreError::Refused("rights need more than was asked".into())),
    }
}
