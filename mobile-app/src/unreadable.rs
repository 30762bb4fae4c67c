//! Entries of a history that do not open here, and why.

use dioxus::prelude::*;
use mediconnect_core::{vault::Unreadable, views::history::UnreadableLine};
use mediconnect_ui::{Glyph, Icon, use_reader};

#[component]
pub fn CannotRead(lines: Vec<UnreadableLine>) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let words = |line: &UnreadableLine| {
        let key = match line.why {
            Unreadable::Altered => "app-entry-altered",
            Unreadable::Older => "app-entry-older",
            Unreadable::Newer => "app-entry-newer",
            Unreadable::NotShared => "app-entry-not-shared",
        };
        let date = line.written_at.to_zoned(reader.zone()).date();
        t.with(key, &[("date", t.date_with_year(date).into())])
    };
    rsx! {
        for line in lines {
            p { key: "{line.id}", class: "notice", "data-tone": "caution",
                Icon { glyph: Glyph::Alert }
                span { {words(&line)} }
            }
        }
    }
}

/// The server shows keys that this device does not know.
#[component]
pub fn HistoryRefused() -> Element {
    let t = mediconnect_ui::use_texts();
    rsx! {
        p { class: "notice", role: "alert", "data-tone": "critical",
            Icon { glyph: Glyph::Shield }
            span { {t.get("app-history-refused")} }
        }
    }
}
