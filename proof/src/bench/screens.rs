//! What the screens read from the local store, with 1,000 and with 100,000 rows in it.

use std::{path::Path, sync::Arc, time::Instant};

use async_trait::async_trait;
use futures::executor::block_on;
use jiff::Timestamp;
use mediconnect_core::{
    Records, StoreError, SystemClock,
    store::{Durability, Signals, Store},
    sync::{Live, PullLines, SyncBoard, SyncEngine, Transport, TransportError},
    views::doctor::{attention, calendar, day, practice::workplaces},
};
use mediconnect_crypto::receipt::ReceiptKey;
use mediconnect_domain::{
    AccountId, Actor, AppointmentId, DeviceId, Record,
    access::Scope,
    appointments::{Appointment, State, book::Book},
    memory::Memory,
    profiles::PatientSummary,
    time::plus_min,
    wire::{BucketState, EntryRow, Pull, PullLine, Push, PushAnswer, RowHash},
};
use mediconnect_records::Key;
use serde_json::value::RawValue;

use super::{Measurement, median, p99};
use crate::clinic;

const FEW: usize = 1_000;
const MANY: usize = 100_000;
const READS: usize = 300;

type Screen = fn(&Records, Timestamp) -> Result<(), StoreError>;

/// The doctor's screens: a practice is the largest store there is. The first is today's.
const SCREENS: &[(&str, Screen)] = &[
    ("today", |records, now| {
        let places = workplaces(records)?;
        day::day(records, &places, today_of(now), &clinic::zone().rules(), now).map(drop)
    }),
    ("calendar week", |records, now| {
        let places = workplaces(records)?;
        calendar::calendar(records, &places, today_of(now), 7, &clinic::zone().rules(), now).map(drop)
    }),
    ("what waits", |records, now| attention::attention(records, now).map(drop)),
];

fn today_of(now: Timestamp) -> jiff::civil::Date {
    clinic::zone().rules().to_datetime(now).date()
}

pub fn today() -> anyhow::Result<Measurement> {
    let home = tempfile::tempdir()?;
    let now = Timestamp::now();
    let few = filled(&home.path().join("few.db"), FEW, now)?;
    let many = filled(&home.path().join("many.db"), MANY, now)?;
    let mut worst: f64 = 0.0;
    for (_, screen) in SCREENS {
        worst = worst.max(p99(&reads(&many, *screen, now)?));
    }
    let mut ratios = Vec::new();
    for _ in 0..5 {
        let (small, large) =
            (median(&reads(&few, SCREENS[0].1, now)?), median(&reads(&many, SCREENS[0].1, now)?));
        ratios.push(large / small);
    }
    let ratio = median(&ratios);
    Ok(Measurement {
        id: "screens",
        what: "slowest p99 of all screens at 100,000 rows; ratio: today's screen at 100,000 rows ÷ at 1,000",
        value: worst,
        unit: "ms",
        against: None,
        ratio: Some(ratio),
        target: "≤ 5 ms, ≤ 1.2",
        pass: worst <= 5.0 && ratio <= 1.2,
        runs: ratios,
    })
}

/// Milliseconds of each read.
fn reads(store: &Store, screen: Screen, now: Timestamp) -> anyhow::Result<Vec<f64>> {
    let one = |_| {
        let begun = Instant::now();
        store.read(|records| screen(records, now))?;
        Ok(begun.elapsed().as_secs_f64() * 1e3)
    };
    (0..READS).map(one).collect()
}

/// A doctor's store with so many visits, 40 a day around today.
fn filled(path: &Path, rows: usize, now: Timestamp) -> anyhow::Result<Store> {
    let doctor = clinic::doctor("dora");
    let key = Key::new([1; 32]);
    let store = Arc::new(Store::open(path, key, doctor.account, Signals::default(), Durability::ProcessEnd)?);
    let line = Arc::new(Given { records: practice(rows, now)?, account: doctor.account, now });
    let engine = SyncEngine::new(
        store.clone(),
        line,
        Arc::new(SystemClock),
        DeviceId(clinic::named("device")),
        ReceiptKey::new(&[7; 32]).public(),
        Arc::new(SyncBoard::default()),
    );
    block_on(engine.step()).map_err(|error| anyhow::anyhow!("{error}"))?;
    drop(engine);
    Arc::into_inner(store).ok_or_else(|| anyhow::anyhow!("the store is still in use"))
}

/// A clinic made by the rules, with copies of one booked visit over the years.
fn practice(rows: usize, now: Timestamp) -> anyhow::Result<Vec<Record>> {
    let mut records = Memory::default();
    let mut run = |actor: Actor, command: mediconnect_domain::Command, n: usize| {
        let decided = records.run(command, actor, now, clinic::command_id(n));
        decided.map(drop).map_err(|halt| anyhow::anyhow!("{halt:?}"))
    };
    let set_up = clinic::commands(&["dora"], &["ann"]);
    let count = set_up.len();
    for (n, (actor, command)) in set_up.into_iter().enumerate() {
        run(actor, command, n)?;
    }
    let (ann, dora) = (clinic::person("ann"), clinic::doctor("dora"));
    let id = AppointmentId(clinic::named("model"));
    let book = Book {
        appointment_id: id,
        patient_id: ann.patient,
        role_id: dora.role,
        visit_type_id: clinic::visit_type(),
        start: clinic::nth_start(now, 0),
        hold_token: None,
    };
    run(Actor::Account(ann.account), book.into(), count)?;
    let model: Appointment = records.get(id).ok_or_else(|| anyhow::anyhow!("the model visit"))?;
    let summary: Option<PatientSummary> = records.get(PatientSummary::id_of(dora.doctor, ann.patient));
    let mut all: Vec<Record> = records.records().collect();
    all.extend(summary.map(Record::from));
    let per_day = 40;
    let first_day = -((rows / per_day / 2) as i64);
    all.extend((0..rows).map(|n| {
        let day = first_day + (n / per_day) as i64;
        let start = plus_min(now, day * 24 * 60 + (n % per_day) as i64 * 15 - 300);
        let mut visit = model.clone();
        visit.id = AppointmentId(clinic::named(&format!("visit {n}")));
        (visit.start, visit.end) = (start, plus_min(start, 15));
        (visit.place.span.start, visit.place.span.end) = (visit.start, visit.end);
        visit.place.session = visit.id.0;
        visit.state = if start < now { State::Fulfilled } else { State::Booked };
        Record::from(visit)
    }));
    Ok(all)
}

/// A server that gives one account these records.
struct Given {
    records: Vec<Record>,
    account: AccountId,
    now: Timestamp,
}

impl Given {
    fn bucket(&self, bucket: Scope) -> (BucketState, Vec<EntryRow>) {
        let mine = self.records.iter().filter(|record| record.buckets().contains(&bucket));
        let mut hash = RowHash::default();
        let rows: Vec<EntryRow> = mine
            .zip(1..)
            .map(|(record, seq)| {
                hash = hash.add(RowHash::of(record.kind().name(), record.id(), 1));
                let body = RawValue::from_string(record.body()).expect("records are JSON");
                EntryRow { seq, kind: record.kind().name().into(), id: record.id(), rev: 1, body: Some(body) }
            })
            .collect();
        let state =
            BucketState { bucket, generation: 1, head: rows.len() as u64, afresh: true, hash: hash.hex() };
        (state, rows)
    }
}

#[async_trait]
impl Transport for Given {
    async fn push(&self, _: &Push) -> Result<PushAnswer, TransportError> {
        Ok(PushAnswer { receipts: Vec::new() })
    }

    async fn pull(&self, _: &Pull) -> Result<Box<dyn PullLines>, TransportError> {
        let doctor = clinic::doctor("dora").doctor;
        let scopes = [Scope::Account(self.account), Scope::Directory, Scope::Practice(doctor)];
        let (buckets, rows): (Vec<_>, Vec<_>) = scopes.into_iter().map(|scope| self.bucket(scope)).unzip();
        let mut lines = vec![PullLine::Begin {
            at: self.now,
            incarnation: clinic::named("bench"),
            buckets: buckets.clone(),
        }];
        for (state, mut rows) in buckets.into_iter().zip(rows) {
            while !rows.is_empty() {
                let rest = rows.split_off(rows.len().min(500));
                lines.push(PullLine::Page { bucket: state.bucket, rows: std::mem::replace(&mut rows, rest) });
            }
        }
        lines.push(PullLine::End);
        Ok(Box::new(lines.into_iter()))
    }

    async fn live(&self) -> Result<Box<dyn Live>, TransportError> {
        Err(TransportError::Offline("not measured here".into()))
    }
}
