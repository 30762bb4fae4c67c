//! Settings, and leaving.

use dioxus::prelude::*;
use mediconnect_app::screens;

use crate::drafts::use_drafts;

#[component]
pub fn Settings() -> Element {
    let drafts = use_drafts();
    rsx! { screens::Settings { waitlist: true, on_leave: move |()| drafts.clear() } }
}
