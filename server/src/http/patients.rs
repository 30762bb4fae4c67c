//! Patients' files and who acts for them.

use std::sync::Arc;

use axum::{Json, extract::State};
use jiff::Timestamp;
use mediconnect_domain::{
    Halt, Kind, LinkId, Need, PatientId, Refusal,
    fetch::Page,
    profiles::{
        Link, Patient, Permission, Profile, Relation,
        dependants::AddDependant,
        unlink::{GrantCaregiver, RevokeLink},
        update::UpdateProfile,
    },
    record::Index,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    extract::{Asked, At, Sent},
    gate::Identity,
    problem::Answer,
    read,
    route::{Policy, Route, delete, get, post, put},
    write::{Changed, Created, Write},
};
use crate::app::App;

pub fn routes() -> Vec<Route> {
    vec![
        get("/v1/patients/me", Policy::SignedIn, "Shows one's own file.", me),
        put("/v1/patients/me", Policy::SignedIn, "Changes one's own file.", update_me),
        get("/v1/patients/dependants", Policy::SignedIn, "Lists the others one acts for.", dependants),
        post("/v1/patients/dependants", Policy::SignedIn, "Adds a person one cares for.", add_dependant),
        get("/v1/patients/files/{id}", Policy::SignedIn, "Shows the file of a patient.", show)
            .shows("patient"),
        put("/v1/patients/files/{id}", Policy::SignedIn, "Changes the file of a patient.", update),
        get(
            "/v1/patients/links",
            Policy::SignedIn,
            "Lists who acts for whom, as far as it concerns the caller.",
            links,
        ),
        post("/v1/patients/links", Policy::SignedIn, "Lets somebody act for a patient.", grant),
        delete("/v1/patients/links/{id}", Policy::SignedIn, "Ends that somebody acts for a patient.", revoke),
    ]
}

/// The link by which the account is its own patient.
async fn own_file(app: &App, who: &Identity) -> Answer<PatientId> {
    let (moment, account) = (app.moment(), who.account);
    let found = app.ask(move |facts| {
        let links = facts.list::<Link>(Need::all(Index::AccountLinks, account))?;
        let own =
            links.into_iter().find(|link| link.relation == Relation::Oneself && link.is_live(moment.now));
        own.map(|link| link.patient_id).ok_or(Halt::Refused(Refusal::NotFound { kind: Kind::Patient }))
    });
    found.await
}

async fn me(State(app): State<Arc<App>>, who: Identity) -> Answer<Json<Patient>> {
    let id = own_file(&app, &who).await?;
    read::one(&app, &who, id).await
}

async fn update_me(write: Write, Sent(profile): Sent<Profile>) -> Answer<Changed<Patient>> {
    let patient_id = own_file(&write.app, &write.who).await?;
    write.change(UpdateProfile { patient_id, profile }, patient_id).await
}

async fn dependants(State(app): State<Arc<App>>, who: Identity) -> Answer<Json<Page<Patient>>> {
    let moment = app.moment();
    let found = app.ask(move |facts| {
        let scopes = read::scopes(facts, &moment, Some(&who))?;
        let mut links = facts.list::<Link>(Need::all(Index::AccountLinks, who.account))?;
        links.retain(|link| link.relation != Relation::Oneself && link.allows(Permission::Read, moment.now));
        facts.want(links.iter().map(|link| Need::record::<Patient>(link.patient_id)))?;
        links
            .iter()
            .map(|link| read::visible(facts, &scopes, link.patient_id))
            .collect::<Result<Vec<Patient>, _>>()
    });
    Ok(Json(Page { items: found.await?, next_cursor: None }))
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewDependant {
    profile: Profile,
}

async fn add_dependant(write: Write, Sent(new): Sent<NewDependant>) -> Answer<Created<Patient>> {
    let patient_id = PatientId(write.new_id("patient"));
    let link_id = LinkId(write.new_id("link"));
    write.create(AddDependant { patient_id, link_id, profile: new.profile }, patient_id).await
}

async fn show(State(app): State<Arc<App>>, who: Identity, At(id): At<PatientId>) -> Answer<Json<Patient>> {
    read::one(&app, &who, id).await
}

async fn update(
    write: Write,
    At(id): At<PatientId>,
    Sent(profile): Sent<Profile>,
) -> Answer<Changed<Patient>> {
    write.change(UpdateProfile { patient_id: id, profile }, id).await
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfPatient {
    /// Who acts for this patient; left out: for whom the caller acts.
    patient_id: Option<PatientId>,
}

async fn links(
    State(app): State<Arc<App>>,
    who: Identity,
    Asked(asked): Asked<OfPatient>,
) -> Answer<Json<Page<Link>>> {
    let moment = app.moment();
    let found = app.ask(move |facts| {
        let scopes = read::scopes(facts, &moment, Some(&who))?;
        let need = match asked.patient_id {
            Some(patient) => Need::all(Index::PatientLinks, patient),
            None => Need::all(Index::AccountLinks, who.account),
        };
        read::visible_list::<Link>(facts, &scopes, need)
    });
    Ok(Json(Page { items: found.await?, next_cursor: None }))
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewLink {
    patient_id: PatientId,
    /// The e-mail address of the account that is to act.
    email: String,
    permissions: Vec<Permission>,
    expires_at: Option<Timestamp>,
}

async fn grant(write: Write, Sent(new): Sent<NewLink>) -> Answer<Created<Link>> {
    let link_id = LinkId(write.new_id("link"));
    let NewLink { patient_id, email, permissions, expires_at } = new;
    write.create(GrantCaregiver { link_id, patient_id, email, permissions, expires_at }, link_id).await
}

async fn revoke(write: Write, At(id): At<LinkId>) -> Answer<axum::response::NoContent> {
    write.run(RevokeLink { link_id: id }).await.map(|()| axum::response::NoContent)
}
