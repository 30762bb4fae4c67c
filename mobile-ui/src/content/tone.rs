//! Roles of colour, and the chips that wear them.

use dioxus::prelude::*;

use crate::{Glyph, Icon};

/// What a colour says. Words or a picture always say it too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Neutral,
    Accent,
    Positive,
    Caution,
    Critical,
}

impl Tone {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Accent => "accent",
            Self::Positive => "positive",
            Self::Caution => "caution",
            Self::Critical => "critical",
        }
    }

    pub(crate) fn glyph(self) -> Glyph {
        match self {
            Self::Neutral | Self::Accent => Glyph::Info,
            Self::Positive => Glyph::Done,
            Self::Caution => Glyph::Alert,
            Self::Critical => Glyph::Error,
        }
    }
}

/// A few words on a coloured ground.
#[component]
pub fn Chip(
    #[props(default)] tone: Tone,
    #[props(default)] glyph: Option<Glyph>,
    children: Element,
) -> Element {
    rsx! {
        span { class: "chip", "data-tone": tone.name(),
            if let Some(glyph) = glyph {
                Icon { glyph }
            }
            span { {children} }
        }
    }
}

/// The state of something in words: a [`Chip`] with the picture that goes with its tone unless another is given. A state
/// that wants attention waits for somebody: that is no warning.
#[component]
pub fn StatusChip(tone: Tone, label: String, #[props(default)] glyph: Option<Glyph>) -> Element {
    let usual = if tone == Tone::Caution { Glyph::Waiting } else { tone.glyph() };
    rsx! {
        Chip { tone, glyph: glyph.unwrap_or(usual), {label} }
    }
}
