//! The app waits for its PIN. Nothing of the account is shown here, its owner's name included.

use dioxus::prelude::*;
use mediconnect_core::{LockState, UnlockError};
use mediconnect_ui::{
    Button, ButtonKind, Dialog, Form, Glyph, Icon, PasswordField, Reader, TextSize, Texts, Theme, Toast,
    Tone, use_now, use_reader, use_texts, use_toasts,
};

use crate::{Problem, use_device};

/// Tries that are left when it is said what the last one leads to.
const WARN_AT: u32 = 5;

/// On `on_leave`, what the app has in memory of the account is to be let go.
#[component]
pub fn Lock(on_leave: EventHandler<()>) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let mut pin = use_signal(String::new);
    let mut busy = use_signal(|| false);
    let mut wrong = use_signal(|| None::<String>);
    let mut forgotten = use_signal(|| false);
    // Drawn again as time goes by: the wait gets shorter.
    use_now();
    let state = device.client().lock_state().ok().flatten();
    let waits = state.filter(|state| state.wait_s > 0);
    let unlock = move |()| {
        if busy() || pin.read().is_empty() {
            return;
        }
        wrong.set(None);
        // Too soon: it would not be looked at, and is not said to be wrong.
        if device.client().lock_state().ok().flatten().is_some_and(|state| state.wait_s > 0) {
            return;
        }
        busy.set(true);
        let typed = pin();
        spawn(async move {
            let client = device.client();
            let answer = tokio::task::spawn_blocking(move || client.unlock(&typed)).await;
            busy.set(false);
            match answer {
                Ok(Ok(_)) => device.look_again(),
                Ok(Err(error)) => {
                    pin.set(String::new());
                    match error {
                        UnlockError::Wiped => {
                            toasts.show(Toast::new(Tone::Critical, t.get("account-lock-wiped")));
                            left(reader, on_leave);
                            device.look_again();
                        }
                        UnlockError::NotOpened(_) => wrong.set(Some(t.get("account-lock-wrong"))),
                        other => wrong.set(Some(words(t, &other))),
                    }
                }
                Err(_) => wrong.set(Some(t.get("app-store-failed-text"))),
            }
        });
    };
    rsx! {
        main { class: "lock", id: "content",
            span { class: "lock__picture", Icon { glyph: Glyph::Lock } }
            h1 { {t.get("account-lock-title")} }
            p { class: "muted", {t.get("account-lock-text")} }
            if let Some(state) = state.filter(|state| state.tries_left <= WARN_AT) {
                p { class: "notice", role: "alert", "data-tone": "critical",
                    Icon { glyph: Glyph::Alert }
                    span { {t.with("account-lock-left", &[("n", state.tries_left.into())])} }
                }
            }
            Form { label: t.get("account-lock-title"), on_submit: unlock,
                Problem { text: wrong() }
                if let Some(state) = waits {
                    p { class: "notice", role: "status", "data-tone": "caution",
                        Icon { glyph: Glyph::Waiting }
                        span { {wait(t, state)} }
                    }
                }
                PasswordField {
                    id: "pin",
                    label: t.get("account-lock-pin"),
                    digits: true,
                    value: pin(),
                    on_change: move |typed| pin.set(typed),
                }
                Button { submit: true, wide: true, glyph: Glyph::Lock, busy: busy(), {t.get("account-lock-open")} }
            }
            div { class: "row",
                Button { kind: ButtonKind::Quiet, onclick: move |()| forgotten.set(true), {t.get("account-lock-forgotten")} }
            }
            Dialog {
                open: forgotten(),
                title: t.get("account-lock-wipe-question"),
                on_close: move |()| forgotten.set(false),
                actions: rsx! { WipeActions { on_leave, on_stay: move |()| forgotten.set(false) } },
                p { {t.get("account-lock-wipe-text")} }
            }
        }
    }
}

#[component]
fn WipeActions(on_leave: EventHandler<()>, on_stay: EventHandler<()>) -> Element {
    let reader = use_reader();
    let t = use_texts();
    let device = use_device();
    let wipe = move |()| {
        if let Err(error) = device.client().wipe_locked() {
            tracing::error!(%error, "the account was not taken off this device");
        }
        left(reader, on_leave);
        device.look_again();
    };
    rsx! {
        Button { kind: ButtonKind::Secondary, onclick: move |()| on_stay.call(()), {t.get("action-cancel")} }
        Button { kind: ButtonKind::Critical, onclick: wipe, {t.get("app-sign-out")} }
    }
}

/// The look that the account had chosen goes with it.
fn left(reader: Reader, on_leave: EventHandler<()>) {
    on_leave.call(());
    let Reader { mut theme, mut text_size, .. } = reader;
    theme.set(Theme::default());
    text_size.set(TextSize::default());
}

/// 'Wait 5 minutes', rounded up.
fn wait(t: Texts, state: LockState) -> String {
    match state.wait_s {
        s @ 0..=60 => t.with("account-lock-wait-seconds", &[("n", s.into())]),
        s => t.with("account-lock-wait-minutes", &[("n", s.div_ceil(60).into())]),
    }
}

/// Why a PIN did not open, and how long the next try has to wait.
pub(super) fn words(t: Texts, error: &UnlockError) -> String {
    match error {
        UnlockError::NotOpened(state) if state.wait_s > 0 => {
            format!("{} {}", t.get("account-lock-wrong"), wait(t, *state))
        }
        UnlockError::NotOpened(_) => t.get("account-lock-wrong"),
        UnlockError::Wiped => t.get("account-lock-wiped"),
        UnlockError::NotLocked | UnlockError::Open(_) => t.get("app-store-failed-text"),
    }
}
