//! What was done here and is not settled with the server yet.

use dioxus::prelude::*;
use mediconnect_core::{PendingCommand, PendingState};
use mediconnect_ui::{
    Button, ButtonKind, Card, EmptyState, Glyph, Icon, PendingClock, PictureKind, Screen, Section, use_now,
    use_texts, use_toasts,
};

use crate::{SessionEnded, Status, back, use_device, words};

/// The cards of what was refused are the app's own.
#[component]
pub fn Outbox(refused: Element) -> Element {
    let t = use_texts();
    let (not_accepted, waiting): (Vec<PendingCommand>, Vec<PendingCommand>) =
        use_device().pending().into_iter().partition(|one| matches!(one.state, PendingState::Refused { .. }));
    let (all_sent, online) = (waiting.is_empty(), use_device().sync().online);
    rsx! {
        Screen { title: t.get("app-outbox"), on_back: |()| back(), line: rsx! { Status {} },
            Obstacles {}
            if not_accepted.is_empty() && all_sent {
                EmptyState { picture: PictureKind::Done, title: t.get("app-outbox-empty"), text: t.get("app-outbox-empty-text") }
            }
            if !not_accepted.is_empty() {
                Section { title: t.get("state-refused"), {refused} }
            }
            if !all_sent {
                Section { title: t.get("state-pending"),
                    p { class: "muted", {t.get("app-outbox-text")} }
                    for one in waiting {
                        Waiting { key: "{one.id}", one }
                    }
                }
            }
            if !(all_sent && online) {
                SyncNow {}
            }
        }
    }
}

/// Why nothing is sent, where it is not the connection.
#[component]
fn Obstacles() -> Element {
    let t = use_texts();
    let device = use_device();
    let sync = device.sync();
    let obstacles = [
        (sync.upgrade_needed, "app-update-needed"),
        (sync.store_problem.is_some(), "app-store-full-text"),
        (sync.clock_off_ms.is_some(), "app-clock-off"),
    ];
    rsx! {
        SessionEnded {}
        for (_, key) in obstacles.into_iter().filter(|(there, _)| *there) {
            p { key: "{key}", class: "notice", role: "alert", "data-tone": "caution",
                Icon { glyph: Glyph::Alert }
                span { {t.get(key)} }
            }
        }
        if sync.audit_alarm {
            Card {
                p { class: "strong row", Icon { glyph: Glyph::Alert } {t.get("app-audit-alarm")} }
                p { class: "small", {t.get("app-audit-alarm-text")} }
                Button { small: true, kind: ButtonKind::Quiet, onclick: move |()| device.dismiss_audit_alarm(), {t.get("app-audit-alarm-dismiss")} }
            }
        }
    }
}

#[component]
fn Waiting(one: PendingCommand) -> Element {
    let t = use_texts();
    let device = use_device();
    let toasts = use_toasts();
    let now = use_now();
    let id = one.id;
    rsx! {
        Card {
            div { class: "row row--apart",
                p { class: "strong", {words::command(t, &one.name).unwrap_or_else(|| t.get("app-did-something"))} }
                PendingClock {}
            }
            p { class: "small muted", {t.relative(one.submitted_at, now)} }
            if one.blocked_by.is_some() {
                p { class: "small", {t.get("app-outbox-blocked")} }
            }
            if one.state == PendingState::Pending {
                Button { small: true, kind: ButtonKind::Quiet, onclick: move |()| device.discard(id, toasts), {t.get("action-discard")} }
            }
        }
    }
}

/// For the impatient: the background does the same by itself.
#[component]
fn SyncNow() -> Element {
    let t = use_texts();
    let device = use_device();
    let mut busy = use_signal(|| false);
    let sync = move |()| {
        busy.set(true);
        spawn(async move {
            if let Err(error) = device.client().sync_now().await {
                tracing::info!(%error, "asked for by hand, sync did not come to its end");
            }
            busy.set(false);
        });
    };
    rsx! {
        Button { kind: ButtonKind::Secondary, glyph: Glyph::Retry, busy: busy(), onclick: sync, {t.get("app-sync-now")} }
    }
}
