//! A doctor's own things: page, license, schedule, leave, what is on offer.

use std::sync::Arc;

use axum::{Json, extract::State, response::NoContent};
use mediconnect_domain::{
    ClinicId, DoctorId, Halt, Kind, LeaveId, Need, Refusal, ReviewId, RoleId, Zone,
    accounts::Role,
    directory::{
        Doctor, DoctorDetails, DoctorProfile, License, PractitionerRole, profile::UpdateDoctorDetails,
        standing::SubmitForVerification,
    },
    fetch::Page,
    profiles::PatientSummary,
    record::Index,
    reviews::{Review, reply::ReplyToReview},
    scheduling::{
        AvailabilityWeek, Leave, LeaveReason, Schedule,
        leave::{AddLeave, RemoveLeave},
        rules::{LeaveTime, Rules},
        schedule::SaveSchedule,
    },
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    extract::{At, Sent},
    gate::Identity,
    problem::{Answer, Problem},
    read,
    route::{Policy, Route, delete, get, post, put},
    write::{Changed, Created, Write},
};
use crate::app::App;

pub fn routes() -> Vec<Route> {
    vec![
        get("/v1/doctors/me", Policy::Doctor, "Shows one's own file, public page and roles.", me),
        put("/v1/doctors/me", Policy::Doctor, "Changes one's public page.", update),
        post("/v1/doctors/me/submit", Policy::Doctor, "Hands one's license in for verification.", submit),
        get("/v1/doctors/schedule/{id}", Policy::Doctor, "Shows the schedule of a role.", schedule),
        put("/v1/doctors/schedule/{id}", Policy::Doctor, "Replaces the schedule of a role.", save_schedule),
        get("/v1/doctors/leave", Policy::Doctor, "Lists one's leave.", leave),
        post("/v1/doctors/leave", Policy::Doctor, "Adds leave.", add_leave),
        delete("/v1/doctors/leave/{id}", Policy::Doctor, "Removes leave.", remove_leave),
        get(
            "/v1/doctors/availability",
            Policy::Doctor,
            "Shows what is on offer, week by week.",
            availability,
        ),
        get(
            "/v1/doctors/patients/{id}",
            Policy::Doctor,
            "Shows the summary of one of one's patients.",
            patient,
        )
        .shows("patient"),
        put(
            "/v1/doctors/reviews/{id}/reply",
            Policy::Doctor,
            "Answers a review of oneself; an empty text takes the answer back.",
            reply,
        ),
    ]
}

fn own(who: &Identity) -> Answer<DoctorId> {
    match who.role {
        Role::Doctor { doctor_id } => Ok(doctor_id),
        _ => Err(Problem::not_allowed()),
    }
}

/// Everything about a doctor that the doctor sees.
#[derive(Serialize, JsonSchema)]
struct DoctorView {
    doctor: Doctor,
    profile: DoctorProfile,
    roles: Vec<PractitionerRole>,
}

async fn me(State(app): State<Arc<App>>, who: Identity) -> Answer<Json<DoctorView>> {
    let id = own(&who)?;
    let found = app.ask(move |facts| {
        let roles = Need::all(Index::RolesOfDoctor, id);
        facts.want([Need::record::<Doctor>(id), Need::record::<DoctorProfile>(id), roles.clone()])?;
        Ok(DoctorView { doctor: facts.get(id)?, profile: facts.get(id)?, roles: facts.list(roles)? })
    });
    found.await.map(Json)
}

async fn update(write: Write, Sent(details): Sent<DoctorDetails>) -> Answer<Changed<DoctorProfile>> {
    let doctor_id = own(&write.who)?;
    write.change(UpdateDoctorDetails { doctor_id, details }, doctor_id).await
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Submission {
    license: License,
    /// Where the doctor wants to work.
    clinics: Vec<ClinicId>,
}

async fn submit(write: Write, Sent(sent): Sent<Submission>) -> Answer<Changed<Doctor>> {
    let doctor_id = own(&write.who)?;
    write
        .change(SubmitForVerification { doctor_id, license: sent.license, clinics: sent.clinics }, doctor_id)
        .await
}

async fn schedule(State(app): State<Arc<App>>, who: Identity, At(id): At<RoleId>) -> Answer<Json<Schedule>> {
    read::one(&app, &who, id).await
}

async fn save_schedule(
    write: Write,
    At(id): At<RoleId>,
    Sent(rules): Sent<Rules>,
) -> Answer<Changed<Schedule>> {
    write.change(SaveSchedule { role_id: id, rules }, id).await
}

async fn leave(State(app): State<Arc<App>>, who: Identity) -> Answer<Json<Page<Leave>>> {
    let id = own(&who)?;
    let found = app.ask(move |facts| facts.list::<Leave>(Need::all(Index::LeaveOfDoctor, id)));
    Ok(Json(Page { items: found.await?, next_cursor: None }))
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewLeave {
    /// One role; left out: all of them.
    role_id: Option<RoleId>,
    time: LeaveTime,
    zone: Zone,
    reason: LeaveReason,
}

async fn add_leave(write: Write, Sent(new): Sent<NewLeave>) -> Answer<Created<Leave>> {
    let (doctor_id, leave_id) = (own(&write.who)?, LeaveId(write.new_id("leave")));
    let NewLeave { role_id, time, zone, reason } = new;
    write.create(AddLeave { leave_id, doctor_id, role_id, time, zone, reason }, leave_id).await
}

async fn remove_leave(write: Write, At(id): At<LeaveId>) -> Answer<NoContent> {
    write.run(RemoveLeave { leave_id: id }).await.map(|()| NoContent)
}

async fn availability(State(app): State<Arc<App>>, who: Identity) -> Answer<Json<Page<AvailabilityWeek>>> {
    let id = own(&who)?;
    let found = app.ask(move |facts| {
        let roles = facts.list::<PractitionerRole>(Need::all(Index::RolesOfDoctor, id))?;
        let needs: Vec<Need> =
            roles.iter().map(|role| Need::all(Index::AvailabilityOfRole, role.id)).collect();
        facts.want(needs.clone())?;
        let weeks = needs.into_iter().map(|need| facts.list::<AvailabilityWeek>(need));
        Ok(weeks.collect::<Result<Vec<_>, _>>()?.concat())
    });
    Ok(Json(Page { items: found.await?, next_cursor: None }))
}

/// By the patient's id: a summary's own id follows from doctor and patient.
async fn patient(
    State(app): State<Arc<App>>,
    who: Identity,
    At(id): At<mediconnect_domain::PatientId>,
) -> Answer<Json<PatientSummary>> {
    let doctor = own(&who)?;
    let found = app.ask(move |facts| {
        let summary = facts.find::<PatientSummary>(PatientSummary::id_of(doctor, id))?;
        summary.ok_or(Halt::Refused(Refusal::NotFound { kind: Kind::Patient }))
    });
    found.await.map(Json)
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Answering {
    text: String,
}

async fn reply(write: Write, At(id): At<ReviewId>, Sent(sent): Sent<Answering>) -> Answer<Changed<Review>> {
    write.change(ReplyToReview { review_id: id, text: sent.text }, id).await
}
