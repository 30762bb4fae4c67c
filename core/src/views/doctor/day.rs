//! Today: the visits of one day with the free gaps between them, and what comes next.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use mediconnect_domain::{Span, appointments::State};

use super::{
    practice::{Workplace, leaves_from, left_free, open_hours, own_doctor, visits_within, whole_day},
    requests,
    visits::{VisitLine, line},
};
use crate::{Records, StoreError};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Day {
    /// In order of time.
    pub rows: Vec<Row>,
    /// Expected and not here yet.
    pub booked: u32,
    /// Here, or being seen.
    pub arrived: u32,
    pub done: u32,
    /// Whom to see next: who is in the room, else who has come, else who is expected.
    pub next: Option<VisitLine>,
    /// Requests to book that wait for an answer, of all days.
    pub requests: Vec<VisitLine>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    Visit(VisitLine),
    Gap(Span),
    Leave(Span),
}

impl Row {
    pub fn start(&self) -> Timestamp {
        match self {
            Self::Visit(visit) => visit.start,
            Self::Gap(span) | Self::Leave(span) => span.start,
        }
    }
}

/// A shorter gap is a breath, not a time to give away.
const SHORTEST_GAP_MIN: i64 = 10;

pub fn day(
    records: &Records,
    places: &[Workplace],
    date: Date,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<Day, StoreError> {
    let Some(doctor) = own_doctor(records)? else { return Ok(Day::default()) };
    let span = whole_day(date, zone);
    let mut visits = Vec::new();
    for visit in visits_within(records, doctor, span)? {
        if visit.occupies_at(now) || matches!(visit.state, State::Fulfilled | State::Noshow) {
            visits.push((line(records, &visit, now)?, visit.place.span));
        }
    }
    let leaves = leaves_from(records, doctor, span.start)?;
    let away = leaves.iter().map(|leave| leave.time.span(&leave.zone)).filter(|away| away.overlaps(&span));
    let away: Vec<Span> =
        away.map(|away| Span::new(away.start.max(span.start), away.end.min(span.end))).collect();
    let taken: Vec<Span> = visits.iter().map(|(_, occupied)| *occupied).chain(away.iter().copied()).collect();
    let open: Vec<Span> =
        places.iter().filter_map(Workplace::rules).flat_map(|rules| open_hours(rules, date)).collect();
    let lines: Vec<VisitLine> = visits.into_iter().map(|(line, _)| line).collect();
    let gaps = left_free(&super::practice::joined(open), &taken).into_iter().filter(is_worth_showing);
    let mut rows: Vec<Row> = gaps.map(Row::Gap).collect();
    rows.extend(lines.iter().cloned().map(Row::Visit));
    rows.extend(away.into_iter().map(Row::Leave));
    rows.sort_by_key(Row::start);
    let count = |states: &[State]| lines.iter().filter(|line| states.contains(&line.state)).count() as u32;
    Ok(Day {
        booked: count(&[State::Booked]),
        arrived: count(&[State::Arrived, State::InProgress]),
        done: count(&[State::Fulfilled]),
        next: next(&lines),
        requests: requests::to_book(records, now)?,
        rows,
    })
}

fn is_worth_showing(gap: &Span) -> bool {
    gap.end.duration_since(gap.start).as_mins() >= SHORTEST_GAP_MIN
}

fn next(lines: &[VisitLine]) -> Option<VisitLine> {
    let first = |state| lines.iter().find(|line| line.state == state).cloned();
    first(State::InProgress).or_else(|| first(State::Arrived)).or_else(|| first(State::Booked))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::views::doctor::{examples::*, practice::workplaces};

    fn monday(rows: &[mediconnect_domain::Record]) -> Day {
        let zone = TimeZone::get("Asia/Kolkata").expect("a zone");
        read(rows, |records| {
            day(records, &workplaces(records)?, date(2026, 3, 2), &zone, at("2026-03-02T04:30:00Z"))
        })
    }

    #[test]
    fn free_gaps_lie_between_the_visits_and_their_buffers() {
        let mut rows = practice();
        rows.push(visit(1, patient_id(), "2026-03-02T04:00:00Z", State::Booked).into());
        let shown = monday(&rows);
        let gaps: Vec<Span> = shown
            .rows
            .iter()
            .filter_map(|row| if let Row::Gap(span) = row { Some(*span) } else { None })
            .collect();
        assert_eq!(
            gaps,
            [
                Span::new(at("2026-03-02T03:30:00Z"), at("2026-03-02T04:00:00Z")),
                Span::new(at("2026-03-02T04:20:00Z"), at("2026-03-02T06:30:00Z")),
            ]
        );
        assert!(matches!(&shown.rows[1], Row::Visit(line) if line.state == State::Booked));
    }

    #[test]
    fn whoever_waits_is_next_and_is_counted_once() {
        let mut rows = practice();
        rows.extend([
            visit(1, patient_id(), "2026-03-02T04:00:00Z", State::Fulfilled).into(),
            visit(2, patient_id(), "2026-03-02T04:20:00Z", State::Booked).into(),
            visit(3, child_id(), "2026-03-02T05:00:00Z", State::Arrived).into(),
            visit(4, child_id(), "2026-03-02T05:40:00Z", State::Cancelled).into(),
            visit(5, child_id(), "2026-03-09T05:40:00Z", State::Requested).into(),
        ]);
        let shown = monday(&rows);
        assert_eq!((shown.booked, shown.arrived, shown.done), (1, 1, 1));
        assert_eq!(shown.next.expect("somebody waits").start, at("2026-03-02T05:00:00Z"));
        assert_eq!(shown.requests.len(), 1, "of another day, but to be answered now");
    }

    #[test]
    fn leave_closes_the_gaps_and_is_shown_itself() {
        let mut rows = practice();
        rows.push(leave(1, "2026-03-02T05:00:00Z", "2026-03-02T12:00:00Z").into());
        let shown = monday(&rows);
        assert_eq!(shown.rows.len(), 2);
        assert!(matches!(shown.rows[0], Row::Gap(span) if span.end == at("2026-03-02T05:00:00Z")));
        assert!(matches!(shown.rows[1], Row::Leave(_)));
    }
}
