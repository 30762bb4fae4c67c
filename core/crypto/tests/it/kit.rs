//! A patient, a doctor and their vault, the same in every run.

use mediconnect_crypto::{id::*, public::*, secret::*};
pub use rand_chacha::ChaCha20Rng as Rng;
use rand_chacha::rand_core::SeedableRng;

pub const HERE: InstallationId = InstallationId([1; 16]);
pub const VAULT: VaultId = VaultId([2; 16]);
pub const NOW: u64 = 1_800_000_000_000;

pub fn rng(seed: u64) -> Rng {
    Rng::seed_from_u64(seed)
}

/// Someone with an account and one phone.
pub struct Person {
    pub secrets: AccountSecrets,
    pub phone: MemberKeys,
    pub entries: Vec<Vec<u8>>,
    pub list: DeviceList,
}

impl Person {
    /// The `n`th person.
    pub fn new(n: u8) -> Self {
        let rng = &mut rng(u64::from(n));
        let account = AccountId([n; 16]);
        let secrets = AccountSecrets::generate(HERE, account, rng);
        let phone = device(account, n, rng);
        let entries = vec![secrets.found(&phone)];
        let list = DeviceList::verify(&pinned(account), &entries).unwrap();
        Self { secrets, phone, entries, list }
    }

    pub fn account(&self) -> AccountId {
        self.secrets.account()
    }

    pub fn owner(&self) -> Owner<'_> {
        Owner { secrets: &self.secrets, device: &self.phone, list: &self.list }
    }

    pub fn recipient(&self) -> Recipient {
        Recipient::of(&self.list)
    }

    /// Takes an entry into the list, as everyone would.
    pub fn take(&mut self, entry: Vec<u8>) {
        self.list = self.list.append(&entry).unwrap();
        self.entries.push(entry);
    }

    pub fn invited(&self, role: Role, access: Access) -> Invitation {
        Invitation {
            to: self.recipient(),
            role,
            access,
            purpose: "treatment".into(),
            expires_at_ms: (role == Role::Reader).then_some(NOW + 1000),
        }
    }
}

pub fn device(account: AccountId, n: u8, rng: &mut Rng) -> MemberKeys {
    MemberKeys::derive(HERE, account, MemberId([n; 16]), MemberKind::Device, &MemberSecret::generate(rng))
}

/// Knows who, and nothing else.
pub fn pinned(account: AccountId) -> Pinned {
    Pinned { installation: HERE, account, identity: None, head: None }
}

/// A patient's vault with a doctor in it who sees what comes from now on.
pub struct Shared {
    pub patient: Person,
    pub doctor: Person,
    pub units: Vec<VaultWrite>,
}

impl Shared {
    pub fn new() -> Self {
        let (patient, doctor) = (Person::new(11), Person::new(12));
        let founded = ChainKey::found(
            &patient.owner(),
            VAULT,
            vec![patient.invited(Role::Owner, Access::Chain)],
            &mut rng(20),
        );
        let mut shared = Self { units: vec![founded.unwrap()], patient, doctor };
        let admit = vec![shared.doctor.invited(Role::Reader, Access::Epoch)];
        shared.change(Change { admit, ..Change::default() });
        shared
    }

    pub fn last(&self) -> &VaultWrite {
        self.units.last().unwrap()
    }

    pub fn change(&mut self, change: Change<'_>) -> &VaultWrite {
        let written = self.try_change(change).unwrap();
        self.units.push(written);
        self.last()
    }

    pub fn try_change(&self, change: Change<'_>) -> Result<VaultWrite, VaultError> {
        let last = self.last();
        last.key.change(&last.log, &self.patient.owner(), &change, &mut rng(21 + self.units.len() as u64))
    }

    pub fn entries(&self) -> Vec<Vec<u8>> {
        self.units.iter().map(|unit| unit.entry.clone()).collect()
    }

    pub fn pin(&self) -> VaultPin {
        VaultPin {
            installation: HERE,
            vault: VAULT,
            founder: self.patient.account(),
            founder_identity: self.patient.secrets.identity(),
            head: None,
        }
    }

    /// The doctor's grant in the second entry.
    pub fn doctors_grant(&self) -> &[u8] {
        &self.units[1].grants[0]
    }
}

/// The patient's allergies, first revision.
pub fn place() -> RecordPlace {
    RecordPlace {
        installation: HERE,
        vault: VAULT,
        kind: "history".into(),
        field: "text".into(),
        id: RecordId([3; 16]),
        revision: 1,
        author: AccountId([11; 16]),
    }
}

pub fn epoch_key(opened: Opened) -> EpochKey {
    match opened {
        Opened::Epoch(key) => key,
        other => panic!("{other:?}"),
    }
}

pub fn chain_key(opened: Opened) -> ChainKey {
    match opened {
        Opened::Chain(key) => key,
        other => panic!("{other:?}"),
    }
}
