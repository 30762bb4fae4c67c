//! Free times to choose from.

use dioxus::prelude::*;
use jiff::{Timestamp, tz::TimeZone};

use crate::{use_reader, use_texts};

/// A time that is shown. One that is not free answers a tap with why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slot {
    pub start: Timestamp,
    pub free: bool,
}

/// The times of one day by part of the day, in `zone` (the reader's unless given).
#[component]
pub fn SlotGrid(
    slots: Vec<Slot>,
    #[props(default)] zone: Option<TimeZone>,
    #[props(default)] selected: Option<Timestamp>,
    on_choose: EventHandler<Timestamp>,
    /// A time that is not free was pressed: tell why.
    #[props(default)]
    on_ask_why: EventHandler<Timestamp>,
) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let zone = zone.unwrap_or_else(|| reader.zone());
    let parts = by_part_of_day(&slots, &zone);
    rsx! {
        div { class: "slot-grid",
            for (key, slots) in parts {
                div { key: "{key}", class: "slot-grid__part", role: "group", aria_label: t.get(key),
                    h2 { class: "slot-grid__title", {t.get(key)} }
                    div { class: "time-buttons time-buttons--grid",
                        for slot in slots {
                            SlotButton {
                                key: "{slot.start}",
                                slot,
                                time: t.clock_bare(slot.start.to_zoned(zone.clone()).time()),
                                selected: selected == Some(slot.start),
                                on_press: move |start| match slot.free {
                                    true => on_choose.call(start),
                                    false => on_ask_why.call(start),
                                },
                            }
                        }
                    }
                }
            }
        }
    }
}

#[component]
fn SlotButton(slot: Slot, time: String, selected: bool, on_press: EventHandler<Timestamp>) -> Element {
    let t = use_texts();
    rsx! {
        button {
            class: "time-button",
            r#type: "button",
            aria_pressed: slot.free.then(|| selected.to_string()),
            "data-free": slot.free,
            onclick: move |_| on_press.call(slot.start),
            span { {time} }
            if !slot.free {
                span { class: "visually-hidden", {t.get("ui-not-free")} }
            }
        }
    }
}

/// A few times in a row that each book at once, as on a doctor's card; `subject` completes their names.
#[component]
pub fn TimeButtons(subject: String, times: Vec<Timestamp>, on_choose: EventHandler<Timestamp>) -> Element {
    let reader = use_reader();
    let (t, zone) = (reader.texts(), reader.zone());
    let now = (reader.now)();
    rsx! {
        div { class: "time-buttons", role: "group", aria_label: t.get("ui-times"),
            for start in times {
                button {
                    key: "{start}",
                    class: "time-button time-button--soft",
                    r#type: "button",
                    onclick: move |_| on_choose.call(start),
                    span { class: "visually-hidden", "{subject}, " }
                    span { class: "tiny", {t.day(start.to_zoned(zone.clone()).date(), now.to_zoned(zone.clone()).date())} }
                    span { class: "strong", {t.clock(start.to_zoned(zone.clone()).time())} }
                }
            }
        }
    }
}

/// Morning before noon, afternoon before five, then evening; parts without times are left out.
fn by_part_of_day(slots: &[Slot], zone: &TimeZone) -> Vec<(&'static str, Vec<Slot>)> {
    let part = |slot: &Slot| match slot.start.to_zoned(zone.clone()).hour() {
        0..=11 => "part-of-day-morning",
        12..=16 => "part-of-day-afternoon",
        _ => "part-of-day-evening",
    };
    ["part-of-day-morning", "part-of-day-afternoon", "part-of-day-evening"]
        .into_iter()
        .map(|key| (key, slots.iter().copied().filter(|slot| part(slot) == key).collect::<Vec<_>>()))
        .filter(|(_, slots)| !slots.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_belongs_to_the_part_of_the_day_of_its_zone() {
        let slot = Slot { start: "2026-03-03T06:45:00Z".parse().expect("a timestamp"), free: true };
        let kolkata = TimeZone::get("Asia/Kolkata").expect("a zone");
        assert_eq!(by_part_of_day(&[slot], &TimeZone::UTC), vec![("part-of-day-morning", vec![slot])]);
        assert_eq!(by_part_of_day(&[slot], &kolkata), vec![("part-of-day-afternoon", vec![slot])]);
    }
}
