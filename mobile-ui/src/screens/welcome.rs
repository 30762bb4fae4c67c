//! The first screen: the promise in one sentence, two ways in, the language at the top.

use dioxus::prelude::*;
use mediconnect_i18n::Language;

use crate::{Button, ButtonKind, ChoiceOption, Picture, PictureKind, Segmented, use_reader};

/// `promise` and `detail` say what the app is for, where it is not the patient's.
#[component]
pub fn WelcomeFrame(
    #[props(default)] promise: Option<String>,
    #[props(default)] detail: Option<String>,
    on_create: EventHandler<()>,
    on_sign_in: EventHandler<()>,
    /// The language was changed: keep it.
    #[props(default)]
    on_language: EventHandler<Language>,
) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    rsx! {
        main { class: "welcome", id: "content",
            div { class: "welcome__language",
                LanguageChoice { label: t.get("welcome-language"), on_language }
            }
            div { class: "welcome__promise",
                Picture { kind: PictureKind::Welcome }
                p { class: "welcome__name", {t.get("app-name")} }
                h1 { {promise.unwrap_or_else(|| t.get("welcome-promise"))} }
                p { class: "muted", {detail.unwrap_or_else(|| t.get("welcome-detail"))} }
            }
            div { class: "welcome__actions",
                Button { wide: true, onclick: move |()| on_create.call(()), {t.get("action-create-account")} }
                Button {
                    wide: true,
                    kind: ButtonKind::Secondary,
                    onclick: move |()| on_sign_in.call(()),
                    {t.get("action-sign-in")}
                }
            }
        }
    }
}

/// The languages on offer, each by its own name. Applies at once.
#[component]
pub(super) fn LanguageChoice(label: String, on_language: EventHandler<Language>) -> Element {
    let mut language = use_reader().language;
    let options = Language::offered()
        .into_iter()
        .map(|offered| ChoiceOption::new(offered.tag(), offered.own_name()))
        .collect();
    rsx! {
        Segmented {
            label,
            options,
            value: language().tag(),
            on_change: move |tag: String| {
                if let Ok(chosen) = tag.parse::<Language>() {
                    language.set(chosen);
                    on_language.call(chosen);
                }
            },
        }
    }
}
