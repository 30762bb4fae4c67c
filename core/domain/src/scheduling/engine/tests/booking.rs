//! The booking cases that need no clock change. Numbers are those of the list of booking cases.

use super::*;

fn monday() -> Practice {
    Practice::new("Europe/Berlin").open(1..=5, "09:00", "12:00")
}

#[test]
fn case_4_a_visit_at_nine_blocks_quarter_past() {
    let mut practice = monday();
    practice.book("2026-03-02T09:00").expect("free");
    assert_eq!(practice.why("2026-03-02T09:15"), Some(WhyNot::Taken));
    assert_eq!(practice.why("2026-03-02T09:00"), Some(WhyNot::Taken));
    assert_eq!(practice.times("2026-03-02"), every(15, "09:30", "11:30"));
}

#[test]
fn case_4_a_visit_that_ends_when_another_starts_is_no_conflict() {
    let mut practice = monday();
    practice.book("2026-03-02T09:30").expect("free");
    practice.book("2026-03-02T09:00").expect("ends as the other starts");
    practice.book("2026-03-02T10:00").expect("starts as the other ends");
}

#[test]
fn case_5_a_start_off_the_grid_is_refused_with_the_nearest_one_on_it() {
    let practice = monday();
    let nearest = |local: &str| WhyNot::NotOnGrid { nearest: practice.at(local) };
    assert_eq!(practice.why("2026-03-02T09:07"), Some(nearest("2026-03-02T09:00")));
    assert_eq!(practice.why("2026-03-02T09:08"), Some(nearest("2026-03-02T09:15")));
    assert_eq!(practice.why("2026-03-02T09:00:00.001"), Some(nearest("2026-03-02T09:00")));
    assert_eq!(practice.why("2026-03-02T11:29:59"), Some(nearest("2026-03-02T11:30")));
}

#[test]
fn case_5_hours_bind_the_whole_visit() {
    let practice = monday();
    assert_eq!(practice.why("2026-03-02T08:45"), Some(WhyNot::Closed));
    assert_eq!(practice.why("2026-03-02T11:30"), None);
    assert_eq!(practice.why("2026-03-02T11:45"), Some(WhyNot::Closed), "it would end at 12:15");
    assert_eq!(practice.why("2026-03-02T12:00"), Some(WhyNot::Closed));
    assert_eq!(practice.why("2026-03-01T09:00"), Some(WhyNot::Closed), "a Sunday");
}

#[test]
fn case_5_a_kind_of_visit_is_bound_to_its_blocks() {
    let mut practice = monday();
    practice.rules.offerings.push(offering(vaccination(), 15, 1));
    practice.rules.weekly[0].visit_types = Some(vec![vaccination()]);
    assert_eq!(practice.why("2026-03-02T09:00"), Some(WhyNot::VisitTypeNotOffered));
    assert_eq!(why_not(&practice.agenda(), vaccination(), practice.at("2026-03-02T09:00")).err(), None);
    let unknown = VisitTypeId::derive(&[b"no such"]);
    let answer = why_not(&practice.agenda(), unknown, practice.at("2026-03-03T09:00"));
    assert_eq!(answer, Err(WhyNot::VisitTypeNotOffered));
    assert!(slots(&practice.agenda(), unknown, practice.day("2026-03-03")).is_empty());
}

#[test]
fn case_5_the_past_the_notice_and_the_horizon_bind() {
    let mut practice = monday().now("2026-03-02T10:00");
    practice.rules.minimum_notice_min = 60;
    practice.rules.horizon_days = 7;
    assert_eq!(practice.why("2026-03-02T09:45"), Some(WhyNot::Past));
    let earliest = practice.at("2026-03-02T11:00");
    assert_eq!(practice.why("2026-03-02T10:45"), Some(WhyNot::TooSoon { earliest }));
    assert_eq!(practice.times("2026-03-02"), list("11:00 11:15 11:30"));
    assert_eq!(practice.times("2026-03-09"), every(15, "09:00", "11:30"), "the whole last day is open");
    let latest = "2026-03-09".parse().expect("a date");
    assert_eq!(practice.why("2026-03-10T09:00"), Some(WhyNot::BeyondHorizon { latest }));
    assert!(practice.times("2026-03-10").is_empty());
}

#[test]
fn case_7_and_21_a_visit_that_moves_is_not_in_its_own_way_and_frees_its_old_time() {
    let mut practice = monday();
    practice.book("2026-03-02T09:00").expect("free");
    let own = practice.busy[0].seat();
    let later = practice.at("2026-03-02T09:15");
    let moving = Agenda { moving: Some(own), ..practice.agenda() };
    let free = why_not(&moving, visit(), later).expect("only its own time is there");
    assert!(slots(&moving, visit(), practice.day("2026-03-02")).iter().any(|slot| slot.start == later));

    practice.busy.clear();
    practice.enter(free);
    assert_eq!(practice.why("2026-03-02T09:00"), Some(WhyNot::Taken), "it would run into the moved visit");
    let last = practice.at("2026-03-02T11:30");
    let moving = Agenda { moving: Some(practice.busy[0].seat()), ..practice.agenda() };
    let free = why_not(&moving, visit(), last).expect("free");
    practice.busy.clear();
    practice.enter(free);
    assert_eq!(practice.why("2026-03-02T09:00"), None);
}

#[test]
fn case_16_where_a_visit_is_longer_than_the_step_every_offered_slot_books() {
    let practice = monday().step(5).lasting(50);
    let offered = practice.slots_on("2026-03-02");
    assert_eq!(offered.len(), 27);
    for slot in offered {
        let free = why_not(&practice.agenda(), visit(), slot.start).expect("an offered slot books");
        assert_eq!(free.visit, Span::new(slot.start, slot.end));
    }
}

#[test]
fn case_17_buffers_are_applied_once() {
    let mut practice = monday().buffers(5, 10);
    let free = practice.book("2026-03-02T10:00").expect("free");
    assert_eq!(free.visit, Span::of(practice.at("2026-03-02T10:00"), 30));
    assert_eq!(free.occupied, Span::new(practice.at("2026-03-02T09:55"), practice.at("2026-03-02T10:40")));
    // Occupied are 09:55–10:40. A visit at 09:15 would occupy 09:10–09:55, one at 10:45 10:40–11:25: both just
    // fit.
    assert_eq!(practice.times("2026-03-02"), list("09:00 09:15 10:45 11:00 11:15 11:30"));
    assert_eq!(practice.why("2026-03-02T09:30"), Some(WhyNot::Buffer));
    assert_eq!(practice.why("2026-03-02T10:30"), Some(WhyNot::Buffer));
    assert_eq!(practice.why("2026-03-02T10:15"), Some(WhyNot::Taken));
}

#[test]
fn case_17_each_kind_of_visit_brings_its_own_buffers() {
    let mut practice = monday().buffers(0, 15);
    practice.rules.offerings.push(offering(vaccination(), 15, 1));
    practice.book_at(vaccination(), practice.at("2026-03-02T10:00")).expect("free");
    assert_eq!(
        practice.why("2026-03-02T09:30"),
        Some(WhyNot::Buffer),
        "its own buffer would run until 10:15"
    );
    assert_eq!(practice.why("2026-03-02T09:15"), None);
    assert_eq!(practice.why("2026-03-02T10:15"), None, "the vaccination needs no buffer");
}

#[test]
fn buffers_may_lie_outside_the_hours_and_in_leave() {
    let practice = monday().buffers(30, 30).away(LeaveTime::Between {
        start: "2026-03-02T10:00Z".parse().expect("an instant"),
        end: "2026-03-03T00:00Z".parse().expect("an instant"),
    });
    assert_eq!(practice.times("2026-03-02"), every(15, "09:00", "10:30"), "leave begins at 11:00");
    assert_eq!(practice.times("2026-03-03"), every(15, "09:00", "11:30"));
}

#[test]
fn case_18_an_override_opens_a_closed_day() {
    let practice = monday().on("2026-03-01", vec![block("14:00", "15:00")]);
    assert_eq!(practice.times("2026-03-01"), list("14:00 14:15 14:30"));
}

#[test]
fn case_18_an_override_replaces_all_blocks_of_its_day() {
    let practice = monday()
        .open(1..=1, "14:00", "18:00")
        .on("2026-03-02", vec![block("10:00", "11:00")])
        .on("2026-03-03", vec![]);
    assert_eq!(practice.times("2026-03-02"), list("10:00 10:15 10:30"));
    assert_eq!(practice.why("2026-03-02T14:00"), Some(WhyNot::Closed));
    assert!(practice.times("2026-03-03").is_empty());
    assert_eq!(practice.why("2026-03-03T09:00"), Some(WhyNot::ClosedThatDay));
    assert_eq!(practice.times("2026-03-09").len(), 11 + 15, "the next Monday is an ordinary one");
}

#[test]
fn case_19_overlapping_leave_adds_up_to_its_union() {
    let between = |start: &str, end: &str| LeaveTime::Between {
        start: start.parse().expect("an instant"),
        end: end.parse().expect("an instant"),
    };
    // Berlin is an hour ahead of UTC in March before the clocks change.
    let practice = monday()
        .away(between("2026-03-02T09:30Z", "2026-03-02T10:00Z"))
        .away(between("2026-03-02T08:30Z", "2026-03-02T10:30Z"))
        .away(between("2026-03-02T08:45Z", "2026-03-02T09:00Z"));
    assert_eq!(practice.times("2026-03-02"), list("09:00 11:30"));
    assert_eq!(practice.why("2026-03-02T11:00"), Some(WhyNot::OnLeave));
}

#[test]
fn case_19_leave_of_whole_days_and_overnight() {
    let date = |date: &str| date.parse::<Date>().expect("a date");
    let practice = Practice::new("Europe/Berlin")
        .open(WEEK, "20:00", "24:00")
        .open(WEEK, "00:00", "04:00")
        .away(LeaveTime::Days { first: date("2026-03-03"), last: date("2026-03-04") })
        .away(LeaveTime::Between {
            start: "2026-03-06T21:00Z".parse().expect("22:00 in Berlin"),
            end: "2026-03-07T01:00Z".parse().expect("02:00 in Berlin"),
        });
    assert_eq!(
        practice.times("2026-03-02").last().map(String::as_str),
        Some("23:30"),
        "until the leave begins"
    );
    assert!(practice.times("2026-03-03").is_empty());
    assert!(practice.times("2026-03-04").is_empty());
    assert_eq!(practice.times("2026-03-05").first().map(String::as_str), Some("00:00"));
    let sixth = practice.times("2026-03-06");
    assert_eq!(sixth.last().map(String::as_str), Some("21:30"));
    assert_eq!(practice.times("2026-03-07").first().map(String::as_str), Some("02:00"));
}

#[test]
fn case_28_a_group_takes_as_many_as_it_has_seats() {
    let mut practice = monday().seats(3);
    let left = |practice: &Practice| practice.slots_on("2026-03-02")[0].seats_left;
    let mut sessions = Vec::new();
    for seat in 0..3 {
        assert_eq!(left(&practice), 3 - seat);
        let free = practice.book("2026-03-02T09:00").expect("a seat is left");
        assert_eq!((free.seat, free.capacity), (seat, 3));
        sessions.push(free.shared_session);
    }
    assert!(sessions[0].is_some() && sessions.iter().all(|session| *session == sessions[0]));
    assert_eq!(practice.why("2026-03-02T09:00"), Some(WhyNot::Full));
    assert_eq!(
        practice.why("2026-03-02T09:15"),
        Some(WhyNot::Taken),
        "another group, while this one is there"
    );
    assert_eq!(practice.why("2026-03-02T09:30"), None);

    practice.busy.remove(1);
    let free = practice.book("2026-03-02T09:00").expect("a seat was given up");
    assert_eq!(free.seat, 1, "the one given up");
}

#[test]
fn case_28_a_group_does_not_share_its_time_with_other_visits() {
    let mut practice = monday().seats(3);
    practice.rules.offerings.push(offering(vaccination(), 30, 8));
    practice.book("2026-03-02T09:00").expect("free");
    let vaccinations = why_not(&practice.agenda(), vaccination(), practice.at("2026-03-02T09:00"));
    assert_eq!(vaccinations, Err(WhyNot::Taken), "same time and role, another kind of visit");
}

#[test]
fn case_28_a_capacity_that_was_lowered_counts_those_already_seated() {
    let mut practice = monday().seats(4);
    for _ in 0..4 {
        practice.book("2026-03-02T09:00").expect("free");
    }
    practice.busy.drain(..2);
    practice.rules.offerings[0].capacity = 3;
    let free = practice.book("2026-03-02T09:00").expect("two of three seats are taken");
    assert_eq!(free.seat, 0);
    assert_eq!(practice.why("2026-03-02T09:00"), Some(WhyNot::Full));
}

#[test]
fn case_31_there_is_no_silent_limit_to_the_number_of_slots() {
    let practice = Practice::new("Europe/Berlin").open(WEEK, "00:00", "24:00").step(5).lasting(5);
    let year = Span::new(practice.at("2026-01-06T00:00"), practice.at("2027-01-06T00:00"));
    assert_eq!(slots(&practice.agenda(), visit(), year).len(), 365 * 24 * 12);
}

#[test]
fn the_daily_cap_counts_visits_by_the_local_day() {
    // Auckland is 13 hours ahead in January: its Tuesday morning is UTC's Monday.
    let mut practice = Practice::new("Pacific/Auckland").open(WEEK, "09:00", "17:00");
    practice.rules.daily_cap = Some(2);
    practice.book("2026-01-13T09:00").expect("free");
    practice.book("2026-01-13T16:00").expect("free");
    assert_eq!(practice.why("2026-01-13T12:00"), Some(WhyNot::DailyCap));
    assert!(practice.times("2026-01-13").is_empty());
    assert_eq!(practice.times("2026-01-12"), every(15, "09:00", "16:30"));
    assert_eq!(practice.times("2026-01-14"), every(15, "09:00", "16:30"));

    let moving = Agenda { moving: Some(practice.busy[0].seat()), ..practice.agenda() };
    let noon = practice.at("2026-01-13T12:00");
    assert!(why_not(&moving, visit(), noon).is_ok(), "a visit that moves within its day is not one more");
}

#[test]
fn the_daily_cap_counts_only_visits_of_this_role() {
    let mut practice = monday();
    practice.rules.daily_cap = Some(1);
    let span = Span::of(practice.at("2026-03-02T09:00"), 30);
    let elsewhere = BusyVisit { role: RoleId::derive(&[b"another"]), span };
    practice.busy.push(Busy { session: id::derive(&[b"a"]), seat: 0, span, visit: Some(elsewhere) });
    let private = Span::of(practice.at("2026-03-02T10:00"), 30);
    practice.busy.push(Busy { session: id::derive(&[b"b"]), seat: 0, span: private, visit: None });
    assert_eq!(practice.why("2026-03-02T09:15"), Some(WhyNot::Taken), "the doctor is elsewhere");
    assert_eq!(practice.why("2026-03-02T10:15"), Some(WhyNot::Taken));
    assert_eq!(practice.why("2026-03-02T09:30"), None);
}

#[test]
fn the_next_free_times_go_past_full_days_and_end_with_the_horizon() {
    let mut practice = monday().on("2026-03-02", vec![]).on("2026-03-03", vec![block("09:00", "09:30")]);
    practice.book("2026-03-03T09:00").expect("free");
    let from = practice.at("2026-03-02T00:00");
    let next = next_free(&practice.agenda(), visit(), from, 3);
    let starts: Vec<_> = next.iter().map(|slot| slot.start).collect();
    assert_eq!(starts, ["09:00", "09:15", "09:30"].map(|time| practice.at(&format!("2026-03-04T{time}"))));

    practice.now = from;
    practice.rules.horizon_days = 2;
    assert_eq!(next_free(&practice.agenda(), visit(), from, 1_000).len(), 11);
    assert_eq!(next_free(&practice.agenda(), visit(), practice.at("2026-03-05T00:00"), 5), []);
}

#[test]
fn what_must_be_known_reaches_over_the_buffers_and_with_a_cap_over_the_whole_local_days() {
    let mut practice = monday().buffers(15, 20);
    let slot = Span::of(practice.at("2026-03-02T09:00"), 30);
    let covers = |reach: Span, needed: Span| reach.start <= needed.start && needed.end <= reach.end;
    let near = reach(&practice.rules, slot);
    assert!(covers(near, slot.widened(20, 20)));
    assert!(!covers(near, practice.day("2026-03-02")), "a full day of visits is not read in vain");
    practice.rules.daily_cap = Some(8);
    assert!(covers(reach(&practice.rules, slot), practice.day("2026-03-02").widened(20, 30 + 20)));
}

#[test]
fn rules_that_were_never_validated_still_end() {
    let mut practice = monday().step(0).lasting(0);
    practice.rules.offerings[0].capacity = 0;
    practice.rules.weekly[0].weekday = 0;
    practice.rules.weekly[1].end_min = 0;
    practice.rules.weekly[2].end_min = u16::MAX;
    practice.rules.horizon_days = u16::MAX;
    practice.rules.minimum_notice_min = u32::MAX;
    let forever = Span::new(Timestamp::MIN, Timestamp::MAX);
    assert!(slots(&practice.agenda(), visit(), forever).is_empty(), "no seat anywhere");
    for instant in [Timestamp::MIN, Timestamp::MAX] {
        assert!(why_not(&practice.agenda(), visit(), instant).is_err());
        assert!(next_free(&practice.agenda(), visit(), instant, 1).is_empty());
    }
    assert!(reach(&practice.rules, forever).start <= forever.start);
}

#[test]
fn every_reason_has_its_own_code_and_survives_the_wire() {
    let examples = WhyNot::examples();
    let mut codes: Vec<_> = examples.iter().map(WhyNot::code).collect();
    for why in &examples {
        let json = serde_json::to_value(why).expect("serialises");
        assert_eq!(json["code"], why.code());
        assert_eq!(serde_json::from_value::<WhyNot>(json).expect("reads"), *why);
    }
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), examples.len());
}
