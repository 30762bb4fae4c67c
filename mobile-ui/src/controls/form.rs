//! The form around the fields and the summary of what is wrong in it.

use dioxus::prelude::*;

use crate::{page, use_element_id, use_texts};

/// A form that is sent with Enter or its submit button and never reloads the page.
#[component]
pub fn Form(
    #[props(default)] label: Option<String>,
    on_submit: EventHandler<()>,
    children: Element,
) -> Element {
    rsx! {
        form {
            class: "form",
            novalidate: true,
            aria_label: label,
            onsubmit: move |event| {
                event.prevent_default();
                on_submit.call(());
            },
            {children}
        }
    }
}

/// What is wrong with one field: the field's element id and a sentence that says how to mend it.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldProblem {
    pub field_id: String,
    pub message: String,
}

impl FieldProblem {
    pub fn new(field_id: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field_id: field_id.into(), message: message.into() }
    }
}

/// Above a form that could not be sent: every problem, each leading to its field; nothing while there are none. It takes
/// the focus when it appears and with each new `attempt` to send, but not while the reader mends one field after another.
#[component]
pub fn ErrorSummary(problems: Vec<FieldProblem>, #[props(default)] attempt: u32) -> Element {
    let t = use_texts();
    let id = use_element_id("errors");
    let to_focus = id.clone();
    let count = problems.len();
    let shown = count > 0;
    use_effect(use_reactive((&shown, &attempt), move |(shown, _)| {
        if shown {
            page::focus(&to_focus);
        }
    }));
    if problems.is_empty() {
        return rsx! {};
    }
    rsx! {
        div { class: "error-summary", id, role: "alert", tabindex: "-1",
            h2 { {t.with("ui-errors-title", &[("n", count.into())])} }
            ul {
                for problem in problems {
                    li { key: "{problem.field_id}",
                        button {
                            r#type: "button",
                            onclick: move |_| page::focus(&problem.field_id),
                            {problem.message.clone()}
                        }
                    }
                }
            }
        }
    }
}
