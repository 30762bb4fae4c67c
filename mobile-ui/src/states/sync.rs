//! The thin line that tells whether what is shown is the truth of the moment, and the clock on what is not sent yet.

use dioxus::prelude::*;
use jiff::Timestamp;

use crate::{Glyph, Icon, Reader, use_now, use_reader, use_texts};

/// How the device stands to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyncStatus {
    UpToDate,
    /// Without a connection; `as_of` is the last moment everything was up to date.
    Offline {
        as_of: Option<Timestamp>,
    },
    /// Changes made here that the server has not seen.
    Waiting(u32),
    Sending(u32),
    /// Changes the server did not accept: they wait for a decision.
    Refused(u32),
}

impl SyncStatus {
    fn look(self) -> (&'static str, Glyph) {
        match self {
            Self::UpToDate => ("neutral", Glyph::Check),
            Self::Offline { .. } => ("caution", Glyph::Offline),
            Self::Waiting(_) => ("caution", Glyph::Clock),
            Self::Sending(_) => ("accent", Glyph::Upload),
            Self::Refused(_) => ("critical", Glyph::Error),
        }
    }
}

/// One line under the top bar. Pressed, it leads to what waits.
#[component]
pub fn SyncLine(status: SyncStatus, #[props(default)] onclick: Option<EventHandler<()>>) -> Element {
    let t = use_texts();
    let (tone, glyph) = status.look();
    let words = match status {
        SyncStatus::UpToDate => t.get("sync-up-to-date"),
        SyncStatus::Offline { as_of: None } => t.get("sync-offline-never"),
        SyncStatus::Offline { as_of: Some(as_of) } => {
            t.with("sync-offline", &[("time", moment(use_reader(), as_of, use_now()).into())])
        }
        SyncStatus::Waiting(n) => t.with("sync-waiting", &[("n", n.into())]),
        SyncStatus::Sending(n) => t.with("sync-sending", &[("n", n.into())]),
        SyncStatus::Refused(n) => t.with("sync-refused", &[("n", n.into())]),
    };
    let pill = rsx! {
        span { class: "sync-line__words",
            Icon { glyph }
            span { {words} }
        }
    };
    rsx! {
        div { class: "sync-line", role: "status", "data-tone": tone,
            if let Some(onclick) = onclick {
                button { class: "sync-line__press", r#type: "button", onclick: move |_| onclick.call(()), {pill} }
            } else {
                {pill}
            }
        }
    }
}

/// '10:42' of today, else the day with it.
pub(super) fn moment(reader: Reader, at: Timestamp, now: Timestamp) -> String {
    let (t, zone) = (reader.texts(), reader.zone());
    let here = at.to_zoned(zone.clone());
    match here.date() == now.to_zoned(zone).date() {
        true => t.clock(here.time()),
        false => t.when(&here, now),
    }
}

/// A small clock on something that waits to be sent.
#[component]
pub fn PendingClock() -> Element {
    let t = use_texts();
    rsx! {
        span { class: "pending-clock", role: "img", aria_label: t.get("sync-pending"), title: t.get("sync-pending"),
            Icon { glyph: Glyph::Clock }
        }
    }
}
