//! docs/security.md is enough to read everything: from a device's 32 bytes to the text of a record, with the plain
//! libraries and the tables of that page. It is also enough to sign with a stolen device, which must not be enough.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use ed25519_dalek::Signer;
use hkdf::Hkdf;
use hpke::{Deserializable, Kem, OpModeR, aead, kdf, kem::XWing};
use mediconnect_crypto::{id::*, public::*, secret::*};
use sha2::Sha256;

use crate::kit::*;

pub fn field(bytes: &[u8]) -> Vec<u8> {
    [&(bytes.len() as u32).to_be_bytes(), bytes].concat()
}

pub fn number(number: u64) -> Vec<u8> {
    field(&number.to_be_bytes())
}

pub fn bound(label: &str, format: u8, fields: &[Vec<u8>]) -> Vec<u8> {
    [field(label.as_bytes()), vec![format, 1, 1], fields.concat()].concat()
}

pub fn derive<const N: usize>(key: &[u8], info: &[u8]) -> [u8; N] {
    let mut derived = [0; N];
    Hkdf::<Sha256>::from_prk(key).unwrap().expand(info, &mut derived).unwrap();
    derived
}

fn decrypt(key: &[u8], nonce: &[u8], bound: &[u8], ciphertext: &[u8]) -> Vec<u8> {
    let cipher = XChaCha20Poly1305::new_from_slice(key).unwrap();
    cipher.decrypt(nonce.try_into().unwrap(), Payload { msg: ciphertext, aad: bound }).unwrap()
}

fn cipher_and_commitment(key: &[u8], label: &str, format: u8) -> [u8; 64] {
    derive(key, &[label.as_bytes(), &[format, 1, 1], b"seal"].concat())
}

pub fn seal(key: &[u8], label: &str, format: u8, bound: &[u8], content: &[u8]) -> Vec<u8> {
    let keys = cipher_and_commitment(key, label, format);
    let cipher = XChaCha20Poly1305::new_from_slice(&keys[..32]).unwrap();
    let sealed = cipher.encrypt(&[5; 24].into(), Payload { msg: content, aad: bound }).unwrap();
    [&keys[32..], &[5; 24], &sealed].concat()
}

fn unseal(key: &[u8], label: &str, format: u8, bound: &[u8], sealed: &[u8]) -> Vec<u8> {
    let keys = cipher_and_commitment(key, label, format);
    assert_eq!(sealed[..32], keys[32..], "the commitment");
    decrypt(&keys[..32], &sealed[32..56], bound, &sealed[56..])
}

/// All before the last two fields, and those: what HPKE seals stands at the end of its format.
fn hpke_open(seed: &[u8], bytes: &[u8]) -> Vec<u8> {
    let (rest, ciphertext) = bytes.split_at(bytes.len() - 48);
    let (rest, encapsulated) = rest[..rest.len() - 4].split_at(rest.len() - 4 - 1120);
    hpke::single_shot_open::<aead::ChaCha20Poly1305, kdf::HkdfSha256, XWing>(
        &OpModeR::Base,
        &<XWing as Kem>::PrivateKey::from_bytes(seed).unwrap(),
        &<XWing as Kem>::EncappedKey::from_bytes(encapsulated).unwrap(),
        &rest[..rest.len() - 4],
        ciphertext,
        b"",
    )
    .unwrap()
}

/// The seeds of a device: of its signing key and of its opening key.
pub fn device_seeds(secret: &MemberSecret, account: AccountId) -> [[u8; 32]; 2] {
    let fields = [field(&HERE.0), field(&account.0), number(1)];
    let info = bound("mediconnect/device-list-entry", 4, &fields);
    [b"signing", b"opening"].map(|purpose| derive(secret.expose(), &[&info[..], purpose].concat()))
}

/// The seeds of an account: of its identity key and of its first opening key.
pub fn account_seeds(account_key: &[u8], account: &[u8]) -> [[u8; 32]; 2] {
    let (terms, sealed) = (&account[..3 + 20 + 20 + 12], &account[3 + 20 + 20 + 12 + 4..]);
    let seeds = unseal(account_key, "mediconnect/account-secrets", 5, terms, sealed);
    let (identity, opening) = seeds.split_at(32);
    [identity.try_into().unwrap(), opening.try_into().unwrap()]
}

/// Someone whose device gave its secret away.
pub struct Anna {
    pub secret: MemberSecret,
    pub person: Person,
}

pub fn anna() -> Anna {
    let (rng, account) = (&mut rng(40), AccountId([11; 16]));
    let secret = MemberSecret::generate(rng);
    let phone = MemberKeys::derive(HERE, account, MemberId([1; 16]), MemberKind::Device, &secret);
    let secrets = AccountSecrets::generate(HERE, account, rng);
    let entries = vec![secrets.found(&phone)];
    let list = DeviceList::verify(&pinned(account), &entries).unwrap();
    Anna { secret, person: Person { secrets, phone, entries, list } }
}

#[test]
fn a_record_and_a_file_open_with_the_page_alone() {
    let (Anna { secret, person }, rng) = (anna(), &mut rng(41));
    let account_key = AccountKey::generate(rng);
    let wrap = account_key.wrap(&person.list, person.phone.public().id, rng).unwrap();
    let account = person.secrets.seal(&account_key, rng);
    let invited = vec![person.invited(Role::Owner, Access::Chain)];
    let unit = ChainKey::found(&person.owner(), VAULT, invited, rng).unwrap();
    let record = unit.key.epoch_key().seal(&place(), b"Penicillin: rash, 2019", rng).unwrap();
    let file_place = FilePlace { installation: HERE, vault: VAULT, id: FileId([4; 16]) };
    let file_key = FileKey::generate(5, rng);
    let sealer = FileSealer::new(&file_place, &file_key, 12, rng).unwrap();
    let (head, chunk) = (sealer.head(), sealer.seal(0, b"x-ray").unwrap());

    let [_, opening] = device_seeds(&secret, person.account());
    let account_key = hpke_open(&opening, &wrap);
    let seeds = account_seeds(&account_key, &account);
    let grant = &unit.grants[0];
    let chain_key = hpke_open(&seeds[1], &grant[..grant.len() - 64]);
    let epoch_key: [u8; 32] = derive(&chain_key, b"mediconnect/chain-key/epoch");
    let wrapping: [u8; 32] = derive(&epoch_key, b"mediconnect/epoch-key/wrap");
    let fields = [
        field(&HERE.0),
        field(&VAULT.0),
        field(b"history"),
        field(b"text"),
        field(&[3; 16]),
        number(1),
        field(&[11; 16]),
        number(1),
    ];
    let at = bound("mediconnect/record", 1, &fields);
    let content_key = decrypt(&wrapping, &record[35..59], &at, &record[59..107]);
    let padded = unseal(&content_key, "mediconnect/record", 1, &at, &record[107..]);
    assert_eq!(padded, [&b"Penicillin: rash, 2019"[..], &[0x80], &[0; 105]].concat());

    let file_key = file_key.to_bytes();
    assert_eq!(file_key[3..15], number(5));
    let keys = cipher_and_commitment(&file_key[19..], "mediconnect/file", 2);
    assert_eq!(head[23..], keys[32..]);
    let fields = [field(&HERE.0), field(&VAULT.0), field(&[4; 16]), field(head), number(128)];
    let nonce = [&head[4..23], &0u32.to_be_bytes(), &[1]].concat();
    let padded = decrypt(&keys[..32], &nonce, &bound("mediconnect/file", 2, &fields), &chunk);
    assert_eq!(padded, [&b"x-ray"[..], &[0; 123]].concat());
}

/// The entry with a signature of someone else in place of the identity key's, and the device's over that.
fn signed_by_the_device_alone(entry: &[u8], label: &str, device: [u8; 32]) -> Vec<u8> {
    let sign = |seed: [u8; 32], bytes: &[u8]| {
        let key = ed25519_dalek::SigningKey::from_bytes(&seed);
        let signature = key.sign(&[&field(label.as_bytes())[..], bytes].concat());
        [bytes, &signature.to_bytes()].concat()
    };
    sign(device, &sign([66; 32], &entry[..entry.len() - 128]))
}

#[test]
fn a_device_without_the_identity_key_writes_no_entry() {
    let (Anna { secret, person }, rng) = (anna(), &mut rng(42));
    let [signing, _] = device_seeds(&secret, person.account());
    let tablet = device(person.account(), 50, rng);
    let entry = person.secrets.admit(&person.list, &person.phone, tablet.public().clone());
    assert!(person.list.append(&entry).is_ok());
    let forged = signed_by_the_device_alone(&entry, "mediconnect/device-list-entry", signing);
    assert_eq!(person.list.append(&forged).unwrap_err(), DeviceListError::Identity { at: 1 });

    let invited = vec![person.invited(Role::Owner, Access::Chain)];
    let unit = ChainKey::found(&person.owner(), VAULT, invited, rng).unwrap();
    let next = unit.key.change(&unit.log, &person.owner(), &Change::default(), rng).unwrap();
    assert!(unit.log.extend(&[&person.list], &[&next.entry]).is_ok());
    let forged = signed_by_the_device_alone(&next.entry, "mediconnect/member-log-entry", signing);
    let refused = unit.log.extend(&[&person.list], &[&forged]).unwrap_err();
    assert_eq!(refused, MemberLogError::NotAnOwner { at: 1 });
}
