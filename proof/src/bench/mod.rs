//! Measurements as ratios within one run, medians of at least three. Limits and sources are in docs/benchmarks.md.

mod booking;
mod reconnect;
mod screens;
mod server;
mod slots;

use std::path::Path;

use anyhow::{Context, ensure};
use serde::Serialize;

/// One line of the result.
#[derive(Clone, Debug, Serialize)]
pub struct Measurement {
    pub id: &'static str,
    pub what: &'static str,
    /// In `unit`.
    pub value: f64,
    pub unit: &'static str,
    /// What it is compared with, in the same unit, and what that is.
    pub against: Option<(f64, &'static str)>,
    pub ratio: Option<f64>,
    pub target: &'static str,
    pub pass: bool,
    /// The single runs' values.
    pub runs: Vec<f64>,
}

type Bench = fn() -> anyhow::Result<Measurement>;

const BENCHES: &[(&str, Bench)] = &[
    ("slots", slots::month),
    ("booking_sqlite", booking::sqlite),
    ("screens", screens::today),
    ("reconnect", reconnect::nothing_new),
    ("server_idle", server::idle),
    ("server_binary", server::binary),
];

/// Runs all, or those named; true if all reach their target.
pub fn run(only: &[String], json: Option<&Path>) -> anyhow::Result<bool> {
    for name in only {
        ensure!(BENCHES.iter().any(|(id, _)| id == name), "there is no bench {name}");
    }
    let chosen = BENCHES.iter().filter(|(id, _)| only.is_empty() || only.iter().any(|name| name == id));
    let mut results = Vec::new();
    println!("{:<16} {:>12} {:<8} {:>8}  {:<14} what", "id", "value", "unit", "ratio", "target");
    for (id, bench) in chosen {
        let result = bench().with_context(|| format!("bench {id}"))?;
        let ratio = result.ratio.map_or(String::new(), |ratio| format!("{ratio:.2}"));
        let verdict = if result.pass { "" } else { "  MISSED" };
        println!(
            "{:<16} {:>12.2} {:<8} {:>8}  {:<14} {}{verdict}",
            result.id, result.value, result.unit, ratio, result.target, result.what
        );
        results.push(result);
    }
    if let Some(path) = json {
        let text = serde_json::to_string_pretty(&results)?;
        std::fs::write(path, text + "\n").with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(results.iter().all(|result| result.pass))
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// The smallest value that 99 in 100 do not exceed.
fn p99(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[(sorted.len() * 99 / 100).min(sorted.len() - 1)]
}
