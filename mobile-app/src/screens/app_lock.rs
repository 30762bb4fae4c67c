//! Setting the app's own lock: a PIN, and after how long it is asked for. Works without a connection.

use dioxus::prelude::*;
use mediconnect_core::{NotAPin, Pin};
use mediconnect_ui::{
    Button, ButtonKind, Chip, ChoiceOption, ErrorSummary, FieldProblem, Form, Glyph, PasswordField, Screen,
    Section, Segmented, Texts, Toast, Tone, use_reader, use_texts, use_toasts,
};

use super::lock::words;
use crate::{Problem, back, use_device};

/// Minutes to choose from.
const IDLE_MIN: [u32; 4] = [1, 5, 15, 60];
const FIRST_IDLE_S: u32 = 5 * 60;

const CURRENT: &str = "pin-current";
const NEW: &str = "pin-new";
const AGAIN: &str = "pin-again";

/// What is done with the PIN below.
#[derive(Clone, Copy, PartialEq)]
enum Doing {
    Nothing,
    Change,
    Remove,
}

#[component]
pub fn AppLock() -> Element {
    let t = use_texts();
    let device = use_device();
    let mut doing = use_signal(|| Doing::Nothing);
    let done = move |()| {
        doing.set(Doing::Nothing);
        device.look_again();
    };
    let state = device.lock_state();
    rsx! {
        Screen { title: t.get("account-lock"), on_back: |()| back(),
            p { class: "muted", {t.get("account-lock-why")} }
            match (state, doing()) {
                (None, _) => rsx! { ChoosePin { has_one: false, idle_s: FIRST_IDLE_S, on_done: done } },
                (Some(state), Doing::Change) => rsx! { ChoosePin { has_one: true, idle_s: state.idle_s, on_done: done } },
                (Some(_), Doing::Remove) => rsx! { GivePinUp { on_done: done } },
                (Some(state), Doing::Nothing) => rsx! {
                    div { class: "card",
                        div { class: "row row--apart",
                            p { class: "strong", {t.get("account-lock-pin")} }
                            Chip { tone: Tone::Positive, glyph: Glyph::Check, {t.get("account-second-on")} }
                        }
                        Button { wide: true, glyph: Glyph::Lock, onclick: move |()| device.lock(), {t.get("account-lock-now")} }
                        div { class: "row",
                            Button { small: true, kind: ButtonKind::Secondary, onclick: move |()| doing.set(Doing::Change), {t.get("account-lock-change")} }
                            Button { small: true, kind: ButtonKind::Critical, onclick: move |()| doing.set(Doing::Remove), {t.get("account-lock-remove")} }
                        }
                    }
                    Idle { idle_s: state.idle_s }
                },
            }
            p { class: "small muted", {t.get("account-lock-note")} }
        }
    }
}

/// After how long without a touch the app locks itself.
#[component]
fn Idle(idle_s: u32) -> Element {
    let t = use_texts();
    let device = use_device();
    let options = IDLE_MIN
        .map(|n| ChoiceOption::new(n.to_string(), t.with("account-lock-minutes", &[("n", n.into())])))
        .to_vec();
    rsx! {
        Section { title: t.get("account-lock-idle"),
            Segmented {
                label: t.get("account-lock-idle"),
                options,
                value: (idle_s / 60).to_string(),
                on_change: move |minutes: String| {
                    let chosen = minutes.parse::<u32>().unwrap_or(IDLE_MIN[0]) * 60;
                    if let Err(error) = device.client().set_idle(chosen) {
                        tracing::error!(%error, "the time of the lock was not kept");
                    }
                    device.look_again();
                },
            }
        }
    }
}

/// A PIN twice, and before it the one that is there.
#[component]
fn ChoosePin(has_one: bool, idle_s: u32, on_done: EventHandler<()>) -> Element {
    let t = use_reader().texts();
    let device = use_device();
    let toasts = use_toasts();
    let mut current = use_signal(String::new);
    let mut new = use_signal(String::new);
    let mut again = use_signal(String::new);
    let mut attempts = use_signal(|| 0_u32);
    let mut busy = use_signal(|| false);
    let mut refused = use_signal(|| None::<String>);
    let errors = move || {
        let current = (has_one && current.read().is_empty()).then_some("account-lock-missing");
        let new_error = Pin::new(&new.read()).err().map(|error| match error {
            NotAPin::Form => "account-lock-form",
            NotAPin::TooEasy => "account-lock-easy",
        });
        let again = (*again.read() != *new.read()).then_some("account-lock-differs");
        [(CURRENT, current), (NEW, new_error), (AGAIN, again)]
    };
    let shown = if attempts() > 0 { errors() } else { [(CURRENT, None), (NEW, None), (AGAIN, None)] };
    let error = |id: &str| said(t, &shown, id);
    let problems = shown
        .iter()
        .filter_map(|(id, key)| key.map(|key| FieldProblem::new(*id, t.get(key))))
        .collect::<Vec<_>>();
    let save = move |()| {
        attempts += 1;
        let Ok(pin) = Pin::new(&new.read()) else { return };
        if busy() || errors().iter().any(|(_, key)| key.is_some()) {
            return;
        }
        busy.set(true);
        refused.set(None);
        let before = has_one.then(|| current.peek().clone());
        spawn(async move {
            let client = device.client();
            let set = tokio::task::spawn_blocking(move || {
                if let Some(before) = before {
                    client.check_pin(&before)?;
                }
                Ok(client.set_pin(&pin, idle_s)?)
            });
            let answer = set.await;
            busy.set(false);
            match answer {
                Ok(Ok(())) => {
                    toasts.show(Toast::new(Tone::Positive, t.get("account-lock-set")));
                    on_done.call(());
                }
                Ok(Err(error)) => {
                    refused.set(Some(words(t, &error)));
                    // Where it was the last try, there is no account any more.
                    device.look_again();
                }
                Err(_) => refused.set(Some(t.get("app-store-failed-text"))),
            }
        });
    };
    let title = t.get(if has_one { "account-lock-change" } else { "account-lock-choose" });
    rsx! {
        Form { label: title.clone(), on_submit: save,
            ErrorSummary { problems, attempt: attempts() }
            Problem { text: refused() }
            if has_one {
                PasswordField { id: CURRENT, label: t.get("account-lock-current"), digits: true, value: current(), error: error(CURRENT), on_change: move |typed| current.set(typed) }
            }
            PasswordField { id: NEW, label: t.get("account-lock-new"), help: t.get("account-lock-help"), digits: true, value: new(), error: error(NEW), on_change: move |typed| new.set(typed) }
            PasswordField { id: AGAIN, label: t.get("account-lock-again"), digits: true, value: again(), error: error(AGAIN), on_change: move |typed| again.set(typed) }
            Button { submit: true, wide: true, glyph: Glyph::Lock, busy: busy(), {title} }
            if has_one {
                Button { kind: ButtonKind::Quiet, onclick: move |()| on_done.call(()), {t.get("action-cancel")} }
            }
        }
    }
}

fn said(t: Texts, errors: &[(&str, Option<&str>)], id: &str) -> Option<String> {
    errors.iter().find(|(of, _)| *of == id).and_then(|(_, key)| key.map(|key| t.get(key)))
}

#[component]
fn GivePinUp(on_done: EventHandler<()>) -> Element {
    let t = use_reader().texts();
    let device = use_device();
    let toasts = use_toasts();
    let mut pin = use_signal(String::new);
    let mut busy = use_signal(|| false);
    let mut refused = use_signal(|| None::<String>);
    let remove = move |()| {
        if busy() || pin.read().is_empty() {
            return;
        }
        busy.set(true);
        refused.set(None);
        let typed = pin();
        spawn(async move {
            let client = device.client();
            let answer = tokio::task::spawn_blocking(move || client.remove_pin(&typed)).await;
            busy.set(false);
            match answer {
                Ok(Ok(())) => {
                    toasts.show(Toast::new(Tone::Neutral, t.get("account-lock-removed")));
                    on_done.call(());
                }
                Ok(Err(error)) => {
                    refused.set(Some(words(t, &error)));
                    device.look_again();
                }
                Err(_) => refused.set(Some(t.get("app-store-failed-text"))),
            }
        });
    };
    rsx! {
        Form { label: t.get("account-lock-remove"), on_submit: remove,
            Problem { text: refused() }
            PasswordField { id: CURRENT, label: t.get("account-lock-current"), digits: true, value: pin(), on_change: move |typed| pin.set(typed) }
            Button { submit: true, wide: true, kind: ButtonKind::Critical, busy: busy(), {t.get("account-lock-remove")} }
            Button { kind: ButtonKind::Quiet, onclick: move |()| on_done.call(()), {t.get("action-cancel")} }
        }
    }
}
