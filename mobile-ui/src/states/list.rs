//! The states of a list beside its content. Every list shows one of them when it has nothing else to show.

use dioxus::prelude::*;
use jiff::Timestamp;

use crate::{Button, ButtonKind, Glyph, Icon, Picture, PictureKind, use_now, use_reader, use_texts};

/// The first load: the shape of what will come.
#[component]
pub fn Skeleton(#[props(default = 3)] rows: u32) -> Element {
    let t = use_texts();
    rsx! {
        div { class: "skeleton", role: "status", aria_busy: "true",
            span { class: "visually-hidden", {t.get("ui-loading")} }
            for row in 0..rows {
                div { key: "{row}", class: "skeleton__row", aria_hidden: "true",
                    span { class: "skeleton__disc" }
                    span { class: "skeleton__lines",
                        span { class: "skeleton__line" }
                        span { class: "skeleton__line skeleton__line--short" }
                    }
                }
            }
        }
    }
}

/// Nothing there: a sentence, and in `children` what to do about it.
#[component]
pub fn EmptyState(
    #[props(default)] picture: PictureKind,
    title: String,
    #[props(default)] text: Option<String>,
    #[props(default)] children: Element,
) -> Element {
    rsx! {
        div { class: "blank",
            Picture { kind: picture }
            p { class: "blank__title", {title} }
            if let Some(text) = text {
                p { class: "muted", {text} }
            }
            div { class: "blank__actions", {children} }
        }
    }
}

/// It failed: what, why, and another try.
#[component]
pub fn ErrorState(
    #[props(default)] title: Option<String>,
    #[props(default)] text: Option<String>,
    on_retry: EventHandler<()>,
) -> Element {
    let t = use_texts();
    rsx! {
        div { class: "blank", role: "alert",
            Picture { kind: PictureKind::Broken }
            p { class: "blank__title", {title.unwrap_or_else(|| t.get("list-error-title"))} }
            p { class: "muted", {text.unwrap_or_else(|| t.get("list-error-text"))} }
            div { class: "blank__actions",
                Button {
                    kind: ButtonKind::Secondary,
                    glyph: Glyph::Retry,
                    onclick: move |()| on_retry.call(()),
                    {t.get("action-retry")}
                }
            }
        }
    }
}

/// Above content that may be old: 'Offline. As of 10:42.'
#[component]
pub fn OfflineNote(as_of: Timestamp) -> Element {
    let t = use_texts();
    let time = crate::states::sync::moment(use_reader(), as_of, use_now());
    rsx! {
        p { class: "offline-note", role: "status",
            Icon { glyph: Glyph::Offline }
            span { {t.with("list-offline-as-of", &[("time", time.into())])} }
        }
    }
}
