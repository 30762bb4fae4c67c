//! `mediconnect-proof sim` and `mediconnect-proof bench`; `cargo xtask` calls both.

use std::{path::PathBuf, process::ExitCode, time::Instant};

use clap::{Args, Parser, Subcommand};
use mediconnect_core::{Client, Config};
use mediconnect_domain::{
    AppointmentId, PatientId, RoleId, VisitTypeId,
    appointments::{CancelReason, book::Book, cancel::Cancel},
    time::plus_min,
};
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
    /// An app that books one time after the other until it is killed; for the test that kills it.
    #[command(hide = true)]
    App(Booking),
}

#[derive(Args)]
struct Booking {
    #[arg(long)]
    server: url::Url,
    #[arg(long)]
    dir: PathBuf,
    #[arg(long)]
    patient: PatientId,
    #[arg(long)]
    role: RoleId,
    #[arg(long)]
    visit_type: VisitTypeId,
    #[arg(long)]
    first: jiff::Timestamp,
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
        Task::App(booking) => match app(booking) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("app: {error:#}");
                ExitCode::FAILURE
            }
        },
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

/// Says `submitted ID` once a booking is in the outbox, syncs, and cancels every other one so that there is always room.
#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn app(booking: Booking) -> anyhow::Result<()> {
    let app = Client::open(Config::new(&booking.dir, booking.server)?)?;
    tokio::spawn(app.clone().run());
    let mut start = booking.first;
    loop {
        let appointment_id = AppointmentId(app.new_id());
        let book = Book {
            appointment_id,
            patient_id: booking.patient,
            role_id: booking.role,
            visit_type_id: booking.visit_type,
            start,
            hold_token: None,
        };
        if app.submit(book).is_ok() {
            println!("submitted {appointment_id}");
        }
        tokio::time::sleep(std::time::Duration::from_millis(15)).await;
        if app.submit(Cancel { appointment_id, reason: CancelReason::NotNeeded }).is_ok() {
            println!("cancelled {appointment_id}");
        }
        start = plus_min(start, 30);
    }
}
