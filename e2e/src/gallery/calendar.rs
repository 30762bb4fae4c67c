//! Choosing a time, a doctor's day, a doctor's week.

use dioxus::prelude::*;
use jiff::{Timestamp, civil::date};
use mediconnect_ui::{
    Button, ButtonKind, Glyph, StatusChip, Toast, Tone,
    calendar::{Block, BlockKind, DayCount, DayLine, DayRow, Slot, SlotGrid, WeekGrid, WeekStrip},
    use_texts, use_toasts,
};

use super::at;

#[component]
pub fn Times() -> Element {
    let today = date(2026, 3, 2);
    let (t, toasts) = (use_texts(), use_toasts());
    let mut day = use_signal(|| date(2026, 3, 3));
    let mut chosen = use_signal(|| Some(at(1, 10, 0)));
    let days = [Some(0), Some(7), Some(12), Some(3), Some(0), None, None]
        .into_iter()
        .enumerate()
        .map(|(n, free)| DayCount { date: today + jiff::Span::new().days(n as i64), free })
        .collect::<Vec<_>>();
    let slot = |hour, minute, free| Slot { start: at(1, hour, minute), free };
    let slots = vec![
        slot(9, 0, true),
        slot(9, 30, false),
        slot(10, 0, true),
        slot(10, 30, true),
        slot(11, 0, true),
        slot(14, 0, true),
        slot(14, 30, false),
        slot(15, 0, false),
        slot(16, 15, true),
        slot(18, 0, true),
        slot(18, 30, true),
    ];
    rsx! {
        WeekStrip {
            days,
            selected: day(),
            today,
            on_select: move |date| day.set(date),
            on_later: |()| {},
            on_earlier: |()| {},
        }
        SlotGrid {
            slots,
            selected: chosen(),
            on_choose: move |start| chosen.set(Some(start)),
            on_ask_why: move |_| toasts.show(Toast::new(Tone::Neutral, t.get("why-not-taken"))),
        }
    }
}

fn visit(start: Timestamp, end: Timestamp, title: &str, detail: &str, tone: Tone, state: &str) -> DayRow {
    DayRow::Visit {
        key: title.into(),
        start,
        end,
        title: title.into(),
        detail: detail.into(),
        tone,
        state: Some(rsx! { StatusChip { tone, label: state } }),
        actions: (tone == Tone::Accent).then(|| {
            rsx! {
                Button { small: true, glyph: Glyph::Start, "Start" }
                Button { small: true, kind: ButtonKind::Quiet, "Missed" }
            }
        }),
    }
}

#[component]
pub fn Today() -> Element {
    let rows = vec![
        visit(at(0, 9, 0), at(0, 9, 30), "Ravi Kumar", "Follow-up", Tone::Positive, "Done"),
        visit(at(0, 9, 30), at(0, 10, 30), "Fatima Sheikh", "First visit", Tone::Positive, "Done"),
        visit(at(0, 10, 45), at(0, 11, 15), "Leela Nair", "Skin check", Tone::Accent, "Arrived"),
        DayRow::Gap { start: at(0, 11, 15), end: at(0, 12, 0) },
        visit(at(0, 12, 0), at(0, 12, 30), "Joseph D'Souza", "Follow-up, by video", Tone::Neutral, "Booked"),
        visit(at(0, 12, 30), at(0, 13, 0), "Zoya Khan", "First visit", Tone::Critical, "Missed"),
    ];
    rsx! {
        DayLine { rows, on_open: |_| {}, on_gap: |_| {} }
    }
}

#[component]
pub fn Week(days: i32) -> Element {
    let block = |key: &str, start, end, title: &str, detail: &str, tone, kind| Block {
        key: key.into(),
        start,
        end,
        title: title.into(),
        detail: detail.into(),
        tone,
        kind,
    };
    let mut blocks = vec![
        block("1", at(0, 9, 0), at(0, 9, 30), "Ravi", "Follow-up", Tone::Positive, BlockKind::Visit),
        block("2", at(0, 10, 45), at(0, 11, 30), "Leela", "Skin check", Tone::Accent, BlockKind::Visit),
        block("3", at(0, 11, 30), at(0, 11, 45), "", "", Tone::Neutral, BlockKind::Buffer),
        block("4", at(1, 9, 30), at(1, 10, 30), "Fatima", "First visit", Tone::Accent, BlockKind::Visit),
        block("5", at(1, 10, 0), at(1, 11, 0), "Joseph", "Requested", Tone::Caution, BlockKind::Tentative),
        block("6", at(2, 0, 0), at(3, 0, 0), "Leave", "", Tone::Neutral, BlockKind::Leave),
        block("7", at(3, 12, 0), at(3, 13, 30), "Zoya", "First visit", Tone::Accent, BlockKind::Visit),
    ];
    for day in [0, 1, 3, 4] {
        let hours = block(
            &format!("open-{day}"),
            at(day, 9, 0),
            at(day, 13, 0),
            "",
            "",
            Tone::Accent,
            BlockKind::Open,
        );
        blocks.insert(0, hours);
    }
    let (first, from_hour, to_hour, hour_px) = match days {
        1 => (date(2026, 3, 3), 9, 12, 96),
        _ => (date(2026, 3, 2), 8, 14, 56),
    };
    rsx! {
        WeekGrid { first, days, blocks, from_hour, to_hour, hour_px, on_open: |_| {}, on_empty: |_| {} }
    }
}
