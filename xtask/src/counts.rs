//! How many tests passed and failed, read from what the test programs print.
//!
//! Each runner ends with a line of its own form; a suite may be several runners, so every line that has one of the
//! forms counts. Skipped tests are counted too: the summary names them, because a skipped test proves nothing.

use std::ops::AddAssign;

/// How the closing lines of `cargo test` and of nextest begin.
const CARGO: &str = "test result: ";
const NEXTEST: &str = "Summary [";

/// Tests that passed, failed, and were not run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that held.
    pub passed: u64,
    /// Tests that did not.
    pub failed: u64,
    /// Tests the runner chose not to run.
    pub skipped: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// Adds up the closing lines of all runners in an output; none when no line is one.
pub fn read(output: &str) -> Option<Counts> {
    let mut total = None;
    // Nextest shows what a failed try printed, with the closing line of that one test, though another try may have passed.
    let nextest = output.lines().any(|line| line.trim().starts_with(NEXTEST));
    let tries = |line: &str| nextest && line.starts_with(CARGO);
    for line in output.lines().map(str::trim).filter(|line| !tries(line)) {
        if let Some(counts) = closing_line(line) {
            *total.get_or_insert_default() += counts;
        }
    }
    total
}

/// Adds up the suites of a JUnit report; none when there is no test in it.
pub fn junit(report: &str) -> Option<Counts> {
    let mut total: Option<Counts> = None;
    for suite in report.split("<testsuite ").skip(1) {
        let head = suite.split('>').next()?;
        let attribute = |name: &str| -> Option<u64> {
            let (_, rest) = head.split_once(&format!(" {name}=\""))?;
            rest.split('"').next()?.parse().ok()
        };
        let failed = attribute("failures").unwrap_or(0) + attribute("errors").unwrap_or(0);
        let skipped = attribute("skipped").unwrap_or(0);
        let passed = attribute("tests")?.saturating_sub(failed + skipped);
        *total.get_or_insert_default() += Counts { passed, failed, skipped };
    }
    total
}

fn closing_line(line: &str) -> Option<Counts> {
    if line.starts_with(CARGO) {
        return named(line); // cargo test
    }
    if line.starts_with(NEXTEST) {
        return named(line.split_once(" run: ")?.1); // nextest
    }
    if let Some(rest) = line.strip_prefix("Tests ") {
        return named(rest); // vitest
    }
    if line.starts_with("=====") && line.contains(" in ") {
        return named(line.trim_matches(['=', ' '])); // pytest
    }
    if let Some(rest) = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# ")) {
        return node(rest);
    }
    ours(line)
}

/// `3 passed, 1 failed`, in any order and with any separator between the pairs.
fn named(text: &str) -> Option<Counts> {
    let words: Vec<&str> =
        text.split([' ', ';', ',', '|', '(', ')', '=']).filter(|word| !word.is_empty()).collect();
    let mut counts = Counts::default();
    let mut found = false;
    for pair in words.windows(2) {
        let Ok(number) = pair[0].parse::<u64>() else { continue };
        match pair[1] {
            "passed" => counts.passed += number,
            "failed" | "error" | "errors" | "timed" => counts.failed += number,
            "ignored" | "skipped" | "todo" => counts.skipped += number,
            _ => continue,
        }
        found = true;
    }
    found.then_some(counts)
}

/// `pass 3`, `fail 1`, `skipped 0`: node's own runner, one line each.
fn node(text: &str) -> Option<Counts> {
    let (word, number) = text.split_once(' ')?;
    let number = number.parse().ok()?;
    match word {
        "pass" => Some(Counts { passed: number, ..Counts::default() }),
        "fail" => Some(Counts { failed: number, ..Counts::default() }),
        "skipped" => Some(Counts { skipped: number, ..Counts::default() }),
        _ => None,
    }
}

/// `3 passed, 1 failed` alone on a line: our own programs.
fn ours(line: &str) -> Option<Counts> {
    let (passed, failed) = line.split_once(" passed, ")?;
    let failed = failed.strip_suffix(" failed")?.parse().ok()?;
    Some(Counts { passed: passed.parse().ok()?, failed, skipped: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(passed: u64, failed: u64, skipped: u64) -> Option<Counts> {
        Some(Counts { passed, failed, skipped })
    }

    #[test]
    fn every_runner_is_understood() {
        let cases = [
            (
                "test result: ok. 7 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s",
                counts(7, 0, 1),
            ),
            (
                "     Summary [   0.512s] 12 tests run: 11 passed (1 slow), 1 failed, 2 skipped",
                counts(11, 1, 2),
            ),
            (
                "     Summary [   0.512s] 12 tests run: 10 passed, 1 timed out, 1 failed, 0 skipped",
                counts(10, 2, 0),
            ),
            ("     Summary [   0.5s] 5/9 tests run: 4 passed, 1 failed, 0 skipped", counts(4, 1, 0)),
            ("      Tests  1 failed | 21 passed (22)", counts(21, 1, 0)),
            ("=========== 1 failed, 2 passed in 0.12s ===========", counts(2, 1, 0)),
            ("======= 3 passed, 1 error in 0.12s =======", counts(3, 1, 0)),
            ("# pass 4\n# fail 2\n# skipped 1", counts(4, 2, 1)),
            ("ℹ pass 4\nℹ fail 0", counts(4, 0, 0)),
            ("14 passed, 3 failed", counts(14, 3, 0)),
        ];
        for (output, expected) in cases {
            assert_eq!(read(output), expected, "{output}");
        }
    }

    #[test]
    fn a_try_that_failed_before_another_passed_is_no_failure() {
        let output = "  TRY 1 FAIL [ 2.5s] server::http alike\n    test result: FAILED. 0 passed; 1 failed; 0 ignored\n  TRY 2 PASS [ 2.1s]\n\
                      Summary [ 208.3s] 893 tests run: 893 passed (1 flaky), 0 skipped";
        assert_eq!(read(output), counts(893, 0, 0));
    }

    #[test]
    fn ordinary_lines_are_not_results() {
        for line in ["Tests are good", "10 passed the exam, 2 failed it", "# passing by", "Summary [x]", ""] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn a_junit_report_is_read_by_its_suites() {
        let report = "<?xml?><testsuites tests=\"9\"><testsuite name=\"a\" tests=\"7\" failures=\"1\" errors=\"1\" skipped=\"2\"/>\
                      <testsuite name=\"b\" tests=\"2\" failures=\"0\"/></testsuites>";
        assert_eq!(junit(report), counts(5, 2, 2));
        assert_eq!(junit("<testsuites/>"), None);
    }

    #[test]
    fn several_runners_add_up() {
        assert_eq!(
            read("test result: ok. 1 passed; 0 failed;\nnoise\ntest result: FAILED. 2 passed; 3 failed;"),
            counts(3, 3, 0)
        );
    }
}
