//! What happened while one was away, the latest first.

use dioxus::prelude::*;
use mediconnect_core::views::notices::{NoticeLine, notices};
use mediconnect_domain::{
    NoticeId,
    notices::{Subject, read::MarkNoticesRead},
};
use mediconnect_ui::{Button, ButtonKind, EmptyState, PictureKind, Screen, use_now, use_texts, use_toasts};

use crate::{AsOf, Status, back, instead_of_list, use_device};

/// As many as one command takes.
const AT_ONCE: usize = 200;

/// `words` gives the title and the text of a notice, `on_open` leads to what it is about.
#[component]
pub fn Notices(words: Callback<Subject, (String, String)>, on_open: EventHandler<Subject>) -> Element {
    let t = use_texts();
    let device = use_device();
    let toasts = use_toasts();
    let shown = device.read(notices);
    let unread: Vec<NoticeId> =
        shown.iter().flatten().filter(|line| line.unread).map(|line| line.id).take(AT_ONCE).collect();
    let all_read = (!unread.is_empty()).then(|| {
        let read = move |()| {
            device.send(MarkNoticesRead { notice_ids: unread.clone() }, toasts);
        };
        rsx! {
            Button { kind: ButtonKind::Quiet, small: true, onclick: read, {t.get("app-notices-all-read")} }
        }
    });
    let empty = || {
        rsx! {
            EmptyState { picture: PictureKind::Done, title: t.get("app-notices-none"), text: t.get("app-notices-none-text") }
        }
    };
    let instead = instead_of_list(&shown, device.is_first_sync(), empty);
    rsx! {
        Screen { title: t.get("app-notices"), on_back: |()| back(), line: rsx! { Status {} }, actions: all_read,
            AsOf {}
            if let Some(instead) = instead {
                {instead}
            } else {
                ul { class: "card card--list",
                    for line in shown.into_iter().flatten() {
                        li { key: "{line.id}", Line { line, words, on_open } }
                    }
                }
            }
        }
    }
}

#[component]
fn Line(
    line: NoticeLine,
    words: Callback<Subject, (String, String)>,
    on_open: EventHandler<Subject>,
) -> Element {
    let t = use_texts();
    let device = use_device();
    let toasts = use_toasts();
    let now = use_now();
    let (title, text) = words.call(line.subject.clone());
    let (id, unread, subject) = (line.id, line.unread, line.subject);
    let open = move |_| {
        if unread {
            device.send(MarkNoticesRead { notice_ids: vec![id] }, toasts);
        }
        on_open.call(subject.clone());
    };
    rsx! {
        button { class: "list-row notice-line", r#type: "button", "data-unread": unread, onclick: open,
            span { class: "list-row__words",
                span { class: "list-row__title",
                    if unread {
                        span { class: "notice-line__dot", role: "img", aria_label: t.get("app-notices-unread") }
                    }
                    {title}
                }
                span { class: "small as-block", {text} }
                span { class: "tiny muted as-block", {t.relative(line.at, now)} }
            }
        }
    }
}
