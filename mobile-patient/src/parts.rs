//! Pieces that several screens show.

use dioxus::prelude::*;
use jiff::Timestamp;
use mediconnect_core::{
    StoreError,
    views::patient::{
        refusals::{Refused, with_start},
        requests::Request,
        visits::VisitLine,
        waitlist::{Offer, Place},
    },
};
use mediconnect_domain::{
    Command,
    consultations::answer::{AcceptConsultation, RefuseConsultationOffer},
    waitlist::answer::{AcceptPlace, PassPlace},
};
use mediconnect_ui::{
    Alternative, Avatar, Button, ButtonKind, Card, EmptyState, ErrorState, Glyph, Icon, OfflineNote,
    PendingClock, PictureKind, RefusalCard, Skeleton, StatusChip, SyncLine, SyncStatus, Toast, Tone, use_now,
    use_reader, use_texts, use_toasts,
};

use crate::{device::use_device, route::Route, words};

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
        SyncLine {
            status,
            onclick: move |()| {
                navigator().push(Route::Outbox {});
            },
        }
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

/// The device's own store cannot be read.
#[component]
pub fn StoreFailed() -> Element {
    let t = use_texts();
    let device = use_device();
    rsx! {
        ErrorState {
            title: t.get("patient-store-failed"),
            text: t.get("patient-store-failed-text"),
            on_retry: move |()| device.look_again(),
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
                p { {t.get("patient-sync-session-ended")} }
                div { class: "row",
                    Button {
                        small: true,
                        onclick: |()| {
                            navigator().push(Route::SignIn {});
                        },
                        {t.get("action-sign-in")}
                    }
                }
            }
        }
    }
}

/// Something that is not here, or not any more.
#[component]
pub fn Gone() -> Element {
    let t = use_texts();
    rsx! {
        EmptyState {
            picture: PictureKind::Broken,
            title: t.get("patient-gone"),
            text: t.get("patient-gone-text"),
            Button {
                kind: ButtonKind::Secondary,
                onclick: |()| {
                    navigator().replace(Route::Home {});
                },
                {t.get("patient-to-home")}
            }
        }
    }
}

/// A visit in a list: a button that leads to it.
#[component]
pub fn VisitCard(line: VisitLine) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let (tone, state) = words::state(t, &line);
    let id = line.id;
    rsx! {
        button {
            class: "card visit-card",
            r#type: "button",
            onclick: move |_| {
                navigator().push(Route::Visit { id });
            },
            span { class: "row row--apart",
                span { class: "strong visit-card__when", {words::when(reader, line.start)} }
                StatusChip { tone, label: state }
            }
            span { class: "visit-card__who",
                Avatar { name: line.doctor.clone() }
                span { class: "visit-card__words",
                    span { class: "strong as-block", {line.doctor.clone()} }
                    span { class: "small muted as-block", {words::local(t, &line.visit_type)} ", " {line.clinic.clone()} }
                    if let Some(name) = line.for_whom.clone() {
                        span { class: "small as-block", {t.with("patient-for", &[("name", name.into())])} }
                    }
                }
                if line.pending {
                    PendingClock {}
                }
            }
        }
    }
}

/// All that the server refused, each with what can be done about it.
#[component]
pub fn RefusedCards(refused: Vec<Refused>) -> Element {
    rsx! {
        for one in refused {
            RefusedOne { key: "{one.command_id}", refused: one }
        }
    }
}

#[component]
fn RefusedOne(refused: Refused) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let (title, text) = words::refusal(t, &refused.refusal);
    let about = refused.about.clone();
    let start = about.start.map(|start| words::when(reader, start));
    let subject: Vec<String> = [about.doctor, start, about.patient].into_iter().flatten().collect();
    let alternative =
        |start: &Timestamp| Alternative { key: start.to_string(), label: words::when(reader, *start) };
    let id = refused.command_id;
    let command = refused.command.clone();
    let ask_instead = move |key: String| {
        let other = key.parse().ok().zip(command.as_ref());
        let other = other.and_then(|(start, command)| with_start(command, start, device.new_id()));
        if let Some(other) = other {
            ask(device, id, other, toasts, t);
        }
    };
    let keep_looking = refused.keep_looking.map(|looking| {
        EventHandler::new(move |()| {
            navigator().push(Route::times(looking.role_id, looking.visit_type_id, looking.moving));
        })
    });
    let retry = refused.may_retry.then(|| EventHandler::new(move |()| device.retry(id, toasts)));
    rsx! {
        RefusalCard {
            title,
            text,
            subject: (!subject.is_empty()).then(|| subject.join(" · ")),
            alternatives: refused.other_times.iter().map(alternative).collect::<Vec<_>>(),
            on_choose: ask_instead,
            on_keep_looking: keep_looking,
            on_retry: retry,
            on_discard: move |()| device.discard(id, toasts),
        }
    }
}

fn ask(
    device: crate::device::Device,
    refused: mediconnect_domain::CommandId,
    other: Command,
    toasts: mediconnect_ui::Toasts,
    t: mediconnect_ui::Texts,
) {
    match device.replace(refused, other) {
        Ok(_) => toasts.show(Toast::new(Tone::Accent, t.get("patient-asked-instead"))),
        Err(no) => toasts.show(Toast::new(Tone::Critical, no.words(t).1)),
    }
}

/// A time offered from a waitlist.
#[component]
pub fn PlaceOffer(place: Place, offer: Offer) -> Element {
    let t = use_texts();
    let id = place.id;
    let text = t.with("patient-offer-earlier", &[("doctor", place.doctor.clone().into())]);
    rsx! {
        OfferCard {
            title: text,
            offer,
            for_whom: place.for_whom,
            waiting: place.pending,
            decline: t.get("patient-offer-pass"),
            accept_with: Command::from(AcceptPlace { waitlist_id: id }),
            decline_with: Command::from(PassPlace { waitlist_id: id }),
        }
    }
}

/// A time a clinic offers in answer to a request.
#[component]
pub fn RequestOffer(request: Request, offer: Offer) -> Element {
    let t = use_texts();
    let id = request.id;
    rsx! {
        OfferCard {
            title: t.with("patient-offer-clinic", &[("clinic", request.clinic.clone().into())]),
            offer,
            for_whom: request.for_whom,
            waiting: request.pending,
            decline: t.get("patient-offer-other-time"),
            accept_with: Command::from(AcceptConsultation { consultation_id: id }),
            decline_with: Command::from(RefuseConsultationOffer { consultation_id: id }),
        }
    }
}

/// A held time, to be taken or let go. Both answers wait for the server like every command.
#[component]
fn OfferCard(
    title: String,
    offer: Offer,
    for_whom: Option<String>,
    waiting: bool,
    decline: String,
    accept_with: Command,
    decline_with: Command,
) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let left = t.relative(offer.expires_at, use_now());
    rsx! {
        Card { tone: Tone::Caution, label: title.clone(),
            p { class: "strong", {title} }
            p { class: "strong offer__when", {words::when(reader, offer.start)} }
            if let Some(name) = for_whom {
                p { class: "small", {t.with("patient-for", &[("name", name.into())])} }
            }
            if waiting {
                p { class: "row small",
                    PendingClock {}
                    span { {t.get("patient-offer-answered")} }
                }
            } else {
                p { class: "small", {t.with("patient-offer-until", &[("left", left.into())])} }
                div { class: "row",
                    Button {
                        small: true,
                        onclick: move |()| {
                            device.send(accept_with.clone(), toasts);
                        },
                        {t.get("patient-offer-take")}
                    }
                    Button {
                        small: true,
                        kind: ButtonKind::Secondary,
                        onclick: move |()| {
                            device.send(decline_with.clone(), toasts);
                        },
                        {decline}
                    }
                }
            }
        }
    }
}

/// Facts about a time and its zone, where it is not the reader's own.
#[component]
pub fn OtherZone(zone: mediconnect_domain::Zone, start: Timestamp) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let differs = mediconnect_core::views::patient::times::other_zone(&zone, &reader.zone(), start);
    let Some(name) = differs else { return rsx! {} };
    let there = start.to_zoned(zone.rules());
    let parts = [("time", t.clock(there.time()).into()), ("zone", t.zone(&name).into())];
    rsx! {
        p { class: "small muted", {t.with("patient-time-there", &parts)} }
    }
}
