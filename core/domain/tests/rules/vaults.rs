//! Keys, vaults and the sealed history: what the server takes and what it does not.

use mediconnect_crypto::{
    id::{InstallationId, MemberId, RecordId},
    public::{Access, DeviceList, Member, MemberKind, Pinned, Recipient, RecordPlace, Role},
    secret::{
        AccountKey, AccountSecrets, ChainKey, Change as VaultChange, Invitation, MemberKeys, MemberSecret,
        Owner, RecordError, VaultWrite,
    },
};
use mediconnect_domain::{
    access::{Scope, readable, scopes_of},
    blob::Blob,
    history::{HistoryEntry, remove::RemoveHistory, write::WriteHistory},
    keys::{KeyRing, Wrap, change::ChangeKeys, found::FoundKeys},
    profiles::{Permission, unlink::GrantCaregiver},
    record::Index,
    vaults::{Vault, VaultOf, change::ChangeVault, found::FoundVault},
    *,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

use crate::kit::*;

const HERE: InstallationId = InstallationId([1; 16]);

/// Somebody's device with the account's keys on it.
struct Keys {
    account: AccountId,
    secrets: AccountSecrets,
    phone: MemberKeys,
    list: DeviceList,
    rng: ChaCha20Rng,
}

impl Keys {
    /// Made on the device and sent.
    fn found(clinic: &mut Clinic, account: AccountId) -> Self {
        let (keys, command) = Self::made(account);
        clinic.as_account(account, command).unwrap();
        keys
    }

    fn made(account: AccountId) -> (Self, FoundKeys) {
        let mut rng = ChaCha20Rng::from_seed(blake3(account));
        let secrets = AccountSecrets::generate(HERE, account.0.into(), &mut rng);
        let phone = member(account, MemberKind::Device, &mut rng);
        let entry = secrets.found(&phone);
        let pinned = Pinned { installation: HERE, account: account.0.into(), identity: None, head: None };
        let list = DeviceList::verify(&pinned, std::slice::from_ref(&entry)).unwrap();
        let mut keys = Self { account, secrets, phone, list, rng };
        let (wraps, secrets) = keys.wrapped();
        let command = FoundKeys { installation: HERE.into(), entries: vec![entry.into()], wraps, secrets };
        (keys, command)
    }

    /// The account key for every member of the list, and the secrets under it.
    fn wrapped(&mut self) -> (Vec<Wrap>, Blob) {
        let key = AccountKey::generate(&mut self.rng);
        let members: Vec<MemberId> = self.list.members().map(|member| member.id).collect();
        let wrap = |id: MemberId| Wrap {
            member_id: id.into(),
            key: key.wrap(&self.list, id, &mut self.rng.clone()).unwrap().into(),
        };
        let wraps = members.into_iter().map(wrap).collect();
        (wraps, self.secrets.seal(&key, &mut self.rng).into())
    }

    fn admits(&mut self, new: Member) -> ChangeKeys {
        let entry = self.secrets.admit(&self.list, &self.phone, new);
        self.list = self.list.append(&entry).unwrap();
        let (wraps, secrets) = self.wrapped();
        ChangeKeys { entry: entry.into(), wraps, secrets }
    }

    fn owner(&self) -> Owner<'_> {
        Owner { secrets: &self.secrets, device: &self.phone, list: &self.list }
    }

    fn invited(&self, role: Role, access: Access) -> Invitation {
        let to = Recipient::of(&self.list);
        Invitation { to, role, access, purpose: "treatment".into(), expires_at_ms: None }
    }

    fn founds(&mut self, patient_id: PatientId) -> (FoundVault, VaultWrite) {
        let of = VaultOf::History { patient_id };
        let admit = vec![self.invited(Role::Owner, Access::Chain)];
        let rng = &mut self.rng.clone();
        let unit = ChainKey::found(&self.owner(), of.vault().0.into(), admit, rng).unwrap();
        (FoundVault { of, entry: unit.entry.clone().into(), grants: blobs(&unit.grants) }, unit)
    }

    fn changes(&mut self, vault: &VaultWrite, change: &VaultChange<'_>) -> (ChangeVault, VaultWrite) {
        let rng = &mut self.rng.clone();
        let unit = vault.key.change(&vault.log, &self.owner(), change, rng).unwrap();
        let vault_id = VaultId(unit.log.vault().into());
        (ChangeVault { vault_id, entry: unit.entry.clone().into(), grants: blobs(&unit.grants) }, unit)
    }

    fn seals(&mut self, vault: &VaultWrite, name: &str, revision: u64, text: &str) -> WriteHistory {
        let place = place(vault, self.account, name, revision);
        let content = vault.key.epoch_key().seal(&place, text.as_bytes(), &mut self.rng).unwrap();
        WriteHistory {
            entry_id: HistoryId(id(name)),
            vault_id: VaultId(vault.log.vault().into()),
            content: content.into(),
        }
    }
}

fn blake3(account: AccountId) -> [u8; 32] {
    let mut seed = [0; 32];
    seed[..16].copy_from_slice(account.0.as_bytes());
    seed
}

fn member(account: AccountId, kind: MemberKind, rng: &mut ChaCha20Rng) -> MemberKeys {
    let secret = MemberSecret::generate(rng);
    let mut id = secret.expose()[..16].to_vec();
    id[6] = 0x70 | (id[6] & 0x0f);
    id[8] = 0x80 | (id[8] & 0x3f);
    let id = MemberId(id.try_into().unwrap());
    MemberKeys::derive(HERE, account.0.into(), id, kind, &secret)
}

fn place(vault: &VaultWrite, author: AccountId, name: &str, revision: u64) -> RecordPlace {
    RecordPlace {
        installation: HERE,
        vault: vault.log.vault(),
        kind: Kind::HistoryEntry.name().into(),
        field: history::FIELD.into(),
        id: RecordId(*id(name).as_bytes()),
        revision,
        author: author.0.into(),
    }
}

fn blobs(all: &[Vec<u8>]) -> Vec<Blob> {
    all.iter().cloned().map(Blob::from).collect()
}

fn scopes(clinic: &Clinic, account: AccountId) -> std::collections::BTreeSet<Scope> {
    let own: accounts::Account = clinic.records.get(account).unwrap();
    let (links, follows, vaults) = (clinic.records.all(), clinic.records.all(), clinic.records.all());
    scopes_of(&own, &links, &follows, &vaults, clinic.now)
}

fn stored(clinic: &Clinic, name: &str) -> HistoryEntry {
    clinic.records.get(HistoryId(id(name))).unwrap()
}

/// Ann with a vault and one entry in it.
fn with_history(clinic: &mut Clinic) -> (Keys, VaultWrite) {
    let ann = clinic.ann;
    let mut keys = Keys::found(clinic, ann.account);
    let (found, vault) = keys.founds(ann.patient);
    clinic.as_account(ann.account, found).unwrap();
    let write = keys.seals(&vault, "allergy", 1, "penicillin");
    clinic.as_account(ann.account, write).unwrap();
    (keys, vault)
}

#[test]
fn keys_are_laid_down_once_and_only_by_the_account_they_are_for() {
    let mut clinic = Clinic::new();
    let (ann, bob) = (clinic.ann.account, clinic.bob.account);
    let (_, command) = Keys::made(ann);
    assert_eq!(clinic.as_account(bob, command.clone()).unwrap_err(), Refusal::KeysRefused);
    clinic.as_account(ann, command.clone()).unwrap();
    let again = Refusal::AlreadyExists { kind: Kind::KeyRing };
    assert_eq!(clinic.as_account(ann, command).unwrap_err(), again);
    let ring: KeyRing = clinic.records.get(ann).unwrap();
    assert_eq!(ring.list().unwrap().members().count(), 1);
    assert!(!readable(&scopes(&clinic, bob), &Record::from(ring.clone()).scopes()));
    assert!(!readable(&scopes(&clinic, clinic.admin), &Record::from(ring).scopes()));
}

#[test]
fn a_device_is_admitted_by_one_that_is_there_and_the_account_key_is_wrapped_for_all() {
    let mut clinic = Clinic::new();
    let ann = clinic.ann.account;
    let mut keys = Keys::found(&mut clinic, ann);
    let second = member(ann, MemberKind::Device, &mut keys.rng);
    let admits = keys.admits(second.public().clone());
    let mut incomplete = admits.clone();
    incomplete.wraps.pop();
    assert_eq!(clinic.as_account(ann, incomplete).unwrap_err(), Refusal::KeysRefused);
    clinic.as_account(ann, admits.clone()).unwrap();
    // The same entry again follows one that is no longer the last.
    assert_eq!(clinic.as_account(ann, admits).unwrap_err(), Refusal::KeysMoved);
    let ring: KeyRing = clinic.records.get(ann).unwrap();
    let list = ring.list().unwrap();
    let wrap = ring.wraps.iter().find(|wrap| MemberId::from(wrap.member_id) == second.public().id).unwrap();
    let key = AccountKey::unwrap(&list, &second, &wrap.key.0).expect("the second device opens the account");
    AccountSecrets::open(&list, &key, &ring.secrets.0).unwrap();
}

#[test]
fn a_patient_writes_what_the_server_stores_and_cannot_read() {
    let mut clinic = Clinic::new();
    let (_, vault) = with_history(&mut clinic);
    let entry = stored(&clinic, "allergy");
    let body = Record::from(entry.clone()).body();
    assert!(!body.contains("penicillin"));
    let place = place(&vault, clinic.ann.account, "allergy", 1);
    assert_eq!(*vault.key.epoch_key().open(&place, &entry.content.0).unwrap(), b"penicillin");
    for other in [clinic.bob.account, clinic.dora.account, clinic.admin] {
        assert!(!readable(&scopes(&clinic, other), &Record::from(entry.clone()).scopes()));
    }
    assert!(readable(&scopes(&clinic, clinic.ann.account), &Record::from(entry).scopes()));
}

#[test]
fn members_with_and_without_an_end_are_found_by_their_account() {
    let mut clinic = Clinic::new();
    let (ann, dora) = (clinic.ann, clinic.dora.account);
    let (mut keys, vault) = with_history(&mut clinic);
    let doras = Keys::found(&mut clinic, dora);
    let mut reader = doras.invited(Role::Reader, Access::Chain);
    reader.expires_at_ms = Some(4_000_000_000_000);
    let (let_in, _) = keys.changes(&vault, &VaultChange { admit: vec![reader], ..VaultChange::default() });
    clinic.as_account(ann.account, let_in).unwrap();
    let vault: Vault = clinic.records.all().remove(0);
    for member in [ann.account, dora] {
        let found = Need::all(Index::VaultsOfMember, member);
        let Need::Range { from, to, .. } = found else { panic!("a range") };
        let mut keys = Record::from(vault.clone()).index_keys().into_iter();
        let key = keys.find(|key| key.owner == member.0).expect("an entry of the index");
        assert!(from <= key.sort && key.sort < to, "{key:?} lies in the range that is asked for");
    }
}

#[test]
fn a_vault_is_founded_once_by_who_may_manage_the_patient() {
    let mut clinic = Clinic::new();
    let (ann, bob) = (clinic.ann, clinic.bob);
    let mut others = Keys::found(&mut clinic, bob.account);
    let (foreign, _) = others.founds(ann.patient);
    let hidden = Refusal::NotFound { kind: Kind::Patient };
    assert_eq!(clinic.as_account(bob.account, foreign).unwrap_err(), hidden);
    // Without keys of one's own there is nothing to found it with.
    let (mut keys, command) = Keys::made(ann.account);
    let (found, _) = keys.founds(ann.patient);
    assert_eq!(clinic.as_account(ann.account, found.clone()).unwrap_err(), Refusal::KeysRefused);
    clinic.as_account(ann.account, command).unwrap();
    clinic.as_account(ann.account, found.clone()).unwrap();
    let again = Refusal::AlreadyExists { kind: Kind::Vault };
    assert_eq!(clinic.as_account(ann.account, found).unwrap_err(), again);
}

#[test]
fn a_doctor_who_is_let_in_reads_and_writes_and_who_is_put_out_does_neither() {
    let mut clinic = Clinic::new();
    let (ann, dora) = (clinic.ann.account, clinic.dora.account);
    let (mut anns, vault) = with_history(&mut clinic);
    let mut doras = Keys::found(&mut clinic, dora);
    let entry = Record::from(stored(&clinic, "allergy"));
    let early = doras.seals(&vault, "note", 1, "too early");
    assert_eq!(clinic.as_account(dora, early).unwrap_err(), Refusal::NotFound { kind: Kind::Vault });

    let admit = vec![doras.invited(Role::Reader, Access::Chain)];
    let (let_in, vault) = anns.changes(&vault, &VaultChange { admit, ..VaultChange::default() });
    // A reader cannot let anybody in, nor can somebody else send what an owner signed.
    assert_eq!(clinic.as_account(dora, let_in.clone()).unwrap_err(), Refusal::NotFound { kind: Kind::Vault },);
    clinic.as_account(ann, let_in.clone()).unwrap();
    assert_eq!(clinic.as_account(ann, let_in).unwrap_err(), Refusal::KeysMoved);
    assert!(readable(&scopes(&clinic, dora), &entry.scopes()));
    let note = doras.seals(&vault, "note", 1, "reacts to amoxicillin too");
    clinic.as_account(dora, note).unwrap();
    let grants: Vec<AccountId> =
        clinic.records.all::<Vault>()[0].grants.iter().map(|grant| grant.to).collect();
    assert_eq!(grants, [ann, dora]);

    let remaining = vec![Recipient::of(&anns.list)];
    let remove = vec![dora.0.into()];
    let change = VaultChange { remove, remaining, ..VaultChange::default() };
    let (put_out, newer) = anns.changes(&vault, &change);
    clinic.as_account(ann, put_out).unwrap();
    assert!(!readable(&scopes(&clinic, dora), &entry.scopes()));
    let late = doras.seals(&vault, "late", 1, "too late");
    assert_eq!(clinic.as_account(dora, late).unwrap_err(), Refusal::NotFound { kind: Kind::Vault });
    assert!(clinic.records.all::<Vault>()[0].grants.iter().all(|grant| grant.to == ann));
    // What is written now is sealed in the new epoch, which the old key does not open.
    let old = anns.seals(&vault, "next", 1, "sealed in the old epoch");
    assert_eq!(clinic.as_account(ann, old).unwrap_err(), Refusal::KeysMoved);
    let new = anns.seals(&newer, "next", 1, "hers alone");
    clinic.as_account(ann, new).unwrap();
    let sealed = stored(&clinic, "next");
    let there = place(&vault, ann, "next", 1);
    let refused = vault.key.epoch_key().open(&there, &sealed.content.0);
    assert!(matches!(refused, Err(RecordError::AnotherEpoch { .. })));
}

#[test]
fn an_entry_is_the_next_revision_by_its_sender_or_refused() {
    let mut clinic = Clinic::new();
    let ann = clinic.ann.account;
    let (mut keys, vault) = with_history(&mut clinic);
    for revision in [1, 3] {
        let write = keys.seals(&vault, "allergy", revision, "other");
        assert_eq!(clinic.as_account(ann, write).unwrap_err(), Refusal::EditedMeanwhile, "{revision}");
    }
    let next = keys.seals(&vault, "allergy", 2, "penicillin, severe");
    clinic.as_account(ann, next.clone()).unwrap();
    assert_eq!(stored(&clinic, "allergy").revision, 2);
    for damaged in [Blob(vec![]), Blob(next.content.0[..50].to_vec()), Blob(vec![9; 400])] {
        let write = WriteHistory { content: damaged, ..next.clone() };
        assert_eq!(clinic.as_account(ann, write).unwrap_err(), Refusal::KeysRefused);
    }
    let huge = WriteHistory { content: Blob(vec![1; 200_000]), ..next };
    assert_eq!(clinic.as_account(ann, huge).unwrap_err().code(), "invalid");
    assert_eq!(stored(&clinic, "allergy").revision, 2, "nothing was lost");
}

#[test]
fn owners_remove_any_entry_and_readers_their_own() {
    let mut clinic = Clinic::new();
    let (ann, dora) = (clinic.ann.account, clinic.dora.account);
    let (mut anns, vault) = with_history(&mut clinic);
    let mut doras = Keys::found(&mut clinic, dora);
    let admit = vec![doras.invited(Role::Reader, Access::Epoch)];
    let (let_in, vault) = anns.changes(&vault, &VaultChange { admit, ..VaultChange::default() });
    clinic.as_account(ann, let_in).unwrap();
    for name in ["note", "other note"] {
        let note = doras.seals(&vault, name, 1, "seen");
        clinic.as_account(dora, note).unwrap();
    }
    let vault_id = VaultId(vault.log.vault().into());
    let remove = |name: &str| RemoveHistory { entry_id: HistoryId(id(name)), vault_id };
    assert_eq!(clinic.as_account(dora, remove("allergy")).unwrap_err(), Refusal::NotAllowed);
    clinic.as_account(dora, remove("note")).unwrap();
    clinic.as_account(ann, remove("other note")).unwrap();
    clinic.as_account(ann, remove("allergy")).unwrap();
    assert!(clinic.records.all::<HistoryEntry>().is_empty());
}

#[test]
fn a_helper_sees_who_is_let_in_and_opens_nothing() {
    let mut clinic = Clinic::new();
    let (ann, bob) = (clinic.ann, clinic.bob.account);
    with_history(&mut clinic);
    let email = clinic.records.get::<accounts::Account>(bob).unwrap().email;
    let help = GrantCaregiver {
        link_id: LinkId(id("help")),
        patient_id: ann.patient,
        email,
        permissions: vec![Permission::Read],
        expires_at: None,
    };
    clinic.as_account(ann.account, help).unwrap();
    let of_bob = scopes(&clinic, bob);
    assert!(readable(&of_bob, &Record::from(clinic.records.all::<Vault>().remove(0)).scopes()));
    assert!(!readable(&of_bob, &Record::from(stored(&clinic, "allergy")).scopes()));
}
