//! Loading the demo into an empty store.

use std::sync::Arc;

use mediconnect_domain::{Actor, Change, CommandId, access::Scope, id};
use secrecy::SecretString;

use super::{Demo, LoggedCommand, SignIn};
use crate::{
    app::App,
    audit,
    auth::table,
    execute::apply::{Line, apply},
    storage::{StoreError, Tx},
};

/// Why the demo was not loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("the store is not empty; the demo is loaded into a new data folder only")]
    NotEmpty,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Loads the demo in one transaction: a store has all of it or nothing.
pub async fn load(app: &App, demo: Demo) -> Result<Vec<SignIn>, LoadError> {
    let now = app.now();
    let password = app.hasher.hash(SecretString::from(super::PASSWORD)).await;
    let Demo { records, sign_ins, log } = demo;
    let changes: Arc<[Change]> = records.into_iter().map(Change::put).collect();
    let (shared, log) = (Arc::<[SignIn]>::from(sign_ins.clone()), Arc::<[LoggedCommand]>::from(log));
    let work = app.store().write(&[], move |tx| {
        let (changes, sign_ins, log, password) =
            (changes.clone(), shared.clone(), log.clone(), password.clone());
        Box::pin(async move {
            if tx.one("SELECT 1 FROM record LIMIT 1", &[]).await?.is_some() {
                return Ok(false);
            }
            let id = CommandId(id::derive(&[b"demo"]));
            apply(tx, changes.to_vec(), &Line { actor: Actor::System, id, name: "demo.load", at: now })
                .await?;
            for line in log.iter() {
                remember(tx, line).await?;
            }
            for sign_in in sign_ins.iter() {
                table::set_password(tx, sign_in.account_id, &password, now).await?;
                table::verify(tx, sign_in.account_id, now).await?;
            }
            // Every doctor's times on offer came with the records.
            tx.execute("DELETE FROM due WHERE key LIKE 'availability:%'", &[]).await?;
            Ok(true)
        })
    });
    match work.await? {
        true => Ok(sign_ins),
        false => Err(LoadError::NotEmpty),
    }
}

/// A line of the audit for something that happened before the demo began to run.
async fn remember(tx: &mut dyn Tx, line: &LoggedCommand) -> Result<(), StoreError> {
    let actor = match line.actor {
        Actor::Account(account) => Some(account.0),
        Actor::System => None,
    };
    let scopes = line.clinics.iter().map(|clinic| Scope::Clinic(*clinic)).chain([Scope::Support]).collect();
    let LoggedCommand { at, id, command, subject, outcome, .. } = *line;
    audit::Line { at, actor, command, command_id: id.0, subject, outcome, scopes }.write(tx).await
}
