//! The day: who is next, how far it has come, what is free.

use dioxus::prelude::*;
use mediconnect_app::{AsOf, SessionEnded, Status, StoreFailed, screens::EmailCard, use_device};
use mediconnect_core::views::doctor::{
    day::{Day, Row, day},
    practice::whole_day,
    refusals::refusals,
    standing::{Verification, verification},
    visits::{Action, VisitLine},
};
use mediconnect_domain::directory::Standing;
use mediconnect_ui::{
    Button, ButtonKind, Card, EmptyState, Glyph, IconButton, PendingClock, Screen, Section, Skeleton,
    StatusChip, Tone,
    calendar::{DayLine, DayRow},
    use_now, use_reader, use_texts,
};

use crate::{
    frame::{Tabs, attention},
    parts::{RefusalCards, RequestCard, VisitButtons},
    practice::{Practice, use_practice},
    route::Route,
    words,
};

#[component]
pub fn Today() -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let practice = use_practice();
    let date = now.to_zoned(practice.zone.clone()).date();
    let pending = device.pending();
    let shown = device.read(|records| {
        let day = day(records, &practice.places, date, &practice.zone, now)?;
        Ok((day, verification(records)?, refusals(records, &pending, now)?))
    });
    let unread = attention(device).unread;
    let actions = rsx! {
        IconButton {
            glyph: Glyph::Bell,
            label: t.get("app-notices"),
            badge: unread,
            onclick: |()| {
                navigator().push(Route::Notices {});
            },
        }
    };
    rsx! {
        Screen { title: t.get("doctor-tab-today"), actions, line: rsx! { Status {} }, tabs: rsx! { Tabs { current: "today" } },
            match shown {
                Err(_) => rsx! { StoreFailed {} },
                Ok((day, standing, refused)) => rsx! {
                    p { class: "muted under-title",
                        {t.date(date)}
                        if practice.elsewhere {
                            " · " {t.zone(practice.zone_name.name())}
                        }
                    }
                    AsOf {}
                    SessionEnded {}
                    RefusalCards { cards: refused, zone: practice.zone.clone() }
                    if let Some(standing) = standing {
                        StandingCard { standing }
                    }
                    EmailCard {}
                    Answers { requests: day.requests.clone(), practice: practice.clone() }
                    if practice.places.is_empty() && device.is_first_sync() {
                        Skeleton {}
                    } else {
                        TheDay { day, practice }
                    }
                },
            }
        }
    }
}

/// Where the doctor stands, as long as patients cannot book.
#[component]
fn StandingCard(standing: Verification) -> Element {
    let t = use_texts();
    if standing.standing == Standing::Verified && standing.missing.is_empty() {
        return rsx! {};
    }
    let (tone, title, text) = match (standing.standing, standing.missing.first()) {
        (Standing::Verified, Some(missing)) => {
            let (title, text) = words::missing(t, *missing);
            (Tone::Caution, title, text)
        }
        (standing, _) => words::standing(t, standing),
    };
    rsx! {
        Card { tone, label: title.clone(),
            h2 { {title} }
            p { {text} }
            Button {
                small: true,
                kind: ButtonKind::Secondary,
                onclick: |()| {
                    navigator().push(Route::Verification {});
                },
                {t.get("doctor-where-i-stand")}
            }
        }
    }
}

/// Requests to book, answered in place.
#[component]
fn Answers(requests: Vec<VisitLine>, practice: Practice) -> Element {
    let t = use_texts();
    if requests.is_empty() {
        return rsx! {};
    }
    let count = requests.len();
    rsx! {
        Section { title: t.with("doctor-requests-wait", &[("n", count.into())]),
            div { class: "strip", tabindex: "0", role: "group", aria_label: t.get("doctor-tab-requests"),
                for line in requests {
                    RequestCard { key: "{line.id}", line, zone: practice.zone.clone() }
                }
            }
        }
    }
}

#[component]
fn TheDay(day: Day, practice: Practice) -> Element {
    let t = use_texts();
    let counts = [
        ("doctor-count-booked", day.booked),
        ("doctor-count-arrived", day.arrived),
        ("doctor-count-done", day.done),
    ];
    let nothing = day.rows.is_empty();
    rsx! {
        dl { class: "counts",
            for (key, count) in counts {
                div { key: "{key}", class: "counts__one",
                    dt { class: "small muted", {t.get(key)} }
                    dd { class: "counts__number", {t.number(count.into())} }
                }
            }
        }
        if let Some(next) = day.next.clone() {
            Next { line: next, practice: practice.clone() }
        }
        if nothing {
            EmptyState {
                title: t.get("doctor-day-empty"),
                text: t.get("doctor-day-empty-text"),
                Button {
                    kind: ButtonKind::Secondary,
                    onclick: |()| {
                        navigator().push(Route::CalendarNow {});
                    },
                    {t.get("doctor-to-calendar")}
                }
            }
        } else {
            Line { day, practice }
        }
    }
}

/// Whom to see next, in large type, with the one thing to do.
#[component]
fn Next(line: VisitLine, practice: Practice) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let (tone, state) = words::state(t, &line);
    let id = line.id;
    let main: Vec<Action> = line.actions.iter().copied().take(1).collect();
    rsx! {
        Card { label: t.get("doctor-next"),
            div { class: "row row--apart",
                span { class: "small muted", {t.get("doctor-next")} }
                StatusChip { tone, label: state }
            }
            button {
                class: "next__open",
                r#type: "button",
                onclick: move |_| {
                    navigator().push(Route::Visit { id });
                },
                span { class: "next__name", {words::patient(t, &line.patient)} }
                span { class: "next__time",
                    {words::clock_range(t, line.start, line.end, &practice.zone)}
                    " · "
                    {t.relative(line.start, use_now())}
                }
                span { class: "muted", {words::local(t, &line.visit_type)} " · " {line.clinic.clone()} }
            }
            VisitButtons { line, only: main, wide: true }
        }
    }
}

const IN_THE_LINE: [Action; 6] =
    [Action::Accept, Action::Decline, Action::CheckIn, Action::NoShow, Action::Start, Action::Complete];

#[component]
fn Line(day: Day, practice: Practice) -> Element {
    let t = use_texts();
    let zone = practice.zone.clone();
    let now = use_now();
    let today = whole_day(now.to_zoned(zone.clone()).date(), &zone);
    let rows: Vec<DayRow> = day
        .rows
        .into_iter()
        .map(|row| match row {
            Row::Gap(span) => DayRow::Gap { start: span.start, end: span.end },
            Row::Leave(span) => DayRow::Visit {
                key: "leave".into(),
                start: span.start.max(today.start),
                end: span.end.min(today.end),
                title: t.get("doctor-away"),
                detail: t.get("doctor-away-detail"),
                tone: Tone::Neutral,
                state: None,
                actions: None,
            },
            Row::Visit(line) => visit_row(t, line),
        })
        .collect();
    rsx! {
        Section { title: t.get("doctor-day"),
            DayLine {
                rows,
                zone,
                on_open: |key: String| {
                    match key.parse() {
                        Ok(id) => navigator().push(Route::Visit { id }),
                        Err(_) => navigator().push(Route::LeaveList {}),
                    };
                },
            }
        }
    }
}

fn visit_row(t: mediconnect_ui::Texts, line: VisitLine) -> DayRow {
    let (tone, state) = words::state(t, &line);
    let pending = line.pending;
    let actions: Vec<Action> =
        line.actions.iter().copied().filter(|one| IN_THE_LINE.contains(one)).take(2).collect();
    DayRow::Visit {
        key: line.id.to_string(),
        start: line.start,
        end: line.end,
        title: words::patient(t, &line.patient),
        detail: words::local(t, &line.visit_type),
        tone,
        state: Some(rsx! {
            StatusChip { tone, label: state }
            if pending {
                PendingClock {}
            }
        }),
        actions: (!actions.is_empty()).then(|| rsx! { VisitButtons { line, only: actions } }),
    }
}
