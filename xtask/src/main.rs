//! `cargo xtask`: everything one does with this checkout apart from writing it.
//!
//! `demo` shows the product, `test` proves it, `bench` measures it, `sim` tries to refute it, `tidy` keeps
//! the house in order, `setup` installs what those need. Each command is one module; what they
//! share is small: the [`checkout`] (where things are), [`child`] (programs that are always stopped
//! again) and the fixtures [`postgres`] and [`display`].

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

mod checkout;
mod child;
mod counts;
mod demo;
mod demo_server;
mod display;
mod fuzz;
mod lanes;
mod postgres;
mod progress;
mod proof;
mod setup;
mod suites;
mod testing;
mod tidy;

use checkout::Checkout;

/// Build, try, test and measure MediConnect.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Start a server with a demo clinic and open the three apps, signed in.
    Demo {
        /// Walk through the product without a screen and save pictures in target/screens.
        #[arg(long)]
        tour: bool,
        /// Only print what would be installed.
        #[arg(long)]
        no_install: bool,
    },
    /// Run every suite and print one table.
    Test {
        /// The inner loop: rules, storage and server unit tests, in under two minutes.
        #[arg(long)]
        fast: bool,
        /// Run only the suites with these names, separated by commas.
        #[arg(long, value_delimiter = ',')]
        only: Vec<String>,
        /// Print the names of the suites and what each of them proves.
        #[arg(long)]
        list: bool,
        /// Only print what would be installed.
        #[arg(long)]
        no_install: bool,
    },
    /// Measure, as ratios against what the machine can do at best.
    Bench {
        /// Only the figures with these ids, separated by commas.
        #[arg(long)]
        only: Option<String>,
        /// Also write the figures to this file, as JSON.
        #[arg(long)]
        json: Option<PathBuf>,
    },
    /// Run the deterministic simulation; a failing seed prints the command that replays it.
    Sim {
        /// How many seeds to run.
        #[arg(long, default_value_t = 200)]
        seeds: u64,
        /// The first seed.
        #[arg(long, default_value_t = 0)]
        from: u64,
    },
    /// Check the rules of this repository that a program can check.
    Tidy,
    /// Install what building, testing and the demo need.
    Setup {
        /// Only print what would be installed.
        #[arg(long)]
        no_install: bool,
    },
    /// Run a command beside a private PostgreSQL, named in MEDICONNECT_TEST_POSTGRES.
    Postgres {
        /// Keep every write safe against a crash, as races and kill tests want it.
        #[arg(long)]
        durable: bool,
        /// The command and its arguments.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
        command: Vec<String>,
    },
    /// Send the server every kind of request its OpenAPI allows, and many it does not.
    Fuzz {
        /// Take the server as it was built last.
        #[arg(long)]
        no_build: bool,
    },
}

fn main() -> ExitCode {
    child::stop_on_signals();
    match run(Arguments::parse().task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// True when the task did what it was asked and found nothing wrong.
fn run(task: Task) -> Result<bool> {
    let checkout = Checkout::locate()?;
    match task {
        Task::Demo { tour, no_install } => demo::run(&checkout, tour, setup::Installing::unless(no_install)),
        Task::Test { list: true, .. } => testing::list(&checkout),
        Task::Test { fast, only, no_install, .. } => {
            testing::run(&checkout, fast, &only, setup::Installing::unless(no_install))
        }
        Task::Bench { only, json } => proof::bench(&checkout, only.as_deref(), json.as_deref()),
        Task::Sim { seeds, from } => proof::simulate(&checkout, seeds, from),
        Task::Tidy => tidy::run(&checkout),
        Task::Setup { no_install } => setup::everything(&checkout, setup::Installing::unless(no_install)),
        Task::Postgres { durable, command } => postgres::beside(&checkout, durable, &command),
        Task::Fuzz { no_build } => fuzz::run(&checkout, no_build),
    }
}
