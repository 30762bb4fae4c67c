//! What surrounds every screen: who may see it, what waits, the tabs.

use dioxus::prelude::*;
use mediconnect_app::{Device, Door, screens::Lock, use_device, use_gate};
use mediconnect_core::views::doctor::attention::{self, Attention};
use mediconnect_ui::{Glyph, Tab, TabBar, use_texts};

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

/// What waits for the doctor.
pub fn attention(device: Device) -> Attention {
    let now = device.client().now();
    device.read(|records| attention::attention(records, now)).unwrap_or_default()
}

/// The main places, on their screens.
#[component]
pub fn Tabs(current: &'static str) -> Element {
    let t = use_texts();
    let device = use_device();
    let tabs = vec![
        Tab::new("today", t.get("doctor-tab-today"), Glyph::Home),
        Tab::new("calendar", t.get("doctor-tab-calendar"), Glyph::Calendar),
        Tab::new("requests", t.get("doctor-tab-requests"), Glyph::Inbox)
            .with_badge(attention(device).requests),
        Tab::new("more", t.get("doctor-tab-more"), Glyph::More).with_badge(device.sync().refused),
    ];
    let select = move |key| {
        navigator().push(match key {
            "calendar" => Route::CalendarNow {},
            "requests" => Route::Requests {},
            "more" => Route::More {},
            _ => Route::Today {},
        });
    };
    rsx! {
        TabBar { tabs, current, on_select: select }
    }
}
