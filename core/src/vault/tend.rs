//! What has to be done about keys without anybody asking for it.
//!
//! After each round of sync this looks at what is here and submits what is missing, like any other command: it waits in the
//! outbox, and doing it twice does it once. Nothing is made before a first pull came to its end, since an account that
//! seems to have no keys may have them elsewhere.

use std::sync::{Arc, MutexGuard};

use jiff::Timestamp;
use mediconnect_crypto::{
    public::{Access, MemberLog, Pinned, Recipient, Role as MemberRole, SealedRecord},
    secret::{ChainKey, Invitation, Opened},
};
use mediconnect_domain::{
    AccountId, Command, CommandId, Kind, PatientId, Refusal, VaultId,
    accounts::Role,
    history::write::WriteHistory,
    keys::{KeyRing, found::FoundKeys},
    profiles::{Link, Permission, Relation},
    record::Index,
    vaults::{Vault, VaultOf, found::FoundVault},
};

use super::{
    VaultError, Vaults,
    open::{OpenVault, milliseconds},
    own::{Own, unwrapped},
};
use crate::{
    PendingCommand, PendingState, Records, StoreError,
    store::{OUTBOX, Pin, Seen, Signals, lock},
};

/// Why somebody is a member of a vault, as codes that stand in its log.
pub(super) const OWN: &str = "own";

/// Something to be done.
#[derive(Debug)]
pub(crate) enum Duty {
    Submit(Box<Command>),
    /// Put another form in a command's place.
    Replace(CommandId, Box<Command>),
    Discard(CommandId),
    /// Fetch the lists of those who wrote this vault's log.
    FetchKeys(VaultId),
}

impl Duty {
    fn submit(command: impl Into<Command>) -> Self {
        Self::Submit(Box::new(command.into()))
    }
}

/// Counts of changes to what matters here, and whether the first pull has come to its end.
pub(crate) type Stirred = (Vec<u64>, bool);

const MATTERS: [Kind; 5] = [Kind::Account, Kind::Link, Kind::KeyRing, Kind::Vault, Kind::HistoryEntry];

impl Vaults {
    /// What has changed since they were tended last; `None` where nothing has.
    pub(crate) fn stirred(&self, signals: &Signals) -> Result<Option<Stirred>, StoreError> {
        let whole = self.store.read(|records| records.is_whole())?;
        let counts = signals.receiver();
        let places = MATTERS.iter().map(|kind| *kind as usize).chain([OUTBOX]);
        let now = (places.map(|place| counts.borrow()[place]).collect(), whole);
        Ok((lock(&self.settled).as_ref() != Some(&now)).then_some(now))
    }

    pub(crate) fn settled(&self, stirred: Stirred) {
        *lock(&self.settled) = Some(stirred);
    }

    /// Held while keys and vaults are made.
    pub(crate) fn tending(&self) -> MutexGuard<'_, ()> {
        lock(&self.tending)
    }

    /// What is to be done now, one thing after the other: each may change what the next would be.
    pub(crate) fn duties(
        &self,
        records: &Records,
        pending: &[PendingCommand],
        now: Timestamp,
    ) -> Result<Vec<Duty>, VaultError> {
        let Some(account) = records.account()? else { return Ok(Vec::new()) };
        if account.role.is_staff() || self.installation.is_none() {
            return Ok(Vec::new());
        }
        let mut duties = Vec::new();
        match self.own(records) {
            Err(VaultError::NoKeys) if !pending.iter().any(is::<FoundKeys>) => {
                duties.push(Duty::submit(self.found_keys()?));
            }
            Ok(own) => {
                if account.role == Role::Patient {
                    duties.extend(self.vaults_to_found(records, pending, &own, now)?);
                }
                duties.extend(self.lists_to_fetch(records, now)?);
                duties.extend(self.to_seal_anew(records, pending, &own, now)?);
            }
            Err(VaultError::Store(error)) => return Err(error.into()),
            Err(error) => tracing::info!(%error, "keys are not open"),
        }
        duties.extend(moot(pending).map(|one| Duty::Discard(one.id)));
        Ok(duties)
    }

    /// The vaults of one's own history and of those whose guardian one is, where there are none.
    fn vaults_to_found(
        &self,
        records: &Records,
        pending: &[PendingCommand],
        own: &Own,
        now: Timestamp,
    ) -> Result<Vec<Duty>, VaultError> {
        let links: Vec<Link> = records.all_of(Index::AccountLinks, self.account)?;
        let founds = |link: &&Link| {
            matches!(link.relation, Relation::Oneself | Relation::Guardian)
                && link.allows(Permission::Manage, now)
        };
        let mut duties = Vec::new();
        for patient in links.iter().filter(founds).map(|link| link.patient_id) {
            let id = VaultOf::History { patient_id: patient }.vault();
            // One that builds on keys which were not taken will never arrive.
            let mut free = pending.iter().filter(|one| !is_stranded(one)).filter_map(command::<FoundVault>);
            if !free.any(|found| found.of.vault() == id) && records.get::<Vault>(id)?.is_none() {
                duties.push(Duty::submit(self.found_vault(own, patient)?));
            }
        }
        Ok(duties)
    }

    fn found_vault(&self, own: &Own, patient_id: PatientId) -> Result<FoundVault, VaultError> {
        let of = VaultOf::History { patient_id };
        let founder = Invitation {
            to: Recipient::of(&own.list),
            role: MemberRole::Owner,
            access: Access::Chain,
            purpose: OWN.into(),
            expires_at_ms: None,
        };
        let unit = ChainKey::found(&own.owner(), of.vault().0.into(), vec![founder], &mut self.rng())?;
        let grants = unit.grants.into_iter().map(Into::into).collect();
        Ok(FoundVault { of, entry: unit.entry.into(), grants })
    }

    /// Vaults that cannot be checked without the keys of others.
    fn lists_to_fetch(&self, records: &Records, now: Timestamp) -> Result<Vec<Duty>, VaultError> {
        let vaults: Vec<Vault> = records.all_of(Index::VaultsOfMember, self.account)?;
        let mut duties = Vec::new();
        for vault in vaults {
            match self.vault(records, vault.id, now) {
                // Who reads it has a name only once their keys are here.
                Ok(open) => {
                    for member in open.log.members().map(|member| AccountId(member.account.into())) {
                        if member != self.account && records.pin(member)?.is_none() {
                            duties.push(Duty::FetchKeys(vault.id));
                        }
                    }
                }
                // A member's device list may have grown since: an entry was signed by a device that is new.
                Err(VaultError::NotFetched { .. } | VaultError::Vault(_)) => {
                    duties.push(Duty::FetchKeys(vault.id));
                }
                Err(VaultError::Store(error)) => return Err(error.into()),
                Err(_) => {}
            }
        }
        Ok(duties)
    }

    /// What was sealed here and came too late: an epoch has begun since, or another device was faster in founding the vault.
    /// Its author still has the old keys, so nothing that somebody wrote is lost.
    fn to_seal_anew(
        &self,
        records: &Records,
        pending: &[PendingCommand],
        own: &Arc<Own>,
        now: Timestamp,
    ) -> Result<Vec<Duty>, VaultError> {
        let mut duties = Vec::new();
        for one in pending {
            let Some(command) = command::<WriteHistory>(one) else { continue };
            let Ok(vault) = self.vault(records, command.vault_id, now) else { continue };
            let old = match &one.state {
                PendingState::Refused { refusal: Refusal::KeysMoved } => Some(vault.clone()),
                _ if is_stranded(one) => {
                    let lost = self.never_founded(pending, own, command.vault_id, now).map(Arc::new);
                    // Or it builds on a form that came too late itself.
                    lost.or_else(|| is_late(pending, command, vault.log.epoch()).then(|| vault.clone()))
                }
                _ => None,
            };
            let Some(old) = old else { continue };
            // As the same revision: had somebody else stored one meanwhile, that is for a person to decide.
            let written = self.as_entry(command, now);
            let Ok(bytes) = self.open_bytes(&old, &written) else { continue };
            let anew = self.seal(&vault, (written.id, written.revision), &bytes)?;
            duties.push(Duty::Replace(one.id, Box::new(anew.into())));
        }
        Ok(duties)
    }

    /// The vault that this device would have founded, had another not been faster; by the account keys that it would have
    /// had, where another was faster in making those too.
    fn never_founded(
        &self,
        pending: &[PendingCommand],
        own: &Arc<Own>,
        id: VaultId,
        now: Timestamp,
    ) -> Option<OpenVault> {
        let founding =
            pending.iter().filter_map(command::<FoundVault>).find(|found| found.of.vault() == id)?;
        let lost = pending.iter().filter_map(command::<FoundKeys>).next();
        let own = match lost {
            Some(keys) => Arc::new(self.never_made(keys).ok()?),
            None => own.clone(),
        };
        let record = Vault {
            id,
            of: founding.of,
            installation: own.list.installation().into(),
            founder: self.account,
            founder_identity: own.list.identity().to_bytes().to_vec().into(),
            entries: vec![founding.entry.clone()],
            writers: vec![self.account],
            grants: Vec::new(),
            epoch: 1,
            members: Vec::new(),
        };
        let log =
            MemberLog::found(&record.pin().ok()?, &own.list, &founding.entry.0, &founding.grants).ok()?;
        let open = |grant: &mediconnect_domain::blob::Blob| match own
            .secrets
            .open_grant(&log, &grant.0, milliseconds(now))
            .ok()?
        {
            Opened::Chain(chain) => Some(chain),
            Opened::Epoch(_) | Opened::Record(_) => None,
        };
        let chain = founding.grants.iter().find_map(open)?;
        Some(OpenVault::never_founded(log, chain, record, own))
    }

    /// The account's keys as this device made them, though the server took another's.
    fn never_made(&self, keys: &FoundKeys) -> Result<Own, VaultError> {
        let FoundKeys { installation, entries, wraps, secrets } = keys.clone();
        let ring = KeyRing { account_id: self.account, installation, entries, wraps, secrets };
        let (installation, account) = (ring.installation.into(), self.account.0.into());
        let pinned = Pinned { installation, account, identity: None, head: None };
        let list = mediconnect_crypto::public::DeviceList::verify(&pinned, &ring.entries)?;
        let device = self.device_keys()?;
        let secrets = unwrapped(&ring, &list, &device.keys)?;
        Ok(Own::new(list, secrets, device, ring))
    }

    /// Keeps in mind what the server has shown and this device has checked, and forgets what is no longer open.
    pub(crate) fn keep(&self, now: Timestamp) -> Result<(), VaultError> {
        let (rings, vaults) = (self.store.guessed(Kind::KeyRing)?, self.store.guessed(Kind::Vault)?);
        let (pin, seen) = self.store.read(|records| {
            self.forget_closed(records, now)?;
            let mut seen = Vec::new();
            for vault in records.all_of::<Vault>(Index::VaultsOfMember, self.account)? {
                let known = records.log_head(vault.id)?.map_or(0, |head| head.length);
                let open = self.vault(records, vault.id, now).ok();
                let head = open.map(|open| open.log.head()).filter(|head| head.length > known);
                let sure = !vaults.contains(&vault.id.0);
                seen.extend(head.filter(|_| sure).map(|head| Seen { vault: vault.id, head }));
            }
            if rings.contains(&self.account.0) {
                return Ok((None, seen));
            }
            let known = records.pin(self.account)?.map_or(0, |pin| pin.head.length);
            let list = self.own_list(records).ok().filter(|(_, list)| list.head().length > known);
            Ok((list.map(|(ring, list)| Pin::of(&list, &ring.entries, None)), seen))
        })?;
        if let Some(pin) = pin {
            self.store.keep_pin(self.account, &pin)?;
        }
        if !rings.contains(&self.account.0) {
            let list = self.store.read(|records| Ok(self.own_list(records).ok()))?;
            list.map(|(_, list)| self.forget_empty_words(&list)).transpose()?;
        }
        Ok(self.store.keep_seen(&seen)?)
    }
}

/// Those refused commands about keys that nobody has to decide about, and that nothing somebody wrote waits for.
fn moot(pending: &[PendingCommand]) -> impl Iterator<Item = &PendingCommand> {
    let waiting = pending.iter().any(|one| is::<WriteHistory>(one) && is_stranded(one));
    pending.iter().filter(move |one| !waiting && is_moot(one))
}

/// Whether it was sealed in an epoch that is over, and nobody has to decide about the entry: over a form that somebody else stored
/// meanwhile nothing is written unasked.
fn is_late(pending: &[PendingCommand], write: &WriteHistory, epoch: u64) -> bool {
    let undecided = |one: &PendingCommand| match &one.state {
        PendingState::Refused { refusal: Refusal::KeysMoved | Refusal::DependsOnRefused { .. } } => false,
        PendingState::Refused { .. } => {
            command::<WriteHistory>(one).is_some_and(|other| other.entry_id == write.entry_id)
        }
        _ => false,
    };
    SealedRecord::parse(&write.content.0).is_ok_and(|sealed| sealed.epoch < epoch)
        && !pending.iter().any(undecided)
}

/// What it builds on was refused.
fn is_stranded(one: &PendingCommand) -> bool {
    let refused = matches!(one.state, PendingState::Refused { refusal: Refusal::DependsOnRefused { .. } });
    refused || one.blocked_by.is_some()
}

/// What it was to make is there.
fn is_moot(one: &PendingCommand) -> bool {
    let PendingState::Refused { refusal } = &one.state else { return false };
    matches!(
        (&one.command, refusal),
        (Some(Command::FoundKeys(_) | Command::FoundVault(_)), Refusal::AlreadyExists { .. })
            | (Some(Command::FoundVault(_)), Refusal::DependsOnRefused { .. })
            | (Some(Command::ChangeKeys(_)), Refusal::KeysMoved)
    )
}

/// The command of this type, if it is one.
fn command<T: InCommand>(one: &PendingCommand) -> Option<&T> {
    one.command.as_ref().and_then(T::in_command)
}

fn is<T: InCommand>(one: &PendingCommand) -> bool {
    command::<T>(one).is_some()
}

trait InCommand: Sized {
    fn in_command(command: &Command) -> Option<&Self>;
}

macro_rules! in_command {
    ($($name:ident),*) => {$(
        impl InCommand for $name {
            fn in_command(command: &Command) -> Option<&Self> {
                match command {
                    Command::$name(command) => Some(command),
                    _ => None,
                }
            }
        }
    )*};
}

in_command!(FoundKeys, FoundVault, WriteHistory);
