//! Patients, those who act for them, and staff.

use mediconnect_domain::{
    accounts::{
        Account, AccountStatus, Role,
        staff::{AddStaff, ChangeStaffRole, SetAccountActive},
    },
    appointments::Appointment,
    profiles::{
        Link, Patient, PatientStatus, Permission, Profile,
        dependants::AddDependant,
        front_desk::{MergePatients, RegisterPatient},
        status::SetPatientActive,
        unlink::{GrantCaregiver, RevokeLink},
        update::UpdateProfile,
    },
    settings::Language,
    *,
};

use crate::kit::*;

fn profile(name: &str) -> Profile {
    Profile::named(name, Language::En, zone())
}

#[test]
fn a_guardian_books_for_a_child() {
    let mut clinic = Clinic::new();
    let ann = clinic.ann;
    let child = Person { account: ann.account, patient: PatientId(id("child")) };
    let add =
        AddDependant { patient_id: child.patient, link_id: LinkId(id("ward")), profile: profile("Child") };
    clinic.as_account(ann.account, add).unwrap();
    clinic.book(child, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap();
    let stranger = Person { account: clinic.bob.account, patient: child.patient };
    let refusal = clinic.book(stranger, clinic.dora, "w", "2026-03-05T10:00:00Z").unwrap_err();
    assert_eq!(refusal, Refusal::NotFound { kind: Kind::Patient });
}

#[test]
fn a_caregiver_does_what_was_allowed_until_it_ends() {
    let mut clinic = Clinic::new();
    let (ann, bob) = (clinic.ann, clinic.bob);
    let grant = |permissions: &[Permission]| GrantCaregiver {
        link_id: LinkId(id("care")),
        patient_id: ann.patient,
        email: "BOB@example.org".into(),
        permissions: permissions.to_vec(),
        expires_at: Some(at("2026-03-10T00:00:00Z")),
    };
    assert_eq!(clinic.as_account(bob.account, grant(&[Permission::Read])).unwrap_err().code(), "not_found");
    clinic.as_account(ann.account, grant(&[Permission::Read])).unwrap();
    let as_bob = Person { account: bob.account, patient: ann.patient };
    assert_eq!(
        clinic.book(as_bob, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap_err(),
        Refusal::NotAllowed
    );
    assert_eq!(clinic.told(bob.account), ["link_granted"]);

    clinic.as_account(ann.account, RevokeLink { link_id: LinkId(id("care")) }).unwrap();
    let again =
        GrantCaregiver { link_id: LinkId(id("care 2")), ..grant(&[Permission::Read, Permission::Book]) };
    clinic.as_account(ann.account, again).unwrap();
    clinic.book(as_bob, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap();
    clinic.advance_to("2026-03-10T00:00:00Z");
    assert!(clinic.records.get::<Link>(LinkId(id("care 2"))).unwrap().revoked_at.is_some());
    assert_eq!(
        clinic.book(as_bob, clinic.dora, "w", "2026-03-12T09:00:00Z").unwrap_err().code(),
        "not_found"
    );
}

#[test]
fn nobody_leaves_their_own_file_without_its_owner() {
    let mut clinic = Clinic::new();
    let own = RevokeLink { link_id: LinkId(id("ann's link")) };
    assert_eq!(clinic.as_account(clinic.ann.account, own).unwrap_err(), Refusal::NotAllowed);
}

#[test]
fn nonsense_in_a_profile_is_refused_with_its_path_and_changes_nothing() {
    let mut clinic = Clinic::new();
    let ann = clinic.ann;
    let cases: [(&str, Profile); 4] = [
        ("profile.name", profile("   ")),
        ("profile.phone", Profile { phone: Some("12".into()), ..profile("Ann") }),
        ("profile.email", Profile { email: Some("no address".into()), ..profile("Ann") }),
        ("profile.birth_date", Profile { birth_date: Some("2099-01-01".parse().unwrap()), ..profile("Ann") }),
    ];
    for (path, profile) in cases {
        let update = UpdateProfile { patient_id: ann.patient, profile };
        let refusal = clinic.as_account(ann.account, update).unwrap_err();
        let Refusal::Invalid { fields } = refusal else { panic!("{path}: {refusal:?}") };
        assert_eq!(fields[0].path, path);
    }
    assert_eq!(clinic.records.get::<Patient>(ann.patient).unwrap().profile.name, "ann");
}

#[test]
fn the_front_desk_registers_a_caller_and_merges_doubles_with_all_that_is_theirs() {
    let mut clinic = Clinic::new();
    let (admin, ann) = (clinic.admin, clinic.ann);
    let caller = PatientId(id("caller"));
    let register =
        RegisterPatient { patient_id: caller, clinic_id: clinic.clinic, profile: profile("Ann A.") };
    clinic.as_account(admin, register).unwrap();
    let booking =
        clinic.booking(Person { account: admin, patient: caller }, clinic.dora, "v", "2026-03-05T09:00:00Z");
    clinic.as_account(admin, booking).unwrap();
    clinic.as_account(admin, MergePatients { kept: ann.patient, merged: caller }).unwrap();
    assert_eq!(clinic.visit("v").patient_id, ann.patient);
    assert_eq!(clinic.records.get::<Patient>(caller).unwrap().status, PatientStatus::Merged);
    let again = clinic.as_account(admin, MergePatients { kept: caller, merged: ann.patient }).unwrap_err();
    assert_eq!(again, Refusal::PatientInactive);
    let overlap = clinic.book(ann, clinic.emil, "w", "2026-03-05T09:00:00Z").unwrap_err();
    assert_eq!(overlap.code(), "own_overlap", "the moved visit occupies Ann's time");
}

#[test]
fn a_closed_file_takes_no_bookings() {
    let mut clinic = Clinic::new();
    let close =
        SetPatientActive { patient_id: clinic.ann.patient, active: false, reason: "moved away".into() };
    let admin = clinic.admin;
    clinic.as_account(admin, close).unwrap();
    let refusal = clinic.book(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap_err();
    assert_eq!(refusal, Refusal::PatientInactive);
    assert!(clinic.records.all::<Appointment>().is_empty());
}

#[test]
fn the_last_super_admin_stays_and_nobody_changes_their_own_rights() {
    let mut clinic = Clinic::new();
    let admin = clinic.admin;
    let demote = |account_id| ChangeStaffRole { account_id, role: Role::SupportAdmin };
    assert_eq!(clinic.as_account(admin, demote(admin)).unwrap_err(), Refusal::OwnRights);
    let second = AccountId(id("second"));
    clinic
        .as_account(
            admin,
            AddStaff {
                account_id: second,
                name: "Second".into(),
                email: "second@example.org".into(),
                role: Role::SuperAdmin,
                language: Language::En,
            },
        )
        .unwrap();
    clinic.as_account(second, demote(admin)).unwrap();
    let disable = SetAccountActive { account_id: second, active: false, reason: "left".into() };
    assert_eq!(clinic.as_account(admin, disable).unwrap_err().code(), "not_allowed");
    let last = clinic.submit(Actor::System, demote(second));
    assert_eq!(last.unwrap_err(), Refusal::LastSuperAdmin);
}

#[test]
fn a_disabled_account_does_nothing_more() {
    let mut clinic = Clinic::new();
    let disable =
        SetAccountActive { account_id: clinic.ann.account, active: false, reason: "asked to".into() };
    let admin = clinic.admin;
    clinic.as_account(admin, disable).unwrap();
    assert_eq!(clinic.records.get::<Account>(clinic.ann.account).unwrap().status, AccountStatus::Disabled);
    let refusal = clinic.book(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap_err();
    assert_eq!(refusal, Refusal::AccountDisabled);
}
