//! The last look before a booking or a move is sent, and the page that says what became of it.

use dioxus::prelude::*;
use jiff::{SignedDuration, Timestamp};
use mediconnect_app::{Device, Gone, NotTaken, StoreFailed, back, use_device};
use mediconnect_core::views::patient::{
    confirm::{self, Outcome, confirm, outcome, whom_first},
    people::Person,
    refusals::{Concern, concern, refusal_of, refusals},
    sharing, visits,
};
use mediconnect_domain::{
    AppointmentId, Command, DoctorId, PatientId, RoleId, VisitTypeId,
    appointments::{book::Book, reschedule::Reschedule},
};
use mediconnect_ui::{
    ActionBar, Button, ButtonKind, Checkbox, ChoiceOption, Choices, DetailList, DetailRow, Glyph, Icon,
    Picture, PictureKind, Reader, Screen, Section, Skeleton, Toast, Toasts, Tone, use_now, use_reader,
    use_texts, use_toasts,
};

use crate::{
    calendar_file::AddToCalendar,
    parts::{OtherZone, RefusalCards},
    route::{self, Route},
    words,
};

#[component]
pub fn Confirm(role: RoleId, visit_type: VisitTypeId, start: Timestamp, moving: String) -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let moving = route::moving(&moving);
    let title = t.get(if moving.is_some() { "patient-confirm-move" } else { "patient-confirm" });
    match device.read(|records| confirm(records, role, visit_type, start, now)) {
        Err(_) => rsx! {
            Screen { title, on_back: |()| back(), StoreFailed {} }
        },
        Ok(None) => rsx! {
            Screen { title, on_back: |()| back(), Gone {} }
        },
        Ok(Some(shown)) => rsx! { Shown { title, shown, role, visit_type, start, moving } },
    }
}

#[component]
fn Shown(
    title: String,
    shown: confirm::Confirm,
    role: RoleId,
    visit_type: VisitTypeId,
    start: Timestamp,
    moving: Option<AppointmentId>,
) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let now = use_now();
    let mut whom = use_signal(|| whom_first(&shown.people));
    let mut refused = use_signal(|| None::<(String, String)>);
    let toasts = use_toasts();
    let mut shares = use_signal(|| false);
    let doctor = shown.doctor_id;
    let may_share = whom().filter(|_| moving.is_none()).is_some_and(|patient| {
        let whose = (patient, doctor);
        let asked = device.read_sealed(|records, vaults| sharing::may_share(records, vaults, whose, now));
        asked.unwrap_or_default()
    });
    let moved = moving.and_then(|id| device.read(|records| visits::details(records, id, now)).ok().flatten());
    let previous = moved.as_ref().map(|visit| visit.line.start);
    let send = move |()| {
        let command: Option<(AppointmentId, Command)> = match (moving, previous, whom()) {
            (Some(appointment_id), Some(expected_start), _) => {
                let moved = Reschedule { appointment_id, expected_start, role_id: Some(role), start };
                Some((appointment_id, moved.into()))
            }
            (None, _, Some(patient_id)) => {
                let appointment_id = AppointmentId(device.new_id());
                let book = Book {
                    appointment_id,
                    patient_id,
                    role_id: role,
                    visit_type_id: visit_type,
                    start,
                    hold_token: None,
                };
                Some((appointment_id, book.into()))
            }
            _ => None,
        };
        let Some((id, command)) = command else { return };
        match device.submit(command) {
            Ok(_) => {
                if let Some(patient) = whom().filter(|_| may_share && shares()) {
                    let until = start + SignedDuration::from_hours(24 * SHARED_DAYS);
                    share((patient, doctor), until, reader, toasts);
                }
                navigator().replace(Route::Booked { id });
            }
            Err(no) => refused.set(Some(no.words(reader))),
        }
    };
    let button = if moving.is_some() { "patient-move-visit" } else { "patient-book" };
    let footer = rsx! {
        ActionBar {
            summary: rsx! {
                p { class: "strong", {words::money(t, shown.price)} }
                p { class: "small muted", {t.get("patient-pay-at-clinic")} }
            },
            Button { onclick: send, {t.get(button)} }
        }
    };
    rsx! {
        Screen { title, on_back: |()| back(), footer,
            if let Some((title, text)) = refused() {
                div { class: "notice", role: "alert", "data-tone": "critical",
                    Icon { glyph: Glyph::Error }
                    div {
                        p { class: "strong", {title} }
                        p { {text} }
                        Button {
                            small: true,
                            kind: ButtonKind::Secondary,
                            onclick: move |()| {
                                navigator().replace(Route::times(role, visit_type, moving));
                            },
                            {t.get("refusal-keep-looking")}
                        }
                    }
                }
            }
            div { class: "card",
                p { class: "strong confirm__when", {words::when(reader, start)} }
                p { class: "muted", {words::clock_range(reader, shown.span.start, shown.span.end)} }
                OtherZone { zone: shown.zone.clone(), start }
                if let Some(previous) = previous {
                    p { class: "small", {t.with("patient-instead-of", &[("when", words::when(reader, previous).into())])} }
                }
            }
            DetailList {
                DetailRow { name: t.get("patient-doctor"), glyph: Glyph::Stethoscope, {shown.doctor.clone()} }
                DetailRow { name: t.get("patient-visit-type"), glyph: Glyph::Calendar,
                    {words::local(t, &shown.visit_type)} " · " {words::mode(t, shown.mode)}
                }
                DetailRow { name: t.get("patient-where"), glyph: Glyph::Pin,
                    {shown.clinic.clone()}
                    span { class: "as-block muted", {words::address_line(&shown.address)} }
                }
            }
            if moving.is_none() {
                Whom { people: shown.people.clone(), value: whom(), on_change: move |id| whom.set(Some(id)) }
            }
            if may_share {
                Checkbox {
                    label: t.with("patient-share-at-booking", &[("doctor", shown.doctor.clone().into())]),
                    detail: t.with("patient-share-at-booking-detail", &[("n", SHARED_DAYS.into())]),
                    checked: shares(),
                    on_change: move |on| shares.set(on),
                }
            }
            Section { title: t.get("patient-good-to-know"),
                p { {t.get(if shown.auto_confirm { "patient-confirms-at-once" } else { "patient-doctor-confirms" })} }
                p { {notice_rule(t, shown.notice_min, shown.late_cancel_allowed)} }
            }
        }
    }
}

/// For how long after the visit the doctor reads what was shared for it.
const SHARED_DAYS: i64 = 90;

/// Lets the doctor read the patient's history. This screen is left meanwhile.
fn share((patient, doctor): (PatientId, DoctorId), until: Timestamp, reader: Reader, toasts: Toasts) {
    let client = consume_context::<Device>().client();
    dioxus::core::spawn_forever(async move {
        if let Err(error) = client.share_history(patient, doctor, Some(until)).await {
            let (title, text) = NotTaken::from(error).words(reader);
            toasts.show(Toast::new(Tone::Critical, format!("{title}. {text}")));
        }
    });
}

/// The rule in one sentence.
fn notice_rule(t: mediconnect_ui::Texts, notice_min: u32, late_allowed: bool) -> String {
    let parts = [("time", t.duration(notice_min).into())];
    match late_allowed {
        true => t.with("patient-notice-rule", &parts),
        false => t.with("patient-notice-rule-strict", &parts),
    }
}

/// For whom the visit is; asked only where there is a choice.
#[component]
pub fn Whom(people: Vec<Person>, value: Option<PatientId>, on_change: EventHandler<PatientId>) -> Element {
    let t = use_texts();
    if people.len() < 2 {
        return rsx! {};
    }
    let option = |person: &Person| {
        let option = ChoiceOption::new(person.patient_id.to_string(), person.name.clone());
        option.explained(words::relation(t, person.relation))
    };
    rsx! {
        Choices {
            label: t.get("patient-for-whom"),
            options: people.iter().map(option).collect::<Vec<_>>(),
            value: value.map(|id| id.to_string()).unwrap_or_default(),
            on_change: move |id: String| {
                if let Ok(id) = id.parse() {
                    on_change.call(id);
                }
            },
        }
    }
}

/// What became of it: booked, requested, waiting to be sent; or refused, with other times. Follows what the server says.
#[component]
pub fn Booked(id: AppointmentId) -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let pending = device.pending();
    let refusal = refusal_of(&pending, Concern::Visit(id));
    let online = device.sync().online;
    let shown = device.read(|records| {
        let cards = refusals(records, &pending, now)?;
        Ok((outcome(records, id, refusal)?, visits::details(records, id, now)?, cards))
    });
    let Ok((outcome, details, cards)) = shown else {
        return rsx! {
            Screen { title: t.get("patient-result"), on_back: |()| home(), StoreFailed {} }
        };
    };
    let mine = cards
        .into_iter()
        .filter(|card| card.refused.command.as_ref().and_then(concern) == Some(Concern::Visit(id)));
    rsx! {
        Screen { title: t.get("patient-result"), on_back: |()| home(),
            match outcome {
                None => rsx! { Skeleton { rows: 1 } },
                Some(Outcome::Refused(_)) => rsx! { RefusalCards { cards: mine.collect::<Vec<_>>() } },
                Some(outcome) => rsx! { Result { outcome, online, details } },
            }
            Button {
                wide: true,
                kind: ButtonKind::Secondary,
                onclick: |()| {
                    navigator().replace(Route::Visits {});
                },
                {t.get("patient-to-visits")}
            }
        }
    }
}

fn home() {
    navigator().replace(Route::Home {});
}

#[component]
fn Result(outcome: Outcome, online: bool, details: Option<visits::VisitDetails>) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let (picture, title, text) = match &outcome {
        Outcome::Booked => {
            (PictureKind::Done, t.get("patient-result-booked"), t.get("patient-result-booked-text"))
        }
        Outcome::Requested { answer_by } => {
            let by = words::when(reader, *answer_by);
            let text = t.with("patient-result-requested-text", &[("by", by.into())]);
            (PictureKind::Calendar, t.get("patient-result-requested"), text)
        }
        Outcome::Waiting if online => {
            (PictureKind::Calendar, t.get("patient-result-sending"), t.get("patient-result-sending-text"))
        }
        Outcome::Waiting => {
            (PictureKind::Offline, t.get("patient-result-waiting"), t.get("patient-result-waiting-text"))
        }
        Outcome::Over(_) | Outcome::Refused(_) => {
            (PictureKind::Broken, t.get("patient-result-over"), t.get("patient-result-over-text"))
        }
    };
    let certain = outcome == Outcome::Booked;
    rsx! {
        div { class: "blank", role: "status",
            Picture { kind: picture }
            h2 { class: "blank__title", {title} }
            p { class: "muted", {text} }
        }
        if let Some(visit) = details {
            div { class: "card",
                p { class: "strong confirm__when", {words::when(reader, visit.line.start)} }
                OtherZone { zone: visit.line.zone.clone(), start: visit.line.start }
                p { {visit.line.doctor.clone()} }
                p { class: "small muted", {words::local(t, &visit.line.visit_type)} ", " {visit.line.clinic.clone()} }
                if let Some(name) = visit.line.for_whom.clone() {
                    p { class: "small", {t.with("patient-for", &[("name", name.into())])} }
                }
                div { class: "row",
                    if certain {
                        AddToCalendar { id: visit.line.id }
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
                }
            }
        }
    }
}
