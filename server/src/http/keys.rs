//! The public half of others' keys.

use std::{collections::BTreeSet, sync::Arc};

use axum::{Json, extract::State};
use mediconnect_domain::{
    AccountId, Facts, Halt, Need,
    accounts::Account,
    directory::{Doctor, DoctorProfile},
    fetch::{
        Fetch, Page,
        keys::{KeysOfDoctor, KeysOfVault, PublicKeys},
    },
    keys::KeyRing,
    vaults::Vault,
};

use super::{
    extract::Asked,
    gate::Identity,
    problem::Answer,
    read,
    route::{Policy, Route, get},
};
use crate::app::App;

pub fn routes() -> Vec<Route> {
    vec![
        get(KeysOfDoctor::PATH, Policy::SignedIn, "Shows the public keys of a listed doctor.", of_doctor),
        get(
            KeysOfVault::PATH,
            Policy::SignedIn,
            "Lists the public keys of a vault's members, for those who may see it.",
            of_vault,
        ),
    ]
}

async fn of_doctor(
    State(app): State<Arc<App>>,
    who: Identity,
    Asked(asked): Asked<KeysOfDoctor>,
) -> Answer<Json<Page<PublicKeys>>> {
    let moment = app.moment();
    let found = app.ask(move |facts| {
        let scopes = read::scopes(facts, &moment, Some(&who))?;
        read::visible::<DoctorProfile>(facts, &scopes, asked.doctor_id)?;
        let doctor: Doctor = facts.get(asked.doctor_id)?;
        of_accounts(facts, BTreeSet::from([doctor.account_id]))
    });
    found.await.map(Json)
}

async fn of_vault(
    State(app): State<Arc<App>>,
    who: Identity,
    Asked(asked): Asked<KeysOfVault>,
) -> Answer<Json<Page<PublicKeys>>> {
    let moment = app.moment();
    let found = app.ask(move |facts| {
        let scopes = read::scopes(facts, &moment, Some(&who))?;
        let vault: Vault = read::visible(facts, &scopes, asked.vault_id)?;
        let members = vault.members.iter().map(|member| member.account_id);
        of_accounts(facts, vault.writers.iter().copied().chain(members).collect())
    });
    found.await.map(Json)
}

fn of_accounts(facts: &Facts, accounts: BTreeSet<AccountId>) -> Result<Page<PublicKeys>, Halt> {
    let needs = |account: &AccountId| [Need::record::<KeyRing>(*account), Need::record::<Account>(*account)];
    facts.want(accounts.iter().flat_map(needs))?;
    let mut items = Vec::with_capacity(accounts.len());
    for account in accounts {
        let (ring, own) = (facts.find::<KeyRing>(account)?, facts.find::<Account>(account)?);
        items.extend(ring.zip(own).map(|(ring, own)| PublicKeys::of(ring, &own.role)));
    }
    Ok(Page { items, next_cursor: None })
}
