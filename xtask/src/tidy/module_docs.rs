//! A module opens with why it exists: `//!` first, in everything others read to find their way.

use super::Finding;
use super::sources::Sources;

const FOLDERS: &[&str] = &["core/", "server/", "xtask/", "proof/", "bindings/"];

pub fn check(sources: &Sources) -> Vec<Finding> {
    let covered = |path: &str| {
        FOLDERS.iter().any(|folder| path.starts_with(folder))
            && path.contains("/src/")
            && !path.contains("/tests/")
            && !path.ends_with("/tests.rs")
    };
    sources
        .ending(&[".rs"])
        .filter(|file| covered(&file.path) && !opens_with_why(&file.text))
        .map(|file| Finding::new(&file.path, 1, "begin with `//!`: why this module exists"))
        .collect()
}

/// Attributes of the crate may come first.
fn opens_with_why(text: &str) -> bool {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with("#!["));
    first.and_then(|line| line.strip_prefix("//!")).is_some_and(|words| words.trim().len() > 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_without_a_reason_is_found() {
        let sources = Sources::made_up(&[
            ("core/src/a.rs", "//! Keeps things: so that they stay.\nfn a() {}"),
            ("core/src/b.rs", "#![deny(warnings)]\n\n//! Keeps things: so that they stay.\n"),
            ("core/src/c.rs", "use x;\n//! late"),
            ("core/domain/src/d.rs", "//!\n"),
            ("core/tests/e.rs", "fn e() {}"),
        ]);
        let found: Vec<String> = check(&sources).into_iter().map(|finding| finding.path).collect();
        assert_eq!(found, ["core/src/c.rs", "core/domain/src/d.rs"]);
    }
}
