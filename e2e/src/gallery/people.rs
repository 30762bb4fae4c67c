//! People, ratings, rows, facts, histories.

use dioxus::prelude::*;
use mediconnect_ui::{
    Avatar, Button, ButtonKind, Card, Chip, DetailList, DetailRow, Glyph, ListRow, PendingClock, Rating,
    RatingBars, Section, Timeline, TimelineEvent, Tone, calendar::TimeButtons, use_texts,
};

use super::at;

#[component]
pub fn People() -> Element {
    let t = use_texts();
    rsx! {
        Section { title: "Results", action: rsx! { Button { kind: ButtonKind::Quiet, small: true, glyph: Glyph::Sort, "Soonest" } },
            DoctorCard { name: "Dr. Asha Rao", specialty: "Dermatologist", mean: 4.8, count: 312 }
            DoctorCard { name: "Dr. Vikram Singh Chauhan", specialty: "Dermatologist, allergologist", mean: 4.3, count: 1 }
            DoctorCard { name: "Dr. Meera Iyer", specialty: "General practitioner", mean: 0.0, count: 0 }
        }
        Section { title: "Reviews",
            div { class: "card",
                Rating { mean: 4.6, count: 12_480 }
                RatingBars { counts: [220, 130, 512, 2_410, 9_208] }
            }
        }
        Section { title: "Visit",
            div { class: "card",
                DetailList {
                    DetailRow { name: "When", glyph: Glyph::Clock, {t.when_in(at(1, 9, 30), &super::zone(), at(0, 10, 42))} }
                    DetailRow { name: "Where", glyph: Glyph::Pin, "Lotus Clinic, 14 MG Road, Bengaluru" }
                    DetailRow { name: "Fee", glyph: Glyph::Money, {t.amount(120_000, 2, "INR")} }
                }
            }
            div { class: "card",
                Timeline {
                    events: vec![
                        TimelineEvent::new(Tone::Neutral, "Requested", "Today, 10:02"),
                        TimelineEvent::new(Tone::Positive, "Confirmed by the doctor", "Today, 10:40")
                            .explained("Please come ten minutes early and bring your reports."),
                        TimelineEvent::new(Tone::Neutral, "Visit", "Tomorrow, 09:30").ahead(),
                    ],
                }
            }
        }
        Section { title: "More",
            div { class: "card card--list",
                ListRow { title: "People I care for", detail: "2 people", glyph: Glyph::People, onclick: |()| {} }
                ListRow { title: "Data held on this phone", glyph: Glyph::Device, end: rsx! { span { class: "muted small", "12 MB" } }, onclick: |()| {} }
                ListRow {
                    title: "Dr. Asha Rao",
                    detail: "Skin check, waiting to be sent",
                    lead: rsx! { Avatar { name: "Dr. Asha Rao" } },
                    end: rsx! { PendingClock {} },
                    onclick: |()| {},
                }
                ListRow { title: "Sign out and wipe", glyph: Glyph::SignOut, critical: true, onclick: |()| {} }
            }
        }
    }
}

#[component]
fn DoctorCard(name: String, specialty: String, mean: f64, count: u32) -> Element {
    let t = use_texts();
    rsx! {
        Card { label: name.clone(),
            div { class: "row", style: "gap: 14px; flex-wrap: nowrap; align-items: flex-start",
                Avatar { name: name.clone() }
                div { class: "stack stack--tight",
                    h3 { "{name}" }
                    p { class: "small muted", {specialty} }
                    Rating { mean, count }
                    div { class: "row",
                        Chip { glyph: Glyph::Pin, {t.distance(1_240)} }
                        Chip { glyph: Glyph::Language, "English, हिन्दी" }
                    }
                }
            }
            TimeButtons { subject: name, times: vec![at(0, 17, 30), at(1, 9, 0), at(1, 9, 30)], on_choose: |_| {} }
        }
    }
}
