//! What happened while one was away.

use dioxus::prelude::*;
use mediconnect_core::views::patient::notices::{LeadsTo, NoticeLine, notices};
use mediconnect_domain::{NoticeId, notices::read::MarkNoticesRead};
use mediconnect_ui::{Button, ButtonKind, EmptyState, Screen, use_reader, use_texts, use_toasts};

use crate::{
    device::use_device,
    frame::back,
    parts::{AsOf, Status, instead_of_list},
    route::Route,
    words,
};

#[component]
pub fn Notices() -> Element {
    let t = use_texts();
    let device = use_device();
    let toasts = use_toasts();
    let shown = device.read(notices);
    let unread: Vec<NoticeId> =
        shown.iter().flatten().filter(|notice| notice.unread).map(|notice| notice.id).collect();
    let empty = || {
        rsx! {
            EmptyState { title: t.get("patient-no-notices"), text: t.get("patient-no-notices-text") }
        }
    };
    let instead = instead_of_list(&shown, device.is_first_sync(), empty);
    let some_unread = !unread.is_empty();
    rsx! {
        Screen { title: t.get("patient-notices"), on_back: |()| back(), line: rsx! { Status {} },
            AsOf {}
            if some_unread {
                div { class: "row",
                    Button {
                        small: true,
                        kind: ButtonKind::Secondary,
                        onclick: move |()| {
                            device.send(MarkNoticesRead { notice_ids: unread.clone() }, toasts);
                        },
                        {t.get("patient-mark-read")}
                    }
                }
            }
            if let Some(instead) = instead {
                {instead}
            } else if let Ok(lines) = shown {
                ul { class: "card card--list",
                    for line in lines {
                        li { key: "{line.id}", Line { line } }
                    }
                }
            }
        }
    }
}

#[component]
fn Line(line: NoticeLine) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let (title, text) = words::notice(reader, &line.subject);
    let open = move |_| {
        if line.unread {
            device.send(MarkNoticesRead { notice_ids: vec![line.id] }, toasts);
        }
        let to = match line.leads_to {
            Some(LeadsTo::Visit(id)) => Route::Visit { id },
            Some(LeadsTo::Request(id)) => Route::Request { id },
            Some(LeadsTo::Waitlist) => Route::Waitlist {},
            Some(LeadsTo::People) => Route::People {},
            None => return,
        };
        navigator().push(to);
    };
    rsx! {
        button { class: "list-row notice-line", r#type: "button", "data-unread": line.unread, onclick: open,
            span { class: "list-row__words",
                span { class: "list-row__title",
                    if line.unread {
                        span { class: "notice-line__dot", role: "img", aria_label: t.get("patient-unread") }
                    }
                    {title}
                }
                span { class: "small as-block", {text} }
                span { class: "tiny muted as-block", {words::when(reader, line.at)} }
            }
        }
    }
}
