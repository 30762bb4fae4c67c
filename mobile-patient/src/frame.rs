//! What surrounds every screen: who may see it, and the tabs.

use dioxus::prelude::*;
use mediconnect_app::{Door, screens::Lock, use_device, use_gate};
use mediconnect_core::views::patient::home::waits;
use mediconnect_ui::{Glyph, Tab, TabBar, use_now, use_texts};

use crate::{drafts::use_drafts, features::welcome::Welcome, route::Route};

/// Lets signed-in people to the screens, once the app is unlocked, and all others to the welcome.
#[component]
pub fn Frame() -> Element {
    let route = use_route::<Route>();
    let drafts = use_drafts();
    match use_gate(route.to_string(), route.is_public()) {
        Door::Screen => rsx! { Outlet::<Route> {} },
        Door::Welcome => rsx! { Welcome {} },
        Door::Locked => rsx! { Lock { on_leave: move |()| drafts.clear() } },
    }
}

/// The main places, on their screens.
#[component]
pub fn Tabs(current: &'static str) -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let pending = device.pending();
    let waits = device.read(|records| waits(records, &pending, now)).map_or(0, |waits| waits.count() as u32);
    let tabs = vec![
        Tab::new("home", t.get("patient-tab-home"), Glyph::Home).with_badge(waits),
        Tab::new("find", t.get("patient-tab-find"), Glyph::Search),
        Tab::new("visits", t.get("patient-tab-visits"), Glyph::Calendar),
        Tab::new("records", t.get("patient-tab-records"), Glyph::Health),
    ];
    let select = move |key| {
        navigator().push(match key {
            "find" => Route::Find {},
            "visits" => Route::Visits {},
            "records" => Route::Records {},
            _ => Route::Home {},
        });
    };
    rsx! {
        TabBar { tabs, current, on_select: select }
    }
}
