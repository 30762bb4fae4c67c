//! What was not accepted, why, and what can be done: the card that stands wherever a command failed.

use dioxus::prelude::*;

use crate::{Button, ButtonKind, Glyph, Icon, use_element_id, use_texts};

/// Something that can be done instead, such as another free time: a key that comes back, and the words.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    pub key: String,
    pub label: String,
}

/// A refusal in words. A handler that is given shows its button; the first of the given ones is the main one.
#[component]
pub fn RefusalCard(
    /// What happened: 'This time was taken'.
    title: String,
    /// Why, and what to do.
    text: String,
    /// What it was about: 'Dr Rao, Tomorrow, 09:30'.
    #[props(default)]
    subject: Option<String>,
    #[props(default)] alternatives: Vec<Alternative>,
    #[props(default)] on_choose: EventHandler<String>,
    /// Looks for other times or answers than those shown.
    #[props(default)]
    on_keep_looking: Option<EventHandler<()>>,
    #[props(default)] on_edit: Option<EventHandler<()>>,
    /// Opens what it is about, where that cannot be edited but has to be seen.
    #[props(default)]
    on_look: Option<EventHandler<()>>,
    #[props(default)] on_retry: Option<EventHandler<()>>,
    #[props(default)] on_discard: Option<EventHandler<()>>,
) -> Element {
    let t = use_texts();
    let id = use_element_id("refusal");
    let choices = [
        (on_retry, "action-retry", ButtonKind::Secondary),
        (on_edit, "action-edit", ButtonKind::Secondary),
        (on_look, "refusal-look", ButtonKind::Secondary),
        (on_keep_looking, "refusal-keep-looking", ButtonKind::Secondary),
        (on_discard, "action-discard", ButtonKind::Quiet),
    ];
    rsx! {
        article { class: "refusal", aria_labelledby: "{id}-title",
            div { class: "refusal__head",
                Icon { glyph: Glyph::Refused }
                div { class: "stack stack--tight",
                    h2 { class: "refusal__title", id: "{id}-title", {title} }
                    if let Some(subject) = subject {
                        p { class: "small strong", {subject} }
                    }
                    p { class: "small", {text} }
                }
            }
            if !alternatives.is_empty() {
                div { class: "refusal__times", role: "group", aria_label: t.get("refusal-other-times"),
                    p { class: "tiny muted strong", {t.get("refusal-other-times")} }
                    div { class: "time-buttons",
                        for other in alternatives {
                            button {
                                key: "{other.key}",
                                class: "time-button",
                                r#type: "button",
                                onclick: move |_| on_choose.call(other.key.clone()),
                                {other.label.clone()}
                            }
                        }
                    }
                }
            }
            div { class: "refusal__actions",
                for (handler, key, kind) in choices {
                    if let Some(handler) = handler {
                        Button { key: "{key}", kind, small: true, onclick: move |()| handler.call(()), {t.get(key)} }
                    }
                }
            }
        }
    }
}
