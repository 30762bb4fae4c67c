//! The suites of `cargo xtask test`, as a table.
//!
//! To add one: add an entry. A suite belongs to a checkout when the paths in `covers` are there; what it
//! `needs` from the machine is checked when it runs, and a suite that cannot run is a failure, not a silence.
//! It runs in its `lane`, once what it comes `after` has passed.

use crate::checkout::{Checkout, program};
use crate::lanes::Lane;
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
    /// A private PostgreSQL runs beside it, named in `MEDICONNECT_TEST_POSTGRES`.
    pub postgres: Option<Durability>,
    /// What it contends for with other suites.
    pub lane: Lane,
    /// Suites further up that have to pass first: they build what it runs.
    pub after: &'static [&'static str],
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

/// One program.
pub enum Step {
    /// Cargo with these arguments; it passes or fails as a whole.
    Cargo(&'static [&'static str]),
    /// Rust tests chosen by these arguments: by nextest where it is installed, else by Cargo.
    RustTests(&'static [&'static str]),
    /// The Rust tests of this package, or of all others, built as the workspace is built: going from the
    /// workspace to one package changes features and builds everything anew.
    TestsOf(&'static str),
    /// See [`Step::TestsOf`].
    TestsWithout(&'static str),
    /// cargo-deny on a workspace.
    Deny(&'static str),
    /// An npm script that passes or fails as a whole, in a folder.
    NpmCheck(&'static str, &'static str),
    /// An npm script that prints how many tests it ran, in a folder.
    NpmTests(&'static str, &'static str),
    /// A program of the workspace that the suite `programs` built; it ends with a line of counts.
    Built(&'static str, &'static [&'static str]),
    /// One of our own tasks; it ends with a line of counts.
    Task(&'static [&'static str]),
}

/// How the tests of a step are counted.
#[derive(Clone, Copy, PartialEq)]
pub enum Counting {
    /// From the closing lines of all test programs in what it prints.
    Printed,
    /// From its last line alone, which is a sum already.
    LastLine,
    /// It is one test.
    Whole,
}

/// The suite that builds what others run.
pub const PROGRAMS: &str = "programs";

/// The admin app's own workspace.
pub const ADMIN: &str = "desktop-admin/src-tauri/Cargo.toml";

/// All of them. In a lane they run in this order: what others wait for comes early, and so does what takes long.
pub const SUITES: &[Suite] = &[
    Suite {
        name: "tidy",
        proves: "the rules of this repository that a program can check",
        covers: &["xtask"],
        needs: &[],
        pace: Pace::Quick,
        postgres: None,
        lane: Lane::Core,
        after: &[],
        steps: &[Step::Task(&["tidy"])],
        limit_min: 5,
    },
    Suite {
        name: "format",
        proves: "one way of writing",
        covers: &["rustfmt.toml"],
        needs: &[],
        pace: Pace::Quick,
        postgres: None,
        lane: Lane::Core,
        after: &[],
        steps: &[Step::Cargo(&["fmt", "--all", "--check"])],
        limit_min: 5,
    },
    Suite {
        name: "licences",
        proves: "only allowed licences, crates and sources are built in",
        covers: &["deny.toml"],
        needs: &[],
        pace: Pace::Full,
        postgres: None,
        lane: Lane::Core,
        after: &[],
        steps: &[Step::Deny("Cargo.toml")],
        limit_min: 5,
    },
    Suite {
        name: "licences-admin",
        proves: "the same for the admin app's own workspace",
        covers: &["deny.toml", "desktop-admin/src-tauri/Cargo.lock"],
        needs: &[],
        pace: Pace::Full,
        postgres: None,
        lane: Lane::Core,
        after: &[],
        steps: &[Step::Deny(ADMIN)],
        limit_min: 5,
    },
    Suite {
        name: PROGRAMS,
        proves: "everything that is run below builds",
        covers: &["core"],
        needs: &[Purpose::Build],
        pace: Pace::Full,
        postgres: None,
        lane: Lane::Build,
        after: &[],
        steps: &[Step::Cargo(&["build", "--locked", "--workspace"])],
        limit_min: 30,
    },
    Suite {
        name: "admin-pages",
        proves: "the admin app's pages build, and TypeScript finds no fault in them",
        covers: &["desktop-admin/package-lock.json"],
        needs: &[],
        pace: Pace::Full,
        postgres: None,
        lane: Lane::Core,
        after: &[],
        steps: &[Step::NpmCheck("desktop-admin", "build")],
        limit_min: 10,
    },
    Suite {
        name: "clippy",
        proves: "no warning in the workspace",
        covers: &["core"],
        needs: &[Purpose::Build],
        pace: Pace::Full,
        postgres: None,
        lane: Lane::Build,
        after: &[],
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
        postgres: None,
        lane: Lane::Build,
        after: &[],
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
        needs: &[Purpose::Build, Purpose::Database, Purpose::Python],
        pace: Pace::Full,
        postgres: Some(Durability::Relaxed),
        lane: Lane::Build,
        after: &[],
        steps: &[
            Step::TestsWithout("mediconnect-proof"),
            Step::Cargo(&["test", "--locked", "--workspace", "--doc"]),
        ],
        limit_min: 40,
    },
    Suite {
        name: "proof",
        proves: "races on both databases and kill -9 at any moment lose nothing and do nothing twice",
        covers: &["proof/tests"],
        needs: &[Purpose::Build, Purpose::Database],
        pace: Pace::Full,
        postgres: Some(Durability::Full),
        lane: Lane::Build,
        after: &[],
        steps: &[Step::TestsOf("mediconnect-proof")],
        limit_min: 40,
    },
    Suite {
        name: "admin-bridge",
        proves: "the admin app's own side of the bridge, and that it builds with its pages inside",
        covers: &["desktop-admin/src-tauri/Cargo.lock"],
        needs: &[Purpose::Build, Purpose::Windows],
        pace: Pace::Full,
        postgres: None,
        lane: Lane::Build,
        after: &["admin-pages"],
        steps: &[
            Step::RustTests(&["--locked", "--manifest-path", ADMIN]),
            // As it is shipped.
            Step::Cargo(&[
                "build",
                "--locked",
                "--manifest-path",
                ADMIN,
                "--features",
                "tauri/custom-protocol",
            ]),
        ],
        limit_min: 45,
    },
    Suite {
        name: "admin",
        proves: "the admin app's pages: types that agree with Rust, and its own tests",
        covers: &["desktop-admin/package-lock.json"],
        needs: &[],
        pace: Pace::Full,
        postgres: None,
        lane: Lane::Build,
        after: &[],
        steps: &[Step::NpmCheck("desktop-admin", "types:check"), Step::NpmTests("desktop-admin", "test")],
        limit_min: 15,
    },
    Suite {
        name: "simulation",
        proves: "200 seeds of devices, servers and a bad network: nothing diverges, nothing acknowledged is lost",
        covers: &["proof/src/main.rs"],
        needs: &[Purpose::Build],
        pace: Pace::Full,
        postgres: None,
        lane: Lane::Core,
        after: &["programs"],
        steps: &[Step::Built("mediconnect-proof", &["sim", "--seeds", "200"])],
        limit_min: 20,
    },
    Suite {
        name: "fuzz",
        proves: "no request, allowed or not, makes the server fail or answer in a form it did not promise",
        covers: &["server/src/main.rs"],
        needs: &[Purpose::Build, Purpose::Python],
        pace: Pace::Full,
        postgres: None,
        lane: Lane::Core,
        after: &["programs"],
        steps: &[Step::Task(&["fuzz", "--no-build"])],
        limit_min: 20,
    },
    Suite {
        name: "doctor",
        proves: "a person uses the doctor app online, offline and back, and with a patient, on a real server",
        covers: &["e2e/doctor.test.mjs"],
        needs: &[Purpose::Browser],
        pace: Pace::Full,
        postgres: None,
        lane: Lane::Pages,
        after: &["programs"],
        steps: &[Step::NpmTests("e2e", "doctor")],
        limit_min: 20,
    },
    Suite {
        name: "admin-walk",
        proves: "a person walks through every screen of the admin app on a real server; axe finds nothing",
        covers: &["desktop-admin/e2e/walk.mjs", "server/src/demo"],
        needs: &[Purpose::Browser],
        pace: Pace::Full,
        postgres: None,
        lane: Lane::Pages,
        after: &["programs", "admin-pages"],
        steps: &[Step::NpmCheck("desktop-admin", "walk")],
        limit_min: 15,
    },
    Suite {
        name: "patient",
        proves: "a person uses the patient app online, offline and back, on a real server",
        covers: &["e2e/patient.test.mjs"],
        needs: &[Purpose::Browser],
        pace: Pace::Full,
        postgres: None,
        lane: Lane::Pages,
        after: &["programs"],
        steps: &[Step::NpmTests("e2e", "patient")],
        limit_min: 20,
    },
    Suite {
        name: "account",
        proves: "a person protects their account in the phone apps and gets back into it",
        covers: &["e2e/account.test.mjs"],
        needs: &[Purpose::Browser],
        pace: Pace::Full,
        postgres: None,
        lane: Lane::Pages,
        after: &["programs"],
        steps: &[Step::NpmTests("e2e", "account")],
        limit_min: 15,
    },
    Suite {
        name: "gallery",
        proves: "every component in every state: light, dark, large text, Hindi, right to left; axe finds nothing",
        covers: &["e2e/gallery.mjs"],
        needs: &[Purpose::Browser],
        pace: Pace::Full,
        postgres: None,
        lane: Lane::Pages,
        after: &["programs"],
        steps: &[Step::NpmTests("e2e", "gallery")],
        limit_min: 15,
    },
    Suite {
        name: "admin-window",
        proves: "the admin app's real window does its work on a real server",
        covers: &["desktop-admin/e2e/window.mjs"],
        needs: &[Purpose::Windows],
        pace: Pace::Full,
        postgres: None,
        lane: Lane::Pages,
        after: &["programs", "admin-bridge"],
        steps: &[Step::NpmTests("desktop-admin", "window")],
        limit_min: 15,
    },
    Suite {
        name: "tour",
        proves: "a booking goes from an offline patient to the doctor and to the admin's live figures",
        covers: &["e2e/tour.mjs", "desktop-admin/package-lock.json"],
        needs: &[Purpose::Browser],
        pace: Pace::Full,
        postgres: None,
        lane: Lane::Pages,
        after: &["programs", "admin-pages"],
        steps: &[Step::NpmCheck("e2e", "tour")],
        limit_min: 10,
    },
];

impl Suite {
    /// Whether this checkout has what the suite is about.
    pub fn belongs_to(&self, checkout: &Checkout) -> bool {
        self.covers.iter().all(|path| checkout.has(path))
    }

    /// Whether it drives a browser or a web view. Those hang now and then by themselves, so such a suite is run a second time
    /// before it counts as failed, and the run says so.
    pub fn shows_pages(&self) -> bool {
        self.needs.iter().any(|purpose| matches!(purpose, Purpose::Browser | Purpose::Windows))
    }
}

impl Step {
    /// How its tests are counted.
    pub fn counting(&self) -> Counting {
        match self {
            Self::Cargo(_) | Self::Deny(_) | Self::NpmCheck(..) => Counting::Whole,
            Self::RustTests(_) | Self::TestsOf(_) | Self::TestsWithout(_) | Self::NpmTests(..) => {
                Counting::Printed
            }
            Self::Task(_) | Self::Built(..) => Counting::LastLine,
        }
    }

    /// The command that runs it.
    pub fn command(&self, checkout: &Checkout) -> Command {
        match self {
            Self::Cargo(arguments) => checkout.cargo(*arguments),
            Self::RustTests(arguments) => rust_tests(checkout, arguments),
            Self::TestsOf(package) if has_nextest() => {
                let these = format!("package({package})");
                rust_tests(checkout, &["--locked", "--workspace", "--filterset", &these])
            }
            Self::TestsOf(package) => rust_tests(checkout, &["--locked", "--package", package]),
            Self::TestsWithout(package) if has_nextest() => {
                let these = format!("not package({package})");
                rust_tests(checkout, &["--locked", "--workspace", "--filterset", &these])
            }
            Self::TestsWithout(package) => {
                rust_tests(checkout, &["--locked", "--workspace", "--exclude", package])
            }
            Self::Deny(manifest) => {
                let deny =
                    crate::setup::deny_program(checkout).map_or_else(|| "cargo-deny".into(), OsString::from);
                let mut command = Command::new(deny);
                // All features: the windows of the phones' apps are not part of a plain build.
                command
                    .arg("--all-features")
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
            Self::Built(program, arguments) => {
                let mut command = Command::new(checkout.built("debug", program));
                command.args(*arguments).current_dir(&checkout.root);
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

fn has_nextest() -> bool {
    program("cargo-nextest").is_some()
}

/// By nextest, which runs each test in a process of its own, or by Cargo.
fn rust_tests(checkout: &Checkout, arguments: &[&str]) -> Command {
    let runner: &[&str] = if has_nextest() { &["nextest", "run", "--no-tests=fail"] } else { &["test"] };
    let mut command = checkout.cargo(runner);
    command.arg("--no-fail-fast").args(arguments);
    command
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
    fn prerequisites_stand_further_up_and_the_inner_loop_has_none() {
        for (n, suite) in SUITES.iter().enumerate() {
            for name in suite.after {
                assert!(SUITES[..n].iter().any(|other| other.name == *name), "{} after {name}", suite.name);
            }
            assert!(suite.pace == Pace::Full || suite.after.is_empty(), "{}", suite.name);
        }
    }

    #[test]
    fn what_runs_programs_of_the_workspace_comes_after_they_are_built() {
        for suite in SUITES {
            let runs = suite.shows_pages()
                && suite.steps.iter().any(|step| matches!(step, Step::NpmTests(..)))
                || suite.steps.iter().any(|step| matches!(step, Step::Built(..)));
            assert!(!runs || suite.after.contains(&"programs"), "{}", suite.name);
        }
    }

    #[test]
    fn a_suite_about_something_that_is_not_there_is_not_listed() {
        let folder = tempfile::tempdir().unwrap();
        let empty = Checkout { root: folder.path().to_owned(), target: folder.path().join("target") };
        assert!(SUITES.iter().all(|suite| !suite.belongs_to(&empty)));
    }
}
