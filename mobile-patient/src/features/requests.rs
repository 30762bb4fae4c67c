//! Asking a clinic: the form, the list, one request with its answer.

use std::collections::BTreeSet;

use dioxus::prelude::*;
use jiff::civil::Date;
use mediconnect_app::{AsOf, Gone, Status, StoreFailed, back, instead_of_list, use_device};
use mediconnect_core::views::patient::requests::{
    self, AskedClinic, Asking, asking, days_to_prefer, requests,
};
use mediconnect_domain::{
    ClinicId, ConsultationId, PatientId, SpecialtyId,
    consultations::{
        About, ConsultationState, ConsultationWish, PreferredDay, Urgency, answer::WithdrawConsultation,
        open::OpenConsultation,
    },
    scheduling::rules::Mode,
    waitlist::DayPart,
};
use mediconnect_ui::{
    Button, ButtonKind, ChoiceOption, Choices, DetailList, DetailRow, EmptyState, ErrorSummary, FieldProblem,
    Form, Glyph, Icon, PendingClock, Screen, Section, Segmented, SelectField, StatusChip, Timeline,
    TimelineEvent, Toast, Tone, use_now, use_reader, use_texts, use_toasts,
};

use super::confirm::Whom;
use crate::{drafts::use_drafts, parts::RequestOffer, route::Route, words};

/// A request as it is being filled in. Holds nothing medical.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AskForm {
    pub whom: Option<PatientId>,
    pub clinic: Option<ClinicId>,
    pub about: Option<About>,
    pub urgency: Option<Urgency>,
    pub video: bool,
    pub specialty: Option<SpecialtyId>,
    pub days: BTreeSet<Date>,
    pub part: Option<DayPart>,
}

const ABOUT: [About; 6] = [
    About::NewProblem,
    About::FollowUp,
    About::PrescriptionRenewal,
    About::TestResults,
    About::Certificate,
    About::Other,
];
const URGENCY: [Urgency; 3] = [Urgency::Routine, Urgency::Soon, Urgency::Urgent];
const CLINIC: &str = "ask-clinic";

#[component]
pub fn Ask() -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    match device.read(|records| asking(records, now)) {
        Err(_) => rsx! {
            Screen { title: t.get("patient-ask-clinic"), on_back: |()| back(), StoreFailed {} }
        },
        Ok(offered) => rsx! { AskScreen { offered } },
    }
}

#[component]
fn AskScreen(offered: Asking) -> Element {
    let t = use_texts();
    let device = use_device();
    let toasts = use_toasts();
    let mut form = use_drafts().ask;
    let mut tried = use_signal(|| false);
    let filled = form.read().clone();
    let whom = filled.whom.or_else(|| offered.people.first().map(|person| person.patient_id));
    let only = (offered.clinics.len() == 1).then(|| offered.clinics[0].id);
    let clinic_id = filled.clinic.or(only);
    let clinic = clinic_id.and_then(|id| offered.clinics.iter().find(|clinic| clinic.id == id)).cloned();
    let missing = missing(&filled, clinic_id);
    let problems: Vec<FieldProblem> = match tried() {
        true => missing.iter().map(|(field, key)| FieldProblem::new(*field, t.get(key))).collect(),
        false => Vec::new(),
    };
    let error =
        |field: &str| problems.iter().find(|one| one.field_id == field).map(|one| one.message.clone());
    let (clinic_error, about_error, urgency_error) =
        (error(CLINIC), error("ask-about"), error("ask-urgency"));
    let send = move |()| {
        tried.set(true);
        let filled = form.read().clone();
        let (Some(patient_id), Some(clinic_id), Some(about), Some(urgency)) =
            (whom, clinic_id, filled.about, filled.urgency)
        else {
            return;
        };
        let consultation_id = ConsultationId(device.new_id());
        let wish = ConsultationWish {
            about,
            urgency,
            mode: if filled.video { Mode::Video } else { Mode::InPerson },
            specialty_id: filled.specialty,
            doctor_id: None,
            days: filled.days.iter().map(|date| PreferredDay { date: *date, part: filled.part }).collect(),
        };
        if device.send(OpenConsultation { consultation_id, patient_id, clinic_id, wish }, toasts) {
            form.set(AskForm::default());
            navigator().replace(Route::Request { id: consultation_id });
        }
    };
    rsx! {
        Screen { title: t.get("patient-ask-clinic"), on_back: |()| back(),
            p { class: "muted", {t.get("patient-ask-intro")} }
            RedFlags { clinic: clinic.clone().or_else(|| offered.clinics.first().cloned()) }
            Form { label: t.get("patient-ask-clinic"), on_submit: send,
                ErrorSummary { problems }
                Whom { people: offered.people.clone(), value: whom, on_change: move |id| form.write().whom = Some(id) }
                SelectField {
                    id: CLINIC,
                    label: t.get("patient-ask-which-clinic"),
                    error: clinic_error,
                    options: offered.clinics.iter().map(clinic_option).collect::<Vec<_>>(),
                    value: clinic_id.map(|id| id.to_string()).unwrap_or_default(),
                    on_change: move |id: String| form.write().clinic = id.parse().ok(),
                }
                div { id: "ask-about", tabindex: "-1",
                    Choices {
                        label: t.get("patient-ask-about"),
                        help: t.get("patient-ask-about-help"),
                        error: about_error,
                        options: ABOUT.map(|one| ChoiceOption::new((one as u8).to_string(), words::about(t, one))).to_vec(),
                        value: filled.about.map(|one| (one as u8).to_string()).unwrap_or_default(),
                        on_change: move |value: String| {
                            form.write().about = ABOUT.into_iter().find(|one| (*one as u8).to_string() == value);
                        },
                    }
                }
                div { id: "ask-urgency", tabindex: "-1",
                    Choices {
                        label: t.get("patient-ask-urgency"),
                        error: urgency_error,
                        options: URGENCY.map(|one| urgency_option(t, one)).to_vec(),
                        value: filled.urgency.map(|one| (one as u8).to_string()).unwrap_or_default(),
                        on_change: move |value: String| {
                            form.write().urgency = URGENCY.into_iter().find(|one| (*one as u8).to_string() == value);
                        },
                    }
                }
                Choices {
                    label: t.get("patient-ask-how"),
                    options: vec![
                        ChoiceOption::new("clinic", t.get("app-mode-in-person")),
                        ChoiceOption::new("video", t.get("app-mode-video")),
                    ],
                    value: if filled.video { "video" } else { "clinic" },
                    on_change: move |value: String| form.write().video = value == "video",
                }
                SelectField {
                    label: t.get("patient-filter-specialty"),
                    optional: true,
                    options: offered.specialties.iter().map(|(id, name)| ChoiceOption::new(id.to_string(), words::local(t, name))).collect::<Vec<_>>(),
                    value: filled.specialty.map(|id| id.to_string()).unwrap_or_default(),
                    on_change: move |id: String| form.write().specialty = id.parse().ok(),
                }
                if let Some(clinic) = clinic {
                    Days { today: clinic.today }
                }
                Button { submit: true, wide: true, {t.get("patient-ask-send")} }
            }
        }
    }
}

/// What keeps the form from being sent: the field and the key of the words.
fn missing(form: &AskForm, clinic: Option<ClinicId>) -> Vec<(&'static str, &'static str)> {
    let checks = [
        (clinic.is_none(), CLINIC, "patient-ask-clinic-missing"),
        (form.about.is_none(), "ask-about", "patient-ask-about-missing"),
        (form.urgency.is_none(), "ask-urgency", "patient-ask-urgency-missing"),
    ];
    checks.into_iter().filter(|(missing, ..)| *missing).map(|(_, field, key)| (field, key)).collect()
}

fn clinic_option(clinic: &AskedClinic) -> ChoiceOption {
    ChoiceOption::new(clinic.id.to_string(), format!("{}, {}", clinic.name, clinic.city))
}

fn urgency_option(t: mediconnect_ui::Texts, urgency: Urgency) -> ChoiceOption {
    let (label, detail) = words::urgency(t, urgency);
    ChoiceOption::new((urgency as u8).to_string(), label).explained(detail)
}

/// When not to ask but to call, above everything else.
#[component]
fn RedFlags(clinic: Option<AskedClinic>) -> Element {
    let t = use_texts();
    let number = clinic.map_or("112", |clinic| clinic.ambulance);
    rsx! {
        div { class: "notice", "data-tone": "critical",
            Icon { glyph: Glyph::Alert }
            div { class: "stack stack--tight",
                p { class: "strong", {t.get("patient-red-flags-title")} }
                p { {t.get("patient-red-flags")} }
                a { class: "button", "data-kind": "critical", "data-small": "true", href: "tel:{number}",
                    {t.with("patient-call", &[("phone", number.into())])}
                }
            }
        }
    }
}

/// Two weeks to choose days from, Monday first.
#[component]
fn Days(today: Date) -> Element {
    let t = use_texts();
    let mut form = use_drafts().ask;
    let days = days_to_prefer(today);
    let before = today.weekday().to_monday_zero_offset();
    let chosen = form.read().days.clone();
    let part = form.read().part;
    let weekdays = days.iter().take(7).map(|day| day.weekday());
    let mut weekdays: Vec<_> = weekdays.collect();
    weekdays.sort_by_key(|day| day.to_monday_zero_offset());
    let parts = [DayPart::Morning, DayPart::Afternoon, DayPart::Evening];
    let mut options = vec![ChoiceOption::new("", t.get("patient-any-time"))];
    options.extend(parts.map(|part| ChoiceOption::new((part as u8).to_string(), words::day_part(t, part))));
    rsx! {
        fieldset { class: "field",
            legend { class: "field__label", {t.get("patient-ask-days")} }
            p { class: "field__help", {t.get("patient-ask-days-help")} }
            div { class: "days",
                for day in weekdays {
                    span { key: "{day.to_monday_zero_offset()}", class: "days__weekday", aria_hidden: "true", {t.weekday_short(day)} }
                }
                for place in 0..before {
                    span { key: "before-{place}" }
                }
                for date in days {
                    button {
                        key: "{date}",
                        class: "days__day",
                        r#type: "button",
                        aria_pressed: chosen.contains(&date).to_string(),
                        aria_label: t.date(date),
                        onclick: move |_| {
                            let mut form = form.write();
                            if !form.days.remove(&date) {
                                form.days.insert(date);
                            }
                        },
                        "{date.day()}"
                    }
                }
            }
        }
        Segmented {
            label: t.get("patient-ask-part"),
            options,
            value: part.map(|part| (part as u8).to_string()).unwrap_or_default(),
            on_change: move |value: String| {
                form.write().part = parts.into_iter().find(|part| (*part as u8).to_string() == value);
            },
        }
    }
}

#[component]
pub fn Requests() -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let shown = device.read(|records| requests(records, now));
    let empty = || {
        rsx! {
            EmptyState { title: t.get("patient-no-requests"), text: t.get("patient-no-requests-text") }
        }
    };
    let instead = instead_of_list(&shown, device.is_first_sync(), empty);
    rsx! {
        Screen { title: t.get("patient-requests"), on_back: |()| back(), line: rsx! { Status {} },
            AsOf {}
            if let Some(instead) = instead {
                {instead}
            } else if let Ok(requests) = shown {
                ul { class: "stack",
                    for request in requests {
                        li { key: "{request.id}", RequestCard { request } }
                    }
                }
            }
            Button {
                wide: true,
                glyph: Glyph::Add,
                onclick: |()| {
                    navigator().push(Route::Ask {});
                },
                {t.get("patient-ask-clinic")}
            }
        }
    }
}

#[component]
fn RequestCard(request: requests::Request) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let id = request.id;
    let (tone, state) = match request.pending {
        true => (Tone::Caution, t.get("state-pending")),
        false => words::request_state(t, request.state),
    };
    rsx! {
        button {
            class: "card visit-card",
            r#type: "button",
            onclick: move |_| {
                navigator().push(Route::Request { id });
            },
            span { class: "row row--apart",
                span { class: "strong", {words::about(t, request.wish.about)} }
                StatusChip { tone, label: state }
            }
            span { class: "small muted as-block", {request.clinic.clone()} " · " {words::when(reader, request.opened_at)} }
            if let Some(name) = request.for_whom.clone() {
                span { class: "small as-block", {t.with("patient-for", &[("name", name.into())])} }
            }
        }
    }
}

#[component]
pub fn Request(id: ConsultationId) -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let title = t.get("patient-request");
    match device.read(|records| requests::find(records, id, now)) {
        Err(_) => rsx! {
            Screen { title, on_back: |()| back(), StoreFailed {} }
        },
        Ok(None) => rsx! {
            Screen { title, on_back: |()| back(), Gone {} }
        },
        Ok(Some(request)) => rsx! {
            Screen { title, on_back: |()| back(), line: rsx! { Status {} },
                RequestPage { request }
            }
        },
    }
}

#[component]
fn RequestPage(request: requests::Request) -> Element {
    let t = use_texts();
    let device = use_device();
    let toasts = use_toasts();
    let id = request.id;
    let (tone, state) = words::request_state(t, request.state);
    let withdraw = move |()| {
        if device.send(WithdrawConsultation { consultation_id: id }, toasts) {
            toasts.show(Toast::new(Tone::Accent, t.get("patient-request-withdraw-sent")));
        }
    };
    rsx! {
        div { class: "row row--apart",
            StatusChip { tone, label: state }
            if request.pending {
                PendingClock {}
            }
        }
        if let Some(offer) = request.offer.clone() {
            RequestOffer { request: request.clone(), offer }
        }
        if let Some(reason) = request.decline_reason {
            p { class: "notice", "data-tone": "caution",
                Icon { glyph: Glyph::Info }
                span { {words::decline_reason(t, reason)} }
            }
        }
        RequestFacts { request: request.clone() }
        AsOf {}
        Section { title: t.get("patient-history"), Timeline { events: events(use_reader(), &request) } }
        if let Some(visit) = request.visit {
            Button {
                wide: true,
                onclick: move |()| {
                    navigator().push(Route::Visit { id: visit });
                },
                {t.get("patient-request-to-visit")}
            }
        }
        if let Some(phone) = request.phone.clone() {
            a { class: "button", "data-kind": "secondary", "data-wide": "true", href: "tel:{phone}",
                {t.with("patient-call", &[("phone", phone.clone().into())])}
            }
        }
        if request.may_answer {
            Button { wide: true, kind: ButtonKind::Critical, onclick: withdraw, {t.get("patient-request-withdraw")} }
        }
    }
}

#[component]
fn RequestFacts(request: requests::Request) -> Element {
    let t = use_texts();
    let wish = &request.wish;
    let day = |day: &PreferredDay| match day.part {
        Some(part) => format!("{}, {}", t.date_short(day.date), words::day_part(t, part)),
        None => t.date_short(day.date),
    };
    let days = wish.days.iter().map(day).collect::<Vec<_>>().join(" · ");
    rsx! {
        DetailList {
            DetailRow { name: t.get("patient-ask-about"), glyph: Glyph::List, {words::about(t, wish.about)} }
            DetailRow { name: t.get("patient-ask-urgency"), glyph: Glyph::Clock, {words::urgency(t, wish.urgency).0} }
            DetailRow { name: t.get("patient-clinic"), glyph: Glyph::Hospital, {request.clinic.clone()} }
            if let Some(doctor) = request.doctor.clone() {
                DetailRow { name: t.get("patient-doctor"), glyph: Glyph::Stethoscope, {doctor} }
            }
            if let Some(specialty) = &request.specialty {
                DetailRow { name: t.get("patient-filter-specialty"), glyph: Glyph::Health, {words::local(t, specialty)} }
            }
            if let Some(name) = request.for_whom.clone() {
                DetailRow { name: t.get("patient-for-whom"), glyph: Glyph::People, {name} }
            }
            if !days.is_empty() {
                DetailRow { name: t.get("patient-ask-days"), glyph: Glyph::Calendar, {days} }
            }
        }
    }
}

fn events(reader: mediconnect_ui::Reader, request: &requests::Request) -> Vec<TimelineEvent> {
    let t = reader.texts();
    let event = |moment: &mediconnect_domain::consultations::ConsultationMoment| {
        let (tone, title) = words::request_state(t, moment.state);
        TimelineEvent::new(tone, title, words::when(reader, moment.at))
    };
    let mut events: Vec<TimelineEvent> = request.history.iter().map(event).collect();
    if request.pending {
        events.push(
            TimelineEvent::new(Tone::Caution, t.get("state-pending"), t.get("patient-event-next")).ahead(),
        );
    } else if matches!(request.state, ConsultationState::New | ConsultationState::Triaged) {
        let text = t.get("patient-event-clinic-answers-text");
        events.push(TimelineEvent::new(Tone::Neutral, t.get("patient-event-clinic-answers"), text).ahead());
    }
    events
}
