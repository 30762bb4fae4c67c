//! The texts of all languages against each other and against the sources that ask for them.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use fluent_bundle::FluentResource;
use mediconnect_i18n::{
    Language,
    bundles::{keys, sources},
};

const WRITTEN: [Language; 2] = [Language::En, Language::Hi];

#[test]
fn every_file_parses_without_a_slip() {
    for language in WRITTEN {
        for (area, source) in sources(language) {
            if let Err((_, errors)) = FluentResource::try_new((*source).to_owned()) {
                panic!("{} {area}: {errors:?}", language.tag());
            }
        }
    }
}

#[test]
fn no_key_is_written_twice() {
    for language in WRITTEN {
        let mut seen = BTreeSet::new();
        for (area, source) in sources(language) {
            let defined = source.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()));
            for key in defined.filter_map(|line| Some(line.split_once('=')?.0.trim())) {
                assert!(seen.insert(key), "{} {area}: `{key}` is there twice", language.tag());
            }
        }
        assert!(!seen.is_empty());
    }
}

#[test]
fn every_language_has_the_keys_of_english_with_the_same_variables() {
    let english = keys(Language::En);
    for language in WRITTEN {
        let own = keys(language);
        let faults: Vec<&String> =
            english.keys().chain(own.keys()).filter(|key| english.get(*key) != own.get(*key)).collect();
        assert!(faults.is_empty(), "{}: {faults:?}", language.tag());
    }
}

#[test]
fn every_key_the_sources_ask_for_exists() {
    let known = keys(Language::En);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files = ["core", "mobile-ui", "mobile-app", "mobile-patient", "mobile-doctor", "server", "e2e"]
        .iter()
        .flat_map(|folder| rust_files(&root.join(folder)));
    let mut asked = 0;
    let mut faults = Vec::new();
    for file in files {
        let source = fs::read_to_string(&file).expect("a source file is text");
        for key in asked_for(&code(&source)) {
            asked += 1;
            if !known.contains_key(&key) {
                faults.push(format!("{}: `{key}`", file.display()));
            }
        }
    }
    assert!(asked > 50, "the scan found only {asked} keys: it no longer sees the calls");
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_scan_sees_keys_in_branches_and_leaves_made_up_ones() {
    let source = r#"
        t.get("plain"); reader.texts().with("with", &[("n", "not-a-key".into())]);
        t.get(match state { A => "one", B => "two" }); t.get(&format!("made-{up}")); map.get("other");
    "#;
    assert_eq!(asked_for(source), ["plain", "one", "two", "with"]);
}

/// The source without its comments and its tests.
fn code(source: &str) -> String {
    let shipped = source.split("#[cfg(test)]").next().unwrap_or_default();
    shipped.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files = Vec::new();
    for path in entries.map(|entry| entry.expect("a readable folder").path()) {
        if path.is_dir() && !["node_modules", "target", "tests"].iter().any(|name| path.ends_with(name)) {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The literals in the first argument of `get` and `with` on a value called `t` or `texts`.
fn asked_for(source: &str) -> Vec<String> {
    let calls = [
        "t.get(",
        "t.with(",
        "texts.get(",
        "texts.with(",
        "texts().get(",
        "texts().with(",
        "self.get(",
        "self.with(",
    ];
    let mut found = Vec::new();
    for call in calls {
        for (at, _) in source.match_indices(call) {
            let word_before =
                source[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
            let another_self = call.starts_with("self") && !source.contains("impl Texts");
            if !(word_before || another_self) {
                found.extend(literals(first_argument(&source[at + call.len()..])));
            }
        }
    }
    found
}

fn first_argument(rest: &str) -> &str {
    let (mut depth, mut in_literal) = (0_i32, false);
    for (at, c) in rest.char_indices() {
        match c {
            '"' => in_literal = !in_literal,
            '(' | '[' | '{' if !in_literal => depth += 1,
            ')' | ']' | '}' if !in_literal && depth == 0 => return &rest[..at],
            ')' | ']' | '}' if !in_literal => depth -= 1,
            ',' if !in_literal && depth == 0 => return &rest[..at],
            _ => {}
        }
    }
    rest
}

/// Quoted texts that are whole keys; those with a place for a variable are made while running.
fn literals(argument: &str) -> Vec<String> {
    let quoted = argument.split('"').skip(1).step_by(2);
    quoted.filter(|text| !text.contains('{') && !argument.contains("format!")).map(str::to_owned).collect()
}
