//! The kinds of visit on offer: length, price, buffers, how many at once, how one meets.

use dioxus::prelude::*;
use mediconnect_app::use_device;
use mediconnect_core::views::doctor::schedule::{addable, offering, without_offering};
use mediconnect_domain::{
    directory::{Clinic, VisitType},
    scheduling::rules::{Mode, Offering, Rules},
};
use mediconnect_ui::{
    Card, ChoiceOption, Glyph, IconButton, InputKind, Section, SelectField, TextField, Texts, use_texts,
};

use super::{Edited, field_id};
use crate::words;

#[component]
pub fn Kinds(edited: Edited, on_change: EventHandler<Rules>) -> Element {
    let t = use_texts();
    let device = use_device();
    let rules = edited.rules.clone();
    let shown = device.read(|records| {
        let names: Vec<VisitType> = records.all()?;
        Ok((names, addable(records, &edited.rules)?, records.all::<Clinic>()?))
    });
    let (names, addable, clinics) = shown.unwrap_or_default();
    // A schedule's prices are in its clinic's currency; an empty one takes that of the clinic in its zone.
    let currency = rules.offerings.first().map(|offering| offering.price.currency).or_else(|| {
        clinics.iter().find(|clinic| clinic.details.zone == rules.zone).map(|clinic| clinic.details.currency)
    });
    let options: Vec<ChoiceOption> = addable
        .iter()
        .map(|kind| ChoiceOption::new(kind.id.to_string(), words::local(t, &kind.details.name)))
        .collect();
    rsx! {
        Section { title: t.get("doctor-kinds"),
            if rules.offerings.is_empty() {
                p { class: "muted", {t.get("doctor-kinds-none")} }
            }
            for (at, one) in rules.offerings.iter().cloned().enumerate() {
                KindCard {
                    key: "{one.visit_type_id}",
                    at,
                    name: names.iter().find(|kind| kind.id == one.visit_type_id).map(|kind| words::local(t, &kind.details.name)).unwrap_or_default(),
                    edited: edited.clone(),
                    on_change,
                }
            }
            if let Some(currency) = currency.filter(|_| !options.is_empty()) {
                SelectField {
                    id: "schedule-add-kind",
                    label: t.get("doctor-kind-add"),
                    optional: true,
                    options,
                    value: "",
                    on_change: move |id: String| {
                        if let Some(kind) = addable.iter().find(|kind| kind.id.to_string() == id) {
                            let mut rules = rules.clone();
                            rules.offerings.push(offering(kind, currency));
                            on_change.call(rules);
                        }
                    },
                }
            }
        }
    }
}

const BUFFERS_MIN: [u16; 6] = [0, 5, 10, 15, 20, 30];
const MODES: [(Mode, &str); 3] =
    [(Mode::InPerson, "in_person"), (Mode::Video, "video"), (Mode::Chat, "chat")];

#[component]
fn KindCard(at: usize, name: String, edited: Edited, on_change: EventHandler<Rules>) -> Element {
    let t = use_texts();
    let path = |field: &str| format!("offerings[{at}].{field}");
    let rules = edited.rules.clone();
    let change = use_callback(move |edit: Box<dyn FnOnce(&mut Offering)>| {
        let mut rules = rules.clone();
        if let Some(offering) = rules.offerings.get_mut(at) {
            edit(offering);
        }
        on_change.call(rules);
    });
    let Some(one) = edited.rules.offerings.get(at).cloned() else { return rsx! {} };
    let to_shrink = edited.rules.clone();
    let exponent = one.price.currency.exponent();
    rsx! {
        Card { label: name.clone(),
            div { class: "row row--apart",
                h3 { {name.clone()} }
                IconButton {
                    glyph: Glyph::Delete,
                    label: t.with("doctor-kind-remove", &[("name", name.into())]),
                    onclick: move |()| on_change.call(without_offering(to_shrink.clone(), one.visit_type_id)),
                }
            }
            div { class: "pair",
                Number {
                    id: field_id(&path("length_min")),
                    label: t.get("doctor-length"),
                    value: one.length_min.to_string(),
                    error: edited.error(t, &path("length_min")),
                    on_change: move |text: String| change.call(Box::new(move |one| one.length_min = text.parse().unwrap_or_default())),
                }
                Number {
                    id: field_id(&path("price")),
                    label: t.with("doctor-price-in", &[("currency", one.price.currency.code().into())]),
                    value: major(one.price.amount_minor, exponent),
                    error: edited.error(t, &path("price")),
                    on_change: move |text: String| change.call(Box::new(move |one| one.price.amount_minor = minor(&text, exponent).unwrap_or(-1))),
                }
            }
            div { class: "pair",
                Minutes {
                    id: field_id(&path("buffer_before_min")),
                    label: t.get("doctor-buffer-before"),
                    value: one.buffer_before_min,
                    on_change: move |minutes| change.call(Box::new(move |one| one.buffer_before_min = minutes)),
                }
                Minutes {
                    id: field_id(&path("buffer_after_min")),
                    label: t.get("doctor-buffer-after"),
                    value: one.buffer_after_min,
                    on_change: move |minutes| change.call(Box::new(move |one| one.buffer_after_min = minutes)),
                }
            }
            div { class: "pair",
                Number {
                    id: field_id(&path("capacity")),
                    label: t.get("doctor-capacity"),
                    value: one.capacity.to_string(),
                    error: edited.error(t, &path("capacity")),
                    on_change: move |text: String| change.call(Box::new(move |one| one.capacity = text.parse().unwrap_or_default())),
                }
                SelectField {
                    id: field_id(&path("mode")),
                    label: t.get("doctor-how"),
                    options: mode_options(t),
                    value: MODES.iter().find(|(mode, _)| *mode == one.mode).map_or("", |(_, name)| name),
                    on_change: move |name: String| change.call(Box::new(move |one| {
                        one.mode = MODES.iter().find(|(_, known)| *known == name).map_or(one.mode, |(mode, _)| *mode);
                    })),
                }
            }
        }
    }
}

fn mode_options(t: Texts) -> Vec<ChoiceOption> {
    MODES.iter().map(|(mode, name)| ChoiceOption::new(*name, words::mode(t, *mode))).collect()
}

/// A number as typed; what cannot be read is told by the check of the rules.
#[component]
fn Number(
    id: String,
    label: String,
    value: String,
    error: Option<String>,
    on_change: EventHandler<String>,
) -> Element {
    let mut typed = use_signal(|| value);
    rsx! {
        TextField {
            id,
            kind: InputKind::Number,
            label,
            value: typed(),
            error,
            on_change: move |text: String| {
                on_change.call(text.trim().to_owned());
                typed.set(text);
            },
        }
    }
}

#[component]
fn Minutes(id: String, label: String, value: u16, on_change: EventHandler<u16>) -> Element {
    let t = use_texts();
    let mut minutes = BUFFERS_MIN.to_vec();
    if !minutes.contains(&value) {
        minutes.push(value);
        minutes.sort_unstable();
    }
    rsx! {
        SelectField {
            id,
            label,
            options: minutes.iter().map(|one| ChoiceOption::new(one.to_string(), t.duration((*one).into()))).collect::<Vec<_>>(),
            value: value.to_string(),
            on_change: move |text: String| on_change.call(text.parse().unwrap_or(value)),
        }
    }
}

/// `1250` with two digits is `12.50`; whole amounts without the sign.
fn major(minor: i64, exponent: u32) -> String {
    let unit = 10_i64.pow(exponent);
    match minor % unit {
        0 => (minor / unit).to_string(),
        rest => format!("{}.{:0width$}", minor / unit, rest, width = exponent as usize),
    }
}

/// The other way; `None` where it is no amount of this currency.
fn minor(text: &str, exponent: u32) -> Option<i64> {
    let text = text.replace(',', ".");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    if rest.len() > exponent as usize || !rest.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let padded = format!("{rest:0<width$}", width = exponent as usize);
    let whole: i64 = whole.parse().ok().filter(|whole| *whole >= 0)?;
    whole.checked_mul(10_i64.pow(exponent))?.checked_add(padded.parse().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_as_it_is_written() {
        for (amount, exponent, text) in
            [(1250, 2, "12.50"), (120_000, 2, "1200"), (5, 2, "0.05"), (900, 0, "900")]
        {
            assert_eq!(major(amount, exponent), text);
            assert_eq!(minor(text, exponent), Some(amount));
        }
        assert_eq!(minor("12,5", 2), Some(1250));
        for wrong in ["", "x", "1.234", "-3", "1.x"] {
            assert_eq!(minor(wrong, 2), None, "{wrong}");
        }
        assert_eq!(minor("1.5", 0), None);
    }
}
