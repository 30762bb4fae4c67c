//! Waiting for an earlier time.

use dioxus::prelude::*;
use jiff::{ToSpan, civil::Date};
use mediconnect_app::{AsOf, Gone, Status, StoreFailed, back, instead_of_list, use_device};
use mediconnect_core::views::patient::{
    confirm::whom_first,
    waitlist::{Joining, Place, joining, places},
};
use mediconnect_domain::{
    RoleId, VisitTypeId, WaitlistId,
    waitlist::{
        DayPart, Wish,
        join::{self, LeaveWaitlist},
    },
};
use mediconnect_ui::{
    Button, ButtonKind, Card, Checkbox, EmptyState, Form, Glyph, InputKind, PendingClock, Screen, StatusChip,
    TextField, Toast, Tone, use_now, use_reader, use_texts, use_toasts,
};

use super::confirm::Whom;
use crate::{parts::PlaceOffer, route::Route, words};

#[component]
pub fn Waitlist() -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let shown = device.read(|records| places(records, now));
    let empty = || {
        rsx! {
            EmptyState { title: t.get("patient-no-places"), text: t.get("patient-no-places-text"),
                Button {
                    onclick: |()| {
                        navigator().push(Route::Find {});
                    },
                    {t.get("patient-find-doctor")}
                }
            }
        }
    };
    let instead = instead_of_list(&shown, device.is_first_sync(), empty);
    rsx! {
        Screen { title: t.get("patient-waitlist"), on_back: |()| back(), line: rsx! { Status {} },
            AsOf {}
            if let Some(instead) = instead {
                {instead}
            } else if let Ok(places) = shown {
                ul { class: "stack",
                    for place in places {
                        li { key: "{place.id}", class: "stack",
                            match place.offer.clone() {
                                Some(offer) => rsx! { PlaceOffer { place, offer } },
                                None => rsx! { Waiting { place } },
                            }
                        }
                    }
                }
            }
        }
    }
}

#[component]
fn Waiting(place: Place) -> Element {
    let t = use_texts();
    let device = use_device();
    let toasts = use_toasts();
    let id = place.id;
    let dates =
        [("from", t.date_short(place.wish.from).into()), ("until", t.date_short(place.wish.until).into())];
    let parts: Vec<String> = place.wish.parts.iter().map(|part| words::day_part(t, *part)).collect();
    rsx! {
        Card {
            div { class: "row row--apart",
                StatusChip { tone: Tone::Accent, label: t.get("patient-place-waiting"), glyph: Glyph::Waiting }
                if place.pending {
                    PendingClock {}
                }
            }
            div { class: "stack stack--tight",
                p { class: "strong", {place.doctor.clone()} }
                p { class: "small muted",
                    if let Some(kind) = &place.visit_type {
                        {words::local(t, kind)}
                        ", "
                    }
                    {place.clinic.clone()}
                }
                p { class: "small", {t.with("patient-place-days", &dates)} }
                if !parts.is_empty() {
                    p { class: "small", {parts.join(", ")} }
                }
                if let Some(name) = place.for_whom.clone() {
                    p { class: "small", {t.with("patient-for", &[("name", name.into())])} }
                }
            }
            Button {
                small: true,
                kind: ButtonKind::Secondary,
                onclick: move |()| {
                    device.send(LeaveWaitlist { waitlist_id: id }, toasts);
                },
                {t.get("patient-place-leave")}
            }
        }
    }
}

#[component]
pub fn JoinWaitlist(role: RoleId, visit_type: VisitTypeId) -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let title = t.get("patient-join");
    match device.read(|records| joining(records, role, visit_type, now)) {
        Err(_) => rsx! {
            Screen { title, on_back: |()| back(), StoreFailed {} }
        },
        Ok(None) => rsx! {
            Screen { title, on_back: |()| back(), Gone {} }
        },
        Ok(Some(shown)) => rsx! { Join { shown, role, visit_type } },
    }
}

/// How far ahead one usually waits.
const FORTNIGHT_DAYS: i64 = 14;

#[component]
fn Join(shown: Joining, role: RoleId, visit_type: VisitTypeId) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let today = use_now().to_zoned(shown.zone.rules()).date();
    let mut whom = use_signal(|| whom_first(&shown.people));
    let mut from = use_signal(|| today.to_string());
    let mut until = use_signal(|| today.checked_add(FORTNIGHT_DAYS.days()).unwrap_or(today).to_string());
    let mut parts = use_signal(Vec::<DayPart>::new);
    let mut tried = use_signal(|| false);
    let days = wished(&from(), &until(), today);
    let error = (tried() && days.is_none()).then(|| t.get("patient-join-days-wrong"));
    let send = move |()| {
        tried.set(true);
        let (Some((from, until)), Some(patient_id)) = (wished(&from(), &until(), today), whom()) else {
            return;
        };
        let waitlist_id = WaitlistId(device.new_id());
        let wish = Wish { from, until, parts: parts() };
        let join =
            join::JoinWaitlist { waitlist_id, patient_id, role_id: role, visit_type_id: visit_type, wish };
        if device.send(join, toasts) {
            toasts.show(Toast::new(Tone::Positive, t.get("patient-joined")));
            navigator().replace(Route::Waitlist {});
        }
    };
    rsx! {
        Screen { title: t.get("patient-join"), on_back: |()| back(),
            div { class: "stack stack--tight",
                p { class: "strong", {shown.doctor.clone()} }
                p { class: "small muted", {words::local(t, &shown.visit_type)} ", " {shown.clinic.clone()} }
            }
            p { class: "muted", {t.get("patient-join-intro")} }
            Form { label: t.get("patient-join"), on_submit: send,
                Whom { people: shown.people.clone(), value: whom(), on_change: move |id| whom.set(Some(id)) }
                TextField {
                    label: t.get("patient-join-from"),
                    kind: InputKind::Date,
                    min: today.to_string(),
                    value: from(),
                    error: error.clone(),
                    on_change: move |date| from.set(date),
                }
                TextField {
                    label: t.get("patient-join-until"),
                    kind: InputKind::Date,
                    min: today.to_string(),
                    value: until(),
                    on_change: move |date| until.set(date),
                }
                fieldset { class: "field",
                    legend { class: "field__label", {t.get("patient-join-parts")} }
                    p { class: "field__help", {t.get("patient-join-parts-help")} }
                    for part in [DayPart::Morning, DayPart::Afternoon, DayPart::Evening] {
                        Checkbox {
                            key: "{part:?}",
                            label: words::day_part(t, part),
                            checked: parts.read().contains(&part),
                            on_change: move |on| {
                                let mut parts = parts.write();
                                parts.retain(|one| *one != part);
                                if on {
                                    parts.push(part);
                                }
                            },
                        }
                    }
                }
                Button { submit: true, wide: true, {t.get("patient-join-send")} }
            }
        }
    }
}

/// The days as typed, if they make sense.
fn wished(from: &str, until: &str, today: Date) -> Option<(Date, Date)> {
    let (from, until) = (from.parse::<Date>().ok()?, until.parse::<Date>().ok()?);
    (from <= until && until >= today).then_some((from.max(today), until))
}
