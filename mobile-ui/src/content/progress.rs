//! Where something stands: steps still to go, and what has happened.

use dioxus::prelude::*;

use crate::{Icon, Tone, use_texts};

/// Progress through a few steps. `step` counts from 1.
#[component]
pub fn Steps(step: u32, steps: u32, #[props(default)] label: Option<String>) -> Element {
    let t = use_texts();
    let spoken = t.with("ui-step-of", &[("step", step.into()), ("steps", steps.into())]);
    rsx! {
        div { class: "steps",
            div {
                class: "steps__bar",
                role: "progressbar",
                aria_label: spoken.clone(),
                aria_valuemin: "0",
                aria_valuemax: steps.to_string(),
                aria_valuenow: step.to_string(),
                aria_valuetext: spoken.clone(),
                for number in 1..=steps {
                    span { key: "{number}", class: "steps__part", "data-done": number <= step }
                }
            }
            p { class: "small muted",
                "{spoken}"
                if let Some(label) = label {
                    span { " · {label}" }
                }
            }
        }
    }
}

/// Something that happened, or with `ahead` will.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineEvent {
    pub tone: Tone,
    pub title: String,
    /// When, in words.
    pub at: String,
    pub detail: Option<String>,
    pub ahead: bool,
}

impl TimelineEvent {
    pub fn new(tone: Tone, title: impl Into<String>, at: impl Into<String>) -> Self {
        Self { tone, title: title.into(), at: at.into(), detail: None, ahead: false }
    }

    pub fn explained(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    pub fn ahead(mut self) -> Self {
        self.ahead = true;
        self
    }
}

/// What happened, the earliest first.
#[component]
pub fn Timeline(events: Vec<TimelineEvent>) -> Element {
    rsx! {
        ol { class: "timeline",
            for (index, event) in events.into_iter().enumerate() {
                li { key: "{index}", class: "timeline__event", "data-tone": event.tone.name(), "data-ahead": event.ahead,
                    span { class: "timeline__mark",
                        if !event.ahead {
                            Icon { glyph: event.tone.glyph() }
                        }
                    }
                    div { class: "timeline__words",
                        p { class: "strong", {event.title} }
                        p { class: "small muted", {event.at} }
                        if let Some(detail) = event.detail {
                            p { class: "small", {detail} }
                        }
                    }
                }
            }
        }
    }
}
