//! A day as a line from top to bottom: visits, free gaps between them, and where the day stands now.

use dioxus::prelude::*;
use jiff::{Timestamp, tz::TimeZone};

use crate::{Texts, Tone, use_now, use_reader, use_texts};

/// A stretch of the day.
#[derive(Clone, PartialEq)]
pub enum DayRow {
    /// A visit. `state` is a chip in words, `actions` the buttons of its state.
    Visit {
        key: String,
        start: Timestamp,
        end: Timestamp,
        title: String,
        detail: String,
        tone: Tone,
        state: Option<Element>,
        actions: Option<Element>,
    },
    Gap {
        start: Timestamp,
        end: Timestamp,
    },
}

impl DayRow {
    fn span(&self) -> (Timestamp, Timestamp) {
        match self {
            Self::Visit { start, end, .. } | Self::Gap { start, end } => (*start, *end),
        }
    }
}

/// The rows of one day in order of time. The marker of the present moment stands between the rows it falls between.
#[component]
pub fn DayLine(
    rows: Vec<DayRow>,
    #[props(default)] zone: Option<TimeZone>,
    /// Opens a visit.
    on_open: EventHandler<String>,
    /// A gap was pressed, by its start.
    #[props(default)]
    on_gap: Option<EventHandler<Timestamp>>,
) -> Element {
    let reader = use_reader();
    let (t, now) = (reader.texts(), use_now());
    let zone = zone.unwrap_or_else(|| reader.zone());
    let marker = marker_place(&rows, now);
    rsx! {
        ol { class: "day-line",
            for (place, (start, end), row) in rows.into_iter().enumerate().map(|(place, row)| (place, row.span(), row)) {
                if marker == Some(place) {
                    NowMarker { time: t.clock(now.to_zoned(zone.clone()).time()) }
                }
                li { class: "day-line__row", "data-past": end <= now,
                    span { class: "day-line__time", {t.clock(start.to_zoned(zone.clone()).time())} }
                    {row_content(t, row, on_open, on_gap)}
                }
            }
        }
    }
}

/// Before which row the marker stands: the first that has not begun; none before the first and after the last of a day.
fn marker_place(rows: &[DayRow], now: Timestamp) -> Option<usize> {
    let ended = rows.last().is_none_or(|last| last.span().1 <= now);
    let place = rows.iter().position(|row| row.span().0 > now)?;
    (place > 0 && !ended).then_some(place)
}

fn row_content(
    t: Texts,
    row: DayRow,
    on_open: EventHandler<String>,
    on_gap: Option<EventHandler<Timestamp>>,
) -> Element {
    match row {
        DayRow::Gap { start, end } => {
            let length = t.duration(minutes_between(start, end));
            let words = t.with("ui-free-for", &[("duration", length.into())]);
            rsx! {
                if let Some(on_gap) = on_gap {
                    button { class: "day-line__gap", r#type: "button", onclick: move |_| on_gap.call(start), {words} }
                } else {
                    p { class: "day-line__gap", {words} }
                }
            }
        }
        DayRow::Visit { key, start, end, title, detail, tone, state, actions } => {
            let length = t.duration(minutes_between(start, end));
            rsx! {
                div { class: "day-line__visit", "data-tone": tone.name(),
                    button { class: "day-line__open", r#type: "button", onclick: move |_| on_open.call(key.clone()),
                        span { class: "strong as-block", {title} }
                        span { class: "small muted as-block", "{detail} · {length}" }
                    }
                    {state}
                    if let Some(actions) = actions {
                        div { class: "day-line__actions", {actions} }
                    }
                }
            }
        }
    }
}

fn minutes_between(start: Timestamp, end: Timestamp) -> u32 {
    u32::try_from(end.duration_since(start).as_mins()).unwrap_or_default()
}

#[component]
fn NowMarker(time: String) -> Element {
    let t = use_texts();
    rsx! {
        li { class: "now-marker",
            span { class: "now-marker__time", {time} }
            span { class: "visually-hidden", {t.get("ui-now")} }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gap(start_min: i64, end_min: i64) -> DayRow {
        let at = |minutes| Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_mins(minutes);
        DayRow::Gap { start: at(start_min), end: at(end_min) }
    }

    fn place(now_min: i64) -> Option<usize> {
        let now = Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_mins(now_min);
        marker_place(&[gap(60, 90), gap(90, 120), gap(150, 180)], now)
    }

    #[test]
    fn the_marker_stands_before_the_first_row_that_has_not_begun() {
        assert_eq!(place(30), None, "the day has not begun");
        assert_eq!(place(75), Some(1));
        assert_eq!(place(130), Some(2));
        assert_eq!(place(160), None, "the last row is running");
        assert_eq!(place(500), None, "the day is over");
    }
}
