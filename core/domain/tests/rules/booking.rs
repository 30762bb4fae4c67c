//! Booking: one time, one winner, and an answer that helps the others.

use mediconnect_domain::{
    appointments::{
        State,
        book::Book,
        hold::{HoldTime, ReleaseHold},
        series::BookSeries,
    },
    scheduling::{
        LeaveReason,
        engine::{Cadence, Recurrence, WhyNot},
        leave::AddLeave,
        rules::LeaveTime,
    },
    *,
};

use crate::kit::*;

#[test]
fn of_many_who_want_one_time_one_wins_and_the_others_hear_of_other_times() {
    let mut clinic = Clinic::new();
    clinic.book(clinic.ann, clinic.dora, "first", "2026-03-03T09:00:00Z").unwrap();
    let refusal = clinic.book(clinic.bob, clinic.dora, "second", "2026-03-03T09:00:00Z").unwrap_err();
    let Refusal::SlotTaken { next_free } = refusal else { panic!("{refusal:?}") };
    assert_eq!(next_free.len(), 3);
    assert_eq!(next_free[0], at("2026-03-03T09:30:00Z"));
    for (n, start) in next_free.iter().enumerate() {
        let mut clinic = Clinic::new();
        clinic.book(clinic.ann, clinic.dora, "first", "2026-03-03T09:00:00Z").unwrap();
        clinic
            .book(clinic.bob, clinic.dora, &n.to_string(), &start.to_string())
            .expect("what is named can be booked");
    }
}

#[test]
fn a_half_hour_visit_blocks_the_start_a_quarter_of_an_hour_later() {
    let mut clinic = Clinic::new();
    clinic.book(clinic.ann, clinic.dora, "first", "2026-03-03T09:00:00Z").unwrap();
    let refusal = clinic.book(clinic.bob, clinic.dora, "second", "2026-03-03T09:15:00Z").unwrap_err();
    assert_eq!(refusal.code(), "slot_taken");
}

#[test]
fn a_start_beside_the_grid_or_the_hours_is_refused_whatever_the_client_says() {
    let mut clinic = Clinic::new();
    for (start, code) in [
        ("2026-03-03T09:07:00Z", "not_on_grid"),
        ("2026-03-03T05:00:00Z", "closed"),
        ("2026-03-03T15:45:00Z", "closed"),
        ("2026-03-02T09:00:00Z", "too_soon"),
        ("2026-06-02T09:00:00Z", "beyond_horizon"),
    ] {
        let refusal = clinic.book(clinic.ann, clinic.dora, "visit", start).unwrap_err();
        let Refusal::SlotNotOffered { why, .. } = refusal else { panic!("{start}: {refusal:?}") };
        assert_eq!(why.code(), code, "{start}");
    }
    let past = clinic.book(clinic.ann, clinic.dora, "visit", "2026-03-02T07:00:00Z").unwrap_err();
    assert_eq!(past, Refusal::InThePast);
}

#[test]
fn what_a_role_does_not_offer_cannot_be_booked() {
    let mut clinic = Clinic::new();
    clinic.change_rules(clinic.dora, |rules| rules.offerings.truncate(1));
    let book = Book {
        visit_type_id: clinic.group,
        ..clinic.booking(clinic.ann, clinic.dora, "v", "2026-03-03T09:00:00Z")
    };
    let refusal = clinic.as_account(clinic.ann.account, book).unwrap_err();
    assert!(matches!(refusal, Refusal::SlotNotOffered { why: WhyNot::VisitTypeNotOffered, .. }));
}

#[test]
fn a_hold_keeps_the_time_for_whoever_has_the_token() {
    let mut clinic = Clinic::new();
    let hold = hold(&clinic, "held", "2026-03-03T09:00:00Z");
    clinic.as_account(clinic.ann.account, hold).unwrap();
    assert_eq!(
        clinic.book(clinic.bob, clinic.dora, "other", "2026-03-03T09:00:00Z").unwrap_err().code(),
        "slot_taken"
    );

    let booking = clinic.booking(clinic.ann, clinic.dora, "held", "2026-03-03T09:00:00Z");
    let without = clinic.as_account(clinic.ann.account, booking.clone()).unwrap_err();
    assert_eq!(without, Refusal::HoldToken);
    let wrong = Book { hold_token: Some("another token of 20".into()), ..booking.clone() };
    assert_eq!(clinic.as_account(clinic.ann.account, wrong).unwrap_err(), Refusal::HoldToken);

    let right = Book { hold_token: Some(TOKEN.into()), ..booking };
    clinic.as_account(clinic.ann.account, right).unwrap();
    assert_eq!(clinic.visit("held").state, State::Requested);
    assert_eq!(clinic.visit("held").hold, None);
}

#[test]
fn a_hold_that_ran_out_is_free_even_before_the_expiry_was_written() {
    let mut clinic = Clinic::new();
    let hold = hold(&clinic, "held", "2026-03-03T09:00:00Z");
    clinic.as_account(clinic.ann.account, hold).unwrap();
    clinic.now = at("2026-03-02T08:11:00Z");
    clinic.book(clinic.bob, clinic.dora, "other", "2026-03-03T09:00:00Z").unwrap();
    assert_eq!(clinic.visit("held").state, State::Expired);
    // Ann's form is sent after all: the time is asked for again, and is taken.
    let late = Book {
        hold_token: Some(TOKEN.into()),
        ..clinic.booking(clinic.ann, clinic.dora, "held", "2026-03-03T09:00:00Z")
    };
    assert_eq!(clinic.as_account(clinic.ann.account, late).unwrap_err().code(), "slot_taken");
}

#[test]
fn a_hold_expires_by_itself_and_can_be_given_back() {
    let mut clinic = Clinic::new();
    let (first, second) =
        (hold(&clinic, "a", "2026-03-03T09:00:00Z"), hold(&clinic, "b", "2026-03-03T10:00:00Z"));
    clinic.as_account(clinic.ann.account, first).unwrap();
    clinic.as_account(clinic.ann.account, second).unwrap();
    let release = ReleaseHold { appointment_id: AppointmentId(id("a")), token: TOKEN.into() };
    clinic.as_account(clinic.ann.account, release).unwrap();
    assert_eq!(clinic.visit("a").state, State::Expired);
    clinic.advance_to("2026-03-02T08:10:00Z");
    assert_eq!(clinic.visit("b").state, State::Expired);
    assert!(clinic.told(clinic.ann.account).is_empty(), "a form that was closed is no news");
}

#[test]
fn a_patient_is_not_in_two_places_at_once_but_a_cancelled_visit_is_no_obstacle() {
    let mut clinic = Clinic::new();
    clinic.book(clinic.ann, clinic.dora, "first", "2026-03-03T09:00:00Z").unwrap();
    let refusal = clinic.book(clinic.ann, clinic.emil, "second", "2026-03-03T09:15:00Z").unwrap_err();
    assert!(matches!(refusal, Refusal::OwnOverlap { appointment_id, .. } if appointment_id.0 == id("first")));
    cancel(&mut clinic, "first");
    clinic.book(clinic.ann, clinic.emil, "second", "2026-03-03T09:15:00Z").unwrap();
}

#[test]
fn the_seats_of_a_group_are_taken_one_by_one_and_nobody_else_comes_between() {
    let mut clinic = Clinic::new();
    let people: Vec<_> = ["p1", "p2", "p3", "p4"].map(|name| clinic.open_patient(name)).into();
    let mut seats = Vec::new();
    for (n, person) in people.iter().take(3).enumerate() {
        let name = format!("seat {n}");
        let book = Book {
            visit_type_id: clinic.group,
            ..clinic.booking(*person, clinic.dora, &name, "2026-03-03T09:00:00Z")
        };
        clinic.as_account(person.account, book).unwrap();
        seats.push(clinic.visit(&name).place.seat);
    }
    assert_eq!(seats, [0, 1, 2]);
    let fourth = Book {
        visit_type_id: clinic.group,
        ..clinic.booking(people[3], clinic.dora, "full", "2026-03-03T09:00:00Z")
    };
    assert_eq!(clinic.as_account(people[3].account, fourth).unwrap_err().code(), "slot_taken");
    assert_eq!(
        clinic.book(clinic.ann, clinic.dora, "single", "2026-03-03T09:15:00Z").unwrap_err().code(),
        "slot_taken"
    );
    cancel(&mut clinic, "seat 1");
    let again = Book {
        visit_type_id: clinic.group,
        ..clinic.booking(people[3], clinic.dora, "again", "2026-03-03T09:00:00Z")
    };
    clinic.as_account(people[3].account, again).unwrap();
    assert_eq!(clinic.visit("again").place.seat, 1);
}

#[test]
fn a_series_is_booked_whole_or_with_explicit_gaps() {
    let mut clinic = Clinic::new();
    clinic.book(clinic.bob, clinic.dora, "taken", "2026-03-10T09:00:00Z").unwrap();
    let ids: Vec<_> = (0..4).map(|n| AppointmentId(id(&format!("s{n}")))).collect();
    let series = BookSeries {
        series_id: SeriesId(id("series")),
        appointment_ids: ids.clone(),
        recurrence: Recurrence { cadence: Cadence::Weekly, interval: 1, count: 4 },
        patient_id: clinic.ann.patient,
        role_id: clinic.dora.role,
        visit_type_id: clinic.visit,
        first_start: at("2026-03-03T09:00:00Z"),
        skip_blocked: false,
    };
    let refusal = clinic.as_account(clinic.ann.account, series.clone()).unwrap_err();
    assert_eq!(refusal, Refusal::SeriesBlocked { starts: vec![at("2026-03-10T09:00:00Z")] });
    assert!(clinic.records.get::<appointments::Appointment>(ids[0]).is_none(), "nothing was booked");
    clinic.as_account(clinic.ann.account, BookSeries { skip_blocked: true, ..series }).unwrap();
    let starts: Vec<_> = [0, 2, 3].map(|n| clinic.visit(&format!("s{n}")).start).into();
    assert_eq!(starts, ["2026-03-03T09:00:00Z", "2026-03-17T09:00:00Z", "2026-03-24T09:00:00Z"].map(at));
}

#[test]
fn leave_takes_time_out_and_visits_already_booked_stay() {
    let mut clinic = Clinic::new();
    clinic.book(clinic.ann, clinic.dora, "before", "2026-03-03T09:00:00Z").unwrap();
    let leave = AddLeave {
        leave_id: LeaveId(id("leave")),
        doctor_id: clinic.dora.doctor,
        role_id: None,
        time: LeaveTime::Days { first: "2026-03-03".parse().unwrap(), last: "2026-03-03".parse().unwrap() },
        zone: zone(),
        reason: LeaveReason::Holiday,
    };
    clinic.as_account(clinic.dora.account, leave).unwrap();
    assert_eq!(clinic.visit("before").state, State::Requested);
    let refusal = clinic.book(clinic.bob, clinic.dora, "after", "2026-03-03T10:00:00Z").unwrap_err();
    assert!(
        matches!(refusal, Refusal::SlotNotOffered { why: WhyNot::OnLeave, ref next_free } if !next_free.is_empty())
    );
}

#[test]
fn the_front_desk_books_for_a_caller_inside_the_notice_and_it_is_settled() {
    let mut clinic = Clinic::new();
    let booking = clinic.booking(clinic.ann, clinic.dora, "call", "2026-03-02T09:00:00Z");
    let admin = clinic.admin;
    clinic.as_account(admin, booking).unwrap();
    assert_eq!(clinic.visit("call").state, State::Booked);
    assert_eq!(clinic.told(clinic.ann.account), ["visit_booked"]);
}

#[test]
fn one_patient_cannot_book_a_doctor_full() {
    let mut clinic = Clinic::new();
    let mut start = at("2026-03-03T08:00:00Z");
    for n in 0..appointments::placing::MAX_OPEN_VISITS {
        if start >= at(&format!("{}T15:30:00Z", start.to_string().split('T').next().unwrap())) {
            start = time::plus_min(start, 24 * 60 - 7 * 60);
        }
        clinic.book(clinic.ann, clinic.dora, &format!("v{n}"), &start.to_string()).unwrap();
        start = time::plus_min(start, 30);
    }
    let refusal = clinic.book(clinic.ann, clinic.dora, "more", "2026-03-09T09:00:00Z").unwrap_err();
    assert_eq!(refusal.code(), "too_many");
}

const TOKEN: &str = "a token nobody guesses";

fn hold(clinic: &Clinic, name: &str, start: &str) -> HoldTime {
    HoldTime {
        appointment_id: AppointmentId(id(name)),
        patient_id: clinic.ann.patient,
        role_id: clinic.dora.role,
        visit_type_id: clinic.visit,
        start: at(start),
        token: TOKEN.into(),
    }
}

pub fn cancel(clinic: &mut Clinic, name: &str) {
    let admin = clinic.admin;
    let reason = appointments::CancelReason::CannotCome;
    clinic
        .as_account(admin, appointments::cancel::Cancel { appointment_id: AppointmentId(id(name)), reason })
        .unwrap();
}

#[test]
fn an_occurrence_that_clocks_skip_is_named_and_not_passed_over_in_silence() {
    let mut clinic = Clinic::new();
    clinic.change_rules(clinic.dora, |rules| {
        rules.weekly = (1..=7)
            .map(|weekday| mediconnect_domain::scheduling::rules::WeeklyBlock {
                weekday,
                start_min: 0,
                end_min: 1440,
                visit_types: None,
            })
            .collect();
    });
    let series = BookSeries {
        series_id: SeriesId(id("night")),
        appointment_ids: (0..3).map(|n| AppointmentId(id(&format!("n{n}")))).collect(),
        recurrence: Recurrence { cadence: Cadence::Daily, interval: 1, count: 3 },
        patient_id: clinic.ann.patient,
        role_id: clinic.dora.role,
        visit_type_id: clinic.visit,
        // 02:30 in Berlin on the day before clocks go forward.
        first_start: at("2026-03-28T01:30:00Z"),
        skip_blocked: false,
    };
    let refusal = clinic.as_account(clinic.ann.account, series).unwrap_err();
    assert_eq!(refusal, Refusal::SeriesBlocked { starts: vec![at("2026-03-29T01:30:00Z")] });
}
