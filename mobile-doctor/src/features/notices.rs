//! Where the notices of a doctor lead.

use dioxus::prelude::*;
use mediconnect_app::screens;
use mediconnect_core::views::doctor::notices::{LeadsTo, leads_to};
use mediconnect_domain::notices::Subject;
use mediconnect_ui::use_reader;

use crate::{route::Route, words};

#[component]
pub fn Notices() -> Element {
    let reader = use_reader();
    rsx! { screens::Notices { words: move |subject| words::notice(reader, &subject), on_open: open } }
}

fn open(subject: Subject) {
    let Some(place) = leads_to(&subject) else { return };
    navigator().push(match place {
        LeadsTo::Visit(id) => Route::Visit { id },
        LeadsTo::Request(id) => Route::Request { id },
        LeadsTo::Verification => Route::Verification {},
    });
}
