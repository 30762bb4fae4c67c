use garde::Validate;
use jiff::civil::date;
use rstest::rstest;

use super::*;
use crate::money::Currency;

fn visit() -> VisitTypeId {
    VisitTypeId::derive(&[b"visit"])
}

fn vaccination() -> VisitTypeId {
    VisitTypeId::derive(&[b"vaccination"])
}

fn block(start_min: u16, end_min: u16) -> Block {
    Block { start_min, end_min, visit_types: None }
}

fn weekly(weekday: u8, start_min: u16, end_min: u16) -> WeeklyBlock {
    WeeklyBlock { weekday, start_min, end_min, visit_types: None }
}

fn rules() -> Rules {
    let offering = |visit_type_id| Offering {
        visit_type_id,
        length_min: 30,
        buffer_before_min: 0,
        buffer_after_min: 5,
        capacity: 1,
        price: Money { amount_minor: 4_000, currency: Currency::Eur },
        mode: Mode::InPerson,
    };
    Rules {
        zone: Zone::new("Europe/Berlin").expect("a known zone"),
        weekly: vec![weekly(1, 540, 720), weekly(1, 720, 1_440)],
        overrides: vec![DayOverride { date: date(2026, 3, 2), blocks: vec![block(600, 660)] }],
        offerings: vec![offering(visit()), offering(vaccination())],
        step_min: 15,
        minimum_notice_min: 60,
        horizon_days: 60,
        daily_cap: Some(20),
        auto_confirm: false,
        cancel_notice_min: 1_440,
    }
}

#[test]
fn ordinary_rules_are_in_order() {
    assert!(rules().validate().is_ok(), "{:?}", rules().validate());
}

#[rstest]
#[case::ends_before_it_starts("weekly[0].end_min", |r: &mut Rules| r.weekly[0].end_min = 540)]
#[case::ends_after_midnight("weekly[1].end_min", |r: &mut Rules| r.weekly[1].end_min = 1_441)]
#[case::no_weekday("weekly[0].weekday", |r: &mut Rules| r.weekly[0].weekday = 0)]
#[case::eighth_weekday("weekly[0].weekday", |r: &mut Rules| r.weekly[0].weekday = 8)]
#[case::blocks_overlap("weekly[1].start_min", |r: &mut Rules| r.weekly[1].start_min = 719)]
#[case::the_same_block_twice("weekly[2].start_min", |r: &mut Rules| r.weekly.push(r.weekly[0].clone()))]
#[case::for_no_visits("weekly[0].visit_types", |r: &mut Rules| r.weekly[0].visit_types = Some(vec![]))]
#[case::for_unknown_visits("weekly[0].visit_types", |r: &mut Rules| {
    r.weekly[0].visit_types = Some(vec![VisitTypeId::derive(&[b"unknown"])]);
})]
#[case::too_many_blocks("weekly", |r: &mut Rules| r.weekly = vec![weekly(1, 0, 5); 100_000])]
#[case::two_overrides_of_a_date("overrides[1].date", |r: &mut Rules| r.overrides.push(r.overrides[0].clone()))]
#[case::override_blocks_overlap("overrides[0].blocks", |r: &mut Rules| r.overrides[0].blocks.push(block(659, 700)))]
#[case::override_ends_before_it_starts("overrides[0].blocks[0].end_min", |r: &mut Rules| r.overrides[0].blocks[0].end_min = 0)]
#[case::override_for_unknown_visits("overrides[0].blocks[0].visit_types", |r: &mut Rules| {
    r.overrides[0].blocks[0].visit_types = Some(vec![VisitTypeId::derive(&[b"unknown"])]);
})]
#[case::no_length("offerings[0].length_min", |r: &mut Rules| r.offerings[0].length_min = 0)]
#[case::endless("offerings[1].length_min", |r: &mut Rules| r.offerings[1].length_min = u16::MAX)]
#[case::no_capacity("offerings[0].capacity", |r: &mut Rules| r.offerings[0].capacity = 0)]
#[case::huge_buffer("offerings[0].buffer_after_min", |r: &mut Rules| r.offerings[0].buffer_after_min = u16::MAX)]
#[case::negative_price("offerings[0].price", |r: &mut Rules| r.offerings[0].price.amount_minor = -1)]
#[case::offered_twice("offerings[1].visit_type_id", |r: &mut Rules| r.offerings[1].visit_type_id = visit())]
#[case::no_step("step_min", |r: &mut Rules| r.step_min = 0)]
#[case::endless_notice("minimum_notice_min", |r: &mut Rules| r.minimum_notice_min = u32::MAX)]
#[case::no_horizon("horizon_days", |r: &mut Rules| r.horizon_days = 0)]
#[case::endless_horizon("horizon_days", |r: &mut Rules| r.horizon_days = u16::MAX)]
#[case::no_visits_a_day("daily_cap", |r: &mut Rules| r.daily_cap = Some(0))]
#[case::endless_cancel_notice("cancel_notice_min", |r: &mut Rules| r.cancel_notice_min = u32::MAX)]
fn nonsense_is_refused_with_its_path(#[case] path: &str, #[case] edit: fn(&mut Rules)) {
    let mut rules = rules();
    edit(&mut rules);
    let report = rules.validate().expect_err("nonsense");
    let paths: Vec<_> = report.iter().map(|(path, _)| path.to_string()).collect();
    assert!(paths.iter().any(|found| found == path), "{paths:?}");
}

#[test]
fn blocks_for_different_visits_may_lie_on_one_another() {
    let mut rules = rules();
    rules.weekly[1].start_min = 600;
    rules.weekly[0].visit_types = Some(vec![visit()]);
    rules.weekly[1].visit_types = Some(vec![vaccination()]);
    assert!(rules.validate().is_ok());
    rules.weekly[1].visit_types = Some(vec![vaccination(), visit()]);
    assert!(rules.validate().is_err());
}

#[rstest]
#[case::unknown_zone("/zone", serde_json::json!("Europe/Atlantis"))]
#[case::a_date_that_is_none("/overrides/0/date", serde_json::json!("2026-02-30"))]
#[case::a_text_for_a_number("/step_min", serde_json::json!("15"))]
#[case::a_negative_number("/horizon_days", serde_json::json!(-1))]
fn what_cannot_be_meant_is_not_even_read(#[case] pointer: &str, #[case] value: serde_json::Value) {
    let mut json = serde_json::to_value(rules()).expect("serialises");
    assert_eq!(serde_json::from_value::<Rules>(json.clone()).expect("reads what it wrote"), rules());
    let (parent, field) = pointer.rsplit_once('/').expect("a pointer");
    json.pointer_mut(parent).expect("is there")[field] = value;
    assert!(serde_json::from_value::<Rules>(json).is_err());
}

#[test]
fn leave_that_ends_before_it_begins_or_never_is_refused() {
    let days = |first, last| LeaveTime::Days { first, last };
    assert!(days(date(2026, 3, 2), date(2026, 3, 2)).validate().is_ok());
    assert!(days(date(2026, 3, 2), date(2026, 3, 1)).validate().is_err());
    assert!(days(date(2026, 3, 2), date(2036, 3, 2)).validate().is_err());
    let start: Timestamp = "2026-03-02T08:00Z".parse().expect("an instant");
    assert!(LeaveTime::Between { start, end: start }.validate().is_err());
    assert!(LeaveTime::Between { start: Timestamp::MIN, end: Timestamp::MAX }.validate().is_err());
}

#[test]
fn leave_of_whole_days_at_the_end_of_time_is_a_span() {
    let zone = Zone::new("Pacific/Auckland").expect("a known zone");
    let forever = LeaveTime::Days { first: Date::MIN, last: Date::MAX }.span(&zone);
    assert!(forever.start < forever.end);
}
