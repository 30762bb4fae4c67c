//! Where the account is signed in, and its password. Both need the server.

use dioxus::prelude::*;
use mediconnect_core::views::patient::sign_up::SHORTEST_PASSWORD;
use mediconnect_domain::sign_in::SessionLine;
use mediconnect_ui::{
    Button, ButtonKind, Card, Chip, ErrorState, Form, Glyph, Icon, PasswordField, Screen, Skeleton, Toast,
    Tone, use_reader, use_texts, use_toasts,
};

use crate::{
    device::{sign_in_words, use_device},
    frame::back,
    words,
};

#[component]
pub fn Devices() -> Element {
    let t = use_texts();
    let device = use_device();
    let mut sessions = use_resource(move || async move { device.client().sessions().await });
    let shown = match &*sessions.read() {
        None => rsx! { Skeleton {} },
        Some(Err(error)) => rsx! {
            ErrorState { text: sign_in_words(t, error), on_retry: move |()| sessions.restart() }
        },
        Some(Ok(lines)) => rsx! {
            for line in lines.clone() {
                OneSession { key: "{line.id}", line, on_ended: move |()| sessions.restart() }
            }
        },
    };
    rsx! {
        Screen { title: t.get("patient-devices"), on_back: |()| back(),
            p { class: "muted", {t.get("patient-devices-intro")} }
            {shown}
        }
    }
}

#[component]
fn OneSession(line: SessionLine, on_ended: EventHandler<()>) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let mut busy = use_signal(|| false);
    let id = line.id;
    let end = move |()| {
        busy.set(true);
        spawn(async move {
            match device.client().revoke_session(id).await {
                Ok(()) => on_ended.call(()),
                Err(error) => toasts.show(Toast::new(Tone::Critical, sign_in_words(t, &error))),
            }
            busy.set(false);
        });
    };
    rsx! {
        Card {
            div { class: "row row--apart",
                p { class: "strong", {line.device_name.clone()} }
                if line.current {
                    Chip { tone: Tone::Positive, glyph: Glyph::Check, {t.get("patient-this-device")} }
                }
            }
            p { class: "small muted", {t.with("patient-device-since", &[("when", words::when(reader, line.created_at).into())])} }
            p { class: "small muted", {t.with("patient-device-used", &[("when", words::when(reader, line.last_used_at).into())])} }
            if !line.current {
                Button { small: true, kind: ButtonKind::Critical, busy: busy(), onclick: end, {t.get("patient-device-end")} }
            }
        }
    }
}

#[component]
pub fn Password() -> Element {
    let t = use_texts();
    let device = use_device();
    let toasts = use_toasts();
    let mut current = use_signal(String::new);
    let mut new = use_signal(String::new);
    let mut tried = use_signal(|| false);
    let mut busy = use_signal(|| false);
    let mut refused = use_signal(|| None::<String>);
    let short = move || new.read().chars().count() < SHORTEST_PASSWORD;
    let current_error = (tried() && current.read().is_empty()).then(|| t.get("sign-in-password-missing"));
    let new_error = (tried() && short()).then(|| t.get("patient-sign-up-password-short"));
    let send = move |()| {
        tried.set(true);
        if busy() || short() || current.read().is_empty() {
            return;
        }
        busy.set(true);
        refused.set(None);
        spawn(async move {
            let answer = device.client().change_password(&current(), &new()).await;
            busy.set(false);
            match answer {
                Ok(()) => {
                    toasts.show(Toast::new(Tone::Positive, t.get("patient-password-changed")));
                    back();
                }
                Err(error) => refused.set(Some(sign_in_words(t, &error))),
            }
        });
    };
    rsx! {
        Screen { title: t.get("patient-password"), on_back: |()| back(),
            p { class: "muted", {t.get("patient-password-intro")} }
            Form { label: t.get("patient-password"), on_submit: send,
                if let Some(refused) = refused() {
                    p { class: "notice", role: "alert", "data-tone": "critical",
                        Icon { glyph: Glyph::Error }
                        span { {refused} }
                    }
                }
                PasswordField {
                    label: t.get("patient-password-current"),
                    value: current(),
                    error: current_error,
                    on_change: move |typed| current.set(typed),
                }
                PasswordField {
                    label: t.get("patient-password-new"),
                    help: t.get("patient-sign-up-password-help"),
                    choosing: true,
                    value: new(),
                    error: new_error,
                    on_change: move |typed| new.set(typed),
                }
                Button { submit: true, wide: true, busy: busy(), {t.get("patient-password-change")} }
            }
        }
    }
}
