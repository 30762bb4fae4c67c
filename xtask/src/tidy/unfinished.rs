//! Nothing is left unfinished, and no test is switched off: what does not work is not in the tree.

use super::Finding;
use super::rust::{group, is_sign, line, name, tokens, walk};
use super::sources::Sources;
use proc_macro2::{Delimiter, TokenTree};

/// Macros that stand for work to do, or are left over from it.
const MACROS: &[&str] = &["todo", "unimplemented", "dbg"];

/// What switches a test off, or all the others, in scripts.
const SCRIPT_WORDS: &[&str] = &[".skip(", ".only(", ".fixme(", ".todo(", "debugger;"];

/// What switches a test off in Python.
const PYTHON_WORDS: &[&str] = &["pytest.mark.skip", "pytest.mark.xfail", "pytest.skip(", "unittest.skip"];

pub fn check(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in sources.ending(&[".rs"]) {
        let Some(stream) = tokens(&file.text) else { continue };
        walk(stream, &mut |trees| {
            if let Some(what) = unfinished(trees) {
                findings.push(Finding::new(&file.path, line(&trees[0]), what));
            }
        });
    }
    for (endings, words) in
        [(&[".ts", ".tsx", ".js", ".mjs"][..], SCRIPT_WORDS), (&[".py"][..], PYTHON_WORDS)]
    {
        for file in sources.ending(endings) {
            for (n, text) in file.text.lines().enumerate() {
                if let Some(word) = words.iter().find(|word| text.contains(**word)) {
                    findings.push(Finding::new(
                        &file.path,
                        n + 1,
                        format!("`{word}`: a test that does not run"),
                    ));
                }
            }
        }
    }
    findings
}

fn unfinished(trees: &[TokenTree]) -> Option<String> {
    if let Some(word) = name(trees.first()).filter(|word| MACROS.contains(&word.as_str())) {
        let called = is_sign(trees.get(1), '!') && matches!(trees.get(2), Some(TokenTree::Group(_)));
        return called.then(|| format!("`{word}!`: finish it or leave it out"));
    }
    let attribute = is_sign(trees.first(), '#').then(|| group(trees.get(1), Delimiter::Bracket))??;
    let first = attribute.stream().into_iter().next();
    (name(first.as_ref()).as_deref() == Some("ignore"))
        .then(|| "`#[ignore]`: a test that does not run".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unfinished_work_is_found_where_it_stands() {
        let sources = Sources::made_up(&[
            ("a.rs", "fn a() {\n    todo!()\n}\n#[test]\n#[ignore]\nfn b() { assert!(dbg!(true)); }"),
            ("b.ts", "it('x', () => {});\nit.skip('y', () => {});"),
            ("c.py", "@pytest.mark.skip\ndef test(): pass"),
        ]);
        let found: Vec<_> = check(&sources).into_iter().map(|finding| (finding.path, finding.line)).collect();
        let expected = [("a.rs", 2), ("a.rs", 5), ("a.rs", 6), ("b.ts", 2), ("c.py", 1)];
        assert_eq!(found, expected.map(|(path, line)| (path.to_owned(), line)));
    }

    #[test]
    fn words_in_texts_and_ordinary_code_are_fine() {
        let sources = Sources::made_up(&[(
            "a.rs",
            "//! todo!() is not used\nfn a() { let todo = \"todo!()\"; v.iter().skip(1); if todo != dbg { ignore() } }",
        )]);
        assert_eq!(check(&sources), []);
    }
}
