//! Where I stand, what is missing, what happens next; and handing in the license.

use dioxus::prelude::*;
use jiff::tz::TimeZone;
use mediconnect_app::{Status, back, found, use_device};
use mediconnect_core::views::doctor::standing::{Draft, Missing, Verification as Standings, verification};
use mediconnect_domain::{ClinicId, directory::Standing, valid::FieldError};
use mediconnect_ui::{
    Button, Card, Checkbox, ErrorSummary, FieldProblem, Form, Glyph, Icon, InputKind, ListRow, PendingClock,
    Screen, Section, StatusChip, TextField, Timeline, TimelineEvent, Toast, Tone, use_now, use_reader,
    use_texts, use_toasts,
};

use crate::{drafts::use_drafts, route::Route, words};

#[component]
pub fn Verification() -> Element {
    let t = use_texts();
    let device = use_device();
    let shown = device.read(verification);
    rsx! {
        Screen { title: t.get("doctor-verification"), on_back: |()| back(), line: rsx! { Status {} },
            match found(shown, device.is_first_sync()) {
                Err(instead) => instead,
                Ok(standings) => rsx! {
                    Now { standings: standings.clone() }
                    if standings.may_submit() {
                        HandIn { standings: standings.clone() }
                    }
                    StillMissing { missing: standings.missing.clone() }
                    Way { standings }
                },
            }
        }
    }
}

#[component]
fn Now(standings: Standings) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let (tone, title, text) = words::standing(t, standings.standing);
    rsx! {
        Card { tone, label: title.clone(),
            div { class: "row row--apart",
                StatusChip { tone, label: title }
                if standings.pending {
                    PendingClock {}
                }
            }
            p { {text} }
            if let Some(reason) = standings.reason.clone() {
                p { class: "quote", {reason} }
            }
            if let Some(since) = standings.since {
                p { class: "small muted", {t.with("doctor-since", &[("when", words::when(reader, since, &reader.zone()).into())])} }
            }
        }
    }
}

/// What is to be done besides the license, each leading to where it is done.
#[component]
fn StillMissing(missing: Vec<Missing>) -> Element {
    let t = use_texts();
    let others: Vec<Missing> = missing.into_iter().filter(|one| *one != Missing::License).collect();
    if others.is_empty() {
        return rsx! {};
    }
    rsx! {
        Section { title: t.get("doctor-missing"),
            div { class: "card card--list",
                for one in others {
                    MissingRow { key: "{one:?}", one }
                }
            }
        }
    }
}

#[component]
fn MissingRow(one: Missing) -> Element {
    let t = use_texts();
    let (title, detail) = words::missing(t, one);
    let route = match one {
        Missing::Specialty => Some(Route::Profile {}),
        Missing::Hours => Some(Route::Schedules {}),
        Missing::License | Missing::Role => None,
    };
    match route {
        Some(route) => rsx! {
            ListRow {
                title,
                detail,
                glyph: Glyph::Edit,
                onclick: move |()| {
                    navigator().push(route.clone());
                },
            }
        },
        None => rsx! {
            div { class: "list-row list-row--plain",
                span { class: "list-row__picture",
                    Icon { glyph: Glyph::Waiting }
                }
                span { class: "list-row__words",
                    span { class: "list-row__title", {title} }
                    span { class: "small muted as-block", {detail} }
                }
            }
        },
    }
}

/// The steps to the first booking.
#[component]
fn Way(standings: Standings) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let submitted =
        standings.submitted_at.map(|at| words::when(reader, at, &reader.zone())).unwrap_or_default();
    let is = standings.standing;
    let handed_in = !matches!(is, Standing::Registered | Standing::Rejected);
    let verified = matches!(is, Standing::Verified | Standing::Suspended);
    let open = verified && standings.missing.is_empty();
    let step = |done: bool, key: &str, at: String| {
        let event = TimelineEvent::new(if done { Tone::Positive } else { Tone::Neutral }, t.get(key), at);
        if done { event } else { event.ahead() }
    };
    let later = t.get("doctor-step-later");
    let when = |done: bool, at: String| if done { at } else { later.clone() };
    let events = vec![
        step(true, "doctor-step-registered", t.get("doctor-step-done")),
        step(handed_in, "doctor-step-submitted", when(handed_in, submitted)),
        step(verified, "doctor-step-checked", when(verified, t.get("doctor-step-done"))),
        step(open, "doctor-step-bookable", when(open, t.get("doctor-step-done"))),
    ];
    rsx! {
        Section { title: t.get("doctor-way"),
            Card {
                Timeline { events }
            }
        }
    }
}

/// License and clinics.
#[component]
fn HandIn(standings: Standings) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let mut kept = use_drafts().license;
    let mut wrong = use_signal(Vec::<FieldError>::new);
    let before = standings.clone();
    let draft = move || kept.read().clone().unwrap_or_else(|| Draft::of(&before));
    let now = draft();
    let edit = use_callback(move |edited: Draft| kept.set(Some(edited)));
    let today = use_now().to_zoned(TimeZone::UTC).date();
    let doctor = standings.doctor_id;
    let error = |path: &str| {
        wrong.read().iter().find(|error| error.path == path).map(|error| words::field_error(t, error))
    };
    let problems: Vec<FieldProblem> = wrong
        .read()
        .iter()
        .map(|error| {
            FieldProblem::new(
                format!("hand-in-{}", error.path.replace('.', "-")),
                words::field_error(t, error),
            )
        })
        .collect();
    let to_send = now.clone();
    let send = move |()| match to_send.command(doctor, today) {
        Err(errors) => wrong.set(errors),
        Ok(command) => {
            wrong.set(Vec::new());
            if device.send(command, toasts) {
                kept.set(None);
                toasts.show(Toast::new(Tone::Positive, reader.texts().get("doctor-handed-in")));
            }
        }
    };
    let (d1, d2, d3, d4, d5) = (now.clone(), now.clone(), now.clone(), now.clone(), now.clone());
    let toggle = use_callback(move |(id, on): (ClinicId, bool)| {
        let mut edited = d5.clone();
        edited.clinics.retain(|known| *known != id);
        if on {
            edited.clinics.push(id);
        }
        edit.call(edited);
    });
    rsx! {
        Section { title: t.get("doctor-hand-in"),
            Form { label: t.get("doctor-hand-in"), on_submit: send,
                ErrorSummary { problems }
                TextField {
                    id: "hand-in-license-number",
                    label: t.get("doctor-license-number"),
                    value: now.number.clone(),
                    error: error("license.number"),
                    on_change: move |number| edit.call(Draft { number, ..d1.clone() }),
                }
                TextField {
                    id: "hand-in-license-authority",
                    label: t.get("doctor-license-authority"),
                    help: t.get("doctor-license-authority-help"),
                    value: now.authority.clone(),
                    error: error("license.authority"),
                    on_change: move |authority| edit.call(Draft { authority, ..d2.clone() }),
                }
                TextField {
                    id: "hand-in-license-country",
                    label: t.get("doctor-license-country"),
                    help: t.get("doctor-license-country-help"),
                    autocomplete: "country",
                    value: now.country.clone(),
                    error: error("license.country"),
                    on_change: move |country| edit.call(Draft { country, ..d3.clone() }),
                }
                TextField {
                    id: "hand-in-license-valid_until",
                    kind: InputKind::Date,
                    label: t.get("doctor-license-valid-until"),
                    value: now.valid_until.clone(),
                    error: error("license.valid_until"),
                    on_change: move |valid_until| edit.call(Draft { valid_until, ..d4.clone() }),
                }
                fieldset { class: "field", id: "hand-in-clinics", tabindex: "-1",
                    legend { class: "field__label", {t.get("doctor-clinics")} }
                    if let Some(error) = error("clinics") {
                        p { class: "field__error",
                            Icon { glyph: Glyph::Error }
                            span { {error} }
                        }
                    }
                    for clinic in standings.clinics.clone() {
                        Checkbox {
                            key: "{clinic.id}",
                            label: clinic.name.clone(),
                            detail: clinic.city.clone(),
                            checked: now.clinics.contains(&clinic.id),
                            on_change: move |on| toggle.call((clinic.id, on)),
                        }
                    }
                }
                Button { submit: true, wide: true, {t.get("doctor-hand-in-send")} }
            }
        }
    }
}
