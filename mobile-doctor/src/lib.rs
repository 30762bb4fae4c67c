//! The doctor's app.
//!
//! [`App`] is the whole app; it finds its [`Client`](mediconnect_core::Client) in the context, so the same component runs in
//! a phone's web view, in a window on a desk and behind a browser in tests. Screens are in [`features`], a file each. They
//! read the local store through [`mediconnect_app::Device`], so every one of them works without network, and they submit
//! commands; what a screen shows is computed in `mediconnect_core::views::doctor`. What the patient's app has too is in
//! `mediconnect_app`.

mod drafts;
mod features;
mod frame;
mod parts;
mod practice;
mod route;
mod words;

use dioxus::prelude::*;
use mediconnect_app::{Awake, ProofDialog, use_app};

pub use route::Route;

/// What the app's folder on a device is called.
pub const NAME: &str = "mediconnect-doctor";

const STYLES: &str = include_str!("../styles.css");

/// The root component.
#[component]
pub fn App() -> Element {
    use_app(route::address);
    drafts::use_drafts_provider();
    rsx! {
        mediconnect_ui::App {
            style { dangerous_inner_html: STYLES }
            Awake {
                Router::<Route> {}
                ProofDialog {}
            }
        }
    }
}
