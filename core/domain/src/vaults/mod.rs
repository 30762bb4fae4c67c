//! Vaults: who may open a patient's history, since when and for what.
//!
//! The signed member log says it; the server checks every entry with the public half of the cryptography and gives access
//! by it, and devices check it again with what they have pinned. What the vault holds are records of their own, whose
//! scope is the vault.

use jiff::Timestamp;
use mediconnect_crypto::public::{Access, DeviceList, Grant, MemberLog, Role, VaultPin};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AccountId, Context, Facts, Halt, Kind, Need, PatientId, Refusal, Stored, VaultId,
    access::Scope,
    blob::Blob,
    keys::{KeyRing, refused},
    record::{Index, IndexKey, sort_key},
};

/// What a vault is for. There is one for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum VaultOf {
    /// A patient's medical history.
    History { patient_id: PatientId },
}

impl VaultOf {
    pub fn patient(self) -> PatientId {
        let Self::History { patient_id } = self;
        patient_id
    }

    /// The same on every device, so that two guardians cannot found two.
    pub fn vault(self) -> VaultId {
        let Self::History { patient_id } = self;
        VaultId::derive(&[b"vault", b"history", patient_id.0.as_bytes()])
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Vault {
    pub id: VaultId,
    pub of: VaultOf,
    pub installation: Uuid,
    pub founder: AccountId,
    /// The founder's identity key, as it was when the vault was founded.
    pub founder_identity: Blob,
    /// The entries of the member log, the first one first.
    pub entries: Vec<Blob>,
    /// Who wrote them: their device lists are needed to check it.
    pub writers: Vec<AccountId>,
    /// Those of present members, and of records shared one by one.
    pub grants: Vec<VaultGrant>,
    /// The epoch in which content is sealed now. It, and the members, follow from the log.
    pub epoch: u64,
    pub members: Vec<VaultMember>,
}

/// A grant as it was given, and to whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VaultGrant {
    pub to: AccountId,
    pub epoch: u64,
    pub grant: Blob,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VaultMember {
    pub account_id: AccountId,
    pub owner: bool,
    /// Whether older epochs are open as well.
    pub everything: bool,
    /// A code, such as `treatment`.
    pub purpose: String,
    pub expires_at: Option<Timestamp>,
}

impl VaultMember {
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }
}

impl Vault {
    /// The member, if the account is one now.
    pub fn member(&self, account: AccountId, now: Timestamp) -> Option<&VaultMember> {
        self.members.iter().find(|member| member.account_id == account && member.is_live(now))
    }

    /// What a reader of the log must know before it is read.
    pub fn pin(&self) -> Result<VaultPin, Halt> {
        Ok(VaultPin {
            installation: self.installation.into(),
            vault: self.id.0.into(),
            founder: self.founder.0.into(),
            founder_identity: mediconnect_crypto::public::VerifyingKey::from_bytes(&self.founder_identity.0)
                .map_err(refused)?,
            head: None,
        })
    }

    /// The log, checked from its first entry with the device lists of all who wrote it.
    fn log(&self, facts: &Facts) -> Result<MemberLog, Halt> {
        facts.want(self.writers.iter().map(|writer| Need::record::<KeyRing>(*writer)))?;
        let mut lists = Vec::with_capacity(self.writers.len());
        for writer in &self.writers {
            lists.push(facts.get::<KeyRing>(*writer)?.list().map_err(refused)?);
        }
        let lists: Vec<&DeviceList> = lists.iter().collect();
        MemberLog::verify(&self.pin()?, &lists, &self.entries).map_err(refused)
    }

    /// Takes over what the log says after an entry, and the grants that came with it.
    fn follow(
        &mut self,
        writer: AccountId,
        log: &MemberLog,
        entry: &Blob,
        grants: &[Blob],
    ) -> Result<(), Halt> {
        self.entries.push(entry.clone());
        if !self.writers.contains(&writer) {
            self.writers.push(writer);
        }
        self.epoch = log.epoch();
        self.members = log.members().map(member).collect();
        for grant in grants {
            let terms = Grant::parse(&grant.0).map_err(refused)?.terms;
            let to = AccountId(terms.to.into());
            self.grants.push(VaultGrant { to, epoch: terms.epoch, grant: grant.clone() });
        }
        let stays = |grant: &VaultGrant| self.members.iter().any(|member| member.account_id == grant.to);
        self.grants.retain(stays);
        Ok(())
    }
}

fn member(member: &mediconnect_crypto::public::VaultMember) -> VaultMember {
    let expires = member.expires_at_ms.and_then(|ms| i64::try_from(ms).ok());
    VaultMember {
        account_id: AccountId(member.account.into()),
        owner: member.role == Role::Owner,
        everything: member.access == Access::Chain,
        purpose: member.purpose.clone(),
        expires_at: expires.and_then(|ms| Timestamp::from_millisecond(ms).ok()),
    }
}

/// The vault and that the actor is one of its members now. Who is none is told that there is no such thing.
pub fn as_member(
    facts: &Facts,
    cx: &Context,
    vault: VaultId,
    kind: Kind,
) -> Result<(Vault, AccountId), Halt> {
    let account = crate::access::account(facts, cx)?.id;
    let vault = facts.find::<Vault>(vault)?.ok_or(Refusal::NotFound { kind })?;
    match vault.member(account, cx.now) {
        Some(_) => Ok((vault, account)),
        None => Err(Refusal::NotFound { kind }.into()),
    }
}

impl Stored for Vault {
    const KIND: Kind = Kind::Vault;

    fn id(&self) -> Uuid {
        self.id.0
    }

    /// Those who act for the patient see who is let in, whether or not they are members themselves.
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Vault(self.id), Scope::Patient(self.of.patient())]
    }

    fn index_keys(&self) -> Vec<IndexKey> {
        // Behind all instants, and before `~`, where ranges end.
        let until = |member: &VaultMember| member.expires_at.map_or("open".into(), sort_key);
        let members = self.members.iter();
        members.map(|m| IndexKey::new(Index::VaultsOfMember, m.account_id, until(m))).collect()
    }
}

pub mod change;
pub mod found;
