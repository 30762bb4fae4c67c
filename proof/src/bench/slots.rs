//! The scheduling engine on a busy month.

use std::{hint::black_box, time::Instant};

use mediconnect_domain::{
    RoleId, Span,
    scheduling::engine::{self, Agenda, Busy, BusyVisit},
    time::plus_min,
};

use super::{Measurement, median};
use crate::clinic;

const BUSY: i64 = 500;
const CALLS: u32 = 200;

pub fn month() -> anyhow::Result<Measurement> {
    let now = "2026-03-01T00:00:00Z".parse()?;
    let mut rules = clinic::rules();
    rules.step_min = 15;
    let role = RoleId(clinic::named("role"));
    let busy: Vec<Busy> = (0..BUSY)
        .map(|n| {
            let start = plus_min(now, n * 85);
            let span = Span::of(start, 30);
            Busy {
                session: clinic::named(&n.to_string()),
                seat: 0,
                span,
                visit: Some(BusyVisit { role, span }),
            }
        })
        .collect();
    let agenda = Agenda { role, rules: &rules, leaves: &[], busy: &busy, now, moving: None };
    let range = Span::new(now, plus_min(now, 30 * 24 * 60));
    let one = || {
        let begun = Instant::now();
        for _ in 0..CALLS {
            black_box(engine::slots(black_box(&agenda), clinic::visit_type(), range));
        }
        begun.elapsed().as_secs_f64() * 1e6 / f64::from(CALLS)
    };
    let runs: Vec<f64> = (0..5).map(|_| one()).collect();
    let value = median(&runs);
    Ok(Measurement {
        id: "slots",
        what: "slots of a 30-day month with 500 busy spans",
        value,
        unit: "µs",
        against: None,
        ratio: None,
        target: "≤ 200 µs",
        pass: value <= 200.0,
        runs,
    })
}
