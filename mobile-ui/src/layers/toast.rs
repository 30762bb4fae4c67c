//! Short messages about what just happened, read out by screen readers as they appear.

use std::time::Duration;

use dioxus::prelude::*;

use crate::{Glyph, Icon, IconButton, Tone, use_texts};

/// A message, perhaps with one thing to do about it.
#[derive(Clone, PartialEq)]
pub struct Toast {
    pub tone: Tone,
    pub text: String,
    pub action: Option<ToastAction>,
}

#[derive(Clone, PartialEq)]
pub struct ToastAction {
    pub label: String,
    pub run: Callback<()>,
}

impl Toast {
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into(), action: None }
    }

    /// With a button, such as 'Undo'.
    pub fn with_action(mut self, label: impl Into<String>, run: Callback<()>) -> Self {
        self.action = Some(ToastAction { label: label.into(), run });
        self
    }
}

/// Long enough to read twice; one with a button stays until it is dismissed.
const STAYS: Duration = Duration::from_secs(7);

/// Where messages go: `use_toasts().show(Toast::new(Tone::Positive, "…"))`.
#[derive(Clone, Copy, PartialEq)]
pub struct Toasts {
    shown: Signal<Option<(u64, Toast)>>,
    count: Signal<u64>,
}

impl Toasts {
    pub(crate) fn new() -> Self {
        Self { shown: Signal::new(None), count: Signal::new(0) }
    }

    pub fn show(mut self, toast: Toast) {
        // Whoever shows a message does not want to be told of the next one.
        let number = *self.count.peek() + 1;
        let stays = toast.action.is_some();
        self.count.set(number);
        self.shown.set(Some((number, toast)));
        if !stays {
            dioxus::core::spawn_forever(async move {
                tokio::time::sleep(STAYS).await;
                self.dismiss(number);
            });
        }
    }

    /// Takes the message away unless a newer one is there.
    fn dismiss(mut self, number: u64) {
        if self.shown.peek().as_ref().is_some_and(|(shown, _)| *shown == number) {
            self.shown.set(None);
        }
    }
}

pub fn use_toasts() -> Toasts {
    use_context::<Toasts>()
}

/// The place messages appear in. The region is always there: one that comes with its message is not read out.
#[component]
pub(crate) fn ToastRegion() -> Element {
    let t = use_texts();
    let toasts = use_toasts();
    let shown = (toasts.shown)();
    rsx! {
        div { class: "toasts", role: "status", aria_live: "polite",
            if let Some((number, toast)) = shown {
                div { class: "toast", key: "{number}", "data-tone": toast.tone.name(),
                    Icon { glyph: toast.tone.glyph() }
                    p { class: "toast__text", {toast.text} }
                    if let Some(action) = toast.action {
                        button {
                            class: "toast__action",
                            r#type: "button",
                            onclick: move |_| {
                                action.run.call(());
                                toasts.dismiss(number);
                            },
                            {action.label}
                        }
                    }
                    IconButton {
                        glyph: Glyph::Close,
                        label: t.get("ui-dismiss-message"),
                        onclick: move |()| toasts.dismiss(number),
                    }
                }
            }
        }
    }
}
