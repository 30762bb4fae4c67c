//! My visits, upcoming and past.

use dioxus::prelude::*;
use mediconnect_app::{AsOf, Status, instead_of_list, use_device};
use mediconnect_core::views::patient::visits::{VisitLine, visits};
use mediconnect_ui::{Button, ChoiceOption, EmptyState, Screen, Segmented, use_now, use_texts};

use crate::{frame::Tabs, parts::VisitCard, route::Route};

#[component]
pub fn Visits() -> Element {
    let t = use_texts();
    let device = use_device();
    let mut past = use_signal(|| false);
    let now = use_now();
    let shown = device.read(|records| visits(records, now)).map(|visits| match past() {
        true => visits.past,
        false => visits.upcoming,
    });
    let options = [
        ChoiceOption::new("upcoming", t.get("patient-upcoming")),
        ChoiceOption::new("past", t.get("patient-past")),
    ];
    let instead = instead_of_list(&shown, device.is_first_sync(), || rsx! { NoVisits { past: past() } });
    rsx! {
        Screen { title: t.get("patient-tab-visits"), line: rsx! { Status {} }, tabs: rsx! { Tabs { current: "visits" } },
            Segmented {
                label: t.get("patient-tab-visits"),
                options: options.to_vec(),
                value: if past() { "past" } else { "upcoming" },
                on_change: move |value| past.set(value == "past"),
            }
            AsOf {}
            if let Some(instead) = instead {
                {instead}
            } else if let Ok(lines) = shown {
                List { lines }
            }
        }
    }
}

#[component]
fn List(lines: Vec<VisitLine>) -> Element {
    rsx! {
        ul { class: "stack",
            for line in lines {
                li { key: "{line.id}", VisitCard { line } }
            }
        }
    }
}

#[component]
fn NoVisits(past: bool) -> Element {
    let t = use_texts();
    let (title, text) = match past {
        true => ("patient-no-past", "patient-no-past-text"),
        false => ("patient-no-upcoming", "patient-no-upcoming-text"),
    };
    rsx! {
        EmptyState { title: t.get(title), text: t.get(text),
            Button {
                onclick: |()| {
                    navigator().push(Route::Find {});
                },
                {t.get("patient-find-doctor")}
            }
        }
    }
}
