//! The calendar: everything that fills the days, and what an empty place could be used for.

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use mediconnect_domain::{
    LeaveId, Need, RoleId, Span, VisitTypeId,
    appointments::{Appointment, State},
    directory::{LocalText, VisitType},
    scheduling::{
        LeaveReason,
        engine::{self, WhyNot},
    },
};

use super::{
    practice::{Occupied, Workplace, leaves_from, open_hours, own_doctor, whole_days},
    visits::{VisitLine, line},
};
use crate::{Records, StoreError};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calendar {
    pub blocks: Vec<Block>,
    /// The hours worth showing, 0 to 24: all that is open or filled lies within.
    pub from_hour: i32,
    pub to_hour: i32,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub span: Span,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq)]
pub enum What {
    Visit(VisitLine),
    /// Kept free before or after a visit.
    Buffer,
    Leave {
        id: LeaveId,
        reason: LeaveReason,
    },
    /// Hours in which visits can be booked.
    Open,
}

pub fn calendar(
    records: &Records,
    places: &[Workplace],
    first: Date,
    days: i32,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<Calendar, StoreError> {
    let Some(doctor) = own_doctor(records)? else { return Ok(Calendar::default()) };
    let range = whole_days(first, days, zone);
    let mut blocks: Vec<Block> = dates(first, days)
        .flat_map(|date| {
            places.iter().filter_map(Workplace::rules).flat_map(move |rules| open_hours(rules, date))
        })
        .map(|span| Block { span, what: What::Open })
        .collect();
    for leave in leaves_from(records, doctor, range.start)? {
        let span = leave.time.span(&leave.zone);
        if span.overlaps(&range) {
            blocks.push(Block { span, what: What::Leave { id: leave.id, reason: leave.reason } });
        }
    }
    for visit in super::practice::visits_within(records, doctor, range)? {
        if visit.occupies_at(now) || matches!(visit.state, State::Fulfilled | State::Noshow) {
            blocks.extend(buffers(&visit));
            blocks.push(Block { span: visit.span(), what: What::Visit(line(records, &visit, now)?) });
        }
    }
    let (from_hour, to_hour) = hours(&blocks, zone);
    Ok(Calendar { blocks, from_hour, to_hour })
}

fn dates(first: Date, days: i32) -> impl Iterator<Item = Date> {
    (0..days).filter_map(move |day| first.checked_add(day.days()).ok())
}

fn buffers(visit: &Appointment) -> Vec<Block> {
    if !visit.state.occupies_time() {
        return Vec::new();
    }
    let around = visit.place.span;
    [Span::new(around.start, visit.start), Span::new(visit.end, around.end)]
        .into_iter()
        .filter(|span| span.start < span.end)
        .map(|span| Block { span, what: What::Buffer })
        .collect()
}

/// Whole hours around all that is open or filled; a working day where there is nothing.
fn hours(blocks: &[Block], zone: &TimeZone) -> (i32, i32) {
    let shown = blocks.iter().filter(|block| !matches!(block.what, What::Leave { .. }));
    let hours: Vec<(i32, i32)> = shown
        .map(|block| {
            let (start, end) =
                (block.span.start.to_zoned(zone.clone()), block.span.end.to_zoned(zone.clone()));
            let end_hour = i32::from(end.hour()) + i32::from(end.minute() > 0);
            let over = end.date() > start.date();
            (i32::from(start.hour()), if over || end_hour == 0 { 24 } else { end_hour })
        })
        .collect();
    let from = hours.iter().map(|(from, _)| *from).min().unwrap_or(8);
    let to = hours.iter().map(|(_, to)| *to).max().unwrap_or(18);
    (from.min(21), to.max(from + 3).min(24))
}

/// What an empty place is good for: for each kind of visit at each workplace that it could be booked, or why not.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub start: Timestamp,
    pub kinds: Vec<KindHere>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct KindHere {
    pub role_id: RoleId,
    pub visit_type_id: VisitTypeId,
    pub clinic: String,
    pub visit_type: LocalText,
    /// `None` where patients can book it.
    pub why_not: Option<WhyNot>,
}

/// As patients find it: with the minimum notice and the horizon.
pub fn place(
    records: &Records,
    places: &[Workplace],
    start: Timestamp,
    now: Timestamp,
) -> Result<Place, StoreError> {
    let Some(doctor) = own_doctor(records)? else { return Ok(Place { start, kinds: Vec::new() }) };
    let moment = Span::of(start, 1);
    let mut kinds = Vec::new();
    for workplace in places {
        let Some(rules) = workplace.rules() else { continue };
        let occupied = Occupied::around(records, doctor, rules, moment, now)?;
        let agenda = occupied.agenda(workplace.role_id, rules, now, None);
        for offering in &rules.offerings {
            let Some(visit_type) = records.get::<VisitType>(offering.visit_type_id)? else { continue };
            kinds.push(KindHere {
                role_id: workplace.role_id,
                visit_type_id: offering.visit_type_id,
                clinic: workplace.clinic.clone(),
                visit_type: visit_type.details.name,
                why_not: engine::why_not(&agenda, offering.visit_type_id, start).err(),
            });
        }
    }
    Ok(Place { start, kinds })
}

/// The visits that stand in a stretch that is to be blocked.
pub fn visits_in(records: &Records, span: Span, now: Timestamp) -> Result<Vec<VisitLine>, StoreError> {
    let Some(doctor) = own_doctor(records)? else { return Ok(Vec::new()) };
    let visits: Vec<Appointment> = records.list(&Need::overlap(doctor, span))?;
    let standing = visits.iter().filter(|visit| visit.occupies_at(now) && visit.span().overlaps(&span));
    let mut lines: Vec<VisitLine> =
        standing.map(|visit| line(records, visit, now)).collect::<Result<_, _>>()?;
    lines.sort_by_key(|line| line.start);
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use mediconnect_domain::appointments::Place as TimePlace;

    use super::*;
    use crate::views::doctor::{examples::*, practice::workplaces};

    fn kolkata() -> TimeZone {
        TimeZone::get("Asia/Kolkata").expect("a zone")
    }

    #[test]
    fn buffers_stand_beside_the_visit_and_go_with_it() {
        let booked = visit(1, patient_id(), "2026-03-02T04:00:00Z", State::Booked);
        let place = TimePlace { span: booked.span().widened(5, 10), ..booked.place };
        let booked = Appointment { place, ..booked };
        assert_eq!(buffers(&booked).len(), 2);
        assert_eq!(buffers(&Appointment { state: State::Fulfilled, ..booked }), []);
    }

    #[test]
    fn a_week_shows_hours_leave_and_visits() {
        let mut rows = practice();
        rows.extend([
            visit(1, patient_id(), "2026-03-02T04:00:00Z", State::Booked).into(),
            visit(2, patient_id(), "2026-03-02T05:00:00Z", State::Cancelled).into(),
            leave(1, "2026-03-04T03:30:00Z", "2026-03-04T06:30:00Z").into(),
        ]);
        let shown = read(&rows, |records| {
            calendar(records, &workplaces(records)?, date(2026, 3, 2), 7, &kolkata(), now())
        });
        let count = |kind: fn(&What) -> bool| shown.blocks.iter().filter(|block| kind(&block.what)).count();
        assert_eq!(count(|what| matches!(what, What::Open)), 5);
        assert_eq!(count(|what| matches!(what, What::Visit(_))), 1);
        assert_eq!(count(|what| matches!(what, What::Leave { .. })), 1);
        assert_eq!((shown.from_hour, shown.to_hour), (9, 12));
    }

    #[test]
    fn an_empty_place_says_for_each_kind_of_visit_why_it_cannot_be_booked() {
        let rows = practice();
        let why = |start: &str| {
            let shown = read(&rows, |records| place(records, &workplaces(records)?, at(start), now()));
            shown.kinds.into_iter().map(|kind| kind.why_not).collect::<Vec<_>>()
        };
        assert_eq!(why("2026-03-02T04:00:00Z"), [None]);
        assert_eq!(why("2026-03-02T12:00:00Z"), [Some(WhyNot::Closed)]);
        assert_eq!(why("2026-02-02T04:00:00Z"), [Some(WhyNot::Past)]);
    }

    #[test]
    fn visits_in_a_stretch_are_those_that_still_stand() {
        let mut rows = practice();
        rows.extend([
            visit(1, patient_id(), "2026-03-02T04:00:00Z", State::Booked).into(),
            visit(2, child_id(), "2026-03-02T05:00:00Z", State::Cancelled).into(),
        ]);
        let span = Span::new(at("2026-03-02T03:00:00Z"), at("2026-03-02T06:00:00Z"));
        assert_eq!(read(&rows, |records| visits_in(records, span, now())).len(), 1);
    }
}
