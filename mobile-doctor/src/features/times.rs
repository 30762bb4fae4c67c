//! Choosing a time: to move a visit, or to offer one in answer to a request. A grey time says why it is not free.

use dioxus::prelude::*;
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use mediconnect_app::{Status, back, found, use_device};
use mediconnect_core::views::doctor::times::{self, Purpose, Subject, Time, subject};
use mediconnect_domain::{
    AppointmentId, Command, ConsultationId, VisitTypeId, appointments::reschedule::Reschedule,
    consultations::offer::OfferConsultation,
};
use mediconnect_ui::{
    ActionBar, Button, ButtonKind, ChoiceOption, EmptyState, Screen, SelectField, Toast, Tone,
    calendar::{DayCount, Slot, SlotGrid, WeekStrip},
    use_now, use_reader, use_texts, use_toasts,
};

use crate::words;

#[component]
pub fn MoveVisit(id: AppointmentId) -> Element {
    rsx! {
        Times { purpose: Purpose::Move(id) }
    }
}

#[component]
pub fn OfferTime(id: ConsultationId) -> Element {
    rsx! {
        Times { purpose: Purpose::Offer(id) }
    }
}

#[component]
fn Times(purpose: Purpose) -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let title = t.get(match purpose {
        Purpose::Move(_) => "doctor-reschedule",
        Purpose::Offer(_) => "doctor-offer-time",
    });
    let mut chosen = use_signal(|| None::<(VisitTypeId, Timestamp)>);
    let mut why = use_signal(|| None::<Time>);
    let shown = device.read(|records| subject(records, purpose, now));
    let footer = shown.as_ref().ok().and_then(Option::as_ref).map(|subject| {
        rsx! { Confirm { subject: subject.clone(), purpose, chosen: chosen(), why: why() } }
    });
    rsx! {
        Screen { title, on_back: |()| back(), line: rsx! { Status {} }, footer,
            match found(shown, device.is_first_sync()) {
                Err(instead) => instead,
                Ok(subject) => rsx! {
                    Choose {
                        subject,
                        chosen: chosen().map(|(_, start)| start),
                        on_choose: move |choice| {
                            why.set(None);
                            chosen.set(Some(choice));
                        },
                        on_ask_why: move |time| why.set(time),
                    }
                },
            }
        }
    }
}

#[component]
fn Choose(
    subject: Subject,
    chosen: Option<Timestamp>,
    on_choose: EventHandler<(VisitTypeId, Timestamp)>,
    on_ask_why: EventHandler<Option<Time>>,
) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let now = use_now();
    let zone = subject.zone();
    let today = now.to_zoned(zone.clone()).date();
    let mut kind = use_signal(|| subject.kinds.first().map(|(id, _)| *id));
    // Where nothing is moved, the first day that has a time.
    let first_free = || {
        let free = |id| device.read(|records| times::next_free(records, &subject, id, now)).ok().flatten();
        subject.from.or_else(|| kind.peek().and_then(free)).unwrap_or(now)
    };
    let mut date = use_signal(|| first_free().to_zoned(zone.clone()).date().max(today));
    let Some(visit_type) = kind() else {
        return rsx! {
            EmptyState { title: t.get("doctor-no-kinds"), text: t.get("doctor-no-kinds-text") }
        };
    };
    let first = monday_of(date());
    let shown = device.read(|records| {
        let week = times::week(records, &subject, visit_type, first, now)?;
        let day = times::day(records, &subject, visit_type, date(), now)?;
        let next = if week.iter().all(|(_, free)| *free == 0) {
            times::next_free(records, &subject, visit_type, now)?
        } else {
            None
        };
        Ok((week, day, next))
    });
    let (week, day, next) = shown.unwrap_or_default();
    let slots: Vec<Slot> = day
        .iter()
        .filter(|time| time.start >= now)
        .map(|time| Slot { start: time.start, free: time.why_not.is_none() })
        .collect();
    let options: Vec<ChoiceOption> = subject
        .kinds
        .iter()
        .map(|(id, name)| ChoiceOption::new(id.to_string(), words::local(t, name)))
        .collect();
    let of_day = day.clone();
    let go = move |days: i64| {
        let mut date = date;
        if let Ok(to) = date().checked_add(days.days()) {
            date.set(to.max(today));
        }
    };
    rsx! {
        p { class: "muted",
            {words::patient(t, &subject.patient)} " · " {subject.clinic.clone()}
            if let Some(from) = subject.from {
                " · " {t.with("doctor-now-at", &[("when", words::when(reader, from, &zone).into())])}
            }
        }
        if options.len() > 1 {
            SelectField {
                label: t.get("doctor-kind"),
                options,
                value: visit_type.to_string(),
                on_change: move |value: String| kind.set(value.parse().ok().or(kind())),
            }
        }
        WeekStrip {
            days: week.iter().map(|(date, free)| DayCount { date: *date, free: Some(*free) }).collect::<Vec<_>>(),
            selected: date(),
            today,
            on_select: move |to| date.set(to),
            on_earlier: (first > today).then(|| EventHandler::new(move |()| go(-7))),
            on_later: EventHandler::new(move |()| go(7)),
        }
        if slots.is_empty() {
            EmptyState { title: t.get("doctor-day-closed"), text: next.map(|next| t.with("ui-next-free", &[("when", words::when(reader, next, &zone).into())])) }
        } else {
            SlotGrid {
                slots,
                zone: zone.clone(),
                selected: chosen,
                on_choose: move |start| on_choose.call((visit_type, start)),
                on_ask_why: move |start| on_ask_why.call(of_day.iter().find(|time| time.start == start).cloned()),
            }
        }
    }
}

fn monday_of(date: Date) -> Date {
    let back = i64::from(date.weekday().to_monday_zero_offset());
    date.checked_sub(back.days()).unwrap_or(date)
}

/// What was chosen and the button that asks for it, or why what was pressed is not free. The server has the last word.
#[component]
fn Confirm(
    subject: Subject,
    purpose: Purpose,
    chosen: Option<(VisitTypeId, Timestamp)>,
    why: Option<Time>,
) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let zone = subject.zone();
    let summary = chosen
        .map(|(_, start)| words::when(reader, start, &zone))
        .unwrap_or_else(|| t.get("doctor-choose-time"));
    let send = move |()| {
        let Some((visit_type_id, start)) = chosen else { return };
        let command: Command = match purpose {
            Purpose::Move(appointment_id) => {
                let expected_start = subject.from.unwrap_or(start);
                Reschedule { appointment_id, expected_start, role_id: None, start }.into()
            }
            Purpose::Offer(consultation_id) => OfferConsultation {
                consultation_id,
                appointment_id: AppointmentId(device.new_id()),
                role_id: subject.role_id,
                visit_type_id,
                start,
            }
            .into(),
        };
        if device.send(command, toasts) {
            toasts.show(Toast::new(Tone::Accent, reader.texts().get("doctor-sent")));
            back();
        }
    };
    rsx! {
        ActionBar { summary: rsx! { WhyNot { why, zone, otherwise: summary } },
            Button {
                kind: ButtonKind::Primary,
                disabled: chosen.is_none(),
                onclick: send,
                {t.get(match purpose { Purpose::Move(_) => "doctor-move-here", Purpose::Offer(_) => "doctor-offer-this" })}
            }
        }
    }
}

#[component]
fn WhyNot(why: Option<Time>, zone: TimeZone, otherwise: String) -> Element {
    let t = use_texts();
    let now = use_now();
    rsx! {
        div { class: "why", role: "status", aria_live: "polite",
            if let Some(Time { start, why_not: Some(reason) }) = why {
                p { class: "small",
                    strong { {t.clock(start.to_zoned(zone.clone()).time())} ": " }
                    {t.why_not(&reason, &zone, now)}
                }
            } else {
                p { class: "strong", {otherwise} }
            }
        }
    }
}
