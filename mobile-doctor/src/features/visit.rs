//! One visit: who comes, what happened, what can be done.

use dioxus::prelude::*;
use jiff::tz::TimeZone;
use mediconnect_app::{AsOf, Status, back, found, use_device};
use mediconnect_core::views::doctor::visits::{PatientFacts, VisitDetails, details};
use mediconnect_domain::{AppointmentId, appointments::State};
use mediconnect_ui::{
    Avatar, Card, DetailList, DetailRow, Glyph, PendingClock, Screen, Section, StatusChip, Timeline,
    TimelineEvent, use_now, use_reader, use_texts,
};

use super::history::SharedHistory;
use crate::{parts::VisitButtons, words};

#[component]
pub fn Visit(id: AppointmentId) -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let shown = device.read(|records| details(records, id, now));
    let title = match &shown {
        Ok(Some(visit)) if visit.line.state == State::Requested => t.get("doctor-request-title"),
        _ => t.get("doctor-visit-title"),
    };
    rsx! {
        Screen { title, on_back: |()| back(), line: rsx! { Status {} },
            match found(shown, device.is_first_sync()) {
                Err(instead) => instead,
                Ok(visit) => rsx! { Content { visit } },
            }
        }
    }
}

#[component]
fn Content(visit: VisitDetails) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let zone = visit.line.zone.rules();
    let line = visit.line.clone();
    let (tone, state) = words::state(t, &line);
    let requested = line.state == State::Requested;
    rsx! {
        AsOf {}
        Card {
            div { class: "row row--apart",
                StatusChip { tone, label: state }
                if line.pending {
                    PendingClock {}
                }
            }
            p { class: "next__name", {words::when(reader, line.start, &zone)} }
            OtherClock { visit: visit.clone() }
            p { class: "muted",
                {words::local(t, &line.visit_type)}
                " · "
                {words::clock_range(t, line.start, line.end, &zone)}
            }
            if requested {
                p { class: "small",
                    {t.with("doctor-answer-by", &[("left", t.relative(visit.answer_by, use_now()).into())])}
                }
            }
            VisitButtons { line: line.clone(), wide: true }
        }
        match visit.patient.clone() {
            Some(patient) => rsx! { Patient { patient, zone: zone.clone() } },
            None => rsx! { p { class: "muted", {t.get("doctor-patient-unknown-text")} } },
        }
        SharedHistory { patient: line.patient_id }
        About { visit: visit.clone() }
        History { visit, zone }
    }
}

/// The same moment by the reader's clock, where it is another.
#[component]
fn OtherClock(visit: VisitDetails) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let (start, zone) = (visit.line.start, visit.line.zone.clone());
    if zone.rules().to_offset(start) == reader.zone().to_offset(start) {
        return rsx! {};
    }
    let here = t.when_in(start, &reader.zone(), use_now());
    rsx! {
        p { class: "small muted",
            {t.with("doctor-other-clock", &[("zone", t.zone(zone.name()).into()), ("here", here.into())])}
        }
    }
}

#[component]
fn Patient(patient: PatientFacts, zone: TimeZone) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let age = patient.age.map(|age| t.with("doctor-age", &[("n", age.into())]));
    let sex = patient.sex.map(|sex| words::sex(t, sex));
    let born =
        patient.birth_date.map(|date| t.with("doctor-born", &[("date", t.date_with_year(date).into())]));
    let facts: Vec<String> = [age, sex, born].into_iter().flatten().collect();
    let since = patient.since.to_zoned(zone.clone()).date();
    rsx! {
        Section { title: t.get("doctor-patient"),
            Card {
                div { class: "visit-card__who",
                    Avatar { name: patient.name.clone(), large: true }
                    div { class: "visit-card__words",
                        p { class: "strong large", {patient.name.clone()} }
                        if !facts.is_empty() {
                            p { class: "muted", {facts.join(" · ")} }
                        }
                    }
                }
                DetailList {
                    if let Some(phone) = patient.phone.clone() {
                        DetailRow { name: t.get("doctor-phone"), glyph: Glyph::Phone,
                            a { href: "tel:{phone}", {phone.clone()} }
                        }
                    }
                    DetailRow { name: t.get("doctor-known-since"), glyph: Glyph::History, {t.date_with_year(since)} }
                    DetailRow { name: t.get("doctor-earlier-visits"), glyph: Glyph::CalendarCheck,
                        {t.with("doctor-seen", &[("n", patient.seen.into())])}
                        if let Some(last) = patient.last_seen {
                            " · " {t.with("doctor-last-seen", &[("date", t.date_with_year(last.to_zoned(zone.clone()).date()).into())])}
                        }
                    }
                    if patient.missed > 0 {
                        DetailRow { name: t.get("doctor-missed-visits"), glyph: Glyph::NoShow, {t.number(patient.missed.into())} }
                    }
                }
            }
        }
    }
}

#[component]
fn About(visit: VisitDetails) -> Element {
    let t = use_texts();
    rsx! {
        Section { title: t.get("doctor-about-visit"),
            Card {
                DetailList {
                    DetailRow { name: t.get("doctor-where"), glyph: Glyph::Building, {visit.line.clinic.clone()} }
                    DetailRow { name: t.get("doctor-how"), glyph: Glyph::Stethoscope, {words::mode(t, visit.line.mode)} }
                    DetailRow { name: t.get("doctor-price"), glyph: Glyph::Money, {words::money(t, visit.price)} }
                    DetailRow { name: t.get("doctor-origin"), glyph: Glyph::Inbox, {words::origin(t, visit.origin)} }
                    if let Some(cancellation) = &visit.cancellation {
                        DetailRow { name: t.get("app-reason"), glyph: Glyph::CalendarOff,
                            {words::cancel_reason(t, cancellation.reason)}
                            if cancellation.late {
                                " · " {t.get("doctor-late")}
                            }
                        }
                    }
                }
            }
        }
    }
}

#[component]
fn History(visit: VisitDetails, zone: TimeZone) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let event = |moment: &mediconnect_domain::appointments::Moment| {
        let (tone, title, detail) = words::moment(reader, moment, &zone);
        let at = format!("{} · {}", words::when(reader, moment.at, &zone), words::party(t, moment.by));
        let event = TimelineEvent::new(tone, title, at);
        match detail {
            Some(detail) => event.explained(detail),
            None => event,
        }
    };
    rsx! {
        Section { title: t.get("doctor-history"),
            Card {
                Timeline { events: visit.history.iter().map(event).collect::<Vec<_>>() }
            }
        }
    }
}
