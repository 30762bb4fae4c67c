//! Requests to a clinic without a chosen time.

use std::sync::Arc;

use axum::{Json, extract::State};
use jiff::Timestamp;
use mediconnect_domain::{
    AppointmentId, ClinicId, ConsultationId, DoctorId, Need, PatientId, RoleId, VisitTypeId,
    access::Scope,
    consultations::{
        Consultation, ConsultationWish, DeclineReason,
        answer::{AcceptConsultation, RefuseConsultationOffer, WithdrawConsultation},
        assign::AssignConsultation,
        decline::DeclineConsultation,
        note::AddConsultationNote,
        offer::OfferConsultation,
        open::OpenConsultation,
    },
    fetch::Page,
    record::Index,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    extract::{At, Sent},
    gate::Identity,
    problem::Answer,
    read,
    route::{Policy, Route, get, post},
    write::{Changed, Created, Write},
};
use crate::app::App;

pub fn routes() -> Vec<Route> {
    vec![
        get(
            "/v1/patients/consultations",
            Policy::SignedIn,
            "Lists the requests of the patients one acts for.",
            of_patients,
        ),
        post("/v1/patients/consultations", Policy::SignedIn, "Asks a clinic for a visit.", open),
        get("/v1/consultations/{id}", Policy::SignedIn, "Shows a request.", show).shows("request"),
        post("/v1/consultations/{id}/accept", Policy::SignedIn, "Takes the offered time.", accept),
        post("/v1/consultations/{id}/refuse-offer", Policy::SignedIn, "Asks for another time.", refuse_offer),
        post("/v1/consultations/{id}/withdraw", Policy::SignedIn, "Takes a request back.", withdraw),
        get("/v1/doctors/consultations", Policy::Doctor, "Lists the requests given to oneself.", of_practice)
            .shows("requests"),
        post("/v1/doctors/consultations/{id}/offer", Policy::Doctor, "Offers a time.", offer),
        post("/v1/doctors/consultations/{id}/decline", Policy::Doctor, "Declines a request.", decline),
        post(
            "/v1/doctors/consultations/{id}/notes",
            Policy::Doctor,
            "Adds an administrative remark.",
            add_note,
        ),
        post(
            "/v1/admin/consultations/{id}/assign",
            Policy::ClinicStaff,
            "Gives a request to a doctor.",
            assign,
        ),
        post("/v1/admin/consultations/{id}/offer", Policy::ClinicStaff, "Offers a time.", offer),
        post("/v1/admin/consultations/{id}/decline", Policy::ClinicStaff, "Declines a request.", decline),
        post(
            "/v1/admin/consultations/{id}/notes",
            Policy::ClinicStaff,
            "Adds an administrative remark.",
            add_note,
        ),
    ]
}

type Requests = Answer<Json<Page<Consultation>>>;

async fn of_patients(State(app): State<Arc<App>>, who: Identity) -> Requests {
    list(&app, who, |scope| match scope {
        Scope::Patient(id) => Some(Need::all(Index::RequestsOfPatient, *id)),
        _ => None,
    })
    .await
}

async fn of_practice(State(app): State<Arc<App>>, who: Identity) -> Requests {
    list(&app, who, |scope| match scope {
        Scope::Practice(id) => Some(Need::all(Index::RequestsOfDoctor, *id)),
        _ => None,
    })
    .await
}

async fn list(app: &App, who: Identity, need: fn(&Scope) -> Option<Need>) -> Requests {
    let items = read::of_scopes(app, who, need).await?;
    Ok(Json(Page { items, next_cursor: None }))
}

async fn show(
    State(app): State<Arc<App>>,
    who: Identity,
    At(id): At<ConsultationId>,
) -> Answer<Json<Consultation>> {
    read::one(&app, &who, id).await
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewRequest {
    patient_id: PatientId,
    clinic_id: ClinicId,
    wish: ConsultationWish,
}

async fn open(write: Write, Sent(new): Sent<NewRequest>) -> Answer<Created<Consultation>> {
    let consultation_id = ConsultationId(write.new_id("consultation"));
    let NewRequest { patient_id, clinic_id, wish } = new;
    write.create(OpenConsultation { consultation_id, patient_id, clinic_id, wish }, consultation_id).await
}

type Request = Answer<Changed<Consultation>>;

async fn accept(write: Write, At(id): At<ConsultationId>) -> Request {
    write.change(AcceptConsultation { consultation_id: id }, id).await
}

async fn refuse_offer(write: Write, At(id): At<ConsultationId>) -> Request {
    write.change(RefuseConsultationOffer { consultation_id: id }, id).await
}

async fn withdraw(write: Write, At(id): At<ConsultationId>) -> Request {
    write.change(WithdrawConsultation { consultation_id: id }, id).await
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct To {
    doctor_id: DoctorId,
}

async fn assign(write: Write, At(id): At<ConsultationId>, Sent(to): Sent<To>) -> Request {
    write.change(AssignConsultation { consultation_id: id, doctor_id: to.doctor_id }, id).await
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Offer {
    role_id: RoleId,
    visit_type_id: VisitTypeId,
    start: Timestamp,
}

async fn offer(write: Write, At(id): At<ConsultationId>, Sent(offer): Sent<Offer>) -> Request {
    let appointment_id = AppointmentId(write.new_id("appointment"));
    let Offer { role_id, visit_type_id, start } = offer;
    write
        .change(OfferConsultation { consultation_id: id, appointment_id, role_id, visit_type_id, start }, id)
        .await
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Why {
    reason: DeclineReason,
}

async fn decline(write: Write, At(id): At<ConsultationId>, Sent(why): Sent<Why>) -> Request {
    write.change(DeclineConsultation { consultation_id: id, reason: why.reason }, id).await
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Note {
    /// Administrative; never medical.
    text: String,
}

async fn add_note(write: Write, At(id): At<ConsultationId>, Sent(note): Sent<Note>) -> Request {
    write.change(AddConsultationNote { consultation_id: id, text: note.text }, id).await
}
