//! Opening an account: the records by command, the password beside them, in one transaction.
//!
//! A sign-up that is sent again (its answer was lost) finds the account made and is a sign-in: its password must be the one
//! that was set.

use mediconnect_domain::{
    AccountId, Actor, Command, CommandId, Refusal,
    accounts::{Account, AccountStatus},
    sign_in::{DeviceInfo, SignedIn},
    wire::Outcome,
};
use secrecy::{ExposeSecret, SecretString};

use super::{
    second_factor,
    sessions::{self, Opened},
    steps, table,
};
use crate::{
    app::App,
    execute::{self, Answered, Submission},
    storage::{StoreError, Tx},
};

/// An account to be made.
#[derive(Clone)]
pub struct NewAccount {
    pub actor: Actor,
    pub command: CommandId,
    pub account: AccountId,
    pub open: Command,
    /// Kept already hashed.
    pub password: String,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Made {
    New(Box<Account>),
    /// It was made before by the same request.
    Before(Box<Account>),
    Refused(Refusal),
}

/// Makes the account with its password, or neither.
pub async fn make(app: &App, new: NewAccount) -> Result<Made, StoreError> {
    let now = app.now();
    let digest = blake3::hash(new.open.args().to_string().as_bytes()).to_hex().to_string();
    let submission = Submission::new(new.actor, new.command, digest, new.open.clone());
    app.store()
        .write(&new.open.guards(), move |tx| {
            let (submission, new) = (submission.clone(), new.clone());
            Box::pin(async move { make_in(tx, &submission, &new, now).await })
        })
        .await
}

async fn make_in(
    tx: &mut dyn Tx,
    submission: &Submission,
    new: &NewAccount,
    now: jiff::Timestamp,
) -> Result<Made, StoreError> {
    let made_before = table::password(tx, new.account).await?.is_some();
    match execute::in_tx(tx, submission, now).await? {
        Answered::Decided(decided) => match decided.outcome {
            Outcome::Refused { refusal } => return Ok(Made::Refused(refusal)),
            Outcome::Accepted { .. } => {}
        },
        Answered::Blocked => return Err(StoreError::Refused("a sign-up is in no lane".into())),
    }
    let account = sessions::account(tx, new.account).await?;
    let account =
        Box::new(account.ok_or_else(|| StoreError::Corrupt("an account that was just made".into()))?);
    if made_before {
        return Ok(Made::Before(account));
    }
    table::set_password(tx, new.account, &new.password, now).await?;
    Ok(Made::New(account))
}

/// Makes an account for whoever asks and signs the device in.
pub async fn sign_up(
    app: &App,
    account: AccountId,
    open: impl Into<Command>,
    password: &SecretString,
    device: &DeviceInfo,
) -> Result<Result<SignedIn, Refusal>, StoreError> {
    let new = NewAccount {
        actor: Actor::System,
        command: CommandId::derive(&[b"sign up", account.0.as_bytes()]),
        account,
        open: open.into(),
        password: app.hasher.hash(password.clone()).await,
    };
    let account = match make(app, new).await? {
        Made::New(account) => account,
        Made::Before(account) => {
            let candidate = sessions::candidate(app, &account.email, device.id).await?;
            let may_try = steps::may_try(app, &account.email, None).await?.is_ok();
            let proven = sessions::proves(app, &candidate, password.expose_secret()).await && may_try;
            // By now it may have a second factor, and this way has no second step.
            let id = account.id;
            let two_steps = app.store().read(move |tx| Box::pin(second_factor::is_on(tx, id))).await?;
            if !proven || two_steps || account.status != AccountStatus::Active {
                return Ok(Err(Refusal::AlreadyExists { kind: mediconnect_domain::Kind::Account }));
            }
            account
        }
        Made::Refused(refusal) => return Ok(Err(refusal)),
    };
    let opened = Opened::new(app.new_id(), account.id, device, false, app.now());
    sessions::begin(app, &opened, &account).await?;
    let tokens = opened.tokens(&app.keys, app.now());
    Ok(Ok(SignedIn { account: *account, tokens }))
}
