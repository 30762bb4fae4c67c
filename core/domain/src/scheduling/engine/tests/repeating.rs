//! Booking cases about series.

use garde::Validate;

use super::*;

fn weekly(interval: u8, count: u8) -> Recurrence {
    Recurrence { cadence: Cadence::Weekly, interval, count }
}

fn local(practice: &Practice, starts: &[Result<Timestamp, WhyNot>]) -> Vec<String> {
    let zone = practice.rules.zone.rules();
    let text = |start: &Timestamp| start.to_zoned(zone.clone()).strftime("%m-%d %H:%M").to_string();
    starts.iter().map(|start| start.as_ref().map_or_else(|why| why.code().to_owned(), text)).collect()
}

#[test]
fn case_9_every_sunday_at_three_stays_at_three_when_clocks_change() {
    let practice = Practice::new("Europe/Berlin");
    let first = practice.at("2026-03-22T15:00");
    let starts = occurrences(&practice.rules.zone, first, weekly(1, 3));
    assert_eq!(local(&practice, &starts), ["03-22 15:00", "03-29 15:00", "04-05 15:00"]);
    let utc: Vec<_> = starts.into_iter().map(|start| start.expect("exists").to_string()).collect();
    assert_eq!(utc, ["2026-03-22T14:00:00Z", "2026-03-29T13:00:00Z", "2026-04-05T13:00:00Z"]);
}

#[test]
fn case_20_a_series_expands_daily_weekly_and_every_few_weeks() {
    let practice = Practice::new("Asia/Kolkata");
    let first = practice.at("2026-12-30T09:30");
    let expand = |recurrence| local(&practice, &occurrences(&practice.rules.zone, first, recurrence));
    assert_eq!(expand(weekly(2, 3)), ["12-30 09:30", "01-13 09:30", "01-27 09:30"]);
    let daily = Recurrence { cadence: Cadence::Daily, interval: 1, count: 3 };
    assert_eq!(expand(daily), ["12-30 09:30", "12-31 09:30", "01-01 09:30"]);
    assert_eq!(expand(weekly(1, 52)).len(), 52);
}

#[test]
fn case_20_an_occurrence_that_clocks_skip_is_named() {
    let practice = Practice::new("Europe/Berlin");
    let first = practice.at("2026-03-22T02:30");
    let starts = occurrences(&practice.rules.zone, first, weekly(1, 3));
    assert_eq!(local(&practice, &starts), ["03-22 02:30", "no_such_time", "04-05 02:30"]);
    assert_eq!(
        starts[1],
        Err(WhyNot::NoSuchTime { local: "2026-03-29T02:30".parse().expect("a local time") })
    );
}

#[test]
fn case_20_every_occurrence_is_checked() {
    let mut practice = Practice::new("Europe/Berlin").open(1..=1, "09:00", "12:00").on("2026-03-16", vec![]);
    practice.book("2026-03-09T09:15").expect("free");
    let first = practice.at("2026-03-02T09:00");
    let verdicts: Vec<_> = occurrences(&practice.rules.zone, first, weekly(1, 4))
        .into_iter()
        .map(|start| {
            start.and_then(|start| why_not(&practice.agenda(), visit(), start)).map_err(|why| why.code())
        })
        .map(|verdict| verdict.err().unwrap_or("free"))
        .collect();
    assert_eq!(verdicts, ["free", "taken", "closed_that_day", "free"]);
}

#[test]
fn a_series_has_an_end() {
    for (interval, count) in [(0, 1), (1, 0), (1, 53), (53, 1)] {
        assert!(weekly(interval, count).validate().is_err(), "every {interval} weeks, {count} times");
    }
    assert!(weekly(1, 52).validate().is_ok());
}
