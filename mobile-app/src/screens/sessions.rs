//! Where the account is signed in. Needs the server.

use dioxus::prelude::*;
use mediconnect_domain::sign_in::SessionLine;
use mediconnect_ui::{
    Button, ButtonKind, Card, Chip, ErrorState, Glyph, Screen, Skeleton, Toast, Tone, use_reader, use_toasts,
};

use crate::{back, use_device, words};

#[component]
pub fn Sessions() -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let mut sessions = use_resource(move || async move { device.client().sessions().await });
    let shown = match &*sessions.read() {
        None => rsx! { Skeleton {} },
        Some(Err(error)) => rsx! {
            ErrorState { text: words::sign_in(reader, error), on_retry: move |()| sessions.restart() }
        },
        Some(Ok(lines)) => rsx! {
            for line in lines.clone() {
                Session { key: "{line.id}", line, on_ended: move |()| sessions.restart() }
            }
        },
    };
    rsx! {
        Screen { title: t.get("app-sessions"), on_back: |()| back(),
            p { class: "muted", {t.get("app-sessions-text")} }
            {shown}
        }
    }
}

#[component]
fn Session(line: SessionLine, on_ended: EventHandler<()>) -> Element {
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
                Err(error) => toasts.show(Toast::new(Tone::Critical, words::sign_in(reader, &error))),
            }
            busy.set(false);
        });
    };
    let since = [("when", words::when(reader, line.created_at).into())];
    let used = [("when", words::when(reader, line.last_used_at).into())];
    rsx! {
        Card { label: line.device_name.clone(),
            div { class: "row row--apart",
                p { class: "strong", {line.device_name.clone()} }
                if line.current {
                    Chip { tone: Tone::Positive, glyph: Glyph::Check, {t.get("app-sessions-this")} }
                }
            }
            p { class: "small muted", {t.with("app-sessions-since", &since)} }
            p { class: "small muted", {t.with("app-sessions-used", &used)} }
            if !line.current {
                Button { small: true, kind: ButtonKind::Critical, busy: busy(), onclick: end, {t.get("app-sessions-end")} }
            }
        }
    }
}
