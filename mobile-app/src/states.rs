//! How a screen stands: in step with the server or not, loading, empty, broken.

use dioxus::prelude::*;
use mediconnect_core::StoreError;
use mediconnect_ui::{
    Button, ButtonKind, EmptyState, ErrorState, Glyph, Icon, OfflineNote, PictureKind, Skeleton, SyncLine,
    SyncStatus, use_texts,
};

use crate::{Place, use_device};

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
        SyncLine { status, onclick: |()| Place::Outbox.open() }
    }
}

/// One of a list's states other than its content: loading for the first time, failed, empty. `None` where there is
/// content to show.
pub fn instead_of_list<T>(
    shown: &Result<Vec<T>, StoreError>,
    first_sync: bool,
    empty: impl FnOnce() -> Element,
) -> Option<Element> {
    match shown {
        Err(_) => Some(rsx! { StoreFailed {} }),
        Ok(items) if items.is_empty() && first_sync => Some(rsx! { Skeleton {} }),
        Ok(items) if items.is_empty() => Some(empty()),
        Ok(_) => None,
    }
}

/// The thing to show, or what stands in its place: it could not be read, is coming for the first time, or is not there.
pub fn found<T>(shown: Result<Option<T>, StoreError>, first_sync: bool) -> Result<T, Element> {
    match shown {
        Err(_) => Err(rsx! { StoreFailed {} }),
        Ok(None) if first_sync => Err(rsx! { Skeleton {} }),
        Ok(None) => Err(rsx! { Gone {} }),
        Ok(Some(found)) => Ok(found),
    }
}

/// The device's own store cannot be read.
#[component]
pub fn StoreFailed() -> Element {
    let t = use_texts();
    let device = use_device();
    rsx! {
        ErrorState {
            title: t.get("app-store-failed"),
            text: t.get("app-store-failed-text"),
            on_retry: move |()| device.look_again(),
        }
    }
}

/// Something that is not here, or not any more.
#[component]
pub fn Gone() -> Element {
    let t = use_texts();
    rsx! {
        EmptyState { picture: PictureKind::Broken, title: t.get("app-gone"), text: t.get("app-gone-text"),
            Button { kind: ButtonKind::Secondary, onclick: |()| Place::Home.open_instead(), {t.get("app-to-home")} }
        }
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

/// The server ended the session: the way back in. Nothing here is lost.
#[component]
pub fn SessionEnded() -> Element {
    let t = use_texts();
    if !use_device().sync().session_ended {
        return rsx! {};
    }
    rsx! {
        div { class: "notice", role: "alert", "data-tone": "caution",
            Icon { glyph: Glyph::Alert }
            div { class: "stack",
                p { {t.get("app-session-ended")} }
                div { class: "row",
                    Button { small: true, onclick: |()| Place::SignIn.open(), {t.get("action-sign-in")} }
                }
            }
        }
    }
}

/// What stands in the way, in a sentence, above what it concerns. Nothing where there is none.
#[component]
pub fn Problem(text: Option<String>) -> Element {
    let Some(text) = text else { return rsx! {} };
    rsx! {
        p { class: "notice", role: "alert", "data-tone": "critical",
            Icon { glyph: Glyph::Error }
            span { {text} }
        }
    }
}
