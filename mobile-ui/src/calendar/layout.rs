//! Where blocks lie in a calendar: minutes of the local day, and lanes where several run at once.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Minutes after local midnight as the clock on the wall shows them, so that the grid's hours hold on the days the
/// clock changes too. Clipped to the day: a night on call begins at 0 on its second day.
pub(super) fn minutes_in_day(
    start: Timestamp,
    end: Timestamp,
    day: Date,
    zone: &TimeZone,
) -> Option<(i32, i32)> {
    let wall = |at: Timestamp| {
        let local = at.to_zoned(zone.clone()).datetime();
        let days = (local.date() - day).get_days();
        days * 24 * 60 + i32::from(local.hour()) * 60 + i32::from(local.minute())
    };
    let (from, to) = (wall(start).max(0), wall(end).min(24 * 60));
    (from < to).then_some((from, to))
}

/// What `busy` leaves of a stretch, in order.
pub(super) fn free_in((from, to): (i32, i32), busy: &[(i32, i32)]) -> Vec<(i32, i32)> {
    let mut sorted = busy.to_vec();
    sorted.sort_unstable();
    let mut free = Vec::new();
    let mut at = from;
    for (start, end) in sorted {
        if start > at {
            free.push((at, start.min(to)));
        }
        at = at.max(end);
        if at >= to {
            return free;
        }
    }
    free.push((at, to));
    free
}

/// For each stretch its lane and how many lanes its group needs; stretches that touch do not overlap.
pub(super) fn lanes(stretches: &[(i32, i32)]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..stretches.len()).collect();
    order.sort_by_key(|&at| (stretches[at].0, -stretches[at].1));
    let mut placed = vec![(0, 1); stretches.len()];
    let mut group: Vec<usize> = Vec::new();
    let mut lane_ends: Vec<i32> = Vec::new();
    for at in order {
        let (start, end) = stretches[at];
        if lane_ends.iter().all(|lane_end| *lane_end <= start) {
            close_group(&mut placed, &mut group, lane_ends.len());
            lane_ends.clear();
        }
        let lane = lane_ends.iter().position(|lane_end| *lane_end <= start).unwrap_or(lane_ends.len());
        match lane_ends.get_mut(lane) {
            Some(lane_end) => *lane_end = end,
            None => lane_ends.push(end),
        }
        placed[at].0 = lane;
        group.push(at);
    }
    close_group(&mut placed, &mut group, lane_ends.len());
    placed
}

fn close_group(placed: &mut [(usize, usize)], group: &mut Vec<usize>, lanes: usize) {
    for at in group.drain(..) {
        placed[at].1 = lanes.max(1);
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn stretches_that_touch_share_a_lane() {
        assert_eq!(lanes(&[(540, 570), (570, 600)]), vec![(0, 1), (0, 1)]);
    }

    #[test]
    fn overlapping_stretches_lie_side_by_side_and_only_they() {
        let placed = lanes(&[(540, 600), (555, 585), (585, 615), (700, 730)]);
        assert_eq!(placed, vec![(0, 2), (1, 2), (1, 2), (0, 1)]);
    }

    #[test]
    fn what_is_busy_is_taken_out_of_an_hour() {
        assert_eq!(free_in((540, 600), &[]), vec![(540, 600)]);
        assert_eq!(free_in((540, 600), &[(550, 560), (500, 545)]), vec![(545, 550), (560, 600)]);
        assert_eq!(free_in((540, 600), &[(0, 1440)]), vec![]);
        assert_eq!(free_in((540, 600), &[(590, 700)]), vec![(540, 590)]);
        assert_eq!(free_in((540, 600), &[(700, 800)]), vec![(540, 600)]);
    }

    #[test]
    fn a_block_over_midnight_shows_on_both_days() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a timestamp");
        let (start, end) = (at("2026-03-03T22:00:00Z"), at("2026-03-04T06:00:00Z"));
        let minutes = |day| minutes_in_day(start, end, day, &TimeZone::UTC);
        assert_eq!(minutes(date(2026, 3, 3)), Some((1320, 1440)));
        assert_eq!(minutes(date(2026, 3, 4)), Some((0, 360)));
        assert_eq!(minutes(date(2026, 3, 5)), None);
    }

    #[test]
    fn the_grid_follows_the_wall_clock_when_it_is_put_forward() {
        let berlin = TimeZone::get("Europe/Berlin").expect("a zone");
        let at = |text: &str| text.parse::<Timestamp>().expect("a timestamp");
        let minutes = minutes_in_day(
            at("2026-03-29T11:00:00Z"),
            at("2026-03-29T11:30:00Z"),
            date(2026, 3, 29),
            &berlin,
        );
        assert_eq!(minutes, Some((13 * 60, 13 * 60 + 30)));
    }
}
