//! The engine against a plain reading of the rules, minute by minute, around clock changes and with arbitrary
//! rules.

use jiff::tz::TimeZone;
use proptest::{prelude::*, sample::select};

use super::*;

/// Zones with a clock change in them, and the local date it is on.
const CHANGES: [(&str, &str); 9] = [
    ("Europe/Berlin", "2026-03-29"),
    ("Europe/Berlin", "2026-10-25"),
    ("America/New_York", "2026-11-01"),
    ("Australia/Sydney", "2026-04-05"),
    ("Australia/Lord_Howe", "2026-10-04"),
    ("America/Santiago", "2026-09-06"),
    ("America/Santiago", "2026-04-04"),
    ("Asia/Kathmandu", "2026-06-15"),
    ("Pacific/Apia", "2026-12-31"),
];

/// The local dates and minutes of the day around a date, one per minute of UTC.
struct Wall {
    from: i64,
    minutes: Vec<(Date, u16)>,
}

impl Wall {
    fn around(zone: &TimeZone, middle: i64) -> Self {
        let from = (middle - 2 * DAY) / MINUTE;
        let local = |minute: i64| {
            let local = zone.to_datetime(clamped((from + minute) * MINUTE));
            (local.date(), local.hour() as u16 * 60 + local.minute() as u16)
        };
        Self { from, minutes: (0..4 * 24 * 60).map(local).collect() }
    }

    fn at(&self, minute: i64) -> (Date, u16) {
        self.minutes[(minute - self.from) as usize]
    }

    /// The block of the rules that a minute of UTC lies in, if one is open for visits.
    fn block(&self, rules: &Rules, minute: i64) -> Option<(Date, usize)> {
        let (date, now) = self.at(minute);
        let within = |from: u16, to: u16, only: &Option<Vec<VisitTypeId>>| {
            from <= now && now < to && only.as_ref().is_none_or(|only| only.contains(&visit()))
        };
        let index = match rules.overrides.iter().find(|day| day.date == date) {
            Some(day) => day.blocks.iter().position(|b| within(b.start_min, b.end_min, &b.visit_types)),
            None => rules.weekly.iter().position(|b| {
                b.weekday == date.weekday().to_monday_one_offset() as u8
                    && within(b.start_min, b.end_min, &b.visit_types)
            }),
        };
        index.map(|index| (date, index))
    }
}

/// Whether a visit may start at a minute of UTC, and with how many seats left: the definition, without any
/// order or index.
fn plainly_free(practice: &Practice, wall: &Wall, minute: i64) -> Option<u16> {
    let rules = &practice.rules;
    let offering = &rules.offerings[0];
    let block = wall.block(rules, minute)?;
    let opened = (0..).take_while(|back| wall.block(rules, minute - back) == Some(block)).last()?;
    let on_grid = opened % i64::from(rules.step_min) == 0;
    let fits = (0..i64::from(offering.length_min)).all(|n| wall.block(rules, minute + n).is_some());
    let visit_span = Span::of(clamped(minute * MINUTE), offering.length_min);
    let own = visit_span.widened(offering.buffer_before_min, offering.buffer_after_min);
    let rested = !practice.leaves.iter().any(|leave| leave.overlaps(&visit_span));
    let session = (offering.capacity > 1).then(|| session_of(role(), visit(), minute * MINUTE));
    let (mates, others): (Vec<&Busy>, Vec<&Busy>) =
        practice.busy.iter().partition(|busy| Some(busy.session) == session);
    let alone = !others.iter().any(|busy| busy.span.overlaps(&own));
    let seats_left = offering.capacity.saturating_sub(mates.len() as u16);
    let own_visits = practice.busy.iter().filter_map(|busy| busy.visit).filter(|visit| visit.role == role());
    let date_of = |instant| rules.zone.rules().to_datetime(instant).date();
    let that_day = own_visits.filter(|visit| date_of(visit.span.start) == block.0).count();
    let below_cap = rules.daily_cap.is_none_or(|cap| that_day < usize::from(cap));
    let noticed = visit_span.start >= plus(practice.now, rules.minimum_notice_min.into());
    let near = block.0 <= date_of(practice.now) + i64::from(rules.horizon_days).days();
    (on_grid && fits && rested && alone && below_cap && noticed && near && seats_left > 0)
        .then_some(seats_left)
}

/// Blocks of one day that do not overlap, on a grid of five minutes; some touch, some reach over midnight's
/// edges.
fn blocks() -> impl Strategy<Value = Vec<Block>> {
    proptest::collection::btree_set(0..=288u16, 0..6).prop_map(|edges| {
        let edges: Vec<_> = edges.into_iter().map(|edge| edge * 5).collect();
        let pairs = edges.windows(2).enumerate().filter(|(index, _)| index % 3 != 1);
        pairs.map(|(_, edge)| Block { start_min: edge[0], end_min: edge[1], visit_types: None }).collect()
    })
}

fn offerings() -> impl Strategy<Value = Offering> {
    (1..13u16, 0..4u16, 0..4u16, select(vec![1u16, 1, 2, 3])).prop_map(|(length, before, after, capacity)| {
        Offering {
            buffer_before_min: before * 5,
            buffer_after_min: after * 5,
            ..offering(visit(), length * 5, capacity)
        }
    })
}

prop_compose! {
    fn rules(zone: &'static str, date: Date)(
        days in proptest::collection::vec(blocks(), 7),
        other in proptest::option::of(blocks()),
        offering in offerings(),
        step_min in select(vec![5u16, 15, 20, 25, 60]),
        minimum_notice_min in select(vec![0u32, 90, 1_440]),
        horizon_days in 1..4u16,
        daily_cap in proptest::option::of(1..4u16),
    ) -> Rules {
        let days = days.into_iter().zip(1..).flat_map(|(blocks, weekday)| {
            blocks.into_iter().map(move |Block { start_min, end_min, visit_types }| {
                WeeklyBlock { weekday, start_min, end_min, visit_types }
            })
        });
        Rules {
            zone: Zone::new(zone).expect("a known zone"),
            weekly: days.collect(),
            overrides: other.into_iter().map(|blocks| DayOverride { date, blocks }).collect(),
            offerings: vec![offering],
            step_min,
            minimum_notice_min,
            horizon_days,
            daily_cap,
            auto_confirm: true,
            cancel_notice_min: 0,
        }
    }
}

/// A practice around a clock change, with leave, with foreign entries, and with visits booked where they were
/// offered.
fn practices() -> impl Strategy<Value = Practice> {
    let spans = || proptest::collection::vec((-1_400..1_400i64, 1..400i64), 0..4);
    (0..CHANGES.len())
        .prop_flat_map(move |change| {
            let (zone, date) = CHANGES[change];
            let date: Date = date.parse().expect("a date");
            (rules(zone, date), Just(date), spans(), spans(), -1_440..0i64, any::<[u16; 6]>())
        })
        .prop_map(|(rules, date, leaves, foreign, now, picks)| {
            let noon = rules.zone.rules().to_timestamp(date.at(12, 0, 0, 0)).expect("in range");
            let span = |(start, length): (i64, i64)| Span::new(plus(noon, start), plus(noon, start + length));
            let mut practice = Practice {
                rules,
                leaves: leaves.into_iter().map(span).collect(),
                busy: Vec::new(),
                now: plus(noon, now),
            };
            for (index, foreign) in foreign.into_iter().enumerate() {
                let session = id::derive(&[b"foreign", &index.to_le_bytes()]);
                practice.busy.push(Busy { session, seat: 0, span: span(foreign), visit: None });
            }
            for pick in picks {
                let offered = slots(&practice.agenda(), visit(), asked(&practice));
                if let Some(slot) = offered.get(usize::from(pick) % offered.len().max(1)) {
                    practice.book_at(visit(), slot.start).expect("an offered slot books");
                }
            }
            practice
        })
}

/// Two days from now.
fn asked(practice: &Practice) -> Span {
    Span::new(practice.now, plus(practice.now, 2 * 24 * 60))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn slots_are_exactly_what_a_plain_reading_of_the_rules_offers(practice in practices()) {
        let zone = practice.rules.zone.rules();
        let now = floor(practice.now);
        let wall = Wall::around(&zone, now + DAY);
        let mut expected = Vec::new();
        for minute in now / MINUTE..now / MINUTE + 24 * 60 {
            if let Some(seats_left) = plainly_free(&practice, &wall, minute) {
                expected.push((minute * MINUTE, seats_left));
            }
        }
        let range = Span::new(practice.now, plus(practice.now, 24 * 60));
        let offered = slots(&practice.agenda(), visit(), range);
        let offered: Vec<_> = offered.iter().map(|slot| (floor(slot.start), slot.seats_left)).collect();
        prop_assert_eq!(offered, expected);
    }

    #[test]
    fn a_time_is_offered_if_and_only_if_it_books(practice in practices()) {
        let range = asked(&practice);
        let offered = slots(&practice.agenda(), visit(), range);
        for minute in (0..2 * 24 * 60).step_by(5) {
            let start = plus(range.start, minute);
            let slot = offered.iter().find(|slot| slot.start == start);
            match (why_not(&practice.agenda(), visit(), start), slot) {
                (Ok(free), Some(slot)) => prop_assert_eq!(free.visit, Span::new(slot.start, slot.end)),
                (Err(why), None) => prop_assert_ne!(why.code(), "no_such_time"),
                (answer, slot) => prop_assert!(false, "{start}: {answer:?}, but {slot:?}"),
            }
        }
        let last = offered.len();
        let next = next_free(&practice.agenda(), visit(), range.start, last);
        prop_assert_eq!(next, offered);
    }

    #[test]
    fn booking_all_there_is_never_overlaps_and_never_seats_two_on_one_seat(practice in practices()) {
        let mut practice = practice;
        while let Some(slot) = next_free(&practice.agenda(), visit(), practice.now, 1).first() {
            practice.book_at(visit(), slot.start).expect("an offered slot books");
        }
        let visits: Vec<_> = practice.busy.iter().filter(|busy| busy.visit.is_some()).collect();
        for (index, one) in visits.iter().enumerate() {
            for other in &visits[index + 1..] {
                if one.session == other.session {
                    prop_assert_ne!(one.seat, other.seat);
                } else {
                    prop_assert!(!one.span.overlaps(&other.span), "{one:?} and {other:?}");
                }
            }
        }
    }

    #[test]
    fn a_week_on_a_device_is_the_week_of_the_server(practice in practices()) {
        let mut practice = practice;
        practice.rules.minimum_notice_min = 0;
        let week = week_of(practice.now);
        let range = Span::new(week, plus(week, 7 * 24 * 60));
        let bitmap = week_bitmap(&practice.agenda(), visit(), week);
        let mut starts = starts_in(week, &bitmap).expect("reads what it wrote");
        starts.retain(|start| *start >= practice.now);
        let offered = slots(&practice.agenda(), visit(), range);
        prop_assert_eq!(starts, offered.iter().map(|slot| slot.start).collect::<Vec<_>>());
    }
}
