//! How the app looks, speaks and tells; what it keeps on this phone; leaving.

use dioxus::prelude::*;
use mediconnect_domain::{
    Kind, Zone,
    settings::{self, NoticeSettings, save::SaveSettings},
};
use mediconnect_ui::{
    Button, ButtonKind, DetailList, DetailRow, Dialog, Glyph, ListRow, Reader, Screen, Section, Switch,
    TextSize, Theme, screens::SettingsPanel, use_reader, use_texts, use_toasts,
};

use crate::{
    device::{Device, use_device},
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
        TextSize::Large => settings::TextSize::Large,
        TextSize::Larger | TextSize::Largest => settings::TextSize::Largest,
    }
}

/// What is chosen now, as the command that keeps it.
fn chosen(reader: Reader, notices: NoticeSettings) -> SaveSettings {
    SaveSettings {
        language: words::stored_language((reader.language)()),
        theme: stored_theme((reader.theme)()),
        text_size: stored_text_size((reader.text_size)()),
        zone: Zone::new(reader.zone().iana_name().unwrap_or("UTC")).unwrap_or_else(Zone::utc),
        notices,
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
    let notices = stored.map(|stored| stored.notices).unwrap_or_default();
    let keep = move |notices: NoticeSettings| {
        device.send(chosen(reader, notices), toasts);
    };
    rsx! {
        Screen { title: t.get("settings-title"), on_back: |()| back(), line: rsx! { Status {} },
            SettingsPanel {
                on_language: move |_| keep(notices),
                on_theme: move |_| keep(notices),
                on_text_size: move |_| keep(notices),
            }
            Section { title: t.get("patient-settings-notices"),
                div { class: "card",
                    Switch {
                        label: t.get("patient-settings-visits"),
                        detail: t.get("patient-settings-visits-detail"),
                        on: notices.visits,
                        on_change: move |visits| keep(NoticeSettings { visits, ..notices }),
                    }
                    Switch {
                        label: t.get("patient-settings-requests"),
                        detail: t.get("patient-settings-requests-detail"),
                        on: notices.requests,
                        on_change: move |requests| keep(NoticeSettings { requests, ..notices }),
                    }
                    Switch {
                        label: t.get("patient-settings-waitlist"),
                        detail: t.get("patient-settings-waitlist-detail"),
                        on: notices.waitlist,
                        on_change: move |waitlist| keep(NoticeSettings { waitlist, ..notices }),
                    }
                }
            }
            Section { title: t.get("patient-settings-account"),
                div { class: "card card--list",
                    ListRow {
                        title: t.get("patient-password"),
                        glyph: Glyph::Lock,
                        onclick: |()| {
                            navigator().push(Route::Password {});
                        },
                    }
                    ListRow {
                        title: t.get("patient-devices"),
                        glyph: Glyph::Device,
                        onclick: |()| {
                            navigator().push(Route::Devices {});
                        },
                    }
                    ListRow {
                        title: t.get("patient-people"),
                        glyph: Glyph::People,
                        onclick: |()| {
                            navigator().push(Route::People {});
                        },
                    }
                }
            }
            OnThisPhone {}
            Leave {}
        }
    }
}

/// What lies here, in numbers.
#[component]
fn OnThisPhone() -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let rows =
        device.read(|records| Kind::ALL.iter().map(|kind| records.count(*kind)).sum::<Result<u64, _>>());
    let bytes = device.client().bytes_held().unwrap_or_default();
    let size = t.decimal(bytes as f64 / 1_000_000.0, 1);
    let keys = match device.client().key_store() {
        "platform" => "patient-settings-keys-platform",
        _ => "patient-settings-keys-file",
    };
    rsx! {
        Section { title: t.get("patient-settings-held"),
            div { class: "card",
                DetailList {
                    DetailRow { name: t.get("patient-settings-size"), glyph: Glyph::Device,
                        {t.with("patient-settings-megabytes", &[("n", size.into())])}
                    }
                    DetailRow { name: t.get("patient-settings-records"), glyph: Glyph::Document,
                        {t.number(rows.unwrap_or_default() as i64)}
                    }
                    DetailRow { name: t.get("patient-settings-safe"), glyph: Glyph::Shield, {t.get(keys)} }
                    if let Some(at) = device.sync().last_synced_at {
                        DetailRow { name: t.get("patient-settings-synced"), glyph: Glyph::Retry, {words::when(reader, at)} }
                    }
                }
            }
        }
    }
}

/// Signing out takes everything of this account off the phone; says what would be lost.
#[component]
fn Leave() -> Element {
    let t = use_texts();
    let device = use_device();
    let mut asking = use_signal(|| false);
    let unsent = device.pending().len();
    rsx! {
        Button { wide: true, kind: ButtonKind::Critical, glyph: Glyph::SignOut, onclick: move |()| asking.set(true),
            {t.get("patient-sign-out")}
        }
        Dialog {
            open: asking(),
            title: t.get("patient-sign-out-question"),
            on_close: move |()| asking.set(false),
            actions: rsx! { LeaveActions { device, on_stay: move |()| asking.set(false) } },
            p { {t.get("patient-sign-out-text")} }
            if unsent > 0 {
                p { class: "strong", {t.with("patient-sign-out-unsent", &[("n", unsent.into())])} }
            }
        }
    }
}

#[component]
fn LeaveActions(device: Device, on_stay: EventHandler<()>) -> Element {
    let t = use_texts();
    let drafts = use_drafts();
    let Reader { mut theme, mut text_size, .. } = use_reader();
    let toasts = use_toasts();
    let mut busy = use_signal(|| false);
    let leave = move |()| {
        busy.set(true);
        dioxus::core::spawn_forever(async move {
            if let Err(error) = device.client().sign_out().await {
                tracing::error!(%error, "the account was not taken off this device");
                let text = crate::device::sign_in_words(t, &error);
                toasts.show(mediconnect_ui::Toast::new(mediconnect_ui::Tone::Critical, text));
            }
            drafts.clear();
            theme.set(Theme::default());
            text_size.set(TextSize::default());
            device.look_again();
        });
    };
    rsx! {
        Button { kind: ButtonKind::Critical, busy: busy(), onclick: leave, {t.get("patient-sign-out")} }
        Button { kind: ButtonKind::Secondary, onclick: move |()| on_stay.call(()), {t.get("action-cancel")} }
    }
}
