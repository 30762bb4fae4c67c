//! Whole screens, as a phone shows them.

use dioxus::prelude::*;
use mediconnect_ui::{
    Avatar, Button, ButtonKind, Card, Glyph, IconButton, ListRow, Screen, Section, StatusChip, SyncLine,
    SyncStatus, Tab, TabBar, Tone,
    screens::{SettingsPanel, SignInForm, WelcomeFrame},
    use_texts,
};

use super::{at, now, zone};

#[component]
pub fn Home() -> Element {
    let t = use_texts();
    let tabs = vec![
        Tab::new("home", "Home", Glyph::Home),
        Tab::new("find", "Find", Glyph::Search),
        Tab::new("visits", "Visits", Glyph::Calendar).with_badge(1),
    ];
    rsx! {
        Screen {
            title: "Good morning, Ravi",
            actions: rsx! { IconButton { glyph: Glyph::Bell, label: "Notices", badge: 2 } },
            line: rsx! { SyncLine { status: SyncStatus::UpToDate } },
            tabs: rsx! { TabBar { tabs, current: "home", on_select: |_| {} } },
            Card { tone: Tone::Caution,
                h2 { style: "font-size: var(--size-17)", "Dr. Vikram Singh has an earlier time" }
                p { class: "small", "Today, 17:30 instead of Friday. Answer within 20 minutes." }
                div { class: "row",
                    Button { small: true, "Take it" }
                    Button { small: true, kind: ButtonKind::Quiet, "Keep Friday" }
                }
            }
            Section { title: "Next visit",
                Card {
                    div { class: "row row--apart",
                        span { class: "strong", style: "font-size: var(--size-24); letter-spacing: -0.015em", {t.when_in(at(1, 9, 30), &zone(), now())} }
                        StatusChip { tone: Tone::Positive, label: t.get("state-booked") }
                    }
                    div { class: "row", style: "gap: 14px; flex-wrap: nowrap",
                        Avatar { name: "Dr. Asha Rao" }
                        div {
                            p { class: "strong", "Dr. Asha Rao" }
                            p { class: "small muted", "Skin check, Lotus Clinic, 14 MG Road" }
                        }
                    }
                    div { class: "row",
                        Button { kind: ButtonKind::Secondary, small: true, glyph: Glyph::Directions, "Directions" }
                        Button { kind: ButtonKind::Secondary, small: true, glyph: Glyph::CalendarAdd, "Add to calendar" }
                    }
                }
            }
            Section { title: "What you can do",
                div { class: "card card--list",
                    ListRow { title: "Find a doctor", glyph: Glyph::Stethoscope, onclick: |()| {} }
                    ListRow { title: "Ask a clinic", detail: "They find a time for you", glyph: Glyph::Chat, onclick: |()| {} }
                }
            }
        }
    }
}

#[component]
pub fn Welcome() -> Element {
    rsx! {
        WelcomeFrame { on_create: |()| {}, on_sign_in: |()| {} }
    }
}

#[component]
pub fn Settings() -> Element {
    rsx! {
        SettingsPanel {}
        Section { title: "Sign in", SignInForm { on_sign_in: |_| {}, on_create: |()| {}, on_forgot: |_| {} } }
    }
}
