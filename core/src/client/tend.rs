//! Doing what [`crate::vault`] finds is to be done about keys, after each round of sync.

use std::{collections::BTreeSet, sync::Arc};

use mediconnect_domain::{CommandId, VaultId, fetch::keys::KeysOfVault};

use super::{Client, FetchError, open::OpenAccount};
use crate::{StoreError, VaultError, vault::Duty};

/// After this many rounds there is nothing left to do, or there is a fault, which must not turn into a loop.
const ROUNDS: usize = 8;

impl Client {
    /// Answers whether something was submitted: then there is something to send.
    pub(super) async fn tend(&self, open: &Arc<OpenAccount>) -> bool {
        match self.tend_or_fail(open).await {
            Ok(submitted) => submitted,
            Err(error) => {
                tracing::warn!(%error, "keys could not be tended");
                false
            }
        }
    }

    async fn tend_or_fail(&self, open: &Arc<OpenAccount>) -> Result<bool, VaultError> {
        let Some(stirred) = open.vaults.stirred(&self.inner.signals)? else { return Ok(false) };
        let (submitted, unchecked) = self.submit_duties(open)?;
        let mut fetched = true;
        for vault in unchecked {
            fetched &= self.fetch_keys(open, vault).await?;
        }
        open.vaults.keep(self.now())?;
        // Without network what is missing is asked for again at the next round.
        if fetched {
            open.vaults.settled(stirred);
        }
        Ok(submitted)
    }

    /// Does what can be done here. Answers whether something was submitted, and the vaults whose members' keys are to be fetched.
    fn submit_duties(&self, open: &OpenAccount) -> Result<(bool, BTreeSet<VaultId>), VaultError> {
        let _one = open.vaults.tending();
        let (mut submitted, mut unchecked) = (false, BTreeSet::new());
        // What is done makes the next thing possible: keys, then vaults, then what was sealed for others.
        for _ in 0..ROUNDS {
            let pending = open.store.pending()?;
            let duties =
                open.store.read(|records| Ok(open.vaults.duties(records, &pending, self.now())))??;
            let mut done = false;
            for duty in duties {
                done |= self.do_duty(open, duty, &mut unchecked)?;
            }
            submitted |= done;
            if !done {
                break;
            }
        }
        if submitted {
            self.inner.board.count(&open.store)?;
            self.inner.wake.notify_one();
        }
        Ok((submitted, unchecked))
    }

    /// Whether something was submitted. What the rules refuse here stands in nothing else's way.
    fn do_duty(
        &self,
        open: &OpenAccount,
        duty: Duty,
        unchecked: &mut BTreeSet<VaultId>,
    ) -> Result<bool, StoreError> {
        let (id, now) = (|| CommandId(self.new_id()), self.now());
        let taken = match duty {
            Duty::Submit(command) => open.store.submit(id(), &command, now)?,
            Duty::Replace(old, command) => open.store.replace(old, (id(), id()), &command, now)?,
            Duty::Discard(old) => {
                open.store.discard(old, now, id)?;
                Ok(())
            }
            Duty::FetchKeys(vault) => {
                unchecked.insert(vault);
                return Ok(false);
            }
        };
        if let Err(refusal) = &taken {
            tracing::warn!(code = refusal.code(), "a duty about keys was refused on this device");
        }
        Ok(taken.is_ok())
    }

    /// Fetches the keys of those who wrote a vault's log. `false` where the server was not reached.
    async fn fetch_keys(&self, open: &Arc<OpenAccount>, vault_id: VaultId) -> Result<bool, StoreError> {
        if !self.is_open(open) {
            return Ok(true);
        }
        match self.fetch(KeysOfVault { vault_id }).await {
            Ok(fetched) if fetched.kept => Ok(false),
            Ok(fetched) => {
                for keys in &fetched.answer.items {
                    if let Err(error) = open.vaults.learn(keys) {
                        tracing::warn!(%error, "keys were not taken");
                    }
                }
                Ok(true)
            }
            Err(FetchError::Store(error)) => Err(error),
            Err(FetchError::Offline | FetchError::SessionEnded) => Ok(false),
            Err(error) => {
                tracing::warn!(%error, "keys were not fetched");
                Ok(true)
            }
        }
    }
}
