//! The hours of an ordinary week: a picture to press on, and a form for the day that is chosen.

use dioxus::prelude::*;
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
};
use mediconnect_core::views::doctor::{
    practice::open_hours,
    schedule::{clock_of, like_monday, minutes_of, sorted, with_hours},
};
use mediconnect_domain::scheduling::rules::{Rules, WeeklyBlock};
use mediconnect_ui::{
    Button, ButtonKind, Card, ChoiceOption, Glyph, IconButton, InputKind, Section, Segmented, TextField,
    Texts, Tone,
    calendar::{Block, BlockKind, WeekGrid},
    use_now, use_texts,
};

use super::{Edited, field_id};

#[component]
pub fn Hours(edited: Edited, on_change: EventHandler<Rules>) -> Element {
    let t = use_texts();
    let zone = edited.rules.zone.rules();
    let today = use_now().to_zoned(zone).date();
    let monday = next_monday(today);
    let mut weekday = use_signal(|| 1_u8);
    let rules = edited.rules.clone();
    let add = edited.rules.clone();
    let copy = edited.rules.clone();
    let of_day: Vec<(usize, WeeklyBlock)> =
        rules.weekly.iter().cloned().enumerate().filter(|(_, block)| block.weekday == weekday()).collect();
    let days: Vec<ChoiceOption> = (1..=7_i8)
        .filter_map(|day| {
            Weekday::from_monday_one_offset(day)
                .ok()
                .map(|name| ChoiceOption::new(day.to_string(), t.weekday_short(name)))
        })
        .collect();
    rsx! {
        Section { title: t.get("doctor-hours"),
            div { class: "hours-picture",
                Picture { rules: rules.clone(), monday, on_day: move |day| weekday.set(day), on_change }
            }
            Segmented {
                label: t.get("doctor-weekday"),
                options: days,
                value: weekday().to_string(),
                on_change: move |day: String| weekday.set(day.parse().unwrap_or(1)),
            }
            Card {
                if of_day.is_empty() {
                    p { class: "muted", {t.get("doctor-closed")} }
                }
                for (at, block) in of_day {
                    HoursRow { key: "{at}", at, block, edited: edited.clone(), on_change }
                }
                div { class: "row",
                    Button {
                        small: true,
                        kind: ButtonKind::Secondary,
                        glyph: Glyph::Add,
                        onclick: move |()| on_change.call(with_hours(add.clone(), weekday())),
                        {t.get("doctor-hours-add")}
                    }
                    if weekday() == 1 {
                        Button {
                            small: true,
                            kind: ButtonKind::Quiet,
                            glyph: Glyph::Copy,
                            onclick: move |()| on_change.call(like_monday(copy.clone())),
                            {t.get("doctor-hours-copy")}
                        }
                    }
                }
            }
        }
    }
}

fn next_monday(today: Date) -> Date {
    let ahead = 7 - i64::from(today.weekday().to_monday_zero_offset());
    today.checked_add(ahead.days()).unwrap_or(today)
}

/// The week to scale. An empty hour that is pressed opens; open hours that are pressed show their day in the form.
#[component]
fn Picture(rules: Rules, monday: Date, on_day: EventHandler<u8>, on_change: EventHandler<Rules>) -> Element {
    let t = use_texts();
    let zone = rules.zone.rules();
    let ordinary = Rules { overrides: Vec::new(), ..rules.clone() };
    let dates = (0..7_i64).filter_map(|day| monday.checked_add(day.days()).ok());
    let blocks: Vec<Block> = dates.flat_map(|date| blocks_of(t, &ordinary, date)).collect();
    let weekday_at = move |start: Timestamp| {
        let local = start.to_zoned(zone.clone());
        (local.weekday().to_monday_one_offset() as u8, local.hour() as u16 * 60 + local.minute() as u16)
    };
    let from_hour =
        rules.weekly.iter().map(|block| i32::from(block.start_min / 60)).min().unwrap_or(8).min(8);
    let to_hour =
        rules.weekly.iter().map(|block| i32::from(block.end_min.div_ceil(60))).max().unwrap_or(18).max(18);
    let grid_zone = rules.zone.rules();
    let to_edit = rules.clone();
    rsx! {
        WeekGrid {
            first: monday,
            zone: grid_zone,
            blocks,
            from_hour,
            to_hour: to_hour.min(24),
            hour_px: 48,
            on_open: move |day: String| on_day.call(day.split('@').next().and_then(|day| day.parse().ok()).unwrap_or(1)),
            on_empty: move |start| {
                let (weekday, start_min) = weekday_at(start);
                let mut rules = to_edit.clone();
                rules.weekly.push(WeeklyBlock { weekday, start_min, end_min: (start_min + 60).min(1440), visit_types: None });
                on_day.call(weekday);
                on_change.call(sorted(rules));
            },
        }
    }
}

fn blocks_of(t: Texts, rules: &Rules, date: Date) -> Vec<Block> {
    let weekday = date.weekday().to_monday_one_offset();
    let zone = rules.zone.rules();
    let block = |span: mediconnect_domain::Span| {
        let local = |at: Timestamp| at.to_zoned(zone.clone()).time();
        Block {
            key: format!("{weekday}@{}", span.start),
            start: span.start,
            end: span.end,
            title: format!("{}–{}", t.clock_bare(local(span.start)), t.clock_bare(local(span.end))),
            detail: String::new(),
            tone: Tone::Accent,
            kind: BlockKind::Visit,
        }
    };
    open_hours(rules, date).into_iter().map(block).collect()
}

/// From when to when, and for which kinds of visit.
#[component]
fn HoursRow(at: usize, block: WeeklyBlock, edited: Edited, on_change: EventHandler<Rules>) -> Element {
    let t = use_texts();
    let path = |field: &str| format!("weekly[{at}].{field}");
    let rules = edited.rules.clone();
    let change = use_callback(move |edit: Box<dyn FnOnce(&mut WeeklyBlock)>| {
        let mut rules = rules.clone();
        if let Some(block) = rules.weekly.get_mut(at) {
            edit(block);
        }
        on_change.call(rules);
    });
    let to_shrink = edited.rules.clone();
    let start_error = edited.error(t, &path("start_min"));
    rsx! {
        div { class: "hours-row",
            TextField {
                id: field_id(&path("start_min")),
                kind: InputKind::Time,
                label: t.get("doctor-from"),
                value: clock_of(block.start_min),
                error: start_error,
                on_change: move |text: String| {
                    if let Some(minutes) = minutes_of(&text, false) {
                        change.call(Box::new(move |block| block.start_min = minutes));
                    }
                },
            }
            TextField {
                id: field_id(&path("end_min")),
                kind: InputKind::Time,
                label: t.get("doctor-to"),
                value: clock_of(block.end_min),
                error: edited.error(t, &path("end_min")),
                on_change: move |text: String| {
                    if let Some(minutes) = minutes_of(&text, true) {
                        change.call(Box::new(move |block| block.end_min = minutes));
                    }
                },
            }
            IconButton {
                glyph: Glyph::Delete,
                label: t.with("doctor-hours-remove", &[("from", clock_of(block.start_min).into())]),
                onclick: move |()| {
                    let mut rules = to_shrink.clone();
                    rules.weekly.remove(at);
                    on_change.call(rules);
                },
            }
        }
    }
}
