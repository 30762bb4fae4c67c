//! What the next two weeks look like by the edited rules, beside what they are now.

use dioxus::prelude::*;
use jiff::tz::TimeZone;
use mediconnect_core::views::doctor::preview::{DayChange, Preview};
use mediconnect_ui::{Card, Section, Texts, use_texts};

use crate::parts::VisitCard;

/// 'No slots more, 12 fewer, 0 booked visits affected'.
pub fn sentence(t: Texts, outlook: &Preview) -> String {
    let visits = t.with("doctor-preview-visits", &[("n", outlook.affected.len().into())]);
    let slots = match (outlook.more, outlook.fewer) {
        (0, 0) => t.get("doctor-preview-same"),
        (more, 0) => t.with("doctor-preview-more", &[("n", more.into())]),
        (0, fewer) => t.with("doctor-preview-fewer", &[("n", fewer.into())]),
        (more, fewer) => {
            let more = t.with("doctor-preview-more", &[("n", more.into())]);
            format!("{more}, {}", t.with("doctor-preview-fewer", &[("n", fewer.into())]))
        }
    };
    format!("{slots}, {visits}")
}

#[component]
pub fn Outlook(outlook: Preview, zone: TimeZone, changed: bool) -> Element {
    let t = use_texts();
    let most = outlook.days.iter().map(|day| day.before.max(day.after)).max().unwrap_or_default().max(1);
    if outlook.days.is_empty() {
        return rsx! {};
    }
    rsx! {
        Section { title: t.get("doctor-preview"),
            Card {
                p { role: "status", {if changed { sentence(t, &outlook) } else { t.get("doctor-preview-now") }} }
                div { class: "bars", aria_hidden: "true",
                    for day in outlook.days.clone() {
                        Bar { key: "{day.date}", day, most }
                    }
                }
                div { class: "visually-hidden",
                    table {
                        caption { {t.get("doctor-preview")} }
                        thead {
                            tr {
                                th { scope: "col", {t.get("doctor-leave-date")} }
                                th { scope: "col", {t.get("doctor-preview-before")} }
                                th { scope: "col", {t.get("doctor-preview-after")} }
                            }
                        }
                        tbody {
                            for day in outlook.days {
                                tr { key: "{day.date}",
                                    th { scope: "row", {t.date(day.date)} }
                                    td { {t.number(day.before.into())} }
                                    td { {t.number(day.after.into())} }
                                }
                            }
                        }
                    }
                }
            }
            for line in outlook.affected {
                VisitCard { key: "{line.id}", line, zone: zone.clone() }
            }
        }
    }
}

#[component]
fn Bar(day: DayChange, most: u32) -> Element {
    let t = use_texts();
    let height = |count: u32| format!("block-size:{}%", 100 * count / most);
    rsx! {
        div { class: "bar",
            span { class: "bar__count", {t.number(day.after.into())} }
            span { class: "bar__track",
                span { class: "bar__before", style: height(day.before) }
                span { class: "bar__after", "data-less": day.after < day.before, style: height(day.after) }
            }
            span { class: "bar__day", {t.number(day.date.day().into())} }
        }
    }
}
