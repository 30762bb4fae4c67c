//! Finding a doctor in the directory this device holds: words, filters, order.

use jiff::Timestamp;
use mediconnect_domain::{
    DoctorId, Money, RoleId, SpecialtyId, VisitTypeId,
    directory::{DoctorProfile, LocalText, Place, PractitionerRole},
    record::Index,
    scheduling::rules::Mode,
    settings::Follow,
};

use super::directory::{Directory, held_times, metres_between};
use crate::{Records, StoreError};

/// What is looked for. The default finds everyone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search {
    pub text: String,
    pub specialty: Option<SpecialtyId>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// At most this, in the minor unit of the role's own currency.
    pub max_fee_minor: Option<i64>,
    pub mode: Option<Mode>,
    /// Where the person is, or wants to be seen.
    pub near: Option<Place>,
    pub within_m: Option<u32>,
    pub favourites_only: bool,
    pub order: Order,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// What fits the words best, then who practises where the person lives, then the best rated.
    #[default]
    Best,
    Soonest,
    Nearest,
    Cheapest,
}

/// A doctor at one clinic, as a card shows them.
#[derive(Clone, Debug, PartialEq)]
pub struct DoctorCard {
    pub doctor_id: DoctorId,
    pub role_id: RoleId,
    /// What a time on the card books.
    pub visit_type_id: VisitTypeId,
    pub name: String,
    pub specialties: Vec<LocalText>,
    pub rating: Option<f64>,
    pub rating_count: u32,
    pub clinic: String,
    pub city: String,
    pub distance_m: Option<u32>,
    pub languages: Vec<String>,
    pub from_price: Option<Money>,
    pub video: bool,
    pub favourite: bool,
    /// The next free starts this device knows, at most three; `None` where it holds none of this doctor.
    pub times: Option<KnownTimes>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct KnownTimes {
    pub starts: Vec<Timestamp>,
    pub as_of: Timestamp,
}

/// How many times a card shows.
pub const TIMES_ON_A_CARD: usize = 3;

/// The doctors that fit, in the order asked for.
pub fn find(records: &Records, search: &Search, now: Timestamp) -> Result<Vec<DoctorCard>, StoreError> {
    let directory = Directory::read(records)?;
    let follows: Vec<Follow> = records.all_of(Index::FollowsOfAccount, records.account_id())?;
    let mut found = Vec::new();
    for role in &directory.roles {
        let Some((words, mut card)) = fits(&directory, role, search) else { continue };
        let follow = follows.iter().find(|follow| follow.doctor_id == role.doctor_id);
        card.favourite = follow.is_some_and(|follow| follow.favourite);
        if search.favourites_only && !card.favourite {
            continue;
        }
        if follow.is_some() {
            let held = held_times(records, role, card.visit_type_id, now)?;
            card.times = held.map(|held| KnownTimes {
                starts: held.starts.into_iter().take(TIMES_ON_A_CARD).collect(),
                as_of: held.as_of,
            });
        }
        found.push((Fit { words, at_home: directory.is_at_home(role) }, card));
    }
    sort(&mut found, search.order);
    Ok(found.into_iter().map(|(_, card)| card).collect())
}

/// How well a doctor fits what is looked for; the better fit is the greater.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    words: u32,
    at_home: bool,
}

/// The card of a role, and how well it fits the words; `None` where it does not fit.
fn fits(directory: &Directory, role: &PractitionerRole, search: &Search) -> Option<(u32, DoctorCard)> {
    let doctor = &directory.doctors[&role.doctor_id];
    let clinic = &directory.clinics[&role.clinic_id].details;
    let specialties = directory.specialties_of(doctor);
    let score = score(&search.text, doctor, &specialties, &[&clinic.name, &clinic.address.city])?;
    let distance_m = search.near.map(|near| metres_between(near, clinic.place));
    let prices = || role.offerings.iter().filter(|one| search.mode.is_none_or(|mode| one.mode == mode));
    let fee_fits = |max: i64| prices().any(|one| one.price.amount_minor <= max);
    let fits = search.specialty.is_none_or(|id| doctor.details.specialties.contains(&id))
        && search.language.as_ref().is_none_or(|language| doctor.details.languages.contains(language))
        && search.max_fee_minor.is_none_or(fee_fits)
        && search.within_m.is_none_or(|within| distance_m.is_none_or(|distance| distance <= within));
    let rating = directory.ratings.get(&role.doctor_id);
    let first = prices().next().filter(|_| fits)?;
    Some((
        score,
        DoctorCard {
            doctor_id: role.doctor_id,
            role_id: role.id,
            visit_type_id: first.visit_type_id,
            name: doctor.details.name.clone(),
            specialties,
            rating: rating.and_then(|rating| rating.mean()),
            rating_count: rating.map_or(0, |rating| rating.count()),
            clinic: clinic.name.clone(),
            city: clinic.address.city.clone(),
            distance_m,
            languages: doctor.details.languages.clone(),
            from_price: prices().map(|one| one.price).min_by_key(|price| price.amount_minor),
            video: role.offerings.iter().any(|one| one.mode == Mode::Video),
            favourite: false,
            times: None,
        },
    ))
}

/// How well a doctor fits the words: every word must be found somewhere; the name counts most.
fn score(text: &str, doctor: &DoctorProfile, specialties: &[LocalText], places: &[&str]) -> Option<u32> {
    let folded = |text: &str| text.to_lowercase();
    let name = folded(&doctor.details.name);
    let names: Vec<String> = specialties.iter().flat_map(|one| [folded(&one.en), folded(&one.hi)]).collect();
    let places: Vec<String> = places.iter().map(|place| folded(place)).collect();
    let about = folded(&doctor.details.about);
    let score_of = |word: &str| {
        let starts = |text: &String| text.split_whitespace().any(|part| part.starts_with(word));
        match () {
            () if starts(&name) => Some(8),
            () if names.iter().any(starts) => Some(6),
            () if places.iter().any(starts) => Some(4),
            () if names.iter().any(|name| name.contains(word)) => Some(3),
            () if about.contains(word) => Some(1),
            () => None,
        }
    };
    folded(text).split_whitespace().map(score_of).sum()
}

fn sort(found: &mut [(Fit, DoctorCard)], order: Order) {
    let rating = |card: &DoctorCard| (card.rating.unwrap_or_default() * 100.0) as i64;
    found.sort_by(|(fit_a, a), (fit_b, b)| {
        let best = fit_b.cmp(fit_a).then(rating(b).cmp(&rating(a))).then(a.name.cmp(&b.name));
        match order {
            Order::Best => best,
            Order::Soonest => soonest(a).cmp(&soonest(b)).then(best),
            Order::Nearest => {
                a.distance_m.unwrap_or(u32::MAX).cmp(&b.distance_m.unwrap_or(u32::MAX)).then(best)
            }
            Order::Cheapest => {
                let price = |card: &DoctorCard| card.from_price.map_or(i64::MAX, |price| price.amount_minor);
                price(a).cmp(&price(b)).then(best)
            }
        }
    });
}

/// The first known time; cards without one come last.
pub fn soonest(card: &DoctorCard) -> Timestamp {
    card.times.as_ref().and_then(|times| times.starts.first().copied()).unwrap_or(Timestamp::MAX)
}

/// Puts the times that the server knows on the cards, in place of those held, and sorts anew by them if asked.
pub fn with_times(
    mut cards: Vec<DoctorCard>,
    answer: &mediconnect_domain::fetch::times::NextFreeAnswer,
    now: Timestamp,
    order: Order,
) -> Vec<DoctorCard> {
    for card in &mut cards {
        if let Some(times) = answer.roles.iter().find(|times| times.role_id == card.role_id) {
            card.visit_type_id = times.visit_type_id;
            // What the server said may be some time ago: it is kept for when it cannot be reached.
            let ahead = times.starts.iter().copied().filter(|start| *start > now);
            card.times =
                Some(KnownTimes { starts: ahead.take(TIMES_ON_A_CARD).collect(), as_of: answer.as_of });
        }
    }
    if order == Order::Soonest {
        cards.sort_by_key(soonest);
    }
    cards
}

#[cfg(test)]
mod tests {
    use mediconnect_domain::{
        Record,
        fetch::times::{NextFreeAnswer, RoleTimes},
        settings::Follow,
    };

    use super::*;
    use crate::views::patient::examples::*;

    fn names(search: Search) -> Vec<String> {
        let records = directory();
        let found = read(&records, |records| find(records, &search, now()));
        found.into_iter().map(|card| card.name).collect()
    }

    fn words(text: &str) -> Search {
        Search { text: text.into(), ..Search::default() }
    }

    #[test]
    fn words_find_names_specialties_in_both_languages_and_places() {
        assert_eq!(names(words("")), ["Dr. Asha Rao", "Dr. Ben Okafor"]);
        assert_eq!(names(words("okaf")), ["Dr. Ben Okafor"]);
        assert_eq!(names(words("cardio")), ["Dr. Asha Rao"]);
        assert_eq!(names(words("हृदय")), ["Dr. Asha Rao"]);
        assert_eq!(names(words("berlin")), ["Dr. Ben Okafor"]);
        assert!(names(words("rao berlin")).is_empty());
    }

    #[test]
    fn who_practises_where_the_person_lives_comes_before_the_better_rated() {
        let living_in = |zone: &str| {
            let zone = mediconnect_domain::Zone::new(zone).expect("a zone");
            let mut records = directory();
            let language = mediconnect_domain::settings::Language::En;
            records.push(mediconnect_domain::settings::Settings::new(account_id(), language, zone).into());
            let found = read(&records, |records| find(records, &Search::default(), now()));
            found[0].city.clone()
        };
        assert_eq!([living_in("Europe/Berlin"), living_in("Asia/Kolkata")], ["Berlin", "Mumbai"]);
    }

    #[test]
    fn filters_narrow_and_work_together() {
        let video = Search { mode: Some(Mode::Video), ..Search::default() };
        assert_eq!(names(video), ["Dr. Asha Rao"]);
        let cheap = Search { max_fee_minor: Some(70_00), ..Search::default() };
        assert_eq!(names(cheap), ["Dr. Ben Okafor"]);
        let german = Search { language: Some("de".into()), ..Search::default() };
        assert_eq!(names(german), ["Dr. Ben Okafor"]);
        let both = Search { language: Some("de".into()), mode: Some(Mode::Video), ..Search::default() };
        assert!(names(both).is_empty());
    }

    #[test]
    fn near_sorts_by_distance_and_within_leaves_out_the_far() {
        let berlin = Some(Place { latitude: 52.5, longitude: 13.4 });
        let nearest = Search { near: berlin, order: Order::Nearest, ..Search::default() };
        assert_eq!(names(nearest), ["Dr. Ben Okafor", "Dr. Asha Rao"]);
        let close = Search { near: berlin, within_m: Some(10_000), ..Search::default() };
        assert_eq!(names(close), ["Dr. Ben Okafor"]);
    }

    #[test]
    fn times_come_from_the_device_for_followed_doctors_and_from_the_server_where_it_answered() {
        let mut rows = directory();
        let follow = Follow {
            id: Follow::id_of(account_id(), doctor_id(0)),
            account_id: account_id(),
            doctor_id: doctor_id(0),
            favourite: true,
            at: now(),
        };
        let week = availability("2026-03-02T00:00:00Z", "60:00fe", "2026-03-01T12:00:00Z");
        rows.extend([Record::from(follow), Record::from(week)]);
        let cards = read(&rows, |records| find(records, &Search::default(), now()));
        assert!(cards[0].favourite);
        assert_eq!(cards[0].times.as_ref().expect("held").starts.len(), 3);
        assert_eq!(cards[1].times, None);

        let first = at("2026-03-02T08:00:00Z");
        let times = RoleTimes { role_id: role_id(1), visit_type_id: visit_type_id(), starts: vec![first] };
        let answer = NextFreeAnswer { roles: vec![times], as_of: now() };
        let cards = with_times(cards, &answer, now(), Order::Soonest);
        assert_eq!(cards[0].role_id, role_id(1), "the soonest is first");
        assert_eq!(soonest(&cards[0]), first);
    }
}
