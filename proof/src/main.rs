//! `mediconnect-proof sim` and `mediconnect-proof bench`; `cargo xtask` calls both.

use std::{path::PathBuf, process::ExitCode, time::Instant};

use clap::{Args, Parser, Subcommand};
use mediconnect_proof::{bench, sim};

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Plays seeds, each twice, and stops at the first violation.
    Sim(Seeds),
    /// Measures ratios within this run.
    Bench(Measures),
}

#[derive(Args)]
struct Seeds {
    /// How many.
    #[arg(long, default_value_t = 200)]
    seeds: u64,
    /// The first.
    #[arg(long, default_value_t = 0)]
    from: u64,
}

#[derive(Args)]
struct Measures {
    /// Only these, separated by commas.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Also writes the result as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
}

fn main() -> ExitCode {
    match Cli::parse().task {
        Task::Sim(Seeds { seeds, from }) => simulate(seeds, from),
        Task::Bench(Measures { only, json }) => match bench::run(&only, json.as_deref()) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::FAILURE,
            Err(error) => {
                eprintln!("bench: {error:#}");
                ExitCode::FAILURE
            }
        },
    }
}

fn simulate(seeds: u64, from: u64) -> ExitCode {
    let begun = Instant::now();
    let (mut commands, mut refused, mut faults) = (0, 0, 0);
    for seed in from..from + seeds {
        match sim::check(seed) {
            Ok(report) => {
                commands += report.submitted;
                refused += report.refused;
                faults += report.faults;
            }
            Err(violation) => {
                println!("{violation}");
                println!("{} passed, 1 failed", seed - from);
                return ExitCode::FAILURE;
            }
        }
    }
    println!(
        "{seeds} seeds twice in {:.0?}: {commands} commands, {refused} of them refused, {faults} faults, no violation",
        begun.elapsed()
    );
    println!("{seeds} passed, 0 failed");
    ExitCode::SUCCESS
}
