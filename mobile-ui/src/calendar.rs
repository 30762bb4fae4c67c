//! Time to look at and to choose from: a week with counts, free times of a day, a day's visits, a calendar to scale.

mod day_line;
mod layout;
mod slots;
mod week_grid;
mod week_strip;

pub use day_line::{DayLine, DayRow};
pub use slots::{Slot, SlotGrid, TimeButtons};
pub use week_grid::{Block, BlockKind, WeekGrid};
pub use week_strip::{DayCount, WeekStrip};
