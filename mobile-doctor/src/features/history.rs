//! A patient's medical history, as far as the patient shares it.

use dioxus::prelude::*;
use mediconnect_app::{
    CannotRead, HistoryRefused, StoreFailed,
    screens::Locked,
    use_device,
    words::{entry_detail, entry_kind, when},
};
use mediconnect_core::views::history::{History, Standing, history};
use mediconnect_domain::PatientId;
use mediconnect_ui::{Glyph, Icon, Section, Skeleton, use_now, use_reader, use_texts};

#[component]
pub fn SharedHistory(patient: PatientId) -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let shown = device.read_sealed(|records, vaults| history(records, vaults, patient, now));
    rsx! {
        Section { title: t.get("doctor-shared"),
            match shown {
                Err(_) => rsx! { StoreFailed {} },
                Ok(history) => match history.standing {
                    Standing::Open => rsx! { Shared { history } },
                    Standing::Loading => rsx! { Skeleton { rows: 1 } },
                    Standing::Locked => rsx! { Locked {} },
                    Standing::NotShared => rsx! {
                        p { class: "notice", "data-tone": "accent",
                            Icon { glyph: Glyph::Lock }
                            span { {t.get("doctor-shared-none")} }
                        }
                    },
                    Standing::Refused => rsx! { HistoryRefused {} },
                },
            }
        }
    }
}

#[component]
fn Shared(history: History) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let me = use_device().client().session().map(|session| session.account_id);
    let until = history.readers.iter().find(|line| Some(line.account) == me).and_then(|line| line.until);
    rsx! {
        if let Some(until) = until {
            p { class: "small muted", {t.with("doctor-shared-until", &[("date", when(reader, until).into())])} }
        }
        if history.lines.is_empty() && history.unreadable.is_empty() {
            p { class: "muted", {t.get("doctor-shared-empty")} }
        }
        for (kind, lines) in history.groups("") {
            div { key: "{kind.code()}", class: "card",
                h3 { class: "small muted", {entry_kind(t, kind)} }
                ul { class: "facts",
                    for line in lines {
                        if let Some(content) = line.content() {
                            li { key: "{line.id}",
                                span { class: "strong", {content.title().to_owned()} }
                                span { class: "small muted as-block", {entry_detail(t, content)} }
                            }
                        }
                    }
                }
            }
        }
        CannotRead { lines: history.unreadable }
    }
}
