//! What surrounds every screen: who may see it, and where one was on it.

use dioxus::prelude::*;
use mediconnect_ui::{Glyph, Tab, TabBar, use_now, use_texts};

use crate::{device::use_device, features::welcome::Welcome, route::Route};

/// Keeps the scroll position of each screen on the way back, and brings the reader's focus along to a new one.
const ENTER: &str = r#"
    const path = await dioxus.recv();
    const trail = window.mediconnectTrail ??= { stack: [], positions: {} };
    if (trail.current === path) return;
    history.scrollRestoration = "manual";
    if (trail.current === undefined) {
        addEventListener("scroll", () => { trail.positions[trail.current] = scrollY; }, { passive: true });
    }
    const returning = trail.stack.at(-2) === path;
    returning ? trail.stack.pop() : trail.stack.push(path);
    trail.current = path;
    const top = returning ? trail.positions[path] ?? 0 : 0;
    requestAnimationFrame(() => {
        scrollTo(0, top);
        if (trail.stack.length > 1) document.getElementById("content")?.focus({ preventScroll: true });
    });
"#;

/// Lets signed-in people to the screens and all others to the welcome.
#[component]
pub fn Frame() -> Element {
    let device = use_device();
    let route = use_route::<Route>();
    let signed_in = device.is_signed_in();
    let public = route.is_public();
    let path = route.to_string();
    use_effect(use_reactive!(|path| {
        let script = document::eval(ENTER);
        script.send(path).ok();
    }));
    // Whose session the server ended signs in anew and keeps what is here.
    let settled = signed_in && !device.sync().session_ended;
    use_effect(use_reactive!(|(settled, public)| {
        if settled && public {
            navigator().replace(Route::Home {});
        }
    }));
    match (signed_in, public) {
        (false, false) => rsx! { Welcome {} },
        _ => rsx! { Outlet::<Route> {} },
    }
}

/// The way back: to where one was, or home where the app was opened on this screen.
pub fn back() {
    let navigator = navigator();
    match navigator.can_go_back() {
        true => navigator.go_back(),
        false => {
            navigator.replace(Route::Home {});
        }
    }
}

/// The main places, on their screens.
#[component]
pub fn Tabs(current: &'static str) -> Element {
    let t = use_texts();
    let waits = use_device().waiting_for_me(use_now());
    let tabs = vec![
        Tab::new("home", t.get("patient-tab-home"), Glyph::Home).with_badge(waits),
        Tab::new("find", t.get("patient-tab-find"), Glyph::Search),
        Tab::new("visits", t.get("patient-tab-visits"), Glyph::Calendar),
    ];
    let select = move |key| {
        navigator().push(match key {
            "find" => Route::Find {},
            "visits" => Route::Visits {},
            _ => Route::Home {},
        });
    };
    rsx! {
        TabBar { tabs, current, on_select: select }
    }
}
