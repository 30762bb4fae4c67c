//! The frame of an app and of a screen: landmarks, the bar on top with the way back, the tabs at the bottom.

use dioxus::prelude::*;

use crate::{
    Glyph, Icon, IconButton, Styles, Toasts, controls::Badge, layers::ToastRegion, page, use_reader,
    use_texts,
};

/// The root of an app, inside [`crate::use_reader_provider`]: styles, language and direction, and the place of messages.
#[component]
pub fn App(children: Element) -> Element {
    let reader = use_reader();
    use_context_provider(Toasts::new);
    let language = (reader.language)();
    let direction = language.direction().attribute();
    let theme = (reader.theme)();
    let (tag, name) = (language.tag(), theme.name());
    use_effect(use_reactive!(|(tag, direction, name)| page::describe_root(tag, direction, name)));
    rsx! {
        Styles {}
        div { class: "app", lang: tag, dir: direction, "data-theme": name,
            {children}
            ToastRegion {}
        }
    }
}

/// One screen: the bar on top, the content, and what stays in reach of the thumb.
#[component]
pub fn Screen(
    title: String,
    /// The way back; none on the screens of the tabs.
    #[props(default)]
    on_back: Option<EventHandler<()>>,
    /// Buttons at the end of the bar.
    #[props(default)]
    actions: Option<Element>,
    /// A thin line under the bar, such as [`crate::SyncLine`].
    #[props(default)]
    line: Option<Element>,
    /// The one main action, kept above the bottom edge: an [`ActionBar`].
    #[props(default)]
    footer: Option<Element>,
    /// The tabs, on their screens.
    #[props(default)]
    tabs: Option<Element>,
    children: Element,
) -> Element {
    rsx! {
        div { class: "screen",
            TopBar { title, on_back, actions, line }
            main { class: "screen__body", id: "content", tabindex: "-1", {children} }
            if footer.is_some() || tabs.is_some() {
                footer { class: "screen__foot",
                    {footer}
                    {tabs}
                }
            }
        }
    }
}

/// The bar on top. With a way back the title is small beside it; without, it is the screen's large heading.
#[component]
pub fn TopBar(
    title: String,
    #[props(default)] on_back: Option<EventHandler<()>>,
    #[props(default)] actions: Option<Element>,
    #[props(default)] line: Option<Element>,
) -> Element {
    let t = use_texts();
    rsx! {
        header { class: "top-bar", "data-large": on_back.is_none(),
            div { class: "top-bar__row",
                if let Some(on_back) = on_back {
                    IconButton { glyph: Glyph::Back, label: t.get("action-back"), onclick: move |()| on_back.call(()) }
                }
                h1 { class: "top-bar__title", {title} }
                if let Some(actions) = actions {
                    div { class: "top-bar__actions", {actions} }
                }
            }
            {line}
        }
    }
}

/// One place of the app at the bottom; `badge` counts what waits there.
#[derive(Clone, Debug, PartialEq)]
pub struct Tab {
    pub key: &'static str,
    pub label: String,
    pub glyph: Glyph,
    pub badge: u32,
}

impl Tab {
    pub fn new(key: &'static str, label: impl Into<String>, glyph: Glyph) -> Self {
        Self { key, label: label.into(), glyph, badge: 0 }
    }

    pub fn with_badge(mut self, badge: u32) -> Self {
        self.badge = badge;
        self
    }
}

/// The app's main places.
#[component]
pub fn TabBar(tabs: Vec<Tab>, current: String, on_select: EventHandler<&'static str>) -> Element {
    let t = use_texts();
    rsx! {
        nav { class: "tab-bar", aria_label: t.get("ui-navigation"),
            for tab in tabs {
                button {
                    key: "{tab.key}",
                    class: "tab",
                    r#type: "button",
                    aria_current: (tab.key == current).then_some("page"),
                    onclick: move |_| on_select.call(tab.key),
                    span { class: "tab__picture",
                        Icon { glyph: tab.glyph }
                        if tab.badge > 0 {
                            Badge { count: tab.badge }
                        }
                    }
                    span { class: "tab__label", {tab.label.clone()} }
                }
            }
        }
    }
}

/// The place of a screen's main action, above the bottom edge.
#[component]
pub fn ActionBar(
    /// What the action is about, such as the chosen time and its price.
    #[props(default)]
    summary: Option<Element>,
    children: Element,
) -> Element {
    rsx! {
        div { class: "action-bar",
            if let Some(summary) = summary {
                div { class: "action-bar__summary", {summary} }
            }
            {children}
        }
    }
}

/// Buttons that belong together, in a row.
#[component]
pub fn Toolbar(label: String, children: Element) -> Element {
    rsx! {
        div { class: "toolbar", role: "group", aria_label: label, {children} }
    }
}
