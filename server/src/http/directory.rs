//! What everyone may see: doctors, clinics, specialties, kinds of visit, reviews.

use std::{collections::HashMap, sync::Arc};

use axum::{Json, extract::State};
use mediconnect_domain::{
    ClinicId, DoctorId, Need, SpecialtyId, Stored,
    access::Scope,
    directory::{Clinic, DoctorProfile, PractitionerRole, Specialty, VisitType},
    fetch::Page,
    record::Index,
    reviews::{Rating, Review},
    scheduling::rules::Mode,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    extract::{Asked, At},
    listing,
    problem::Answer,
    read,
    route::{Policy, Route, get},
};
use crate::app::App;

pub fn routes() -> Vec<Route> {
    vec![
        get("/v1/doctors/search", Policy::Public, "Searches listed doctors.", search),
        get("/v1/doctors/{id}/public", Policy::Public, "Shows a listed doctor's page.", public),
        get(
            "/v1/doctors/{id}/reviews",
            Policy::Public,
            "Lists a doctor's reviews, the newest first.",
            reviews,
        ),
        get("/v1/specializations", Policy::Public, "Lists the specialties.", all_of::<Specialty>),
        get("/v1/clinics", Policy::Public, "Lists the clinics.", all_of::<Clinic>),
        get("/v1/visit-types", Policy::Public, "Lists the kinds of visit.", all_of::<VisitType>),
    ]
}

async fn all_of<T>(State(app): State<Arc<App>>) -> Answer<Json<Page<T>>>
where
    T: Stored + JsonSchema + Send + 'static,
{
    Ok(Json(Page { items: everything(&app).await?, next_cursor: None }))
}

/// All records of a kind that are in the directory.
async fn everything<T: Stored + Send + 'static>(app: &App) -> Answer<Vec<T>> {
    let found = app.store().read(|tx| Box::pin(listing::all_in(tx, Scope::Directory, T::KIND)));
    Ok(found.await?.iter().filter_map(|row| row.read()).collect())
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// Words of the name or the page.
    text: Option<String>,
    specialty_id: Option<SpecialtyId>,
    clinic_id: Option<ClinicId>,
    /// Two letters (ISO 639-1).
    language: Option<String>,
    mode: Option<Mode>,
    /// At most this price, in minor units of the clinic's currency.
    price_until_minor: Option<i64>,
    sort: Option<Order>,
    cursor: Option<String>,
    limit: Option<u8>,
}

#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Order {
    #[default]
    Name,
    Rating,
    Price,
}

/// A doctor as a search finds them.
#[derive(Serialize, JsonSchema)]
struct DoctorLine {
    doctor: DoctorProfile,
    roles: Vec<PractitionerRole>,
    /// 1.0 to 5.0.
    rating: Option<f64>,
    reviews: u32,
}

async fn search(State(app): State<Arc<App>>, Asked(wanted): Asked<Wanted>) -> Answer<Json<Page<DoctorLine>>> {
    let limit = read::limit(wanted.limit)?;
    let mut lines = lines(&app).await?;
    lines.retain(|line| fits(line, &wanted));
    let price = |line: &DoctorLine| {
        line.roles.iter().filter_map(PractitionerRole::from_price).map(|p| p.amount_minor).min()
    };
    match wanted.sort.unwrap_or_default() {
        Order::Name => lines.sort_by_cached_key(|line| line.doctor.details.name.to_lowercase()),
        Order::Rating => lines.sort_by(|a, b| b.rating.unwrap_or(0.0).total_cmp(&a.rating.unwrap_or(0.0))),
        Order::Price => lines.sort_by_key(|line| price(line).unwrap_or(i64::MAX)),
    }
    read::page(lines, wanted.cursor.as_deref(), limit, |line| line.doctor.id.0)
}

async fn lines(app: &App) -> Answer<Vec<DoctorLine>> {
    let mut roles: HashMap<DoctorId, Vec<PractitionerRole>> = HashMap::new();
    for role in everything::<PractitionerRole>(app).await? {
        roles.entry(role.doctor_id).or_default().push(role);
    }
    let ratings: HashMap<DoctorId, Rating> =
        everything::<Rating>(app).await?.into_iter().map(|rating| (rating.doctor_id, rating)).collect();
    let doctors = everything::<DoctorProfile>(app).await?.into_iter();
    Ok(doctors.map(|doctor| line(&ratings, roles.remove(&doctor.id).unwrap_or_default(), doctor)).collect())
}

fn line(
    ratings: &HashMap<DoctorId, Rating>,
    roles: Vec<PractitionerRole>,
    doctor: DoctorProfile,
) -> DoctorLine {
    let rating = ratings.get(&doctor.id);
    DoctorLine {
        rating: rating.and_then(Rating::mean),
        reviews: rating.map_or(0, Rating::count),
        roles,
        doctor,
    }
}

fn fits(line: &DoctorLine, wanted: &Wanted) -> bool {
    let details = &line.doctor.details;
    let has_words = |text: &String| {
        let page = format!("{} {}", details.name, details.about).to_lowercase();
        text.to_lowercase().split_whitespace().all(|word| page.contains(word))
    };
    let offerings = || line.roles.iter().flat_map(|role| &role.offerings);
    wanted.text.as_ref().is_none_or(has_words)
        && wanted.specialty_id.is_none_or(|id| details.specialties.contains(&id))
        && wanted.clinic_id.is_none_or(|id| line.roles.iter().any(|role| role.clinic_id == id))
        && wanted.language.as_ref().is_none_or(|language| details.languages.contains(language))
        && wanted.mode.is_none_or(|mode| offerings().any(|offering| offering.mode == mode))
        && wanted
            .price_until_minor
            .is_none_or(|most| offerings().any(|offering| offering.price.amount_minor <= most))
}

async fn public(State(app): State<Arc<App>>, At(id): At<DoctorId>) -> Answer<Json<DoctorLine>> {
    let moment = app.moment();
    let found = app.ask(move |facts| {
        let scopes = read::scopes(facts, &moment, None)?;
        let roles = Need::all(Index::RolesOfDoctor, id);
        facts.want([Need::record::<DoctorProfile>(id), Need::record::<Rating>(id), roles.clone()])?;
        let doctor = read::visible(facts, &scopes, id)?;
        let ratings = facts.find::<Rating>(id)?.into_iter().map(|rating| (id, rating)).collect();
        Ok(line(&ratings, read::visible_list(facts, &scopes, roles)?, doctor))
    });
    found.await.map(Json)
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Onward {
    cursor: Option<String>,
    limit: Option<u8>,
}

async fn reviews(
    State(app): State<Arc<App>>,
    At(id): At<DoctorId>,
    Asked(onward): Asked<Onward>,
) -> Answer<Json<Page<Review>>> {
    let limit = read::limit(onward.limit)?;
    let moment = app.moment();
    let found = app.ask(move |facts| {
        let scopes = read::scopes(facts, &moment, None)?;
        let _listed: DoctorProfile = read::visible(facts, &scopes, id)?;
        let mut reviews =
            read::visible_list::<Review>(facts, &scopes, Need::all(Index::ReviewsOfDoctor, id))?;
        reviews.reverse();
        Ok(reviews)
    });
    read::page(found.await?, onward.cursor.as_deref(), limit, |review| review.id.0)
}
