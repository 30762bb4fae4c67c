//! The Fluent files of every language, embedded and parsed once on first use.
//!
//! One file per area, so that whoever writes a screen edits that screen's file and nothing here.

use std::{borrow::Cow, collections::BTreeMap, collections::BTreeSet, sync::OnceLock};

use fluent_bundle::{FluentResource, FluentValue, concurrent::FluentBundle};
use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};

use crate::{Language, numbers};

pub(crate) type Bundle = FluentBundle<FluentResource>;

macro_rules! areas {
    ($($area:literal),* $(,)?) => {
        /// The Fluent sources of a language, each with the name of its area. Languages without texts have none.
        pub fn sources(language: Language) -> &'static [(&'static str, &'static str)] {
            match language {
                Language::En => &[$(($area, include_str!(concat!("../texts/en/", $area, ".ftl")))),*],
                Language::Hi => &[$(($area, include_str!(concat!("../texts/hi/", $area, ".ftl")))),*],
                Language::Es | Language::Fr | Language::Ar => &[],
            }
        }
    };
}

areas![
    "common", "calendar", "ui", "refusals", "account", "app", "patient", "doctor", "admin", "audit", "mail"
];

pub(crate) fn bundle(language: Language) -> &'static Bundle {
    static BUNDLES: [OnceLock<Bundle>; Language::ALL.len()] =
        [const { OnceLock::new() }; Language::ALL.len()];
    BUNDLES[language as usize].get_or_init(|| build(language))
}

fn build(language: Language) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language.id()]);
    // Isolation marks keep a Latin name from turning a right-to-left sentence around; elsewhere they only break search.
    bundle.set_use_isolating(Language::Ar == language);
    bundle.set_formatter(Some(match numbers::groups_in_lakhs(language) {
        true => |value, _| group(value, Language::Hi),
        false => |value, _| group(value, Language::En),
    }));
    for (_, source) in sources(language) {
        bundle.add_resource_overriding(parse(source));
    }
    bundle
}

/// Digits grouped by thousands or lakhs: a bundle's formatter is a plain function that cannot know its language.
fn group(value: &FluentValue, like: Language) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(numbers::localised(&number.as_string(), like)),
        _ => None,
    }
}

/// What parses is used: a slip in one message must not take the others away. Tests hold that there is none.
fn parse(source: &str) -> FluentResource {
    FluentResource::try_new(source.to_owned()).unwrap_or_else(|(usable, _)| usable)
}

/// The message of `key` in one language, without falling back.
pub(crate) fn format(
    language: Language,
    key: &str,
    arguments: Option<&fluent_bundle::FluentArgs>,
) -> Option<String> {
    let bundle = bundle(language);
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text: Cow<str> = bundle.format_pattern(pattern, arguments, &mut errors);
    Some(text.into_owned())
}

/// The keys of a language with the variables each uses.
pub fn keys(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys = BTreeMap::new();
    for (_, source) in sources(language) {
        for entry in parse(source).entries() {
            if let Entry::Message(message) = entry {
                let mut variables = BTreeSet::new();
                if let Some(pattern) = &message.value {
                    collect(pattern, &mut variables);
                }
                keys.insert(message.id.name.to_owned(), variables);
            }
        }
    }
    keys
}

/// The keys of English that `language` lacks.
pub fn missing(language: Language) -> Vec<String> {
    let there = keys(language);
    keys(Language::En).into_keys().filter(|key| !there.contains_key(key)).collect()
}

fn collect(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => collect_inline(inline, variables),
            Expression::Select { selector, variants } => {
                collect_inline(selector, variables);
                variants.iter().for_each(|variant| collect(&variant.value, variables));
            }
        }
    }
}

fn collect_inline(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments: CallArguments { positional, .. }, .. } => {
            positional.iter().for_each(|argument| collect_inline(argument, variables));
        }
        _ => {}
    }
}
