//! What patients say, and what the doctor answers.

use dioxus::prelude::*;
use mediconnect_app::{AsOf, Status, back, found, use_device};
use mediconnect_core::views::doctor::profile::{self, Profile as Page};
use mediconnect_domain::reviews::{Review, reply::ReplyToReview};
use mediconnect_ui::{
    Button, ButtonKind, Card, EmptyState, Form, PictureKind, RatingBars, Screen, Section, TextArea,
    use_reader, use_texts, use_toasts,
};

use crate::drafts::use_drafts;

#[component]
pub fn Reviews() -> Element {
    let t = use_texts();
    let device = use_device();
    let shown = device.read(profile::profile);
    rsx! {
        Screen { title: t.get("doctor-reviews"), on_back: |()| back(), line: rsx! { Status {} },
            AsOf {}
            match found(shown, device.is_first_sync()) {
                Err(instead) => instead,
                Ok(page) => rsx! { Said { page } },
            }
        }
    }
}

#[component]
fn Said(page: Page) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let Some(rating) = page.rating.filter(|rating| rating.count() > 0) else {
        return rsx! {
            EmptyState { picture: PictureKind::People, title: t.get("rating-none"), text: t.get("doctor-reviews-none-text") }
        };
    };
    rsx! {
        Card {
            div { class: "row row--apart",
                span { class: "next__name",
                    {t.with("rating-value", &[("value", t.decimal(rating.mean().unwrap_or_default(), 1).into())])}
                }
                span { class: "muted", {t.with("rating-count", &[("n", rating.count().into())])} }
            }
            RatingBars { counts: rating.by_stars }
        }
        Section { title: t.get("doctor-reviews-latest"),
            for review in page.reviews {
                OneReview { key: "{review.id}", review }
            }
        }
    }
}

#[component]
fn OneReview(review: Review) -> Element {
    let t = use_texts();
    let mut drafts = use_drafts().replies;
    let id = review.id;
    let answered = review.reply.as_ref().map(|reply| reply.text.clone());
    let begin = {
        let text = answered.clone().unwrap_or_default();
        move |()| {
            drafts.write().insert(id, text.clone());
        }
    };
    let draft = drafts.read().get(&id).cloned();
    rsx! {
        Card {
            div { class: "row row--apart",
                span { class: "strong", {t.with("rating-stars", &[("n", review.stars.into())])} }
                span { class: "small muted", {t.month_and_year(review.month)} }
            }
            if !review.text.is_empty() {
                p { {review.text.clone()} }
            }
            match (draft, answered) {
                (Some(text), answered) => rsx! { Answering { review: id, text, answered: answered.is_some() } },
                (None, Some(text)) => rsx! {
                    div { class: "answer",
                        p { class: "small strong", {t.get("doctor-review-answer")} }
                        p { {text} }
                    }
                    Button { small: true, kind: ButtonKind::Quiet, onclick: begin, {t.get("doctor-review-change")} }
                },
                (None, None) => rsx! {
                    Button { small: true, kind: ButtonKind::Secondary, onclick: begin, {t.get("doctor-review-reply")} }
                },
            }
        }
    }
}

/// What is typed stays until it is sent or let go, also while one looks elsewhere.
#[component]
fn Answering(review: mediconnect_domain::ReviewId, text: String, answered: bool) -> Element {
    let t = use_texts();
    let device = use_device();
    let toasts = use_toasts();
    let mut drafts = use_drafts().replies;
    let mut send = move |text: String| {
        if device.send(ReplyToReview { review_id: review, text }, toasts) {
            drafts.write().remove(&review);
        }
    };
    let nothing = text.trim().is_empty();
    let typed = text.clone();
    rsx! {
        Form { label: t.get("doctor-review-answer"), on_submit: move |()| if !nothing { send(typed.clone()) },
            TextArea {
                label: t.get("doctor-review-answer"),
                help: t.get("doctor-review-help"),
                max_length: 1000,
                value: text,
                on_change: move |text| {
                    drafts.write().insert(review, text);
                },
            }
            div { class: "row",
                Button { submit: true, small: true, disabled: nothing, {t.get("doctor-review-send")} }
                if answered {
                    Button { small: true, kind: ButtonKind::Critical, onclick: move |()| send(String::new()), {t.get("doctor-review-remove")} }
                }
                Button {
                    small: true,
                    kind: ButtonKind::Quiet,
                    onclick: move |()| {
                        drafts.write().remove(&review);
                    },
                    {t.get("action-cancel")}
                }
            }
        }
    }
}
