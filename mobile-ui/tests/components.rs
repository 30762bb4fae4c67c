//! What components say to assistive technology, rendered without a browser. How they behave is tested in one: e2e.

use dioxus::prelude::*;
use jiff::{Timestamp, tz::TimeZone};
use mediconnect_ui::{
    Alternative, App, Avatar, Button, InputKind, Language, PasswordField, Rating, RefusalCard, Steps,
    SyncLine, SyncStatus, TextField,
    calendar::{Slot, SlotGrid},
    use_reader_provider,
};

fn now() -> Timestamp {
    "2026-03-02T05:12:00Z".parse().expect("the constant is a timestamp")
}

/// The HTML of `body` inside an app whose reader reads `language` in Kolkata, without the styles.
fn html(language: Language, body: fn() -> Element) -> String {
    fn root((language, body): (Language, fn() -> Element)) -> Element {
        use_reader_provider(language, TimeZone::get("Asia/Kolkata").expect("a zone"), now);
        rsx! {
            App { {body()} }
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let _inside = runtime.enter();
    let mut tree = VirtualDom::new_with_props(root, (language, body));
    tree.rebuild_in_place();
    let page = dioxus_ssr::render(&tree);
    page.rsplit("</style>").next().unwrap_or_default().to_owned()
}

#[test]
fn the_app_names_its_language_and_direction() {
    let english = html(Language::En, || rsx! {});
    assert!(english.contains(r#"lang="en" dir="ltr""#), "{english}");
    let arabic = html(Language::Ar, || rsx! {});
    assert!(arabic.contains(r#"lang="ar" dir="rtl""#), "{arabic}");
}

#[test]
fn a_busy_button_says_so_and_cannot_send_the_form() {
    let button = html(Language::En, || {
        rsx! {
            Button { submit: true, busy: true, "Book" }
        }
    });
    assert!(button.contains(r#"aria-busy="true""#) && button.contains(r#"type="button""#), "{button}");
    assert!(button.contains("Book"), "the words stay: {button}");
}

#[test]
fn a_field_is_tied_to_its_label_help_and_error() {
    let field = html(Language::En, || {
        rsx! {
            TextField {
                id: "email",
                label: "Email",
                kind: InputKind::Email,
                value: "",
                help: "For the receipt.",
                error: "Enter your email.",
                on_change: |_| {},
            }
        }
    });
    assert!(field.contains(r#"for="email""#) && field.contains(r#"id="email""#), "{field}");
    assert!(field.contains(r#"aria-describedby="email-error email-help""#), "{field}");
    assert!(field.contains(r#"id="email-error""#) && field.contains(r#"id="email-help""#), "{field}");
    assert!(field.contains(r#"aria-invalid="true""#) && field.contains(r#"inputmode="email""#), "{field}");
}

#[test]
fn a_new_password_is_hidden_and_offered_to_the_password_manager() {
    let field = html(Language::En, || {
        rsx! {
            PasswordField { label: "Password", choosing: true, value: "", on_change: |_| {} }
        }
    });
    assert!(
        field.contains(r#"type="password""#) && field.contains(r#"autocomplete="new-password""#),
        "{field}"
    );
    assert!(field.contains("Show password"), "{field}");
}

#[test]
fn the_sync_line_says_how_old_what_is_shown_is() {
    let line = html(Language::En, || {
        rsx! {
            SyncLine { status: SyncStatus::Offline { as_of: Some(now()) } }
            SyncLine { status: SyncStatus::Waiting(2) }
        }
    });
    assert!(line.contains("As of 10:42, offline") && line.contains("2 waiting to be sent"), "{line}");
    let yesterday = html(Language::En, || {
        let as_of = now() - jiff::SignedDuration::from_hours(24);
        rsx! {
            SyncLine { status: SyncStatus::Offline { as_of: Some(as_of) } }
        }
    });
    assert!(yesterday.contains("As of Yesterday, 10:42, offline"), "{yesterday}");
}

#[test]
fn times_are_shown_in_the_readers_zone_and_language() {
    let slots = || {
        let free = Slot { start: "2026-03-03T04:00:00Z".parse().expect("a timestamp"), free: true };
        let taken = Slot { start: "2026-03-03T12:00:00Z".parse().expect("a timestamp"), free: false };
        rsx! {
            SlotGrid { slots: vec![free, taken], on_choose: |_| {} }
        }
    };
    let english = html(Language::En, slots);
    assert!(english.contains("Morning") && english.contains("09:30"), "{english}");
    assert!(
        english.contains("Evening") && english.contains("17:30") && english.contains("Not free"),
        "{english}"
    );
    let hindi = html(Language::Hi, slots);
    assert!(hindi.contains("सुबह") && hindi.contains("9:30") && hindi.contains("5:30"), "{hindi}");
}

#[test]
fn a_rating_is_spoken_and_one_without_reviews_shows_no_stars() {
    let rated = html(Language::En, || {
        rsx! {
            Rating { mean: 4.63, count: 1 }
        }
    });
    assert!(rated.contains(r#"aria-label="4.6 of 5""#) && rated.contains("1 review<"), "{rated}");
    let unrated = html(Language::En, || {
        rsx! {
            Rating { mean: 0.0, count: 0 }
        }
    });
    assert!(unrated.contains("No reviews yet") && !unrated.contains("<svg"), "{unrated}");
}

#[test]
fn a_refusal_shows_only_what_can_be_done_about_it() {
    let card = html(Language::En, || {
        rsx! {
            RefusalCard {
                title: "This time was taken",
                text: "Choose another time.",
                alternatives: vec![Alternative { key: "a".into(), label: "Tomorrow, 10:00".into() }],
                on_discard: |()| {},
            }
        }
    });
    assert!(card.contains("Tomorrow, 10:00") && card.contains("Discard"), "{card}");
    assert!(!card.contains("Try again") && !card.contains("Keep looking"), "{card}");
}

#[test]
fn progress_and_initials_are_not_only_pictures() {
    let steps = html(Language::En, || {
        rsx! {
            Steps { step: 2, steps: 3 }
            Avatar { name: "Dr. Asha Rao" }
        }
    });
    assert!(steps.contains(r#"aria-valuenow="2""#) && steps.contains("Step 2 of 3"), "{steps}");
    assert!(steps.contains("AR") && steps.contains(r#"aria-hidden="true""#), "{steps}");
}
