//! Finding a doctor: words, filters, and times that book with one tap. Works without network on what this device holds.

use dioxus::prelude::*;
use jiff::Timestamp;
use mediconnect_app::{AsOf, Status, instead_of_list, use_device};
use mediconnect_core::{
    Fetched,
    views::patient::{
        directory::Directory,
        find::{DoctorCard, Order, Search, TIMES_ON_A_CARD, find, with_times},
    },
};
use mediconnect_domain::{
    SpecialtyId,
    directory::{LocalText, Place},
    fetch::times::{NextFree, NextFreeAnswer},
    scheduling::rules::Mode,
};
use mediconnect_ui::{
    Avatar, Button, ButtonKind, ChoiceOption, Choices, EmptyState, FilterChip, FilterChips, Glyph, Icon,
    PictureKind, Rating, Screen, SearchField, Sheet, Texts, calendar::TimeButtons, use_now, use_texts,
};

use crate::{drafts::use_drafts, following, frame::Tabs, route::Route, words};

/// A sheet that a chip opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choosing {
    Specialty,
    Distance,
    Order,
    Language,
    Fee,
}

#[component]
pub fn Find() -> Element {
    let t = use_texts();
    let device = use_device();
    let drafts = use_drafts();
    let mut search = drafts.search;
    let choosing = use_signal(|| None::<Choosing>);
    let now = use_now();
    let shown = device.read(|records| find(records, &search.read(), now));
    let times = use_times(shown.as_ref().map(|cards| role_ids(cards)).unwrap_or_default());
    let order = search.read().order;
    let shown = shown.map(|cards| match times().flatten() {
        Some(fetched) => with_times(cards, &fetched.answer, now, order),
        None => cards,
    });
    let instead = instead_of_list(&shown, device.is_first_sync(), || rsx! { NobodyFound {} });
    rsx! {
        Screen { title: t.get("patient-find"), line: rsx! { Status {} }, tabs: rsx! { Tabs { current: "find" } },
            div { class: "stack",
                SearchField {
                    label: t.get("patient-find-hint"),
                    value: search.read().text.clone(),
                    on_change: move |text| search.write().text = text,
                    on_search: move |()| drafts.remember_search(),
                }
                Recent {}
                Chips { choosing }
            }
            AsOf {}
            if let Some(instead) = instead {
                {instead}
            } else if let Ok(cards) = shown {
                p { class: "small muted", role: "status", {t.with("patient-doctors-found", &[("n", cards.len().into())])} }
                ul { class: "stack",
                    for card in cards {
                        li { key: "{card.role_id}", DoctorResult { card } }
                    }
                }
            }
            Filters { choosing }
        }
    }
}

fn role_ids(cards: &[DoctorCard]) -> String {
    // As many as the server answers at once; whoever scrolls further sees times on the doctor's page.
    cards.iter().take(50).map(|card| card.role_id.to_string()).collect::<Vec<_>>().join(",")
}

/// The next free times of these roles as the server knows them; `None` without network.
fn use_times(role_ids: String) -> Resource<Option<Fetched<NextFreeAnswer>>> {
    let device = use_device();
    use_resource(use_reactive!(|role_ids| async move {
        if role_ids.is_empty() {
            return None;
        }
        device.fetch(NextFree { role_ids, visit_type_id: None, count: TIMES_ON_A_CARD as u8 }).await
    }))
}

/// What was looked for before, while the field is empty.
#[component]
fn Recent() -> Element {
    let t = use_texts();
    let drafts = use_drafts();
    let mut search = drafts.search;
    let recent = (drafts.recent_searches)();
    if recent.is_empty() || !search.read().text.is_empty() {
        return rsx! {};
    }
    rsx! {
        FilterChips { label: t.get("patient-recent"),
            for text in recent {
                FilterChip {
                    key: "{text}",
                    selected: false,
                    glyph: Glyph::History,
                    onclick: {
                        let text = text.clone();
                        move |()| search.write().text = text.clone()
                    },
                    {text}
                }
            }
        }
    }
}

#[component]
fn Chips(mut choosing: Signal<Option<Choosing>>) -> Element {
    let t = use_texts();
    let mut search = use_drafts().search;
    let device = use_device();
    let now = search.read().clone();
    let directory = device.read(Directory::read).unwrap_or_default();
    let specialty =
        now.specialty.and_then(|id| directory.specialties.get(&id)).map(|one| words::local(t, &one.name));
    let language = now.language.as_ref().map(|code| words::spoken_language(t, code));
    let open = |what| move |()| choosing.set(Some(what));
    rsx! {
        FilterChips { label: t.get("patient-filters"),
            FilterChip { selected: specialty.is_some(), opens: true, onclick: open(Choosing::Specialty),
                {specialty.unwrap_or_else(|| t.get("patient-filter-specialty"))}
            }
            FilterChip { selected: now.near.is_some(), opens: true, onclick: open(Choosing::Distance),
                {now.within_m.map_or_else(|| t.get("patient-filter-distance"), |within| t.distance(within))}
            }
            FilterChip { selected: now.order != Order::Best, opens: true, glyph: Glyph::Sort, onclick: open(Choosing::Order),
                {order_words(t, now.order)}
            }
            FilterChip { selected: language.is_some(), opens: true, onclick: open(Choosing::Language),
                {language.unwrap_or_else(|| t.get("patient-filter-language"))}
            }
            FilterChip { selected: now.max_fee_minor.is_some(), opens: true, onclick: open(Choosing::Fee),
                {now.max_fee_minor.map_or_else(|| t.get("patient-filter-fee"), |most| fee_words(t, most))}
            }
            FilterChip {
                selected: now.mode == Some(Mode::Video),
                glyph: Glyph::Video,
                onclick: move |()| {
                    let on = search.read().mode == Some(Mode::Video);
                    search.write().mode = (!on).then_some(Mode::Video);
                },
                {t.get("patient-filter-video")}
            }
            FilterChip {
                selected: now.favourites_only,
                glyph: Glyph::Heart,
                onclick: move |()| {
                    let on = search.read().favourites_only;
                    search.write().favourites_only = !on;
                },
                {t.get("patient-filter-favourites")}
            }
        }
    }
}

fn order_words(t: Texts, order: Order) -> String {
    t.get(match order {
        Order::Best => "patient-order-best",
        Order::Soonest => "patient-order-soonest",
        Order::Nearest => "patient-order-nearest",
        Order::Cheapest => "patient-order-cheapest",
    })
}

fn fee_words(t: Texts, most_minor: i64) -> String {
    t.with("patient-fee-up-to", &[("amount", t.number(most_minor / 100).into())])
}

/// The sheets in which filters are chosen.
#[component]
fn Filters(mut choosing: Signal<Option<Choosing>>) -> Element {
    let t = use_texts();
    let device = use_device();
    let mut search = use_drafts().search;
    let directory = device.read(Directory::read).unwrap_or_default();
    let close = move |()| choosing.set(None);
    let any = || ChoiceOption::new("", t.get("patient-any"));
    let now = search.read().clone();
    let specialties: Vec<(SpecialtyId, LocalText)> =
        directory.specialties_on_offer().into_iter().map(|one| (one.id, one.name.clone())).collect();
    let of_specialties =
        specialties.iter().map(|(id, name)| ChoiceOption::new(id.to_string(), words::local(t, name)));
    let of_languages = directory
        .languages_on_offer()
        .into_iter()
        .map(|code| ChoiceOption::new(code.clone(), words::spoken_language(t, &code)));
    let fees = FEES_MINOR.map(|most| ChoiceOption::new(most.to_string(), fee_words(t, most)));
    let orders = ORDERS.map(|order| ChoiceOption::new((order as u8).to_string(), order_words(t, order)));
    rsx! {
        Sheet { open: choosing() == Some(Choosing::Specialty), title: t.get("patient-filter-specialty"), on_close: close,
            Choices {
                label: t.get("patient-filter-specialty-question"),
                options: std::iter::once(any()).chain(of_specialties).collect::<Vec<_>>(),
                value: now.specialty.map(|id| id.to_string()).unwrap_or_default(),
                on_change: move |id: String| {
                    search.write().specialty = id.parse().ok();
                    choosing.set(None);
                },
            }
        }
        Sheet { open: choosing() == Some(Choosing::Order), title: t.get("patient-order"), on_close: close,
            Choices {
                label: t.get("patient-order-question"),
                options: orders.to_vec(),
                value: (now.order as u8).to_string(),
                on_change: move |order: String| {
                    let chosen = ORDERS.into_iter().find(|one| (*one as u8).to_string() == order);
                    search.write().order = chosen.unwrap_or_default();
                    choosing.set(None);
                },
            }
        }
        Sheet { open: choosing() == Some(Choosing::Language), title: t.get("patient-filter-language"), on_close: close,
            Choices {
                label: t.get("patient-filter-language-question"),
                options: std::iter::once(any()).chain(of_languages).collect::<Vec<_>>(),
                value: now.language.clone().unwrap_or_default(),
                on_change: move |code: String| {
                    search.write().language = (!code.is_empty()).then_some(code);
                    choosing.set(None);
                },
            }
        }
        Sheet { open: choosing() == Some(Choosing::Fee), title: t.get("patient-filter-fee"), on_close: close,
            Choices {
                label: t.get("patient-filter-fee-question"),
                help: t.get("patient-filter-fee-help"),
                options: std::iter::once(any()).chain(fees).collect::<Vec<_>>(),
                value: now.max_fee_minor.map(|most| most.to_string()).unwrap_or_default(),
                on_change: move |most: String| {
                    search.write().max_fee_minor = most.parse().ok();
                    choosing.set(None);
                },
            }
        }
        Sheet { open: choosing() == Some(Choosing::Distance), title: t.get("patient-filter-distance"), on_close: close,
            Near { on_done: close }
        }
    }
}

const ORDERS: [Order; 4] = [Order::Best, Order::Soonest, Order::Nearest, Order::Cheapest];
/// In hundredths of the doctor's own currency.
const FEES_MINOR: [i64; 5] = [3_000, 6_000, 10_000, 50_000, 100_000];
const DISTANCES_M: [u32; 4] = [2_000, 5_000, 20_000, 100_000];

/// Asks the device where it is; nothing leaves the device.
const WHERE_AM_I: &str = r#"
    return await new Promise((resolve) => {
        if (!navigator.geolocation) return resolve(null);
        navigator.geolocation.getCurrentPosition(
            ({ coords }) => resolve([coords.latitude, coords.longitude]),
            () => resolve(null),
            { timeout: 10000, maximumAge: 600000 },
        );
    });
"#;

/// From where to measure, and how far.
#[component]
fn Near(on_done: EventHandler<()>) -> Element {
    let t = use_texts();
    let device = use_device();
    let mut search = use_drafts().search;
    let mut failed = use_signal(|| false);
    let directory = device.read(Directory::read).unwrap_or_default();
    let mut cities: Vec<(String, Place)> = directory
        .clinics
        .values()
        .map(|clinic| (clinic.details.address.city.clone(), clinic.details.place))
        .collect();
    cities.sort_by(|a, b| a.0.cmp(&b.0));
    cities.dedup_by(|a, b| a.0 == b.0);
    let near = search.read().near;
    let chosen = cities.iter().find(|(_, place)| Some(*place) == near).map(|(city, _)| city.clone());
    let mut from_here = move |place: Option<Place>| {
        let mut search = search.write();
        search.near = place;
        search.order = if place.is_some() { Order::Nearest } else { Order::Best };
        if place.is_none() {
            search.within_m = None;
        }
    };
    let locate = move |()| {
        spawn(async move {
            let found = document::eval(WHERE_AM_I).join::<Option<(f64, f64)>>().await.ok().flatten();
            failed.set(found.is_none());
            if let Some((latitude, longitude)) = found {
                from_here(Some(Place { latitude, longitude }));
            }
        });
    };
    let options = |cities: &[(String, Place)]| {
        let anywhere = ChoiceOption::new("", t.get("patient-anywhere"));
        let named = cities.iter().map(|(city, _)| ChoiceOption::new(city.clone(), city.clone()));
        std::iter::once(anywhere).chain(named).collect::<Vec<_>>()
    };
    let distances = DISTANCES_M.map(|metres| ChoiceOption::new(metres.to_string(), t.distance(metres)));
    rsx! {
        Button { kind: ButtonKind::Secondary, glyph: Glyph::Pin, onclick: locate, {t.get("patient-near-me")} }
        p { class: "small muted", {t.get("patient-near-me-help")} }
        if failed() {
            p { class: "notice", role: "alert", "data-tone": "caution",
                Icon { glyph: Glyph::Alert }
                span { {t.get("patient-near-me-failed")} }
            }
        }
        Choices {
            label: t.get("patient-near-city"),
            options: options(&cities),
            value: chosen.unwrap_or_default(),
            on_change: move |city: String| {
                from_here(cities.iter().find(|(name, _)| *name == city).map(|(_, place)| *place));
            },
        }
        if near.is_some() {
            Choices {
                label: t.get("patient-within"),
                options: std::iter::once(ChoiceOption::new("", t.get("patient-any"))).chain(distances).collect::<Vec<_>>(),
                value: search.read().within_m.map(|within| within.to_string()).unwrap_or_default(),
                on_change: move |within: String| search.write().within_m = within.parse().ok(),
            }
        }
        Button { wide: true, onclick: move |()| on_done.call(()), {t.get("action-done")} }
    }
}

/// A doctor in the list. The times book; the rest leads to the doctor's page.
#[component]
fn DoctorResult(card: DoctorCard) -> Element {
    let t = use_texts();
    let device = use_device();
    let drafts = use_drafts();
    let (id, role, visit_type) = (card.doctor_id, card.role_id, card.visit_type_id);
    let book = move |start: Timestamp| {
        following::view(device, id);
        navigator().push(Route::confirm(role, visit_type, start, None));
    };
    // Many clinics carry their city's name already.
    let city = (!card.clinic.contains(&card.city)).then(|| card.city.clone());
    let place: Vec<String> =
        [Some(card.clinic.clone()), city, card.distance_m.map(|metres| t.distance(metres))]
            .into_iter()
            .flatten()
            .collect();
    rsx! {
        article { class: "card doctor-card", aria_label: card.name.clone(),
            button {
                class: "doctor-card__head",
                r#type: "button",
                onclick: move |_| {
                    drafts.remember_search();
                    navigator().push(Route::Doctor { id });
                },
                Avatar { name: card.name.clone() }
                span { class: "visit-card__words",
                    span { class: "strong as-block",
                        {card.name.clone()}
                        if card.favourite {
                            span { class: "doctor-card__favourite", role: "img", aria_label: t.get("patient-favourite"),
                                Icon { glyph: Glyph::Heart }
                            }
                        }
                    }
                    span { class: "small muted as-block", {words::locals(t, &card.specialties)} }
                    Rating { mean: card.rating.unwrap_or_default(), count: card.rating_count }
                    span { class: "small muted as-block", {place.join(" · ")} }
                    span { class: "small muted as-block",
                        {words::spoken_languages(t, &card.languages)}
                        if card.video {
                            " · "
                            {t.get("app-mode-video")}
                        }
                        if let Some(price) = card.from_price {
                            " · "
                            {t.with("patient-from-price", &[("price", words::money(t, price).into())])}
                        }
                    }
                }
            }
            match card.times.clone() {
                Some(times) if times.starts.is_empty() => rsx! {
                    p { class: "small muted", {t.get("patient-no-time-soon")} }
                },
                Some(times) => rsx! {
                    TimeButtons { subject: card.name.clone(), times: times.starts, on_choose: book }
                },
                None => rsx! {
                    Button {
                        small: true,
                        kind: ButtonKind::Secondary,
                        onclick: move |()| {
                            navigator().push(Route::times(role, visit_type, None));
                        },
                        {t.get("patient-see-times")}
                    }
                },
            }
        }
    }
}

#[component]
fn NobodyFound() -> Element {
    let t = use_texts();
    let mut search = use_drafts().search;
    rsx! {
        EmptyState { picture: PictureKind::Search, title: t.get("patient-nobody-found"), text: t.get("patient-nobody-found-text"),
            Button {
                kind: ButtonKind::Secondary,
                onclick: move |()| search.set(Search::default()),
                {t.get("patient-clear-filters")}
            }
            Button {
                kind: ButtonKind::Quiet,
                onclick: |()| {
                    navigator().push(Route::Ask {});
                },
                {t.get("patient-ask-clinic")}
            }
        }
    }
}
