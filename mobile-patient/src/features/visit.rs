//! One visit: what, when, where, what happened to it, and what can be done now.

use dioxus::prelude::*;
use mediconnect_app::{AsOf, Gone, Status, StoreFailed, back, use_device};
use mediconnect_core::views::patient::{
    refusals::{Concern, concern, refusals},
    visits::{CancelTerms, VisitDetails, details},
};
use mediconnect_domain::{
    AppointmentId,
    appointments::{CancelReason, State, cancel::Cancel},
};
use mediconnect_ui::{
    Avatar, Button, ButtonKind, Card, ChoiceOption, Choices, DetailList, DetailRow, Dialog, Glyph,
    PendingClock, Screen, Section, StatusChip, Texts, Timeline, TimelineEvent, Toast, Tone, use_now,
    use_reader, use_texts, use_toasts,
};

use crate::{
    calendar_file::AddToCalendar,
    parts::{OtherZone, RefusalCards},
    route::Route,
    words,
};

#[component]
pub fn Visit(id: AppointmentId) -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let pending = device.pending();
    let shown = device.read(|records| Ok((details(records, id, now)?, refusals(records, &pending, now)?)));
    let title = t.get("patient-visit");
    match shown {
        Err(_) => rsx! {
            Screen { title, on_back: |()| back(), StoreFailed {} }
        },
        Ok((None, _)) => rsx! {
            Screen { title, on_back: |()| back(), Gone {} }
        },
        Ok((Some(visit), cards)) => {
            let about_it = |command: &_| concern(command) == Some(Concern::Visit(id));
            let mine: Vec<_> =
                cards.into_iter().filter(|one| one.refused.command.as_ref().is_some_and(about_it)).collect();
            rsx! {
                Screen { title, on_back: |()| back(), line: rsx! { Status {} },
                    RefusalCards { cards: mine }
                    Facts { visit: visit.clone() }
                    AsOf {}
                    Actions { visit: visit.clone() }
                    History { visit }
                }
            }
        }
    }
}

#[component]
fn Facts(visit: VisitDetails) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let line = visit.line.clone();
    let doctor = visit.doctor_id;
    let (tone, state) = words::state(t, &line);
    rsx! {
        Card {
            div { class: "row row--apart",
                StatusChip { tone, label: state }
                if line.pending {
                    PendingClock {}
                }
            }
            p { class: "strong confirm__when", {words::when(reader, line.start)} }
            p { class: "muted", {words::long_date(reader, line.start)} ", " {words::clock_range(reader, line.start, line.end)} }
            OtherZone { zone: line.zone.clone(), start: line.start }
            button {
                class: "doctor-card__head",
                r#type: "button",
                onclick: move |_| {
                    navigator().push(Route::Doctor { id: doctor });
                },
                Avatar { name: line.doctor.clone() }
                span { class: "visit-card__words",
                    span { class: "strong as-block", {line.doctor.clone()} }
                    span { class: "small muted as-block", {words::local(t, &line.visit_type)} " · " {words::mode(t, line.mode)} }
                }
            }
            if let Some(name) = line.for_whom.clone() {
                p { {t.with("patient-for", &[("name", name.into())])} }
            }
        }
        DetailList {
            DetailRow { name: t.get("patient-where"), glyph: Glyph::Pin,
                {line.clinic.clone()}
                if let Some(address) = &visit.address {
                    span { class: "as-block muted", {words::address_line(address)} }
                }
            }
            DetailRow { name: t.get("patient-price"), glyph: Glyph::Money, {words::money(t, visit.price)} }
            if let Some(cancellation) = &visit.cancellation {
                DetailRow { name: t.get("app-reason"), glyph: Glyph::CalendarOff, {cancelled_words(t, cancellation)} }
            }
        }
    }
}

fn cancelled_words(t: Texts, cancellation: &mediconnect_domain::appointments::Cancellation) -> String {
    let reason = match cancellation.reason {
        CancelReason::DoctorAway => t.get("patient-cancel-doctor-away"),
        CancelReason::ClinicClosed => t.get("patient-cancel-clinic-closed"),
        reason => words::cancel_reasons(t)
            .into_iter()
            .find(|(one, _)| *one == reason)
            .map(|(_, text)| text)
            .unwrap_or_default(),
    };
    match cancellation.late {
        true => format!("{reason} · {}", t.get("patient-cancelled-late")),
        false => reason,
    }
}

/// What can be done, by state only.
#[component]
fn Actions(visit: VisitDetails) -> Element {
    let t = use_texts();
    let mut cancelling = use_signal(|| false);
    let (id, role, visit_type) = (visit.line.id, visit.role_id, visit.visit_type_id);
    let certain = matches!(visit.line.state, State::Booked | State::Arrived) && !visit.line.pending;
    rsx! {
        div { class: "stack",
            div { class: "row",
                if certain {
                    AddToCalendar { id }
                }
                if let Some(place) = visit.place {
                    a {
                        class: "button",
                        "data-kind": "secondary",
                        "data-small": "true",
                        href: words::directions(place),
                        target: "_blank",
                        rel: "noreferrer",
                        {t.get("patient-directions")}
                    }
                }
                if let Some(phone) = visit.phone.clone() {
                    a { class: "button", "data-kind": "secondary", "data-small": "true", href: "tel:{phone}",
                        {t.with("patient-call", &[("phone", phone.clone().into())])}
                    }
                }
            }
            if visit.may_move {
                Button {
                    wide: true,
                    glyph: Glyph::CalendarMove,
                    onclick: move |()| {
                        navigator().push(Route::times(role, visit_type, Some(id)));
                    },
                    {t.get("patient-move-visit")}
                }
            }
            if visit.may_review {
                Button {
                    wide: true,
                    glyph: Glyph::Star,
                    onclick: move |()| {
                        navigator().push(Route::WriteReview { id });
                    },
                    {t.get("patient-write-review")}
                }
            }
            if let Some(review) = &visit.review {
                p { class: "notice", "data-tone": "positive",
                    {t.with("patient-you-reviewed", &[("stars", t.with("rating-stars", &[("n", review.stars.into())]).into())])}
                }
            }
            if visit.may_rebook {
                Button {
                    wide: true,
                    kind: ButtonKind::Secondary,
                    glyph: Glyph::Repeat,
                    onclick: move |()| {
                        navigator().push(Route::times(role, visit_type, None));
                    },
                    {t.get("patient-book-again")}
                }
            }
            match visit.cancel {
                CancelTerms::No => rsx! {},
                CancelTerms::CallOnly { notice_min } => rsx! {
                    p { class: "notice", "data-tone": "caution",
                        {t.with("patient-cancel-call", &[("time", t.duration(notice_min).into())])}
                    }
                },
                CancelTerms::Free { .. } | CancelTerms::Late { .. } => rsx! {
                    Button { wide: true, kind: ButtonKind::Critical, onclick: move |()| cancelling.set(true), {t.get("patient-cancel-visit")} }
                },
            }
        }
        CancelDialog { visit, open: cancelling(), on_close: move |()| cancelling.set(false) }
    }
}

/// Says what cancelling means before it is done.
#[component]
fn CancelDialog(visit: VisitDetails, open: bool, on_close: EventHandler<()>) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let mut reason = use_signal(|| CancelReason::CannotCome);
    let reasons = words::cancel_reasons(t);
    let consequence = match visit.cancel {
        CancelTerms::Late { notice_min } => {
            t.with("patient-cancel-late", &[("time", t.duration(notice_min).into())])
        }
        CancelTerms::Free { until } => {
            t.with("patient-cancel-free", &[("until", words::day_and_time(reader, until).into())])
        }
        CancelTerms::No | CancelTerms::CallOnly { .. } => String::new(),
    };
    let id = visit.line.id;
    let cancel = move |()| {
        if device.send(Cancel { appointment_id: id, reason: reason() }, toasts) {
            toasts.show(Toast::new(Tone::Accent, t.get("patient-cancel-sent")));
        }
        on_close.call(());
    };
    let options: Vec<ChoiceOption> = reasons
        .iter()
        .enumerate()
        .map(|(place, (_, text))| ChoiceOption::new(place.to_string(), text.clone()))
        .collect();
    let value = reasons.iter().position(|(one, _)| *one == reason()).unwrap_or_default().to_string();
    rsx! {
        Dialog {
            open,
            title: t.get("patient-cancel-question"),
            on_close,
            actions: rsx! {
                Button { kind: ButtonKind::Critical, onclick: cancel, {t.get("patient-cancel-visit")} }
                Button { kind: ButtonKind::Secondary, onclick: move |()| on_close.call(()), {t.get("patient-keep-visit")} }
            },
            p { class: "strong", {words::when(reader, visit.line.start)} ", " {visit.line.doctor.clone()} }
            p { {consequence} }
            Choices {
                label: t.get("patient-cancel-why"),
                options,
                value,
                on_change: move |place: String| {
                    let chosen = place.parse().ok().and_then(|place: usize| reasons.get(place).map(|(one, _)| *one));
                    reason.set(chosen.unwrap_or(CancelReason::Other));
                },
            }
        }
    }
}

#[component]
fn History(visit: VisitDetails) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let mut events: Vec<TimelineEvent> = visit
        .history
        .iter()
        .map(|moment| {
            let (tone, title) = words::moment(reader, moment);
            TimelineEvent::new(tone, title, words::when(reader, moment.at))
        })
        .collect();
    if visit.line.pending {
        events.push(
            TimelineEvent::new(Tone::Caution, t.get("state-pending"), t.get("patient-event-next")).ahead(),
        );
    } else if visit.line.state == State::Requested {
        let by = t.with("patient-event-answer-by", &[("by", words::when(reader, visit.answer_by).into())]);
        events.push(TimelineEvent::new(Tone::Neutral, t.get("patient-event-doctor-answers"), by).ahead());
    }
    rsx! {
        Section { title: t.get("patient-history"), Timeline { events } }
    }
}
