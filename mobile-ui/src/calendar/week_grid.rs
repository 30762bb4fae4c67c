//! A calendar of one to seven days with blocks to scale.
//!
//! The grid is an ordinary list of buttons per day for the keyboard and screen readers; only its look is a picture.
//! Empty places are pressed through at most one button per hour, so that blocking time needs no pointer.

use dioxus::prelude::*;
use jiff::{
    Timestamp, ToSpan,
    civil::{self, Date},
    tz::TimeZone,
};

use super::layout::{free_in, lanes, minutes_in_day};
use crate::{
    Texts, Tone,
    page::{self, use_element_id},
    use_now, use_reader,
};

/// What a block stands for: decides fill or hatching.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    Visit,
    /// Not yet certain: held or requested.
    Tentative,
    /// Hours in which visits can be booked.
    Open,
    Buffer,
    Leave,
}

impl BlockKind {
    fn name(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Tentative => "tentative",
            Self::Open => "open",
            Self::Buffer => "buffer",
            Self::Leave => "leave",
        }
    }

    /// Whether it can be opened; hours and buffers are only seen.
    fn opens(self) -> bool {
        !matches!(self, Self::Open | Self::Buffer)
    }

    /// Visits lie side by side where they overlap; the others lie behind them over the whole width.
    fn takes_a_lane(self) -> bool {
        matches!(self, Self::Visit | Self::Tentative)
    }
}

/// A stretch of time in the calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub key: String,
    pub start: Timestamp,
    pub end: Timestamp,
    pub title: String,
    pub detail: String,
    pub tone: Tone,
    pub kind: BlockKind,
}

/// The days from `first`, with the hours from `from_hour` up to `to_hour` (0 to 24).
#[component]
pub fn WeekGrid(
    first: Date,
    #[props(default = 7)] days: i32,
    #[props(default)] zone: Option<TimeZone>,
    blocks: Vec<Block>,
    #[props(default = 7)] from_hour: i32,
    #[props(default = 20)] to_hour: i32,
    /// Height of an hour in pixels at the normal text size: zoom.
    #[props(default = 56)]
    hour_px: i32,
    /// The hour at the top when these days are opened; those before it are reached by scrolling.
    #[props(default)]
    opens_at: Option<i32>,
    on_open: EventHandler<String>,
    /// An empty hour was pressed.
    #[props(default)]
    on_empty: Option<EventHandler<Timestamp>>,
) -> Element {
    let reader = use_reader();
    let zone = zone.unwrap_or_else(|| reader.zone());
    let dates: Vec<Date> = (0..days).filter_map(|day| first.checked_add(day.days()).ok()).collect();
    let frame = Frame { from: from_hour * 60, to: to_hour * 60 };
    let id = use_element_id("week-grid");
    let share = opens_at.map(|hour| f64::from(hour - from_hour) / f64::from((to_hour - from_hour).max(1)));
    let (grid, shown) = (id.clone(), (first, days, hour_px));
    // Not again when the hour has passed: by then the reader is elsewhere.
    use_effect(use_reactive((&shown,), move |_| {
        if let Some(share) = share {
            page::scroll_to(&grid, ".week-grid__column", share);
        }
    }));
    rsx! {
        div { id, class: "week-grid", style: "--hour:{f64::from(hour_px) / 16.0}rem; --hours:{to_hour - from_hour}; --days:{days}",
            div { class: "week-grid__hours", aria_hidden: "true",
                for hour in from_hour..to_hour {
                    span { key: "{hour}", "{hour:02}" }
                }
            }
            for date in dates {
                DayColumn { key: "{date}", date, zone: zone.clone(), blocks: blocks.clone(), frame, on_open, on_empty,
                }
            }
        }
    }
}

/// A shorter place could not be pressed at the grid's usual height of an hour.
const SHORTEST_PLACE_MIN: i32 = 30;

/// The minutes of the day the grid shows.
#[derive(Clone, Copy, PartialEq)]
struct Frame {
    from: i32,
    to: i32,
}

impl Frame {
    fn style(self, from: i32, to: i32) -> String {
        let (top, height) = self.place(from, to).unwrap_or_default();
        format!("inset-block-start:{top:.3}%; block-size:{height:.3}%")
    }

    /// Distance from the top and height, in percent of the column, of what is in sight.
    fn place(self, from: i32, to: i32) -> Option<(f64, f64)> {
        let (top, bottom) = (from.max(self.from), to.min(self.to));
        let share = |minutes: i32| 100.0 * f64::from(minutes) / f64::from(self.to - self.from);
        (top < bottom).then(|| (share(top - self.from), share(bottom - top)))
    }
}

#[component]
fn DayColumn(
    date: Date,
    zone: TimeZone,
    blocks: Vec<Block>,
    frame: Frame,
    on_open: EventHandler<String>,
    on_empty: Option<EventHandler<Timestamp>>,
) -> Element {
    let t = use_reader().texts();
    let now = use_now().to_zoned(zone.clone());
    let today = now.date() == date;
    let minute = i32::from(now.hour()) * 60 + i32::from(now.minute());
    let marker = today.then(|| frame.place(minute, minute + 1)).flatten();
    let placed = place(&blocks, date, &zone, frame);
    let free = free_places(&blocks, date, &zone, frame);
    rsx! {
        div { class: "week-grid__day", role: "group", aria_label: t.date(date),
            p { class: "week-grid__date", aria_hidden: "true", "data-today": today,
                span { {t.weekday_short(date.weekday())} }
                span { {date.day().to_string()} }
            }
            div { class: "week-grid__column",
                if let Some(on_empty) = on_empty {
                    for (from, to) in free {
                        EmptyPlace { key: "{from}", date, from, style: frame.style(from, to), zone: zone.clone(), on_empty }
                    }
                }
                for (block, style) in placed {
                    BlockButton { key: "{block.key}", label: name(t, &block, &zone), block, style, on_open }
                }
                if let Some((top, _)) = marker {
                    div { class: "week-grid__now", style: "inset-block-start:{top}%", aria_hidden: "true" }
                }
            }
        }
    }
}

fn name(t: Texts, block: &Block, zone: &TimeZone) -> String {
    let local = |at: Timestamp| at.to_zoned(zone.clone()).time();
    let range = t.clock_range(local(block.start), local(block.end));
    [range.as_str(), &block.title, &block.detail]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// The blocks of a day with where each lies; those behind come first.
fn place(blocks: &[Block], date: Date, zone: &TimeZone, frame: Frame) -> Vec<(Block, String)> {
    let on_day: Vec<(&Block, (i32, i32))> = blocks
        .iter()
        .filter_map(|block| Some((block, minutes_in_day(block.start, block.end, date, zone)?)))
        .collect();
    let (front, behind): (Vec<_>, Vec<_>) =
        on_day.into_iter().partition(|(block, _)| block.kind.takes_a_lane());
    let stretches: Vec<(i32, i32)> = front.iter().map(|(_, minutes)| *minutes).collect();
    let whole = behind.into_iter().map(|item| (item, (0, 1)));
    whole
        .chain(front.into_iter().zip(lanes(&stretches)))
        .filter_map(|((block, (from, to)), (lane, lanes))| {
            let (top, height) = frame.place(from, to)?;
            let (start, width) = (100.0 * lane as f64 / lanes as f64, 100.0 / lanes as f64);
            let style = format!(
                "inset-block-start:{top:.3}%; block-size:{height:.3}%; inset-inline-start:{start:.3}%; inline-size:{width:.3}%"
            );
            Some((block.clone(), style))
        })
        .collect()
}

/// In each hour the longest free stretch, if it is long enough to be pressed.
fn free_places(blocks: &[Block], date: Date, zone: &TimeZone, frame: Frame) -> Vec<(i32, i32)> {
    let busy: Vec<(i32, i32)> = blocks
        .iter()
        .filter(|block| block.kind != BlockKind::Open)
        .filter_map(|block| minutes_in_day(block.start, block.end, date, zone))
        .collect();
    let hours = (frame.from / 60..frame.to / 60).map(|hour| (hour * 60, hour * 60 + 60));
    let longest = |hour| free_in(hour, &busy).into_iter().max_by_key(|(from, to)| (to - from, -from));
    hours.filter_map(longest).filter(|(from, to)| to - from >= SHORTEST_PLACE_MIN).collect()
}

#[component]
fn BlockButton(block: Block, style: String, label: String, on_open: EventHandler<String>) -> Element {
    let key = block.key.clone();
    let (kind, tone) = (block.kind.name(), block.tone.name());
    if !block.kind.opens() {
        return rsx! { div { class: "block", style, "data-kind": kind, "data-tone": tone, aria_hidden: "true" } };
    }
    rsx! {
        button {
            class: "block",
            r#type: "button",
            style,
            "data-kind": kind,
            "data-tone": tone,
            onclick: move |_| on_open.call(key.clone()),
            span { class: "visually-hidden", {label} }
            span { class: "block__title", aria_hidden: "true", {block.title.clone()} }
            span { class: "block__detail", aria_hidden: "true", {block.detail.clone()} }
        }
    }
}

#[component]
fn EmptyPlace(
    date: Date,
    from: i32,
    style: String,
    zone: TimeZone,
    on_empty: EventHandler<Timestamp>,
) -> Element {
    let t = use_reader().texts();
    let time = civil::Time::midnight().saturating_add(i64::from(from).minutes());
    let range = format!("{}, {}", t.date_short(date), t.clock(time));
    rsx! {
        button {
            class: "week-grid__empty",
            r#type: "button",
            style,
            aria_label: t.with("ui-free-from-to", &[("range", range.into())]),
            onclick: move |_| {
                if let Ok(start) = date.to_datetime(time).to_zoned(zone.clone()) {
                    on_empty.call(start.timestamp());
                }
            },
        }
    }
}
