//! What waits for the doctor's answer.

use dioxus::prelude::*;
use mediconnect_app::{AsOf, Status, StoreFailed, back, found, use_device};
use mediconnect_core::views::doctor::{
    refusals::refusals,
    requests::{Asked, asked, one, to_book},
};
use mediconnect_domain::{
    ConsultationId,
    consultations::{DeclineReason, decline::DeclineConsultation},
};
use mediconnect_ui::{
    Avatar, Button, ButtonKind, Card, DetailList, DetailRow, EmptyState, Glyph, PendingClock, PictureKind,
    Screen, Section, Skeleton, StatusChip, use_now, use_reader, use_texts, use_toasts,
};

use crate::{
    frame::Tabs,
    parts::{ReasonSheet, RefusalCards, RequestCard},
    practice::use_practice,
    route::Route,
    words,
};

#[component]
pub fn Requests() -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let practice = use_practice();
    let pending = device.pending();
    let shown = device
        .read(|records| Ok((to_book(records, now)?, asked(records)?, refusals(records, &pending, now)?)));
    rsx! {
        Screen { title: t.get("doctor-tab-requests"), line: rsx! { Status {} }, tabs: rsx! { Tabs { current: "requests" } },
            match shown {
                Err(_) => rsx! { StoreFailed {} },
                Ok((bookings, asked, _)) if bookings.is_empty() && asked.is_empty() && device.is_first_sync() => rsx! { Skeleton {} },
                Ok((bookings, asked, refused)) => rsx! {
                    AsOf {}
                    RefusalCards { cards: refused, zone: practice.zone.clone() }
                    if bookings.is_empty() && asked.is_empty() {
                        EmptyState {
                            picture: PictureKind::Done,
                            title: t.get("doctor-requests-none"),
                            text: t.get("doctor-requests-none-text"),
                            Button {
                                kind: ButtonKind::Secondary,
                                onclick: |()| {
                                    navigator().push(Route::Schedules {});
                                },
                                {t.get("doctor-schedule")}
                            }
                        }
                    }
                    if !bookings.is_empty() {
                        Section { title: t.get("doctor-requests-times"),
                            for line in bookings {
                                RequestCard { key: "{line.id}", line, zone: practice.zone.clone() }
                            }
                        }
                    }
                    if !asked.is_empty() {
                        Section { title: t.get("doctor-requests-open"),
                            for one in asked {
                                AskedCard { key: "{one.id}", one }
                            }
                        }
                    }
                },
            }
        }
    }
}

#[component]
fn AskedCard(one: Asked) -> Element {
    let t = use_texts();
    let id = one.id;
    let (tone, state) = words::request_chip(t, one.state, one.pending);
    let (urgency_tone, urgency) = words::urgency(t, one.urgency);
    let name = words::patient(t, &one.patient);
    rsx! {
        button {
            class: "card visit-card",
            r#type: "button",
            onclick: move |_| {
                navigator().push(Route::Request { id });
            },
            span { class: "row row--apart",
                StatusChip { tone: urgency_tone, label: urgency, glyph: Glyph::Clock }
                StatusChip { tone, label: state }
            }
            span { class: "visit-card__who",
                Avatar { name: name.clone() }
                span { class: "visit-card__words",
                    span { class: "strong as-block", {words::about(t, one.about)} }
                    span { class: "small muted as-block", {name} " · " {one.clinic.clone()} }
                }
                if one.pending {
                    PendingClock {}
                }
            }
        }
    }
}

#[component]
pub fn Request(id: ConsultationId) -> Element {
    let t = use_texts();
    let device = use_device();
    let shown = device.read(|records| one(records, id));
    rsx! {
        Screen { title: t.get("doctor-request-title"), on_back: |()| back(), line: rsx! { Status {} },
            match found(shown, device.is_first_sync()) {
                Err(instead) => instead,
                Ok(one) => rsx! { AskedDetails { one } },
            }
        }
    }
}

#[component]
fn AskedDetails(one: Asked) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let practice = use_practice();
    let mut declining = use_signal(|| false);
    let id = one.id;
    let (tone, state) = words::request_chip(t, one.state, one.pending);
    let (urgency_tone, urgency) = words::urgency(t, one.urgency);
    let offered = one.visit.map(|(_, start)| words::when(reader, start, &practice.zone));
    rsx! {
        Card {
            div { class: "row row--apart",
                StatusChip { tone: urgency_tone, label: urgency, glyph: Glyph::Clock }
                StatusChip { tone, label: state }
            }
            p { class: "next__name", {words::about(t, one.about)} }
            if let Some(offered) = offered {
                p { {t.with("doctor-offered-time", &[("when", offered.into())])} }
            }
            if one.waits_for_doctor() {
                div { class: "visit-buttons", "data-wide": true,
                    if one.role_id.is_some() {
                        Button {
                            wide: true,
                            glyph: Glyph::CalendarAdd,
                            onclick: move |()| {
                                navigator().push(Route::OfferTime { id });
                            },
                            {t.get("doctor-offer-time")}
                        }
                    }
                    Button {
                        wide: true,
                        kind: ButtonKind::Secondary,
                        onclick: move |()| declining.set(true),
                        {t.get("doctor-decline")}
                    }
                }
            }
        }
        Section { title: t.get("doctor-wish"),
            Card {
                DetailList {
                    DetailRow { name: t.get("doctor-patient"), glyph: Glyph::Account, {words::patient(t, &one.patient)} }
                    DetailRow { name: t.get("doctor-where"), glyph: Glyph::Building, {one.clinic.clone()} }
                    DetailRow { name: t.get("doctor-how"), glyph: Glyph::Stethoscope, {words::mode(t, one.mode)} }
                    DetailRow { name: t.get("doctor-days"), glyph: Glyph::Calendar, {words::preferred_days(t, &one.days)} }
                    DetailRow { name: t.get("doctor-opened"), glyph: Glyph::History, {words::when(reader, one.opened_at, &practice.zone)} }
                }
            }
        }
        ReasonSheet {
            open: declining(),
            title: t.get("doctor-decline-why"),
            text: t.get("doctor-decline-read"),
            confirm: t.get("doctor-decline"),
            reasons: words::decline_reasons(t),
            on_close: move |()| declining.set(false),
            on_confirm: move |reason: DeclineReason| {
                declining.set(false);
                device.send(DeclineConsultation { consultation_id: id, reason }, toasts);
            },
        }
    }
}
