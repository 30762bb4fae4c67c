//! The recovery words: seen, written on paper, checked, and then gone from this device.

use dioxus::prelude::*;
use mediconnect_ui::{
    Button, ButtonKind, Card, EmptyState, ErrorSummary, FieldProblem, Form, Glyph, Icon, PictureKind, Screen,
    TextField, Tone, use_texts,
};
use uuid::Uuid;

use crate::{Place, back, use_device};

/// Above other things as long as the words are on no paper.
#[component]
pub fn WordsWait() -> Element {
    let t = use_texts();
    let device = use_device();
    if !device.words_wait() {
        return rsx! {};
    }
    rsx! {
        Card { tone: Tone::Caution, label: t.get("app-words-wait"),
            h2 { {t.get("app-words-wait")} }
            p { {t.get(&device.for_role("app-words-wait-text"))} }
            Button { kind: ButtonKind::Secondary, glyph: Glyph::Key, onclick: |()| Place::Words.open(), {t.get("app-words-see")} }
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Step {
    Read,
    Check,
    Saved,
}

#[component]
pub fn RecoveryWords() -> Element {
    let t = use_texts();
    let device = use_device();
    let mut step = use_signal(|| Step::Read);
    let waits = device.words_wait();
    // The keychain may be slow: it is asked once, not with every drawing.
    let words = use_memo(use_reactive!(|waits| {
        let words = waits.then(|| device.client().recovery_words().ok().flatten()).flatten();
        words.map(|words| words.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }));
    let words = words();
    rsx! {
        Screen { title: t.get("app-words"), on_back: |()| back(),
            match (step(), words) {
                (Step::Saved, _) => rsx! { Saved { title: "app-words-saved", text: "app-words-saved-text" } },
                (_, None) => rsx! { Saved { title: "app-words-gone", text: "app-words-gone-text" } },
                (Step::Read, Some(words)) => rsx! { Read { words, on_written: move |()| step.set(Step::Check) } },
                (Step::Check, Some(words)) => rsx! {
                    Check { words, on_back: move |()| step.set(Step::Read), on_right: move |()| step.set(Step::Saved) }
                },
            }
        }
    }
}

#[component]
fn Read(words: Vec<String>, on_written: EventHandler<()>) -> Element {
    let t = use_texts();
    let device = use_device();
    rsx! {
        p { {t.get(&device.for_role("app-words-why"))} }
        p { class: "notice", "data-tone": "caution",
            Icon { glyph: Glyph::Alert }
            span { {t.get("app-words-how")} }
        }
        ol { class: "card words", translate: "no", lang: "en", aria_label: t.get("app-words"),
            for (at, word) in words.into_iter().enumerate() {
                li { key: "{at}", class: "words__word", {word} }
            }
        }
        Button { wide: true, onclick: move |()| on_written.call(()), {t.get("app-words-written")} }
        Button { wide: true, kind: ButtonKind::Quiet, onclick: |()| back(), {t.get("app-words-later")} }
    }
}

/// Three of the words, from paper: whoever can type them has written something down.
#[component]
fn Check(words: Vec<String>, on_back: EventHandler<()>, on_right: EventHandler<()>) -> Element {
    let t = use_texts();
    let device = use_device();
    let asked = use_hook(|| asked(device.new_id(), words.len()));
    let mut typed = use_signal(|| vec![String::new(); 3]);
    let mut attempt = use_signal(|| 0_u32);
    let mut failed = use_signal(|| false);
    let right = |n: usize| typed.read()[n].trim().eq_ignore_ascii_case(&words[asked[n]]);
    let wrong = |n: usize| t.with("app-words-wrong", &[("n", (asked[n] + 1).into())]);
    let problems: Vec<FieldProblem> = match attempt() {
        0 => Vec::new(),
        _ => (0..3).filter(|n| !right(*n)).map(|n| FieldProblem::new(field(n), wrong(n))).collect(),
    };
    let all_right = (0..3).all(right);
    let error =
        |n: usize| problems.iter().find(|one| one.field_id == field(n)).map(|one| one.message.clone());
    let errors: Vec<Option<String>> = (0..3).map(error).collect();
    let check = move |()| {
        attempt += 1;
        if all_right {
            match device.client().words_are_saved() {
                Ok(()) => on_right.call(()),
                Err(error) => {
                    tracing::error!(%error, "the words are still on this device");
                    failed.set(true);
                }
            }
        }
    };
    rsx! {
        p { {t.get("app-words-check")} }
        crate::Problem { text: failed().then(|| t.get("app-store-failed-text")) }
        Form { label: t.get("app-words-check"), on_submit: check,
            ErrorSummary { problems, attempt: attempt() }
            for (n, error) in errors.into_iter().enumerate() {
                TextField {
                    key: "{n}",
                    id: field(n),
                    label: t.with("app-words-word", &[("n", (asked[n] + 1).into())]),
                    autocomplete: "off",
                    value: typed.read()[n].clone(),
                    error,
                    on_change: move |word| typed.write()[n] = word,
                }
            }
            Button { submit: true, wide: true, {t.get("app-words-check-button")} }
            Button { wide: true, kind: ButtonKind::Quiet, onclick: move |()| on_back.call(()), {t.get("app-words-again")} }
        }
    }
}

fn field(n: usize) -> String {
    format!("word-{n}")
}

/// Three different places out of so many, in order, chosen by a random id.
fn asked(random: Uuid, of: usize) -> [usize; 3] {
    let mut places: Vec<usize> = (0..of).collect();
    let mut chosen = [0; 3];
    for (place, byte) in chosen.iter_mut().zip(random.as_bytes().iter().rev()) {
        *place = places.swap_remove(usize::from(*byte) % places.len());
    }
    chosen.sort_unstable();
    chosen
}

#[component]
fn Saved(title: &'static str, text: &'static str) -> Element {
    let t = use_texts();
    rsx! {
        EmptyState { picture: PictureKind::Done, title: t.get(title), text: t.get(text),
            Button { kind: ButtonKind::Secondary, onclick: |()| back(), {t.get("action-back")} }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_different_words_are_asked_for() {
        for seed in 0..200_u8 {
            let [a, b, c] = asked(Uuid::from_bytes([seed; 16]), 24);
            assert!(a < b && b < c && c < 24, "{a} {b} {c}");
        }
    }
}
