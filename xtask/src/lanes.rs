//! Which suite of a run starts when.
//!
//! Most suites wait more than they calculate, so they run beside each other, though not all at once: in each [`Lane`] runs
//! one suite at a time, in the order of the table, and none starts before those it comes `after` have passed. A suite
//! whose prerequisite failed is not run and has failed as well: what was not tried is not proven.
//!
//! This module only decides; [`crate::testing`] starts what it says.

use crate::suites::{SUITES, Suite};

/// What a suite contends for with its like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lane {
    /// Cargo's lock on the target folder, and all cores while something is compiled.
    Build,
    /// A phone's or a desk's page in a browser, which does not bear being slow.
    Pages,
    /// A core for itself.
    Core,
}

/// What is to be done about a suite.
pub enum Next<'s> {
    /// Its turn has come.
    Start(&'s Suite),
    /// It can never run: this prerequisite of it has failed.
    GiveUp(&'s Suite, &'static str),
}

/// What waits, what runs, and what came of the rest.
pub struct Plan<'s> {
    waiting: Vec<&'s Suite>,
    running: Vec<&'s Suite>,
    passed: Vec<&'static str>,
    failed: Vec<&'static str>,
}

impl<'s> Plan<'s> {
    /// For these suites, which must contain their own prerequisites.
    pub fn new(suites: Vec<&'s Suite>) -> Self {
        Self { waiting: suites, running: Vec::new(), passed: Vec::new(), failed: Vec::new() }
    }

    /// The next thing to do now, if there is one; ask until there is none. What is started counts as running from here on.
    pub fn next(&mut self) -> Option<Next<'s>> {
        for place in 0..self.waiting.len() {
            let suite = self.waiting[place];
            if let Some(missing) = suite.after.iter().copied().find(|name| self.failed.contains(name)) {
                self.waiting.remove(place);
                self.failed.push(suite.name);
                return Some(Next::GiveUp(suite, missing));
            }
            let ready = suite.after.iter().all(|name| self.passed.contains(name));
            if ready && self.running.iter().all(|other| other.lane != suite.lane) {
                self.running.push(self.waiting.remove(place));
                return Some(Next::Start(suite));
            }
        }
        None
    }

    /// A suite that was started has come to its end.
    pub fn ended(&mut self, name: &'static str, passed: bool) {
        self.running.retain(|suite| suite.name != name);
        if passed { self.passed.push(name) } else { self.failed.push(name) }
    }
}

/// These suites and all that they come after, in the order of the table.
pub fn with_prerequisites(chosen: &[&'static Suite]) -> Vec<&'static Suite> {
    let mut names: Vec<&str> = chosen.iter().map(|suite| suite.name).collect();
    // A prerequisite stands before what needs it, so one pass from the end finds the prerequisites' own too.
    for suite in SUITES.iter().rev() {
        if names.contains(&suite.name) {
            names.extend(suite.after);
        }
    }
    SUITES.iter().filter(|suite| names.contains(&suite.name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suites::Pace;

    fn suite(name: &'static str, lane: Lane, after: &'static [&'static str]) -> Suite {
        Suite {
            name,
            proves: "",
            covers: &[],
            needs: &[],
            pace: Pace::Full,
            postgres: None,
            lane,
            after,
            steps: &[],
            limit_min: 1,
        }
    }

    /// What the plan says now: the names to start, and with a `!` those that are given up.
    fn said(plan: &mut Plan) -> Vec<String> {
        let mut said = Vec::new();
        while let Some(next) = plan.next() {
            said.push(match next {
                Next::Start(suite) => suite.name.to_owned(),
                Next::GiveUp(suite, missing) => format!("!{} for {missing}", suite.name),
            });
        }
        said
    }

    fn table() -> Vec<Suite> {
        vec![
            suite("format", Lane::Core, &[]),
            suite("programs", Lane::Build, &[]),
            suite("rust", Lane::Build, &[]),
            suite("patient", Lane::Pages, &["programs"]),
            suite("doctor", Lane::Pages, &["programs"]),
            suite("fuzz", Lane::Core, &["programs"]),
            suite("tour", Lane::Pages, &["patient", "fuzz"]),
        ]
    }

    #[test]
    fn one_suite_runs_in_each_lane_in_the_order_of_the_table() {
        let table = table();
        let mut plan = Plan::new(table.iter().collect());
        assert_eq!(said(&mut plan), ["format", "programs"]);
        plan.ended("format", true);
        assert!(said(&mut plan).is_empty(), "the rest waits for the programs");
        plan.ended("programs", true);
        assert_eq!(said(&mut plan), ["rust", "patient", "fuzz"]);
        plan.ended("patient", true);
        assert_eq!(said(&mut plan), ["doctor"]);
        plan.ended("doctor", true);
        assert!(said(&mut plan).is_empty(), "the tour waits for all it comes after");
        plan.ended("fuzz", true);
        assert_eq!(said(&mut plan), ["tour"]);
    }

    #[test]
    fn what_needs_a_failed_suite_is_given_up_and_so_is_what_needs_that() {
        let table = table();
        let mut plan = Plan::new(table.iter().collect());
        said(&mut plan);
        plan.ended("format", true);
        plan.ended("programs", false);
        let left = said(&mut plan);
        assert_eq!(
            left,
            [
                "rust",
                "!patient for programs",
                "!doctor for programs",
                "!fuzz for programs",
                "!tour for patient"
            ]
        );
        plan.ended("rust", true);
        assert!(said(&mut plan).is_empty());
    }

    #[test]
    fn a_failure_is_no_concern_of_others() {
        let table = table();
        let mut plan = Plan::new(table.iter().collect());
        said(&mut plan);
        plan.ended("format", false);
        plan.ended("programs", true);
        assert_eq!(said(&mut plan), ["rust", "patient", "fuzz"]);
    }

    #[test]
    fn every_suite_of_the_table_gets_its_turn() {
        let mut plan = Plan::new(SUITES.iter().collect());
        let mut begun = Vec::new();
        loop {
            let now = said(&mut plan);
            if now.is_empty() && plan.running.is_empty() {
                break;
            }
            begun.extend(now);
            let first = plan.running[0].name;
            plan.ended(first, true);
        }
        assert_eq!(begun.len(), SUITES.len());
    }

    #[test]
    fn a_chosen_suite_brings_its_prerequisites_with_it() {
        for suite in SUITES {
            let all: Vec<&str> = with_prerequisites(&[suite]).iter().map(|suite| suite.name).collect();
            assert!(all.contains(&suite.name));
            for name in suite.after {
                let place = |wanted: &str| all.iter().position(|name| *name == wanted);
                assert!(place(name).unwrap() < place(suite.name).unwrap(), "{name} before {}", suite.name);
            }
        }
        let walk: Vec<&'static Suite> = SUITES.iter().filter(|suite| suite.name == "admin-walk").collect();
        let all: Vec<&str> = with_prerequisites(&walk).iter().map(|suite| suite.name).collect();
        assert_eq!(all, ["programs", "admin-pages", "admin-walk"]);
    }
}
