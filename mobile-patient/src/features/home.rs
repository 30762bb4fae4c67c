//! The first screen of somebody who is signed in.

use dioxus::prelude::*;
use mediconnect_app::{
    SessionEnded, Status, StoreFailed,
    screens::{EmailCard, WordsWait},
    use_device,
};
use mediconnect_core::views::patient::home::{Greeting, NextVisit, Waits, home};
use mediconnect_ui::{
    Avatar, Button, ButtonKind, Card, Glyph, IconButton, ListRow, PendingClock, Screen, Section, Skeleton,
    StatusChip, Texts, use_now, use_reader, use_texts,
};

use crate::{
    calendar_file::AddToCalendar,
    frame::Tabs,
    parts::{OtherZone, PlaceOffer, RefusalCards, RequestOffer},
    route::Route,
    words,
};

#[component]
pub fn Home() -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let pending = device.pending();
    let now = use_now();
    let shown = device.read(|records| home(records, &pending, &reader.zone(), now));
    let (title, unread) = match &shown {
        Ok(home) => (greeting(t, home.greeting, &home.first_name), home.unread),
        Err(_) => (t.get("app-name"), 0),
    };
    let actions = rsx! {
        IconButton {
            glyph: Glyph::Bell,
            label: t.get("app-notices"),
            badge: unread,
            onclick: |()| {
                navigator().push(Route::Notices {});
            },
        }
        IconButton {
            glyph: Glyph::Account,
            label: t.get("patient-account"),
            onclick: |()| {
                navigator().push(Route::Account {});
            },
        }
    };
    rsx! {
        Screen { title, actions, line: rsx! { Status {} }, tabs: rsx! { Tabs { current: "home" } },
            match shown {
                Err(_) => rsx! { StoreFailed {} },
                Ok(home) => rsx! {
                    p { class: "muted home__date", {words::long_date(reader, now)} }
                    SessionEnded {}
                    Waiting { waits: home.waits }
                    WordsWait {}
                    match home.next {
                        Some(next) => rsx! { Next { next, more: home.more_visits } },
                        None if device.is_first_sync() => rsx! { Skeleton { rows: 1 } },
                        None => rsx! { NothingYet {} },
                    }
                    EmailCard {}
                    QuickActions {}
                },
            }
        }
    }
}

fn greeting(t: Texts, greeting: Greeting, name: &str) -> String {
    let key = match greeting {
        Greeting::Morning => "patient-good-morning",
        Greeting::Afternoon => "patient-good-afternoon",
        Greeting::Evening => "patient-good-evening",
    };
    t.with(key, &[("name", name.to_owned().into())])
}

/// What waits for an answer, above anything else.
#[component]
fn Waiting(waits: Waits) -> Element {
    let t = use_texts();
    if waits.count() == 0 {
        return rsx! {};
    }
    rsx! {
        Section { title: t.get("patient-waits"),
            RefusalCards { cards: waits.refused }
            for place in waits.places_offered {
                if let Some(offer) = place.offer.clone() {
                    PlaceOffer { key: "{place.id}", place, offer }
                }
            }
            for request in waits.requests_offered {
                if let Some(offer) = request.offer.clone() {
                    RequestOffer { key: "{request.id}", request, offer }
                }
            }
        }
    }
}

#[component]
fn Next(next: NextVisit, more: u32) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let now = use_now();
    let (tone, state) = words::state(t, &next.line);
    let line = next.line.clone();
    let id = line.id;
    rsx! {
        Section { title: t.get("patient-next-visit"),
            Card {
                div { class: "row row--apart",
                    span { class: "strong next__when", {words::when(reader, line.start)} }
                    StatusChip { tone, label: state }
                }
                if next.countdown {
                    p { class: "next__countdown", {t.relative(line.start, now)} }
                }
                OtherZone { zone: line.zone.clone(), start: line.start }
                div { class: "visit-card__who",
                    Avatar { name: line.doctor.clone() }
                    div { class: "visit-card__words",
                        p { class: "strong", {line.doctor.clone()} }
                        p { class: "small muted", {words::local(t, &line.visit_type)} ", " {line.clinic.clone()} }
                        if let Some(address) = &next.address {
                            p { class: "small muted", {words::address_line(address)} }
                        }
                        if let Some(name) = line.for_whom.clone() {
                            p { class: "small", {t.with("patient-for", &[("name", name.into())])} }
                        }
                    }
                    if line.pending {
                        PendingClock {}
                    }
                }
                div { class: "row",
                    Button {
                        small: true,
                        kind: ButtonKind::Secondary,
                        onclick: move |()| {
                            navigator().push(Route::Visit { id });
                        },
                        {t.get("patient-details")}
                    }
                    if let Some(place) = next.place {
                        a {
                            class: "button",
                            "data-kind": "secondary",
                            "data-small": "true",
                            href: words::directions(place),
                            target: "_blank",
                            rel: "noreferrer",
                            {t.get("patient-directions")}
                        }
                    }
                    AddToCalendar { id }
                }
            }
            if more > 0 {
                Button {
                    kind: ButtonKind::Quiet,
                    onclick: |()| {
                        navigator().push(Route::Visits {});
                    },
                    {t.with("patient-more-visits", &[("n", more.into())])}
                }
            }
        }
    }
}

/// How to start.
#[component]
fn NothingYet() -> Element {
    let t = use_texts();
    rsx! {
        Card {
            h2 { {t.get("patient-nothing-yet")} }
            p { class: "muted", {t.get("patient-nothing-yet-text")} }
            Button {
                wide: true,
                glyph: Glyph::Search,
                onclick: |()| {
                    navigator().push(Route::Find {});
                },
                {t.get("patient-find-doctor")}
            }
        }
    }
}

#[component]
fn QuickActions() -> Element {
    let t = use_texts();
    let rows = [
        ("patient-find-doctor", Glyph::Stethoscope, Route::Find {}),
        ("patient-ask-clinic", Glyph::Chat, Route::Ask {}),
        ("patient-requests", Glyph::Inbox, Route::Requests {}),
        ("patient-waitlist", Glyph::Waiting, Route::Waitlist {}),
        ("patient-people", Glyph::People, Route::People {}),
    ];
    rsx! {
        Section { title: t.get("patient-quick-actions"),
            div { class: "card card--list",
                for (key, glyph, route) in rows {
                    ListRow {
                        key: "{key}",
                        title: t.get(key),
                        glyph,
                        onclick: move |()| {
                            navigator().push(route.clone());
                        },
                    }
                }
            }
        }
    }
}
