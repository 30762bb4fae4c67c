//! The other places of the app.

use dioxus::prelude::*;
use mediconnect_app::{Status, screens::WordsWait, use_device};
use mediconnect_core::views::doctor::profile::profile;
use mediconnect_ui::{Avatar, Chip, EmailAddress, Glyph, ListRow, Rating, Screen, Tone, use_texts};

use crate::{
    frame::{Tabs, attention},
    route::Route,
};

#[component]
pub fn More() -> Element {
    let t = use_texts();
    let device = use_device();
    let session = device.client().session();
    let page = device.read(profile).ok().flatten();
    let unread = attention(device).unread;
    let name = page
        .as_ref()
        .map(|page| page.details.name.clone())
        .or(session.as_ref().map(|session| session.name.clone()));
    let rating = page
        .as_ref()
        .and_then(|page| page.rating.as_ref())
        .and_then(|rating| Some((rating.mean()?, rating.count())));
    let rows = [
        ("doctor-schedule", Glyph::Clock, Route::Schedules {}),
        ("doctor-leave", Glyph::Leave, Route::LeaveList {}),
        ("doctor-profile", Glyph::Account, Route::Profile {}),
        ("doctor-reviews", Glyph::Star, Route::Reviews {}),
        ("doctor-verification", Glyph::Verified, Route::Verification {}),
        ("app-notices", Glyph::Bell, Route::Notices {}),
        ("app-words", Glyph::Key, Route::RecoveryWords {}),
        ("app-outbox", Glyph::Upload, Route::Outbox {}),
        ("settings-title", Glyph::Settings, Route::Settings {}),
    ];
    rsx! {
        Screen { title: t.get("doctor-tab-more"), line: rsx! { Status {} }, tabs: rsx! { Tabs { current: "more" } },
            if let Some(name) = name {
                div { class: "card",
                    div { class: "visit-card__who",
                        Avatar { name: name.clone(), large: true }
                        div { class: "visit-card__words",
                            p { class: "strong large", {name} }
                            if let Some(session) = session {
                                p { class: "small muted",
                                    EmailAddress { address: session.email }
                                }
                            }
                            if let Some((mean, count)) = rating {
                                Rating { mean, count }
                            }
                        }
                    }
                }
            }
            WordsWait {}
            div { class: "card card--list",
                for (key, glyph, route) in rows {
                    ListRow {
                        key: "{key}",
                        title: t.get(key),
                        glyph,
                        end: (key == "app-notices" && unread > 0).then(|| rsx! { Chip { tone: Tone::Critical, {t.number(unread.into())} } }),
                        onclick: move |()| {
                            navigator().push(route.clone());
                        },
                    }
                }
            }
        }
    }
}
