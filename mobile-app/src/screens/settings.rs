//! How the app looks, speaks and tells; what it keeps on this phone; leaving.

use dioxus::prelude::*;
use mediconnect_domain::{Kind, Zone, settings::NoticeSettings};
use mediconnect_ui::{
    DetailList, DetailRow, Glyph, ListRow, Screen, Section, Switch, screens::SettingsPanel, use_reader,
    use_toasts,
};

use super::sign_out::SignOut;
use crate::{Place, Status, back, reading, use_device, words};

/// `waitlist` says whether the app has notices of the waitlist. On `on_leave`, what the app has in memory of the account
/// is to be let go.
#[component]
pub fn Settings(#[props(default)] waitlist: bool, on_leave: EventHandler<()>) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let stored = device.read(reading::stored).ok().flatten();
    let told = stored.as_ref().map(|stored| stored.notices).unwrap_or_default();
    let zone = stored.map(|stored| stored.zone);
    let zone = zone.or_else(|| reader.zone().iana_name().and_then(Zone::new)).unwrap_or_else(Zone::utc);
    let keep = use_callback(move |told: NoticeSettings| {
        device.send(reading::chosen(reader, zone.clone(), told), toasts);
    });
    rsx! {
        Screen { title: t.get("settings-title"), on_back: |()| back(), line: rsx! { Status {} },
            SettingsPanel {
                on_language: move |_| keep.call(told),
                on_theme: move |_| keep.call(told),
                on_text_size: move |_| keep.call(told),
            }
            Section { title: t.get("app-settings-notices"),
                div { class: "card",
                    Switch {
                        label: t.get("app-settings-visits"),
                        detail: t.get("app-settings-visits-detail"),
                        on: told.visits,
                        on_change: move |visits| keep.call(NoticeSettings { visits, ..told }),
                    }
                    Switch {
                        label: t.get("app-settings-requests"),
                        detail: t.get("app-settings-requests-detail"),
                        on: told.requests,
                        on_change: move |requests| keep.call(NoticeSettings { requests, ..told }),
                    }
                    if waitlist {
                        Switch {
                            label: t.get("app-settings-waitlist"),
                            detail: t.get("app-settings-waitlist-detail"),
                            on: told.waitlist,
                            on_change: move |waitlist| keep.call(NoticeSettings { waitlist, ..told }),
                        }
                    }
                }
            }
            Section { title: t.get("app-settings-account"),
                div { class: "card card--list",
                    ListRow { title: t.get("account-security"), detail: t.get("account-security-detail"), glyph: Glyph::Shield, onclick: |()| Place::Security.open() }
                    ListRow { title: t.get("account-lock"), detail: t.get("account-lock-detail"), glyph: Glyph::Lock, onclick: |()| Place::AppLock.open() }
                    ListRow { title: t.get("app-password"), glyph: Glyph::Key, onclick: |()| Place::Password.open() }
                    ListRow { title: t.get("app-sessions"), glyph: Glyph::Device, onclick: |()| Place::Sessions.open() }
                }
            }
            OnThisPhone {}
            SignOut { on_leave }
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
        "platform" => "app-settings-keys-platform",
        _ => "app-settings-keys-file",
    };
    rsx! {
        Section { title: t.get("app-settings-held"),
            div { class: "card",
                DetailList {
                    DetailRow { name: t.get("app-settings-size"), glyph: Glyph::Device,
                        {t.with("app-settings-megabytes", &[("n", size.into())])}
                    }
                    DetailRow { name: t.get("app-settings-records"), glyph: Glyph::Document,
                        {t.number(rows.unwrap_or_default() as i64)}
                    }
                    DetailRow { name: t.get("app-settings-safe"), glyph: Glyph::Shield, {t.get(keys)} }
                    if let Some(at) = device.sync().last_synced_at {
                        DetailRow { name: t.get("app-settings-synced"), glyph: Glyph::Retry, {words::when(reader, at)} }
                    }
                }
            }
        }
    }
}
