//! `cargo xtask tidy`: the rules of this repository that a program can check.
//!
//! Each rule is a function from the [`Sources`] to its [`Finding`]s, with tests of its own on made-up
//! sources; the list below is all of them. A rule without findings counts as a passed test. Notes (a
//! function that grew long) are printed and fail nothing, until they become too much.

mod commands;
mod leaks;
mod length;
mod locks;
mod module_docs;
mod rust;
mod sources;
mod unfinished;
mod unsafe_code;
mod wording;

use crate::checkout::Checkout;
use anyhow::Result;
use sources::Sources;

/// Something that breaks a rule, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file, from the root, with slashes.
    pub path: String,
    /// The line, from 1; 0 when it is about the whole file.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub what: String,
    /// Whether it breaks the rule or only comes close.
    pub grave: bool,
}

impl Finding {
    fn new(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, what: what.into(), grave: true }
    }

    fn note(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self { grave: false, ..Self::new(path, line, what) }
    }
}

type Rule = fn(&Sources) -> Vec<Finding>;

const RULES: &[(&str, Rule)] = &[
    ("nothing is left unfinished or ignored", unfinished::check),
    ("files and functions are short enough to read", length::check),
    ("every module of core, server and xtask says why it exists", module_docs::check),
    ("unsafe code stays in its allow list", unsafe_code::check),
    ("nothing names a machine or a registry host", leaks::check),
    ("lock files agree with their manifests", locks::check),
    ("every command of the registry is tested", commands::check),
    ("every refusal is worded, and every language has every text", wording::check),
];

/// Checks all rules. True when none is broken.
pub fn run(checkout: &Checkout) -> Result<bool> {
    let sources = Sources::read(&checkout.root)?;
    let mut failed = 0;
    for (name, rule) in RULES {
        let findings = rule(&sources);
        let broken = findings.iter().any(|finding| finding.grave);
        failed += usize::from(broken);
        println!("{} {name}", if broken { "FAILED" } else { "ok    " });
        for finding in findings {
            let mark = if finding.grave { "" } else { "note: " };
            println!("       {mark}{}:{}: {}", finding.path, finding.line, finding.what);
        }
    }
    println!("{} passed, {failed} failed", RULES.len() - failed);
    Ok(failed == 0)
}
