//! What surrounds every screen: who may see it, the way back, the tabs.

use dioxus::prelude::*;
use mediconnect_ui::{Glyph, Tab, TabBar, use_texts, use_trail};

use crate::{device::use_device, features::welcome::Welcome, route::Route};

/// Lets signed-in people to the screens and all others to the welcome.
#[component]
pub fn Frame() -> Element {
    let device = use_device();
    let route = use_route::<Route>();
    let signed_in = device.is_signed_in();
    let public = route.is_public();
    use_trail(route.to_string());
    use_effect(use_reactive!(|(signed_in, public)| {
        if signed_in && public {
            navigator().replace(Route::Today {});
        }
    }));
    match (signed_in, public) {
        (false, false) => rsx! { Welcome {} },
        _ => rsx! { Outlet::<Route> {} },
    }
}

/// The way back: to where one was, or to today where the app was opened on this screen.
pub fn back() {
    let navigator = navigator();
    match navigator.can_go_back() {
        true => navigator.go_back(),
        false => {
            navigator.replace(Route::Today {});
        }
    }
}

/// The main places, on their screens.
#[component]
pub fn Tabs(current: &'static str) -> Element {
    let t = use_texts();
    let device = use_device();
    let waits = device.attention();
    let tabs = vec![
        Tab::new("today", t.get("doctor-tab-today"), Glyph::Home),
        Tab::new("calendar", t.get("doctor-tab-calendar"), Glyph::Calendar),
        Tab::new("requests", t.get("doctor-tab-requests"), Glyph::Inbox).with_badge(waits.requests),
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
