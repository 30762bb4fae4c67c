//! `cargo xtask test`: runs the [`SUITES`] one after the other and closes with one table.
//!
//! A failed suite does not end the run: one wants to know everything that is wrong. Everything a suite
//! prints goes to its log; here one sees which suite runs, for how long, and the end of the log when it failed.
//! The last line is always `N passed, N failed`.

use crate::checkout::Checkout;
use crate::child::{self, stopping, watched};
use crate::counts::{self, Counts};
use crate::postgres::{self, Cluster};
use crate::setup::{self, Installing, packages};
use crate::suites::{Counting, Pace, SUITES, Step, Suite};
use anyhow::{Result, bail};
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// How many lines of the log a failed suite shows at once.
const LAST_LINES: usize = 60;

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
    let mut results = Vec::new();
    for suite in suites {
        if stopping() {
            break;
        }
        results.push(run_suite(checkout, suite));
    }
    Ok(summary(&results))
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
    Ok(here.into_iter().filter(wanted).collect())
}

/// What came of a suite.
struct Report {
    name: &'static str,
    counts: Counts,
    took: Duration,
    /// Why it could not run or did not end, if so.
    trouble: Option<String>,
}

fn run_suite(checkout: &Checkout, suite: &'static Suite) -> Report {
    let started = Instant::now();
    let log = checkout.logs().join(format!("{}.log", suite.name));
    let _ = fs::remove_file(&log);
    let mut progress = Progress::new(suite.name);
    let mut run = || {
        let (mut counts, trouble) = run_steps(checkout, suite, &log, &mut progress)
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
    let report = Report { name: suite.name, counts, took: started.elapsed(), trouble };
    progress.close(&report);
    if report.counts.failed > 0 {
        show_end_of(&log, checkout);
    }
    report
}

fn run_steps(
    checkout: &Checkout,
    suite: &Suite,
    log: &Path,
    progress: &mut Progress,
) -> Result<(Counts, Option<String>)> {
    if let Some(purpose) = suite.needs.iter().find(|purpose| !packages::complete(**purpose)) {
        bail!("could not run: packages for {purpose:?} are missing; `cargo xtask setup` names them");
    }
    let cluster = suite.postgres.map(Cluster::start).transpose()?;
    let deadline = Instant::now() + Duration::from_secs(suite.limit_min * 60);
    let mut total = Counts::default();
    for step in suite.steps {
        let mut command = step.command(checkout);
        prepare(&mut command, checkout, cluster.as_ref());
        let left = deadline.saturating_duration_since(Instant::now());
        let outcome = watched(suite.name, &mut command, log, left, |line| progress.tick(line))?;
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

/// One line about the running suite: redrawn on a terminal, now and then in a log.
struct Progress {
    name: &'static str,
    started: Instant,
    shown: Instant,
    terminal: bool,
}

impl Progress {
    fn new(name: &'static str) -> Self {
        let terminal = io::stdout().is_terminal();
        if !terminal {
            println!("{name} …");
        }
        Self { name, started: Instant::now(), shown: Instant::now(), terminal }
    }

    fn tick(&mut self, line: &str) {
        let pause = Duration::from_secs(if self.terminal { 1 } else { 60 });
        if self.shown.elapsed() < pause {
            return;
        }
        self.shown = Instant::now();
        let line: String = line.chars().filter(|c| !c.is_control()).take(80).collect();
        let took = seconds(self.started.elapsed());
        if self.terminal {
            print!("\r\x1b[2K{:<16} {took:>8}  {line}", self.name);
            let _ = io::stdout().flush();
        } else {
            println!("{} … {took}  {line}", self.name);
        }
    }

    fn close(&self, report: &Report) {
        if self.terminal {
            print!("\r\x1b[2K");
        }
        println!("{}", row(report));
    }
}

fn row(report: &Report) -> String {
    let Counts { passed, failed, skipped } = report.counts;
    let mark = if failed == 0 { "ok" } else { "FAILED" };
    let mut row =
        format!("{mark:<7}{:<16}{passed:>7}{failed:>8}{skipped:>9}{:>10}", report.name, seconds(report.took));
    if let Some(trouble) = &report.trouble {
        row.push_str("  ");
        row.push_str(trouble);
    }
    row
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

fn show_end_of(log: &Path, checkout: &Checkout) {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    for line in &lines[lines.len().saturating_sub(LAST_LINES)..] {
        println!("    {line}");
    }
    println!("    (all of it: {})", log.strip_prefix(&checkout.root).unwrap_or(log).display());
}

/// Prints the table and the closing line. True when nothing failed.
fn summary(reports: &[Report]) -> bool {
    let mut total = Counts::default();
    println!("\n       {:<16}{:>7}{:>8}{:>9}{:>10}", "suite", "passed", "failed", "skipped", "time");
    for report in reports {
        println!("{}", row(report));
        total += report.counts;
    }
    if stopping() {
        total.failed += 1;
        println!("Interrupted: the suites that are not named here did not run.");
    }
    let took: Duration = reports.iter().map(|report| report.took).sum();
    println!("in {}\n", seconds(took));
    println!("{} passed, {} failed", total.passed, total.failed);
    total.failed == 0
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
