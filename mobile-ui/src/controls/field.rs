//! Fields of a form. The label stands above, help under it, the error beside the box and wired to it.

use dioxus::prelude::*;

use super::ChoiceOption;
use crate::{Glyph, Icon, IconButton, use_element_id, use_texts};

/// What a text field takes: decides the keyboard of a phone and what the system can fill in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    #[default]
    Text,
    Email,
    Phone,
    Number,
    Date,
    Time,
}

impl InputKind {
    fn html_type(self) -> &'static str {
        match self {
            Self::Text | Self::Number => "text",
            Self::Email => "email",
            Self::Phone => "tel",
            Self::Date => "date",
            Self::Time => "time",
        }
    }

    fn keyboard(self) -> Option<&'static str> {
        match self {
            Self::Number => Some("numeric"),
            Self::Email => Some("email"),
            Self::Phone => Some("tel"),
            _ => None,
        }
    }
}

/// Label, help and error around a control with the id `id`.
#[component]
fn Field(
    id: String,
    label: String,
    optional: bool,
    help: Option<String>,
    error: Option<String>,
    children: Element,
) -> Element {
    let t = use_texts();
    rsx! {
        div { class: "field",
            label { class: "field__label", r#for: id.clone(),
                {label}
                if optional {
                    span { class: "field__optional", {format!(" ({})", t.get("ui-optional"))} }
                }
            }
            {children}
            if let Some(error) = error {
                p { class: "field__error", id: "{id}-error",
                    Icon { glyph: Glyph::Error }
                    span { {error} }
                }
            }
            if let Some(help) = help {
                p { class: "field__help", id: "{id}-help", {help} }
            }
        }
    }
}

/// The ids of the texts that describe the control `id`, for `aria-describedby`.
fn described_by(id: &str, help: &Option<String>, error: &Option<String>) -> Option<String> {
    let error = error.as_ref().map(|_| format!("{id}-error"));
    let help = help.as_ref().map(|_| format!("{id}-help"));
    let ids: Vec<String> = error.into_iter().chain(help).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// One line of text. `id` is needed where an [`super::ErrorSummary`] points at the field.
#[component]
pub fn TextField(
    #[props(default)] id: Option<String>,
    label: String,
    value: String,
    on_change: EventHandler<String>,
    #[props(default)] kind: InputKind,
    #[props(default)] help: Option<String>,
    #[props(default)] error: Option<String>,
    #[props(default)] optional: bool,
    #[props(default)] disabled: bool,
    #[props(default)] placeholder: Option<String>,
    /// HTML's autofill name: `email`, `given-name`, `bday`, `street-address`, …
    #[props(default)]
    autocomplete: Option<String>,
    #[props(default)] min: Option<String>,
    #[props(default)] max: Option<String>,
) -> Element {
    let own = use_element_id("field");
    let id = id.unwrap_or(own);
    rsx! {
        Field { id: id.clone(), label, optional, help: help.clone(), error: error.clone(),
            input {
                class: "input",
                id: id.clone(),
                r#type: kind.html_type(),
                inputmode: kind.keyboard(),
                autocomplete,
                placeholder,
                min,
                max,
                disabled,
                value,
                aria_required: (!optional).then_some("true"),
                aria_invalid: error.is_some().then_some("true"),
                aria_describedby: described_by(&id, &help, &error),
                oninput: move |event| on_change.call(event.value()),
            }
        }
    }
}

/// A password that can be looked at.
#[component]
pub fn PasswordField(
    #[props(default)] id: Option<String>,
    label: String,
    value: String,
    on_change: EventHandler<String>,
    #[props(default)] help: Option<String>,
    #[props(default)] error: Option<String>,
    /// A new one is being chosen: password managers then offer one.
    #[props(default)]
    choosing: bool,
    /// Only digits: a PIN, which no password manager keeps.
    #[props(default)]
    digits: bool,
) -> Element {
    let t = use_texts();
    let own = use_element_id("password");
    let id = id.unwrap_or(own);
    let mut shown = use_signal(|| false);
    let (glyph, name) = match shown() {
        true => (Glyph::Hide, t.get(if digits { "ui-hide-pin" } else { "ui-hide-password" })),
        false => (Glyph::Show, t.get(if digits { "ui-show-pin" } else { "ui-show-password" })),
    };
    rsx! {
        Field { id: id.clone(), label, optional: false, help: help.clone(), error: error.clone(),
            div { class: "field__box",
                input {
                    class: "input input--with-end",
                    id: id.clone(),
                    r#type: if shown() { "text" } else { "password" },
                    inputmode: digits.then_some("numeric"),
                    autocomplete: match (digits, choosing) {
                        (true, _) => "off",
                        (false, true) => "new-password",
                        (false, false) => "current-password",
                    },
                    autocapitalize: "none",
                    spellcheck: "false",
                    value,
                    aria_required: "true",
                    aria_invalid: error.is_some().then_some("true"),
                    aria_describedby: described_by(&id, &help, &error),
                    oninput: move |event| on_change.call(event.value()),
                }
                span { class: "field__end",
                    IconButton { glyph, label: name, onclick: move |()| shown.toggle() }
                }
            }
        }
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    #[props(default)] id: Option<String>,
    label: String,
    value: String,
    on_change: EventHandler<String>,
    #[props(default)] help: Option<String>,
    #[props(default)] error: Option<String>,
    #[props(default)] optional: bool,
    #[props(default)] placeholder: Option<String>,
    #[props(default = 4)] rows: u32,
    #[props(default)] max_length: Option<u32>,
) -> Element {
    let own = use_element_id("area");
    let id = id.unwrap_or(own);
    rsx! {
        Field { id: id.clone(), label, optional, help: help.clone(), error: error.clone(),
            textarea {
                class: "input input--area",
                id: id.clone(),
                rows: rows.to_string(),
                placeholder,
                maxlength: max_length.map(|length| length.to_string()),
                value,
                aria_required: (!optional).then_some("true"),
                aria_invalid: error.is_some().then_some("true"),
                aria_describedby: described_by(&id, &help, &error),
                oninput: move |event| on_change.call(event.value()),
            }
        }
    }
}

/// One of many, by the system's own picker. An empty `value` shows the invitation to choose.
#[component]
pub fn SelectField(
    #[props(default)] id: Option<String>,
    label: String,
    options: Vec<ChoiceOption>,
    value: String,
    on_change: EventHandler<String>,
    #[props(default)] help: Option<String>,
    #[props(default)] error: Option<String>,
    #[props(default)] optional: bool,
) -> Element {
    let t = use_texts();
    let own = use_element_id("select");
    let id = id.unwrap_or(own);
    rsx! {
        Field { id: id.clone(), label, optional, help: help.clone(), error: error.clone(),
            div { class: "field__box",
                select {
                    class: "input input--select",
                    id: id.clone(),
                    value: value.clone(),
                    aria_required: (!optional).then_some("true"),
                    aria_invalid: error.is_some().then_some("true"),
                    aria_describedby: described_by(&id, &help, &error),
                    onchange: move |event| on_change.call(event.value()),
                    if optional || value.is_empty() {
                        option { value: "", selected: value.is_empty(), {t.get("ui-choose")} }
                    }
                    for option in options {
                        option {
                            key: "{option.value}",
                            value: option.value.clone(),
                            selected: option.value == value,
                            {option.label}
                        }
                    }
                }
                span { class: "field__arrow",
                    Icon { glyph: Glyph::Down }
                }
            }
        }
    }
}

/// A search box, with a button that clears it. The label is for assistive technology; the placeholder shows it too.
#[component]
pub fn SearchField(
    label: String,
    value: String,
    on_change: EventHandler<String>,
    /// Enter was pressed, or the keyboard's search key.
    #[props(default)]
    on_search: EventHandler<()>,
) -> Element {
    let t = use_texts();
    let clearable = !value.is_empty();
    rsx! {
        div { class: "field__box search", role: "search",
            span { class: "field__start",
                Icon { glyph: Glyph::Search }
            }
            input {
                class: "input input--with-start input--with-end",
                r#type: "text",
                inputmode: "search",
                enterkeyhint: "search",
                autocomplete: "off",
                aria_label: label.clone(),
                placeholder: label,
                value,
                oninput: move |event| on_change.call(event.value()),
                onkeydown: move |event| {
                    if event.key() == Key::Enter {
                        on_search.call(());
                    }
                },
            }
            if clearable {
                span { class: "field__end",
                    IconButton {
                        glyph: Glyph::Clear,
                        label: t.get("ui-clear-search"),
                        onclick: move |()| on_change.call(String::new()),
                    }
                }
            }
        }
    }
}
