//! Who may read a vault, since when and in which epoch: a hash-linked log signed by the vault's owners.
//!
//! Like an entry of a device list, an entry here is signed twice: by the owner's identity key and by one of the owner's
//! devices, so that a phone that was removed, and knows the identity key, cannot take over a vault. Each entry says how
//! long the owner's device list was; that number never goes back, so nobody can sign as of a time before the removal.
//!
//! An entry admits and removes members, announces the grants that give them their keys, and withdraws grants of single
//! records. If it removes anyone it starts a new epoch: entry and grants for everyone who remains are one unit, which a
//! server takes or refuses whole, comparing the head. Each epoch names the hash of its key, so everyone holds the same
//! key, and, sealed to the new epoch, the way back to the one before.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ChainError, DeviceList, Grant, GrantError, Head, KeyError, Link, SIGNATURE, Scope, VerifyingKey,
};
use crate::{
    canonical::{DecodeError, Reader, Writer},
    hash::Hash,
    id::{AccountId, InstallationId, MemberId, VaultId},
    suite::Format,
};

/// What a member may do to the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Role {
    Reader = 1,
    /// Admits and removes: the patient, a guardian; at a desk its members.
    Owner = 2,
}

/// How far back a member reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Access {
    /// From the epoch of admission on.
    Epoch = 1,
    /// Everything.
    Chain = 2,
}

/// A member as the log names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VaultMember {
    pub account: AccountId,
    pub identity: VerifyingKey,
    pub role: Role,
    pub access: Access,
    /// A code, such as `treatment`.
    pub purpose: String,
    /// Milliseconds since 1970.
    pub expires_at_ms: Option<u64>,
}

/// What the reader of a log knows already.
#[derive(Clone, Copy, Debug)]
pub struct VaultPin {
    pub installation: InstallationId,
    pub vault: VaultId,
    /// Who may found it: the patient or guardian; for a desk the member whom the clinic key certifies.
    pub founder: AccountId,
    pub founder_identity: VerifyingKey,
    /// The head seen last.
    pub head: Option<Head>,
}

/// Why a member log, or an entry with its grants, is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MemberLogError {
    #[error(transparent)]
    Decode(#[from] DecodeError),
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error(transparent)]
    Chain(#[from] ChainError),
    #[error("the log is of another installation or vault")]
    AnotherVault,
    #[error("a log begins with its founder as an owner, in epoch 1")]
    Founding,
    #[error("entry {at} is not signed by an owner")]
    NotAnOwner { at: u64 },
    #[error("the device list of {account}, who wrote an entry, is not at hand")]
    NoDeviceList { account: AccountId },
    #[error("entry {at} is not signed by a device that its owner had then")]
    NotADevice { at: u64 },
    #[error("entry {at} was signed as of an earlier device list than its owner's last one")]
    DeviceListWentBack { at: u64 },
    #[error("entry {at} is in epoch {found}, and not in {expected}")]
    Epoch { at: u64, expected: u64, found: u64 },
    #[error("entry {at} gives the present epoch another key")]
    AnotherKey { at: u64 },
    #[error("entry {at} takes something from a member without a new epoch")]
    NeedsNewEpoch { at: u64 },
    #[error("entry {at} removes or withdraws what is not there, or names someone twice")]
    NotThere { at: u64 },
    #[error("entry {at} leaves no owner, or one who cannot read everything")]
    NoOwner { at: u64 },
    #[error("grant {grant} of entry {at} is refused")]
    Grant { at: u64, grant: usize, error: GrantError },
    #[error("entry {at} announces other grants than come with it")]
    GrantsDiffer { at: u64 },
    #[error("the grants of entry {at} are not exactly those its members need")]
    GrantsIncomplete { at: u64 },
    #[error("a log has at least one entry")]
    Empty,
}

#[derive(Clone, Debug)]
struct Epoch {
    check: Hash,
    back: Vec<u8>,
}

/// A verified log.
#[derive(Clone, Debug)]
pub struct MemberLog {
    installation: InstallationId,
    vault: VaultId,
    members: BTreeMap<AccountId, VaultMember>,
    /// The epoch in which each member came, the last time they did.
    since: BTreeMap<AccountId, u64>,
    /// How long the device list of each identity that wrote an entry was.
    lists: BTreeMap<[u8; VerifyingKey::LENGTH], u64>,
    epochs: Vec<Epoch>,
    announced: BTreeMap<Hash, VerifyingKey>,
    withdrawn: BTreeSet<Hash>,
    head: Head,
}

impl MemberLog {
    /// Checks all entries from the first. `owners`: the verified device lists of all who wrote one. Grants are checked
    /// when they are opened, by the hash that the log names.
    pub fn verify<E: AsRef<[u8]>>(
        pin: &VaultPin,
        owners: &[&DeviceList],
        entries: &[E],
    ) -> Result<Self, MemberLogError> {
        let mut log = Self::empty(pin);
        for bytes in entries {
            log.follow(Some(pin), owners, bytes.as_ref())?;
            log.head.passes(pin.head.as_ref())?;
        }
        log.head.reaches(pin.head.as_ref())?;
        if entries.is_empty() { Err(MemberLogError::Empty) } else { Ok(log) }
    }

    /// The log with more entries, as a member follows it.
    pub fn extend<E: AsRef<[u8]>>(
        &self,
        owners: &[&DeviceList],
        entries: &[E],
    ) -> Result<Self, MemberLogError> {
        let mut log = self.clone();
        entries.iter().try_for_each(|bytes| log.follow(None, owners, bytes.as_ref()).map(|_| ()))?;
        Ok(log)
    }

    /// A new log from its first entry and the grants that come with it.
    pub fn found<G: AsRef<[u8]>>(
        pin: &VaultPin,
        owner: &DeviceList,
        entry: &[u8],
        grants: &[G],
    ) -> Result<Self, MemberLogError> {
        Self::empty(pin).take(Some(pin), owner, entry, grants)
    }

    /// The log with one more entry and the grants that come with it: what a server calls before it stores both,
    /// comparing [`MemberLog::head`] as it does.
    pub fn append<G: AsRef<[u8]>>(
        &self,
        owner: &DeviceList,
        entry: &[u8],
        grants: &[G],
    ) -> Result<Self, MemberLogError> {
        self.clone().take(None, owner, entry, grants)
    }

    fn empty(pin: &VaultPin) -> Self {
        Self {
            installation: pin.installation,
            vault: pin.vault,
            members: BTreeMap::new(),
            since: BTreeMap::new(),
            lists: BTreeMap::new(),
            epochs: Vec::new(),
            announced: BTreeMap::new(),
            withdrawn: BTreeSet::new(),
            head: Head::EMPTY,
        }
    }

    fn take<G: AsRef<[u8]>>(
        mut self,
        pin: Option<&VaultPin>,
        owner: &DeviceList,
        entry: &[u8],
        grants: &[G],
    ) -> Result<Self, MemberLogError> {
        let epoch_before = self.epoch();
        let (entry, owner) = self.follow(pin, &[owner], entry)?;
        self.check_grants(&entry, &owner, epoch_before, grants)?;
        Ok(self)
    }

    /// One entry further; only the first needs to know who may found the log. Says what it was and by whose key. After an
    /// error the log is not to be used.
    fn follow(
        &mut self,
        pin: Option<&VaultPin>,
        owners: &[&DeviceList],
        bytes: &[u8],
    ) -> Result<(MemberEntry, VerifyingKey), MemberLogError> {
        let entry = MemberEntry::read(bytes)?;
        let at = entry.link.index;
        if (entry.installation, entry.vault) != (self.installation, self.vault) {
            return Err(MemberLogError::AnotherVault);
        }
        self.head = self.head.follow(&entry.link, Format::MemberEntry, bytes)?;
        let owner = match pin {
            Some(pin) if at == 0 => entry.founder(pin)?,
            _ => self.owner(entry.by, at)?,
        };
        entry.check_signatures(bytes, &owner, owners)?;
        let seen = self.lists.insert(owner.to_bytes(), entry.list_length);
        if seen.is_some_and(|seen| entry.list_length < seen) {
            return Err(MemberLogError::DeviceListWentBack { at });
        }
        self.take_epoch(&entry)?;
        self.take_members(&entry)?;
        for hash in &entry.withdrawn {
            let known = self.announced.contains_key(hash) && self.withdrawn.insert(*hash);
            known.then_some(()).ok_or(MemberLogError::NotThere { at })?;
        }
        self.announced.extend(entry.grants.iter().map(|hash| (*hash, owner)));
        Ok((entry, owner))
    }

    fn owner(&self, account: AccountId, at: u64) -> Result<VerifyingKey, MemberLogError> {
        let owner = self.members.get(&account).filter(|member| member.role == Role::Owner);
        owner.map(|owner| owner.identity).ok_or(MemberLogError::NotAnOwner { at })
    }

    fn take_epoch(&mut self, entry: &MemberEntry) -> Result<(), MemberLogError> {
        let at = entry.link.index;
        let begins = at == 0 || !entry.back.is_empty();
        let expected = self.epoch() + u64::from(begins);
        if entry.epoch != expected {
            return Err(MemberLogError::Epoch { at, expected, found: entry.epoch });
        }
        if begins {
            self.epochs.push(Epoch { check: entry.check, back: entry.back.clone() });
        } else if !entry.removed.is_empty() {
            return Err(MemberLogError::NeedsNewEpoch { at });
        } else if self.check(entry.epoch) != Some(&entry.check) {
            return Err(MemberLogError::AnotherKey { at });
        }
        Ok(())
    }

    fn take_members(&mut self, entry: &MemberEntry) -> Result<(), MemberLogError> {
        let at = entry.link.index;
        for account in &entry.removed {
            self.members.remove(account).ok_or(MemberLogError::NotThere { at })?;
            self.since.remove(account);
        }
        let mut named = BTreeSet::new();
        for member in &entry.admitted {
            if !named.insert(member.account) {
                return Err(MemberLogError::NotThere { at });
            }
            let before = self.members.insert(member.account, member.clone());
            self.since.entry(member.account).or_insert(entry.epoch);
            let taken = |before: &VaultMember| {
                before.identity != member.identity
                    || before.role > member.role
                    || before.access > member.access
            };
            if before.as_ref().is_some_and(taken) {
                return Err(MemberLogError::NeedsNewEpoch { at });
            }
        }
        let mut owners = self.members.values().filter(|member| member.role == Role::Owner).peekable();
        if owners.peek().is_none() || owners.any(|owner| owner.access != Access::Chain) {
            return Err(MemberLogError::NoOwner { at });
        }
        Ok(())
    }

    /// Exactly one grant for everyone who needs a key now, as the log says they are; any number for single records.
    fn check_grants<G: AsRef<[u8]>>(
        &self,
        entry: &MemberEntry,
        owner: &VerifyingKey,
        epoch_before: u64,
        grants: &[G],
    ) -> Result<(), MemberLogError> {
        let at = entry.link.index;
        if grants.len() != entry.grants.len() {
            return Err(MemberLogError::GrantsDiffer { at });
        }
        let mut needed: BTreeSet<AccountId> = if entry.epoch > epoch_before {
            self.members.keys().copied().collect()
        } else {
            entry.admitted.iter().map(|member| member.account).collect()
        };
        for (n, (bytes, hash)) in grants.iter().zip(&entry.grants).enumerate() {
            let refused = |error| MemberLogError::Grant { at, grant: n, error };
            let grant = Grant::verified(bytes.as_ref(), owner).map_err(refused)?;
            if grant.hash != *hash {
                return Err(MemberLogError::GrantsDiffer { at });
            }
            self.check_terms(entry, &grant).map_err(refused)?;
            let whole = !matches!(grant.terms.scope, Scope::Record { .. });
            if whole && !needed.remove(&grant.terms.to) {
                return Err(MemberLogError::GrantsIncomplete { at });
            }
        }
        if needed.is_empty() { Ok(()) } else { Err(MemberLogError::GrantsIncomplete { at }) }
    }

    fn check_terms(&self, entry: &MemberEntry, grant: &Grant) -> Result<(), GrantError> {
        let terms = &grant.terms;
        let place = (terms.installation, terms.vault, terms.entry, terms.epoch, terms.by);
        if place != (self.installation, self.vault, entry.link.index, entry.epoch, entry.by) {
            return Err(GrantError::AnotherVault);
        }
        let access = match &terms.scope {
            Scope::Epoch => Access::Epoch,
            Scope::Chain => Access::Chain,
            Scope::Record { place, .. } => {
                let here = (place.installation, place.vault) == (self.installation, self.vault);
                return if here { Ok(()) } else { Err(GrantError::AnotherVault) };
            }
        };
        let member = self.members.get(&terms.to).ok_or(GrantError::AnotherRecipient)?;
        let agreed = (member.identity, member.access, &member.purpose, member.expires_at_ms);
        if agreed != (terms.to_identity, access, &terms.purpose, terms.expires_at_ms) {
            return Err(GrantError::AnotherRecipient);
        }
        Ok(())
    }

    /// The grant, if it counts at this time (milliseconds since 1970): announced, signed by the owner who announced it,
    /// neither withdrawn nor expired, and its recipient a member ever since.
    pub fn live(&self, bytes: &[u8], now_ms: u64) -> Result<Grant, GrantError> {
        let grant = Grant::parse(bytes)?;
        let terms = &grant.terms;
        if (terms.installation, terms.vault) != (self.installation, self.vault) {
            return Err(GrantError::AnotherVault);
        }
        let owner = self.announced.get(&grant.hash).ok_or(GrantError::NotAnnounced)?;
        let grant = Grant::verified(bytes, owner)?;
        let whole = !matches!(terms.scope, Scope::Record { .. });
        let member = self.members.get(&terms.to).filter(|member| member.identity == terms.to_identity);
        let since = self.since.get(&terms.to).is_some_and(|since| *since <= terms.epoch);
        if self.withdrawn.contains(&grant.hash) || (whole && !(member.is_some() && since)) {
            return Err(GrantError::Withdrawn);
        }
        // A member's term may have been prolonged by a later entry.
        let expires_at_ms =
            if whole { member.and_then(|member| member.expires_at_ms) } else { terms.expires_at_ms };
        if expires_at_ms.is_some_and(|end| end <= now_ms) {
            return Err(GrantError::Expired);
        }
        Ok(grant)
    }

    pub fn installation(&self) -> InstallationId {
        self.installation
    }

    pub fn vault(&self) -> VaultId {
        self.vault
    }

    pub fn members(&self) -> impl Iterator<Item = &VaultMember> {
        self.members.values()
    }

    pub fn member(&self, account: AccountId) -> Option<&VaultMember> {
        self.members.get(&account)
    }

    /// The present epoch, counted from 1. A server refuses content of any other.
    pub fn epoch(&self) -> u64 {
        self.epochs.len() as u64
    }

    /// Compare and set on this; remember it.
    pub fn head(&self) -> Head {
        self.head
    }

    /// The hash of an epoch's key.
    pub(crate) fn check(&self, epoch: u64) -> Option<&Hash> {
        self.of_epoch(epoch).map(|epoch| &epoch.check)
    }

    /// The chain key of the epoch before, sealed to this one.
    pub(crate) fn back(&self, epoch: u64) -> Option<&[u8]> {
        self.of_epoch(epoch).map(|epoch| epoch.back.as_slice())
    }

    fn of_epoch(&self, epoch: u64) -> Option<&Epoch> {
        self.epochs.get(usize::try_from(epoch.checked_sub(1)?).ok()?)
    }
}

/// One entry, as its fields say.
pub(crate) struct MemberEntry {
    pub installation: InstallationId,
    pub vault: VaultId,
    pub link: Link,
    pub by: AccountId,
    /// The owner's device that signs, and how many entries the owner's device list had.
    pub device: MemberId,
    pub list_length: u64,
    pub epoch: u64,
    pub check: Hash,
    /// Empty unless a new epoch begins.
    pub back: Vec<u8>,
    pub removed: Vec<AccountId>,
    pub admitted: Vec<VaultMember>,
    pub withdrawn: Vec<Hash>,
    pub grants: Vec<Hash>,
}

impl MemberEntry {
    /// All before the two signatures.
    pub(crate) fn body(&self) -> Vec<u8> {
        let writer = Writer::stored(Format::MemberEntry).bytes(&self.installation.0).bytes(&self.vault.0);
        self.link
            .write(writer)
            .bytes(&self.by.0)
            .bytes(&self.device.0)
            .number(self.list_length)
            .number(self.epoch)
            .bytes(&self.check)
            .bytes(&self.back)
            .list(&self.removed, |writer, account| writer.bytes(&account.0))
            .list(&self.admitted, write_member)
            .list(&self.withdrawn, |writer, hash| writer.bytes(hash))
            .list(&self.grants, |writer, hash| writer.bytes(hash))
            .done()
    }

    fn read(bytes: &[u8]) -> Result<Self, MemberLogError> {
        let (body, _) = bytes.split_last_chunk::<{ 2 * SIGNATURE }>().ok_or(DecodeError::Truncated)?;
        let mut reader = Reader::stored(Format::MemberEntry, body)?;
        let entry = Self {
            installation: InstallationId(reader.array()?),
            vault: VaultId(reader.array()?),
            link: Link::read(&mut reader)?,
            by: AccountId(reader.array()?),
            device: MemberId(reader.array()?),
            list_length: reader.number()?,
            epoch: reader.number()?,
            check: reader.array()?,
            back: reader.bytes()?.to_vec(),
            removed: reader.list(|reader| Ok(AccountId(reader.array()?)))?,
            admitted: reader.list(read_member)?,
            withdrawn: reader.list(Reader::array)?,
            grants: reader.list(Reader::array)?,
        };
        reader.end()?;
        Ok(entry)
    }

    fn founder(&self, pin: &VaultPin) -> Result<VerifyingKey, MemberLogError> {
        let founds = |member: &VaultMember| {
            (member.account, member.identity, member.role) == (pin.founder, pin.founder_identity, Role::Owner)
        };
        let alone = self.removed.is_empty() && self.withdrawn.is_empty() && self.back.is_empty();
        if self.by == pin.founder && alone && self.admitted.iter().any(founds) {
            Ok(pin.founder_identity)
        } else {
            Err(MemberLogError::Founding)
        }
    }

    /// The identity key's signature is over the body, the device's over the body and that signature.
    fn check_signatures(
        &self,
        bytes: &[u8],
        owner: &VerifyingKey,
        owners: &[&DeviceList],
    ) -> Result<(), MemberLogError> {
        let at = self.link.index;
        let (by_identity, by_device) = bytes.split_last_chunk().ok_or(DecodeError::Truncated)?;
        let (body, identity) = by_identity.split_last_chunk().ok_or(DecodeError::Truncated)?;
        if !owner.signed(Format::MemberEntry, body, identity) {
            return Err(MemberLogError::NotAnOwner { at });
        }
        let of = (self.installation, self.by, owner);
        let list = owners.iter().find(|list| (list.installation(), list.account(), list.identity()) == of);
        let list = list.ok_or(MemberLogError::NoDeviceList { account: self.by })?;
        let device =
            list.member_at(self.device, self.list_length).ok_or(MemberLogError::NotADevice { at })?;
        let signed = device.verifying.signed(Format::MemberEntry, by_identity, by_device);
        if signed { Ok(()) } else { Err(MemberLogError::NotADevice { at }) }
    }
}

fn write_member(writer: Writer, member: &VaultMember) -> Writer {
    writer
        .bytes(&member.account.0)
        .bytes(&member.identity.to_bytes())
        .number(member.role as u64)
        .number(member.access as u64)
        .text(&member.purpose)
        .optional_number(member.expires_at_ms)
}

fn read_member(reader: &mut Reader<'_>) -> Result<VaultMember, DecodeError> {
    Ok(VaultMember {
        account: AccountId(reader.array()?),
        identity: VerifyingKey::from_bytes(reader.bytes()?).map_err(|_| DecodeError::FieldValue)?,
        role: match reader.number()? {
            1 => Role::Reader,
            2 => Role::Owner,
            _ => return Err(DecodeError::FieldValue),
        },
        access: match reader.number()? {
            1 => Access::Epoch,
            2 => Access::Chain,
            _ => return Err(DecodeError::FieldValue),
        },
        purpose: reader.text()?.to_owned(),
        expires_at_ms: reader.optional_number()?,
    })
}
