//! A refused command as both apps show it.

use dioxus::prelude::*;
use jiff::{Timestamp, tz::TimeZone};
use mediconnect_core::views::refusals::Refused;
use mediconnect_ui::{Alternative, RefusalCard, Toast, Tone, use_reader, use_toasts};

use crate::{use_device, words};

/// What was refused and why, with all that can be done about it in one tap.
#[component]
pub fn RefusedCard(
    refused: Refused,
    /// What it was about, beyond what was wanted: names and times in words.
    subject: Vec<String>,
    /// The clock of the other times.
    zone: TimeZone,
    /// Looks for more times than those shown.
    #[props(default)]
    on_keep_looking: Option<EventHandler<()>>,
    /// Opens what it was about.
    #[props(default)]
    on_look: Option<EventHandler<()>>,
    /// Opens what was entered, to be changed and sent anew.
    #[props(default)]
    on_edit: Option<EventHandler<()>>,
) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let now = (reader.now)();
    let why = t.refusal(&refused.refusal, &zone, now);
    let wanted = refused.command.as_ref().and_then(|command| words::command(t, command.name()));
    let about: Vec<String> = wanted.into_iter().chain(subject).collect();
    let alternative =
        |start: &Timestamp| Alternative { key: start.to_string(), label: t.when_in(*start, &zone, now) };
    let alternatives: Vec<Alternative> = refused.other_times.iter().map(alternative).collect();
    let id = refused.command_id;
    let retry = refused.may_retry.then(|| EventHandler::new(move |()| device.retry(id, toasts)));
    let ask_instead = move |key: String| {
        if key.parse().is_ok_and(|start| device.ask_instead(&refused, start, toasts)) {
            toasts.show(Toast::new(Tone::Accent, t.get("app-asked-instead")));
        }
    };
    rsx! {
        RefusalCard {
            title: why.title,
            text: why.text,
            subject: (!about.is_empty()).then(|| about.join(" · ")),
            alternatives,
            on_choose: ask_instead,
            on_keep_looking,
            on_look,
            on_edit,
            on_retry: retry,
            on_discard: move |()| device.discard(id, toasts),
        }
    }
}
