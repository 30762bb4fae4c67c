//! Where the shared screens lead. Each app has addresses of its own; it names those that the shared screens need.

use dioxus::prelude::*;

/// A screen that every app has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// What is shown first to who is signed in.
    Home,
    SignIn,
    SignUp,
    ForgottenPassword,
    Outbox,
    Security,
    AppLock,
    Authenticator,
    ConfirmEmail,
    Password,
    Sessions,
    /// The recovery words, to be written down.
    Words,
    /// Where the recovery words let this device in.
    Unlock,
}

#[derive(Clone, Copy)]
struct Places {
    address: fn(Place) -> NavigationTarget,
}

pub(crate) fn use_places_provider(address: fn(Place) -> NavigationTarget) {
    use_context_provider(|| Places { address });
}

impl Place {
    /// Goes there, with a way back.
    pub fn open(self) {
        navigator().push(self.address());
    }

    /// Goes there; the way back leaves out where one is now.
    pub fn open_instead(self) {
        navigator().replace(self.address());
    }

    fn address(self) -> NavigationTarget {
        (consume_context::<Places>().address)(self)
    }
}

/// The way back: to where one was, or home where the app was opened on this screen.
pub fn back() {
    let navigator = navigator();
    match navigator.can_go_back() {
        true => navigator.go_back(),
        false => Place::Home.open_instead(),
    }
}
