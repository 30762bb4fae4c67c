//! The schedule editor of one workplace: hours, days that differ, kinds of visit, rules, and what a change would do.
//!
//! The draft lives in the app's drafts until it is saved or let go, so looking at the calendar in between loses nothing.

mod dates;
mod hours;
mod kinds;
mod outlook;
mod terms;

use dioxus::prelude::*;
use mediconnect_app::{AsOf, Gone, Status, back, use_device};
use mediconnect_core::views::doctor::{
    practice::Workplace,
    preview::{Preview, preview},
    schedule::problems,
};
use mediconnect_domain::{
    RoleId,
    scheduling::{rules::Rules, schedule::SaveSchedule},
    valid::FieldError,
};
use mediconnect_ui::{
    ActionBar, Button, ButtonKind, EmptyState, ErrorSummary, FieldProblem, Glyph, ListRow, Screen, Skeleton,
    Texts, Toast, Tone, use_now, use_texts, use_toasts,
};

use crate::{drafts::use_drafts, practice::use_practice, route::Route, words};

/// The workplaces, each with its schedule.
#[component]
pub fn Schedules() -> Element {
    let t = use_texts();
    let device = use_device();
    let practice = use_practice();
    rsx! {
        Screen { title: t.get("doctor-schedule"), on_back: |()| back(), line: rsx! { Status {} },
            if practice.places.is_empty() && device.is_first_sync() {
                Skeleton {}
            } else if practice.places.is_empty() {
                EmptyState { title: t.get("doctor-missing-role"), text: t.get("doctor-missing-role-text") }
            } else {
                div { class: "card card--list",
                    for place in practice.places {
                        PlaceRow { key: "{place.role_id}", place }
                    }
                }
            }
        }
    }
}

#[component]
fn PlaceRow(place: Workplace) -> Element {
    let t = use_texts();
    let role = place.role_id;
    let minutes: u32 = place
        .rules()
        .map(|rules| {
            rules.weekly.iter().map(|block| u32::from(block.end_min.saturating_sub(block.start_min))).sum()
        })
        .unwrap_or_default();
    rsx! {
        ListRow {
            title: place.clinic.clone(),
            detail: t.with("doctor-hours-a-week", &[("hours", t.duration(minutes).into())]),
            glyph: Glyph::Clock,
            onclick: move |()| {
                navigator().push(Route::Schedule { role });
            },
        }
    }
}

/// Where a field of the rules is on the page: `weekly[2].end_min` is `schedule-weekly-2-end_min`.
fn field_id(path: &str) -> String {
    format!("schedule-{}", path.replace(['[', '.'], "-").replace(']', ""))
}

/// The draft with its errors, for the parts of the editor.
#[derive(Clone, PartialEq)]
struct Edited {
    pub rules: Rules,
    wrong: Vec<FieldError>,
}

impl Edited {
    /// What is wrong with the field at this path, in words.
    pub fn error(&self, t: Texts, path: &str) -> Option<String> {
        self.wrong.iter().find(|error| error.path == path).map(|error| words::field_error(t, error))
    }
}

#[component]
pub fn Schedule(role: RoleId) -> Element {
    let t = use_texts();
    let practice = use_practice();
    let place = practice.places.iter().find(|place| place.role_id == role).cloned();
    match place.filter(|place| place.schedule.is_some()) {
        Some(place) => rsx! { Editor { key: "{role}", place } },
        None => rsx! {
            Screen { title: t.get("doctor-schedule"), on_back: |()| back(),
                Gone {}
            }
        },
    }
}

#[component]
fn Editor(place: Workplace) -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let mut drafts = use_drafts().schedules;
    let role = place.role_id;
    let Some(saved) = place.rules().cloned() else { return rsx! {} };
    let rules = drafts.read().get(&role).cloned().unwrap_or_else(|| saved.clone());
    let wrong = problems(role, &rules);
    let outlook = match wrong.is_empty() {
        true => device.read(|records| preview(records, &place, &rules, now)).unwrap_or_default(),
        false => Preview::default(),
    };
    let on_change = use_callback(move |rules: Rules| {
        drafts.write().insert(role, rules);
    });
    let summary: Vec<FieldProblem> = wrong
        .iter()
        .map(|error| FieldProblem::new(field_id(&error.path), words::field_error(t, error)))
        .collect();
    let edited = Edited { rules: rules.clone(), wrong };
    let changed = rules != saved;
    let footer = changed.then(|| {
        rsx! {
            SaveBar { role, edited: edited.clone(), outlook: outlook.clone(), on_close: move |()| {
                drafts.write().remove(&role);
            } }
        }
    });
    rsx! {
        Screen { title: place.clinic.clone(), on_back: |()| back(), line: rsx! { Status {} }, footer,
            AsOf {}
            p { class: "muted", {t.with("doctor-schedule-zone", &[("zone", t.zone(place.zone.name()).into())])} }
            ErrorSummary { problems: summary }
            hours::Hours { edited: edited.clone(), on_change }
            dates::Dates { edited: edited.clone(), on_change }
            kinds::Kinds { edited: edited.clone(), on_change }
            terms::Terms { edited: edited.clone(), on_change }
            outlook::Outlook { outlook, zone: place.zone.rules(), changed }
        }
    }
}

/// Saving, with what it would do in one sentence.
#[component]
fn SaveBar(role: RoleId, edited: Edited, outlook: Preview, on_close: EventHandler<()>) -> Element {
    let t = use_texts();
    let device = use_device();
    let toasts = use_toasts();
    let broken = !edited.wrong.is_empty();
    let rules = edited.rules.clone();
    let save = move |()| {
        if !broken && device.send(SaveSchedule { role_id: role, rules: rules.clone() }, toasts) {
            toasts.show(Toast::new(Tone::Accent, t.get("doctor-saved")));
            on_close.call(());
        }
    };
    let words = if broken { t.get("doctor-schedule-broken") } else { outlook::sentence(t, &outlook) };
    rsx! {
        ActionBar { summary: rsx! { p { class: "small strong", role: "status", {words} } },
            Button { kind: ButtonKind::Quiet, onclick: move |()| on_close.call(()), {t.get("action-discard")} }
            Button { disabled: broken, onclick: save, {t.get("action-save")} }
        }
    }
}
