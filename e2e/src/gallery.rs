//! Every shared component in every state, on one page per family: to look at, to photograph, to check.
//!
//! The moment is fixed, so that two pictures of one page differ only where the product does. The page and the reader's
//! settings are chosen by the controls on top, as a test does it too.

mod calendar;
mod controls;
mod people;
mod phone;
mod states;

use dioxus::prelude::*;
use jiff::{Timestamp, tz::TimeZone};
use mediconnect_ui::{
    App, ChoiceOption, Language, Screen, SelectField, TextSize, Theme, use_reader, use_reader_provider,
};

/// Monday 2 March 2026, 10:42 in Kolkata.
pub const NOW: &str = "2026-03-02T05:12:00Z";

fn now() -> Timestamp {
    NOW.parse().expect("the constant is a timestamp")
}

/// An instant on day `day` of the gallery's week (0 is today), in Kolkata.
pub(crate) fn at(day: i64, hour: i8, minute: i8) -> Timestamp {
    let date = jiff::civil::date(2026, 3, 2) + jiff::Span::new().days(day);
    date.at(hour, minute, 0, 0).to_zoned(zone()).expect("a time that exists").timestamp()
}

pub(crate) fn zone() -> TimeZone {
    TimeZone::get("Asia/Kolkata").expect("the zone is in the database")
}

const PAGES: [&str; 12] = [
    "controls", "forms", "people", "states", "refusals", "times", "today", "week", "day", "home", "welcome",
    "settings",
];

#[component]
pub fn Gallery() -> Element {
    use_reader_provider(Language::En, zone(), now);
    rsx! {
        App { Frame {} }
    }
}

/// The chosen page and the reader's settings under it. `home` and `welcome` are whole screens without the controls.
#[component]
fn Frame() -> Element {
    let mut page = use_signal(|| "controls".to_owned());
    let settings = rsx! {
        details { id: "gallery-controls",
            summary { "Gallery" }
            Controls { page: page(), on_page: move |chosen| page.set(chosen) }
        }
    };
    let shown = match page().as_str() {
        "home" => rsx! { phone::Home {} {settings} },
        "welcome" => rsx! { phone::Welcome {} {settings} },
        _ => rsx! {
            Screen { title: "Gallery: {page}",
                match page().as_str() {
                    "controls" => rsx! { controls::Buttons {} },
                    "forms" => rsx! { controls::Forms {} },
                    "people" => rsx! { people::People {} },
                    "states" => rsx! { states::States {} },
                    "refusals" => rsx! { states::Refusals {} },
                    "times" => rsx! { calendar::Times {} },
                    "today" => rsx! { calendar::Today {} },
                    "week" => rsx! { calendar::Week { days: 5 } },
                    "day" => rsx! { calendar::Week { days: 1 } },
                    _ => rsx! { phone::Settings {} },
                }
                {settings}
            }
        },
    };
    rsx! {
        div { id: "gallery", "data-page": page(), {shown} }
    }
}

#[component]
fn Controls(page: String, on_page: EventHandler<String>) -> Element {
    let mut reader = use_reader();
    let names = |names: &[&str]| names.iter().map(|name| ChoiceOption::new(*name, *name)).collect::<Vec<_>>();
    rsx! {
        SelectField {
            id: "gallery-page",
            label: "Page",
            options: names(&PAGES),
            value: page,
            on_change: on_page,
        }
        SelectField {
            id: "gallery-theme",
            label: "Theme",
            options: names(&Theme::ALL.map(Theme::name)),
            value: (reader.theme)().name(),
            on_change: move |name: String| reader.theme.set(Theme::named(&name).unwrap_or_default()),
        }
        SelectField {
            id: "gallery-text-size",
            label: "Text size",
            options: names(&TextSize::ALL.map(TextSize::name)),
            value: (reader.text_size)().name(),
            on_change: move |name: String| reader.text_size.set(TextSize::named(&name).unwrap_or_default()),
        }
        SelectField {
            id: "gallery-language",
            label: "Language",
            options: names(&Language::ALL.map(Language::tag)),
            value: (reader.language)().tag(),
            on_change: move |tag: String| reader.language.set(tag.parse().unwrap_or_default()),
        }
    }
}
