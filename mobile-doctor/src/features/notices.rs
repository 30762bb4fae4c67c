//! What the doctor was told, the latest first.

use dioxus::prelude::*;
use mediconnect_core::views::doctor::notices::{LeadsTo, NoticeLine, leads_to, notices};
use mediconnect_domain::{NoticeId, notices::read::MarkNoticesRead};
use mediconnect_ui::{
    Button, ButtonKind, EmptyState, PictureKind, Screen, Skeleton, use_now, use_reader, use_texts, use_toasts,
};

use crate::{
    device::use_device,
    frame::back,
    parts::{AsOf, Status, StoreFailed},
    route::Route,
    words,
};

/// As many as one command takes.
const AT_ONCE: usize = 200;

#[component]
pub fn Notices() -> Element {
    let t = use_texts();
    let device = use_device();
    let toasts = use_toasts();
    let shown = device.read(notices);
    let unread: Vec<NoticeId> =
        shown.iter().flatten().filter(|line| line.unread).map(|line| line.id).take(AT_ONCE).collect();
    let all_read = (!unread.is_empty()).then(|| {
        rsx! {
            Button {
                kind: ButtonKind::Quiet,
                small: true,
                onclick: move |()| {
                    device.send(MarkNoticesRead { notice_ids: unread.clone() }, toasts);
                },
                {t.get("doctor-notices-all-read")}
            }
        }
    });
    rsx! {
        Screen { title: t.get("doctor-notices"), on_back: |()| back(), line: rsx! { Status {} }, actions: all_read,
            AsOf {}
            match shown {
                Err(_) => rsx! { StoreFailed {} },
                Ok(lines) if lines.is_empty() && device.is_first_sync() => rsx! { Skeleton {} },
                Ok(lines) if lines.is_empty() => rsx! {
                    EmptyState { picture: PictureKind::Done, title: t.get("doctor-notices-none"), text: t.get("doctor-notices-none-text") }
                },
                Ok(lines) => rsx! {
                    div { class: "card card--list",
                        for line in lines {
                            NoticeRow { key: "{line.id}", line }
                        }
                    }
                },
            }
        }
    }
}

#[component]
fn NoticeRow(line: NoticeLine) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let (title, text) = words::notice(reader, &line.subject);
    let (id, unread) = (line.id, line.unread);
    let leads = leads_to(&line.subject);
    rsx! {
        button {
            class: "list-row notice-row",
            r#type: "button",
            "data-unread": unread,
            onclick: move |_| {
                if unread {
                    device.send(MarkNoticesRead { notice_ids: vec![id] }, toasts);
                }
                match leads {
                    Some(LeadsTo::Visit(id)) => navigator().push(Route::Visit { id }),
                    Some(LeadsTo::Request(id)) => navigator().push(Route::Request { id }),
                    Some(LeadsTo::Verification) => navigator().push(Route::Verification {}),
                    None => None,
                };
            },
            span { class: "list-row__words",
                span { class: "list-row__title", {title}
                    if unread {
                        span { class: "visually-hidden", ", " {t.get("doctor-unread")} }
                    }
                }
                span { class: "small muted as-block", {text} }
                span { class: "tiny muted as-block", {t.relative(line.at, use_now())} }
            }
        }
    }
}
