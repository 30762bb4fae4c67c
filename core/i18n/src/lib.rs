//! Every text of MediConnect, in every language, and how each language writes dates, numbers and money.
//!
//! Texts are Fluent files under `texts/<language>/<area>.ftl`, embedded in the binary. [`Texts`] looks a key up in the
//! reader's language, then in English, and as a last resort shows the key in brackets: a missing text is ugly, never a
//! crash and never silently empty. Tests hold that it cannot happen: every language that is offered has every key with
//! the same variables, and every key the sources ask for is there.
//!
//! Ask for texts by a literal on a value called `t` or `texts` (`t.get("sign-in")`): the test finds such calls.

pub mod bundles;
mod dates;
mod language;
mod numbers;
mod words;

pub use fluent_bundle::FluentValue as Value;
pub use language::{Direction, Language, UnknownLanguage};
pub use words::Words;

/// The texts of one language. Cheap to copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    language: Language,
}

impl Texts {
    pub fn new(language: Language) -> Self {
        Self { language }
    }

    pub fn language(self) -> Language {
        self.language
    }

    /// The text of `key`.
    pub fn get(self, key: &str) -> String {
        self.look_up(key, None).unwrap_or_else(|| format!("[{key}]"))
    }

    /// The text of `key` with its variables: `t.with("visits", &[("n", 3.into())])`.
    pub fn with(self, key: &str, variables: &[(&str, Value)]) -> String {
        let arguments = variables.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.look_up(key, Some(&arguments)).unwrap_or_else(|| format!("[{key}]"))
    }

    /// The text of a key that may not exist, such as one made from a code of a newer server.
    pub fn find(self, key: &str) -> Option<String> {
        self.look_up(key, None)
    }

    fn look_up(self, key: &str, arguments: Option<&fluent_bundle::FluentArgs>) -> Option<String> {
        bundles::format(self.language, key, arguments)
            .or_else(|| bundles::format(Language::En, key, arguments))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_key_shows_itself_and_does_not_panic() {
        assert_eq!(Texts::new(Language::Hi).get("no-such-key"), "[no-such-key]");
        assert_eq!(Texts::new(Language::Hi).find("no-such-key"), None);
    }

    #[test]
    fn a_language_without_a_text_falls_back_to_english() {
        let english = Texts::new(Language::En).get("action-back");
        assert_eq!(Texts::new(Language::Fr).get("action-back"), english);
    }

    #[test]
    fn counts_are_grouped_inside_sentences() {
        let hindi = Texts::new(Language::Hi).with("rating-count", &[("n", 123_456.into())]);
        assert!(hindi.contains("1,23,456"), "{hindi}");
    }
}
