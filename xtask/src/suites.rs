//! The suites of `cargo xtask test`, as a table.
//!
//! To add one: add an entry. A suite belongs to a checkout when the paths in `covers` are there; what it
//! `needs` from the machine is checked when it runs, and a suite that cannot run is a failure, not a silence.

use crate::checkout::{Checkout, program};
use crate::postgres::Durability;
use crate::setup::Purpose;
use std::ffi::OsString;
use std::process::Command;

/// Some tests that run together and are counted together.
pub struct Suite {
    /// As in `--only`, and the name of the log.
    pub name: &'static str,
    /// What holds when it passes.
    pub proves: &'static str,
    /// Files or folders of the checkout it is about.
    pub covers: &'static [&'static str],
    /// What has to be installed, beyond Cargo.
    pub needs: &'static [Purpose],
    /// Part of the inner loop (`--fast`).
    pub pace: Pace,
    /// What has to run beside it.
    pub beside: &'static [Fixture],
    /// What is run, one after the other; the first failure ends it.
    pub steps: &'static [Step],
    /// After so long it is stopped and has failed.
    pub limit_min: u64,
}

/// In which runs a suite is.
#[derive(Clone, Copy, PartialEq)]
pub enum Pace {
    /// Both.
    Quick,
    /// Only the inner loop, `--fast`: something smaller that the full run contains anyway.
    OnlyQuick,
    /// Only the full run.
    Full,
}

/// Something a suite finds running.
#[derive(Clone, Copy, PartialEq)]
pub enum Fixture {
    /// A private cluster, named in `MEDICONNECT_TEST_POSTGRES`.
    Postgres(Durability),
    /// A screen, named in `DISPLAY`.
    Display,
}

/// One program.
pub enum Step {
    /// Cargo with these arguments; it passes or fails as a whole.
    Cargo(&'static [&'static str]),
    /// Rust tests chosen by these arguments: by nextest where it is installed, else by Cargo.
    RustTests(&'static [&'static str]),
    /// cargo-deny on a workspace.
    Deny(&'static str),
    /// An npm script that passes or fails as a whole, in a folder.
    NpmCheck(&'static str, &'static str),
    /// An npm script that prints how many tests it ran, in a folder.
    NpmTests(&'static str, &'static str),
    /// A Python test file or folder, by pytest, in a folder.
    Pytest(&'static str, &'static str),
    /// One of our own tasks; it ends with a line of counts.
    Task(&'static [&'static str]),
}

/// How the tests of a step are counted.
#[derive(Clone, Copy, PartialEq)]
pub enum Counting {
    /// From what it prints.
    Printed,
    /// It is one test.
    Whole,
}

/// All of them, quick ones first.
pub const SUITES: &[Suite] = &[
    Suite {
        name: "tidy",
        proves: "the rules of this repository that a program can check",
        covers: &["xtask"],
        needs: &[],
        pace: Pace::Quick,
        beside: &[],
        steps: &[Step::Task(&["tidy"])],
        limit_min: 5,
    },
    Suite {
        name: "format",
        proves: "one way of writing",
        covers: &["rustfmt.toml"],
        needs: &[],
        pace: Pace::Quick,
        beside: &[],
        steps: &[Step::Cargo(&["fmt", "--all", "--check"])],
        limit_min: 5,
    },
    Suite {
        name: "licences",
        proves: "only allowed licences, crates and sources are built in",
        covers: &["deny.toml"],
        needs: &[],
        pace: Pace::Full,
        beside: &[],
        steps: &[Step::Deny("Cargo.toml")],
        limit_min: 5,
    },
    Suite {
        name: "licences-admin",
        proves: "the same for the admin app's own workspace",
        covers: &["deny.toml", "desktop-admin/src-tauri/Cargo.lock"],
        needs: &[],
        pace: Pace::Full,
        beside: &[],
        steps: &[Step::Deny("desktop-admin/src-tauri/Cargo.toml")],
        limit_min: 5,
    },
    Suite {
        name: "clippy",
        proves: "no warning in the workspace",
        covers: &["core"],
        needs: &[Purpose::Build],
        pace: Pace::Full,
        beside: &[],
        steps: &[Step::Cargo(&[
            "clippy",
            "--locked",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ])],
        limit_min: 30,
    },
    Suite {
        name: "rules",
        proves: "the rules of the domain, and the unit tests of core and server",
        covers: &["core/domain"],
        needs: &[Purpose::Build],
        pace: Pace::OnlyQuick,
        beside: &[],
        steps: &[
            Step::RustTests(&["--locked", "-p", "mediconnect-domain"]),
            Step::RustTests(&["--locked", "-p", "mediconnect-i18n"]),
            Step::RustTests(&["--locked", "-p", "mediconnect-core", "--lib"]),
            Step::RustTests(&["--locked", "-p", "mediconnect-server", "--lib"]),
        ],
        limit_min: 20,
    },
    Suite {
        name: "rust",
        proves: "every Rust test: rules, storage conformance on all stores, core, server over HTTP, components",
        covers: &["core"],
        needs: &[Purpose::Build, Purpose::Database],
        pace: Pace::Full,
        beside: &[Fixture::Postgres(Durability::Relaxed)],
        steps: &[
            Step::RustTests(&["--locked", "--workspace", "--exclude", "mediconnect-proof"]),
            Step::Cargo(&["test", "--locked", "--workspace", "--doc"]),
        ],
        limit_min: 40,
    },
    Suite {
        name: "programs",
        proves: "everything that is run below builds",
        covers: &["core"],
        needs: &[Purpose::Build],
        pace: Pace::Full,
        beside: &[],
        steps: &[Step::Cargo(&["build", "--locked", "--workspace"])],
        limit_min: 30,
    },
    Suite {
        name: "gallery",
        proves: "every component in every state: light, dark, large text, Hindi, right to left; axe finds nothing",
        covers: &["e2e/gallery.mjs"],
        needs: &[Purpose::Browser],
        pace: Pace::Full,
        beside: &[],
        steps: &[Step::NpmTests("e2e", "gallery")],
        limit_min: 15,
    },
    Suite {
        name: "admin",
        proves: "the admin app's pages: types that agree with Rust, and its own tests",
        covers: &["desktop-admin/package-lock.json"],
        needs: &[],
        pace: Pace::Full,
        beside: &[],
        steps: &[
            Step::NpmCheck("desktop-admin", "check"),
            Step::NpmCheck("desktop-admin", "types:check"),
            Step::NpmTests("desktop-admin", "test"),
        ],
        limit_min: 15,
    },
    Suite {
        name: "fuzz",
        proves: "no request, allowed or not, makes the server fail or answer in a form it did not promise",
        covers: &["server/src/main.rs"],
        needs: &[Purpose::Build, Purpose::Python],
        pace: Pace::Full,
        beside: &[],
        steps: &[Step::Task(&["fuzz"])],
        limit_min: 20,
    },
];

impl Suite {
    /// Whether this checkout has what the suite is about.
    pub fn belongs_to(&self, checkout: &Checkout) -> bool {
        self.covers.iter().all(|path| checkout.has(path))
    }
}

impl Step {
    /// How its tests are counted.
    pub fn counting(&self) -> Counting {
        match self {
            Self::Cargo(_) | Self::Deny(_) | Self::NpmCheck(..) => Counting::Whole,
            Self::RustTests(_) | Self::NpmTests(..) | Self::Pytest(..) | Self::Task(_) => Counting::Printed,
        }
    }

    /// The command that runs it.
    pub fn command(&self, checkout: &Checkout) -> Command {
        match self {
            Self::Cargo(arguments) => checkout.cargo(*arguments),
            Self::RustTests(arguments) if program("cargo-nextest").is_some() => {
                let mut command = checkout.cargo(["nextest", "run", "--no-fail-fast", "--no-tests=fail"]);
                command.args(*arguments);
                command
            }
            Self::RustTests(arguments) => {
                let mut command = checkout.cargo(["test", "--no-fail-fast"]);
                command.args(*arguments);
                command
            }
            Self::Deny(manifest) => {
                let deny =
                    crate::setup::deny_program(checkout).map_or_else(|| "cargo-deny".into(), OsString::from);
                let mut command = Command::new(deny);
                command
                    .arg("--manifest-path")
                    .arg(checkout.at(manifest))
                    .arg("--config")
                    .arg(checkout.at("deny.toml"));
                command.args(["check", "licenses", "bans", "sources"]).current_dir(&checkout.root);
                command
            }
            Self::NpmCheck(folder, script) | Self::NpmTests(folder, script) => {
                let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
                command.args(["run", "--silent", script]).current_dir(checkout.at(folder));
                command
            }
            Self::Pytest(folder, tests) => {
                let mut command = Command::new(checkout.python("python"));
                command
                    .args(["-m", "pytest", "-p", "no:cacheprovider", tests])
                    .current_dir(checkout.at(folder));
                command
            }
            Self::Task(arguments) => {
                // As it was called: tests may rebuild this very program while it runs.
                let mut command = Command::new(std::env::args_os().next().unwrap_or_default());
                command.args(*arguments).current_dir(&checkout.root);
                command
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suites_have_names_of_their_own_and_say_what_they_prove() {
        for (n, suite) in SUITES.iter().enumerate() {
            assert!(SUITES[..n].iter().all(|other| other.name != suite.name), "{} twice", suite.name);
            assert!(
                !suite.proves.is_empty() && !suite.steps.is_empty() && !suite.covers.is_empty(),
                "{}",
                suite.name
            );
            let file_name = suite.name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            assert!(file_name, "{} names a log file", suite.name);
        }
    }

    #[test]
    fn a_suite_about_something_that_is_not_there_is_not_listed() {
        let folder = tempfile::tempdir().unwrap();
        let empty = Checkout { root: folder.path().to_owned(), target: folder.path().join("target") };
        assert!(SUITES.iter().all(|suite| !suite.belongs_to(&empty)));
    }
}
