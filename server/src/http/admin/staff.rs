//! Staff and their sign-ins. First passwords are made up here and told once, to the super admin who asked.

use axum::{Json, response::NoContent};
use mediconnect_domain::{
    AccountId, Actor, DoctorId, Kind, Refusal,
    accounts::{
        Account, Role,
        staff::{AddStaff, ChangeStaffRole, SetAccountActive},
    },
    directory::Doctor,
    settings::Language,
    sign_in::{Identified, ResetSecondFactor},
};
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::{
    auth::{
        first_admin::made_up,
        sessions,
        sign_up::{self, Made, NewAccount},
        steps,
    },
    http::{
        extract::{At, Sent},
        problem::{Answer, Problem},
        read,
        route::{
            Policy::{ClinicStaff, Staff, SuperAdmin},
            Route, post, put,
        },
        write::{Changed, Told, Write},
    },
};

pub fn routes() -> Vec<Route> {
    vec![
        post("/v1/admin/staff", SuperAdmin, "Adds a member of staff and tells the first password once.", add)
            .fresh(),
        put("/v1/admin/staff/{id}/role", SuperAdmin, "Changes what a member of staff may do.", change_role)
            .fresh(),
        post(
            "/v1/admin/staff/{id}/password",
            SuperAdmin,
            "Gives a member of staff a new first password.",
            new_password,
        )
        .fresh(),
        post(
            "/v1/admin/accounts/{id}/second-factor/reset",
            Staff,
            "Lets somebody who lost authenticator app and recovery codes sign in with the password alone. All their sessions end.",
            reset_second_factor,
        )
        .fresh(),
        post(
            "/v1/admin/doctors/{id}/second-factor/reset",
            ClinicStaff,
            "The same for a doctor of one's clinics.",
            reset_second_factor_of_doctor,
        )
        .fresh(),
        post(
            "/v1/admin/accounts/{id}/active",
            Staff,
            "Disables an account or lets it in again, with the reason.",
            set_active,
        )
        .fresh(),
    ]
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewStaff {
    name: String,
    email: String,
    role: Role,
    language: Language,
}

#[derive(Serialize, JsonSchema)]
struct FirstPassword {
    account: Account,
    /// Told once; `null` where the same request was answered before.
    password: Option<String>,
}

async fn add(write: Write, Sent(new): Sent<NewStaff>) -> Answer<Told<FirstPassword>> {
    let account = AccountId(write.new_id("account"));
    let NewStaff { name, email, role, language } = new;
    let password = made_up();
    let new = NewAccount {
        actor: Actor::Account(write.who.account),
        command: write.command_id(),
        account,
        open: AddStaff { account_id: account, name, email, role, language }.into(),
        password: write.app.hasher.hash(SecretString::from(password.clone())).await,
    };
    let (account, password) = match sign_up::make(&write.app, new).await? {
        Made::New(account) => (account, Some(password)),
        Made::Before(account) => (account, None),
        Made::Refused(refusal) => return Err(refusal.into()),
    };
    Ok(Told(FirstPassword { account: *account, password }))
}

/// For one who forgot theirs, or whose account was made by command. All sessions of the account end.
async fn new_password(write: Write, At(id): At<AccountId>) -> Answer<Json<FirstPassword>> {
    let Json(account) = read::one::<Account>(&write.app, &write.who, id).await?;
    if !account.role.is_staff() || account.id == write.who.account {
        return Err(Problem::not_allowed());
    }
    let password = made_up();
    let hash = write.app.hasher.hash(SecretString::from(password.clone())).await;
    sessions::change_password(&write.app, id, hash, None).await?;
    Ok(Json(FirstPassword { account, password: Some(password) }))
}

/// Support helps patients and doctors, super admins everybody else too, and nobody themself.
async fn reset_second_factor(
    write: Write,
    At(id): At<AccountId>,
    Sent(sent): Sent<ResetSecondFactor>,
) -> Answer<NoContent> {
    let Json(account) = read::one::<Account>(&write.app, &write.who, id).await?;
    let helps = match write.who.role {
        Role::SuperAdmin => account.id != write.who.account,
        Role::SupportAdmin => !account.role.is_staff(),
        _ => false,
    };
    match helps {
        true => end_second_factor(&write, id, sent).await,
        false => Err(Problem::not_allowed()),
    }
}

async fn reset_second_factor_of_doctor(
    write: Write,
    At(id): At<DoctorId>,
    Sent(sent): Sent<ResetSecondFactor>,
) -> Answer<NoContent> {
    let Json(doctor) = read::one::<Doctor>(&write.app, &write.who, id).await?;
    end_second_factor(&write, doctor.account_id, sent).await
}

async fn end_second_factor(write: &Write, id: AccountId, sent: ResetSecondFactor) -> Answer<NoContent> {
    let deed = match sent.identified {
        Identified::InPerson => "auth.second_factor_reset_in_person",
        Identified::VideoCall => "auth.second_factor_reset_video_call",
        Identified::CallBack => "auth.second_factor_reset_call_back",
    };
    if !steps::end_second_factor(&write.app, id, write.who.account, deed, write.command_id().0).await? {
        let state = "without_second_factor".into();
        return Err(Refusal::WrongState { kind: Kind::Account, state }.into());
    }
    sessions::end(&write.app, id, None, None).await?;
    Ok(NoContent)
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewRole {
    role: Role,
}

async fn change_role(
    write: Write,
    At(id): At<AccountId>,
    Sent(new): Sent<NewRole>,
) -> Answer<Changed<Account>> {
    let app = write.app.clone();
    let changed = write.change(ChangeStaffRole { account_id: id, role: new.role }, id).await?;
    // The session goes on with the new rights at once.
    app.forget_account(id);
    Ok(changed)
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Active {
    active: bool,
    reason: String,
}

async fn set_active(
    write: Write,
    At(id): At<AccountId>,
    Sent(sent): Sent<Active>,
) -> Answer<Changed<Account>> {
    let app = write.app.clone();
    let command = SetAccountActive { account_id: id, active: sent.active, reason: sent.reason };
    let changed = write.change(command, id).await?;
    if !sent.active {
        sessions::end(&app, id, None, None).await?;
        app.live.end_account(id, "account_disabled");
    }
    Ok(changed)
}
