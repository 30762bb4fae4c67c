//! Pieces that several screens show.

use dioxus::prelude::*;
use jiff::Timestamp;
use mediconnect_app::{RefusedCard, use_device};
use mediconnect_core::views::patient::{
    refusals::RefusalCard,
    requests::Request,
    visits::VisitLine,
    waitlist::{Offer, Place},
};
use mediconnect_domain::{
    Command,
    consultations::answer::{AcceptConsultation, RefuseConsultationOffer},
    waitlist::answer::{AcceptPlace, PassPlace},
};
use mediconnect_ui::{
    Avatar, Button, ButtonKind, Card, PendingClock, StatusChip, Tone, use_now, use_reader, use_texts,
    use_toasts,
};

use crate::{route::Route, words};

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
pub fn RefusalCards(cards: Vec<RefusalCard>) -> Element {
    let reader = use_reader();
    let subject = |card: &RefusalCard| -> Vec<String> {
        let about = card.about.clone();
        let start = about.start.map(|start| words::when(reader, start));
        [about.doctor, start, about.patient].into_iter().flatten().collect()
    };
    let keep_looking = |card: &RefusalCard| {
        card.keep_looking.map(|looking| {
            EventHandler::new(move |()| {
                navigator().push(Route::times(looking.role_id, looking.visit_type_id, looking.moving));
            })
        })
    };
    let look = |card: &RefusalCard| {
        card.history_of.map(|_| {
            EventHandler::new(|()| {
                navigator().push(Route::Records {});
            })
        })
    };
    rsx! {
        for card in cards {
            RefusedCard {
                key: "{card.refused.command_id}",
                subject: subject(&card),
                zone: reader.zone(),
                on_keep_looking: keep_looking(&card),
                on_look: look(&card),
                refused: card.refused,
            }
        }
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
