//! What a patient's device reads of a week without network.

use super::*;

fn starts(practice: &Practice, week: Timestamp) -> Vec<Timestamp> {
    let bitmap = week_bitmap(&practice.agenda(), visit(), week);
    starts_in(week, &bitmap).expect("reads what it wrote")
}

#[test]
fn a_week_begins_on_monday_in_utc() {
    let week = |instant: &str| week_of(instant.parse().expect("an instant")).to_string();
    assert_eq!(week("2026-11-22T23:59:59Z"), "2026-11-16T00:00:00Z");
    assert_eq!(week("2026-11-23T00:00:00Z"), "2026-11-23T00:00:00Z");
    assert_eq!(week("1969-12-31T00:00:00.5Z"), "1969-12-29T00:00:00Z");
}

#[test]
fn a_device_reads_the_starts_that_the_server_offers() {
    let mut practice = Practice::new("Asia/Kathmandu").open(WEEK, "09:05", "17:00").step(20);
    practice.book("2026-03-04T10:05").expect("free");
    let week = week_of(practice.at("2026-03-04T12:00"));
    let offered = slots(&practice.agenda(), visit(), Span::new(week, plus(week, 7 * 24 * 60)));
    assert_eq!(starts(&practice, week), offered.iter().map(|slot| slot.start).collect::<Vec<_>>());
    let bitmap = week_bitmap(&practice.agenda(), visit(), week);
    assert!(bitmap.starts_with("20:") && bitmap.len() < 140, "short: {bitmap}");
}

#[test]
fn it_does_not_change_with_the_clock_alone() {
    let mut practice = Practice::new("Europe/Berlin").open(WEEK, "09:00", "17:00");
    practice.rules.minimum_notice_min = 120;
    let week = week_of(practice.at("2026-03-04T12:00"));
    let before = week_bitmap(&practice.agenda(), visit(), week);
    let practice = practice.now("2026-03-05T11:00");
    assert_eq!(week_bitmap(&practice.agenda(), visit(), week), before);
}

#[test]
fn it_ends_with_the_horizon() {
    let mut practice = Practice::new("Europe/Berlin").open(WEEK, "09:00", "10:00").now("2026-03-02T08:00");
    practice.rules.horizon_days = 1;
    let last = starts(&practice, week_of(practice.now)).last().copied();
    assert_eq!(last, Some(practice.at("2026-03-03T09:30")));
}

#[test]
fn a_taken_and_a_closed_time_look_alike() {
    let mut booked = Practice::new("Europe/Berlin").open(WEEK, "09:00", "10:00").step(30);
    let closed = Practice::new("Europe/Berlin")
        .open(WEEK, "09:00", "10:00")
        .step(30)
        .on("2026-03-04", vec![block("09:30", "10:00")]);
    booked.book("2026-03-04T09:00").expect("free");
    let week = week_of(booked.at("2026-03-04T09:00"));
    let bitmap = |practice: &Practice| week_bitmap(&practice.agenda(), visit(), week);
    assert_eq!(bitmap(&booked), bitmap(&closed));
}

#[test]
fn an_empty_week_and_garbage_are_read_without_harm() {
    let closed = Practice::new("Europe/Berlin");
    assert!(starts(&closed, week_of(closed.now)).is_empty());
    let too_long = format!("60:{}", "ff".repeat(1_000));
    for garbage in ["", "15", "0:ff", "-5:ff", "99999:ff", "15:f", "15:zz", "15:é", ":ff", &too_long] {
        assert_eq!(starts_in(closed.now, garbage), None, "{garbage}");
    }
}
