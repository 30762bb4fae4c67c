//! Writes one JSON Schema of everything the admin front end speaks: questions and answers, records, commands.
//!
//! `desktop-admin/scripts/types.mjs` turns it into TypeScript, so that neither side can drift from the other.

use mediconnect_domain::{
    Command, Refusal,
    accounts::Account,
    directory::{Clinic, DoctorProfile, PractitionerRole, Specialty, VisitType},
    fetch::{Fetch, admin, times},
    settings::Settings,
    sign_in,
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

fn main() {
    let mut generator = SchemaGenerator::default();
    let fetches: Map<String, Value> = [
        fetch::<admin::Appointments>(&mut generator, "appointments"),
        fetch::<admin::Consultations>(&mut generator, "consultations"),
        fetch::<admin::OneConsultation>(&mut generator, "one_consultation"),
        fetch::<admin::Doctors>(&mut generator, "doctors"),
        fetch::<admin::Patients>(&mut generator, "patients"),
        fetch::<admin::Doubles>(&mut generator, "doubles"),
        fetch::<admin::PatientLinks>(&mut generator, "patient_links"),
        fetch::<admin::Accounts>(&mut generator, "accounts"),
        fetch::<admin::Activity>(&mut generator, "activity"),
        fetch::<admin::CheckAudit>(&mut generator, "check_audit"),
        fetch::<admin::Figures>(&mut generator, "figures"),
        fetch::<times::Slots>(&mut generator, "slots"),
        fetch::<times::NextFree>(&mut generator, "next_free"),
        fetch::<times::WhyNotFree>(&mut generator, "why_not_free"),
    ]
    .into_iter()
    .collect();
    let commands: Map<String, Value> = Command::schemas(&mut generator)
        .into_iter()
        .map(|(name, schema)| (name.to_owned(), schema.into()))
        .collect();
    for named in [
        generator.subschema_for::<Account>(),
        generator.subschema_for::<Clinic>(),
        generator.subschema_for::<Specialty>(),
        generator.subschema_for::<VisitType>(),
        generator.subschema_for::<DoctorProfile>(),
        generator.subschema_for::<PractitionerRole>(),
        generator.subschema_for::<Settings>(),
        generator.subschema_for::<Refusal>(),
        generator.subschema_for::<sign_in::Challenge>(),
        generator.subschema_for::<sign_in::StepUp>(),
        generator.subschema_for::<sign_in::MailProof>(),
        generator.subschema_for::<sign_in::AccountSecurity>(),
        generator.subschema_for::<sign_in::TotpSetUp>(),
        generator.subschema_for::<sign_in::RecoveryCodes>(),
        generator.subschema_for::<sign_in::NewApiToken>(),
        generator.subschema_for::<sign_in::ApiToken>(),
        generator.subschema_for::<sign_in::Identified>(),
    ] {
        debug_assert!(Value::from(named).get("$ref").is_some());
    }
    let schema =
        json!({ "fetches": fetches, "commands": commands, "$defs": generator.take_definitions(true) });
    println!("{}", serde_json::to_string_pretty(&schema).expect("a schema is JSON"));
}

fn fetch<Q: Fetch + JsonSchema>(generator: &mut SchemaGenerator, name: &str) -> (String, Value)
where
    Q::Answer: JsonSchema,
{
    let query: Schema = generator.subschema_for::<Q>();
    let answer: Schema = generator.subschema_for::<Q::Answer>();
    (name.to_owned(), json!({ "path": Q::PATH, "query": query, "answer": answer }))
}
