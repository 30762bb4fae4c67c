//! The rules of booking as sentences with values to choose.

use dioxus::prelude::*;
use mediconnect_domain::scheduling::rules::Rules;
use mediconnect_ui::{Card, ChoiceOption, Section, Switch, Texts, use_texts};

use super::{Edited, field_id};

const NOTICE_MIN: [u32; 9] = [0, 30, 60, 120, 240, 720, 1440, 2880, 10_080];
const HORIZON_DAYS: [u32; 7] = [7, 14, 30, 60, 90, 180, 365];
const STEPS_MIN: [u32; 6] = [5, 10, 15, 20, 30, 60];
const CAPS: [u32; 8] = [0, 5, 8, 10, 15, 20, 30, 40];

#[component]
pub fn Terms(edited: Edited, on_change: EventHandler<Rules>) -> Element {
    let t = use_texts();
    let rules = edited.rules.clone();
    let auto_confirm = rules.auto_confirm;
    let change = use_callback(move |edit: Box<dyn FnOnce(&mut Rules)>| {
        let mut rules = rules.clone();
        edit(&mut rules);
        on_change.call(rules);
    });
    let now = &edited.rules;
    rsx! {
        Section { title: t.get("doctor-rules"),
            Card {
                Sentence {
                    id: field_id("minimum_notice_min"),
                    text: t.with("doctor-rule-notice", &[("value", HERE.into())]),
                    options: choices(&NOTICE_MIN, now.minimum_notice_min, |n| span(t, n)),
                    value: now.minimum_notice_min,
                    on_change: move |value| change.call(Box::new(move |rules| rules.minimum_notice_min = value)),
                }
                Sentence {
                    id: field_id("horizon_days"),
                    text: t.with("doctor-rule-horizon", &[("value", HERE.into())]),
                    options: choices(&HORIZON_DAYS, now.horizon_days.into(), |n| t.with("doctor-days-count", &[("n", n.into())])),
                    value: u32::from(now.horizon_days),
                    on_change: move |value: u32| change.call(Box::new(move |rules| rules.horizon_days = value as u16)),
                }
                Sentence {
                    id: field_id("step_min"),
                    text: t.with("doctor-rule-step", &[("value", HERE.into())]),
                    options: choices(&STEPS_MIN, now.step_min.into(), |n| t.duration(n)),
                    value: u32::from(now.step_min),
                    on_change: move |value: u32| change.call(Box::new(move |rules| rules.step_min = value as u16)),
                }
                Sentence {
                    id: field_id("daily_cap"),
                    text: t.with("doctor-rule-cap", &[("value", HERE.into())]),
                    options: choices(&CAPS, now.daily_cap.unwrap_or_default().into(), |n| cap(t, n)),
                    value: u32::from(now.daily_cap.unwrap_or_default()),
                    on_change: move |value: u32| change.call(Box::new(move |rules| rules.daily_cap = (value > 0).then_some(value as u16))),
                }
                Sentence {
                    id: field_id("cancel_notice_min"),
                    text: t.with("doctor-rule-cancel", &[("value", HERE.into())]),
                    options: choices(&NOTICE_MIN, now.cancel_notice_min, |n| span(t, n)),
                    value: now.cancel_notice_min,
                    on_change: move |value| change.call(Box::new(move |rules| rules.cancel_notice_min = value)),
                }
                Switch {
                    label: t.get("doctor-rule-auto"),
                    detail: t.get(if auto_confirm { "doctor-rule-auto-on" } else { "doctor-rule-auto-off" }),
                    on: auto_confirm,
                    on_change: move |on| change.call(Box::new(move |rules| rules.auto_confirm = on)),
                }
            }
        }
    }
}

fn cap(t: Texts, visits: u32) -> String {
    match visits {
        0 => t.get("doctor-no-limit"),
        visits => t.with("doctor-visits-count", &[("n", visits.into())]),
    }
}

/// Whole days read better as days.
fn span(t: Texts, minutes: u32) -> String {
    match (minutes / 1440, minutes % 1440) {
        (days @ 1.., 0) => t.with("doctor-days-count", &[("n", days.into())]),
        _ => t.duration(minutes),
    }
}

/// The usual values with the present one among them.
fn choices(usual: &[u32], present: u32, words: impl Fn(u32) -> String) -> Vec<ChoiceOption> {
    let mut values = usual.to_vec();
    if !values.contains(&present) {
        values.push(present);
        values.sort_unstable();
    }
    values.into_iter().map(|value| ChoiceOption::new(value.to_string(), words(value))).collect()
}

/// Where in a sentence its value stands.
const HERE: &str = "\u{1}";

/// A sentence with a value in it that can be changed. The whole sentence is the value's name.
#[component]
fn Sentence(
    id: String,
    text: String,
    options: Vec<ChoiceOption>,
    value: u32,
    on_change: EventHandler<u32>,
) -> Element {
    let (before, after) = text.split_once(HERE).unwrap_or((&text, ""));
    let (before, after) = (before.to_owned(), after.to_owned());
    let name = format!("{before}…{after}");
    rsx! {
        p { class: "sentence",
            span { aria_hidden: "true", {before} }
            select {
                class: "sentence__value",
                id,
                aria_label: name,
                onchange: move |event| {
                    if let Ok(chosen) = event.value().parse() {
                        on_change.call(chosen);
                    }
                },
                for option in options {
                    option { key: "{option.value}", value: option.value.clone(), selected: option.value == value.to_string(), {option.label} }
                }
            }
            span { aria_hidden: "true", {after} }
        }
    }
}
