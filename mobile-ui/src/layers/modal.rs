//! Modal layers on the page's own `<dialog>`: it makes the rest inert, keeps focus inside and gives it back on closing.
//!
//! The element stays in the page while its component lives; only its content comes and goes with `open`.

use dioxus::prelude::*;

use crate::{Glyph, IconButton, page, use_element_id, use_texts};

/// A sheet that comes up from the bottom edge, for choosing and for details. Escape and a tap outside close it.
#[component]
pub fn Sheet(
    open: bool,
    title: String,
    on_close: EventHandler<()>,
    /// Buttons that stay in sight below the content.
    #[props(default)]
    actions: Option<Element>,
    children: Element,
) -> Element {
    rsx! {
        Modal { class: "sheet", role: "dialog", open, title, on_close, actions, {children} }
    }
}

/// A question that must be answered before going on. The actions answer it; Escape means no.
#[component]
pub fn Dialog(
    open: bool,
    title: String,
    on_close: EventHandler<()>,
    actions: Element,
    children: Element,
) -> Element {
    rsx! {
        Modal { class: "dialog", role: "alertdialog", open, title, on_close, actions, {children} }
    }
}

#[component]
fn Modal(
    class: &'static str,
    role: &'static str,
    open: bool,
    title: String,
    on_close: EventHandler<()>,
    actions: Option<Element>,
    children: Element,
) -> Element {
    let t = use_texts();
    let id = use_element_id("modal");
    let element = id.clone();
    use_effect(use_reactive!(|open| page::show_dialog(&element, open)));
    rsx! {
        dialog {
            class,
            id: id.clone(),
            role,
            aria_labelledby: "{id}-title",
            onclick: move |_| on_close.call(()),
            onkeydown: move |event| {
                if event.key() == Key::Escape {
                    on_close.call(());
                }
            },
            if open {
                div { class: "modal", onclick: move |event| event.stop_propagation(),
                    header { class: "modal__head",
                        h2 { id: "{id}-title", {title} }
                        IconButton {
                            glyph: Glyph::Close,
                            label: t.get("action-close"),
                            onclick: move |()| on_close.call(()),
                        }
                    }
                    div { class: "modal__body", {children} }
                    if let Some(actions) = actions {
                        div { class: "modal__actions", {actions} }
                    }
                }
            }
        }
    }
}
