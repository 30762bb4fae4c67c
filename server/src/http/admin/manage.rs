//! What staff change: doctors' standing and roles, clinics, specialties, kinds of visit, patients at the front desk.

use std::sync::Arc;

use axum::{Json, extract::State};
use mediconnect_domain::{
    ClinicId, DoctorId, PatientId, RoleId, SpecialtyId, VisitTypeId,
    directory::{
        Clinic, ClinicDetails, Doctor, DoctorDetails, DoctorProfile, LocalText, PractitionerRole, Specialty,
        VisitType, VisitTypeDetails,
        profile::UpdateDoctorDetails,
        role::{AddRole, EndRole},
        set_up::{SaveClinic, SaveSpecialty, SaveVisitType},
        standing::{ReinstateDoctor, RejectDoctor, RemoveDoctor, SuspendDoctor, VerifyDoctor},
    },
    profiles::{
        Patient, Profile,
        front_desk::{MergePatients, RegisterPatient},
        status::SetPatientActive,
        update::UpdateProfile,
    },
    scheduling::{Schedule, rules::Rules, schedule::SaveSchedule},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    http::{
        extract::{At, Sent},
        gate::Identity,
        problem::Answer,
        read,
        route::{
            Policy::{ClinicStaff, Staff, SuperAdmin},
            Route, get, post, put,
        },
        write::{Changed, Created, Write},
    },
};

pub fn routes() -> Vec<Route> {
    vec![
        get("/v1/admin/doctors/{id}", Staff, "Shows a doctor's file.", doctor),
        put("/v1/admin/doctors/{id}/details", ClinicStaff, "Changes a doctor's public page.", doctor_details),
        post("/v1/admin/doctors/{id}/verify", ClinicStaff, "Verifies a doctor.", verify),
        post(
            "/v1/admin/doctors/{id}/reject",
            ClinicStaff,
            "Rejects a doctor's license, with the reason.",
            reject,
        ),
        post("/v1/admin/doctors/{id}/suspend", ClinicStaff, "Suspends a doctor, with the reason.", suspend)
            .fresh(),
        post(
            "/v1/admin/doctors/{id}/reinstate",
            ClinicStaff,
            "Lets a suspended doctor work again.",
            reinstate,
        ),
        post("/v1/admin/doctors/{id}/remove", ClinicStaff, "Removes a doctor; the past stays.", remove)
            .fresh(),
        post("/v1/admin/roles", ClinicStaff, "Gives a doctor a role at a clinic.", add_role),
        post("/v1/admin/roles/{id}/end", ClinicStaff, "Ends a role.", end_role),
        get("/v1/admin/schedules/{id}", Staff, "Shows the schedule of a role.", schedule),
        put("/v1/admin/schedules/{id}", ClinicStaff, "Replaces the schedule of a role.", save_schedule),
        post("/v1/admin/clinics", SuperAdmin, "Adds a clinic.", add_clinic).fresh(),
        put("/v1/admin/clinics/{id}", ClinicStaff, "Changes a clinic and its policy.", save_clinic).fresh(),
        post("/v1/admin/specialties", SuperAdmin, "Adds a specialty.", add_specialty),
        put("/v1/admin/specialties/{id}", SuperAdmin, "Changes a specialty.", save_specialty),
        post("/v1/admin/visit-types", SuperAdmin, "Adds a kind of visit.", add_visit_type),
        put("/v1/admin/visit-types/{id}", SuperAdmin, "Changes a kind of visit.", save_visit_type),
        post(
            "/v1/admin/patients",
            ClinicStaff,
            "Registers a patient who calls or walks in.",
            register_patient,
        ),
        get("/v1/admin/patients/{id}", Staff, "Shows a patient's file.", patient).shows("patient"),
        put("/v1/admin/patients/{id}", ClinicStaff, "Changes a patient's file.", update_patient),
        post(
            "/v1/admin/patients/{id}/merge",
            ClinicStaff,
            "Merges another file of the same person into this one.",
            merge,
        )
        .fresh(),
        post(
            "/v1/admin/patients/{id}/active",
            Staff,
            "Closes or reopens a patient's file, with the reason.",
            patient_active,
        ),
    ]
}

async fn doctor(State(app): State<Arc<App>>, who: Identity, At(id): At<DoctorId>) -> Answer<Json<Doctor>> {
    read::one(&app, &who, id).await
}

async fn doctor_details(
    write: Write,
    At(id): At<DoctorId>,
    Sent(details): Sent<DoctorDetails>,
) -> Answer<Changed<DoctorProfile>> {
    write.change(UpdateDoctorDetails { doctor_id: id, details }, id).await
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Reason {
    reason: String,
}

type Standing = Answer<Changed<Doctor>>;

async fn verify(write: Write, At(id): At<DoctorId>) -> Standing {
    write.change(VerifyDoctor { doctor_id: id }, id).await
}

async fn reject(write: Write, At(id): At<DoctorId>, Sent(why): Sent<Reason>) -> Standing {
    write.change(RejectDoctor { doctor_id: id, reason: why.reason }, id).await
}

async fn suspend(write: Write, At(id): At<DoctorId>, Sent(why): Sent<Reason>) -> Standing {
    write.change(SuspendDoctor { doctor_id: id, reason: why.reason }, id).await
}

async fn reinstate(write: Write, At(id): At<DoctorId>) -> Standing {
    write.change(ReinstateDoctor { doctor_id: id }, id).await
}

async fn remove(write: Write, At(id): At<DoctorId>, Sent(why): Sent<Reason>) -> Standing {
    write.change(RemoveDoctor { doctor_id: id, reason: why.reason }, id).await
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewRole {
    doctor_id: DoctorId,
    clinic_id: ClinicId,
}

async fn add_role(write: Write, Sent(new): Sent<NewRole>) -> Answer<Created<PractitionerRole>> {
    let role_id = RoleId(write.new_id("role"));
    write.create(AddRole { role_id, doctor_id: new.doctor_id, clinic_id: new.clinic_id }, role_id).await
}

async fn end_role(write: Write, At(id): At<RoleId>) -> Answer<Changed<PractitionerRole>> {
    write.change(EndRole { role_id: id }, id).await
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

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ClinicForm {
    details: ClinicDetails,
    active: bool,
}

async fn add_clinic(write: Write, Sent(form): Sent<ClinicForm>) -> Answer<Created<Clinic>> {
    let clinic_id = ClinicId(write.new_id("clinic"));
    write.create(SaveClinic { clinic_id, details: form.details, active: form.active }, clinic_id).await
}

async fn save_clinic(
    write: Write,
    At(id): At<ClinicId>,
    Sent(form): Sent<ClinicForm>,
) -> Answer<Changed<Clinic>> {
    let Json(_there_already) = read::one::<Clinic>(&write.app, &write.who, id).await?;
    write.change(SaveClinic { clinic_id: id, details: form.details, active: form.active }, id).await
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SpecialtyForm {
    name: LocalText,
    active: bool,
}

async fn add_specialty(write: Write, Sent(form): Sent<SpecialtyForm>) -> Answer<Created<Specialty>> {
    let specialty_id = SpecialtyId(write.new_id("specialty"));
    write.create(SaveSpecialty { specialty_id, name: form.name, active: form.active }, specialty_id).await
}

async fn save_specialty(
    write: Write,
    At(id): At<SpecialtyId>,
    Sent(form): Sent<SpecialtyForm>,
) -> Answer<Changed<Specialty>> {
    let Json(_there_already) = read::one::<Specialty>(&write.app, &write.who, id).await?;
    write.change(SaveSpecialty { specialty_id: id, name: form.name, active: form.active }, id).await
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct VisitTypeForm {
    details: VisitTypeDetails,
    active: bool,
}

async fn add_visit_type(write: Write, Sent(form): Sent<VisitTypeForm>) -> Answer<Created<VisitType>> {
    let visit_type_id = VisitTypeId(write.new_id("visit type"));
    write
        .create(SaveVisitType { visit_type_id, details: form.details, active: form.active }, visit_type_id)
        .await
}

async fn save_visit_type(
    write: Write,
    At(id): At<VisitTypeId>,
    Sent(form): Sent<VisitTypeForm>,
) -> Answer<Changed<VisitType>> {
    let Json(_there_already) = read::one::<VisitType>(&write.app, &write.who, id).await?;
    write.change(SaveVisitType { visit_type_id: id, details: form.details, active: form.active }, id).await
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewPatient {
    clinic_id: ClinicId,
    profile: Profile,
}

async fn register_patient(write: Write, Sent(new): Sent<NewPatient>) -> Answer<Created<Patient>> {
    let patient_id = PatientId(write.new_id("patient"));
    write
        .create(RegisterPatient { patient_id, clinic_id: new.clinic_id, profile: new.profile }, patient_id)
        .await
}

async fn patient(State(app): State<Arc<App>>, who: Identity, At(id): At<PatientId>) -> Answer<Json<Patient>> {
    read::one(&app, &who, id).await
}

async fn update_patient(
    write: Write,
    At(id): At<PatientId>,
    Sent(profile): Sent<Profile>,
) -> Answer<Changed<Patient>> {
    write.change(UpdateProfile { patient_id: id, profile }, id).await
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Double {
    /// The file that goes.
    merged: PatientId,
}

async fn merge(write: Write, At(id): At<PatientId>, Sent(double): Sent<Double>) -> Answer<Changed<Patient>> {
    write.change(MergePatients { kept: id, merged: double.merged }, id).await
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Active {
    active: bool,
    reason: String,
}

async fn patient_active(
    write: Write,
    At(id): At<PatientId>,
    Sent(sent): Sent<Active>,
) -> Answer<Changed<Patient>> {
    write.change(SetPatientActive { patient_id: id, active: sent.active, reason: sent.reason }, id).await
}
