//! Buttons and filter chips.

use dioxus::prelude::*;

use crate::{Glyph, Icon, use_texts};

/// How loud a button is. A screen has at most one primary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    #[default]
    Primary,
    Secondary,
    Quiet,
    Critical,
}

impl ButtonKind {
    fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Quiet => "quiet",
            Self::Critical => "critical",
        }
    }
}

/// A button with words. While `busy` it keeps its place and focus, shows that it works and ignores presses.
#[component]
pub fn Button(
    #[props(default)] kind: ButtonKind,
    #[props(default)] glyph: Option<Glyph>,
    #[props(default)] busy: bool,
    #[props(default)] disabled: bool,
    /// As wide as its container.
    #[props(default)]
    wide: bool,
    #[props(default)] small: bool,
    /// Sends the form it stands in.
    #[props(default)]
    submit: bool,
    /// A name for assistive technology where the words alone do not tell, such as 'Book, Dr Rao, 09:30'.
    #[props(default)]
    label: Option<String>,
    #[props(default)] onclick: EventHandler<()>,
    children: Element,
) -> Element {
    let press = move |event: Event<MouseData>| {
        event.stop_propagation();
        if !busy && !disabled {
            onclick.call(());
        }
    };
    rsx! {
        button {
            class: "button",
            r#type: if submit && !busy && !disabled { "submit" } else { "button" },
            "data-kind": kind.name(),
            "data-wide": wide,
            "data-small": small,
            aria_busy: busy.then_some("true"),
            aria_disabled: (busy || disabled).then_some("true"),
            aria_label: label,
            onclick: press,
            if busy {
                Busy {}
            } else if let Some(glyph) = glyph {
                Icon { glyph }
            }
            span { {children} }
        }
    }
}

#[component]
fn Busy() -> Element {
    let t = use_texts();
    rsx! {
        span { class: "spinner", role: "img", aria_label: t.get("ui-loading") }
    }
}

/// A button that is only a picture; `label` is its name. `badge` counts what waits behind it.
#[component]
pub fn IconButton(
    glyph: Glyph,
    label: String,
    /// For a button that stays pressed.
    #[props(default)]
    pressed: Option<bool>,
    #[props(default)] badge: u32,
    #[props(default)] onclick: EventHandler<()>,
) -> Element {
    rsx! {
        button {
            class: "icon-button",
            r#type: "button",
            title: label.clone(),
            aria_pressed: pressed.map(|pressed| pressed.to_string()),
            onclick: move |event| {
                event.stop_propagation();
                onclick.call(());
            },
            Icon { glyph }
            span { class: "visually-hidden", "{label}" }
            if badge > 0 {
                Badge { count: badge }
            }
        }
    }
}

/// How much waits behind something, on its corner.
#[component]
pub(crate) fn Badge(count: u32) -> Element {
    let t = use_texts();
    let shown = if count > 99 { format!("{}+", t.number(99)) } else { t.number(count.into()) };
    rsx! {
        span { class: "badge", {shown} }
    }
}

/// A row of [`FilterChip`]s that scrolls sideways; `label` names the group.
#[component]
pub fn FilterChips(label: String, children: Element) -> Element {
    rsx! {
        div { class: "chips", role: "group", aria_label: label, {children} }
    }
}

/// Turns a filter on and off, or with `opens` brings up a sheet to choose from.
#[component]
pub fn FilterChip(
    selected: bool,
    #[props(default)] glyph: Option<Glyph>,
    #[props(default)] opens: bool,
    onclick: EventHandler<()>,
    children: Element,
) -> Element {
    rsx! {
        button {
            class: "filter-chip",
            r#type: "button",
            "data-selected": selected,
            aria_pressed: (!opens).then(|| selected.to_string()),
            aria_haspopup: opens.then_some("dialog"),
            onclick: move |_| onclick.call(()),
            if let Some(glyph) = glyph {
                Icon { glyph }
            }
            span { {children} }
            if opens {
                Icon { glyph: Glyph::Down }
            }
        }
    }
}
