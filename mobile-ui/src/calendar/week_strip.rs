//! A week as seven days to choose from, each with how much is free.

use dioxus::prelude::*;
use jiff::civil::Date;

use crate::{Glyph, IconButton, use_texts};

/// One day with the number of free times, none if that is not known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DayCount {
    pub date: Date,
    pub free: Option<u32>,
}

/// Days side by side. Arrow buttons move to other weeks where handlers are given.
#[component]
pub fn WeekStrip(
    days: Vec<DayCount>,
    selected: Date,
    today: Date,
    on_select: EventHandler<Date>,
    #[props(default)] on_earlier: Option<EventHandler<()>>,
    #[props(default)] on_later: Option<EventHandler<()>>,
) -> Element {
    let t = use_texts();
    let Some(first) = days.first() else { return rsx! {} };
    let heading = t.month_and_year(first.date);
    rsx! {
        div { class: "week-strip",
            div { class: "week-strip__head",
                p { class: "strong", {heading} }
                div { class: "row",
                    if let Some(on_earlier) = on_earlier {
                        IconButton {
                            glyph: Glyph::Previous,
                            label: t.get("ui-earlier-week"),
                            onclick: move |()| on_earlier.call(()),
                        }
                    }
                    if let Some(on_later) = on_later {
                        IconButton {
                            glyph: Glyph::Next,
                            label: t.get("ui-later-week"),
                            onclick: move |()| on_later.call(()),
                        }
                    }
                }
            }
            div { class: "week-strip__days", role: "group", aria_label: t.get("ui-days"),
                for day in days {
                    DayButton { key: "{day.date}", day, selected: day.date == selected, today, on_select }
                }
            }
        }
    }
}

#[component]
fn DayButton(day: DayCount, selected: bool, today: Date, on_select: EventHandler<Date>) -> Element {
    let t = use_texts();
    let count = day.free.map(|free| t.with("ui-free-times", &[("n", free.into())]));
    let name = [Some(t.date(day.date)), count].into_iter().flatten().collect::<Vec<_>>().join(", ");
    rsx! {
        button {
            class: "day-button",
            r#type: "button",
            aria_pressed: selected.to_string(),
            aria_current: (day.date == today).then_some("date"),
            "data-empty": day.free == Some(0),
            onclick: move |_| on_select.call(day.date),
            span { class: "visually-hidden", {name} }
            span { class: "day-button__weekday", aria_hidden: "true", {t.weekday_short(day.date.weekday())} }
            span { class: "day-button__number", aria_hidden: "true", "{day.date.day()}" }
            span { class: "day-button__count", aria_hidden: "true",
                match day.free {
                    Some(0) => rsx! { "–" },
                    Some(free) => rsx! { "{free}" },
                    None => rsx! { "·" },
                }
            }
        }
    }
}
