//! The public page as the doctor edits it.

use dioxus::prelude::*;
use mediconnect_app::{Status, back, found, use_device};
use mediconnect_core::views::doctor::profile::{self, Profile as Page, lines_of};
use mediconnect_domain::{
    SpecialtyId,
    directory::{DoctorDetails, Specialty},
    valid::FieldError,
};
use mediconnect_ui::{
    ActionBar, Button, ErrorSummary, FieldProblem, FilterChip, Glyph, Icon, InputKind, Screen, StatusChip,
    TextArea, TextField, Toast, Tone, use_texts, use_toasts,
};

use crate::{drafts::use_drafts, words};

/// Languages to choose from (ISO 639-1): those spoken in the most practices. Others that were entered stay.
const LANGUAGES: [&str; 18] = [
    "en", "hi", "ar", "bn", "de", "es", "fr", "gu", "it", "kn", "ml", "mr", "pa", "pt", "ta", "te", "tr",
    "ur",
];

#[component]
pub fn Profile() -> Element {
    let t = use_texts();
    let device = use_device();
    let toasts = use_toasts();
    let mut kept = use_drafts().profile;
    let mut wrong = use_signal(Vec::<FieldError>::new);
    let shown = device.read(profile::profile);
    let saved = shown.as_ref().ok().and_then(|page| page.clone());
    let footer = saved.map(|page| {
        let changed = kept.read().as_ref().is_some_and(|draft| *draft != page.details);
        let save = move |()| {
            let details = kept.read().clone().unwrap_or_else(|| page.details.clone());
            match profile::command(page.doctor_id, details) {
                Err(errors) => wrong.set(errors),
                Ok(command) => {
                    wrong.set(Vec::new());
                    if device.send(command, toasts) {
                        kept.set(None);
                        toasts.show(Toast::new(Tone::Accent, t.get("doctor-saved")));
                    }
                }
            }
        };
        rsx! {
            ActionBar {
                Button { disabled: !changed, onclick: save, {t.get("action-save")} }
            }
        }
    });
    rsx! {
        Screen { title: t.get("doctor-profile"), on_back: |()| back(), line: rsx! { Status {} }, footer,
            match found(shown, device.is_first_sync()) {
                Err(instead) => instead,
                Ok(page) => {
                    let details = kept.read().clone().unwrap_or_else(|| page.details.clone());
                    rsx! {
                        Fields { page, details, wrong: wrong(), on_change: move |edited| kept.set(Some(edited)) }
                    }
                }
            }
        }
    }
}

fn id_of(path: &str) -> String {
    format!("profile-{}", path.trim_start_matches("details.").split('[').next().unwrap_or_default())
}

#[component]
fn Fields(
    page: Page,
    details: DoctorDetails,
    wrong: Vec<FieldError>,
    on_change: EventHandler<DoctorDetails>,
) -> Element {
    let t = use_texts();
    let error = |field: &str| {
        wrong
            .iter()
            .find(|error| id_of(&error.path) == format!("profile-{field}"))
            .map(|error| words::field_error(t, error))
    };
    let problems: Vec<FieldProblem> = wrong
        .iter()
        .map(|error| FieldProblem::new(id_of(&error.path), words::field_error(t, error)))
        .collect();
    let known = details.clone();
    let edit = use_callback(move |change: Box<dyn FnOnce(&mut DoctorDetails)>| {
        let mut edited = known.clone();
        change(&mut edited);
        on_change.call(edited);
    });
    let (tone, state) = match page.listed {
        true => (Tone::Positive, t.get("doctor-page-listed")),
        false => (Tone::Caution, t.get("doctor-page-hidden")),
    };
    rsx! {
        div { class: "row",
            StatusChip { tone, label: state }
        }
        ErrorSummary { problems }
        TextField {
            id: id_of("name"),
            label: t.get("doctor-name"),
            help: t.get("doctor-name-help"),
            value: details.name.clone(),
            error: error("name"),
            on_change: move |name| edit.call(Box::new(move |edited| edited.name = name)),
        }
        Chosen {
            legend: t.get("doctor-specialties"),
            id: id_of("specialties"),
            error: error("specialties"),
            options: specialty_options(t, &page.specialties),
            chosen: details.specialties.iter().map(SpecialtyId::to_string).collect::<Vec<_>>(),
            on_toggle: move |(id, on): (String, bool)| edit.call(Box::new(move |edited| {
                if let Ok(id) = id.parse::<SpecialtyId>() {
                    edited.specialties.retain(|known| *known != id);
                    edited.specialties.extend(on.then_some(id));
                }
            })),
        }
        TextArea {
            id: id_of("about"),
            label: t.get("doctor-about-me"),
            help: t.get("doctor-about-me-help"),
            optional: true,
            rows: 5,
            max_length: 2000,
            value: details.about.clone(),
            error: error("about"),
            on_change: move |about| edit.call(Box::new(move |edited| edited.about = about)),
        }
        Chosen {
            legend: t.get("doctor-languages"),
            id: id_of("languages"),
            error: error("languages"),
            options: language_options(t, &details.languages),
            chosen: details.languages.clone(),
            on_toggle: move |(code, on): (String, bool)| edit.call(Box::new(move |edited| {
                edited.languages.retain(|known| *known != code);
                edited.languages.extend(on.then_some(code));
            })),
        }
        Lines {
            id: id_of("education"),
            label: t.get("doctor-education"),
            entries: details.education.clone(),
            error: error("education"),
            on_change: move |entries| edit.call(Box::new(move |edited| edited.education = entries)),
        }
        Lines {
            id: id_of("certifications"),
            label: t.get("doctor-certifications"),
            entries: details.certifications.clone(),
            error: error("certifications"),
            on_change: move |entries| edit.call(Box::new(move |edited| edited.certifications = entries)),
        }
        TextField {
            id: id_of("practising_since"),
            kind: InputKind::Number,
            label: t.get("doctor-practising-since"),
            optional: true,
            value: details.practising_since.map(|year| year.to_string()).unwrap_or_default(),
            error: error("practising_since"),
            on_change: move |year: String| edit.call(Box::new(move |edited| edited.practising_since = year.trim().parse().ok())),
        }
    }
}

fn specialty_options(t: mediconnect_ui::Texts, specialties: &[Specialty]) -> Vec<(String, String)> {
    specialties.iter().map(|one| (one.id.to_string(), words::local(t, &one.name))).collect()
}

fn language_options(t: mediconnect_ui::Texts, spoken: &[String]) -> Vec<(String, String)> {
    let others = spoken.iter().filter(|code| !LANGUAGES.contains(&code.as_str())).cloned();
    let codes = LANGUAGES.iter().map(|code| (*code).to_owned()).chain(others);
    codes.map(|code| (code.clone(), words::spoken_language(t, &code))).collect()
}

/// Several of many, as chips that are pressed or not.
#[component]
fn Chosen(
    legend: String,
    id: String,
    error: Option<String>,
    options: Vec<(String, String)>,
    chosen: Vec<String>,
    on_toggle: EventHandler<(String, bool)>,
) -> Element {
    rsx! {
        fieldset { class: "field", id, tabindex: "-1",
            legend { class: "field__label", {legend} }
            if let Some(error) = error {
                p { class: "field__error",
                    Icon { glyph: Glyph::Error }
                    span { {error} }
                }
            }
            div { class: "row",
                for (value, label) in options {
                    FilterChip {
                        key: "{value}",
                        selected: chosen.contains(&value),
                        onclick: {
                            let on = !chosen.contains(&value);
                            let value = value.clone();
                            move |()| on_toggle.call((value.clone(), on))
                        },
                        {label}
                    }
                }
            }
        }
    }
}

/// Entries, one per line. What is typed stays as typed; what is saved are the entries.
#[component]
fn Lines(
    id: String,
    label: String,
    entries: Vec<String>,
    error: Option<String>,
    on_change: EventHandler<Vec<String>>,
) -> Element {
    let t = use_texts();
    let mut text = use_signal(|| entries.join("\n"));
    rsx! {
        TextArea {
            id,
            label,
            help: t.get("doctor-one-per-line"),
            optional: true,
            rows: 3,
            value: text(),
            error,
            on_change: move |typed: String| {
                on_change.call(lines_of(&typed));
                text.set(typed);
            },
        }
    }
}
