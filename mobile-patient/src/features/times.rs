//! Choosing a time: a week with counts, then the times of a day.

use dioxus::prelude::*;
use jiff::{Timestamp, ToSpan, civil::Date};
use mediconnect_app::{Gone, StoreFailed, back, use_device};
use mediconnect_core::{
    Fetched,
    views::patient::times::{TimesHead, day, head, other_zone, stretch, week},
};
use mediconnect_domain::{
    AppointmentId, RoleId, VisitTypeId,
    fetch::times::{Slots, SlotsAnswer, WhyNotFree, WhyNotFreeAnswer},
};
use mediconnect_ui::{
    Button, ButtonKind, Chip, ChoiceOption, EmptyState, Glyph, Icon, OfflineNote, PictureKind, Screen,
    SelectField, Sheet, Skeleton, Tone,
    calendar::{DayCount, Slot, SlotGrid, TimeButtons, WeekStrip},
    use_now, use_reader, use_texts,
};

use crate::{
    following,
    route::{self, Route},
    words,
};

#[component]
pub fn Times(role: RoleId, visit_type: VisitTypeId, moving: String) -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let moving = route::moving(&moving);
    let title = t.get(if moving.is_some() { "patient-choose-new-time" } else { "patient-choose-time" });
    let shown = device.read(|records| head(records, role, visit_type, now));
    let doctor = shown.iter().flatten().next().map(|head| head.role.doctor_id);
    use_effect(use_reactive!(|doctor| {
        if let Some(doctor) = doctor {
            following::view(device, doctor);
        }
    }));
    rsx! {
        Screen { title, on_back: |()| back(),
            match shown {
                Err(_) => rsx! { StoreFailed {} },
                Ok(None) => rsx! { Gone {} },
                Ok(Some(head)) => rsx! {
                    Head { head: head.clone(), moving }
                    Calendar { head, moving }
                },
            }
        }
    }
}

/// What the times are of; another kind of visit can be chosen here.
#[component]
fn Head(head: TimesHead, moving: Option<AppointmentId>) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let role = head.role.id;
    let option = |(offering, name): &(mediconnect_domain::scheduling::rules::Offering, _)| {
        let label = format!(
            "{} · {} · {}",
            words::local(t, name),
            t.duration(offering.length_min.into()),
            words::money(t, offering.price)
        );
        ChoiceOption::new(offering.visit_type_id.to_string(), label)
    };
    let zone = other_zone(&head.role.zone, &reader.zone(), (reader.now)());
    rsx! {
        div { class: "stack stack--tight",
            p { class: "strong", {head.doctor.clone()} }
            p { class: "small muted", {head.clinic.clone()} }
        }
        if moving.is_none() && head.visit_types.len() > 1 {
            SelectField {
                label: t.get("patient-visit-type"),
                options: head.visit_types.iter().map(option).collect::<Vec<_>>(),
                value: head.chosen.to_string(),
                on_change: move |id: String| {
                    if let Ok(id) = id.parse() {
                        navigator().replace(Route::times(role, id, None));
                    }
                },
            }
        }
        if let Some(zone) = zone {
            p { class: "notice", "data-tone": "accent",
                Icon { glyph: Glyph::Clock }
                span { {t.with("patient-your-zone", &[("zone", t.zone(&zone).into())])} }
            }
        }
    }
}

/// Times as the server or this device knows them.
#[derive(Clone, Debug, PartialEq)]
struct Known {
    starts: Vec<Timestamp>,
    next_free: Option<Timestamp>,
    /// Set where they come from this device.
    held_as_of: Option<Timestamp>,
}

/// Without network: what sync brought of this doctor, else what the server said when it was asked last.
fn offline(head: &TimesHead, kept: Option<Fetched<SlotsAnswer>>, now: Timestamp) -> Option<Known> {
    let held = head.held.as_ref().map(|held| (held.starts.clone(), held.as_of));
    let said = |kept: Fetched<SlotsAnswer>| {
        let starts = kept.answer.slots.iter().map(|slot| slot.start).filter(|start| *start > now);
        (starts.collect(), kept.as_of)
    };
    let (starts, as_of) = held.or_else(|| kept.map(said))?;
    Some(Known { starts, next_free: None, held_as_of: Some(as_of) })
}

#[component]
fn Calendar(head: TimesHead, moving: Option<AppointmentId>) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let zone = reader.zone();
    let now = use_now();
    let today = now.to_zoned(zone.clone()).date();
    let mut first = use_signal(|| today);
    let mut chosen = use_signal(|| None::<Date>);
    let (role, visit_type) = (head.role.id, head.chosen);
    let answer = use_slots(role, visit_type, first());
    let known = match answer() {
        None => None,
        Some(Some(fetched)) if !fetched.kept => Some(Known {
            starts: fetched.answer.slots.iter().map(|slot| slot.start).collect(),
            next_free: fetched.answer.next_free,
            held_as_of: None,
        }),
        Some(kept) => offline(&head, kept, now),
    };
    let unreachable = answer().is_some() && known.is_none();
    let shown = known.as_ref().map(|known| week(&known.starts, first(), &zone, known.next_free));
    let days: Vec<DayCount> = match &shown {
        Some(week) => {
            week.days.iter().map(|(date, free)| DayCount { date: *date, free: Some(*free) }).collect()
        }
        None => week(&[], first(), &zone, None)
            .days
            .iter()
            .map(|(date, _)| DayCount { date: *date, free: None })
            .collect(),
    };
    let with_times = days.iter().find(|day| day.free.is_some_and(|free| free > 0)).map(|day| day.date);
    let selected = chosen().or(with_times).unwrap_or(first());
    let go = move |date: Date| {
        chosen.set(None);
        first.set(date.max(today));
    };
    let mut go = go;
    let turn = move |days: i64| first().checked_add(days.days()).unwrap_or(first());
    let earlier = (first() > today).then(|| EventHandler::new(move |()| go(turn(-7))));
    rsx! {
        WeekStrip {
            days,
            selected,
            today,
            on_select: move |date| chosen.set(Some(date)),
            on_earlier: earlier,
            on_later: move |()| go(turn(7)),
        }
        if let Some(as_of) = known.as_ref().and_then(|known| known.held_as_of) {
            OfflineNote { as_of }
        }
        match (known, shown) {
            _ if unreachable => rsx! { Unreachable { head: head.clone() } },
            (Some(known), Some(week)) => match week.next {
                Some(next) => rsx! { NoTime { next: Some(next), on_show: move |()| go(next.to_zoned(reader.zone()).date()) } },
                None if week.days.iter().all(|(_, free)| *free == 0) => rsx! { NoTime { next: None, on_show: |()| {} } },
                None => rsx! { Day { starts: known.starts, date: selected, role, visit_type, moving } },
            },
            _ => rsx! { Skeleton {} },
        }
        if moving.is_none() {
            div { class: "card",
                h2 { class: "small strong", {t.get("patient-earlier-title")} }
                p { class: "small muted", {t.get("patient-earlier-text")} }
                Button {
                    kind: ButtonKind::Secondary,
                    glyph: Glyph::Bell,
                    onclick: move |()| {
                        navigator().push(Route::JoinWaitlist { role, visit_type });
                    },
                    {t.get("patient-tell-me-earlier")}
                }
            }
        }
    }
}

/// The slots of a week from the server; inner `None` without network.
fn use_slots(role: RoleId, visit_type: VisitTypeId, first: Date) -> Resource<Option<Fetched<SlotsAnswer>>> {
    let device = use_device();
    let zone = use_reader().zone;
    use_resource(use_reactive!(|(role, visit_type, first)| async move {
        let zone = zone.peek().clone();
        let (from, until) = stretch(first, &zone)?;
        device.fetch(Slots { role_id: role, visit_type_id: visit_type, from, until }).await
    }))
}

#[component]
fn Day(
    starts: Vec<Timestamp>,
    date: Date,
    role: RoleId,
    visit_type: VisitTypeId,
    moving: Option<AppointmentId>,
) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let mut asked = use_signal(|| None::<Timestamp>);
    let mut answer = use_signal(|| None::<Option<WhyNotFreeAnswer>>);
    let slots: Vec<Slot> = day(&starts, date, &reader.zone())
        .into_iter()
        .map(|time| Slot { start: time.start, free: time.free })
        .collect();
    let choose = move |start: Timestamp| {
        navigator().push(Route::confirm(role, visit_type, start, moving));
    };
    let ask = move |start: Timestamp| {
        asked.set(Some(start));
        answer.set(None);
        spawn(async move {
            let fetched = device.fetch(WhyNotFree { role_id: role, visit_type_id: visit_type, start }).await;
            answer.set(Some(fetched.filter(|fetched| !fetched.kept).map(|fetched| fetched.answer)));
        });
    };
    rsx! {
        if slots.is_empty() {
            p { class: "muted", role: "status", {t.with("patient-no-time-on-day", &[("day", t.date(date).into())])} }
        } else {
            SlotGrid { slots, on_choose: choose, on_ask_why: ask }
        }
        Sheet {
            open: asked().is_some(),
            title: t.get("patient-why-title"),
            on_close: move |()| asked.set(None),
            if let Some(start) = asked() {
                p { class: "strong", {words::when(reader, start)} }
            }
            match answer() {
                None => rsx! { Skeleton { rows: 1 } },
                Some(None) => rsx! { p { {t.get("patient-why-offline")} } },
                Some(Some(WhyNotFreeAnswer { why: None, .. })) => rsx! {
                    p { {t.get("patient-why-free-again")} }
                    if let Some(start) = asked() {
                        Button { onclick: move |()| choose(start), {t.get("patient-choose-this-time")} }
                    }
                },
                Some(Some(WhyNotFreeAnswer { why: Some(why), next_free })) => rsx! {
                    p { {t.why_not(&why, &reader.zone(), (reader.now)())} }
                    if !next_free.is_empty() {
                        p { class: "small muted strong", {t.get("refusal-other-times")} }
                        TimeButtons { subject: t.get("refusal-other-times"), times: next_free, on_choose: choose }
                    }
                },
            }
        }
    }
}

/// Nothing is free in the week shown.
#[component]
fn NoTime(next: Option<Timestamp>, on_show: EventHandler<()>) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    rsx! {
        EmptyState { title: t.get("patient-no-time-this-week"),
            match next {
                Some(next) => rsx! {
                    Button {
                        kind: ButtonKind::Secondary,
                        onclick: move |()| on_show.call(()),
                        {t.with("patient-next-free", &[("when", words::when(reader, next).into())])}
                    }
                },
                None => rsx! { p { class: "muted", {t.get("patient-no-time-at-all")} } },
            }
        }
    }
}

/// Without network and without held times of this doctor.
#[component]
fn Unreachable(head: TimesHead) -> Element {
    let t = use_texts();
    rsx! {
        EmptyState { picture: PictureKind::Offline, title: t.get("patient-times-offline"), text: t.get("patient-times-offline-text"),
            Chip { tone: Tone::Caution, glyph: Glyph::Offline, {head.doctor} }
        }
    }
}
