//! The doctor's app.
//!
//! [`App`] is the whole app; it finds its [`Client`](mediconnect_core::Client) in the context, so the same component runs in
//! a phone's web view, in a window on a desk and behind a browser in tests. Screens are in [`features`], a file each. They
//! read the local store through [`device`], so every one of them works without network, and they submit commands; what a
//! screen shows is computed in `mediconnect_core::views::doctor`.

mod device;
mod drafts;
mod features;
mod frame;
mod parts;
mod practice;
mod route;
pub mod start;
mod words;

use dioxus::prelude::*;
use jiff::{Timestamp, tz::TimeZone};
use mediconnect_core::Client;
use mediconnect_domain::settings;
use mediconnect_ui::{Language, Reader, use_reader_provider};

pub use route::Route;

const STYLES: &str = include_str!("../styles.css");

/// The root component.
#[component]
pub fn App() -> Element {
    let client = use_hook(consume_context::<Client>);
    let reader =
        use_reader_provider(Language::preferred(system_locales()), TimeZone::system(), Timestamp::now);
    let device = device::use_device_provider(client);
    drafts::use_drafts_provider();
    // Read while drawing: a change made on another device shows here too.
    let stored =
        device.read(|records| records.get::<settings::Settings>(records.account_id().0)).ok().flatten();
    use_effect(use_reactive!(|stored| {
        if let Some(stored) = stored {
            apply(reader, &stored);
        }
    }));
    rsx! {
        mediconnect_ui::App {
            style { dangerous_inner_html: STYLES }
            Router::<Route> {}
        }
    }
}

/// Makes the app look and speak as the account has it.
fn apply(reader: Reader, stored: &settings::Settings) {
    let Reader { mut language, mut theme, mut text_size, mut zone, .. } = reader;
    language.set(words::shown_language(stored.language));
    theme.set(features::settings::shown_theme(stored.theme));
    text_size.set(features::settings::shown_text_size(stored.text_size));
    zone.set(stored.zone.rules());
}

/// What the system says of the user's languages, the most wanted first.
fn system_locales() -> Vec<&'static str> {
    static LOCALES: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(|| {
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().filter_map(|name| std::env::var(name).ok()).collect()
    });
    LOCALES.iter().map(String::as_str).collect()
}
