//! The field for a code of the authenticator app, or a recovery code in its place.

use dioxus::prelude::*;
use mediconnect_ui::{Button, ButtonKind, InputKind, TextField, use_texts};

/// Begins with the app's six digits and the keyboard for them. What was typed goes when one turns to the other kind.
#[component]
pub fn CodeField(
    value: String,
    on_change: EventHandler<String>,
    #[props(default)] error: Option<String>,
    /// Whether a recovery code will do.
    #[props(default = true)]
    or_recovery: bool,
) -> Element {
    let t = use_texts();
    let mut recovery = use_signal(|| false);
    let (label, help, turn, kind, fill) = match recovery() {
        false => (
            "account-code",
            "account-code-help",
            "account-code-use-recovery",
            InputKind::Number,
            Some("one-time-code"),
        ),
        true => (
            "account-code-recovery",
            "account-code-recovery-help",
            "account-code-use-app",
            InputKind::Text,
            Some("off"),
        ),
    };
    rsx! {
        TextField {
            key: "{label}",
            id: CODE,
            label: t.get(label),
            help: t.get(help),
            kind,
            autocomplete: fill.map(str::to_owned),
            value,
            error,
            on_change,
        }
        if or_recovery {
            div { class: "row",
                Button {
                    small: true,
                    kind: ButtonKind::Quiet,
                    onclick: move |()| {
                        recovery.toggle();
                        on_change.call(String::new());
                    },
                    {t.get(turn)}
                }
            }
        }
    }
}

/// The id of the field, for a summary of errors.
pub const CODE: &str = "second-factor-code";
