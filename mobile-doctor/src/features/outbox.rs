//! What was done here and is not settled with the server yet.

use dioxus::prelude::*;
use mediconnect_app::{StoreFailed, screens, use_device};
use mediconnect_core::views::doctor::refusals::refusals;
use mediconnect_ui::use_now;

use crate::{parts::RefusalCards, practice::use_practice};

#[component]
pub fn Outbox() -> Element {
    rsx! { screens::Outbox { refused: rsx! { NotAccepted {} } } }
}

#[component]
fn NotAccepted() -> Element {
    let device = use_device();
    let now = use_now();
    let practice = use_practice();
    let pending = device.pending();
    match device.read(|records| refusals(records, &pending, now)) {
        Ok(cards) => rsx! { RefusalCards { cards, zone: practice.zone } },
        Err(_) => rsx! { StoreFailed {} },
    }
}
