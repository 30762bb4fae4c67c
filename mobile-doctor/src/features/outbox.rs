//! What waits to be sent and what was not accepted.

use dioxus::prelude::*;
use mediconnect_core::{PendingCommand, PendingState, views::doctor::refusals::refused};
use mediconnect_ui::{EmptyState, PendingClock, PictureKind, Screen, Section, use_now, use_texts};

use crate::{
    device::use_device,
    frame::back,
    parts::{RefusedCards, Status, StoreFailed},
    practice::use_practice,
};

#[component]
pub fn Outbox() -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let practice = use_practice();
    let pending = device.pending();
    let cards = device.read(|records| refused(records, &pending, now));
    let waiting: Vec<PendingCommand> =
        pending.iter().filter(|one| !matches!(one.state, PendingState::Refused { .. })).cloned().collect();
    rsx! {
        Screen { title: t.get("doctor-outbox"), on_back: |()| back(), line: rsx! { Status {} },
            match cards {
                Err(_) => rsx! { StoreFailed {} },
                Ok(cards) if cards.is_empty() && waiting.is_empty() => rsx! {
                    EmptyState { picture: PictureKind::Done, title: t.get("doctor-outbox-empty"), text: t.get("doctor-outbox-empty-text") }
                },
                Ok(cards) => rsx! {
                    if !cards.is_empty() {
                        Section { title: t.get("state-refused"),
                            RefusedCards { refused: cards, zone: practice.zone.clone() }
                        }
                    }
                    if !waiting.is_empty() {
                        Section { title: t.get("state-pending"),
                            div { class: "card card--list",
                                for one in waiting {
                                    WaitingRow { key: "{one.id}", one }
                                }
                            }
                        }
                    }
                },
            }
        }
    }
}

#[component]
fn WaitingRow(one: PendingCommand) -> Element {
    let t = use_texts();
    let name = one.name.replace(['.', '_'], "-");
    let wanted = t.find(&format!("doctor-wanted-{name}")).unwrap_or_else(|| t.get("doctor-wanted-other"));
    rsx! {
        div { class: "list-row list-row--plain",
            span { class: "list-row__words",
                span { class: "list-row__title", {wanted} }
                span { class: "small muted as-block", {t.relative(one.submitted_at, use_now())} }
            }
            PendingClock {}
        }
    }
}
