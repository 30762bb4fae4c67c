//! Every refusal is worded, and every language has every text.
//!
//! English is what the others are compared with. A language is a folder of Fluent files; a text is a message
//! or an attribute of one.

use super::Finding;
use super::rust::{group, name, tokens, walk};
use super::sources::Sources;
use proc_macro2::{Delimiter, TokenTree};
use std::collections::BTreeMap;

const REFUSALS: &str = "core/domain/src/refusal.rs";
const TEXTS: &str = "core/i18n/";
const ENGLISH: &str = "en";

/// Keys of one language, each with the file and line of its first definition.
type Keys = BTreeMap<String, (String, usize)>;

pub fn check(sources: &Sources) -> Vec<Finding> {
    let languages = languages(sources);
    let mut findings = Vec::new();
    let Some(english) = languages.get(ENGLISH) else {
        return match sources.file(REFUSALS) {
            Some(_) => vec![Finding::new(TEXTS, 0, "there are no English texts")],
            None => findings,
        };
    };
    for code in refusal_codes(sources) {
        let key = format!("refusal-{}", code.replace('_', "-"));
        if !english.contains_key(&key) {
            findings.push(Finding::new(REFUSALS, 0, format!("the refusal `{code}` has no text `{key}`")));
        }
    }
    for (language, keys) in languages.iter().filter(|(language, _)| *language != ENGLISH) {
        let missing = english.iter().filter(|(key, _)| !keys.contains_key(*key));
        findings.extend(missing.map(|(key, (path, line))| {
            Finding::new(path, *line, format!("`{key}` is missing in `{language}`"))
        }));
        let unknown = keys.iter().filter(|(key, _)| !english.contains_key(*key));
        findings.extend(
            unknown.map(|(key, (path, line))| {
                Finding::new(path, *line, format!("`{key}` is not in `{ENGLISH}`"))
            }),
        );
    }
    findings
}

fn languages(sources: &Sources) -> BTreeMap<String, Keys> {
    let mut languages: BTreeMap<String, Keys> = BTreeMap::new();
    for file in sources.ending(&[".ftl"]).filter(|file| file.path.starts_with(TEXTS)) {
        let Some(language) = language(&file.path) else { continue };
        let keys = languages.entry(language).or_default();
        for (n, key) in keys_of(&file.text) {
            keys.entry(key).or_insert_with(|| (file.path.clone(), n));
        }
    }
    languages
}

/// `core/i18n/texts/hi/patient.ftl` and `core/i18n/texts/hi.ftl` are both Hindi.
fn language(path: &str) -> Option<String> {
    let is_language = |part: &&str| {
        let main = part.split('-').next().unwrap_or_default();
        (2..=3).contains(&main.len()) && main.chars().all(|c| c.is_ascii_lowercase()) && *part != "src"
    };
    let inner = path.strip_prefix(TEXTS)?.strip_suffix(".ftl")?;
    inner.split('/').find(is_language).map(str::to_owned)
}

/// Messages at the start of a line, and their attributes as `message.attribute`, with their lines.
fn keys_of(text: &str) -> Vec<(usize, String)> {
    let mut message = String::new();
    let mut keys = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let Some((head, _)) = line.split_once('=') else { continue };
        let head = head.trim_end();
        let is_key = |key: &str| {
            key.starts_with(|c: char| c.is_ascii_alphabetic())
                && key.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
        };
        if is_key(head) {
            message = head.to_owned();
            keys.push((n + 1, message.clone()));
        } else if let Some(attribute) =
            head.trim_start().strip_prefix('.').filter(|attribute| is_key(attribute))
        {
            keys.push((n + 1, format!("{message}.{attribute}")));
        }
    }
    keys
}

/// The texts in the body of `fn code`: the stable code of each refusal.
fn refusal_codes(sources: &Sources) -> Vec<String> {
    let stream = sources.file(REFUSALS).and_then(|file| tokens(&file.text));
    let mut codes = Vec::new();
    walk(stream.unwrap_or_default(), &mut |trees| {
        let is_code =
            name(trees.first()).as_deref() == Some("fn") && name(trees.get(1)).as_deref() == Some("code");
        let body =
            is_code.then(|| trees.iter().find_map(|tree| group(Some(tree), Delimiter::Brace))).flatten();
        let Some(body) = body else { return };
        walk(body.stream(), &mut |inner| {
            if let Some(TokenTree::Literal(literal)) = inner.first() {
                codes.push(literal.to_string().trim_matches('"').to_owned());
            }
        });
    });
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFUSAL: &str = "impl Refusal { pub fn code(&self) -> &'static str { match self {\n\
        Self::SlotTaken { .. } => \"slot_taken\", Self::TooLate => \"too_late\" } } }";

    fn whats(files: &[(&str, &str)]) -> Vec<String> {
        check(&Sources::made_up(files)).into_iter().map(|finding| finding.what).collect()
    }

    #[test]
    fn a_refusal_without_words_is_found() {
        let found = whats(&[
            (REFUSALS, REFUSAL),
            ("core/i18n/texts/en/refusals.ftl", "refusal-slot-taken = Taken.\n"),
        ]);
        assert_eq!(found, ["the refusal `too_late` has no text `refusal-too-late`"]);
    }

    #[test]
    fn languages_have_the_same_texts() {
        let found = whats(&[
            (
                "core/i18n/texts/en/a.ftl",
                "# a = b\nhome = Home\nbook = Book\n    .hint = { $n ->\n        [one] x = y\n    }\n",
            ),
            ("core/i18n/texts/hi/b.ftl", "home = घर\nbook = बुक\nextra = और\n"),
        ]);
        assert_eq!(found, ["`book.hint` is missing in `hi`", "`extra` is not in `en`"]);
    }

    #[test]
    fn a_language_is_a_folder_or_a_file() {
        assert_eq!(language("core/i18n/src/texts/pt-BR/a.ftl").as_deref(), Some("pt-BR"));
        assert_eq!(language("core/i18n/hi.ftl").as_deref(), Some("hi"));
        assert_eq!(language("core/i18n/src/refusals.ftl"), None);
    }

    #[test]
    fn no_texts_at_all_is_a_finding() {
        assert_eq!(whats(&[(REFUSALS, REFUSAL)]).len(), 1);
    }
}
