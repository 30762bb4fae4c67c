//! The calendar: a day or a week to scale, and what an empty place can be used for.

use std::{fmt, str::FromStr};

use dioxus::prelude::*;
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use mediconnect_app::{AsOf, Status, StoreFailed, use_device};
use mediconnect_core::views::doctor::{
    calendar::{self, Calendar as Filled, What, calendar},
    leave,
};
use mediconnect_domain::{LeaveId, Span, appointments::State, scheduling::leave::RemoveLeave};
use mediconnect_ui::{
    Button, ButtonKind, ChoiceOption, Glyph, IconButton, Screen, Segmented, Sheet, StatusChip, Texts, Toast,
    Tone,
    calendar::{Block, BlockKind, WeekGrid},
    use_now, use_reader, use_texts, use_toasts,
};

use crate::{
    frame::Tabs,
    parts::VisitCard,
    practice::{Practice, own_id, use_practice},
    route::Route,
    words,
};

/// How many days are seen at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum View {
    Day,
    Week,
}

impl View {
    fn days(self) -> i32 {
        if self == Self::Day { 1 } else { 7 }
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if *self == Self::Day { "day" } else { "week" })
    }
}

impl FromStr for View {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(if text == "day" { Self::Day } else { Self::Week })
    }
}

/// Heights of an hour. At the second a visit of a quarter of an hour is large enough for a finger.
const HOURS_PX: [i32; 4] = [56, 96, 128, 176];

/// Arrow keys move between the buttons of the grid by where they lie; Page Up and Page Down turn the page.
const ARROWS: &str = r#"
    const grid = document.getElementById("calendar-grid");
    if (!grid || grid.dataset.arrows) return;
    grid.dataset.arrows = "on";
    const middle = (element) => { const box = element.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; };
    grid.addEventListener("keydown", (event) => {
        const pages = { PageUp: "calendar-earlier", PageDown: "calendar-later" };
        if (pages[event.key]) {
            event.preventDefault();
            document.querySelector(`#${pages[event.key]} button`)?.click();
            return;
        }
        const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
        const from = event.target.closest("button");
        if (!step || !from) return;
        event.preventDefault();
        const [x, y] = middle(from);
        let best = null, least = Infinity;
        for (const other of grid.querySelectorAll("button")) {
            const [ox, oy] = middle(other);
            const along = (ox - x) * step[0] + (oy - y) * step[1];
            const across = Math.abs((ox - x) * step[1]) + Math.abs((oy - y) * step[0]);
            const cost = along + 3 * across;
            if (other !== from && along > 4 && cost < least) { best = other; least = cost; }
        }
        best?.focus();
    });
"#;

/// The week in which today lies.
#[component]
pub fn CalendarNow() -> Element {
    let practice = use_practice();
    let today = use_now().to_zoned(practice.zone).date();
    rsx! {
        Calendar { view: View::Week, date: today }
    }
}

#[component]
pub fn Calendar(view: View, date: Date) -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let practice = use_practice();
    let today = now.to_zoned(practice.zone.clone()).date();
    let days = view.days();
    let first = if view == View::Week { monday_of(date) } else { date };
    let shown = device.read(|records| calendar(records, &practice.places, first, days, &practice.zone, now));
    let open = move |view: View, date: Date| {
        navigator().replace(Route::Calendar { view, date });
    };
    let turn = move |pages: i64| {
        if let Ok(to) = date.checked_add((pages * i64::from(days)).days()) {
            open(view, to);
        }
    };
    let heading = match view {
        View::Week => t.month_and_year(first),
        View::Day => t.date(first),
    };
    use_effect(|| {
        document::eval(ARROWS);
    });
    rsx! {
        Screen { title: t.get("doctor-tab-calendar"), line: rsx! { Status {} }, tabs: rsx! { Tabs { current: "calendar" } },
            AsOf {}
            div { class: "stack",
                Segmented {
                    label: t.get("doctor-calendar-view"),
                    options: vec![
                        ChoiceOption::new(View::Day.to_string(), t.get("doctor-view-day")),
                        ChoiceOption::new(View::Week.to_string(), t.get("doctor-view-week")),
                    ],
                    value: view.to_string(),
                    on_change: move |chosen: String| open(chosen.parse().unwrap_or(view), date),
                }
                div { class: "calendar-head",
                    span { id: "calendar-earlier",
                        IconButton { glyph: Glyph::Previous, label: t.get("doctor-earlier"), onclick: move |()| turn(-1) }
                    }
                    h2 { class: "calendar-head__title", aria_live: "polite", {heading} }
                    if date != today {
                        Button { small: true, kind: ButtonKind::Quiet, onclick: move |()| open(view, today), {t.get("day-today")} }
                    }
                    span { id: "calendar-later",
                        IconButton { glyph: Glyph::Next, label: t.get("doctor-later"), onclick: move |()| turn(1) }
                    }
                }
                if practice.elsewhere {
                    p { class: "small muted", {t.zone(practice.zone_name.name())} }
                }
            }
            match shown {
                Err(_) => rsx! { StoreFailed {} },
                Ok(filled) => rsx! { Grid { filled, first, days, practice } },
            }
        }
    }
}

fn monday_of(date: Date) -> Date {
    let back = i64::from(date.weekday().to_monday_zero_offset());
    date.checked_sub(back.days()).unwrap_or(date)
}

/// The hour to begin with: the one before now where today is shown, within the hours of the day; else that of the first
/// visit, or when the hours begin.
fn opens_at(filled: &Filled, first: Date, days: i32, zone: &TimeZone, now: Timestamp) -> Option<i32> {
    let hour = |at: Timestamp| i32::from(at.to_zoned(zone.clone()).hour());
    let starts = |wanted: fn(&What) -> bool| {
        let blocks = filled.blocks.iter().filter(move |block| wanted(&block.what));
        blocks.map(|block| hour(block.span.start)).min()
    };
    let begin = starts(|what| matches!(what, What::Visit(_)))
        .or_else(|| starts(|what| matches!(what, What::Open)))?;
    let today = now.to_zoned(zone.clone()).date();
    let shown = first.checked_add(days.days()).is_ok_and(|end| (first..end).contains(&today));
    match shown {
        true => Some((hour(now) - 1).clamp(begin, (filled.to_hour - 4).max(begin))),
        false => Some(begin),
    }
}

/// What was pressed.
#[derive(Clone, Copy, PartialEq)]
enum Pressed {
    Empty(Timestamp),
    Leave(LeaveId),
}

#[component]
fn Grid(filled: Filled, first: Date, days: i32, practice: Practice) -> Element {
    let t = use_texts();
    let mut zoom = use_signal(|| 1_usize);
    let mut pressed = use_signal(|| None::<Pressed>);
    let blocks: Vec<Block> = filled.blocks.iter().map(|block| block_of(t, block)).collect();
    let opens_at = opens_at(&filled, first, days, &practice.zone, use_now());
    rsx! {
        div { id: "calendar-grid",
            WeekGrid {
                first,
                days,
                zone: practice.zone.clone(),
                blocks,
                from_hour: filled.from_hour,
                to_hour: filled.to_hour,
                hour_px: HOURS_PX[zoom()],
                opens_at,
                on_open: move |key: String| match key.split_once(':') {
                    Some(("visit", id)) => {
                        if let Ok(id) = id.parse() {
                            navigator().push(Route::Visit { id });
                        }
                    }
                    Some(("leave", id)) => pressed.set(id.parse().ok().map(Pressed::Leave)),
                    _ => {}
                },
                on_empty: move |start| pressed.set(Some(Pressed::Empty(start))),
            }
        }
        div { class: "row row--apart",
            ul { class: "legend", aria_label: t.get("doctor-legend"),
                li { class: "legend__one", "data-kind": "visit", {t.get("state-booked")} }
                li { class: "legend__one", "data-kind": "tentative", {t.get("state-requested")} }
                li { class: "legend__one", "data-kind": "hatched", {t.get("doctor-legend-hatched")} }
            }
            div { class: "row",
                IconButton {
                    glyph: Glyph::ZoomOut,
                    label: t.get("doctor-zoom-out"),
                    onclick: move |()| zoom.set(zoom().saturating_sub(1)),
                }
                IconButton {
                    glyph: Glyph::ZoomIn,
                    label: t.get("doctor-zoom-in"),
                    onclick: move |()| zoom.set((zoom() + 1).min(HOURS_PX.len() - 1)),
                }
            }
        }
        EmptyPlace {
            start: if let Some(Pressed::Empty(start)) = pressed() { Some(start) } else { None },
            practice: practice.clone(),
            on_close: move |()| pressed.set(None),
        }
        LeavePressed {
            id: if let Some(Pressed::Leave(id)) = pressed() { Some(id) } else { None },
            practice,
            on_close: move |()| pressed.set(None),
        }
    }
}

fn block_of(t: Texts, block: &calendar::Block) -> Block {
    let (key, title, detail, tone, kind) = match &block.what {
        What::Open => (
            format!("open@{}", block.span.start),
            String::new(),
            String::new(),
            Tone::Neutral,
            BlockKind::Open,
        ),
        What::Buffer => (
            format!("buffer@{}", block.span.start),
            String::new(),
            String::new(),
            Tone::Neutral,
            BlockKind::Buffer,
        ),
        What::Leave { id, reason } => (
            format!("leave:{id}"),
            words::leave_reason(t, *reason),
            String::new(),
            Tone::Neutral,
            BlockKind::Leave,
        ),
        What::Visit(line) => {
            let (tone, state) = words::state(t, line);
            let kind = match line.state {
                State::Held | State::Requested => BlockKind::Tentative,
                _ => BlockKind::Visit,
            };
            let detail = format!("{} · {state}", words::local(t, &line.visit_type));
            (format!("visit:{}", line.id), words::patient(t, &line.patient), detail, tone, kind)
        }
    };
    Block { key, start: block.span.start, end: block.span.end, title, detail, tone, kind }
}

const BLOCK_MIN: [u16; 4] = [15, 30, 60, 120];

/// What an empty place could be used for, and taking it out of the schedule.
#[component]
fn EmptyPlace(start: Option<Timestamp>, practice: Practice, on_close: EventHandler<()>) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let now = use_now();
    let mut minutes = use_signal(|| 30_u16);
    let title = start.map(|start| words::when(reader, start, &practice.zone)).unwrap_or_default();
    let here = start.and_then(|start| {
        let span = Span::of(start, minutes());
        let kinds =
            |records: &mediconnect_core::Records| calendar::place(records, &practice.places, start, now);
        device.read(|records| Ok((kinds(records)?, calendar::visits_in(records, span, now)?))).ok()
    });
    let zone_name = practice.zone_name.clone();
    let block = move |()| {
        let (Some(start), Some(doctor)) = (start, own_id(device)) else { return };
        let span = Span::of(start, minutes());
        if device.send(leave::block(LeaveId(device.new_id()), doctor, span, zone_name.clone()), toasts) {
            toasts.show(Toast::new(Tone::Accent, reader.texts().get("doctor-blocked")));
        }
        on_close.call(());
    };
    let lengths = BLOCK_MIN
        .iter()
        .map(|minutes| ChoiceOption::new(minutes.to_string(), t.duration((*minutes).into())))
        .collect::<Vec<_>>();
    let actions = rsx! {
        Button { glyph: Glyph::Block, onclick: block, {t.get("doctor-block")} }
    };
    rsx! {
        Sheet { open: start.is_some(), title, on_close: move |()| on_close.call(()), actions,
            if let Some((place, hit)) = here {
                ul { class: "stack stack--tight",
                    for kind in place.kinds {
                        li { key: "{kind.role_id}{kind.visit_type_id}", class: "kind-here",
                            p { class: "strong", {words::local(t, &kind.visit_type)} " · " {kind.clinic.clone()} }
                            p { class: "small muted",
                                {kind.why_not.as_ref().map(|why| t.why_not(why, &practice.zone, now)).unwrap_or_else(|| t.get("doctor-can-be-booked"))}
                            }
                        }
                    }
                }
                Segmented {
                    label: t.get("doctor-block-length"),
                    options: lengths,
                    value: minutes().to_string(),
                    on_change: move |value: String| minutes.set(value.parse().unwrap_or(30)),
                }
                if !hit.is_empty() {
                    p { class: "small", {t.with("doctor-hits", &[("n", hit.len().into())])} }
                    for line in hit {
                        VisitCard { key: "{line.id}", line, zone: practice.zone.clone() }
                    }
                }
            }
        }
    }
}

/// A leave that was pressed: when, why, and giving the time back.
#[component]
fn LeavePressed(id: Option<LeaveId>, practice: Practice, on_close: EventHandler<()>) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let now = use_now();
    let shown = id.and_then(|id| device.read(|records| leave::one(records, id, now)).ok().flatten());
    let title = shown.as_ref().map(|(leave, _)| words::leave_reason(t, leave.reason)).unwrap_or_default();
    let actions = rsx! {
        Button {
            kind: ButtonKind::Secondary,
            onclick: move |()| {
                if let Some(leave_id) = id {
                    device.send(RemoveLeave { leave_id }, toasts);
                }
                on_close.call(());
            },
            {t.get("doctor-give-back")}
        }
    };
    rsx! {
        Sheet { open: shown.is_some(), title, on_close: move |()| on_close.call(()), actions,
            if let Some((leave, hit)) = shown {
                p { {words::leave_time(reader, &leave.time, &leave.zone.rules())} }
                if hit.is_empty() {
                    StatusChip { tone: Tone::Positive, label: t.get("doctor-hits-none") }
                } else {
                    p { class: "small", {t.with("doctor-hits", &[("n", hit.len().into())])} }
                    for line in hit {
                        VisitCard { key: "{line.id}", line, zone: practice.zone.clone() }
                    }
                }
            }
        }
    }
}
