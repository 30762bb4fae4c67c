//! Saying how a visit was.

use dioxus::prelude::*;
use mediconnect_app::{Gone, StoreFailed, back, use_device};
use mediconnect_core::views::patient::visits::details;
use mediconnect_domain::{AppointmentId, reviews::write};
use mediconnect_ui::{
    Button, ChoiceOption, Choices, Form, Screen, TextArea, Toast, Tone, use_now, use_reader, use_toasts,
};

use crate::words;

#[component]
pub fn WriteReview(id: AppointmentId) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let now = use_now();
    let mut stars = use_signal(|| None::<u8>);
    let mut text = use_signal(String::new);
    let mut missing = use_signal(|| false);
    let title = t.get("patient-write-review");
    let visit = match device.read(|records| details(records, id, now)) {
        Err(_) => return rsx! { Screen { title, on_back: |()| back(), StoreFailed {} } },
        Ok(None) => return rsx! { Screen { title, on_back: |()| back(), Gone {} } },
        Ok(Some(visit)) => visit,
    };
    let send = move |()| {
        let Some(stars) = stars() else {
            missing.set(true);
            return;
        };
        if device
            .send(write::WriteReview { appointment_id: id, stars, text: text().trim().to_owned() }, toasts)
        {
            toasts.show(Toast::new(Tone::Positive, t.get("patient-review-thanks")));
            back();
        }
    };
    let options: Vec<ChoiceOption> = [
        (5, "patient-stars-5"),
        (4, "patient-stars-4"),
        (3, "patient-stars-3"),
        (2, "patient-stars-2"),
        (1, "patient-stars-1"),
    ]
    .into_iter()
    .map(|(n, key)| {
        ChoiceOption::new(n.to_string(), t.get(key)).explained(t.with("rating-stars", &[("n", n.into())]))
    })
    .collect();
    rsx! {
        Screen { title: title.clone(), on_back: |()| back(),
            p { class: "muted", {visit.line.doctor.clone()} ", " {words::when(reader, visit.line.start)} }
            Form { label: title, on_submit: send,
                Choices {
                    label: t.get("patient-review-question"),
                    options,
                    error: (missing() && stars().is_none()).then(|| t.get("patient-review-missing")),
                    value: stars().map(|n| n.to_string()).unwrap_or_default(),
                    on_change: move |n: String| stars.set(n.parse().ok()),
                }
                TextArea {
                    label: t.get("patient-review-text"),
                    help: t.get("patient-review-help"),
                    optional: true,
                    max_length: 1000,
                    value: text(),
                    on_change: move |typed| text.set(typed),
                }
                Button { submit: true, wide: true, {t.get("patient-review-send")} }
            }
        }
    }
}
