//! Who may see which screen.

use dioxus::prelude::*;
use mediconnect_ui::use_trail;

use crate::{Place, use_device};

/// What is behind an address for who is there now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// The screen of that address.
    Screen,
    /// Nobody is signed in, and the screen is not for everybody.
    Welcome,
    /// The app waits for its PIN.
    Locked,
}

/// What is to be shown at `path`; who is not signed in sees only `public` screens, and nobody sees any while the app is locked.
/// Leads on from a public screen who has signed in there, and keeps the trail of the screens.
pub fn use_gate(path: String, public: bool) -> Door {
    let device = use_device();
    use_trail(path);
    let signed_in = device.is_signed_in();
    // Whose session the server ended signs in anew and keeps what is here.
    let settled = signed_in && !device.sync().session_ended;
    use_effect(use_reactive!(|(settled, public)| {
        if settled && public {
            Place::Home.open_instead();
        }
    }));
    match (device.is_locked(), signed_in || public) {
        (true, _) => Door::Locked,
        (false, true) => Door::Screen,
        (false, false) => Door::Welcome,
    }
}
