//! Pieces that several screens show.

use dioxus::prelude::*;
use jiff::{Timestamp, tz::TimeZone};
use mediconnect_core::{
    StoreError,
    views::doctor::{
        refusals::{LeadsTo, Refused, with_start},
        visits::{Action, VisitLine},
    },
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
    Alternative, Avatar, Button, ButtonKind, ChoiceOption, Choices, EmptyState, ErrorState, OfflineNote,
    PendingClock, PictureKind, RefusalCard, Sheet, Skeleton, StatusChip, SyncLine, SyncStatus, Toast, Tone,
    use_reader, use_texts, use_toasts,
};

use crate::{
    device::{Device, use_device},
    route::Route,
    words,
};

/// The thin line that says whether what is shown is the truth of the moment. Leads to what waits to be sent.
#[component]
pub fn Status() -> Element {
    let sync = use_device().sync();
    let status = match () {
        () if sync.refused > 0 => SyncStatus::Refused(sync.refused),
        () if sync.waiting > 0 && sync.online => SyncStatus::Sending(sync.waiting),
        () if sync.waiting > 0 => SyncStatus::Waiting(sync.waiting),
        () if sync.online => SyncStatus::UpToDate,
        () => SyncStatus::Offline { as_of: sync.last_synced_at },
    };
    rsx! {
        SyncLine {
            status,
            onclick: move |()| {
                navigator().push(Route::Outbox {});
            },
        }
    }
}

/// The device's own store cannot be read.
#[component]
pub fn StoreFailed() -> Element {
    let t = use_texts();
    let device = use_device();
    rsx! {
        ErrorState {
            title: t.get("doctor-store-failed"),
            text: t.get("doctor-store-failed-text"),
            on_retry: move |()| device.look_again(),
        }
    }
}

/// What to show instead of something that could not be read, is loading for the first time, or is not there.
pub fn found<T>(shown: Result<Option<T>, StoreError>, first_sync: bool) -> Result<T, Element> {
    match shown {
        Err(_) => Err(rsx! { StoreFailed {} }),
        Ok(None) if first_sync => Err(rsx! { Skeleton {} }),
        Ok(None) => Err(rsx! { Gone {} }),
        Ok(Some(found)) => Ok(found),
    }
}

/// Above content while there is no connection: how old it is.
#[component]
pub fn AsOf() -> Element {
    let sync = use_device().sync();
    match (sync.online, sync.last_synced_at) {
        (false, Some(as_of)) => rsx! { OfflineNote { as_of } },
        _ => rsx! {},
    }
}

/// Something that is not here, or not any more.
#[component]
pub fn Gone() -> Element {
    let t = use_texts();
    rsx! {
        EmptyState {
            picture: PictureKind::Broken,
            title: t.get("doctor-gone"),
            text: t.get("doctor-gone-text"),
            Button {
                kind: ButtonKind::Secondary,
                onclick: |()| {
                    navigator().replace(Route::Today {});
                },
                {t.get("doctor-to-today")}
            }
        }
    }
}

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
pub fn RefusedCards(refused: Vec<Refused>, zone: TimeZone) -> Element {
    rsx! {
        for one in refused {
            RefusedOne { key: "{one.command_id}", refused: one, zone: zone.clone() }
        }
    }
}

#[component]
fn RefusedOne(refused: Refused, zone: TimeZone) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let (title, text) = words::refusal(reader, &refused.refusal);
    let start = refused.start.map(|start| words::when(reader, start, &zone));
    let subject: Vec<String> =
        [words::wanted(t, &refused), refused.patient.clone(), start].into_iter().flatten().collect();
    let alternative =
        |start: &Timestamp| Alternative { key: start.to_string(), label: words::when(reader, *start, &zone) };
    let id = refused.command_id;
    let command = refused.command.clone();
    let ask_instead = move |key: String| {
        let other = key.parse().ok().zip(command.as_ref());
        let other = other.and_then(|(start, command)| with_start(command, start, device.new_id()));
        if let Some(other) = other {
            replace(device, id, other, reader, toasts);
        }
    };
    let look = refused.leads_to.map(|place| {
        EventHandler::new(move |()| {
            navigator().push(route_of(place));
        })
    });
    let retry = refused.may_retry.then(|| EventHandler::new(move |()| device.retry(id, toasts)));
    rsx! {
        RefusalCard {
            title,
            text,
            subject: (!subject.is_empty()).then(|| subject.join(" · ")),
            alternatives: refused.other_times.iter().map(alternative).collect::<Vec<_>>(),
            on_choose: ask_instead,
            on_look: look,
            on_retry: retry,
            on_discard: move |()| device.discard(id, toasts),
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
        LeadsTo::Verification => Route::Verification {},
    }
}

fn replace(
    device: Device,
    refused: mediconnect_domain::CommandId,
    other: Command,
    reader: mediconnect_ui::Reader,
    toasts: mediconnect_ui::Toasts,
) {
    match device.replace(refused, other) {
        Ok(_) => toasts.show(Toast::new(Tone::Accent, reader.texts().get("doctor-asked-instead"))),
        Err(no) => toasts.show(Toast::new(Tone::Critical, no.words(reader).1)),
    }
}
