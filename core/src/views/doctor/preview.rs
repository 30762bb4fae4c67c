//! What a change of the schedule would do, before it is saved: the times of the next two weeks, and the visits that would lie
//! outside the new hours.

use std::collections::BTreeSet;

use jiff::{Timestamp, ToSpan, civil::Date};
use mediconnect_domain::{
    RoleId,
    scheduling::{
        engine::{self, Agenda, WhyNot},
        rules::Rules,
    },
    time::plus_min,
};

use super::{
    practice::{Occupied, Workplace, for_the_doctor, own_doctor, visits_within, whole_days},
    visits::{VisitLine, lines},
};
use crate::{Records, StoreError};

const DAYS: i32 = 14;

/// The next two weeks by the rules as saved and as edited.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    pub days: Vec<DayChange>,
    /// Times that would come and go.
    pub more: u32,
    pub fewer: u32,
    /// Visits that would lie outside the new hours. They stay until somebody decides about them.
    pub affected: Vec<VisitLine>,
}

/// How many times one date has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayChange {
    pub date: Date,
    pub before: u32,
    pub after: u32,
}

impl Preview {
    pub fn changes_nothing(&self) -> bool {
        self.more == 0 && self.fewer == 0 && self.affected.is_empty()
    }
}

pub fn preview(
    records: &Records,
    place: &Workplace,
    edited: &Rules,
    now: Timestamp,
) -> Result<Preview, StoreError> {
    let (Some(doctor), Some(saved)) = (own_doctor(records)?, place.rules()) else {
        return Ok(Preview::default());
    };
    let zone = edited.zone.rules();
    let today = now.to_zoned(zone.clone()).date();
    let range = whole_days(today, DAYS, &zone);
    let occupied = Occupied::around(records, doctor, edited, range, now)?;
    let starts = |rules: &Rules| -> BTreeSet<Timestamp> {
        let agenda = occupied.agenda(place.role_id, rules, now, None);
        let of = |id| engine::slots(&agenda, id, range);
        rules
            .offerings
            .iter()
            .flat_map(|offering| of(offering.visit_type_id))
            .map(|slot| slot.start)
            .collect()
    };
    let (before, after) = (starts(saved), starts(edited));
    let on = |starts: &BTreeSet<Timestamp>, date| {
        starts.iter().filter(|start| start.to_zoned(zone.clone()).date() == date).count() as u32
    };
    let dates = (0..DAYS).filter_map(|day| today.checked_add(day.days()).ok());
    Ok(Preview {
        days: dates
            .map(|date| DayChange { date, before: on(&before, date), after: on(&after, date) })
            .collect(),
        more: after.difference(&before).count() as u32,
        fewer: before.difference(&after).count() as u32,
        affected: affected(records, place.role_id, saved, edited, now)?,
    })
}

/// How far ahead visits are looked at.
const AHEAD_MIN: i64 = 400 * 24 * 60;

/// Visits that fit the saved hours and not the edited ones. What already lies outside is no consequence of this edit.
fn affected(
    records: &Records,
    role: RoleId,
    saved: &Rules,
    edited: &Rules,
    now: Timestamp,
) -> Result<Vec<VisitLine>, StoreError> {
    let Some(doctor) = own_doctor(records)? else { return Ok(Vec::new()) };
    let ahead = mediconnect_domain::Span::new(now, plus_min(now, AHEAD_MIN));
    let mut visits = visits_within(records, doctor, ahead)?;
    let (saved, edited) = (for_the_doctor(saved.clone()), for_the_doctor(edited.clone()));
    visits.retain(|visit| {
        let lies_outside = |rules: &Rules| {
            let agenda = Agenda { role, rules, leaves: &[], busy: &[], now, moving: None };
            let why = engine::why_not(&agenda, visit.visit_type_id, visit.start).err();
            matches!(why, Some(WhyNot::Closed | WhyNot::ClosedThatDay | WhyNot::VisitTypeNotOffered))
        };
        visit.role_id == role && visit.occupies_at(now) && !lies_outside(&saved) && lies_outside(&edited)
    });
    lines(records, &visits, now)
}

#[cfg(test)]
mod tests {
    use mediconnect_domain::appointments::State;

    use super::*;
    use crate::views::doctor::{examples::*, practice::workplaces};

    fn of(rows: &[mediconnect_domain::Record], edit: impl Fn(&mut Rules)) -> Preview {
        read(rows, |records| {
            let places = workplaces(records)?;
            let mut edited = places[0].rules().expect("a schedule").clone();
            edit(&mut edited);
            preview(records, &places[0], &edited, now())
        })
    }

    #[test]
    fn an_unchanged_schedule_changes_nothing() {
        let shown = of(&practice(), |_| {});
        assert!(shown.changes_nothing());
        assert_eq!(shown.days.len(), 14);
        assert!(shown.days.iter().any(|day| day.before > 0));
    }

    #[test]
    fn shorter_mondays_cost_times_and_name_the_visits_outside() {
        let mut rows = practice();
        rows.extend([
            visit(1, patient_id(), "2026-03-02T05:30:00Z", State::Booked).into(),
            visit(2, patient_id(), "2026-03-02T03:30:00Z", State::Booked).into(),
            visit(3, child_id(), "2026-03-09T05:30:00Z", State::Cancelled).into(),
        ]);
        // Mondays end at 10:30 in Kolkata, 05:00 UTC.
        let shown = of(&rows, |rules| rules.weekly[0].end_min = 10 * 60 + 30);
        assert!(shown.fewer > 0 && shown.more == 0);
        assert_eq!(
            shown.affected.iter().map(|line| line.start).collect::<Vec<_>>(),
            [at("2026-03-02T05:30:00Z")]
        );
        let counted: u32 = shown.days.iter().map(|day| day.before - day.after).sum();
        assert_eq!(counted, shown.fewer);
    }

    #[test]
    fn a_visit_that_already_lies_outside_is_no_consequence() {
        let mut rows = practice();
        rows.push(visit(1, patient_id(), "2026-03-07T05:30:00Z", State::Booked).into());
        assert_eq!(of(&rows, |rules| rules.auto_confirm = true).affected, []);
    }
}
