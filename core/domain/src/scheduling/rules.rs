//! When a doctor sees patients at one clinic, and how: what the scheduling engine computes free times from.
//!
//! Rules are values: a record holds them, a command replaces them, the engine reads them. Minutes of the day
//! and dates are those of the rules' own zone, wherever the person who wrote them was. [`garde::Validate`]
//! refuses nonsense with the path of the block or offering it lies in.

use garde::Validate;
use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Money, Span, VisitTypeId, Zone};

const DAY_MIN: u16 = 24 * 60;
const MAX_PRICE_MINOR: i64 = 1_000_000_000;
const MAX_LEAVE_DAYS: i64 = 732;
const MAX_OVERRIDES: usize = 732;

/// The schedule of one role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
pub struct Rules {
    #[garde(skip)]
    pub zone: Zone,
    /// Opening hours of an ordinary week.
    #[garde(length(max = 200), dive(self))]
    pub weekly: Vec<WeeklyBlock>,
    /// Days that differ. An override replaces all blocks of its day.
    #[garde(length(max = MAX_OVERRIDES), dive(self))]
    pub overrides: Vec<DayOverride>,
    /// The kinds of visit, each at most once.
    #[garde(length(max = 50), dive(self))]
    pub offerings: Vec<Offering>,
    /// Visits start every so many minutes from the start of a block.
    #[garde(range(min = 5, max = 240))]
    pub step_min: u16,
    /// A visit is booked at least this long before it starts.
    #[garde(range(max = 129_600))]
    pub minimum_notice_min: u32,
    /// A visit is booked at most this many days of the calendar ahead.
    #[garde(range(min = 1, max = 400))]
    pub horizon_days: u16,
    /// At most this many visits start on one day; every seat of a group counts.
    #[garde(inner(range(min = 1, max = 1_000)))]
    pub daily_cap: Option<u16>,
    /// Bookings need no answer from the doctor.
    #[garde(skip)]
    pub auto_confirm: bool,
    /// Patients cancel or move a visit at least this long before it starts; later it counts as late.
    #[garde(range(max = 20_160))]
    pub cancel_notice_min: u32,
}

impl Rules {
    /// A schedule without hours or visit types, to start from.
    pub fn closed(zone: Zone) -> Self {
        Self {
            zone,
            weekly: Vec::new(),
            overrides: Vec::new(),
            offerings: Vec::new(),
            step_min: 15,
            minimum_notice_min: 120,
            horizon_days: 60,
            daily_cap: None,
            auto_confirm: false,
            cancel_notice_min: 24 * 60,
        }
    }

    pub fn offering(&self, visit_type: VisitTypeId) -> Option<&Offering> {
        self.offerings.iter().find(|offering| offering.visit_type_id == visit_type)
    }
}

/// Opening hours on one day of the week. An overnight shift is two blocks that touch at midnight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
#[garde(context(Rules))]
pub struct WeeklyBlock {
    /// 1 is Monday (ISO 8601).
    #[garde(range(min = 1, max = 7))]
    pub weekday: u8,
    /// Minutes of the local day.
    #[garde(range(max = DAY_MIN), custom(apart_in_week(self)))]
    pub start_min: u16,
    /// Minutes of the local day; 1440 is midnight at its end.
    #[garde(range(max = DAY_MIN), custom(later_than(self.start_min)))]
    pub end_min: u16,
    /// Only these kinds of visit; all of them where it is absent.
    #[garde(inner(length(min = 1, max = 50)), custom(all_offered))]
    pub visit_types: Option<Vec<VisitTypeId>>,
}

/// The hours of one date instead of those of its weekday. Without blocks the day is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
#[garde(context(Rules))]
pub struct DayOverride {
    #[garde(custom(only_one_of(self)))]
    pub date: Date,
    #[garde(length(max = 50), custom(apart_in_day), dive)]
    pub blocks: Vec<Block>,
}

/// Opening hours on one date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
#[garde(context(Rules))]
pub struct Block {
    /// Minutes of the local day.
    #[garde(range(max = DAY_MIN))]
    pub start_min: u16,
    /// Minutes of the local day; 1440 is midnight at its end.
    #[garde(range(max = DAY_MIN), custom(later_than(self.start_min)))]
    pub end_min: u16,
    /// Only these kinds of visit; all of them where it is absent.
    #[garde(inner(length(min = 1, max = 50)), custom(all_offered))]
    pub visit_types: Option<Vec<VisitTypeId>>,
}

/// A kind of visit as this role offers it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[garde(context(Rules))]
pub struct Offering {
    #[garde(custom(offered_once(self)))]
    pub visit_type_id: VisitTypeId,
    #[garde(range(min = 5, max = 720))]
    pub length_min: u16,
    /// Kept free before the visit; may lie outside the opening hours.
    #[garde(range(max = 240))]
    pub buffer_before_min: u16,
    /// Kept free after the visit; may lie outside the opening hours.
    #[garde(range(max = 240))]
    pub buffer_after_min: u16,
    /// Patients seen together; 1 for an ordinary visit.
    #[garde(range(min = 1, max = 100))]
    pub capacity: u16,
    #[garde(custom(sensible_price))]
    pub price: Money,
    #[garde(skip)]
    pub mode: Mode,
}

/// How patient and doctor meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    InPerson,
    Video,
    Chat,
}

/// Time in which a doctor sees nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LeaveTime {
    /// From one instant to another, overnight where it is.
    Between { start: Timestamp, end: Timestamp },
    /// Whole days of the calendar, `last` among them.
    Days { first: Date, last: Date },
}

impl LeaveTime {
    /// The time it covers; `zone` is the one that whole days are meant in.
    pub fn span(&self, zone: &Zone) -> Span {
        match *self {
            Self::Between { start, end } => Span::new(start, end),
            Self::Days { first, last } => {
                let midnight = |date: Date| {
                    let noon = date.at(12, 0, 0, 0).to_zoned(zone.rules());
                    noon.and_then(|noon| noon.start_of_day()).map(|start| start.timestamp())
                };
                Span::new(
                    midnight(first).unwrap_or(Timestamp::MIN),
                    last.tomorrow().and_then(midnight).unwrap_or(Timestamp::MAX),
                )
            }
        }
    }
}

impl Validate for LeaveTime {
    type Context = ();

    fn validate_into(&self, _: &(), parent: &mut dyn FnMut() -> garde::Path, report: &mut garde::Report) {
        let (field, backwards, days) = match *self {
            Self::Between { start, end } => ("end", end <= start, end.duration_since(start).as_hours() / 24),
            Self::Days { first, last } => ("last", last < first, last.duration_since(first).as_hours() / 24),
        };
        if backwards {
            report.append(parent().join(field), garde::Error::new("must be later than the start"));
        } else if days > MAX_LEAVE_DAYS {
            report.append(parent().join(field), garde::Error::new("must be within two years of the start"));
        }
    }
}

/// What weekly blocks and those of an override have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hours<'a> {
    pub start_min: u16,
    pub end_min: u16,
    visit_types: Option<&'a [VisitTypeId]>,
}

impl Hours<'_> {
    pub fn serve(&self, visit_type: VisitTypeId) -> bool {
        self.visit_types.is_none_or(|only| only.contains(&visit_type))
    }

    /// One visit could start in both. Blocks for different kinds of visit may lie on one another.
    fn collide(&self, other: &Self) -> bool {
        let same_type = match (self.visit_types, other.visit_types) {
            (Some(some), Some(others)) => some.iter().any(|visit_type| others.contains(visit_type)),
            _ => true,
        };
        same_type && self.start_min < other.end_min && other.start_min < self.end_min
    }
}

impl<'a> From<&'a WeeklyBlock> for Hours<'a> {
    fn from(block: &'a WeeklyBlock) -> Self {
        Self { start_min: block.start_min, end_min: block.end_min, visit_types: block.visit_types.as_deref() }
    }
}

impl<'a> From<&'a Block> for Hours<'a> {
    fn from(block: &'a Block) -> Self {
        Self { start_min: block.start_min, end_min: block.end_min, visit_types: block.visit_types.as_deref() }
    }
}

fn refuse_if(wrong: bool, message: &str) -> garde::Result {
    if wrong { Err(garde::Error::new(message)) } else { Ok(()) }
}

/// Those that stand before `item` in its own list: of two that clash, the later is named. A list too long to be
/// taken at all is not compared to its end.
fn before<'a, T>(list: &'a [T], item: &'a T) -> impl Iterator<Item = &'a T> {
    list.iter().take(MAX_OVERRIDES).take_while(move |other| !std::ptr::eq(*other, item))
}

fn later_than(start_min: u16) -> impl Fn(&u16, &Rules) -> garde::Result {
    move |end_min, _| refuse_if(*end_min <= start_min, "must be later than the start")
}

fn apart_in_week(block: &WeeklyBlock) -> impl Fn(&u16, &Rules) -> garde::Result {
    move |_, rules| {
        let mut same_day = before(&rules.weekly, block).filter(|other| other.weekday == block.weekday);
        refuse_if(
            same_day.any(|other| Hours::from(other).collide(&block.into())),
            "must not overlap another block",
        )
    }
}

fn apart_in_day(blocks: &[Block], _: &Rules) -> garde::Result {
    let collides = |block| before(blocks, block).any(|other| Hours::from(other).collide(&block.into()));
    refuse_if(blocks.iter().any(collides), "must not overlap one another")
}

fn only_one_of(day: &DayOverride) -> impl Fn(&Date, &Rules) -> garde::Result {
    move |date, rules| {
        let mut others = before(&rules.overrides, day);
        refuse_if(others.any(|other| other.date == *date), "must not have another override")
    }
}

fn offered_once(offering: &Offering) -> impl Fn(&VisitTypeId, &Rules) -> garde::Result {
    move |visit_type, rules| {
        let mut others = before(&rules.offerings, offering);
        refuse_if(others.any(|other| other.visit_type_id == *visit_type), "must not be offered twice")
    }
}

fn all_offered(visit_types: &Option<Vec<VisitTypeId>>, rules: &Rules) -> garde::Result {
    let offered = |id: &VisitTypeId| rules.offering(*id).is_some();
    refuse_if(!visit_types.iter().flatten().all(offered), "must be visit types that are offered")
}

fn sensible_price(price: &Money, _: &Rules) -> garde::Result {
    refuse_if(!(0..=MAX_PRICE_MINOR).contains(&price.amount_minor), "must be between 0 and 1000000000")
}

#[cfg(test)]
mod tests;
