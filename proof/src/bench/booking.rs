//! Bookings with group commit against bare SQLite writing the same rows in the same batches, encrypted on both sides.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context;
use futures::future::join_all;
use jiff::Timestamp;
use mediconnect_crypto::receipt::ReceiptKey;
use mediconnect_domain::{Actor, AppointmentId, CommandId, appointments::book::Book, wire::Outcome};
use mediconnect_records::{self as records, Key, Options};
use mediconnect_server::{
    clock::SystemClock,
    execute::{Answered, Executor, Submission},
    storage::{Store, sqlite::Threaded},
};
use rusqlite::{Connection, types::Value};

use super::{Measurement, median};
use crate::clinic;

const BATCHES: usize = 18;
/// Bookings that wait at the same time: the size of the batches on both sides.
const AT_ONCE: usize = 64;
const DOCTORS: usize = 24;
const KEY: [u8; 32] = [9; 32];

pub fn sqlite() -> anyhow::Result<Measurement> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for run in 0..3 {
        let home = tempfile::tempdir()?;
        let (before, after) = (home.path().join("before.db"), home.path().join("after.db"));
        let (speed, batches) = runtime.block_on(book(&after, &before, run))?;
        ours.push(speed);
        bare.push(replay(&before, &batches)?);
    }
    let ratios: Vec<f64> = ours.iter().zip(&bare).map(|(ours, bare)| ours / bare).collect();
    let (value, ratio) = (median(&ours), median(&ratios));
    Ok(Measurement {
        id: "booking_sqlite",
        what: "bookings through execute with group commit, 64 at once",
        value,
        unit: "1/s",
        against: Some((median(&bare), "bare rusqlite (SQLCipher) writing the same rows in the same batches")),
        ratio: Some(ratio),
        target: "ratio ≥ 0.5",
        pass: ratio >= 0.5,
        runs: ratios,
    })
}

/// Bookings per second, and what each batch of them wrote. `before` gets a copy of the store as it was.
async fn book(path: &Path, before: &Path, run: usize) -> anyhow::Result<(f64, Vec<Batch>)> {
    let incarnation = clinic::named("bench");
    let store = Threaded::open(path, Some(&Key::new(KEY)), incarnation, Arc::new(|_| {}))?;
    let executor = Executor {
        store: Store::Sqlite(store),
        clock: Arc::new(SystemClock),
        key: ReceiptKey::new(&[7; 32]),
    };
    let names: Vec<String> = (0..DOCTORS).map(|n| format!("doctor{n}")).collect();
    let patients: Vec<String> = (0..100).map(|n| format!("patient{n}")).collect();
    let (doctors, people): (Vec<&str>, Vec<&str>) =
        (names.iter().map(String::as_str).collect(), patients.iter().map(String::as_str).collect());
    for (n, (actor, command)) in clinic::commands(&doctors, &people).into_iter().enumerate() {
        executor.submit(Submission::new(actor, clinic::command_id(n), "set-up", command)).await?;
    }
    copy(path, before)?;
    let seen = before.with_extension("seen");
    let now = Timestamp::now();
    let (mut took, mut batches) = (Duration::ZERO, Vec::new());
    for batch in 0..BATCHES {
        copy(path, &seen)?;
        let bookings = (batch * AT_ONCE..(batch + 1) * AT_ONCE).map(|n| {
            let executor = executor.clone();
            tokio::spawn(async move { executor.submit(booking(run, n, now)).await })
        });
        let begun = Instant::now();
        let answers = join_all(bookings).await;
        took += begun.elapsed();
        for answer in answers {
            let Answered::Decided(decided) = answer?? else { anyhow::bail!("a booking was not decided") };
            anyhow::ensure!(matches!(decided.outcome, Outcome::Accepted { .. }), "{:?}", decided.outcome);
        }
        batches.push(written(&seen, path)?);
    }
    Ok(((BATCHES * AT_ONCE) as f64 / took.as_secs_f64(), batches))
}

fn booking(run: usize, n: usize, now: Timestamp) -> Submission {
    let person = clinic::person(&format!("patient{}", n % 100));
    let doctor = clinic::doctor(&format!("doctor{}", n % DOCTORS));
    let book = Book {
        appointment_id: AppointmentId(clinic::named(&format!("visit {run} {n}"))),
        patient_id: person.patient,
        role_id: doctor.role,
        visit_type_id: clinic::visit_type(),
        start: clinic::nth_start(now, (n / DOCTORS) as i64),
        hold_token: None,
    };
    let id = CommandId(clinic::named(&format!("book {run} {n}")));
    Submission::new(Actor::Account(person.account), id, n.to_string(), book)
}

fn open(path: &Path) -> anyhow::Result<Connection> {
    Ok(records::open(path, &Options { key: Some(&Key::new(KEY)), ..Options::default() })?)
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    let (from, mut to) = (open(from)?, open(to)?);
    let backup = rusqlite::backup::Backup::new(&from, &mut to)?;
    backup.run_to_completion(4096, std::time::Duration::ZERO, None)?;
    Ok(())
}

/// The rows that the bookings wrote, written again by SQLite alone; bookings per second.
fn replay(before: &Path, batches: &[Batch]) -> anyhow::Result<f64> {
    let connection = open(before)?;
    connection.execute_batch("DROP TRIGGER IF EXISTS audit_is_kept; DROP TRIGGER IF EXISTS audit_stays;")?;
    let begun = Instant::now();
    for batch in batches {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        for (sql, rows) in batch {
            let mut insert = connection.prepare_cached(sql)?;
            for row in rows {
                insert.execute(rusqlite::params_from_iter(row))?;
            }
        }
        connection.execute_batch("COMMIT")?;
    }
    Ok((BATCHES * AT_ONCE) as f64 / begun.elapsed().as_secs_f64())
}

/// Per table the statement that writes a row, and the rows that are new or changed.
type Batch = Vec<(String, Vec<Vec<Value>>)>;

fn written(before: &Path, after: &Path) -> anyhow::Result<Batch> {
    let connection = open(after)?;
    let hex: String = KEY.iter().map(|byte| format!("{byte:02x}")).collect();
    let attach = format!("ATTACH DATABASE '{}' AS old KEY \"x'{hex}'\"", before.display());
    connection.execute_batch(&attach).context("the earlier store")?;
    let mut names = connection.prepare("SELECT name FROM main.sqlite_master WHERE type = 'table'")?;
    let names: Vec<String> = names.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut written = Vec::new();
    for name in names.iter().filter(|name| !name.starts_with("sqlite_")) {
        let sql = format!("SELECT * FROM main.{name} EXCEPT SELECT * FROM old.{name}");
        let mut select = connection.prepare(&sql)?;
        let columns = select.column_count();
        let rows = select
            .query_map([], |row| (0..columns).map(|n| row.get(n)).collect::<Result<Vec<Value>, _>>())?;
        let rows: Vec<Vec<Value>> = rows.collect::<Result<_, _>>()?;
        let places = vec!["?"; columns].join(", ");
        written.push((format!("INSERT OR REPLACE INTO {name} VALUES ({places})"), rows));
    }
    Ok(written)
}
