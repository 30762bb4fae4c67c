//! Reading: a question over records, answered on one snapshot and cut to what the asker may see.
//!
//! A question is a pure function of [`Facts`], like a rule: it says what it needs and runs again once that was fetched.

use std::collections::BTreeSet;

use axum::Json;
use mediconnect_domain::{Facts, Halt, Need, Refusal, Stored, access, access::Scope, decide, fetch::Page};
use uuid::Uuid;

use super::{
    gate::Identity,
    problem::{Answer, Problem},
};
use crate::{
    app::App,
    storage::{StoreError, Tx},
};

impl App {
    /// Answers a question.
    pub async fn ask<R, Q>(&self, question: Q) -> Answer<R>
    where
        R: Send + 'static,
        Q: Fn(&Facts) -> Result<R, Halt> + Clone + Send + Sync + 'static,
    {
        let answered = self.store().read(move |tx| {
            let question = question.clone();
            Box::pin(async move { ask(tx, question).await })
        });
        Ok(answered.await??)
    }
}

/// Answers a question inside a transaction.
pub async fn ask<R>(
    tx: &mut dyn Tx,
    question: impl Fn(&Facts) -> Result<R, Halt> + Send + Sync,
) -> Result<Result<R, Refusal>, StoreError> {
    let mut facts = Facts::default();
    loop {
        match question(&facts) {
            Ok(answer) => return Ok(Ok(answer)),
            Err(Halt::Refused(refusal)) => return Ok(Err(refusal)),
            Err(Halt::NotHeld) => return Err(StoreError::Corrupt("a server holds everything".into())),
            Err(Halt::Missing) => {
                let needs = decide::missing(&facts);
                let answers = tx.fetch(&needs).await?;
                needs.into_iter().zip(answers).for_each(|(need, answer)| facts.learn(need, answer));
            }
        }
    }
}

/// What the asker may see. Without an account: what everyone may.
pub fn scopes(facts: &Facts, app: &Moment, who: Option<&Identity>) -> Result<BTreeSet<Scope>, Halt> {
    match who {
        None => Ok(BTreeSet::from([Scope::Directory])),
        Some(who) => Ok(access::scopes_in(facts, who.account, app.now)?.unwrap_or_default()),
    }
}

/// When a question is asked.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub now: jiff::Timestamp,
}

/// The record, if the asker may see it; else it does not exist.
pub fn visible<T: Stored>(facts: &Facts, scopes: &BTreeSet<Scope>, id: impl Into<Uuid>) -> Result<T, Halt> {
    let record: T = facts.get(id)?;
    match access::readable(scopes, &record.scopes()) {
        true => Ok(record),
        false => Err(Refusal::NotFound { kind: T::KIND }.into()),
    }
}

/// Those records of an index that the asker may see.
pub fn visible_list<T: Stored>(facts: &Facts, scopes: &BTreeSet<Scope>, need: Need) -> Result<Vec<T>, Halt> {
    let mut records = facts.list::<T>(need)?;
    records.retain(|record| access::readable(scopes, &record.scopes()));
    Ok(records)
}

/// One record by its id.
pub async fn one<T>(app: &App, who: &Identity, id: impl Into<Uuid>) -> Answer<Json<T>>
where
    T: Stored + Send + 'static,
{
    let (moment, who, id) = (app.moment(), who.clone(), id.into());
    let found = app.ask(move |facts| visible::<T>(facts, &scopes(facts, &moment, Some(&who))?, id));
    found.await.map(Json)
}

/// The most items of a page, and how many where nothing is said.
pub const MOST: u8 = 100;
pub const USUAL: u8 = 50;

/// How many items were asked for.
pub fn limit(asked: Option<u8>) -> Answer<usize> {
    match asked.unwrap_or(USUAL) {
        limit @ 1..=MOST => Ok(limit.into()),
        _ => Err(Problem::field("limit", "must be between 1 and 100")),
    }
}

/// A page of a list that is at hand, after the item whose key is `cursor`. Keys are unique and in the list's order.
pub fn page<T>(
    items: Vec<T>,
    cursor: Option<&str>,
    limit: usize,
    key: impl Fn(&T) -> Uuid,
) -> Answer<Json<Page<T>>> {
    let from = match cursor {
        None => 0,
        Some(cursor) => {
            let last =
                Uuid::parse_str(cursor).map_err(|_| Problem::field("cursor", "is not from this list"))?;
            let at = items.iter().position(|item| key(item) == last);
            // The item may have left the list since: then start anew rather than leave something out.
            at.map_or(0, |at| at + 1)
        }
    };
    let more = items.len() > from + limit;
    let items: Vec<T> = items.into_iter().skip(from).take(limit).collect();
    let next_cursor = items.last().filter(|_| more).map(|last| key(last).to_string());
    Ok(Json(Page { items, next_cursor }))
}

/// All records that the asker's scopes lead to, by one index of each scope.
pub async fn of_scopes<T>(app: &App, who: Identity, need: fn(&Scope) -> Option<Need>) -> Answer<Vec<T>>
where
    T: Stored + Send + 'static,
{
    let moment = app.moment();
    app.ask(move |facts| {
        let scopes = scopes(facts, &moment, Some(&who))?;
        let needs: Vec<Need> = scopes.iter().filter_map(need).collect();
        facts.want(needs.clone())?;
        let lists = needs.into_iter().map(|need| visible_list(facts, &scopes, need));
        Ok(lists.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    })
    .await
}
