//! Leave: what is entered, a new entry with a choice for each visit it hits, and one entry.

use std::collections::HashMap;

use dioxus::prelude::*;
use mediconnect_app::{AsOf, Status, StoreFailed, back, found, use_device};
use mediconnect_core::views::doctor::{
    leave::{Draft, LeaveLine, hits, leaves, one},
    visits::{Action, VisitLine},
};
use mediconnect_domain::{
    AppointmentId, LeaveId,
    appointments::{CancelReason, cancel::Cancel},
    scheduling::{LeaveReason, leave::RemoveLeave},
    valid::FieldError,
};
use mediconnect_ui::{
    ActionBar, Button, ButtonKind, Card, ChoiceOption, Choices, EmptyState, ErrorSummary, FieldProblem,
    Glyph, InputKind, PendingClock, Screen, Section, Segmented, Skeleton, TextField, Toast, Tone, use_now,
    use_reader, use_texts, use_toasts,
};
use uuid::Uuid;

use crate::{
    parts::{VisitButtons, VisitCard},
    practice::{own_id, use_practice},
    route::Route,
    words,
};

#[component]
pub fn LeaveList() -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let shown = device.read(|records| leaves(records, now));
    let add = |()| {
        navigator().push(Route::AddLeave {});
    };
    let footer = rsx! {
        ActionBar {
            Button { glyph: Glyph::Add, onclick: add, {t.get("doctor-leave-add")} }
        }
    };
    rsx! {
        Screen { title: t.get("doctor-leave"), on_back: |()| back(), line: rsx! { Status {} }, footer,
            AsOf {}
            match shown {
                Err(_) => rsx! { StoreFailed {} },
                Ok(lines) if lines.is_empty() && device.is_first_sync() => rsx! { Skeleton {} },
                Ok(lines) if lines.is_empty() => rsx! {
                    EmptyState { title: t.get("doctor-leave-none"), text: t.get("doctor-leave-none-text") }
                },
                Ok(lines) => rsx! {
                    div { class: "stack",
                        for line in lines {
                            LeaveCard { key: "{line.id}", line }
                        }
                    }
                },
            }
        }
    }
}

#[component]
fn LeaveCard(line: LeaveLine) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let id = line.id;
    rsx! {
        button {
            class: "card visit-card",
            r#type: "button",
            onclick: move |_| {
                navigator().push(Route::Leave { id });
            },
            span { class: "row row--apart",
                span { class: "strong", {words::leave_time(reader, &line.time, &line.zone.rules())} }
                if line.pending {
                    PendingClock {}
                }
            }
            span { class: "small muted as-block", {words::leave_reason(t, line.reason)} }
            if line.visits > 0 {
                span { class: "small critical as-block", {t.with("doctor-hits", &[("n", line.visits.into())])} }
            }
        }
    }
}

/// One entry, with what still stands in it.
#[component]
pub fn Leave(id: LeaveId) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let now = use_now();
    let shown = device.read(|records| one(records, id, now));
    let give_back = move |()| {
        if device.send(RemoveLeave { leave_id: id }, toasts) {
            back();
        }
    };
    rsx! {
        Screen { title: t.get("doctor-leave"), on_back: |()| back(), line: rsx! { Status {} },
            match found(shown, device.is_first_sync()) {
                Err(instead) => instead,
                Ok((leave, visits)) => rsx! {
                    Card {
                        p { class: "next__name", {words::leave_time(reader, &leave.time, &leave.zone.rules())} }
                        p { class: "muted", {words::leave_reason(t, leave.reason)} }
                        Button { kind: ButtonKind::Secondary, glyph: Glyph::Undo, onclick: give_back, {t.get("doctor-give-back")} }
                    }
                    if !visits.is_empty() {
                        Section { title: t.with("doctor-hits", &[("n", visits.len().into())]),
                            for line in visits {
                                div { key: "{line.id}", class: "stack",
                                    VisitCard { line: line.clone(), zone: leave.zone.rules() }
                                    VisitButtons { line, only: vec![Action::Reschedule, Action::Decline, Action::Cancel] }
                                }
                            }
                        }
                    }
                },
            }
        }
    }
}

/// What is to happen with a visit that the leave hits.
#[derive(Clone, Copy, Default, PartialEq)]
enum Choice {
    #[default]
    Keep,
    Move,
    Cancel,
}

impl Choice {
    const ALL: [(Self, &str); 3] = [(Self::Keep, "keep"), (Self::Move, "move"), (Self::Cancel, "cancel")];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(choice, _)| *choice == self).map_or("keep", |(_, name)| name)
    }

    fn named(name: &str) -> Self {
        Self::ALL.iter().find(|(_, known)| *known == name).map_or(Self::Keep, |(choice, _)| *choice)
    }
}

#[component]
pub fn AddLeave() -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let now = use_now();
    let practice = use_practice();
    let zone = practice.zone_name.clone();
    let today = now.to_zoned(practice.zone.clone()).date();
    let mut draft = use_signal(|| Draft::starting(today));
    let choices = use_signal(HashMap::<AppointmentId, Choice>::new);
    let mut tried = use_signal(|| false);
    let time = draft.read().time(&zone);
    let hit = time
        .ok()
        .and_then(|time| device.read(|records| hits(records, &time, &zone, now)).ok())
        .unwrap_or_default();
    // What was wrong at the first try goes as soon as it is mended.
    let checked =
        own_id(device).map(|doctor| draft.read().command(LeaveId(Uuid::nil()), doctor, None, &zone));
    let wrong: Vec<FieldError> = checked.filter(|_| tried()).and_then(Result::err).unwrap_or_default();
    let error =
        |path: &str| wrong.iter().find(|error| error.path == path).map(|error| words::field_error(t, error));
    let problems: Vec<FieldProblem> = wrong
        .iter()
        .map(|error| FieldProblem::new(format!("leave-{}", error.path), words::field_error(t, error)))
        .collect();
    let to_save = hit.clone();
    let save = move |()| {
        let Some(doctor) = own_id(device) else { return };
        let leave_id = LeaveId(device.new_id());
        match draft.read().command(leave_id, doctor, None, &zone) {
            Err(_) => tried.set(true),
            Ok(command) => {
                if !device.send(command, toasts) {
                    return;
                }
                let choice = |line: &&VisitLine, wanted| {
                    choices.read().get(&line.id).copied().unwrap_or_default() == wanted
                };
                for line in to_save.iter().filter(|line| choice(line, Choice::Cancel)) {
                    device.send(Cancel { appointment_id: line.id, reason: CancelReason::DoctorAway }, toasts);
                }
                let moves = to_save.iter().any(|line| choice(&line, Choice::Move));
                toasts.show(Toast::new(Tone::Accent, reader.texts().get("doctor-leave-saved")));
                // Moving needs a time for each: the entry lists them with the way there.
                let next = if moves { Route::Leave { id: leave_id } } else { Route::LeaveList {} };
                navigator().replace(next);
            }
        }
    };
    let reasons = [LeaveReason::Holiday, LeaveReason::Away, LeaveReason::Training, LeaveReason::Block];
    let footer = rsx! {
        ActionBar { summary: rsx! { p { class: "small", {t.with("doctor-hits", &[("n", hit.len().into())])} } },
            Button { onclick: save, {t.get("action-save")} }
        }
    };
    let all_day = draft.read().all_day;
    rsx! {
        Screen { title: t.get("doctor-leave-add"), on_back: |()| back(), line: rsx! { Status {} }, footer,
            ErrorSummary { problems }
            Segmented {
                label: t.get("doctor-leave-length"),
                options: vec![ChoiceOption::new("days", t.get("doctor-leave-days")), ChoiceOption::new("hours", t.get("doctor-leave-hours"))],
                value: if all_day { "days" } else { "hours" },
                on_change: move |value: String| draft.write().all_day = value == "days",
            }
            div { class: "pair",
                TextField {
                    id: "leave-first",
                    kind: InputKind::Date,
                    label: t.get(if all_day { "doctor-leave-first" } else { "doctor-leave-date" }),
                    value: draft.read().first.clone(),
                    min: today.to_string(),
                    error: error("first"),
                    on_change: move |first: String| {
                        let mut draft = draft.write();
                        if draft.last < first {
                            draft.last = first.clone();
                        }
                        draft.first = first;
                    },
                }
                if all_day {
                    TextField {
                        id: "leave-last",
                        kind: InputKind::Date,
                        label: t.get("doctor-leave-last"),
                        value: draft.read().last.clone(),
                        min: draft.read().first.clone(),
                        error: error("last"),
                        on_change: move |last| draft.write().last = last,
                    }
                }
            }
            if !all_day {
                div { class: "pair",
                    TextField {
                        id: "leave-from",
                        kind: InputKind::Time,
                        label: t.get("doctor-from"),
                        value: draft.read().from.clone(),
                        error: error("from"),
                        on_change: move |from| draft.write().from = from,
                    }
                    TextField {
                        id: "leave-to",
                        kind: InputKind::Time,
                        label: t.get("doctor-to"),
                        value: draft.read().to.clone(),
                        error: error("to"),
                        on_change: move |to| draft.write().to = to,
                    }
                }
            }
            if practice.elsewhere {
                p { class: "small muted", {t.zone(practice.zone_name.name())} }
            }
            Choices {
                label: t.get("app-reason"),
                options: reasons.iter().enumerate().map(|(n, reason)| ChoiceOption::new(n.to_string(), words::leave_reason(t, *reason))).collect::<Vec<_>>(),
                value: reasons.iter().position(|reason| *reason == draft.read().reason).unwrap_or_default().to_string(),
                on_change: move |value: String| {
                    if let Some(reason) = value.parse::<usize>().ok().and_then(|n| reasons.get(n)) {
                        draft.write().reason = *reason;
                    }
                },
            }
            if !hit.is_empty() {
                Section { title: t.with("doctor-hits", &[("n", hit.len().into())]),
                    p { class: "muted", {t.get("doctor-hits-choose")} }
                    for line in hit {
                        HitVisit { key: "{line.id}", line, choices }
                    }
                }
            }
        }
    }
}

#[component]
fn HitVisit(line: VisitLine, choices: Signal<HashMap<AppointmentId, Choice>>) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let mut choices = choices;
    let id = line.id;
    let name = words::patient(t, &line.patient);
    let options = vec![
        ChoiceOption::new(Choice::Keep.name(), t.get("doctor-hit-keep")),
        ChoiceOption::new(Choice::Move.name(), t.get("doctor-hit-move")),
        ChoiceOption::new(Choice::Cancel.name(), t.get("doctor-hit-cancel")),
    ];
    rsx! {
        Card { label: name.clone(),
            div {
                p { class: "strong", {name.clone()} }
                p { class: "small muted", {words::when(reader, line.start, &line.zone.rules())} " · " {words::local(t, &line.visit_type)} }
            }
            Segmented {
                label: name,
                options,
                value: choices.read().get(&id).copied().unwrap_or_default().name(),
                on_change: move |value: String| {
                    choices.write().insert(id, Choice::named(&value));
                },
            }
        }
    }
}
