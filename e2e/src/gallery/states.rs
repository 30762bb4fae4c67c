//! Lists without content, the sync line, refusals.

use dioxus::prelude::*;
use mediconnect_ui::{
    Alternative, Button, EmptyState, ErrorState, OfflineNote, PictureKind, RefusalCard, Section, Skeleton,
    SyncLine, SyncStatus, use_texts,
};

use super::at;

#[component]
pub fn States() -> Element {
    rsx! {
        Section { title: "Sync",
            SyncLine { status: SyncStatus::UpToDate }
            SyncLine { status: SyncStatus::Offline { as_of: Some(at(0, 10, 2)) } }
            SyncLine { status: SyncStatus::Offline { as_of: Some(at(-1, 18, 30)) } }
            SyncLine { status: SyncStatus::Waiting(2), onclick: |()| {} }
            SyncLine { status: SyncStatus::Sending(1) }
            SyncLine { status: SyncStatus::Refused(1), onclick: |()| {} }
        }
        Section { title: "Lists",
            OfflineNote { as_of: at(0, 10, 2) }
            Skeleton { rows: 2 }
            EmptyState { picture: PictureKind::Calendar, title: "No visits yet", text: "Find a doctor and book the first one.",
                Button { "Find a doctor" }
            }
            EmptyState { picture: PictureKind::Search, title: "No doctor fits all of this", text: "Try fewer filters or a longer way." }
            EmptyState { picture: PictureKind::Offline, title: "Times need a connection" }
            EmptyState { picture: PictureKind::People, title: "Nobody waits for an answer" }
            EmptyState { picture: PictureKind::Done, title: "Booked", text: "Tomorrow, 09:30 with Dr. Asha Rao" }
            ErrorState { on_retry: |()| {} }
        }
    }
}

#[component]
pub fn Refusals() -> Element {
    let t = use_texts();
    let other =
        |key: &str, at| Alternative { key: key.into(), label: t.when_in(at, &super::zone(), super::now()) };
    rsx! {
        RefusalCard {
            title: t.get("refusal-slot-taken-title"),
            text: t.get("refusal-slot-taken"),
            subject: "Dr. Asha Rao, {t.when_in(at(1, 9, 30), &super::zone(), super::now())}",
            alternatives: vec![other("a", at(1, 10, 0)), other("b", at(1, 11, 30)), other("c", at(3, 9, 0))],
            on_keep_looking: |()| {},
            on_discard: |()| {},
        }
        RefusalCard {
            title: t.get("refusal-depends-on-refused-title"),
            text: t.get("refusal-depends-on-refused"),
            on_retry: |()| {},
            on_edit: |()| {},
            on_discard: |()| {},
        }
    }
}
