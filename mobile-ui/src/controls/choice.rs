//! One of several, or yes and no.

use dioxus::prelude::*;

use crate::{Icon, icon::Glyph, use_element_id};

/// One of several things to choose: a stable `value`, the words, and what explains them.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceOption {
    pub value: String,
    pub label: String,
    pub detail: Option<String>,
}

impl ChoiceOption {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), detail: None }
    }

    pub fn explained(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

/// A few short alternatives side by side, one of them chosen. Arrow keys move between them.
#[component]
pub fn Segmented(
    label: String,
    options: Vec<ChoiceOption>,
    value: String,
    on_change: EventHandler<String>,
) -> Element {
    let name = use_element_id("segmented");
    rsx! {
        div { class: "segmented", role: "radiogroup", aria_label: label,
            for option in options {
                label { class: "segmented__choice", key: "{option.value}",
                    input {
                        r#type: "radio",
                        name: name.clone(),
                        value: option.value.clone(),
                        checked: option.value == value,
                        onchange: move |_| on_change.call(option.value.clone()),
                    }
                    span { {option.label.clone()} }
                }
            }
        }
    }
}

/// Alternatives below each other, each with room for an explanation; `label` stands above as the question.
#[component]
pub fn Choices(
    label: String,
    #[props(default)] help: Option<String>,
    #[props(default)] error: Option<String>,
    options: Vec<ChoiceOption>,
    value: String,
    on_change: EventHandler<String>,
) -> Element {
    let name = use_element_id("choices");
    let described_by = format!("{name}-help {name}-error");
    rsx! {
        fieldset { class: "field", aria_describedby: described_by,
            legend { class: "field__label", {label} }
            if let Some(help) = help {
                p { class: "field__help", id: "{name}-help", {help} }
            }
            if let Some(error) = error {
                p { class: "field__error", id: "{name}-error",
                    Icon { glyph: Glyph::Error }
                    span { {error} }
                }
            }
            div { class: "choices",
                for option in options {
                    label { class: "choice", key: "{option.value}",
                        input {
                            r#type: "radio",
                            name: name.clone(),
                            value: option.value.clone(),
                            checked: option.value == value,
                            onchange: move |_| on_change.call(option.value.clone()),
                        }
                        span { class: "choice__words",
                            span { {option.label.clone()} }
                            if let Some(detail) = option.detail.clone() {
                                span { class: "small muted as-block", {detail} }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Something that is on or off at once, without a form to send.
#[component]
pub fn Switch(
    label: String,
    #[props(default)] detail: Option<String>,
    on: bool,
    on_change: EventHandler<bool>,
) -> Element {
    rsx! {
        button {
            class: "switch",
            r#type: "button",
            role: "switch",
            aria_checked: on.to_string(),
            onclick: move |_| on_change.call(!on),
            span { class: "switch__words",
                span { {label} }
                if let Some(detail) = detail {
                    span { class: "small muted as-block", {detail} }
                }
            }
            span { class: "switch__track", aria_hidden: "true" }
        }
    }
}

/// A statement to agree to, or one of several that may hold together.
#[component]
pub fn Checkbox(
    label: String,
    #[props(default)] detail: Option<String>,
    checked: bool,
    on_change: EventHandler<bool>,
) -> Element {
    rsx! {
        label { class: "checkbox",
            input { r#type: "checkbox", checked, onchange: move |event| on_change.call(event.checked()) }
            span {
                span { {label} }
                if let Some(detail) = detail {
                    span { class: "small muted as-block", {detail} }
                }
            }
        }
    }
}
