//! What the front end may call: thin calls into core.

use mediconnect_core::{Client, ExecuteError, Fetched, FirstPassword, NewStaff, Session};
use mediconnect_domain::{
    AccountId, Command, CommandId, Refusal,
    accounts::Role,
    directory::{Clinic, DoctorProfile, PractitionerRole, Specialty, VisitType},
    sign_in::Challenge,
};
use serde::Serialize;
use serde_json::Value;
use tauri::{AppHandle, Manager, State};

use crate::{
    desk::Desk,
    failure::Failure,
    protection::{self, Asked},
    questions,
    save::save_beside,
    unanswered::RefusedLater,
};

/// Who is signed in, and where.
#[derive(Serialize)]
pub struct SignedIn {
    account: Me,
    server: String,
}

#[derive(Serialize)]
struct Me {
    id: AccountId,
    name: String,
    email: String,
    role: Role,
}

impl SignedIn {
    fn new(Session { account_id, name, role, email, .. }: Session, desk: &Desk) -> Self {
        Self { account: Me { id: account_id, name, email, role }, server: desk.server().to_string() }
    }
}

/// What everyone may know, as this computer holds it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Directory {
    clinics: Vec<Clinic>,
    specialties: Vec<Specialty>,
    visit_types: Vec<VisitType>,
    doctors: Vec<DoctorProfile>,
    roles: Vec<PractitionerRole>,
}

#[tauri::command]
pub fn default_server(desk: State<'_, Desk>) -> String {
    desk.server().to_string()
}

/// `None` where nobody is signed in, or the server ended the session.
#[tauri::command]
pub fn session(desk: State<'_, Desk>) -> Option<SignedIn> {
    let session = desk.client().session().filter(|session| !session.ended)?;
    Some(SignedIn::new(session, &desk))
}

#[tauri::command]
pub async fn sign_in(
    app: AppHandle,
    desk: State<'_, Desk>,
    server: String,
    email: String,
    password: String,
) -> Result<SignedIn, Failure> {
    let client = desk.client_of(&app, &server)?;
    let session = client.sign_in(&email, &password).await?;
    Ok(entered(&client, session, &desk).await)
}

/// The second step, at the server whose password was right.
#[tauri::command]
pub async fn second_step(
    desk: State<'_, Desk>,
    challenge: Challenge,
    code: String,
) -> Result<SignedIn, Failure> {
    let client = desk.client();
    let session = client.second_step(&challenge, &code).await?;
    Ok(entered(&client, session, &desk).await)
}

async fn entered(client: &Client, session: Session, desk: &Desk) -> SignedIn {
    // The first screen wants the directory; where this fails the background loop brings it later.
    if let Err(error) = client.sync_now().await {
        tracing::info!(%error, "the first sync did not come to its end");
    }
    SignedIn::new(session, desk)
}

#[tauri::command]
pub async fn protect(desk: State<'_, Desk>, asked: Asked) -> Result<Value, Failure> {
    protection::ask(&desk.client(), asked).await
}

#[tauri::command]
pub async fn sign_out(desk: State<'_, Desk>) -> Result<(), Failure> {
    Ok(desk.client().sign_out().await?)
}

#[tauri::command]
pub async fn change_password(desk: State<'_, Desk>, current: String, new: String) -> Result<(), Failure> {
    Ok(desk.client().change_password(&current, &new).await?)
}

#[tauri::command]
pub async fn fetch(desk: State<'_, Desk>, name: String, query: Value) -> Result<Fetched<Value>, Failure> {
    questions::ask(&desk.client(), &name, query).await
}

#[tauri::command]
pub async fn execute(
    desk: State<'_, Desk>,
    name: String,
    args: Value,
) -> Result<(), Failure> {
    let read = Command::read(&name, &args.to_string()).ok_or(Refusal::UnknownCommand)?;
    let command = read.map_err(|error| Refusal::field("args", &error.to_string()))?;
    let client = desk.client();
    match client.execute_now(command).await {
        Ok(_) => Ok(()),
        Err(ExecuteError::Unanswered { command }) => desk.late().wait(&client, command).await,
        Err(error) => Err(error.into()),
    }
}

#[tauri::command]
pub fn refused_later(desk: State<'_, Desk>) -> Result<Vec<RefusedLater>, Failure> {
    Ok(desk.late().refused(&desk.client())?)
}

#[tauri::command]
pub fn dismiss(desk: State<'_, Desk>, command_id: CommandId) -> Result<(), Failure> {
    Ok(desk.client().discard(command_id)?)
}

#[tauri::command]
pub async fn add_staff(desk: State<'_, Desk>, staff: NewStaff) -> Result<FirstPassword, Failure> {
    Ok(desk.client().add_staff(&staff).await?)
}

#[tauri::command]
pub async fn new_staff_password(
    desk: State<'_, Desk>,
    account_id: AccountId,
) -> Result<FirstPassword, Failure> {
    Ok(desk.client().new_staff_password(account_id).await?)
}

#[tauri::command]
pub fn directory(desk: State<'_, Desk>) -> Result<Directory, Failure> {
    held(&desk.client())
}

fn held(client: &Client) -> Result<Directory, Failure> {
    Ok(client.read(|records| {
        Ok(Directory {
            clinics: records.all()?,
            specialties: records.all()?,
            visit_types: records.all()?,
            doctors: records.all()?,
            roles: records.all()?,
        })
    })?)
}

#[tauri::command]
pub fn save(app: AppHandle, name: String, text: String) -> Result<String, Failure> {
    let path = app.path();
    // A desktop that has named no folder for downloads has a home all the same.
    let dir = path
        .download_dir()
        .or_else(|_| path.home_dir().map(|home| home.join("Downloads")))
        .map_err(|error| Failure::server(error.to_string()))?;
    let path = save_beside(&dir, &name, &text).map_err(|error| Failure::server(error.to_string()))?;
    Ok(path.display().to_string())
}
