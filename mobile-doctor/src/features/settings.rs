//! How the app looks and speaks, what it tells, and on which devices the account is open.

use dioxus::prelude::*;
use mediconnect_domain::{
    Zone,
    settings::{self, NoticeSettings, save::SaveSettings},
    sign_in::SessionLine,
};
use mediconnect_ui::{
    Button, ButtonKind, Card, Dialog, ErrorState, ErrorSummary, FieldProblem, Form, Glyph, Icon, ListRow,
    PasswordField, Screen, Section, Skeleton, StatusChip, Switch, TextSize, Texts, Theme, Toast, Tone,
    screens::SettingsPanel, use_now, use_reader, use_texts, use_toasts,
};

use crate::{
    device::{sign_in_words, use_device},
    drafts::use_drafts,
    frame::back,
    parts::Status,
    route::Route,
    words,
};

pub fn shown_theme(theme: settings::Theme) -> Theme {
    match theme {
        settings::Theme::Device => Theme::System,
        settings::Theme::Light => Theme::Light,
        settings::Theme::Dark => Theme::Dark,
    }
}

fn stored_theme(theme: Theme) -> settings::Theme {
    match theme {
        Theme::System => settings::Theme::Device,
        Theme::Light => settings::Theme::Light,
        Theme::Dark => settings::Theme::Dark,
    }
}

/// What is stored knows three sizes; the fourth is the largest of them.
pub fn shown_text_size(size: settings::TextSize) -> TextSize {
    match size {
        settings::TextSize::Normal => TextSize::Normal,
        settings::TextSize::Large => TextSize::Large,
        settings::TextSize::Largest => TextSize::Largest,
    }
}

fn stored_text_size(size: TextSize) -> settings::TextSize {
    match size {
        TextSize::Normal => settings::TextSize::Normal,
        TextSize::Large | TextSize::Larger => settings::TextSize::Large,
        TextSize::Largest => settings::TextSize::Largest,
    }
}

#[component]
pub fn Settings() -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let stored =
        device.read(|records| records.get::<settings::Settings>(records.account_id().0)).ok().flatten();
    let told = stored.as_ref().map(|stored| stored.notices).unwrap_or_default();
    let zone = stored.map(|stored| stored.zone);
    let zone = zone.or_else(|| reader.zone().iana_name().and_then(Zone::new)).unwrap_or_else(Zone::utc);
    let save = use_callback(move |notices: NoticeSettings| {
        let command = SaveSettings {
            language: words::stored_language((reader.language)()),
            theme: stored_theme((reader.theme)()),
            text_size: stored_text_size((reader.text_size)()),
            zone: zone.clone(),
            notices,
        };
        device.send(command, toasts);
    });
    let push = |route: Route| {
        navigator().push(route);
    };
    rsx! {
        Screen { title: t.get("settings-title"), on_back: |()| back(), line: rsx! { Status {} },
            SettingsPanel {
                on_language: move |_| save.call(told),
                on_theme: move |_| save.call(told),
                on_text_size: move |_| save.call(told),
            }
            Section { title: t.get("doctor-settings-notices"),
                Card {
                    Switch {
                        label: t.get("doctor-settings-notices-visits"),
                        detail: t.get("doctor-settings-notices-visits-text"),
                        on: told.visits,
                        on_change: move |visits| save.call(NoticeSettings { visits, ..told }),
                    }
                    Switch {
                        label: t.get("doctor-settings-notices-requests"),
                        detail: t.get("doctor-settings-notices-requests-text"),
                        on: told.requests,
                        on_change: move |requests| save.call(NoticeSettings { requests, ..told }),
                    }
                }
            }
            Section { title: t.get("doctor-settings-account"),
                div { class: "card card--list",
                    ListRow { title: t.get("doctor-password-change"), glyph: Glyph::Key, onclick: move |()| push(Route::Password {}) }
                    ListRow { title: t.get("doctor-devices"), glyph: Glyph::Device, onclick: move |()| push(Route::Devices {}) }
                }
                p { class: "small muted", {key_store(t, device.client().key_store())} }
            }
            SignOut {}
        }
    }
}

/// Where the key of this device's data lies, by the store's code.
fn key_store(t: Texts, code: &str) -> String {
    match code {
        "platform" => t.get("doctor-key-platform"),
        _ => t.get("doctor-key-file"),
    }
}

/// Ends the session and wipes what lies on this device. Says first what would be lost.
#[component]
fn SignOut() -> Element {
    let t = use_texts();
    let device = use_device();
    let drafts = use_drafts();
    let toasts = use_toasts();
    let mut asks = use_signal(|| false);
    let mut busy = use_signal(|| false);
    let waiting = device.pending().len();
    let sign_out = move |()| {
        busy.set(true);
        spawn(async move {
            let ended = device.client().sign_out().await;
            busy.set(false);
            asks.set(false);
            match ended {
                Ok(()) => {
                    drafts.clear();
                    device.look_again();
                    navigator().replace(Route::Welcome {});
                }
                Err(error) => toasts.show(Toast::new(Tone::Critical, sign_in_words(t, &error))),
            }
        });
    };
    let actions = rsx! {
        Button { kind: ButtonKind::Secondary, onclick: move |()| asks.set(false), {t.get("action-cancel")} }
        Button { kind: ButtonKind::Critical, busy: busy(), onclick: sign_out, {t.get("action-sign-out")} }
    };
    rsx! {
        Button { kind: ButtonKind::Critical, wide: true, glyph: Glyph::SignOut, onclick: move |()| asks.set(true), {t.get("doctor-sign-out")} }
        Dialog { open: asks(), title: t.get("doctor-sign-out"), on_close: move |()| asks.set(false), actions,
            p { {t.get("doctor-sign-out-text")} }
            if waiting > 0 {
                p { class: "notice", "data-tone": "critical",
                    Icon { glyph: Glyph::Alert }
                    span { {t.with("doctor-sign-out-waiting", &[("n", waiting.into())])} }
                }
            }
        }
    }
}

#[component]
pub fn Devices() -> Element {
    let t = use_texts();
    let device = use_device();
    let mut sessions = use_resource(move || async move { device.client().sessions().await });
    rsx! {
        Screen { title: t.get("doctor-devices"), on_back: |()| back(),
            p { class: "muted", {t.get("doctor-devices-text")} }
            match &*sessions.read() {
                None => rsx! { Skeleton {} },
                Some(Err(error)) => rsx! {
                    ErrorState { text: sign_in_words(t, error), on_retry: move |()| sessions.restart() }
                },
                Some(Ok(lines)) => rsx! {
                    for line in lines.clone() {
                        SessionCard { key: "{line.id}", line, on_ended: move |()| sessions.restart() }
                    }
                },
            }
        }
    }
}

#[component]
fn SessionCard(line: SessionLine, on_ended: EventHandler<()>) -> Element {
    let t = use_texts();
    let device = use_device();
    let toasts = use_toasts();
    let id = line.id;
    let end = move |()| {
        spawn(async move {
            match device.client().revoke_session(id).await {
                Ok(()) => on_ended.call(()),
                Err(error) => toasts.show(Toast::new(Tone::Critical, sign_in_words(t, &error))),
            }
        });
    };
    rsx! {
        Card { label: line.device_name.clone(),
            div { class: "row row--apart",
                p { class: "strong", {line.device_name.clone()} }
                if line.current {
                    StatusChip { tone: Tone::Positive, label: t.get("doctor-this-device") }
                }
            }
            p { class: "small muted", {t.with("doctor-last-used", &[("when", t.relative(line.last_used_at, use_now()).into())])} }
            if !line.current {
                Button { small: true, kind: ButtonKind::Critical, onclick: end, {t.get("doctor-end-session")} }
            }
        }
    }
}

const SHORTEST_PASSWORD: usize = 10;

#[component]
pub fn Password() -> Element {
    let t = use_texts();
    let device = use_device();
    let toasts = use_toasts();
    let mut current = use_signal(String::new);
    let mut new = use_signal(String::new);
    let mut tried = use_signal(|| false);
    let mut busy = use_signal(|| false);
    let mut refused = use_signal(|| None::<String>);
    let short = new.read().chars().count() < SHORTEST_PASSWORD;
    let error = (tried() && short).then(|| t.get("doctor-wrong-password"));
    let problems: Vec<FieldProblem> =
        error.iter().map(|text| FieldProblem::new("password-new", text.clone())).collect();
    let change = move |()| {
        tried.set(true);
        if busy() || new.read().chars().count() < SHORTEST_PASSWORD {
            return;
        }
        busy.set(true);
        refused.set(None);
        spawn(async move {
            let (old, chosen) = (current(), new());
            let answer = device.client().change_password(&old, &chosen).await;
            busy.set(false);
            match answer {
                Ok(()) => {
                    toasts.show(Toast::new(Tone::Positive, t.get("doctor-password-changed")));
                    back();
                }
                Err(error) => refused.set(Some(sign_in_words(t, &error))),
            }
        });
    };
    rsx! {
        Screen { title: t.get("doctor-password-change"), on_back: |()| back(),
            Form { label: t.get("doctor-password-change"), on_submit: change,
                ErrorSummary { problems }
                if let Some(refused) = refused() {
                    p { class: "notice", role: "alert", "data-tone": "critical",
                        Icon { glyph: Glyph::Error }
                        span { {refused} }
                    }
                }
                PasswordField { label: t.get("doctor-password-now"), value: current(), on_change: move |text| current.set(text) }
                PasswordField {
                    id: "password-new",
                    label: t.get("doctor-password-new"),
                    help: t.get("doctor-password-help"),
                    choosing: true,
                    value: new(),
                    error,
                    on_change: move |text| new.set(text),
                }
                Button { submit: true, wide: true, busy: busy(), {t.get("action-save")} }
            }
        }
    }
}
