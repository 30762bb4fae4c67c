use mediconnect_crypto::{id::*, public::*, secret::*};

use crate::kit::*;

fn clinic() -> ClinicKey {
    ClinicKey::generate(HERE, ClinicId([5; 16]), &mut rng(30))
}

#[test]
fn a_doctor_is_certified_by_the_pinned_clinic_for_a_time() {
    let (clinic, doctor) = (clinic(), Person::new(12));
    let identity = doctor.secrets.identity();
    let bytes = clinic.certify(doctor.account(), identity, CertifiedAs::Doctor, NOW..NOW + 10);
    let pin = ClinicPin::from_text(&clinic.pin().to_text()).unwrap();
    let verify = |pin: &ClinicPin, now| Certificate::verify(&bytes, pin, now);
    let certificate = verify(&pin, NOW).unwrap();
    assert_eq!(certificate.names(doctor.account(), &identity, CertifiedAs::Doctor), Ok(()));
    let other = Err(CertificateError::AnotherSubject);
    assert_eq!(certificate.names(AccountId([9; 16]), &identity, CertifiedAs::Doctor), other);
    assert_eq!(
        certificate.names(doctor.account(), &Person::new(13).secrets.identity(), CertifiedAs::Doctor),
        other
    );
    assert_eq!(certificate.names(doctor.account(), &identity, CertifiedAs::Desk), other);
    assert_eq!(verify(&pin, NOW - 1), Err(CertificateError::NotYet));
    assert_eq!(verify(&pin, NOW + 10), Err(CertificateError::Expired));
    let impostor = ClinicKey::generate(HERE, ClinicId([5; 16]), &mut rng(31));
    assert_eq!(verify(&impostor.pin(), NOW), Err(CertificateError::Signature));
    let elsewhere = ClinicPin { clinic: ClinicId([6; 16]), ..pin };
    assert_eq!(verify(&elsewhere, NOW), Err(CertificateError::AnotherClinic));
    let kept = secrecy::SecretBox::new(Box::new(*clinic.expose()));
    assert_eq!(ClinicKey::new(HERE, ClinicId([5; 16]), &kept).pin(), pin);
}

#[test]
fn a_desk_is_founded_by_whom_the_clinic_certifies() {
    let (clinic, nurse, intruder) = (clinic(), Person::new(12), Person::new(13));
    let bytes = clinic.certify(nurse.account(), nurse.secrets.identity(), CertifiedAs::Desk, NOW..NOW + 10);
    let certificate = Certificate::verify(&bytes, &clinic.pin(), NOW).unwrap();
    let pin = VaultPin {
        installation: HERE,
        vault: VAULT,
        founder: certificate.account,
        founder_identity: certificate.identity,
        head: None,
    };
    let found = |who: &Person| {
        let invited = vec![who.invited(Role::Owner, Access::Chain)];
        let unit = ChainKey::found(&who.owner(), VAULT, invited, &mut rng(1)).unwrap();
        MemberLog::verify(&pin, &[&who.list], &[unit.entry]).map(|log| log.epoch())
    };
    assert_eq!(found(&nurse), Ok(1));
    assert_eq!(found(&intruder), Err(MemberLogError::Founding));
}

#[test]
fn two_people_read_the_same_sixty_digits_unless_a_key_differs() {
    let side = |n| {
        let person = Person::new(n);
        Side { account: person.account(), identity: person.secrets.identity() }
    };
    let (anna, ravi) = (side(11), side(12));
    let number = safety_number(HERE, &anna, &ravi);
    assert_eq!(number, safety_number(HERE, &ravi, &anna));
    assert!(number.split(' ').all(|group| group.len() == 5 && group.bytes().all(|b| b.is_ascii_digit())));
    assert_eq!(number.split(' ').count(), 12);
    let swapped = Side { identity: side(13).identity, ..ravi };
    assert_ne!(number, safety_number(HERE, &anna, &swapped));
    assert_ne!(number, safety_number(InstallationId([9; 16]), &anna, &ravi));
}

#[test]
fn a_prescription_is_checked_against_the_doctors_devices() {
    let mut doctor = Person::new(12);
    let about = StatementAbout {
        kind: "prescription",
        id: RecordId([7; 16]),
        revision: 1,
        list_length: 1,
        signed_at_ms: NOW,
    };
    let signed = doctor.phone.sign(&about, b"Amoxicillin 500 mg");
    let statement = Statement::verify(&signed, &doctor.list, b"Amoxicillin 500 mg").unwrap();
    assert_eq!((statement.kind.as_str(), statement.revision), ("prescription", 1));
    let verify = |list: &DeviceList, content: &[u8]| Statement::verify(&signed, list, content).unwrap_err();
    assert_eq!(verify(&doctor.list, b"Amoxicillin 5000 mg"), StatementError::AnotherContent);
    assert_eq!(verify(&Person::new(13).list, b"Amoxicillin 500 mg"), StatementError::AnotherAccount);
    let rng = &mut rng(1);
    let tablet = device(doctor.account(), 50, rng);
    let before = doctor.list.clone();
    doctor.take(doctor.secrets.admit(&doctor.list, &doctor.phone, tablet.public().clone()));
    let (_, entry) = doctor.secrets.remove(&doctor.list, &tablet, doctor.phone.public().id, rng);
    doctor.take(entry);
    // It was a device then, and is known not to be one now.
    assert_eq!(Statement::verify(&signed, &doctor.list, b"Amoxicillin 500 mg"), Ok(statement));
    assert!(doctor.list.member(doctor.phone.public().id).is_none());
    for list_length in [0, 3, 4] {
        let late = doctor.phone.sign(&StatementAbout { list_length, ..about }, b"Morphine");
        assert_eq!(Statement::verify(&late, &doctor.list, b"Morphine"), Err(StatementError::NotAMember));
    }
    let impostor = device(doctor.account(), 12, rng);
    let forged = impostor.sign(&about, b"Amoxicillin 500 mg");
    let refused = Statement::verify(&forged, &before, b"Amoxicillin 500 mg").unwrap_err();
    assert_eq!(refused, StatementError::Signature);
}
