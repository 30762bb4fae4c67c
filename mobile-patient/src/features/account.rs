//! The way to everything about oneself.

use dioxus::prelude::*;
use mediconnect_app::{Status, back, use_device};
use mediconnect_core::views::patient::people::people;
use mediconnect_ui::{Avatar, EmailAddress, Glyph, ListRow, Screen, use_now, use_texts};

use crate::route::Route;

#[component]
pub fn Account() -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let session = device.client().session();
    let people = device.read(|records| people(records, now)).unwrap_or_default();
    let me = people.iter().find(|person| person.is_me()).map(|person| person.patient_id);
    let rows = [
        me.map(|id| ("patient-profile", Glyph::Account, Route::Profile { id })),
        Some(("patient-people", Glyph::People, Route::People {})),
        Some(("patient-requests", Glyph::Inbox, Route::Requests {})),
        Some(("patient-waitlist", Glyph::Waiting, Route::Waitlist {})),
        Some(("app-notices", Glyph::Bell, Route::Notices {})),
        Some(("app-words", Glyph::Key, Route::RecoveryWords {})),
        Some(("app-outbox", Glyph::Upload, Route::Outbox {})),
        Some(("settings-title", Glyph::Settings, Route::Settings {})),
    ];
    rsx! {
        Screen { title: t.get("patient-account"), on_back: |()| back(), line: rsx! { Status {} },
            if let Some(session) = session {
                div { class: "visit-card__who",
                    Avatar { name: session.name.clone(), large: true }
                    div { class: "visit-card__words",
                        h2 { {session.name.clone()} }
                        p { class: "muted",
                            EmailAddress { address: session.email }
                        }
                    }
                }
            }
            div { class: "card card--list",
                for (key, glyph, route) in rows.into_iter().flatten() {
                    ListRow {
                        key: "{key}",
                        title: t.get(key),
                        glyph,
                        onclick: move |()| {
                            navigator().push(route.clone());
                        },
                    }
                }
            }
        }
    }
}
