//! What was typed and not sent yet: it stays while one looks elsewhere and comes back.

use std::collections::HashMap;

use dioxus::prelude::*;
use mediconnect_core::views::patient::{
    entry::EntryForm, find::Search, profile::ProfileForm, sign_up::SignUp,
};
use mediconnect_domain::PatientId;

use crate::features::{entry::Draft, requests::AskForm};

#[derive(Clone, Copy, PartialEq)]
pub struct Drafts {
    pub sign_up: Signal<SignUp>,
    pub search: Signal<Search>,
    /// The latest first.
    pub recent_searches: Signal<Vec<String>>,
    pub ask: Signal<AskForm>,
    /// Edited and not saved, by patient; the one without is of somebody new.
    pub profiles: Signal<HashMap<Option<PatientId>, ProfileForm>>,
    /// Whose medical history is looked at, where it is not one's own.
    pub whose: Signal<Option<PatientId>>,
    /// Entries of the medical history, written and not saved. In memory only.
    pub entries: Signal<HashMap<Draft, EntryForm>>,
}

pub fn use_drafts_provider() -> Drafts {
    use_context_provider(|| Drafts {
        sign_up: Signal::default(),
        search: Signal::default(),
        recent_searches: Signal::default(),
        ask: Signal::default(),
        profiles: Signal::default(),
        whose: Signal::default(),
        entries: Signal::default(),
    })
}

pub fn use_drafts() -> Drafts {
    use_context::<Drafts>()
}

const RECENT: usize = 5;

impl Drafts {
    /// Keeps the words that led somewhere.
    pub fn remember_search(self) {
        let text = self.search.peek().text.trim().to_owned();
        if text.is_empty() {
            return;
        }
        let mut recent = self.recent_searches;
        let mut recent = recent.write();
        recent.retain(|earlier| !earlier.eq_ignore_ascii_case(&text));
        recent.insert(0, text);
        recent.truncate(RECENT);
    }

    /// Another person uses the app: nothing of the one before stays.
    pub fn clear(mut self) {
        self.sign_up.set(SignUp::default());
        self.search.set(Search::default());
        self.recent_searches.set(Vec::new());
        self.ask.set(AskForm::default());
        self.profiles.set(HashMap::new());
        self.whose.set(None);
        self.entries.set(HashMap::new());
    }
}
