//! What belongs to an account: who it is, its notices, its settings, the doctors it keeps at hand, its reviews.

use std::sync::Arc;

use axum::{Json, extract::State, response::NoContent};
use mediconnect_domain::{
    AppointmentId, DoctorId, Need, NoticeId,
    accounts::Account,
    fetch::Page,
    notices::{Notice, read::MarkNoticesRead},
    record::Index,
    reviews::{Review, write::WriteReview},
    settings::{
        Follow, Settings,
        follow::{FollowDoctor, UnfollowDoctor},
        save::SaveSettings,
    },
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    extract::{Asked, At, Sent},
    gate::Identity,
    problem::Answer,
    read,
    route::{Policy, Route, delete, get, post, put},
    write::{Changed, Created, Write},
};
use crate::app::App;

pub fn routes() -> Vec<Route> {
    vec![
        get("/v1/account", Policy::Own, "Shows one's account.", account),
        get("/v1/notices", Policy::SignedIn, "Lists one's notices, the newest first.", notices),
        post("/v1/notices/read", Policy::SignedIn, "Marks notices as read.", mark_read),
        get("/v1/settings", Policy::SignedIn, "Shows one's settings.", settings),
        put("/v1/settings", Policy::SignedIn, "Saves one's settings.", save_settings),
        get("/v1/follows", Policy::SignedIn, "Lists the doctors one keeps at hand.", follows),
        put("/v1/follows/{id}", Policy::SignedIn, "Keeps a doctor at hand.", follow),
        delete("/v1/follows/{id}", Policy::SignedIn, "Keeps a doctor at hand no longer.", unfollow),
        post("/v1/patients/reviews", Policy::SignedIn, "Reviews a finished visit.", review),
    ]
}

async fn account(State(app): State<Arc<App>>, who: Identity) -> Answer<Json<Account>> {
    read::one(&app, &who, who.account).await
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Onward {
    cursor: Option<String>,
    limit: Option<u8>,
}

async fn notices(
    State(app): State<Arc<App>>,
    who: Identity,
    Asked(onward): Asked<Onward>,
) -> Answer<Json<Page<Notice>>> {
    let limit = read::limit(onward.limit)?;
    let found = app.ask(move |facts| {
        let mut notices = facts.list::<Notice>(Need::all(Index::NoticesOfAccount, who.account))?;
        notices.reverse();
        Ok(notices)
    });
    read::page(found.await?, onward.cursor.as_deref(), limit, |notice| notice.id.0)
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Seen {
    notice_ids: Vec<NoticeId>,
}

async fn mark_read(write: Write, Sent(seen): Sent<Seen>) -> Answer<NoContent> {
    write.run(MarkNoticesRead { notice_ids: seen.notice_ids }).await.map(|()| NoContent)
}

async fn settings(State(app): State<Arc<App>>, who: Identity) -> Answer<Json<Settings>> {
    read::one(&app, &who, who.account).await
}

async fn save_settings(write: Write, Sent(settings): Sent<SaveSettings>) -> Answer<Changed<Settings>> {
    let id = write.who.account;
    write.change(settings, id).await
}

async fn follows(State(app): State<Arc<App>>, who: Identity) -> Answer<Json<Page<Follow>>> {
    let found = app.ask(move |facts| facts.list::<Follow>(Need::all(Index::FollowsOfAccount, who.account)));
    Ok(Json(Page { items: found.await?, next_cursor: None }))
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AtHand {
    favourite: bool,
}

async fn follow(
    write: Write,
    At(doctor_id): At<DoctorId>,
    Sent(sent): Sent<AtHand>,
) -> Answer<Changed<Follow>> {
    let id = Follow::id_of(write.who.account, doctor_id);
    write.change(FollowDoctor { doctor_id, favourite: sent.favourite }, id).await
}

async fn unfollow(write: Write, At(doctor_id): At<DoctorId>) -> Answer<NoContent> {
    write.run(UnfollowDoctor { doctor_id }).await.map(|()| NoContent)
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewReview {
    appointment_id: AppointmentId,
    /// 1 to 5.
    stars: u8,
    text: String,
}

async fn review(write: Write, Sent(new): Sent<NewReview>) -> Answer<Created<Review>> {
    let NewReview { appointment_id, stars, text } = new;
    write.create(WriteReview { appointment_id, stars, text }, Review::id_of(appointment_id)).await
}
