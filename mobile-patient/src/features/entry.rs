//! Writing an entry of the medical history, changing it, taking it out.

use std::collections::HashMap;

use dioxus::prelude::*;
use mediconnect_app::{Gone, NotTaken, Status, back, tell, use_device, words::entry_kind};
use mediconnect_core::{
    StoreError, VaultError,
    views::{
        history::history,
        patient::{
            entry::{EntryForm, refused_entries},
            profile::FieldIssue,
        },
    },
};
use mediconnect_domain::{
    CommandId, HistoryId, PatientId,
    history::content::{BloodType, EntryKind, Severity},
};
use mediconnect_ui::{
    Button, ButtonKind, Checkbox, ChoiceOption, Dialog, ErrorSummary, FieldProblem, Form, Glyph, Screen,
    SelectField, TextArea, TextField, Texts, use_now, use_texts, use_toasts,
};

use crate::{drafts::use_drafts, route::Route};

/// What a draft is of: an entry, or a new one of a kind.
pub type Draft = (Option<HistoryId>, EntryKind);

#[component]
pub fn AddEntry(id: PatientId, kind: String) -> Element {
    let t = use_texts();
    let Some(kind) = EntryKind::of_code(&kind) else {
        return rsx! {
            Screen { title: t.get("patient-records"), on_back: |()| back(), Gone {} }
        };
    };
    rsx! {
        Edit { id, entry: None, refused: None, stored: EntryForm::new(kind) }
    }
}

/// An entry as it is, or as it was written and not accepted.
#[component]
pub fn EditEntry(id: PatientId, entry: HistoryId, refused: String) -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let refused: Option<CommandId> = refused.parse().ok();
    let pending = device.pending();
    let stored = device.read_sealed(|records, vaults| {
        if let Some(command) = refused {
            let mut all = refused_entries(records, vaults, &pending, id, now).into_iter();
            return Ok::<_, StoreError>(all.find(|one| one.command_id == command).and_then(|one| one.form));
        }
        let history = history(records, vaults, id, now)?;
        Ok(history.line(entry).and_then(|line| line.content()).map(EntryForm::of))
    });
    match stored {
        Ok(Some(stored)) => rsx! { Edit { id, entry: Some(entry), refused, stored } },
        _ => rsx! {
            Screen { title: t.get("patient-records"), on_back: |()| back(), Gone {} }
        },
    }
}

#[component]
fn Edit(id: PatientId, entry: Option<HistoryId>, refused: Option<CommandId>, stored: EntryForm) -> Element {
    let t = use_texts();
    let device = use_device();
    let toasts = use_toasts();
    let mut drafts: Signal<HashMap<Draft, EntryForm>> = use_drafts().entries;
    let draft = (entry, stored.kind);
    let form = drafts.read().get(&draft).cloned().unwrap_or_else(|| stored.clone());
    let mut attempt = use_signal(|| 0_u32);
    let issues = if attempt() > 0 { form.content().err().unwrap_or_default() } else { Vec::new() };
    let filled = form.clone();
    let save = move |()| {
        attempt += 1;
        let Ok(content) = filled.content() else { return };
        let client = device.client();
        let taken: Result<(), VaultError> = match (refused, entry) {
            (Some(command), Some(entry)) => client.rewrite_history(command, (id, entry), &content),
            _ => client.write_history(id, entry, &content).map(drop),
        };
        if tell(taken.map_err(NotTaken::from), toasts) {
            drafts.write().remove(&draft);
            // The list shows it; a message would lie over the button for the next one.
            back();
        }
    };
    rsx! {
        Screen { title: entry_kind(t, form.kind), on_back: |()| back(), line: rsx! { Status {} },
            Form { label: entry_kind(t, form.kind), on_submit: save,
                ErrorSummary { problems: problems(t, &issues), attempt: attempt() }
                Fields {
                    form,
                    issues,
                    on_change: move |form| {
                        drafts.write().insert(draft, form);
                    },
                }
                Button { submit: true, wide: true, {t.get("action-save")} }
            }
            p { class: "small muted", {t.get("patient-entry-sealed")} }
            if let Some(entry) = entry.filter(|_| refused.is_none()) {
                Remove { id, entry }
            }
        }
    }
}

fn field(name: &str) -> String {
    format!("entry-{name}")
}

fn words_of(t: Texts, issue: &FieldIssue) -> String {
    match issue.problem {
        "moment" => t.get("patient-entry-moment-wrong"),
        "too-long" => t.get("patient-field-too-long"),
        _ => t.get("patient-field-missing"),
    }
}

fn problems(t: Texts, issues: &[FieldIssue]) -> Vec<FieldProblem> {
    issues.iter().map(|issue| FieldProblem::new(field(issue.field), words_of(t, issue))).collect()
}

#[component]
fn Fields(form: EntryForm, issues: Vec<FieldIssue>, on_change: EventHandler<EntryForm>) -> Element {
    let t = use_texts();
    let error = |name: &str| issues.iter().find(|issue| issue.field == name).map(|issue| words_of(t, issue));
    let (title, detail) = labels(form.kind);
    let change = use_callback(move |form: EntryForm| on_change.call(form));
    // Every field writes into a copy of the form as it is drawn.
    let with = |set: fn(&mut EntryForm, String)| {
        let form = form.clone();
        move |typed: String| {
            let mut form = form.clone();
            set(&mut form, typed);
            change.call(form);
        }
    };
    let ended = form.clone();
    rsx! {
        if form.kind == EntryKind::BloodType {
            SelectField {
                id: field("blood-type"),
                label: t.get("app-entries-blood-type"),
                options: BloodType::ALL.map(|one| ChoiceOption::new(one.sign(), one.sign())).to_vec(),
                value: form.blood_type.map(|one| one.sign().to_owned()).unwrap_or_default(),
                error: error("blood-type"),
                on_change: with(|form, chosen| {
                    form.blood_type = BloodType::ALL.into_iter().find(|one| one.sign() == chosen);
                }),
            }
        } else {
            TextField {
                id: field("title"),
                label: t.get(title),
                autocomplete: "off",
                value: form.title.clone(),
                error: error("title"),
                on_change: with(|form, typed| form.title = typed),
            }
        }
        if form.has_detail() {
            TextField {
                id: field("detail"),
                label: t.get(detail),
                optional: form.kind != EntryKind::FamilyHistory,
                autocomplete: "off",
                value: form.detail.clone(),
                error: error("detail"),
                on_change: with(|form, typed| form.detail = typed),
            }
        }
        if form.kind == EntryKind::Allergy {
            SelectField {
                label: t.get("patient-entry-severity"),
                options: SEVERITIES.map(|one| ChoiceOption::new(format!("{one:?}"), mediconnect_app::words::severity(t, one))).to_vec(),
                value: format!("{:?}", form.severity),
                on_change: with(|form, chosen| {
                    form.severity = SEVERITIES.into_iter().find(|one| format!("{one:?}") == chosen).unwrap_or(Severity::Unknown);
                }),
            }
        }
        if form.has_moment() {
            TextField {
                id: field("moment"),
                label: t.get(if form.kind == EntryKind::Condition { "patient-entry-since" } else { "patient-entry-when" }),
                help: t.get("patient-entry-moment-help"),
                optional: true,
                autocomplete: "off",
                value: form.moment.clone(),
                error: error("moment"),
                on_change: with(|form, typed| form.moment = typed),
            }
        }
        if form.can_end() {
            Checkbox {
                label: t.get(if form.kind == EntryKind::Medication { "patient-entry-stopped" } else { "patient-entry-over" }),
                checked: form.over,
                on_change: move |over| change.call(EntryForm { over, ..ended.clone() }),
            }
        }
        TextArea {
            id: field("note"),
            label: t.get("patient-entry-note"),
            optional: true,
            max_length: 2000,
            value: form.note.clone(),
            error: error("note"),
            on_change: with(|form, typed| form.note = typed),
        }
    }
}

const SEVERITIES: [Severity; 4] = [Severity::Unknown, Severity::Mild, Severity::Moderate, Severity::Severe];

/// The keys of what the title and the second line of a kind are called.
fn labels(kind: EntryKind) -> (&'static str, &'static str) {
    match kind {
        EntryKind::Allergy | EntryKind::BloodType => ("patient-entry-substance", "patient-entry-reaction"),
        EntryKind::Medication => ("patient-entry-medicine", "patient-entry-dose"),
        EntryKind::Condition | EntryKind::FamilyHistory => {
            ("patient-entry-condition", "patient-entry-relative")
        }
        EntryKind::Immunisation => ("patient-entry-vaccine", ""),
        EntryKind::Procedure => ("patient-entry-procedure", ""),
    }
}

#[component]
fn Remove(id: PatientId, entry: HistoryId) -> Element {
    let t = use_texts();
    let device = use_device();
    let toasts = use_toasts();
    let mut asks = use_signal(|| false);
    rsx! {
        Button { wide: true, kind: ButtonKind::Critical, glyph: Glyph::Delete, onclick: move |()| asks.set(true),
            {t.get("patient-entry-remove")}
        }
        Dialog {
            open: asks(),
            title: t.get("patient-entry-remove-question"),
            on_close: move |()| asks.set(false),
            actions: rsx! {
                Button {
                    kind: ButtonKind::Critical,
                    onclick: move |()| {
                        asks.set(false);
                        if tell(device.client().remove_history(id, entry).map_err(NotTaken::from), toasts) {
                            navigator().replace(Route::Records {});
                        }
                    },
                    {t.get("patient-entry-remove")}
                }
                Button { kind: ButtonKind::Secondary, onclick: move |()| asks.set(false), {t.get("action-cancel")} }
            },
            p { {t.get("patient-entry-remove-text")} }
        }
    }
}
