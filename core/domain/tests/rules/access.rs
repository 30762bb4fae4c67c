//! Who sees what: every record against every kind of account.

use std::collections::BTreeSet;

use mediconnect_domain::{
    access::{Scope, readable, scopes_of},
    accounts::{Account, Role, staff::AddStaff},
    directory::set_up::SaveClinic,
    settings::Language,
    *,
};

use crate::kit::*;

fn scopes(clinic: &Clinic, account: AccountId) -> BTreeSet<Scope> {
    let own: Account = clinic.records.get(account).unwrap();
    let (links, follows, vaults) = (clinic.records.all(), clinic.records.all(), clinic.records.all());
    scopes_of(&own, &links, &follows, &vaults, clinic.now)
}

fn staff(clinic: &mut Clinic, name: &str, role: Role) -> AccountId {
    let account_id = AccountId(id(name));
    let admin = clinic.admin;
    let email = format!("{name}@example.org");
    clinic
        .as_account(admin, AddStaff { account_id, name: name.into(), email, role, language: Language::En })
        .unwrap();
    account_id
}

#[test]
fn nobody_reads_what_is_another_patients() {
    let mut clinic = Clinic::new();
    clinic.book(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap();
    let admin = clinic.admin;
    let elsewhere = ClinicId(id("elsewhere"));
    let save = SaveClinic { clinic_id: elsewhere, details: clinic_details(), active: true };
    clinic.as_account(admin, save).unwrap();
    let other_clinic = staff(&mut clinic, "other", Role::ClinicAdmin { clinics: vec![elsewhere] });
    let (ann, bob, emil) = (clinic.ann.account, clinic.bob.account, clinic.emil.account);
    let strangers = [bob, emil, other_clinic];
    let theirs: BTreeSet<_> = [Scope::Patient(clinic.ann.patient), Scope::Account(ann)].into();
    let mut seen = 0;
    for record in clinic.records.records().filter(|record| readable(&theirs, &record.scopes())) {
        seen += 1;
        for stranger in strangers {
            let scopes = scopes(&clinic, stranger);
            assert!(!readable(&scopes, &record.scopes()), "{stranger} reads {:?}", record.kind());
        }
        assert!(readable(&scopes(&clinic, ann), &record.scopes()));
    }
    assert!(seen >= 5, "account, patient, link, settings, visit");
}

#[test]
fn buckets_are_scopes_and_what_is_synced_is_what_may_be_read() {
    let mut clinic = Clinic::new();
    clinic.book(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap();
    clinic.advance_to("2026-03-02T08:00:00Z");
    for record in clinic.records.records() {
        let scopes = record.scopes();
        for bucket in record.buckets() {
            assert!(bucket.is_bucket(), "{bucket} is no bucket");
            assert!(scopes.contains(&bucket), "{bucket} of {:?} is no scope of it", record.kind());
        }
    }
}

#[test]
fn a_scope_is_written_and_read_back() {
    let clinic = Clinic::new();
    for record in clinic.records.records() {
        for scope in record.scopes() {
            assert_eq!(scope.to_string().parse::<Scope>(), Ok(scope));
        }
    }
    assert!("patient:".parse::<Scope>().is_err() && "clinic".parse::<Scope>().is_err());
}

#[test]
fn clinic_admins_see_their_clinics_and_support_sees_no_settings() {
    let mut clinic = Clinic::new();
    clinic.book(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap();
    let clinics = vec![clinic.clinic];
    let own = staff(&mut clinic, "own", Role::ClinicAdmin { clinics });
    let support = staff(&mut clinic, "support", Role::SupportAdmin);
    let visit = Record::from(clinic.visit("v"));
    for account in [own, support, clinic.admin] {
        assert!(readable(&scopes(&clinic, account), &visit.scopes()));
    }
    let settings: settings::Settings = clinic.records.get(clinic.ann.account).unwrap();
    for account in [own, support, clinic.admin, clinic.dora.account] {
        assert!(!readable(&scopes(&clinic, account), &Record::from(settings.clone()).scopes()));
    }
}

#[test]
fn who_may_not_know_of_a_thing_hears_that_it_does_not_exist() {
    let mut clinic = Clinic::new();
    clinic.book(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap();
    let cancel = |name: &str| appointments::cancel::Cancel {
        appointment_id: AppointmentId(id(name)),
        reason: appointments::CancelReason::Other,
    };
    for stranger in [clinic.bob.account, clinic.emil.account] {
        let foreign = clinic.as_account(stranger, cancel("v")).unwrap_err();
        let absent = clinic.as_account(stranger, cancel("no such visit")).unwrap_err();
        assert_eq!(foreign, absent);
    }
}
