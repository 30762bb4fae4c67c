//! How the app looks and speaks. Changes apply at once; the callbacks keep them.

use dioxus::prelude::*;
use mediconnect_i18n::Language;

use super::welcome::LanguageChoice;
use crate::{ChoiceOption, Section, Segmented, TextSize, Theme, use_reader};

/// The part of the settings that both apps share.
#[component]
pub fn SettingsPanel(
    #[props(default)] on_language: EventHandler<Language>,
    #[props(default)] on_theme: EventHandler<Theme>,
    #[props(default)] on_text_size: EventHandler<TextSize>,
) -> Element {
    let mut reader = use_reader();
    let t = reader.texts();
    let themes = [
        ChoiceOption::new(Theme::System.name(), t.get("settings-theme-system")),
        ChoiceOption::new(Theme::Light.name(), t.get("settings-theme-light")),
        ChoiceOption::new(Theme::Dark.name(), t.get("settings-theme-dark")),
    ];
    let sizes = [
        ChoiceOption::new(TextSize::Normal.name(), t.get("settings-text-size-normal")),
        ChoiceOption::new(TextSize::Large.name(), t.get("settings-text-size-large")),
        ChoiceOption::new(TextSize::Larger.name(), t.get("settings-text-size-larger")),
        ChoiceOption::new(TextSize::Largest.name(), t.get("settings-text-size-largest")),
    ];
    rsx! {
        Section { title: t.get("settings-look"),
            div { class: "card stack stack--loose",
                div { class: "stack",
                    h3 { {t.get("settings-language")} }
                    LanguageChoice { label: t.get("settings-language"), on_language }
                }
                div { class: "stack",
                    h3 { {t.get("settings-theme")} }
                    Segmented {
                        label: t.get("settings-theme"),
                        options: themes.to_vec(),
                        value: (reader.theme)().name(),
                        on_change: move |name: String| {
                            if let Some(theme) = Theme::named(&name) {
                                reader.theme.set(theme);
                                on_theme.call(theme);
                            }
                        },
                    }
                }
                div { class: "stack",
                    h3 { {t.get("settings-text-size")} }
                    Segmented {
                        label: t.get("settings-text-size"),
                        options: sizes.to_vec(),
                        value: (reader.text_size)().name(),
                        on_change: move |name: String| {
                            if let Some(size) = TextSize::named(&name) {
                                reader.text_size.set(size);
                                on_text_size.call(size);
                            }
                        },
                    }
                    p { class: "muted", {t.get("settings-text-size-sample")} }
                }
            }
        }
    }
}
