//! Days that differ from their weekday: other hours, or closed.

use dioxus::prelude::*;
use mediconnect_core::views::doctor::schedule::{clock_of, minutes_of, with_date, with_hours_on};
use mediconnect_domain::scheduling::rules::{DayOverride, Rules};
use mediconnect_ui::{
    Button, ButtonKind, Card, Glyph, IconButton, InputKind, Section, TextField, use_now, use_texts,
};

use super::{Edited, field_id};

#[component]
pub fn Dates(edited: Edited, on_change: EventHandler<Rules>) -> Element {
    let t = use_texts();
    let today = use_now().to_zoned(edited.rules.zone.rules()).date();
    let mut date = use_signal(String::new);
    let rules = edited.rules.clone();
    // Those that are over change nothing any more.
    let ahead: Vec<(usize, DayOverride)> =
        edited.rules.overrides.iter().cloned().enumerate().filter(|(_, day)| day.date >= today).collect();
    rsx! {
        Section { title: t.get("doctor-dates"),
            p { class: "muted", {t.get("doctor-dates-text")} }
            for (at, day) in ahead {
                DateCard { key: "{day.date}", at, day, edited: edited.clone(), on_change }
            }
            div { class: "hours-row",
                TextField {
                    id: "schedule-new-date",
                    kind: InputKind::Date,
                    label: t.get("doctor-date-new"),
                    optional: true,
                    min: today.to_string(),
                    value: date(),
                    on_change: move |text| date.set(text),
                }
                Button {
                    kind: ButtonKind::Secondary,
                    small: true,
                    disabled: date.read().is_empty(),
                    onclick: move |()| {
                        if let Ok(chosen) = date.read().parse() {
                            on_change.call(with_date(rules.clone(), chosen));
                        }
                        date.set(String::new());
                    },
                    {t.get("doctor-date-add")}
                }
            }
        }
    }
}

#[component]
fn DateCard(at: usize, day: DayOverride, edited: Edited, on_change: EventHandler<Rules>) -> Element {
    let t = use_texts();
    let (to_open, to_drop) = (edited.rules.clone(), edited.rules.clone());
    let date = day.date;
    let path = format!("overrides[{at}].blocks");
    rsx! {
        Card { label: t.date(date),
            div { class: "row row--apart",
                h3 { {t.date(date)} }
                IconButton {
                    glyph: Glyph::Delete,
                    label: t.with("doctor-date-remove", &[("date", t.date(date).into())]),
                    onclick: move |()| {
                        let mut rules = to_drop.clone();
                        rules.overrides.remove(at);
                        on_change.call(rules);
                    },
                }
            }
            if day.blocks.is_empty() {
                p { class: "muted", {t.get("doctor-closed")} }
            }
            if let Some(error) = edited.error(t, &path) {
                p { class: "field__error", id: field_id(&path), tabindex: "-1", {error} }
            }
            for place in 0..day.blocks.len() {
                BlockRow { key: "{place}", at, place, edited: edited.clone(), on_change }
            }
            Button {
                small: true,
                kind: ButtonKind::Secondary,
                glyph: Glyph::Add,
                onclick: move |()| on_change.call(with_hours_on(to_open.clone(), date)),
                {t.get("doctor-hours-add")}
            }
        }
    }
}

#[component]
fn BlockRow(at: usize, place: usize, edited: Edited, on_change: EventHandler<Rules>) -> Element {
    let t = use_texts();
    let path = |field: &str| format!("overrides[{at}].blocks[{place}].{field}");
    let rules = edited.rules.clone();
    let change = use_callback(move |(start, end): (Option<u16>, Option<u16>)| {
        let mut rules = rules.clone();
        if let Some(block) = rules.overrides.get_mut(at).and_then(|day| day.blocks.get_mut(place)) {
            block.start_min = start.unwrap_or(block.start_min);
            block.end_min = end.unwrap_or(block.end_min);
        }
        on_change.call(rules);
    });
    let Some(block) = edited.rules.overrides.get(at).and_then(|day| day.blocks.get(place)).cloned() else {
        return rsx! {};
    };
    let to_shrink = edited.rules.clone();
    rsx! {
        div { class: "hours-row",
            TextField {
                id: field_id(&path("start_min")),
                kind: InputKind::Time,
                label: t.get("doctor-from"),
                value: clock_of(block.start_min),
                error: edited.error(t, &path("start_min")),
                on_change: move |text: String| change.call((minutes_of(&text, false), None)),
            }
            TextField {
                id: field_id(&path("end_min")),
                kind: InputKind::Time,
                label: t.get("doctor-to"),
                value: clock_of(block.end_min),
                error: edited.error(t, &path("end_min")),
                on_change: move |text: String| change.call((None, minutes_of(&text, true))),
            }
            IconButton {
                glyph: Glyph::Delete,
                label: t.with("doctor-hours-remove", &[("from", clock_of(block.start_min).into())]),
                onclick: move |()| {
                    let mut rules = to_shrink.clone();
                    rules.overrides[at].blocks.remove(place);
                    on_change.call(rules);
                },
            }
        }
    }
}
