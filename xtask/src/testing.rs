//! `cargo xtask test`: runs the [`SUITES`] beside each other, as [`lanes`] says, and closes with one table.
//!
//! A failed suite does not end the run: one wants to know everything that is wrong. Everything a suite
//! prints goes to its log; here one sees which suites run, for how long, and the end of the log when one failed.
//! The last line is always `N passed, N failed`.

use crate::checkout::{Checkout, program};
use crate::child::{self, stopping, watched};
use crate::counts::{self, Counts};
use crate::lanes::{Lane, Next, Plan, with_prerequisites};
use crate::postgres::{self, Cluster};
use crate::progress::{Board, Report, summary};
use crate::setup::{self, Installing, packages};
use crate::suites::{Counting, PROGRAMS, Pace, SUITES, Step, Suite};
use anyhow::{Result, bail};
use std::fs;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// Prints the suites of this checkout.
pub fn list(checkout: &Checkout) -> Result<bool> {
    for suite in SUITES.iter().filter(|suite| suite.belongs_to(checkout)) {
        println!("{:<16} {}", suite.name, suite.proves);
    }
    Ok(true)
}

/// Runs the suites and prints what came of it. True when nothing failed.
pub fn run(checkout: &Checkout, fast: bool, only: &[String], installing: Installing) -> Result<bool> {
    let suites = chosen(checkout, fast, only)?;
    if !fast && only.is_empty() {
        setup::for_tests(checkout, installing)?;
    }
    fs::create_dir_all(checkout.logs())?;
    let begun = Instant::now();
    let reports = beside_each_other(checkout, suites);
    Ok(summary(&reports, begun.elapsed(), stopping()))
}

/// Runs all of them, each on a thread of its own, and reports in the order of the table.
fn beside_each_other(checkout: &Checkout, suites: Vec<&'static Suite>) -> Vec<Report> {
    let order: Vec<&str> = suites.iter().map(|suite| suite.name).collect();
    let board = Board::new();
    let mut plan = Plan::new(suites);
    let mut reports: Vec<Report> = Vec::new();
    thread::scope(|scope| {
        let board = &board;
        let mut running = Vec::new();
        loop {
            while !stopping()
                && let Some(next) = plan.next()
            {
                match next {
                    Next::Start(suite) => {
                        board.begin(suite.name);
                        running.push((suite, scope.spawn(move || run_suite(checkout, suite, board))));
                    }
                    Next::GiveUp(suite, missing) => {
                        let report = not_run(suite, format!("not run: it needs `{missing}`, which failed"));
                        board.end(&report, checkout);
                        reports.push(report);
                    }
                }
            }
            if running.is_empty() {
                break;
            }
            while let Some(place) = running.iter().position(|(_, thread)| thread.is_finished()) {
                let (suite, thread) = running.remove(place);
                let report = thread.join().unwrap_or_else(|_| not_run(suite, "xtask itself failed".into()));
                plan.ended(suite.name, report.counts.failed == 0);
                board.end(&report, checkout);
                reports.push(report);
            }
            board.show();
            thread::sleep(Duration::from_millis(50));
        }
    });
    reports.sort_by_key(|report| order.iter().position(|name| *name == report.name));
    reports
}

fn chosen(checkout: &Checkout, fast: bool, only: &[String]) -> Result<Vec<&'static Suite>> {
    let here: Vec<&Suite> = SUITES.iter().filter(|suite| suite.belongs_to(checkout)).collect();
    if let Some(unknown) = only.iter().find(|name| here.iter().all(|suite| suite.name != *name)) {
        bail!("there is no suite `{unknown}`: `cargo xtask test --list` names them");
    }
    let wanted = |suite: &&Suite| match (only.is_empty(), fast) {
        (false, _) => only.iter().any(|name| name == suite.name),
        (true, true) => matches!(suite.pace, Pace::Quick | Pace::OnlyQuick),
        (true, false) => matches!(suite.pace, Pace::Quick | Pace::Full),
    };
    Ok(with_prerequisites(&here.into_iter().filter(wanted).collect::<Vec<_>>()))
}

/// The same with less of the processor where others want it: a page in a browser does not wait for a compiler.
fn gently(command: Command) -> Command {
    let Some(nice) = program("nice") else { return command };
    let mut gentle = Command::new(nice);
    gentle.args(["-n", "10"]).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => gentle.env(name, value),
            None => gentle.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        gentle.current_dir(folder);
    }
    gentle
}

fn not_run(suite: &Suite, trouble: String) -> Report {
    let counts = Counts { failed: 1, ..Counts::default() };
    Report { name: suite.name, counts, took: Duration::ZERO, trouble: Some(trouble) }
}

fn run_suite(checkout: &Checkout, suite: &'static Suite, board: &Board) -> Report {
    let started = Instant::now();
    let _ = fs::remove_file(checkout.log(suite.name));
    let run = || {
        let (mut counts, trouble) = run_steps(checkout, suite, board)
            .unwrap_or_else(|error| (Counts::default(), Some(format!("{error:#}"))));
        if trouble.is_some() && counts.failed == 0 {
            counts.failed = 1;
        }
        (counts, trouble)
    };
    let (mut counts, mut trouble) = run();
    if counts.failed > 0 && suite.shows_pages() && !stopping() {
        let before = counts.failed;
        (counts, trouble) = run();
        trouble = trouble.or(Some(format!("{before} failed the first time")));
    }
    Report { name: suite.name, counts, took: started.elapsed(), trouble }
}

fn run_steps(checkout: &Checkout, suite: &Suite, board: &Board) -> Result<(Counts, Option<String>)> {
    if let Some(purpose) = suite.needs.iter().find(|purpose| !packages::complete(**purpose)) {
        bail!("could not run: packages for {purpose:?} are missing; `cargo xtask setup` names them");
    }
    let cluster = suite.postgres.map(Cluster::start).transpose()?;
    let log = checkout.log(suite.name);
    let deadline = Instant::now() + Duration::from_secs(suite.limit_min * 60);
    let mut total = Counts::default();
    for step in suite.steps {
        let mut command = step.command(checkout);
        if suite.lane == Lane::Build && suite.name != PROGRAMS {
            command = gently(command);
        }
        prepare(&mut command, checkout, cluster.as_ref());
        let left = deadline.saturating_duration_since(Instant::now());
        let outcome = watched(suite.name, &mut command, &log, left, |line| board.hear(suite.name, line))?;
        let (counts, trouble) = judge(step, &outcome);
        total += counts;
        if outcome.status.is_none() && stopping() {
            return Ok((total, Some("interrupted".into())));
        }
        if Instant::now() >= deadline {
            return Ok((total, Some(format!("stopped after {} minutes", suite.limit_min))));
        }
        if counts.failed > 0 || trouble.is_some() {
            return Ok((total, trouble));
        }
    }
    Ok((total, None))
}

/// Counts what a step did. A program that fails without naming a failed test is one failure, and a
/// test program that ran no test is one as well.
fn judge(step: &Step, outcome: &child::Outcome) -> (Counts, Option<String>) {
    let well = outcome.succeeded();
    if step.counting() == Counting::Whole {
        return (Counts { passed: well.into(), failed: (!well).into(), skipped: 0 }, None);
    }
    let printed = match step.counting() {
        Counting::LastLine => outcome.output.lines().last().and_then(counts::read),
        _ => counts::read(&outcome.output),
    };
    match printed {
        None => (Counts { failed: 1, ..Counts::default() }, Some("reported no tests".into())),
        Some(counts) if counts.passed + counts.failed == 0 => {
            (Counts { failed: 1, ..counts }, Some("ran no tests".into()))
        }
        Some(counts) if !well && counts.failed == 0 => {
            (Counts { failed: 1, ..counts }, Some("ended with an error after its tests".into()))
        }
        Some(counts) => (counts, None),
    }
}

/// No colours in logs, no prompts, and where things are.
fn prepare(command: &mut Command, checkout: &Checkout, cluster: Option<&Cluster>) {
    command
        .env("CARGO_TARGET_DIR", &checkout.target)
        .env("CARGO_TERM_COLOR", "never")
        .env("NO_COLOR", "1")
        .env("TERM", "dumb")
        .env("CI", "1")
        .env("MEDICONNECT_PROGRAMS", checkout.target.join("debug"))
        .env("MEDICONNECT_SCREENS", checkout.screens());
    if let Some(browser) = packages::browser() {
        command.env("MEDICONNECT_CHROMIUM", browser);
    }
    if let Some(cluster) = cluster {
        command.env(postgres::VARIABLE, cluster.url());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(script: &str) -> child::Outcome {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        watched("test", &mut command, &folder.path().join("log"), Duration::from_secs(20), |_| ()).unwrap()
    }

    const TESTS: Step = Step::RustTests(&[]);
    const WHOLE: Step = Step::Cargo(&[]);

    #[test]
    fn tests_are_counted_as_printed() {
        let (counts, trouble) = judge(&TESTS, &outcome("echo '3 passed, 1 failed'; exit 1"));
        assert_eq!((counts.passed, counts.failed, trouble), (3, 1, None));
    }

    #[test]
    fn an_error_after_the_tests_is_a_failure() {
        let (counts, trouble) = judge(&TESTS, &outcome("echo '3 passed, 0 failed'; exit 1"));
        assert_eq!((counts.passed, counts.failed), (3, 1));
        assert!(trouble.is_some());
    }

    #[test]
    fn no_tests_at_all_are_a_failure() {
        for script in ["true", "echo '0 passed, 0 failed'", "echo compiling; exit 101"] {
            let (counts, trouble) = judge(&TESTS, &outcome(script));
            assert_eq!((counts.passed, counts.failed), (0, 1), "{script}");
            assert!(trouble.is_some());
        }
    }

    #[test]
    fn a_check_is_one_test() {
        assert_eq!(judge(&WHOLE, &outcome("true")).0, Counts { passed: 1, ..Counts::default() });
        assert_eq!(judge(&WHOLE, &outcome("false")).0, Counts { failed: 1, ..Counts::default() });
    }

    #[test]
    fn an_unknown_suite_is_refused_by_name() {
        let checkout = Checkout::locate().unwrap();
        let refusal = chosen(&checkout, false, &["nonsense".into()]).err().unwrap();
        assert!(refusal.to_string().contains("nonsense"));
    }

    #[test]
    fn the_inner_loop_is_part_of_what_the_full_run_covers() {
        let checkout = Checkout::locate().unwrap();
        let names = |fast| -> Vec<&str> {
            chosen(&checkout, fast, &[]).unwrap().iter().map(|suite| suite.name).collect()
        };
        assert!(names(true).contains(&"tidy") && names(false).contains(&"tidy"));
        assert!(names(true).contains(&"rules") && !names(false).contains(&"rules"));
        assert!(names(false).contains(&"rust"));
    }
}
