//! Pieces that several screens show.

use dioxus::prelude::*;
use jiff::tz::TimeZone;
use mediconnect_app::{RefusedCard, use_device};
use mediconnect_core::views::doctor::{
    refusals::{LeadsTo, RefusalCard},
    visits::{Action, VisitLine},
};
use mediconnect_domain::{
    Command,
    appointments::{
        CancelReason,
        accept::{Accept, Decline},
        attend::{CheckIn, Complete, Start},
        cancel::Cancel,
        no_show::MarkNoShow,
    },
};
use mediconnect_ui::{
    Avatar, Button, ButtonKind, ChoiceOption, Choices, PendingClock, Sheet, StatusChip, Tone, use_reader,
    use_texts, use_toasts,
};

use crate::{route::Route, words};

/// A visit in a list: a button that leads to it.
#[component]
pub fn VisitCard(line: VisitLine, zone: TimeZone) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let (tone, state) = words::state(t, &line);
    let id = line.id;
    let name = words::patient(t, &line.patient);
    rsx! {
        button {
            class: "card visit-card",
            r#type: "button",
            onclick: move |_| {
                navigator().push(Route::Visit { id });
            },
            VisitHead { line: line.clone(), name, zone, tone, state }
        }
    }
}

/// When, who and what of a visit.
#[component]
fn VisitHead(line: VisitLine, name: String, zone: TimeZone, tone: Tone, state: String) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    rsx! {
        span { class: "row row--apart",
            span { class: "strong", {words::when(reader, line.start, &zone)} }
            StatusChip { tone, label: state }
        }
        span { class: "visit-card__who",
            Avatar { name: name.clone() }
            span { class: "visit-card__words",
                span { class: "strong as-block", {name} }
                span { class: "small muted as-block", {words::local(t, &line.visit_type)} " · " {line.clinic.clone()} }
            }
            if line.pending {
                PendingClock {}
            }
        }
    }
}

/// A request to book, answered in place.
#[component]
pub fn RequestCard(line: VisitLine, zone: TimeZone) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let id = line.id;
    let name = words::patient(t, &line.patient);
    let label = name.clone();
    rsx! {
        article { class: "card request-card", aria_label: label,
            button {
                class: "request-card__open",
                r#type: "button",
                onclick: move |_| {
                    navigator().push(Route::Visit { id });
                },
                Avatar { name: name.clone() }
                span { class: "visit-card__words",
                    span { class: "strong as-block", {name} }
                    span { class: "as-block", {words::when(reader, line.start, &zone)} }
                    span { class: "small muted as-block", {words::local(t, &line.visit_type)} " · " {line.clinic.clone()} }
                }
                if line.pending {
                    PendingClock {}
                }
            }
            VisitButtons { line, only: vec![Action::Accept, Action::Decline] }
        }
    }
}

/// The command an action stands for, where it needs no more words.
fn plain_command(action: Action, line: &VisitLine) -> Option<Command> {
    let appointment_id = line.id;
    Some(match action {
        Action::Accept => Accept { appointment_id }.into(),
        Action::CheckIn => CheckIn { appointment_id }.into(),
        Action::Start => Start { appointment_id }.into(),
        Action::Complete => Complete { appointment_id }.into(),
        Action::NoShow => MarkNoShow { appointment_id }.into(),
        Action::Decline | Action::Cancel | Action::Reschedule => return None,
    })
}

/// The buttons of what can be done with a visit now. `only` narrows them down; the first is the main one.
#[component]
pub fn VisitButtons(
    line: VisitLine,
    #[props(default)] only: Option<Vec<Action>>,
    #[props(default)] wide: bool,
) -> Element {
    let t = use_texts();
    let device = use_device();
    let toasts = use_toasts();
    let mut asks = use_signal(|| None::<Action>);
    let shown: Vec<Action> = line
        .actions
        .iter()
        .copied()
        .filter(|one| only.as_ref().is_none_or(|only| only.contains(one)))
        .collect();
    if shown.is_empty() {
        return rsx! {};
    }
    let id = line.id;
    let who = words::patient(t, &line.patient);
    let to_press = line.clone();
    let press = use_callback(move |action: Action| match (plain_command(action, &to_press), action) {
        (Some(command), _) => {
            device.send(command, toasts);
        }
        (None, Action::Reschedule) => {
            navigator().push(Route::MoveVisit { id });
        }
        (None, action) => asks.set(Some(action)),
    });
    let answer = move |reason: CancelReason| {
        let command: Command = match asks() {
            Some(Action::Decline) => Decline { appointment_id: id, reason }.into(),
            _ => Cancel { appointment_id: id, reason }.into(),
        };
        asks.set(None);
        device.send(command, toasts);
    };
    rsx! {
        div { class: "visit-buttons", "data-wide": wide,
            for (index, action) in shown.into_iter().enumerate() {
                Button {
                    key: "{action:?}",
                    kind: kind_of(action, index == 0),
                    small: !wide,
                    wide,
                    glyph: words::action_glyph(action),
                    label: format!("{}, {who}", words::action(t, action)),
                    onclick: move |()| press.call(action),
                    {words::action(t, action)}
                }
            }
        }
        ReasonSheet {
            open: asks().is_some(),
            title: t.get(if asks() == Some(Action::Decline) { "doctor-decline-why" } else { "doctor-cancel-why" }),
            text: t.with("doctor-reason-told", &[("name", who.clone().into())]),
            confirm: t.get(if asks() == Some(Action::Decline) { "doctor-decline" } else { "doctor-cancel-visit" }),
            reasons: words::cancel_reasons(t),
            on_close: move |()| asks.set(None),
            on_confirm: answer,
        }
    }
}

fn kind_of(action: Action, first: bool) -> ButtonKind {
    match action {
        Action::Cancel => ButtonKind::Critical,
        _ if first => ButtonKind::Primary,
        _ => ButtonKind::Secondary,
    }
}

/// Asks for a reason before something is taken away from somebody.
#[component]
pub fn ReasonSheet<R: Copy + PartialEq + 'static>(
    open: bool,
    title: String,
    text: String,
    confirm: String,
    reasons: Vec<(R, String)>,
    on_close: EventHandler<()>,
    on_confirm: EventHandler<R>,
) -> Element {
    let mut chosen = use_signal(|| 0_usize);
    let options =
        reasons.iter().enumerate().map(|(n, (_, words))| ChoiceOption::new(n.to_string(), words.clone()));
    let options: Vec<ChoiceOption> = options.collect();
    let reason = reasons.get(chosen()).map(|(reason, _)| *reason);
    let actions = rsx! {
        Button {
            kind: ButtonKind::Critical,
            onclick: move |()| {
                if let Some(reason) = reason {
                    on_confirm.call(reason);
                }
            },
            {confirm}
        }
    };
    rsx! {
        Sheet { open, title, on_close: move |()| on_close.call(()), actions,
            Choices {
                label: text,
                options,
                value: chosen().to_string(),
                on_change: move |value: String| chosen.set(value.parse().unwrap_or_default()),
            }
        }
    }
}

/// All that the server refused, each with what can be done about it.
#[component]
pub fn RefusalCards(cards: Vec<RefusalCard>, zone: TimeZone) -> Element {
    let reader = use_reader();
    let subject = |card: &RefusalCard| -> Vec<String> {
        let start = card.start.map(|start| words::when(reader, start, &zone));
        [card.patient.clone(), start].into_iter().flatten().collect()
    };
    let look = |card: &RefusalCard| {
        card.leads_to.map(|place| {
            EventHandler::new(move |()| {
                navigator().push(route_of(place));
            })
        })
    };
    rsx! {
        for card in cards {
            RefusedCard {
                key: "{card.refused.command_id}",
                subject: subject(&card),
                zone: zone.clone(),
                on_look: look(&card),
                refused: card.refused,
            }
        }
    }
}

fn route_of(place: LeadsTo) -> Route {
    match place {
        LeadsTo::Visit(id) => Route::Visit { id },
        LeadsTo::Request(id) => Route::Request { id },
        LeadsTo::Schedule(role) => Route::Schedule { role },
        LeadsTo::Leave => Route::LeaveList {},
        LeadsTo::Profile => Route::Profile {},
        LeadsTo::Reviews => Route::Reviews {},
        LeadsTo::Verification => Route::Verification {},
    }
}
