//! Visits: the patient's own, those of a doctor's practice, those of the clinics one runs.

use std::sync::Arc;

use axum::{Json, extract::State, http::header, response::NoContent};
use jiff::Timestamp;
use mediconnect_domain::{
    AppointmentId, Need, PatientId, RoleId, SeriesId, VisitTypeId,
    access::Scope,
    appointments::{
        Appointment, CancelReason, State as VisitState,
        accept::{Accept, Decline},
        attend::{CheckIn, Complete, Start},
        book::Book,
        cancel::Cancel,
        hold::{HoldTime, ReleaseHold},
        no_show::MarkNoShow,
        note::AddVisitNote,
        reopen::Reopen,
        reschedule::Reschedule,
        series::BookSeries,
    },
    fetch::Page,
    record::{Index, sort_key},
    scheduling::engine::Recurrence,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    extract::{Asked, At, Sent},
    gate::Identity,
    ics,
    media::{self, Media},
    problem::Answer,
    read,
    route::{Policy, Route, delete, get, post},
    write::{Changed, Created, Write},
};
use crate::app::App;

pub fn routes() -> Vec<Route> {
    let own = vec![
        get(
            "/v1/patients/appointments",
            Policy::SignedIn,
            "Lists the visits of the patients one acts for.",
            of_patients,
        ),
        post("/v1/patients/appointments", Policy::SignedIn, "Books a visit.", book),
        get("/v1/patients/appointments/{id}", Policy::SignedIn, "Shows a visit.", show).shows("visit"),
        get(
            "/v1/patients/appointments/{id}/calendar.ics",
            Policy::SignedIn,
            "Gives a visit as a calendar entry.",
            calendar,
        )
        .shows("visit"),
        post(
            "/v1/patients/appointments/{id}/reschedule",
            Policy::SignedIn,
            "Moves a visit to another start.",
            reschedule,
        ),
        post("/v1/patients/appointments/{id}/cancel", Policy::SignedIn, "Cancels a visit.", cancel),
        post("/v1/patients/series", Policy::SignedIn, "Books several visits at once.", book_series),
        post("/v1/patients/holds", Policy::SignedIn, "Keeps a time for a few minutes.", hold),
        delete("/v1/patients/holds/{id}", Policy::SignedIn, "Gives a kept time back.", release),
        get("/v1/doctors/appointments", Policy::Doctor, "Lists the visits of one's practice.", of_practice)
            .shows("visits"),
        get("/v1/doctors/appointments/{id}", Policy::Doctor, "Shows a visit.", show).shows("visit"),
        get("/v1/admin/appointments/{id}", Policy::Staff, "Shows a visit.", show).shows("visit"),
        post("/v1/admin/appointments", Policy::ClinicStaff, "Books a visit for a patient who calls.", book),
    ];
    own.into_iter().chain(handled_by_doctors()).chain(handled_by_staff()).collect()
}

/// What whoever runs a visit does to it.
macro_rules! handled {
    ($name:ident, $under:literal, $policy:expr) => {
        fn $name() -> Vec<Route> {
            vec![
                post(concat!($under, "/{id}/accept"), $policy, "Accepts a requested visit.", accept),
                post(concat!($under, "/{id}/decline"), $policy, "Declines a requested visit.", decline),
                post(
                    concat!($under, "/{id}/reschedule"),
                    $policy,
                    "Moves a visit to another start.",
                    reschedule,
                ),
                post(concat!($under, "/{id}/cancel"), $policy, "Cancels a visit.", cancel),
                post(
                    concat!($under, "/{id}/check-in"),
                    $policy,
                    "Notes that the patient has come.",
                    check_in,
                ),
                post(concat!($under, "/{id}/start"), $policy, "Begins a visit.", start),
                post(concat!($under, "/{id}/complete"), $policy, "Ends a visit.", complete),
                post(concat!($under, "/{id}/no-show"), $policy, "Notes that nobody came.", no_show),
                post(concat!($under, "/{id}/reopen"), $policy, "Undoes the end of a visit.", reopen),
                post(concat!($under, "/{id}/notes"), $policy, "Adds an administrative remark.", add_note),
            ]
        }
    };
}

handled!(handled_by_doctors, "/v1/doctors/appointments", Policy::Doctor);
handled!(handled_by_staff, "/v1/admin/appointments", Policy::ClinicStaff);

/// A stretch of time and a state; all of it may be left out.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Filter {
    /// Starts at or after.
    from: Option<Timestamp>,
    /// Starts before.
    until: Option<Timestamp>,
    state: Option<VisitState>,
    patient_id: Option<PatientId>,
    cursor: Option<String>,
    limit: Option<u8>,
}

type Visits = Answer<Json<Page<Appointment>>>;

async fn of_patients(State(app): State<Arc<App>>, who: Identity, Asked(filter): Asked<Filter>) -> Visits {
    let owner = |scope: &Scope| match scope {
        Scope::Patient(id) => Some((Index::PatientTime, id.0)),
        _ => None,
    };
    list(&app, who, filter, owner).await
}

async fn of_practice(State(app): State<Arc<App>>, who: Identity, Asked(filter): Asked<Filter>) -> Visits {
    let owner = |scope: &Scope| match scope {
        Scope::Practice(id) => Some((Index::DoctorTime, id.0)),
        _ => None,
    };
    list(&app, who, filter, owner).await
}

async fn list(
    app: &App,
    who: Identity,
    filter: Filter,
    owner: fn(&Scope) -> Option<(Index, uuid::Uuid)>,
) -> Visits {
    let limit = read::limit(filter.limit)?;
    let moment = app.moment();
    let from = filter.from.map(sort_key).unwrap_or_default();
    let until = filter.until.map_or("~".into(), sort_key);
    let (state, patient) = (filter.state, filter.patient_id);
    let visits = app.ask(move |facts| {
        let scopes = read::scopes(facts, &moment, Some(&who))?;
        let needs: Vec<Need> = scopes
            .iter()
            .filter_map(owner)
            .map(|(index, owner)| Need::range(index, owner, from.clone(), until.clone()))
            .collect();
        facts.want(needs.clone())?;
        let mut visits = Vec::new();
        for need in needs {
            visits.extend(read::visible_list::<Appointment>(facts, &scopes, need)?);
        }
        visits.retain(|visit| state.is_none_or(|state| visit.state == state));
        visits.retain(|visit| patient.is_none_or(|patient| visit.patient_id == patient));
        visits.sort_by_key(|visit| (visit.start, visit.id));
        Ok(visits)
    });
    read::page(visits.await?, filter.cursor.as_deref(), limit, |visit| visit.id.0)
}

async fn show(
    State(app): State<Arc<App>>,
    who: Identity,
    At(id): At<AppointmentId>,
) -> Answer<Json<Appointment>> {
    read::one(&app, &who, id).await
}

async fn calendar(
    State(app): State<Arc<App>>,
    who: Identity,
    At(id): At<AppointmentId>,
) -> Answer<media::Of<CalendarEntry>> {
    let Json(visit) = read::one::<Appointment>(&app, &who, id).await?;
    let headers = [(header::CONTENT_DISPOSITION, "attachment; filename=\"visit.ics\"")];
    Ok(media::Of::new((headers, ics::entry(&visit, app.now()))))
}

struct CalendarEntry;

impl Media for CalendarEntry {
    const TYPE: &'static str = "text/calendar; charset=utf-8";
    const ABOUT: &'static str = "The visit as an iCalendar entry.";
    type Content = String;
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewVisit {
    patient_id: PatientId,
    role_id: RoleId,
    visit_type_id: VisitTypeId,
    start: Timestamp,
    /// The visit that keeps the time, where it was held before, and the token given then.
    hold: Option<HeldTime>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct HeldTime {
    appointment_id: AppointmentId,
    token: String,
}

async fn book(write: Write, Sent(new): Sent<NewVisit>) -> Answer<Created<Appointment>> {
    let NewVisit { patient_id, role_id, visit_type_id, start, hold } = new;
    let (held, hold_token) = hold.map(|hold| (hold.appointment_id, hold.token)).unzip();
    let appointment_id = held.unwrap_or_else(|| AppointmentId(write.new_id("appointment")));
    let command = Book { appointment_id, patient_id, role_id, visit_type_id, start, hold_token };
    write.create(command, appointment_id).await
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewSeries {
    patient_id: PatientId,
    role_id: RoleId,
    visit_type_id: VisitTypeId,
    first_start: Timestamp,
    recurrence: Recurrence,
    skip_blocked: bool,
}

/// The first visit of the series; the others are in the list.
async fn book_series(write: Write, Sent(new): Sent<NewSeries>) -> Answer<Created<Appointment>> {
    let id = |number: u8| AppointmentId(write.new_id(&format!("appointment {number}")));
    let appointment_ids: Vec<_> = (0..new.recurrence.count.min(60)).map(id).collect();
    let first = appointment_ids.first().copied().unwrap_or_else(|| id(0));
    let command = BookSeries {
        series_id: SeriesId(write.new_id("series")),
        appointment_ids,
        patient_id: new.patient_id,
        role_id: new.role_id,
        visit_type_id: new.visit_type_id,
        first_start: new.first_start,
        recurrence: new.recurrence,
        skip_blocked: new.skip_blocked,
    };
    write.create(command, first).await
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewHold {
    patient_id: PatientId,
    role_id: RoleId,
    visit_type_id: VisitTypeId,
    start: Timestamp,
    /// A secret of the caller, 16 to 100 characters: whoever has it may book the time.
    token: String,
}

async fn hold(write: Write, Sent(new): Sent<NewHold>) -> Answer<Created<Appointment>> {
    let appointment_id = AppointmentId(write.new_id("appointment"));
    let NewHold { patient_id, role_id, visit_type_id, start, token } = new;
    write
        .create(HoldTime { appointment_id, patient_id, role_id, visit_type_id, start, token }, appointment_id)
        .await
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Token {
    token: String,
}

async fn release(
    write: Write,
    At(appointment_id): At<AppointmentId>,
    Sent(sent): Sent<Token>,
) -> Answer<NoContent> {
    write.run(ReleaseHold { appointment_id, token: sent.token }).await.map(|()| NoContent)
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Move {
    /// Where the caller believes the visit to be: a visit that was moved meanwhile is not moved again by mistake.
    expected_start: Timestamp,
    /// Another role, where the visit changes doctor or clinic.
    role_id: Option<RoleId>,
    start: Timestamp,
}

type Visit = Answer<Changed<Appointment>>;

async fn reschedule(write: Write, At(id): At<AppointmentId>, Sent(to): Sent<Move>) -> Visit {
    let Move { expected_start, role_id, start } = to;
    write.change(Reschedule { appointment_id: id, expected_start, role_id, start }, id).await
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Why {
    reason: CancelReason,
}

async fn cancel(write: Write, At(id): At<AppointmentId>, Sent(why): Sent<Why>) -> Visit {
    write.change(Cancel { appointment_id: id, reason: why.reason }, id).await
}

async fn decline(write: Write, At(id): At<AppointmentId>, Sent(why): Sent<Why>) -> Visit {
    write.change(Decline { appointment_id: id, reason: why.reason }, id).await
}

async fn accept(write: Write, At(id): At<AppointmentId>) -> Visit {
    write.change(Accept { appointment_id: id }, id).await
}

async fn check_in(write: Write, At(id): At<AppointmentId>) -> Visit {
    write.change(CheckIn { appointment_id: id }, id).await
}

async fn start(write: Write, At(id): At<AppointmentId>) -> Visit {
    write.change(Start { appointment_id: id }, id).await
}

async fn complete(write: Write, At(id): At<AppointmentId>) -> Visit {
    write.change(Complete { appointment_id: id }, id).await
}

async fn no_show(write: Write, At(id): At<AppointmentId>) -> Visit {
    write.change(MarkNoShow { appointment_id: id }, id).await
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Reason {
    reason: String,
}

async fn reopen(write: Write, At(id): At<AppointmentId>, Sent(sent): Sent<Reason>) -> Visit {
    write.change(Reopen { appointment_id: id, reason: sent.reason }, id).await
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Note {
    /// Administrative; never medical.
    text: String,
}

async fn add_note(write: Write, At(id): At<AppointmentId>, Sent(note): Sent<Note>) -> Visit {
    write.change(AddVisitNote { appointment_id: id, text: note.text }, id).await
}
