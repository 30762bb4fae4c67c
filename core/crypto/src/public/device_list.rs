//! Who can open an account: its devices, its recovery key, its passkeys.
//!
//! The list is append-only and hash-linked. Every entry is signed twice: by the account's identity key, and by the member
//! that makes it. The second signature is what shuts out a device that was removed: it may have learnt the identity key
//! while it was a member, but it is a member no longer. A recovery key is a member like any other, so with it alone a person
//! who lost all devices can add a new one.
//!
//! Removing a member comes with a new sealing key of the account, whose secret the removed one never sees.

use std::collections::{BTreeMap, BTreeSet};

use super::{ChainError, Head, KeyError, Link, SIGNATURE, SealingKey, VerifyingKey};
use crate::{
    canonical::{DecodeError, Reader, Writer},
    hash::Hash,
    id::{AccountId, InstallationId, MemberId},
    suite::Format,
};

/// What kind of thing holds a member's keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum MemberKind {
    Device = 1,
    /// 256 bits on paper; its keys follow from them.
    RecoveryKey = 2,
    /// Its keys follow from the output of WebAuthn's PRF extension.
    Passkey = 3,
}

/// The public half of something that can open the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub id: MemberId,
    pub kind: MemberKind,
    pub verifying: VerifyingKey,
    pub sealing: SealingKey,
}

/// What the reader of a list knows already.
#[derive(Clone, Copy, Debug)]
pub struct Pinned {
    pub installation: InstallationId,
    pub account: AccountId,
    /// The identity key, from an earlier list, a certificate or a safety number. Without it the list's own is taken, and
    /// is as trustworthy as the path it came on.
    pub identity: Option<VerifyingKey>,
    /// The head seen last.
    pub head: Option<Head>,
}

/// Why a device list is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeviceListError {
    #[error(transparent)]
    Decode(#[from] DecodeError),
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error(transparent)]
    Chain(#[from] ChainError),
    #[error("the list is of another installation or account")]
    AnotherAccount,
    #[error("the list has another identity key than the pinned one")]
    AnotherIdentity,
    #[error("entry {at} is not signed by the identity key")]
    Identity { at: u64 },
    #[error("entry {at} is not signed by a present member")]
    NotAMember { at: u64 },
    #[error("the first entry founds the list with a device, and no other does")]
    Founding,
    #[error("entry {at} names an id or a key that was used before")]
    Reused { at: u64 },
    #[error("entry {at} removes what is not there")]
    NotThere { at: u64 },
    #[error("entry {at} lets a member remove itself, who would then know the account's new key")]
    RemovesItself { at: u64 },
    #[error("entry {at} does not change the account's sealing key")]
    NotRotated { at: u64 },
    #[error("a list has at least one entry")]
    Empty,
}

/// A verified list.
#[derive(Clone, Debug)]
pub struct DeviceList {
    installation: InstallationId,
    account: AccountId,
    identity: VerifyingKey,
    terms: BTreeMap<MemberId, Term>,
    generations: Vec<SealingKey>,
    head: Head,
    used_keys: BTreeSet<Hash>,
}

/// From how many entries on someone was a member, and up to how many.
#[derive(Clone, Debug)]
struct Term {
    member: Member,
    from: u64,
    until: Option<u64>,
}

impl DeviceList {
    /// Checks all entries from the first, against what is pinned.
    pub fn verify<E: AsRef<[u8]>>(pinned: &Pinned, entries: &[E]) -> Result<Self, DeviceListError> {
        let (first, rest) = entries.split_first().ok_or(DeviceListError::Empty)?;
        let mut list = Self::found(pinned, first.as_ref())?;
        list.head.passes(pinned.head.as_ref())?;
        for entry in rest {
            list.follow(entry.as_ref())?;
            list.head.passes(pinned.head.as_ref())?;
        }
        list.head.reaches(pinned.head.as_ref())?;
        Ok(list)
    }

    /// The list with one more entry: what a server calls before it stores one, comparing [`DeviceList::head`] as it does.
    pub fn append(&self, bytes: &[u8]) -> Result<Self, DeviceListError> {
        let mut next = self.clone();
        next.follow(bytes)?;
        Ok(next)
    }

    /// One entry further. After an error the list is not to be used.
    fn follow(&mut self, bytes: &[u8]) -> Result<(), DeviceListError> {
        let entry = DeviceEntry::read(bytes)?;
        let at = entry.link.index;
        if (entry.installation, entry.account) != (self.installation, self.account) {
            return Err(DeviceListError::AnotherAccount);
        }
        self.head = self.head.follow(&entry.link, Format::DeviceEntry, bytes)?;
        if entry.identity != self.identity {
            return Err(DeviceListError::AnotherIdentity);
        }
        let by = self.member(entry.by).ok_or(DeviceListError::NotAMember { at })?;
        entry.check_signatures(bytes, &by.verifying)?;
        match entry.action {
            DeviceAction::Found { .. } => Err(DeviceListError::Founding),
            DeviceAction::Admit { member } => self.admit(member, at),
            DeviceAction::Remove { member, .. } if member == entry.by => {
                Err(DeviceListError::RemovesItself { at })
            }
            DeviceAction::Remove { member, sealing } => self.remove(member, sealing, at),
        }
    }

    fn found(pinned: &Pinned, bytes: &[u8]) -> Result<Self, DeviceListError> {
        let entry = DeviceEntry::read(bytes)?;
        if (entry.installation, entry.account) != (pinned.installation, pinned.account) {
            return Err(DeviceListError::AnotherAccount);
        }
        if pinned.identity.is_some_and(|identity| identity != entry.identity) {
            return Err(DeviceListError::AnotherIdentity);
        }
        let head = Head::EMPTY.follow(&entry.link, Format::DeviceEntry, bytes)?;
        let DeviceAction::Found { member, sealing } = &entry.action else {
            return Err(DeviceListError::Founding);
        };
        if entry.by != member.id || member.kind != MemberKind::Device {
            return Err(DeviceListError::Founding);
        }
        entry.check_signatures(bytes, &member.verifying)?;
        let mut list = Self {
            installation: entry.installation,
            account: entry.account,
            identity: entry.identity,
            terms: BTreeMap::new(),
            generations: vec![sealing.clone()],
            head,
            used_keys: BTreeSet::from([entry.identity.to_bytes(), sealing.hash()]),
        };
        list.admit(member.clone(), 0)?;
        Ok(list)
    }

    fn admit(&mut self, member: Member, at: u64) -> Result<(), DeviceListError> {
        let fresh = !self.terms.contains_key(&member.id)
            && self.used_keys.insert(member.verifying.to_bytes())
            && self.used_keys.insert(member.sealing.hash());
        if !fresh {
            return Err(DeviceListError::Reused { at });
        }
        self.terms.insert(member.id, Term { member, from: at + 1, until: None });
        Ok(())
    }

    fn remove(&mut self, member: MemberId, sealing: SealingKey, at: u64) -> Result<(), DeviceListError> {
        let term = self.terms.get_mut(&member).filter(|term| term.until.is_none());
        term.ok_or(DeviceListError::NotThere { at })?.until = Some(at);
        if !self.used_keys.insert(sealing.hash()) {
            return Err(DeviceListError::NotRotated { at });
        }
        self.generations.push(sealing);
        Ok(())
    }

    pub fn installation(&self) -> InstallationId {
        self.installation
    }

    pub fn account(&self) -> AccountId {
        self.account
    }

    pub fn identity(&self) -> &VerifyingKey {
        &self.identity
    }

    /// Those that can open the account now.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        self.terms.values().filter(|term| term.until.is_none()).map(|term| &term.member)
    }

    /// The member with this id, if it is one now.
    pub fn member(&self, id: MemberId) -> Option<&Member> {
        self.member_at(id, self.head.length)
    }

    /// The member with this id, if it was one when the list had so many entries.
    pub fn member_at(&self, id: MemberId, length: u64) -> Option<&Member> {
        let term = self.terms.get(&id)?;
        let until = term.until.unwrap_or(self.head.length);
        (term.from..=until).contains(&length).then_some(&term.member)
    }

    /// What to seal to, and its generation, counted from 1.
    pub fn sealing(&self) -> (u64, &SealingKey) {
        (self.generations.len() as u64, self.generations.last().expect("the founding entry brings one"))
    }

    /// The sealing keys of all generations, the first first.
    pub fn generations(&self) -> &[SealingKey] {
        &self.generations
    }

    /// Compare and set on this; remember it.
    pub fn head(&self) -> Head {
        self.head
    }
}

/// One entry, as its fields say.
pub(crate) struct DeviceEntry {
    pub installation: InstallationId,
    pub account: AccountId,
    pub link: Link,
    pub identity: VerifyingKey,
    pub by: MemberId,
    pub action: DeviceAction,
}

/// What an entry does. `sealing` is the account's new sealing key.
pub(crate) enum DeviceAction {
    Found { member: Member, sealing: SealingKey },
    Admit { member: Member },
    Remove { member: MemberId, sealing: SealingKey },
}

impl DeviceEntry {
    /// All before the two signatures.
    pub(crate) fn body(&self) -> Vec<u8> {
        let writer = Writer::stored(Format::DeviceEntry).bytes(&self.installation.0).bytes(&self.account.0);
        let writer = self.link.write(writer).bytes(&self.identity.to_bytes()).bytes(&self.by.0);
        match &self.action {
            DeviceAction::Found { member, sealing } => {
                write_member(writer.number(1), member).bytes(sealing.to_bytes())
            }
            DeviceAction::Admit { member } => write_member(writer.number(2), member),
            DeviceAction::Remove { member, sealing } => {
                writer.number(3).bytes(&member.0).bytes(sealing.to_bytes())
            }
        }
        .done()
    }

    fn read(bytes: &[u8]) -> Result<Self, DeviceListError> {
        let (body, _) = bytes.split_last_chunk::<{ 2 * SIGNATURE }>().ok_or(DecodeError::Truncated)?;
        let mut reader = Reader::stored(Format::DeviceEntry, body)?;
        let entry = Self {
            installation: InstallationId(reader.array()?),
            account: AccountId(reader.array()?),
            link: Link::read(&mut reader)?,
            identity: VerifyingKey::from_bytes(reader.bytes()?)?,
            by: MemberId(reader.array()?),
            action: match reader.number()? {
                1 => DeviceAction::Found {
                    member: read_member(&mut reader)?,
                    sealing: SealingKey::from_bytes(reader.bytes()?)?,
                },
                2 => DeviceAction::Admit { member: read_member(&mut reader)? },
                3 => DeviceAction::Remove {
                    member: MemberId(reader.array()?),
                    sealing: SealingKey::from_bytes(reader.bytes()?)?,
                },
                _ => return Err(DecodeError::FieldValue.into()),
            },
        };
        reader.end()?;
        Ok(entry)
    }

    /// The identity key's signature is over the body, the member's over the body and that signature.
    fn check_signatures(&self, bytes: &[u8], by: &VerifyingKey) -> Result<(), DeviceListError> {
        let at = self.link.index;
        let (by_identity, by_member) = bytes.split_last_chunk().ok_or(DecodeError::Truncated)?;
        let (body, identity) = by_identity.split_last_chunk().ok_or(DecodeError::Truncated)?;
        if !self.identity.signed(Format::DeviceEntry, body, identity) {
            return Err(DeviceListError::Identity { at });
        }
        if !by.signed(Format::DeviceEntry, by_identity, by_member) {
            return Err(DeviceListError::NotAMember { at });
        }
        Ok(())
    }
}

fn write_member(writer: Writer, member: &Member) -> Writer {
    writer
        .bytes(&member.id.0)
        .number(member.kind as u64)
        .bytes(&member.verifying.to_bytes())
        .bytes(member.sealing.to_bytes())
}

fn read_member(reader: &mut Reader<'_>) -> Result<Member, DeviceListError> {
    Ok(Member {
        id: MemberId(reader.array()?),
        kind: match reader.number()? {
            1 => MemberKind::Device,
            2 => MemberKind::RecoveryKey,
            3 => MemberKind::Passkey,
            _ => return Err(DecodeError::FieldValue.into()),
        },
        verifying: VerifyingKey::from_bytes(reader.bytes()?)?,
        sealing: SealingKey::from_bytes(reader.bytes()?)?,
    })
}
