//! Booking cases about zones and clock changes. Berlin springs forward on 2026-03-29 and falls back on
//! 2026-10-25, both between two and three at night.

use super::*;

#[test]
fn case_8_an_afternoon_is_the_same_on_the_day_clocks_spring_forward() {
    let practice = Practice::new("Europe/Berlin").open(WEEK, "13:00", "18:00").step(30);
    let afternoon = every(30, "13:00", "17:30");
    for date in ["2026-03-28", "2026-03-29", "2026-03-30", "2026-10-24", "2026-10-25", "2026-10-26"] {
        assert_eq!(practice.times(date), afternoon, "{date}");
    }
    let first = |date: &str| practice.slots_on(date)[0].start.to_string();
    assert_eq!(first("2026-03-28"), "2026-03-28T12:00:00Z");
    assert_eq!(first("2026-03-29"), "2026-03-29T11:00:00Z");
}

#[test]
fn case_10_the_minimum_notice_is_a_stretch_of_real_time() {
    let mut practice = Practice::new("Europe/Berlin").open(WEEK, "00:00", "24:00").step(60);
    practice.rules.minimum_notice_min = 24 * 60;
    let practice = practice.now("2026-03-28T12:00");
    let earliest = practice.at("2026-03-29T13:00");
    assert_eq!(plus(practice.now, 24 * 60), earliest, "24 hours later clocks show one hour more");
    assert_eq!(practice.why("2026-03-29T12:00"), Some(WhyNot::TooSoon { earliest }));
    assert_eq!(practice.times("2026-03-29").first().map(String::as_str), Some("13:00"));

    let practice = practice.now("2026-10-24T12:00");
    assert_eq!(practice.times("2026-10-25").first().map(String::as_str), Some("11:00"));
}

#[test]
fn case_10_the_horizon_counts_local_days_across_a_clock_change() {
    let mut practice = Practice::new("Europe/Berlin").open(WEEK, "00:00", "24:00").step(60).lasting(60);
    practice.rules.horizon_days = 1;
    let practice = practice.now("2026-10-24T23:59");
    assert_eq!(practice.times("2026-10-25").len(), 25, "the whole long day");
    assert!(practice.times("2026-10-26").is_empty());
    let practice = practice.now("2026-03-28T00:30");
    assert_eq!(practice.times("2026-03-29").len(), 23, "the whole short day");
    assert!(practice.times("2026-03-30").is_empty());
}

#[test]
fn case_11_a_time_that_does_not_exist_is_never_offered() {
    let practice = Practice::new("Europe/Berlin").open(WEEK, "01:00", "05:00").step(30);
    assert_eq!(practice.times("2026-03-29"), list("01:00 01:30 03:00 03:30 04:00 04:30"));
    let gap = Practice::new("Europe/Berlin").open(WEEK, "02:00", "03:00");
    assert!(gap.times("2026-03-29").is_empty(), "the whole block is skipped");
    assert_eq!(gap.times("2026-03-30"), list("02:00 02:15 02:30"));
}

#[test]
fn case_11_steps_go_on_across_the_change() {
    let practice = Practice::new("Europe/Berlin").open(WEEK, "01:00", "05:00").step(25);
    assert_eq!(practice.times("2026-03-29"), list("01:00 01:25 01:50 03:15 03:40 04:05 04:30"));
    assert_eq!(practice.times("2026-03-30"), every(25, "01:00", "04:20"));
}

#[test]
fn case_11_a_window_that_starts_in_the_gap_starts_at_its_end() {
    let practice = Practice::new("Europe/Berlin").open(WEEK, "02:20", "04:30").step(30);
    assert_eq!(practice.times("2026-03-29"), list("03:00 03:30 04:00"));
    let practice = Practice::new("Europe/Berlin").open(WEEK, "01:00", "02:40").step(30);
    assert_eq!(
        practice.times("2026-03-29"),
        list("01:00 01:30"),
        "one that ends in the gap ends where it begins"
    );
}

#[test]
fn case_11_both_passes_of_a_repeated_hour_exist_and_are_distinct() {
    let mut practice = Practice::new("Europe/Berlin").open(WEEK, "01:30", "03:30").step(30);
    let night = list("01:30 02:00+02:00 02:30+02:00 02:00+01:00 02:30+01:00 03:00");
    assert_eq!(practice.times("2026-10-25"), night);
    practice.book_at(visit(), "2026-10-25T00:30Z".parse().expect("an instant")).expect("the first pass");
    practice.book_at(visit(), "2026-10-25T01:30Z".parse().expect("an instant")).expect("the second pass");
    assert_eq!(practice.times("2026-10-25"), list("01:30 02:00+02:00 02:00+01:00 03:00"));
}

#[test]
fn case_11_a_window_within_the_repeated_hour_opens_in_both_passes_and_not_between() {
    let practice = Practice::new("Europe/Berlin").open(WEEK, "02:00", "02:30");
    assert_eq!(practice.times("2026-10-25"), list("02:00+02:00 02:00+01:00"));
}

#[test]
fn case_11_on_the_southern_hemisphere_too() {
    // Sydney springs forward on 2026-10-04 and falls back on 2026-04-05, both at night.
    let practice = Practice::new("Australia/Sydney").open(WEEK, "01:30", "04:00").step(30);
    assert_eq!(practice.times("2026-10-04"), list("01:30 03:00 03:30"));
    let night = list("01:30 02:00+11:00 02:30+11:00 02:00+10:00 02:30+10:00 03:00 03:30");
    assert_eq!(practice.times("2026-04-05"), night);
}

#[test]
fn case_11_where_clocks_change_at_midnight() {
    // In Santiago 2026-09-06 begins at one o'clock, and the last hour of 2026-04-04 passes twice.
    let practice =
        Practice::new("America/Santiago").open(WEEK, "00:00", "02:00").open(WEEK, "22:00", "24:00").step(30);
    let ordinary = list("00:00 00:30 01:00 01:30 22:00 22:30 23:00 23:30");
    assert_eq!(practice.times("2026-09-06"), list("01:00 01:30 22:00 22:30 23:00 23:30"));
    assert_eq!(practice.times("2026-09-05"), ordinary);
    let evening = "00:00 00:30 01:00 01:30 22:00 22:30 23:00-03:00 23:30-03:00 23:00-04:00 23:30-04:00";
    assert_eq!(practice.times("2026-04-04"), list(evening));
    assert_eq!(practice.times("2026-04-05"), ordinary);
}

#[test]
fn case_12_windows_that_end_at_eleven_or_at_midnight_end() {
    let practice = Practice::new("Europe/Berlin").open(WEEK, "20:00", "23:00");
    assert_eq!(practice.times("2026-03-02"), every(15, "20:00", "22:30"));
    let practice = Practice::new("Europe/Berlin").open(WEEK, "20:00", "24:00");
    assert_eq!(practice.times("2026-03-02"), every(15, "20:00", "23:30"));
    assert_eq!(practice.why("2026-03-02T23:45"), Some(WhyNot::Closed), "it would end on the next day");
}

#[test]
fn case_12_a_shift_over_midnight_is_one() {
    let practice = Practice::new("Europe/Berlin").open(1..=1, "22:00", "24:00").open(2..=2, "00:00", "02:00");
    assert_eq!(practice.times("2026-03-02"), every(15, "22:00", "23:45"), "the last goes on into Tuesday");
    assert_eq!(practice.times("2026-03-03"), every(15, "00:00", "01:30"));
}

#[test]
fn case_13_a_visitor_asks_for_days_of_their_own_zone() {
    // 18:00–20:00 in New York is the next morning in Tokyo, 07:00–09:00.
    let practice = Practice::new("America/New_York").open(1..=1, "18:00", "20:00").step(60);
    let tokyo = Practice::new("Asia/Tokyo");
    let asked = |date: &str| slots(&practice.agenda(), visit(), tokyo.day(date));
    assert!(asked("2026-07-06").is_empty(), "Monday in Tokyo");
    let tuesday = asked("2026-07-07");
    assert_eq!(tuesday.iter().map(|slot| tokyo.local(slot.start)).collect::<Vec<_>>(), list("07:00 08:00"));
}

#[test]
fn case_14_zones_of_half_and_quarter_hours() {
    for (zone, nine) in
        [("Asia/Kolkata", "03:30"), ("Asia/Kathmandu", "03:15"), ("Australia/Lord_Howe", "22:00")]
    {
        let practice = Practice::new(zone).open(WEEK, "09:00", "10:30").step(30);
        assert_eq!(practice.times("2026-02-03"), list("09:00 09:30 10:00"), "{zone}");
        assert_eq!(practice.slots_on("2026-02-03")[0].start.strftime("%H:%M").to_string(), nine, "{zone}");
    }
}

#[test]
fn case_14_clocks_that_change_by_half_an_hour() {
    // Lord Howe goes from 02:00 to 02:30 on 2026-10-04 and from 02:00 back to 01:30 on 2026-04-05.
    let practice = Practice::new("Australia/Lord_Howe").open(WEEK, "01:00", "04:00").step(30);
    assert_eq!(practice.times("2026-10-04"), list("01:00 01:30 02:30 03:00 03:30"));
    let night = list("01:00 01:30+11:00 01:30+10:30 02:00 02:30 03:00 03:30");
    assert_eq!(practice.times("2026-04-05"), night);
}

#[test]
fn case_15_hours_are_those_of_the_rules_zone_whoever_wrote_them() {
    let berlin = Practice::new("Europe/Berlin").open(WEEK, "09:00", "10:00").on("2026-03-03", vec![]);
    let kolkata = Practice::new("Asia/Kolkata").open(WEEK, "09:00", "10:00").on("2026-03-03", vec![]);
    for practice in [&berlin, &kolkata] {
        assert_eq!(practice.times("2026-03-02"), list("09:00 09:15 09:30"));
        assert!(practice.times("2026-03-03").is_empty(), "the override is of the local date");
    }
    let apart = berlin.at("2026-03-02T09:00").duration_since(kolkata.at("2026-03-02T09:00"));
    assert_eq!(apart.as_mins(), 270);
}

#[test]
fn case_29_a_calendar_by_days_and_a_list_agree_on_dates() {
    for zone in ["Europe/Berlin", "Pacific/Auckland", "America/Santiago", "Australia/Lord_Howe"] {
        let practice = Practice::new(zone).open(WEEK, "00:00", "24:00");
        let start: Date = "2026-03-20".parse().expect("a date");
        let dates: Vec<_> = start.series(1.day()).take(30).map(|date| date.to_string()).collect();
        let all = Span::new(practice.day(&dates[0]).start, practice.day(&dates[29]).end);
        let by_day: Vec<_> = dates.iter().flat_map(|date| practice.slots_on(date)).collect();
        assert_eq!(by_day, slots(&practice.agenda(), visit(), all), "{zone}");
        for date in &dates {
            for slot in practice.slots_on(date) {
                assert_eq!(slot.start.to_zoned(practice.rules.zone.rules()).date().to_string(), *date);
            }
        }
    }
}

#[test]
fn whole_days_of_leave_cover_short_and_long_days() {
    let day = |date: &str| {
        let practice = Practice::new("Europe/Berlin");
        let day = practice.day(date);
        day.end.duration_since(day.start).as_hours()
    };
    assert_eq!((day("2026-03-29"), day("2026-10-25"), day("2026-03-30")), (23, 25, 24));
}
