//! What the two phone apps have in common, over the core and the components.
//!
//! An app opens its client with [`start`], calls [`use_app`] in its root component and draws its router in
//! [`mediconnect_ui::App`], in [`Awake`], with a [`ProofDialog`] beside it. Its screens read and submit through the [`Device`]. The screens that every account has
//! (signing in, a lost password, security, settings, sessions, the outbox, notices) are in [`screens`]; where they lead is said by the app, as
//! [`Place`]s. Their texts begin with `app-`.

mod code_field;
mod device;
mod gate;
mod lock;
mod places;
mod protection;
mod reading;
mod refused;
pub mod screens;
pub mod start;
mod states;
mod typed;
mod unreadable;
pub mod words;

use dioxus::prelude::*;
use jiff::{Timestamp, tz::TimeZone};
use mediconnect_core::Client;
use mediconnect_ui::{Language, use_reader_provider};

pub use device::{Device, NotTaken, tell, use_device};
pub use gate::{Door, use_gate};
pub use lock::Awake;
pub use places::{Place, back};
pub use protection::{ProofDialog, Protection, use_protection};
pub use refused::RefusedCard;
pub use states::{AsOf, Gone, Problem, SessionEnded, Status, StoreFailed, found, instead_of_list};
pub use unreadable::{CannotRead, HistoryRefused};

/// Lays what every screen needs into the context of the root component: who reads, the device over the
/// [`Client`] found in the context, and where the shared screens lead (`address`).
pub fn use_app(address: fn(Place) -> NavigationTarget) {
    let client = use_hook(consume_context::<Client>);
    let reader =
        use_reader_provider(Language::preferred(system_locales()), TimeZone::system(), Timestamp::now);
    let device = device::use_device_provider(client);
    places::use_places_provider(address);
    protection::use_protection_provider();
    typed::use_typed_provider();
    lock::use_lock_provider(device);
    reading::use_stored_settings(reader, device);
}

/// What the system says of the user's languages, the most wanted first.
fn system_locales() -> Vec<&'static str> {
    static LOCALES: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(|| {
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().filter_map(|name| std::env::var(name).ok()).collect()
    });
    LOCALES.iter().map(String::as_str).collect()
}
