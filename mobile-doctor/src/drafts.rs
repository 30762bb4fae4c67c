//! What was entered and not saved yet: it stays while one looks elsewhere and comes back.

use std::collections::HashMap;

use dioxus::prelude::*;
use mediconnect_core::views::doctor::standing;
use mediconnect_domain::{ReviewId, RoleId, directory::DoctorDetails, scheduling::rules::Rules};

#[derive(Clone, Copy, PartialEq)]
pub struct Drafts {
    /// Schedules that are being edited.
    pub schedules: Signal<HashMap<RoleId, Rules>>,
    pub license: Signal<Option<standing::Draft>>,
    pub profile: Signal<Option<DoctorDetails>>,
    /// Answers to reviews.
    pub replies: Signal<HashMap<ReviewId, String>>,
}

pub fn use_drafts_provider() -> Drafts {
    use_context_provider(|| Drafts {
        schedules: Signal::default(),
        license: Signal::default(),
        profile: Signal::default(),
        replies: Signal::default(),
    })
}

pub fn use_drafts() -> Drafts {
    use_context::<Drafts>()
}

impl Drafts {
    /// Another person uses the app: nothing of the one before stays.
    pub fn clear(mut self) {
        self.schedules.set(HashMap::new());
        self.license.set(None);
        self.profile.set(None);
        self.replies.set(HashMap::new());
    }
}
