//! What owners of a vault do: found it, admit, remove, share.
//!
//! An epoch has a chain key. From it follows the epoch key, which seals records; and under it lies the chain key of the
//! epoch before. So someone given the chain key reads everything older, and someone given the epoch key just this epoch.

use std::fmt;

use super::{
    account::AccountSecrets,
    committed,
    grant::give,
    key::Key,
    member::MemberKeys,
    record::{ContentKey, EpochKey},
};
use crate::{
    canonical::Writer,
    hash::Hash,
    id::{AccountId, InstallationId, VaultId},
    public::{
        Access, DeviceList, Grant, GrantError, Head, MemberEntry, MemberLog, MemberLogError, Recipient, Role,
        Scope, Terms, VaultMember, VaultPin,
    },
    random::CryptoRng,
    suite::Format,
};

/// Opens an epoch of a vault and, by the member log, all older ones.
#[derive(Clone)]
pub struct ChainKey {
    installation: InstallationId,
    vault: VaultId,
    epoch: u64,
    key: Key,
}

/// The owner who acts, with which device, and the owner's verified device list as it is now.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a> {
    pub secrets: &'a AccountSecrets,
    pub device: &'a MemberKeys,
    pub list: &'a DeviceList,
}

/// Whom to admit, and how.
#[derive(Clone, Debug)]
pub struct Invitation {
    pub to: Recipient,
    pub role: Role,
    pub access: Access,
    /// A code, such as `treatment`.
    pub purpose: String,
    /// Milliseconds since 1970.
    pub expires_at_ms: Option<u64>,
}

/// One field of one revision, for someone who need not be a member.
#[derive(Debug)]
pub struct Share<'a> {
    pub to: Recipient,
    pub key: &'a ContentKey,
    pub purpose: String,
    pub expires_at_ms: Option<u64>,
}

/// What one entry does.
#[derive(Debug, Default)]
pub struct Change<'a> {
    pub admit: Vec<Invitation>,
    /// Begins a new epoch.
    pub remove: Vec<AccountId>,
    /// Begins a new epoch without removing anyone: a member lost a device.
    pub new_epoch: bool,
    /// Where to reach each member who stays when an epoch begins.
    pub remaining: Vec<Recipient>,
    pub share: Vec<Share<'a>>,
    /// Hashes of grants that count no longer.
    pub withdraw: Vec<Hash>,
}

/// Why an entry cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    #[error("the key is not that of the vault's present epoch")]
    NotThatKey,
    #[error("no sealing key was given for {account}, who stays a member")]
    NoRecipient { account: AccountId },
    #[error("the shared key is of another vault")]
    AnotherVault,
    #[error(transparent)]
    Refused(#[from] MemberLogError),
}

/// One unit for the server to take or refuse: entry and grants. `log` and `key` are valid once it was taken.
#[derive(Debug)]
pub struct VaultWrite {
    pub entry: Vec<u8>,
    pub grants: Vec<Vec<u8>>,
    pub log: MemberLog,
    pub key: ChainKey,
}

impl ChainKey {
    pub(crate) fn new(installation: InstallationId, vault: VaultId, epoch: u64, key: Key) -> Self {
        Self { installation, vault, epoch, key }
    }

    fn generate(installation: InstallationId, vault: VaultId, epoch: u64, rng: &mut impl CryptoRng) -> Self {
        Self::new(installation, vault, epoch, Key::generate(rng))
    }

    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// What seals records in this epoch.
    pub fn epoch_key(&self) -> EpochKey {
        let key = self.key.derive(&[b"mediconnect/chain-key/epoch"]);
        EpochKey::new(self.installation, self.vault, self.epoch, key)
    }

    /// The key of the epoch before; `None` in the first.
    pub fn older(&self, log: &MemberLog) -> Result<Option<Self>, GrantError> {
        self.is_of(log, self.epoch).then_some(()).ok_or(GrantError::NotThatKey)?;
        let back = log.back(self.epoch).unwrap_or_default();
        if back.is_empty() {
            return Ok(None);
        }
        let key = committed::open(&self.key, Format::MemberEntry, &self.bound(), back);
        let key = key.and_then(|key| Key::from_slice(&key)).ok_or(GrantError::NotThatKey)?;
        let older = Self::new(self.installation, self.vault, self.epoch - 1, key);
        if older.is_of(log, older.epoch) { Ok(Some(older)) } else { Err(GrantError::NotThatKey) }
    }

    /// The key of an epoch, this one or an older one.
    pub fn epoch_key_of(&self, log: &MemberLog, epoch: u64) -> Result<EpochKey, GrantError> {
        let mut key = self.clone();
        while key.epoch > epoch {
            key = key.older(log)?.ok_or(GrantError::NotThatKey)?;
        }
        if key.epoch == epoch { Ok(key.epoch_key()) } else { Err(GrantError::NotThatKey) }
    }

    fn is_of(&self, log: &MemberLog, epoch: u64) -> bool {
        let here = (self.installation, self.vault, self.epoch) == (log.installation(), log.vault(), epoch);
        here && log.check(epoch) == Some(&self.epoch_key().check())
    }

    fn bound(&self) -> Vec<u8> {
        Writer::bound(Format::MemberEntry)
            .bytes(&self.installation.0)
            .bytes(&self.vault.0)
            .number(self.epoch)
            .done()
    }

    fn way_back_to(&self, older: &Self, rng: &mut impl CryptoRng) -> Vec<u8> {
        let mut sealed = Vec::new();
        let fill = |out: &mut Vec<u8>| out.extend_from_slice(older.key.expose());
        committed::seal(&self.key, Format::MemberEntry, &self.bound(), 32, fill, &mut sealed, rng);
        sealed
    }

    /// Founds a vault. The founder is among the invited, as an owner who reads everything.
    pub fn found(
        founder: &Owner<'_>,
        vault: VaultId,
        admit: Vec<Invitation>,
        rng: &mut impl CryptoRng,
    ) -> Result<VaultWrite, VaultError> {
        let account = founder.secrets;
        let key = Self::generate(account.installation(), vault, 1, rng);
        let change = Change { admit, ..Change::default() };
        let draft = Draft::new(founder, &key, Head::EMPTY, Vec::new(), &change);
        let pin = VaultPin {
            installation: account.installation(),
            vault,
            founder: account.account(),
            founder_identity: account.identity(),
            head: None,
        };
        let (entry, grants) = draft.write(&[], rng)?;
        let log = MemberLog::found(&pin, founder.list, &entry, &grants)?;
        Ok(VaultWrite { entry, grants, log, key })
    }

    /// The next entry of a vault, by an owner who holds the key of its present epoch.
    pub fn change(
        &self,
        log: &MemberLog,
        owner: &Owner<'_>,
        change: &Change<'_>,
        rng: &mut impl CryptoRng,
    ) -> Result<VaultWrite, VaultError> {
        if !self.is_of(log, log.epoch()) {
            return Err(VaultError::NotThatKey);
        }
        let begins = change.new_epoch || !change.remove.is_empty();
        let (key, back, staying) = if begins {
            let key = Self::generate(self.installation, self.vault, self.epoch + 1, rng);
            let back = key.way_back_to(self, rng);
            (key, back, staying(log, change)?)
        } else {
            (self.clone(), Vec::new(), Vec::new())
        };
        let draft = Draft::new(owner, &key, log.head(), back, change);
        let (entry, grants) = draft.write(&staying, rng)?;
        let log = log.append(owner.list, &entry, &grants)?;
        Ok(VaultWrite { entry, grants, log, key })
    }
}

impl fmt::Debug for ChainKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ChainKey({:?}, epoch {})", self.vault, self.epoch)
    }
}

/// Those who are members before and after, with what to seal to.
fn staying(log: &MemberLog, change: &Change<'_>) -> Result<Vec<Invitation>, VaultError> {
    let goes = |account| change.remove.contains(&account);
    let comes = |account| change.admit.iter().any(|invitation| invitation.to.account == account);
    let stays = log.members().filter(|member| !goes(member.account) && !comes(member.account));
    stays
        .map(|member| {
            let reached = |to: &&Recipient| (to.account, to.identity) == (member.account, member.identity);
            let to = change.remaining.iter().find(reached);
            let to = to.ok_or(VaultError::NoRecipient { account: member.account })?;
            Ok(Invitation {
                to: to.clone(),
                role: member.role,
                access: member.access,
                purpose: member.purpose.clone(),
                expires_at_ms: member.expires_at_ms,
            })
        })
        .collect()
}

/// An entry in the making.
struct Draft<'a> {
    owner: &'a Owner<'a>,
    key: &'a ChainKey,
    change: &'a Change<'a>,
    entry: MemberEntry,
}

impl<'a> Draft<'a> {
    fn new(
        owner: &'a Owner<'a>,
        key: &'a ChainKey,
        head: Head,
        back: Vec<u8>,
        change: &'a Change<'a>,
    ) -> Self {
        let admitted = change.admit.iter().map(|invitation| VaultMember {
            account: invitation.to.account,
            identity: invitation.to.identity,
            role: invitation.role,
            access: invitation.access,
            purpose: invitation.purpose.clone(),
            expires_at_ms: invitation.expires_at_ms,
        });
        let entry = MemberEntry {
            installation: key.installation,
            vault: key.vault,
            link: head.next(),
            by: owner.secrets.account(),
            device: owner.device.public().id,
            list_length: owner.list.head().length,
            epoch: key.epoch,
            check: key.epoch_key().check(),
            back,
            removed: change.remove.clone(),
            admitted: admitted.collect(),
            withdrawn: change.withdraw.clone(),
            grants: Vec::new(),
        };
        Self { owner, key, change, entry }
    }

    fn write(
        mut self,
        staying: &[Invitation],
        rng: &mut impl CryptoRng,
    ) -> Result<(Vec<u8>, Vec<Vec<u8>>), VaultError> {
        let epoch_key = self.key.epoch_key();
        let mut grants = Vec::new();
        for invitation in self.change.admit.iter().chain(staying) {
            let (scope, key) = match invitation.access {
                Access::Epoch => (Scope::Epoch, epoch_key.key()),
                Access::Chain => (Scope::Chain, &self.key.key),
            };
            let terms = self.terms(&invitation.to, scope, &invitation.purpose, invitation.expires_at_ms);
            grants.push(give(self.owner.secrets, &terms, &invitation.to, key, rng));
        }
        for share in &self.change.share {
            let place = share.key.place();
            if (place.installation, place.vault) != (self.key.installation, self.key.vault) {
                return Err(VaultError::AnotherVault);
            }
            let scope = Scope::Record { place: place.clone(), epoch: share.key.epoch };
            let terms = self.terms(&share.to, scope, &share.purpose, share.expires_at_ms);
            grants.push(give(self.owner.secrets, &terms, &share.to, &share.key.key, rng));
        }
        let hashes = grants.iter().map(|grant| Ok(Grant::parse(grant)?.hash()));
        self.entry.grants = hashes.collect::<Result<_, GrantError>>().expect("just written");
        let by_identity = self.owner.secrets.signing().sign(Format::MemberEntry, self.entry.body());
        Ok((self.owner.device.signing().sign(Format::MemberEntry, by_identity), grants))
    }

    fn terms(&self, to: &Recipient, scope: Scope, purpose: &str, expires_at_ms: Option<u64>) -> Terms {
        Terms {
            installation: self.key.installation,
            vault: self.key.vault,
            entry: self.entry.link.index,
            epoch: self.key.epoch,
            by: self.owner.secrets.account(),
            to: to.account,
            to_identity: to.identity,
            to_generation: to.generation,
            to_sealing: to.sealing.hash(),
            scope,
            purpose: purpose.to_owned(),
            expires_at_ms,
        }
    }
}
