//! Surfaces and rows.

use dioxus::prelude::*;

use crate::{Glyph, Icon, Tone};

/// Things that belong together, under a heading of the second level.
#[component]
pub fn Section(
    title: String,
    /// A button or link at the end of the heading.
    #[props(default)]
    action: Option<Element>,
    children: Element,
) -> Element {
    rsx! {
        section { class: "section", aria_label: title.clone(),
            div { class: "section__head",
                h2 { "{title}" }
                {action}
            }
            {children}
        }
    }
}

/// A raised surface. With `tone` it stands out: what waits for the reader.
#[component]
pub fn Card(
    #[props(default)] tone: Option<Tone>,
    #[props(default)] label: Option<String>,
    children: Element,
) -> Element {
    rsx! {
        article { class: "card", "data-tone": tone.map(Tone::name), aria_label: label, {children} }
    }
}

/// A row that leads somewhere: a whole button with an arrow.
#[component]
pub fn ListRow(
    title: String,
    #[props(default)] detail: Option<String>,
    #[props(default)] glyph: Option<Glyph>,
    /// In front, in place of a picture, such as an [`crate::Avatar`].
    #[props(default)]
    lead: Option<Element>,
    /// At the end, before the arrow: a value or a chip.
    #[props(default)]
    end: Option<Element>,
    #[props(default)] critical: bool,
    onclick: EventHandler<()>,
) -> Element {
    rsx! {
        button { class: "list-row", r#type: "button", "data-critical": critical, onclick: move |_| onclick.call(()),
            if let Some(glyph) = glyph {
                span { class: "list-row__picture",
                    Icon { glyph }
                }
            }
            {lead}
            span { class: "list-row__main",
                span { class: "list-row__words",
                    span { class: "list-row__title", {title} }
                    if let Some(detail) = detail {
                        span { class: "small muted as-block", {detail} }
                    }
                }
                {end}
            }
            span { class: "list-row__arrow",
                Icon { glyph: Glyph::Next }
            }
        }
    }
}

/// Facts as pairs of a name and what holds; filled with [`DetailRow`]s.
#[component]
pub fn DetailList(children: Element) -> Element {
    rsx! {
        dl { class: "details", {children} }
    }
}

/// One fact.
#[component]
pub fn DetailRow(name: String, #[props(default)] glyph: Option<Glyph>, children: Element) -> Element {
    rsx! {
        div { class: "details__row",
            dt {
                if let Some(glyph) = glyph {
                    Icon { glyph }
                }
                span { {name} }
            }
            dd { {children} }
        }
    }
}
