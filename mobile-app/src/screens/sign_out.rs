//! Signing out takes everything of the account off the phone.

use dioxus::prelude::*;
use mediconnect_ui::{
    Button, ButtonKind, Dialog, Glyph, Icon, Reader, TextSize, Theme, Toast, Tone, use_reader, use_texts,
    use_toasts,
};

use crate::{Place, use_device, words};

/// The button, and the question that says what would be lost. On `on_leave`, what the app has in memory is to be let go.
#[component]
pub fn SignOut(on_leave: EventHandler<()>) -> Element {
    let t = use_texts();
    let mut asks = use_signal(|| false);
    let device = use_device();
    let (unsent, words_wait) = (device.pending().len(), device.words_wait());
    rsx! {
        Button { wide: true, kind: ButtonKind::Critical, glyph: Glyph::SignOut, onclick: move |()| asks.set(true),
            {t.get("app-sign-out")}
        }
        Dialog {
            open: asks(),
            title: t.get("app-sign-out-question"),
            on_close: move |()| asks.set(false),
            actions: rsx! { Actions { on_leave, on_stay: move |()| asks.set(false) } },
            p { {t.get("app-sign-out-text")} }
            if words_wait {
                p { class: "notice", "data-tone": "critical",
                    Icon { glyph: Glyph::Alert }
                    span { {t.get(&device.for_role("app-sign-out-words"))} }
                }
                Button { small: true, kind: ButtonKind::Secondary, onclick: |()| Place::Words.open(), {t.get("app-words-see")} }
            }
            if unsent > 0 {
                p { class: "notice", "data-tone": "critical",
                    Icon { glyph: Glyph::Alert }
                    span { {t.with("app-sign-out-unsent", &[("n", unsent.into())])} }
                }
            }
        }
    }
}

#[component]
fn Actions(on_leave: EventHandler<()>, on_stay: EventHandler<()>) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let Reader { mut theme, mut text_size, .. } = reader;
    let mut busy = use_signal(|| false);
    let leave = move |()| {
        busy.set(true);
        on_leave.call(());
        // This very component goes when the account does; what follows must not go with it.
        dioxus::core::spawn_forever(async move {
            if let Err(error) = device.client().sign_out().await {
                tracing::error!(%error, "the account was not taken off this device");
                toasts.show(Toast::new(Tone::Critical, words::sign_in(reader, &error)));
            }
            theme.set(Theme::default());
            text_size.set(TextSize::default());
            device.look_again();
        });
    };
    rsx! {
        Button { kind: ButtonKind::Secondary, onclick: move |()| on_stay.call(()), {t.get("action-cancel")} }
        Button { kind: ButtonKind::Critical, busy: busy(), onclick: leave, {t.get("app-sign-out")} }
    }
}
