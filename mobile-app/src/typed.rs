//! The address somebody typed while not signed in: it goes along from signing in to a lost password and back.

use dioxus::prelude::*;

#[derive(Clone, Copy, PartialEq)]
pub struct Typed {
    email: Signal<String>,
}

pub(crate) fn use_typed_provider() {
    use_context_provider(|| Typed { email: Signal::default() });
}

pub fn use_typed() -> Typed {
    use_context::<Typed>()
}

impl Typed {
    pub fn email(&self) -> String {
        self.email.peek().clone()
    }

    pub fn set_email(&mut self, email: &str) {
        self.email.set(email.trim().to_owned());
    }
}
