//! Buttons, chips, switches and forms.

use dioxus::prelude::*;
use mediconnect_ui::{
    Button, ButtonKind, Checkbox, Chip, ChoiceOption, Choices, Dialog, ErrorSummary, FieldProblem,
    FilterChip, FilterChips, Form, Glyph, IconButton, InputKind, PasswordField, SearchField, Section,
    Segmented, SelectField, Sheet, StatusChip, Steps, Switch, TextArea, TextField, Toast, Tone, Toolbar,
    use_toasts,
};

#[component]
pub fn Buttons() -> Element {
    let mut sheet = use_signal(|| false);
    let mut dialog = use_signal(|| false);
    let mut on = use_signal(|| true);
    let mut choice = use_signal(|| "day".to_owned());
    let toasts = use_toasts();
    rsx! {
        Section { title: "Buttons",
            Button { wide: true, onclick: move |()| toasts.show(Toast::new(Tone::Positive, "Dr Asha Rao will see you tomorrow at 09:30.")), "Book" }
            Button { wide: true, busy: true, "Booking" }
            div { class: "row",
                Button { kind: ButtonKind::Secondary, glyph: Glyph::Filter, onclick: move |()| sheet.set(true), "Open sheet" }
                Button { kind: ButtonKind::Critical, onclick: move |()| dialog.set(true), "Cancel visit" }
                Button { kind: ButtonKind::Quiet, "See all" }
                Button { disabled: true, "Not now" }
            }
            Toolbar { label: "Visit",
                Button { small: true, kind: ButtonKind::Secondary, glyph: Glyph::CheckedIn, "Check in" }
                Button { small: true, kind: ButtonKind::Secondary, glyph: Glyph::NoShow, "Missed" }
                Button { small: true, kind: ButtonKind::Quiet, glyph: Glyph::Start, "Start" }
            }
            div { class: "row",
                IconButton { glyph: Glyph::Bell, label: "Notices", badge: 3 }
                IconButton { glyph: Glyph::Heart, label: "Keep this doctor", pressed: true }
                IconButton { glyph: Glyph::Share, label: "Share" }
                IconButton { glyph: Glyph::More, label: "More" }
            }
        }
        Section { title: "Chips",
            FilterChips { label: "Filters",
                FilterChip { selected: true, opens: true, onclick: |()| {}, "Dermatology" }
                FilterChip { selected: false, opens: true, glyph: Glyph::Pin, onclick: |()| {}, "Distance" }
                FilterChip { selected: false, glyph: Glyph::Video, onclick: |()| {}, "Video" }
                FilterChip { selected: true, onclick: |()| {}, "Soonest" }
                FilterChip { selected: false, opens: true, onclick: |()| {}, "Language" }
            }
            div { class: "row",
                StatusChip { tone: Tone::Positive, label: "Booked" }
                StatusChip { tone: Tone::Caution, label: "Requested", glyph: Glyph::Waiting }
                StatusChip { tone: Tone::Accent, label: "Arrived", glyph: Glyph::CheckedIn }
                StatusChip { tone: Tone::Critical, label: "Cancelled", glyph: Glyph::Refused }
                Chip { "English, Hindi" }
            }
        }
        Section { title: "Choices",
            Segmented {
                label: "View",
                options: vec![ChoiceOption::new("day", "Day"), ChoiceOption::new("week", "Week"), ChoiceOption::new("list", "List")],
                value: choice(),
                on_change: move |value| choice.set(value),
            }
            div { class: "card",
                Switch {
                    label: "Tell me if something earlier opens",
                    detail: "We keep your place and ask you before anything is booked.",
                    on: on(),
                    on_change: move |value| on.set(value),
                }
            }
            Steps { step: 2, steps: 3, label: "How to reach you" }
        }
        Sheet {
            open: sheet(),
            title: "Distance",
            on_close: move |()| sheet.set(false),
            actions: rsx! {
                Button { wide: true, onclick: move |()| sheet.set(false), "Show 12 doctors" }
            },
            Choices {
                label: "How far you would go",
                options: vec![
                    ChoiceOption::new("2", "Up to 2 km").explained("A walk"),
                    ChoiceOption::new("10", "Up to 10 km").explained("About 25 minutes by bus"),
                    ChoiceOption::new("any", "Anywhere"),
                ],
                value: "10",
                on_change: |_| {},
            }
        }
        Dialog {
            open: dialog(),
            title: "Cancel this visit?",
            on_close: move |()| dialog.set(false),
            actions: rsx! {
                Button { kind: ButtonKind::Secondary, onclick: move |()| dialog.set(false), "Keep it" }
                Button { kind: ButtonKind::Critical, onclick: move |()| dialog.set(false), "Cancel visit" }
            },
            p { "Dr Asha Rao, tomorrow at 09:30. Cancelling is free until 21:30 today." }
        }
    }
}

#[component]
pub fn Forms() -> Element {
    let mut name = use_signal(String::new);
    let mut password = use_signal(|| "correct horse".to_owned());
    let mut search = use_signal(|| "skin".to_owned());
    let mut agreed = use_signal(|| true);
    let problems = vec![
        FieldProblem::new("gallery-email", "Enter an email such as name@example.org."),
        FieldProblem::new("gallery-born", "Enter a date of birth in the past."),
    ];
    rsx! {
        SearchField { label: "Doctor, specialty or clinic", value: search(), on_change: move |value| search.set(value) }
        Form { label: "Create account", on_submit: |()| {},
            ErrorSummary { problems: problems.clone() }
            TextField {
                label: "Name",
                help: "As on your identity card.",
                autocomplete: "name",
                value: name(),
                on_change: move |value| name.set(value),
            }
            TextField {
                id: "gallery-email",
                label: "Email",
                kind: InputKind::Email,
                value: "asha@example",
                error: problems[0].message.clone(),
                on_change: |_| {},
            }
            PasswordField {
                label: "Password",
                choosing: true,
                help: "At least 10 characters. A sentence is easy to keep in mind.",
                value: password(),
                on_change: move |value| password.set(value),
            }
            TextField {
                id: "gallery-born",
                label: "Date of birth",
                kind: InputKind::Date,
                value: "2031-05-04",
                error: problems[1].message.clone(),
                on_change: |_| {},
            }
            SelectField {
                label: "Language for visits",
                options: vec![ChoiceOption::new("en", "English"), ChoiceOption::new("hi", "हिन्दी")],
                value: "",
                optional: true,
                on_change: |_| {},
            }
            TextArea {
                label: "What brings you here",
                optional: true,
                placeholder: "For example: itching on both hands since Friday",
                value: "",
                on_change: |_| {},
            }
            Checkbox {
                label: "I have read how my data is used",
                detail: "You can take this back at any time in the settings.",
                checked: agreed(),
                on_change: move |value| agreed.set(value),
            }
            Button { submit: true, wide: true, "Create account" }
        }
    }
}
