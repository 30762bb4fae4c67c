//! The schedule editor: edits of a draft, and what is wrong with it.

use jiff::civil::Date;
use mediconnect_domain::{
    Money, RoleId, VisitTypeId,
    directory::VisitType,
    money::Currency,
    scheduling::{
        rules::{Block, DayOverride, Offering, Rules, WeeklyBlock},
        schedule::SaveSchedule,
    },
    valid::{FieldError, checked},
};

use crate::{Records, StoreError};

/// What is wrong with the draft, by the path of the field as the rules name it: `weekly[2].end_min`.
pub fn problems(role_id: RoleId, rules: &Rules) -> Vec<FieldError> {
    match checked(&SaveSchedule { role_id, rules: rules.clone() }.into()) {
        Ok(_) => Vec::new(),
        Err(refusal) => fields_of(&refusal),
    }
}

/// The fields a refusal names, with paths as in [`problems`].
pub fn fields_of(refusal: &mediconnect_domain::Refusal) -> Vec<FieldError> {
    let mediconnect_domain::Refusal::Invalid { fields } = refusal else { return Vec::new() };
    let within = |path: &str| path.strip_prefix("rules.").unwrap_or(path).to_owned();
    fields.iter().map(|field| FieldError::new(within(&field.path), field.message.clone())).collect()
}

/// The visit types that are not offered yet, by English name.
pub fn addable(records: &Records, rules: &Rules) -> Result<Vec<VisitType>, StoreError> {
    let mut kinds: Vec<VisitType> = records.all()?;
    kinds.retain(|kind| kind.active && rules.offering(kind.id).is_none());
    kinds.sort_by(|a, b| a.details.name.en.cmp(&b.details.name.en));
    Ok(kinds)
}

/// A kind of visit with its usual length, free of charge until a price is set.
pub fn offering(kind: &VisitType, currency: Currency) -> Offering {
    Offering {
        visit_type_id: kind.id,
        length_min: kind.details.default_length_min,
        buffer_before_min: 0,
        buffer_after_min: 0,
        capacity: kind.details.default_capacity,
        price: Money { amount_minor: 0, currency },
        mode: kind.details.mode,
    }
}

/// Takes a kind of visit out, also where hours were kept for it. Hours kept for nothing else go with it.
pub fn without_offering(mut rules: Rules, kind: VisitTypeId) -> Rules {
    rules.offerings.retain(|offering| offering.visit_type_id != kind);
    let forget = |only: &mut Option<Vec<VisitTypeId>>| {
        if let Some(only) = only {
            only.retain(|id| *id != kind);
        }
        only.as_ref().is_none_or(|only| !only.is_empty())
    };
    rules.weekly.retain_mut(|block| forget(&mut block.visit_types));
    for day in &mut rules.overrides {
        day.blocks.retain_mut(|block| forget(&mut block.visit_types));
    }
    rules
}

/// Adds hours to a weekday: after those that are there, or a morning.
pub fn with_hours(mut rules: Rules, weekday: u8) -> Rules {
    let last = rules.weekly.iter().filter(|block| block.weekday == weekday).map(|block| block.end_min).max();
    let (start_min, end_min) = next_hours(last);
    rules.weekly.push(WeeklyBlock { weekday, start_min, end_min, visit_types: None });
    sorted(rules)
}

/// Adds hours to a date that differs.
pub fn with_hours_on(mut rules: Rules, date: Date) -> Rules {
    if let Some(day) = rules.overrides.iter_mut().find(|day| day.date == date) {
        let last = day.blocks.iter().map(|block| block.end_min).max();
        let (start_min, end_min) = next_hours(last);
        day.blocks.push(Block { start_min, end_min, visit_types: None });
    }
    rules
}

/// Makes a date differ from its weekday, closed to begin with. One that differs already stays as it is.
pub fn with_date(mut rules: Rules, date: Date) -> Rules {
    if rules.overrides.iter().all(|day| day.date != date) {
        rules.overrides.push(DayOverride { date, blocks: Vec::new() });
        rules.overrides.sort_by_key(|day| day.date);
    }
    rules
}

/// Monday's hours on every working day.
pub fn like_monday(mut rules: Rules) -> Rules {
    let monday: Vec<WeeklyBlock> = rules.weekly.iter().filter(|block| block.weekday == 1).cloned().collect();
    rules.weekly.retain(|block| block.weekday > 5);
    for weekday in 1..=5 {
        rules.weekly.extend(monday.iter().map(|block| WeeklyBlock { weekday, ..block.clone() }));
    }
    sorted(rules)
}

fn next_hours(last_end: Option<u16>) -> (u16, u16) {
    match last_end {
        None => (9 * 60, 12 * 60),
        Some(end) => {
            let start = (end + 60).min(22 * 60).max(end.min(23 * 60));
            (start, (start + 180).min(24 * 60))
        }
    }
}

/// Hours in the order in which they are read.
pub fn sorted(mut rules: Rules) -> Rules {
    rules.weekly.sort_by_key(|block| (block.weekday, block.start_min));
    rules
}

/// Minutes of the day from `09:30`; `24:00` and midnight at the end of a block are its last minute.
pub fn minutes_of(text: &str, ends: bool) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    match hour * 60 + minute {
        0 if ends => Some(24 * 60),
        minutes if minutes <= 24 * 60 && minute < 60 => Some(minutes),
        _ => None,
    }
}

/// As a time field holds it: midnight at the end of the day reads 00:00.
pub fn clock_of(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::views::doctor::examples::*;

    #[test]
    fn an_error_names_the_field_it_lies_in() {
        let mut rules = rules();
        assert_eq!(problems(role_id(0), &rules), []);
        rules.weekly[1].end_min = rules.weekly[1].start_min;
        rules.horizon_days = 0;
        let paths: Vec<String> = problems(role_id(0), &rules).into_iter().map(|field| field.path).collect();
        assert!(paths.contains(&"weekly[1].end_min".to_owned()), "{paths:?}");
        assert!(paths.contains(&"horizon_days".to_owned()), "{paths:?}");
    }

    #[test]
    fn hours_that_are_added_do_not_lie_on_others() {
        let mut edited = rules();
        for _ in 0..3 {
            edited = with_hours(edited, 1);
        }
        assert_eq!(problems(role_id(0), &edited), []);
        assert_eq!(edited.weekly.iter().filter(|block| block.weekday == 1).count(), 4);
        let saturday = with_hours(rules(), 6);
        assert_eq!(saturday.weekly.last().map(|block| (block.weekday, block.start_min)), Some((6, 540)));
    }

    #[test]
    fn working_days_like_monday_leave_the_weekend_alone() {
        let mut edited = with_hours(rules(), 6);
        edited.weekly[0].end_min = 13 * 60;
        let edited = like_monday(edited);
        assert!(
            edited.weekly.iter().filter(|block| block.weekday <= 5).all(|block| block.end_min == 13 * 60)
        );
        assert_eq!(edited.weekly.len(), 6);
    }

    #[test]
    fn a_kind_of_visit_leaves_without_a_trace() {
        let mut edited = rules();
        edited.weekly[0].visit_types = Some(vec![visit_type_id()]);
        let edited = without_offering(edited, visit_type_id());
        assert_eq!((edited.offerings.len(), edited.weekly.len()), (0, 4));
        assert_eq!(problems(role_id(0), &edited), []);
    }

    #[test]
    fn a_date_differs_once_and_is_closed_at_first() {
        let edited = with_date(with_date(rules(), date(2026, 3, 5)), date(2026, 3, 5));
        assert_eq!(edited.overrides.len(), 1);
        assert!(edited.overrides[0].blocks.is_empty());
        assert_eq!(with_hours_on(edited, date(2026, 3, 5)).overrides[0].blocks.len(), 1);
    }

    #[test]
    fn a_time_field_is_read_and_written_the_same() {
        assert_eq!(minutes_of("09:30", false), Some(570));
        assert_eq!(minutes_of("00:00", true), Some(1440));
        assert_eq!(minutes_of("00:00", false), Some(0));
        assert_eq!(minutes_of("25:00", false), None);
        assert_eq!(minutes_of("", false), None);
        assert_eq!((clock_of(570), clock_of(1440)), ("09:30".into(), "00:00".into()));
    }
}
