//! What was done here and is not settled with the server yet.

use dioxus::prelude::*;
use mediconnect_core::{PendingCommand, PendingState, views::patient::refusals::refused};
use mediconnect_ui::{
    Button, ButtonKind, Card, EmptyState, Glyph, Icon, PictureKind, Screen, Section, use_now, use_reader,
    use_texts, use_toasts,
};

use crate::{
    device::use_device,
    frame::back,
    parts::{RefusedCards, SessionEnded, Status, StoreFailed},
    words,
};

#[component]
pub fn Outbox() -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let pending = device.pending();
    let sync = device.sync();
    let shown = device.read(|records| refused(records, &pending, now));
    let waiting: Vec<PendingCommand> =
        pending.into_iter().filter(|one| !matches!(one.state, PendingState::Refused { .. })).collect();
    rsx! {
        Screen { title: t.get("patient-outbox"), on_back: |()| back(), line: rsx! { Status {} },
            SessionEnded {}
            if sync.upgrade_needed {
                Notice { text: t.get("patient-update-needed") }
            }
            if sync.store_problem.is_some() {
                Notice { text: t.get("patient-store-full-text") }
            }
            if sync.clock_off_ms.is_some() {
                Notice { text: t.get("patient-sync-clock-off") }
            }
            match shown {
                Err(_) => rsx! { StoreFailed {} },
                Ok(refused) if refused.is_empty() && waiting.is_empty() => rsx! {
                    EmptyState { picture: PictureKind::Done, title: t.get("patient-outbox-empty"), text: t.get("patient-outbox-empty-text") }
                },
                Ok(refused) => rsx! {
                    RefusedCards { refused }
                    if !waiting.is_empty() {
                        Section { title: t.get("state-pending"),
                            p { class: "muted", {t.get("patient-outbox-text")} }
                            for one in waiting {
                                Waiting { key: "{one.id}", one }
                            }
                        }
                    }
                },
            }
            SyncNow {}
        }
    }
}

#[component]
fn Notice(text: String) -> Element {
    rsx! {
        p { class: "notice", role: "alert", "data-tone": "caution",
            Icon { glyph: Glyph::Alert }
            span { {text} }
        }
    }
}

#[component]
fn Waiting(one: PendingCommand) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let id = one.id;
    let what = t.find(&format!("patient-did-{}", one.name.replace(['.', '_'], "-")));
    rsx! {
        Card {
            div { class: "row row--apart",
                p { class: "strong", {what.unwrap_or_else(|| t.get("patient-did-something"))} }
                p { class: "small muted", {words::when(reader, one.submitted_at)} }
            }
            if one.blocked_by.is_some() {
                p { class: "small", {t.get("patient-outbox-blocked")} }
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
        Button { kind: ButtonKind::Secondary, glyph: Glyph::Retry, busy: busy(), onclick: sync, {t.get("patient-sync-now")} }
    }
}
