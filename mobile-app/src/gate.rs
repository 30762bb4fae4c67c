//! Who may see which screen.

use dioxus::prelude::*;
use mediconnect_ui::use_trail;

use crate::{Place, use_device};

/// Whether the screen at `path` may be shown; who is not signed in sees only `public` ones, and is to be welcomed instead.
/// Leads on from a public screen who has signed in there, and keeps the trail of the screens.
pub fn use_gate(path: String, public: bool) -> bool {
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
    signed_in || public
}
