//! What a run of suites shows while it goes on: a line for each suite that ended, and what still runs.
//!
//! On a terminal the last line is redrawn each second; in a log one line a minute says what takes so long.

use crate::checkout::Checkout;
use crate::counts::Counts;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How many lines of the log a failed suite shows at once.
const LAST_LINES: usize = 60;

/// What came of a suite.
pub struct Report {
    /// The suite's.
    pub name: &'static str,
    /// Its tests.
    pub counts: Counts,
    /// From its start to its end.
    pub took: Duration,
    /// Why it could not run or did not end, if so.
    pub trouble: Option<String>,
}

/// The suites that run now.
pub struct Board {
    terminal: bool,
    begun: Instant,
    state: Mutex<State>,
}

struct State {
    running: Vec<Running>,
    shown: Instant,
}

struct Running {
    name: &'static str,
    since: Instant,
    last_line: String,
}

impl Board {
    /// With nothing on it.
    pub fn new() -> Self {
        let state = State { running: Vec::new(), shown: Instant::now() };
        Self { terminal: io::stdout().is_terminal(), begun: Instant::now(), state: Mutex::new(state) }
    }

    /// A suite starts.
    pub fn begin(&self, name: &'static str) {
        let mut state = self.state.lock().unwrap();
        state.running.push(Running { name, since: Instant::now(), last_line: String::new() });
    }

    /// The last line that a running suite wrote.
    pub fn hear(&self, name: &str, line: &str) {
        let mut state = self.state.lock().unwrap();
        if let Some(running) = state.running.iter_mut().find(|running| running.name == name)
            && running.last_line != line
        {
            line.clone_into(&mut running.last_line);
        }
    }

    /// A suite has ended, or never will start.
    pub fn end(&self, report: &Report, checkout: &Checkout) {
        let mut state = self.state.lock().unwrap();
        state.running.retain(|running| running.name != report.name);
        if self.terminal {
            print!("\r\x1b[2K");
        }
        println!("{}", row(report));
        if report.counts.failed > 0 {
            show_end_of_log(report.name, checkout);
        }
    }

    /// Shows what runs, if it is time.
    pub fn show(&self) {
        let mut state = self.state.lock().unwrap();
        let pause = Duration::from_secs(if self.terminal { 1 } else { 60 });
        if state.shown.elapsed() < pause {
            return;
        }
        state.shown = Instant::now();
        let took = seconds(self.begun.elapsed());
        if self.terminal {
            let running: Vec<String> = state
                .running
                .iter()
                .map(|suite| format!("{} {} s", suite.name, suite.since.elapsed().as_secs()))
                .collect();
            let line: String = format!("{took}  {}", running.join(", ")).chars().take(79).collect();
            print!("\r\x1b[2K{line}");
            let _ = io::stdout().flush();
        } else {
            println!("… {took}");
            for suite in &state.running {
                let line: String = suite.last_line.chars().filter(|c| !c.is_control()).take(80).collect();
                println!("    {:<16}{:>8}  {line}", suite.name, seconds(suite.since.elapsed()));
            }
        }
    }
}

/// Prints the table and the closing line. True when nothing failed and nobody interrupted.
pub fn summary(reports: &[Report], took: Duration, interrupted: bool) -> bool {
    let mut total = Counts::default();
    println!("\n       {:<16}{:>7}{:>8}{:>9}{:>10}", "suite", "passed", "failed", "skipped", "time");
    for report in reports {
        println!("{}", row(report));
        total += report.counts;
    }
    if interrupted {
        total.failed += 1;
        println!("Interrupted: the suites that are not named here did not run.");
    }
    println!("in {}\n", seconds(took));
    println!("{} passed, {} failed", total.passed, total.failed);
    total.failed == 0
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

fn show_end_of_log(suite: &str, checkout: &Checkout) {
    let log = checkout.log(suite);
    let Ok(text) = fs::read_to_string(&log) else { return };
    let lines: Vec<&str> = text.lines().collect();
    for line in &lines[lines.len().saturating_sub(LAST_LINES)..] {
        println!("    {line}");
    }
    println!("    (all of it: {})", log.strip_prefix(&checkout.root).unwrap_or(&log).display());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(passed: u64, failed: u64) -> Report {
        let counts = Counts { passed, failed, skipped: 0 };
        Report { name: "some", counts, took: Duration::from_secs(3), trouble: None }
    }

    #[test]
    fn a_run_is_good_when_nothing_failed_and_nobody_interrupted() {
        let took = Duration::from_secs(3);
        assert!(summary(&[report(2, 0), report(1, 0)], took, false));
        assert!(!summary(&[report(2, 0), report(1, 1)], took, false));
        assert!(!summary(&[report(2, 0)], took, true));
    }

    #[test]
    fn the_row_of_a_suite_says_what_was_wrong_with_it() {
        let mut failed = report(0, 1);
        failed.trouble = Some("ran no tests".into());
        assert!(row(&failed).starts_with("FAILED some") && row(&failed).ends_with("ran no tests"));
        assert!(row(&report(1, 0)).starts_with("ok     some"));
    }
}
