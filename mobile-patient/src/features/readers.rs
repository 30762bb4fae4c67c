//! Who reads the medical history: letting a doctor in, and ending it.

use dioxus::prelude::*;
use jiff::SignedDuration;
use mediconnect_app::{
    AsOf, NotTaken, Status, StoreFailed, back, screens::Locked, tell, use_device, words::when,
};
use mediconnect_core::views::{
    history::{ReaderLine, Standing, history},
    patient::sharing::{Known, doctors_of},
};
use mediconnect_domain::{DoctorId, PatientId};
use mediconnect_ui::{
    Avatar, Button, ButtonKind, Card, Checkbox, ChoiceOption, Choices, Dialog, Form, Glyph, Icon,
    PendingClock, Screen, Section, SelectField, Skeleton, Toast, Tone, use_now, use_reader, use_texts,
    use_toasts,
};

#[component]
pub fn Readers(id: PatientId) -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let title = t.get("patient-records-readers");
    let shown = device.read_sealed(|records, vaults| {
        Ok((history(records, vaults, id, now)?, doctors_of(records, id, now)?))
    });
    let Ok((history, doctors)) = shown else {
        return rsx! { Screen { title, on_back: |()| back(), StoreFailed {} } };
    };
    rsx! {
        Screen { title, on_back: |()| back(), line: rsx! { Status {} },
            p { class: "muted", {t.get("patient-readers-intro")} }
            AsOf {}
            match history.standing {
                Standing::Locked => rsx! { Locked {} },
                Standing::Open => rsx! {
                    for line in history.readers.clone() {
                        OneReader { key: "{line.account}", id, line }
                    }
                    if history.readers.is_empty() {
                        p { class: "notice", "data-tone": "accent",
                            Icon { glyph: Glyph::Lock }
                            span { {t.get("patient-readers-none")} }
                        }
                    }
                    LetIn { id, doctors }
                },
                _ => rsx! { Skeleton {} },
            }
        }
    }
}

#[component]
fn OneReader(id: PatientId, line: ReaderLine) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let mut asks = use_signal(|| false);
    let mut busy = use_signal(|| false);
    let (account, name) =
        (line.account, line.name.clone().unwrap_or_else(|| t.get("patient-reader-unknown")));
    let end = move |()| {
        asks.set(false);
        busy.set(true);
        spawn(async move {
            let ended = device.client().withdraw_history(id, account).await;
            busy.set(false);
            if tell(ended.map_err(NotTaken::from), toasts) {
                toasts.show(Toast::new(Tone::Positive, t.get("patient-reader-ended")));
            }
        });
    };
    rsx! {
        Card {
            div { class: "visit-card__who",
                Avatar { name: name.clone() }
                div { class: "visit-card__words",
                    p { class: "strong", {name.clone()} }
                    p { class: "small muted",
                        match line.until {
                            Some(until) => t.with("patient-until", &[("date", when(reader, until).into())]),
                            None => t.get("patient-reader-no-end"),
                        }
                    }
                }
                if line.pending {
                    PendingClock {}
                }
            }
            if line.changed {
                p { class: "notice", role: "alert", "data-tone": "critical",
                    Icon { glyph: Glyph::Alert }
                    span { {t.get("app-vault-key-changed")} }
                }
                Button {
                    small: true,
                    kind: ButtonKind::Secondary,
                    onclick: move |()| {
                        tell(device.client().acknowledge_keys(account).map_err(NotTaken::from), toasts);
                    },
                    {t.get("patient-reader-keys-right")}
                }
            }
            Button { small: true, busy: busy(), kind: ButtonKind::Critical, onclick: move |()| asks.set(true), {t.get("patient-reader-end")} }
        }
        Dialog {
            open: asks(),
            title: t.get("patient-reader-end-question"),
            on_close: move |()| asks.set(false),
            actions: rsx! {
                Button { kind: ButtonKind::Critical, onclick: end, {t.get("patient-reader-end")} }
                Button { kind: ButtonKind::Secondary, onclick: move |()| asks.set(false), {t.get("action-cancel")} }
            },
            p { {t.with("patient-reader-end-text", &[("name", name.into())])} }
        }
    }
}

/// For how long a doctor may read, in days.
const TERMS: [(&str, i64); 3] = [("30", 30), ("90", 90), ("365", 365)];

#[component]
fn LetIn(id: PatientId, doctors: Vec<Known>) -> Element {
    let t = use_texts();
    let device = use_device();
    let toasts = use_toasts();
    let now = use_now();
    let mut chosen = use_signal(String::new);
    let mut days = use_signal(|| "90".to_owned());
    let mut agreed = use_signal(|| false);
    let mut tried = use_signal(|| false);
    let mut busy = use_signal(|| false);
    if doctors.is_empty() {
        return rsx! {
            p { class: "muted", {t.get("patient-readers-no-doctor")} }
        };
    }
    let send = move |()| {
        tried.set(true);
        let Ok(doctor) = chosen.peek().parse::<DoctorId>() else { return };
        if !agreed() || busy() {
            return;
        }
        let term = TERMS.into_iter().find(|(code, _)| *code == *days.peek()).map_or(90, |(_, days)| days);
        let until = now + SignedDuration::from_hours(24 * term);
        busy.set(true);
        spawn(async move {
            let shared = device.client().share_history(id, doctor, Some(until)).await;
            busy.set(false);
            if tell(shared.map(drop).map_err(NotTaken::from), toasts) {
                chosen.set(String::new());
                agreed.set(false);
                tried.set(false);
                toasts.show(Toast::new(Tone::Positive, t.get("patient-readers-shared")));
            }
        });
    };
    let options = doctors.iter().map(|one| ChoiceOption::new(one.id.to_string(), one.name.clone()));
    let terms = TERMS
        .map(|(code, days)| ChoiceOption::new(code, t.with("patient-readers-days", &[("n", days.into())])));
    rsx! {
        Section { title: t.get("patient-readers-add"),
            Form { label: t.get("patient-readers-add"), on_submit: send,
                SelectField {
                    label: t.get("patient-readers-doctor"),
                    help: t.get("patient-readers-doctor-help"),
                    options: options.collect::<Vec<_>>(),
                    value: chosen(),
                    error: (tried() && chosen().is_empty()).then(|| t.get("patient-field-missing")),
                    on_change: move |doctor| chosen.set(doctor),
                }
                Choices {
                    label: t.get("patient-readers-term"),
                    options: terms.to_vec(),
                    value: days(),
                    on_change: move |code| days.set(code),
                }
                Checkbox {
                    label: t.get("patient-readers-consent"),
                    detail: t.get("patient-readers-consent-detail"),
                    checked: agreed(),
                    on_change: move |on| agreed.set(on),
                }
                if tried() && !agreed() {
                    p { class: "field__error", role: "alert",
                        Icon { glyph: Glyph::Error }
                        span { {t.get("patient-readers-consent-missing")} }
                    }
                }
                Button { submit: true, wide: true, busy: busy(), {t.get("patient-readers-share")} }
            }
        }
    }
}
