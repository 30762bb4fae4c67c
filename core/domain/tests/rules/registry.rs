//! The registry itself: names, forms, and that refusals are complete.

use std::collections::BTreeSet;

use mediconnect_domain::{Command, Kind, Refusal, wire::Envelope, *};
use serde_json::json;

use crate::kit::*;

#[test]
fn names_are_unique_and_kinds_read_back() {
    let names: BTreeSet<_> = Command::NAMES.iter().collect();
    assert_eq!(names.len(), Command::NAMES.len());
    for kind in Kind::ALL {
        assert_eq!(Kind::from_name(kind.name()), Some(*kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), json!(kind.name()));
    }
}

#[test]
fn every_refusal_has_its_own_code_and_its_remedies() {
    let examples = Refusal::examples();
    let codes: BTreeSet<_> = examples.iter().map(Refusal::code).collect();
    assert_eq!(codes.len(), examples.len());
    for refusal in examples {
        let json = serde_json::to_value(&refusal).unwrap();
        assert_eq!(json["code"], refusal.code());
        assert_eq!(serde_json::from_value::<Refusal>(json).unwrap(), refusal);
        assert!(!refusal.remedies().is_empty());
    }
}

#[test]
fn a_command_reads_back_and_unknown_fields_are_refused() {
    let clinic = Clinic::new();
    let command = Command::from(clinic.booking(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z"));
    let json = serde_json::to_value(&command).unwrap();
    assert_eq!(serde_json::from_value::<Command>(json.clone()).unwrap(), command);
    let mut extra = json["args"].clone();
    extra["price"] = json!(1);
    assert!(Command::read("appointments.book", &extra.to_string()).unwrap().is_err());
    assert!(Command::read("appointments.steal", "{}").is_none());
}

#[test]
fn ids_are_uuid_v7_and_zones_exist() {
    let v4 = json!("9f0c6f0e-7c52-4e0b-8a57-4be0d9b2d9c1");
    assert!(serde_json::from_value::<PatientId>(v4).is_err());
    assert!(serde_json::from_value::<Zone>(json!("Mars/Olympus")).is_err());
    assert!(serde_json::from_value::<Zone>(json!("Asia/Kolkata")).is_ok());
}

#[test]
fn a_command_from_a_newer_app_is_refused_and_not_guessed_at() {
    let clinic = Clinic::new();
    let command = Command::from(clinic.booking(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z"));
    let envelope = Envelope {
        id: CommandId(id("c")),
        lane: command.lane(),
        seq: 1,
        name: command.name().into(),
        args: command.args(),
        depends_on: vec![],
        schema: wire::SCHEMA + 1,
        replaces: None,
    };
    assert_eq!(envelope.command().unwrap_err(), Refusal::UnknownCommand);
    let known = Envelope { schema: wire::SCHEMA, ..envelope };
    assert_eq!(known.command().unwrap(), command);
    assert_ne!(known.digest(), Envelope { seq: 2, ..known.clone() }.digest());
}

#[test]
fn a_field_nobody_reads_is_refused_by_its_path_but_a_record_of_a_newer_server_is_read() {
    let clinic = Clinic::new();
    let save = scheduling::schedule::SaveSchedule { role_id: clinic.dora.role, rules: rules() };
    let mut args = Command::from(save).args();
    args["rules"]["weekly"][1]["colour"] = json!("blue");
    let error = Command::read("scheduling.save", &args.to_string()).unwrap().unwrap_err();
    assert!(error.to_string().contains("rules.weekly[1].colour"), "{error}");

    let patient: profiles::Patient = clinic.records.get(clinic.ann.patient).unwrap();
    let mut body = serde_json::to_value(&patient).unwrap();
    body["profile"]["pronouns"] = json!("they");
    assert_eq!(serde_json::from_value::<profiles::Patient>(body).unwrap(), patient);
}
