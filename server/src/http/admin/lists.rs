//! The tables of the admin app.

use std::{collections::HashMap, sync::Arc};

use axum::{Json, extract::State};
use mediconnect_domain::{
    AccountId, Answer as Answered, ConsultationId, DoctorId, Kind, Need, PatientId, Refusal, Row, Rule,
    Stored,
    access::{self, Scope},
    accounts::Account,
    appointments::Appointment,
    consultations::Consultation,
    directory::{Doctor, DoctorProfile},
    fetch::{
        Fetch, Page,
        admin::{
            Accounts, Activity, ActivityLine, ActivityOutcome, AppointmentLine, AppointmentSort,
            Appointments, ConsultationLine, Consultations, DoctorSort, Doctors, Doubles, OneConsultation,
            PatientLinks, Patients, RoleFilter,
        },
    },
    notices::read::MarkNoticesRead,
    profiles::{Link, Patient},
    record::Index,
    scheduling::availability::RefreshAvailability,
    settings::{
        follow::{FollowDoctor, UnfollowDoctor},
        save::SaveSettings,
    },
};
use uuid::Uuid;

use super::staff_scopes;
use crate::{
    app::App,
    http::{
        extract::Asked,
        gate::Identity,
        problem::{Answer, Problem},
        read,
        route::{Policy, Route, get},
    },
    reads::{self, Column, Filter, ListError, Listing, Rows},
    storage::{StoreError, Tx},
};

pub fn routes() -> Vec<Route> {
    vec![
        get(Appointments::PATH, Policy::Staff, "Lists visits.", appointments).shows("visits"),
        get(Consultations::PATH, Policy::Staff, "Lists requests.", consultations).shows("requests"),
        get(OneConsultation::PATH, Policy::Staff, "Shows a request.", one_consultation).shows("request"),
        get(Doctors::PATH, Policy::Staff, "Lists doctors with their standing.", doctors),
        get(Patients::PATH, Policy::Staff, "Lists patients.", patients).shows("patients"),
        get(Doubles::PATH, Policy::Staff, "Lists files that may be of the same person.", doubles)
            .shows("doubles"),
        get(PatientLinks::PATH, Policy::Staff, "Lists who acts for a patient.", patient_links)
            .shows("patient_links"),
        get(Accounts::PATH, Policy::Staff, "Lists accounts.", accounts).shows("accounts"),
        get(Activity::PATH, Policy::Staff, "Lists who did what, the newest first.", activity),
    ]
}

type Listed<T> = Answer<Json<Page<T>>>;

/// A page of one kind, and the records of another kind that its lines name.
async fn page<T>(
    app: &App,
    who: &Identity,
    ask: impl Fn(&mut Listing) + Send + Sync + 'static,
    sort: Column,
    limit: usize,
) -> Answer<Page<T>>
where
    T: Stored,
{
    let (account, now, ask) = (who.account, app.now(), Arc::new(ask));
    let read = app.store().read(move |tx| {
        let ask = ask.clone();
        Box::pin(async move {
            let mut listing = Listing::new(T::KIND, staff_scopes(tx, account, now).await?, sort);
            listing.limit = limit;
            ask(&mut listing);
            settled(reads::list(tx, &listing).await)
        })
    });
    let Rows { rows, next_cursor } = read.await??;
    Ok(Page { items: rows.iter().filter_map(Row::read).collect(), next_cursor })
}

/// A transaction fails for the store's reasons only; a bad cursor is an answer.
fn settled<T>(listed: Result<T, ListError>) -> Result<Result<T, ListError>, StoreError> {
    match listed {
        Err(ListError::Store(error)) => Err(error),
        other => Ok(other),
    }
}

/// The wire's name of a value in snake case, as bodies hold it.
fn name_of(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        other => unreachable!("an enum without fields is a text: {other:?}"),
    }
}

fn is<T: serde::Serialize>(column: Column, value: &Option<T>) -> Option<Filter> {
    value.as_ref().map(|value| Filter::is(column, name_of(value)))
}

/// The longest text that is looked for.
const TEXT_LENGTH: usize = 100;

/// This text, if it can be looked for.
fn sought(text: &Option<String>) -> Answer<()> {
    match text.as_ref().is_some_and(|text| text.chars().count() > TEXT_LENGTH) {
        true => Err(Problem::field("text", "must have at most 100 characters")),
        false => Ok(()),
    }
}

fn text(columns: &[Column], text: &Option<String>) -> Option<Filter> {
    let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty())?;
    Some(Filter::Text(columns.to_vec(), text.to_owned()))
}

/// Records by id, where they exist.
async fn by_id<T>(app: &App, mut ids: Vec<Uuid>) -> Answer<HashMap<Uuid, T>>
where
    T: Stored + Send + 'static,
{
    ids.sort();
    ids.dedup();
    let found = app.store().read(move |tx| {
        let needs: Vec<Need> = ids.iter().map(|id| Need::record::<T>(*id)).collect();
        Box::pin(async move { tx.fetch(&needs).await })
    });
    let rows = found.await?.into_iter().flat_map(|answer| match answer {
        Answered::Rows(rows) => rows,
        Answered::NotHeld => Vec::new(),
    });
    Ok(rows.filter_map(|row| Some((row.id, row.read()?))).collect())
}

async fn patient_names(app: &App, ids: Vec<PatientId>) -> Answer<HashMap<Uuid, String>> {
    let patients = by_id::<Patient>(app, ids.into_iter().map(Uuid::from).collect()).await?;
    Ok(patients.into_iter().map(|(id, patient)| (id, patient.profile.name)).collect())
}

async fn doctor_names(app: &App, ids: Vec<DoctorId>) -> Answer<HashMap<Uuid, String>> {
    let profiles = by_id::<DoctorProfile>(app, ids.into_iter().map(Uuid::from).collect()).await?;
    Ok(profiles.into_iter().map(|(id, profile)| (id, profile.details.name)).collect())
}

async fn appointments(
    State(app): State<Arc<App>>,
    who: Identity,
    Asked(asked): Asked<Appointments>,
) -> Listed<AppointmentLine> {
    sought(&asked.text)?;
    let limit = read::limit(asked.limit)?;
    let sort = match asked.sort.unwrap_or(AppointmentSort::Start) {
        AppointmentSort::Start => Column::Start,
        AppointmentSort::State => Column::State,
        AppointmentSort::Doctor => Column::DoctorName,
        AppointmentSort::Clinic => Column::ClinicName,
    };
    let ask = move |listing: &mut Listing| {
        listing.within.extend(asked.clinic_id.map(Scope::Clinic));
        listing.within.extend(asked.patient_id.map(Scope::Patient));
        listing.within.extend(asked.doctor_id.map(Scope::Practice));
        listing.filters.extend(is(Column::State, &asked.state));
        listing.filters.extend(asked.from.map(|from| Filter::AtLeast(Column::Start, from.to_string())));
        listing.filters.extend(asked.until.map(|until| Filter::Below(Column::Start, until.to_string())));
        listing.filters.extend(text(&[Column::PatientName, Column::DoctorName], &asked.text));
        listing.descending = asked.descending.unwrap_or(false);
        listing.cursor.clone_from(&asked.cursor);
    };
    let Page { items, next_cursor } = page(&app, &who, ask, sort, limit).await?;
    let items: Vec<Appointment> = items;
    let names = patient_names(&app, items.iter().map(|visit| visit.patient_id).collect()).await?;
    let line = |appointment: Appointment| AppointmentLine {
        patient_name: names.get(&appointment.patient_id.0).cloned().unwrap_or_default(),
        appointment,
    };
    Ok(Json(Page { items: items.into_iter().map(line).collect(), next_cursor }))
}

async fn consultations(
    State(app): State<Arc<App>>,
    who: Identity,
    Asked(asked): Asked<Consultations>,
) -> Listed<ConsultationLine> {
    sought(&asked.text)?;
    let limit = read::limit(asked.limit)?;
    let ask = move |listing: &mut Listing| {
        listing.within.extend(asked.clinic_id.map(Scope::Clinic));
        listing.within.extend(asked.patient_id.map(Scope::Patient));
        listing.within.extend(asked.doctor_id.map(Scope::Practice));
        listing.filters.extend(is(Column::State, &asked.state));
        listing.filters.extend(is(Column::Urgency, &asked.urgency));
        listing.filters.extend(text(&[Column::PatientName], &asked.text));
        listing.descending = asked.descending.unwrap_or(false);
        listing.cursor.clone_from(&asked.cursor);
    };
    let Page { items, next_cursor } = page(&app, &who, ask, Column::OpenedAt, limit).await?;
    Ok(Json(Page { items: request_lines(&app, items).await?, next_cursor }))
}

async fn request_lines(app: &App, requests: Vec<Consultation>) -> Answer<Vec<ConsultationLine>> {
    let patients = patient_names(app, requests.iter().map(|request| request.patient_id).collect()).await?;
    let doctors = doctor_names(app, requests.iter().filter_map(|request| request.assigned).collect()).await?;
    let line = |consultation: Consultation| ConsultationLine {
        patient_name: patients.get(&consultation.patient_id.0).cloned().unwrap_or_default(),
        doctor_name: consultation.assigned.and_then(|id| doctors.get(&id.0).cloned()),
        consultation,
    };
    Ok(requests.into_iter().map(line).collect())
}

async fn one_consultation(
    State(app): State<Arc<App>>,
    who: Identity,
    Asked(OneConsultation { consultation_id }): Asked<OneConsultation>,
) -> Answer<Json<ConsultationLine>> {
    let id: ConsultationId = consultation_id;
    let Json(request) = read::one::<Consultation>(&app, &who, id).await?;
    let line = request_lines(&app, vec![request]).await?.pop();
    line.map(Json).ok_or_else(Problem::not_found)
}

async fn doctors(State(app): State<Arc<App>>, who: Identity, Asked(asked): Asked<Doctors>) -> Listed<Doctor> {
    sought(&asked.text)?;
    let limit = read::limit(asked.limit)?;
    let sort = match asked.sort.unwrap_or(DoctorSort::Name) {
        DoctorSort::Name => Column::Name,
        DoctorSort::Standing => Column::Standing,
        DoctorSort::RegisteredAt => Column::RegisteredAt,
        DoctorSort::SubmittedAt => Column::SubmittedAt,
    };
    let ask = move |listing: &mut Listing| {
        listing.within.extend(asked.clinic_id.map(Scope::Clinic));
        listing.filters.extend(is(Column::Standing, &asked.standing));
        listing.filters.extend(text(&[Column::Name, Column::Email], &asked.text));
        listing.descending = asked.descending.unwrap_or(false);
        listing.cursor.clone_from(&asked.cursor);
    };
    page(&app, &who, ask, sort, limit).await.map(Json)
}

async fn patients(
    State(app): State<Arc<App>>,
    who: Identity,
    Asked(asked): Asked<Patients>,
) -> Listed<Patient> {
    const FOUND_BY: [Column; 4] =
        [Column::ProfileName, Column::ProfilePhone, Column::ProfileEmail, Column::BirthDate];
    sought(&asked.text)?;
    let limit = read::limit(asked.limit)?;
    let ask = move |listing: &mut Listing| {
        listing.within.extend(asked.clinic_id.map(Scope::Clinic));
        listing.filters.extend(is(Column::Status, &asked.status));
        listing.filters.extend(text(&FOUND_BY, &asked.text));
        listing.descending = asked.descending.unwrap_or(false);
        listing.cursor.clone_from(&asked.cursor);
    };
    page(&app, &who, ask, Column::ProfileName, limit).await.map(Json)
}

/// How many of each ground are compared.
const DOUBLES: usize = 50;

async fn doubles(
    State(app): State<Arc<App>>,
    who: Identity,
    Asked(asked): Asked<Doubles>,
) -> Listed<Patient> {
    let grounds = [
        (Column::BirthDate, asked.birth_date.map(|date| date.to_string()), true),
        (Column::ProfilePhone, asked.phone, false),
        (Column::ProfileEmail, asked.email, false),
    ];
    let mut found: Vec<Patient> = Vec::new();
    for (column, ground, by_name) in grounds {
        let Some(ground) = ground.map(|ground| Filter::is(column, ground)) else { continue };
        let ask = move |listing: &mut Listing| listing.filters.push(ground.clone());
        let page: Page<Patient> = page(&app, &who, ask, column, DOUBLES).await?;
        let fits = |patient: &Patient| !by_name || alike(&patient.profile.name, &asked.name);
        found.extend(page.items.into_iter().filter(fits));
    }
    found.sort_by_key(|patient| patient.id);
    found.dedup_by_key(|patient| patient.id);
    Ok(Json(Page { items: found, next_cursor: None }))
}

/// Names that share a word, such as the family name.
fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    one.split_whitespace().any(|word| other.split_whitespace().any(|of_other| word == of_other))
}

async fn patient_links(
    State(app): State<Arc<App>>,
    who: Identity,
    Asked(PatientLinks { patient_id }): Asked<PatientLinks>,
) -> Listed<Link> {
    let moment = app.moment();
    let found = app.ask(move |facts| {
        let scopes = read::scopes(facts, &moment, Some(&who))?;
        // Whoever sees the file sees who acts for it.
        let file: Patient = facts.get(patient_id)?;
        match access::readable(&scopes, &file.scopes()) {
            true => facts.list::<Link>(Need::all(Index::PatientLinks, patient_id)),
            false => Err(Refusal::NotFound { kind: Kind::Patient }.into()),
        }
    });
    Ok(Json(Page { items: found.await?, next_cursor: None }))
}

async fn accounts(
    State(app): State<Arc<App>>,
    who: Identity,
    Asked(asked): Asked<Accounts>,
) -> Listed<Account> {
    sought(&asked.text)?;
    let limit = read::limit(asked.limit)?;
    let ask = move |listing: &mut Listing| {
        let roles = asked.role.map(|role| match role {
            RoleFilter::Staff => vec!["clinic_admin".into(), "support_admin".into(), "super_admin".into()],
            role => vec![name_of(role)],
        });
        listing.filters.extend(roles.map(|roles| Filter::OneOf(Column::RoleName, roles)));
        listing.filters.extend(is(Column::Status, &asked.status));
        listing.filters.extend(text(&[Column::Name, Column::Email], &asked.text));
        listing.descending = asked.descending.unwrap_or(false);
        listing.cursor.clone_from(&asked.cursor);
    };
    page(&app, &who, ask, Column::Name, limit).await.map(Json)
}

/// What people do for themselves and what the server computes anew: in the audit, but nothing that happened in a clinic. Nor is
/// what was only looked at ([`watch`]).
const HOUSEKEEPING: &[&str] = &[
    RefreshAvailability::NAME,
    MarkNoticesRead::NAME,
    FollowDoctor::NAME,
    UnfollowDoctor::NAME,
    SaveSettings::NAME,
];

async fn activity(
    State(app): State<Arc<App>>,
    who: Identity,
    Asked(asked): Asked<Activity>,
) -> Listed<ActivityLine> {
    let limit = read::limit(asked.limit)?;
    let before = asked.cursor.map(|cursor| cursor.parse::<u64>()).transpose();
    let before = before.map_err(|_| Problem::field("cursor", "is not from this list"))?;
    if asked
        .command
        .as_ref()
        .is_some_and(|name| !name.chars().all(|c| c.is_ascii_lowercase() || "._".contains(c)))
    {
        return Err(Problem::field("command", "must be the name of a command, or its beginning up to a dot"));
    }
    let (account, now) = (who.account, app.now());
    let everything = asked.everything.unwrap_or(false);
    let asked = Arc::new(reads::AuditAsk {
        actor: asked.actor_id.map(|id| id.0),
        subject: asked.subject_id,
        accepted: asked.outcome.map(|outcome| outcome == ActivityOutcome::Accepted),
        command: asked.command,
        from: asked.from,
        until: asked.until,
        without: if everything { &[] } else { HOUSEKEEPING },
        with_reads: everything,
        before,
        limit: limit + 1,
    });
    let read = app.store().read(move |tx: &mut dyn Tx| {
        let asked = asked.clone();
        Box::pin(async move {
            let scopes = staff_scopes(tx, account, now).await?;
            reads::audit_lines(tx, &scopes, &asked).await
        })
    });
    let mut lines = read.await?;
    let more = lines.len() > limit;
    lines.truncate(limit);
    let next_cursor = lines.last().filter(|_| more).map(|last| last.seq.to_string());
    let actors = by_id::<Account>(&app, lines.iter().filter_map(|line| line.actor).collect()).await?;
    let shown = |line: reads::AuditLine| ActivityLine {
        number: line.seq,
        at: line.at,
        actor_id: line.actor.map(AccountId),
        actor_name: line.actor.and_then(|id| actors.get(&id)).map(|account| account.name.clone()),
        command: line.command,
        outcome: line.outcome,
        subject: line.subject.map(|(kind, id)| match kind {
            Some(kind) => format!("{kind}:{id}"),
            None => id.to_string(),
        }),
    };
    Ok(Json(Page { items: lines.into_iter().map(shown).collect(), next_cursor }))
}
