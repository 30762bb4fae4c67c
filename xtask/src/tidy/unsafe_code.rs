//! Unsafe code is denied by the workspace's lints; this keeps files from allowing it to themselves.

use super::Finding;
use super::rust::{line, name, tokens, walk};
use super::sources::Sources;

/// Files that need it, each with the reason.
const ALLOWED: &[(&str, &str)] = &[];

pub fn check(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in sources.ending(&[".rs"]) {
        if ALLOWED.iter().any(|(path, _)| *path == file.path) {
            continue;
        }
        let Some(stream) = tokens(&file.text) else { continue };
        walk(stream, &mut |trees| {
            if name(trees.first()).as_deref() == Some("unsafe") {
                findings.push(Finding::new(
                    &file.path,
                    line(&trees[0]),
                    "unsafe code outside its allow list",
                ));
            }
        });
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsafe_is_found_in_code_only() {
        let sources = Sources::made_up(&[
            ("a.rs", "// unsafe\n#![deny(unsafe_code)]\nconst A: &str = \"unsafe\";"),
            ("b.rs", "#[allow(unsafe_code)]\nfn a() {\n    unsafe { b() }\n}"),
        ]);
        let found: Vec<_> = check(&sources).into_iter().map(|finding| (finding.path, finding.line)).collect();
        assert_eq!(found, [("b.rs".to_owned(), 3)]);
    }
}
