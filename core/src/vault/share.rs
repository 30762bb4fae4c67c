//! Letting a doctor read a history, and ending it.
//!
//! Ending begins a new epoch: what is written from then on is closed to whoever was put out, even should the server keep
//! handing it over. What they read before they may remember; nothing unsees.

use jiff::Timestamp;
use mediconnect_crypto::{
    public::{Access, Recipient, Role},
    secret::{Change, Invitation, VaultWrite},
};
use mediconnect_domain::{AccountId, DoctorId, Kind, PatientId, VaultId, vaults::change::ChangeVault};

use super::{
    VaultError, Vaults,
    open::{OpenVault, milliseconds},
    seal::history_of,
};
use crate::{Records, StoreError};

/// For treatment: the only purpose for which a doctor is let in today. A code that stands in the log.
const TREATMENT: &str = "treatment";

/// Someone who reads a history.
#[derive(Clone, Debug, PartialEq)]
pub struct Reader {
    pub account: AccountId,
    /// Known once the reader's keys were fetched.
    pub doctor: Option<DoctorId>,
    pub until: Option<Timestamp>,
    /// Other keys were shown for them since; see [`VaultError::KeyChanged`].
    pub changed: bool,
    /// The server has not confirmed it yet.
    pub pending: bool,
}

impl Vaults {
    /// The command that lets an account read a patient's history, all of it, until then.
    pub(crate) fn share(
        &self,
        records: &Records,
        patient: PatientId,
        (to, until): (AccountId, Option<Timestamp>),
        now: Timestamp,
    ) -> Result<ChangeVault, VaultError> {
        let (own, vault) = (self.own(records)?, self.vault(records, history_of(patient), now)?);
        let reader = Invitation {
            to: Recipient::of(&self.recipient_list(records, &own, to)?),
            role: Role::Reader,
            access: Access::Chain,
            purpose: TREATMENT.into(),
            expires_at_ms: until.map(milliseconds),
        };
        self.change(records, &vault, &Change { admit: vec![reader], ..Change::default() })
    }

    /// The command that puts a reader out. Others whose keys have changed meanwhile are put out with them: it is not known any
    /// more whose keys they are.
    pub(crate) fn withdraw(
        &self,
        records: &Records,
        patient: PatientId,
        from: AccountId,
        now: Timestamp,
    ) -> Result<ChangeVault, VaultError> {
        let (own, vault) = (self.own(records)?, self.vault(records, history_of(patient), now)?);
        let mut change = Change { remove: vec![from.0.into()], ..Change::default() };
        for member in vault.log.members().filter(|member| member.account != from.0.into()) {
            match self.recipient_list(records, &own, AccountId(member.account.into())) {
                Ok(list) if *list.identity() == member.identity => {
                    change.remaining.push(Recipient::of(&list));
                }
                Ok(_) | Err(VaultError::KeyChanged { .. }) => change.remove.push(member.account),
                Err(error) => return Err(error),
            }
        }
        self.change(records, &vault, &change)
    }

    fn change(
        &self,
        records: &Records,
        vault: &OpenVault,
        change: &Change<'_>,
    ) -> Result<ChangeVault, VaultError> {
        let own = self.own(records)?;
        let chain = vault.chain.as_ref().ok_or(VaultError::NoVault)?;
        let VaultWrite { entry, grants, .. } =
            chain.change(&vault.log, &own.owner(), change, &mut self.rng())?;
        let grants = grants.into_iter().map(Into::into).collect();
        Ok(ChangeVault { vault_id: vault.id(), entry: entry.into(), grants })
    }

    /// Who reads a history beside its owners, by its signed log: what the server says of its members proves nothing. Empty where
    /// the vault does not open.
    pub fn readers(
        &self,
        records: &Records,
        vault: VaultId,
        now: Timestamp,
    ) -> Result<Vec<Reader>, StoreError> {
        let Ok(open) = self.vault(records, vault, now) else { return Ok(Vec::new()) };
        let pending = records.is_pending(Kind::Vault, vault)?;
        let mut readers = Vec::new();
        for member in open.log.members().filter(|member| member.role == Role::Reader) {
            let account = AccountId(member.account.into());
            let until = member.expires_at_ms.and_then(|ms| i64::try_from(ms).ok());
            let until = until.and_then(|ms| Timestamp::from_millisecond(ms).ok());
            if until.is_some_and(|until| until <= now) {
                continue;
            }
            let pin = records.pin(account)?;
            readers.push(Reader {
                account,
                doctor: pin.as_ref().and_then(|pin| pin.doctor),
                until,
                changed: pin.is_some_and(|pin| pin.doubt.is_some()),
                pending,
            });
        }
        Ok(readers)
    }
}
