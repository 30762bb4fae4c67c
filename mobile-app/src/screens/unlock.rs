//! A device that does not open the account yet: the recovery words let it in.

use dioxus::prelude::*;
use mediconnect_core::{RecoverError, vault::RecoveryError};
use mediconnect_ui::{
    Button, Card, Form, Glyph, Screen, TextArea, Texts, Toast, Tone, use_texts, use_toasts,
};

use crate::{Place, back, use_device};

/// Where sealed content would stand on a device that cannot open it. Says so, and what helps.
#[component]
pub fn Locked() -> Element {
    let t = use_texts();
    rsx! {
        Card { tone: Tone::Caution, label: t.get("app-locked"),
            h2 { {t.get("app-locked")} }
            p { {t.get("app-locked-text")} }
            Button { glyph: Glyph::Key, onclick: |()| Place::Unlock.open(), {t.get("app-locked-button")} }
        }
    }
}

#[component]
pub fn Unlock() -> Element {
    let t = use_texts();
    let device = use_device();
    let toasts = use_toasts();
    let mut words = use_signal(String::new);
    let mut problem = use_signal(|| None::<String>);
    let unlock = move |()| {
        let recovered = device.client().recover(&words.peek());
        match recovered {
            Ok(()) => {
                words.set(String::new());
                toasts.show(Toast::new(Tone::Positive, t.get("app-unlock-done")));
                back();
            }
            Err(error) => problem.set(Some(why(t, &error))),
        }
    };
    rsx! {
        Screen { title: t.get("app-unlock"), on_back: |()| back(),
            p { {t.get("app-unlock-intro")} }
            Form { label: t.get("app-unlock"), on_submit: unlock,
                TextArea {
                    label: t.get("app-unlock-field"),
                    help: t.get("app-unlock-help"),
                    rows: 5,
                    max_length: 400,
                    value: words(),
                    error: problem(),
                    on_change: move |typed| words.set(typed),
                }
                Button { submit: true, wide: true, {t.get("app-unlock-button")} }
            }
            p { class: "muted", {t.get("app-unlock-lost")} }
        }
    }
}

fn why(t: Texts, error: &RecoverError) -> String {
    match error {
        RecoverError::Words(RecoveryError::WordCount { found }) => {
            t.with("app-unlock-count", &[("n", (*found).into())])
        }
        RecoverError::Words(RecoveryError::UnknownWord { position }) => {
            t.with("app-unlock-unknown", &[("n", (*position).into())])
        }
        RecoverError::Words(_) => t.get("app-unlock-checksum"),
        RecoverError::AnotherAccount => t.get("app-unlock-other"),
        RecoverError::Vault(error) => crate::words::vault(t, error),
    }
}
