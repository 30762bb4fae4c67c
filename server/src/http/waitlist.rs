//! Places on waitlists.

use std::sync::Arc;

use axum::{Json, extract::State};
use mediconnect_domain::{
    Need, PatientId, RoleId, VisitTypeId, WaitlistId,
    access::Scope,
    fetch::Page,
    record::Index,
    waitlist::{
        WaitlistEntry, Wish,
        answer::{AcceptPlace, PassPlace},
        join::{JoinWaitlist, LeaveWaitlist},
    },
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    extract::{At, Sent},
    gate::Identity,
    problem::Answer,
    read,
    route::{Policy, Route, delete, get, post},
    write::{Changed, Created, Write},
};
use crate::app::App;

pub fn routes() -> Vec<Route> {
    vec![
        get(
            "/v1/patients/waitlist",
            Policy::SignedIn,
            "Lists the places of the patients one acts for.",
            of_patients,
        ),
        post("/v1/patients/waitlist", Policy::SignedIn, "Joins a doctor's waitlist.", join),
        get("/v1/patients/waitlist/{id}", Policy::SignedIn, "Shows a place on a waitlist.", show)
            .shows("waitlist_place"),
        delete("/v1/patients/waitlist/{id}", Policy::SignedIn, "Leaves a waitlist.", leave),
        post("/v1/patients/waitlist/{id}/accept", Policy::SignedIn, "Takes the time on offer.", accept),
        post(
            "/v1/patients/waitlist/{id}/pass",
            Policy::SignedIn,
            "Lets the time on offer go and keeps waiting.",
            pass,
        ),
        get("/v1/doctors/waitlist", Policy::Doctor, "Lists who waits for a time with oneself.", of_practice)
            .shows("waitlist"),
    ]
}

type Places = Answer<Json<Page<WaitlistEntry>>>;

async fn of_patients(State(app): State<Arc<App>>, who: Identity) -> Places {
    list(&app, who, |scope| match scope {
        Scope::Patient(id) => Some(Need::all(Index::WaitlistOfPatient, *id)),
        _ => None,
    })
    .await
}

async fn of_practice(State(app): State<Arc<App>>, who: Identity) -> Places {
    list(&app, who, |scope| match scope {
        Scope::Practice(id) => Some(Need::all(Index::WaitlistOfDoctor, *id)),
        _ => None,
    })
    .await
}

async fn list(app: &App, who: Identity, need: fn(&Scope) -> Option<Need>) -> Places {
    let items = read::of_scopes(app, who, need).await?;
    Ok(Json(Page { items, next_cursor: None }))
}

async fn show(
    State(app): State<Arc<App>>,
    who: Identity,
    At(id): At<WaitlistId>,
) -> Answer<Json<WaitlistEntry>> {
    read::one(&app, &who, id).await
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewPlace {
    patient_id: PatientId,
    role_id: RoleId,
    visit_type_id: VisitTypeId,
    wish: Wish,
}

async fn join(write: Write, Sent(new): Sent<NewPlace>) -> Answer<Created<WaitlistEntry>> {
    let waitlist_id = WaitlistId(write.new_id("waitlist"));
    let NewPlace { patient_id, role_id, visit_type_id, wish } = new;
    write.create(JoinWaitlist { waitlist_id, patient_id, role_id, visit_type_id, wish }, waitlist_id).await
}

type Place = Answer<Changed<WaitlistEntry>>;

async fn leave(write: Write, At(id): At<WaitlistId>) -> Place {
    write.change(LeaveWaitlist { waitlist_id: id }, id).await
}

async fn accept(write: Write, At(id): At<WaitlistId>) -> Place {
    write.change(AcceptPlace { waitlist_id: id }, id).await
}

async fn pass(write: Write, At(id): At<WaitlistId>) -> Place {
    write.change(PassPlace { waitlist_id: id }, id).await
}
