//! Every command of the registry is tested: its name stands in test code somewhere in the workspace.
//!
//! It does not say how well. It finds the command that was added and forgotten.

use super::Finding;
use super::rust::{group, is_sign, line, name, tokens, walk};
use super::sources::{Source, Sources};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeSet;

const REGISTRY: &str = "core/domain/src/registry.rs";

pub fn check(sources: &Sources) -> Vec<Finding> {
    let Some(registry) = sources.file(REGISTRY) else { return Vec::new() };
    let commands = tokens(&registry.text).map(registered).unwrap_or_default();
    if commands.is_empty() {
        return vec![Finding::new(REGISTRY, 0, "no command found: has `commands! { … }` another form now?")];
    }
    let tested: BTreeSet<String> = sources.ending(&[".rs"]).flat_map(names_in_tests).collect();
    commands
        .into_iter()
        .filter(|(command, _)| !tested.contains(command))
        .map(|(command, line)| Finding::new(REGISTRY, line, format!("no test names the command `{command}`")))
        .collect()
}

/// The last name of each path in `commands! { area::file::Name, … }`, and its line.
fn registered(stream: TokenStream) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    walk(stream, &mut |trees| {
        let called = name(trees.first()).as_deref() == Some("commands") && is_sign(trees.get(1), '!');
        let Some(list) = called.then(|| group(trees.get(2), Delimiter::Brace)).flatten() else { return };
        let list: Vec<TokenTree> = list.stream().into_iter().collect();
        for (n, tree) in list.iter().enumerate() {
            let last = list.get(n + 1).is_none_or(|next| is_sign(Some(next), ','));
            if let (Some(name), true) = (name(Some(tree)), last) {
                found.push((name, line(tree)));
            }
        }
    });
    found
}

/// Every name in test code: in files of tests, and in modules and functions under `#[cfg(test)]`, `#[test]`,
/// and the attributes of other test runners.
fn names_in_tests(file: &Source) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let Some(stream) = tokens(&file.text) else { return names };
    if is_test_file(&file.path) {
        collect(stream, &mut names);
        return names;
    }
    walk(stream, &mut |trees| {
        if !is_sign(trees.first(), '#')
            || !group(trees.get(1), Delimiter::Bracket).is_some_and(|a| is_test(a.stream()))
        {
            return;
        }
        let body = trees[2..].iter().find_map(|tree| group(Some(tree), Delimiter::Brace));
        if let Some(body) = body {
            collect(body.stream(), &mut names);
        }
    });
    names
}

fn is_test_file(path: &str) -> bool {
    let of_tests = path.ends_with("/tests.rs") || path.ends_with("/src/testing.rs");
    path.contains("/tests/") || of_tests || path.starts_with("proof/")
}

fn is_test(attribute: TokenStream) -> bool {
    let mut test = false;
    walk(attribute, &mut |trees| {
        test |= matches!(name(trees.first()).as_deref(), Some("test" | "rstest" | "proptest"));
    });
    test
}

fn collect(stream: TokenStream, names: &mut BTreeSet<String>) {
    walk(stream, &mut |trees| names.extend(name(trees.first())));
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "macro_rules! commands { ($($a:ident),*) => { Never } }\n\
        commands! {\n    accounts::open::OpenAccount,\n    reviews::write::WriteReview,\n}\n";

    #[test]
    fn a_command_that_no_test_names_is_found() {
        let sources = Sources::made_up(&[
            (REGISTRY, LIST),
            ("core/domain/src/accounts/open.rs", "#[cfg(test)]\nmod tests { fn a() { OpenAccount {} } }"),
            ("core/domain/src/reviews/write.rs", "pub struct WriteReview;"),
        ]);
        let found = check(&sources);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].line, 4);
        assert!(found[0].what.contains("WriteReview"));
    }

    #[test]
    fn tests_of_other_crates_and_files_of_tests_count() {
        let sources = Sources::made_up(&[
            (REGISTRY, LIST),
            ("server/tests/http/reviews.rs", "fn a() { WriteReview }"),
            ("core/src/b.rs", "#[tokio::test]\nasync fn b() { OpenAccount }"),
        ]);
        assert_eq!(check(&sources), []);
    }

    #[test]
    fn a_registry_without_commands_is_a_finding_and_not_a_pass() {
        assert_eq!(check(&Sources::made_up(&[(REGISTRY, "fn a() {}")])).len(), 1);
    }
}
