//! A doctor's page.

use dioxus::prelude::*;
use mediconnect_app::{AsOf, Gone, StoreFailed, back, use_device};
use mediconnect_core::views::patient::doctor::{DoctorPage, Workplace, page};
use mediconnect_domain::{DoctorId, reviews::Review};
use mediconnect_ui::{
    ActionBar, Avatar, Button, Chip, DetailList, DetailRow, Glyph, IconButton, ListRow, Rating, RatingBars,
    Screen, Section, Tone, use_reader, use_texts, use_toasts,
};

use crate::{following, route::Route, words};

#[component]
pub fn Doctor(id: DoctorId) -> Element {
    let t = use_texts();
    let device = use_device();
    use_effect(use_reactive!(|id| following::view(device, id)));
    match device.read(|records| page(records, id)) {
        Err(_) => rsx! {
            Screen { title: t.get("patient-doctor"), on_back: |()| back(), StoreFailed {} }
        },
        Ok(None) => rsx! {
            Screen { title: t.get("patient-doctor"), on_back: |()| back(), Gone {} }
        },
        Ok(Some(doctor)) => rsx! { Shown { doctor } },
    }
}

#[component]
fn Shown(doctor: DoctorPage) -> Element {
    let t = use_texts();
    let device = use_device();
    let toasts = use_toasts();
    let (id, favourite) = (doctor.id, doctor.favourite);
    let actions = rsx! {
        IconButton {
            glyph: Glyph::Heart,
            label: t.get("patient-favourite"),
            pressed: favourite,
            onclick: move |()| following::follow(device, id, !favourite, toasts),
        }
    };
    let about = doctor.details.about.clone();
    rsx! {
        Screen {
            title: t.get("patient-doctor"),
            on_back: |()| back(),
            actions,
            footer: rsx! { BookBar { places: doctor.places.clone() } },
            Header { doctor: doctor.clone() }
            AsOf {}
            if !about.is_empty() {
                Section { title: t.get("patient-about-doctor"), p { {about} } }
            }
            Section { title: t.get("patient-where"),
                for place in doctor.places.clone() {
                    Place { key: "{place.role_id}", place }
                }
            }
            Reviews { doctor: doctor.clone() }
            Trust { doctor }
        }
    }
}

#[component]
fn Header(doctor: DoctorPage) -> Element {
    let t = use_texts();
    let count = doctor.by_stars.iter().sum();
    rsx! {
        div { class: "visit-card__who",
            Avatar { name: doctor.details.name.clone(), large: true }
            div { class: "visit-card__words stack stack--tight",
                h2 { {doctor.details.name.clone()} }
                p { class: "muted", {words::locals(t, &doctor.specialties)} }
                Rating { mean: doctor.rating.unwrap_or_default(), count }
                if doctor.verified_at.is_some() {
                    div { class: "row",
                        Chip { tone: Tone::Positive, glyph: Glyph::Verified, {t.get("patient-verified")} }
                    }
                }
            }
        }
        DetailList {
            DetailRow { name: t.get("patient-speaks"), glyph: Glyph::Language,
                {words::spoken_languages(t, &doctor.details.languages)}
            }
            if let Some(year) = doctor.details.practising_since {
                DetailRow { name: t.get("patient-practising-since"), glyph: Glyph::History, "{year}" }
            }
            if !doctor.details.education.is_empty() {
                DetailRow { name: t.get("patient-education"), glyph: Glyph::Document, {doctor.details.education.join(", ")} }
            }
            if !doctor.details.certifications.is_empty() {
                DetailRow { name: t.get("patient-certifications"), glyph: Glyph::Shield, {doctor.details.certifications.join(", ")} }
            }
        }
    }
}

/// A clinic with what is offered there; each kind of visit leads to its times.
#[component]
fn Place(place: Workplace) -> Element {
    let t = use_texts();
    let role = place.role_id;
    let confirms = if place.auto_confirm { "patient-confirms-at-once" } else { "patient-doctor-confirms" };
    rsx! {
        div { class: "card card--list",
            div { class: "place__head",
                h3 { {place.clinic.name.clone()} }
                p { class: "small muted", {words::address_line(&place.clinic.address)} }
                p { class: "small muted", {t.get(confirms)} }
                div { class: "row",
                    a { class: "button", "data-kind": "quiet", "data-small": "true", href: "tel:{place.clinic.phone}",
                        {t.with("patient-call", &[("phone", place.clinic.phone.clone().into())])}
                    }
                    a {
                        class: "button",
                        "data-kind": "quiet",
                        "data-small": "true",
                        href: words::directions(place.clinic.place),
                        target: "_blank",
                        rel: "noreferrer",
                        {t.get("patient-directions")}
                    }
                }
            }
            for (offering, name) in place.offerings {
                ListRow {
                    key: "{offering.visit_type_id}",
                    title: words::local(t, &name),
                    detail: format!("{} · {}", t.duration(offering.length_min.into()), words::mode(t, offering.mode)),
                    end: rsx! { span { class: "strong", {words::money(t, offering.price)} } },
                    onclick: move |()| {
                        navigator().push(Route::times(role, offering.visit_type_id, None));
                    },
                }
            }
        }
    }
}

#[component]
fn Reviews(doctor: DoctorPage) -> Element {
    let t = use_texts();
    let mut all = use_signal(|| false);
    let reviews = doctor.reviews;
    let shown = if all() { reviews.len() } else { reviews.len().min(FIRST_REVIEWS) };
    rsx! {
        Section { title: t.get("patient-reviews"),
            if doctor.rating.is_none() {
                p { class: "muted", {t.get("patient-reviews-none")} }
            } else {
                div { class: "card",
                    RatingBars { counts: doctor.by_stars }
                    p { class: "small muted", {t.get("patient-reviews-from-visits")} }
                }
                for review in reviews.iter().take(shown).cloned() {
                    OneReview { key: "{review.id}", review }
                }
                if shown < reviews.len() {
                    Button { kind: mediconnect_ui::ButtonKind::Quiet, onclick: move |()| all.set(true), {t.get("action-show-all")} }
                }
            }
        }
    }
}

const FIRST_REVIEWS: usize = 3;

#[component]
fn OneReview(review: Review) -> Element {
    let t = use_texts();
    rsx! {
        article { class: "card",
            p { class: "row row--apart",
                span { class: "strong", {t.with("rating-stars", &[("n", review.stars.into())])} }
                span { class: "small muted", {t.month_and_year(review.month)} }
            }
            if !review.text.is_empty() {
                p { {review.text.clone()} }
            }
            if let Some(reply) = review.reply {
                div { class: "answer",
                    p { class: "small strong", {t.get("patient-review-reply")} }
                    p { {reply.text} }
                }
            }
        }
    }
}

#[component]
fn Trust(doctor: DoctorPage) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let Some(verified_at) = doctor.verified_at else { return rsx! {} };
    let date = t.date_with_year(verified_at.to_zoned(reader.zone()).date());
    rsx! {
        Section { title: t.get("patient-trust"),
            p { {t.with("patient-trust-license", &[("date", date.into())])} }
            p { {t.get("patient-trust-reviews")} }
        }
    }
}

/// The way to the times, always in reach of the thumb.
#[component]
fn BookBar(places: Vec<Workplace>) -> Element {
    let t = use_texts();
    let first =
        places.iter().find_map(|place| place.offerings.first().map(|(one, _)| (place.role_id, one.clone())));
    let Some((role, offering)) = first else { return rsx! {} };
    let summary = rsx! {
        p { class: "strong", {words::money(t, offering.price)} }
        p { class: "small muted", {t.duration(offering.length_min.into())} }
    };
    rsx! {
        ActionBar { summary,
            Button {
                onclick: move |()| {
                    navigator().push(Route::times(role, offering.visit_type_id, None));
                },
                {t.get("patient-choose-time")}
            }
        }
    }
}
